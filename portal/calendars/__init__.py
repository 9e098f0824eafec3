"""The opening hours and closed days that promises are timed by, in revisions that never change."""
