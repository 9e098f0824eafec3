"""The staff's tools that belong to no single matter: the letters that have gone out, and those that have not."""
