"""Questions put to a citizen, and what was answered. Knows WTForms, neither the web nor the database."""
