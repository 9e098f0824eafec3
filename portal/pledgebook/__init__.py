"""Pledges as decided: versions, what falls under them, and how often they were kept."""
