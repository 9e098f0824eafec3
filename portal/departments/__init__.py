"""Organisations and verksamheter: who they are, when they are open, how they are reached."""
