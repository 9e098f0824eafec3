"""Löftesportalen: the site that remembers promises and shows how they are kept."""
