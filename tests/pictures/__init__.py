"""The pictures in the documents, taken of the running site."""
