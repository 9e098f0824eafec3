"""A believable invented municipality: Ekdala kommun, its content, its staff and a history of cases."""
