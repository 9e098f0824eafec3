"""The times that the law sets for a case: reckoned from its events and kept."""
