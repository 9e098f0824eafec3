"""The pledge book as staff writes it: drafts, decisions, calendars, reported figures."""
