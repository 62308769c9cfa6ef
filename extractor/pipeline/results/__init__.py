"""How reports say who finished where."""
