"""Where staff work: the queue, a case and what can be done to it, a case for a caller, what broken promises owe."""
