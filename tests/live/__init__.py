"""The site as a process of its own, and a plain caller that fills in forms as a browser without JavaScript does."""
