"""The kinds of question, one module for each family; `table` lists them."""
