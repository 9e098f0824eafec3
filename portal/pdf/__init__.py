"""PDF of a page: made in a process of its own, kept in a folder that may be thrown away, refused with a reason."""
