"""Names: what bears a proper name, and what the bracket behind it tells."""
