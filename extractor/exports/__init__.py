"""Records in forms made for reading: a table in the terminal, a page in the browser."""
