"""E-services: drafts that lose no word, submission, receipt."""
