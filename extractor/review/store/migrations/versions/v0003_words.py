"""An index of words for PostgreSQL, where looking through all texts takes seconds."""

from __future__ import annotations

from alembic import op

from extractor.review.store.searching import LEXEMES, WORD_INDEX

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE INDEX {WORD_INDEX} ON searches USING gin ({LEXEMES})")


def downgrade() -> None:
    """Refuse: a database goes forwards only."""
    raise NotImplementedError("a database goes forwards only")
