"""Files that people send: looked into, made harmless, kept once, served only to those who may."""
