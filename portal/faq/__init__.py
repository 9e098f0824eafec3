"""The knowledge bank: answers for the public, and answers that only staff may read."""
