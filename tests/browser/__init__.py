"""The site in a real browser: the main job as people do it, and every screen for everybody."""
