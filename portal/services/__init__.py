"""The service catalogue: what the municipality does for people, and who answers for it."""
