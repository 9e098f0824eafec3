"""Somebody says that a promise was not kept, whatever our own clock says: a case of its own, tied to the pledge."""
