"""Decisions can be taken over to another record: which one each repeats, and how many lie before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("decisions", sa.Column("carried", sa.String(64), nullable=True))
    op.add_column("readings", sa.Column("base", sa.Integer, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    """Refuse: a database goes forwards only."""
    raise NotImplementedError("a database goes forwards only")
