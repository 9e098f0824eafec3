"""Cases: what people asked for, what happened to it, and whether the promise was kept."""
