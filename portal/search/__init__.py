"""Search over everything public, in Swedish words."""
