"""Letters: rows written with what they tell about, delivered by the worker until they arrive."""
