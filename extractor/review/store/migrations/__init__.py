"""How the tables came to be what they are; alembic runs ``env.py`` and ``versions``."""
