"""The authority file: what is asked about who is who, and the log of what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LOG = "authority_decisions"


def upgrade() -> None:
    """Make both tables; rows of the log are never changed or taken away."""
    op.create_table(
        "authority_questions",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("asked", sa.String(8), nullable=False),
        sa.Column("left_side", sa.Text, nullable=False),
        sa.Column("right_side", sa.Text, nullable=False),
        sa.Column("identifier", sa.Text, nullable=True),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("answer", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_authority_questions"),
    )
    op.create_index(
        "ix_authority_questions_open", "authority_questions", ["answer", "standing", "probability"]
    )
    op.create_table(
        _LOG,
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("question", sa.String(64), nullable=True),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_authority_decisions"),
        sa.UniqueConstraint("id", name="uq_authority_decisions_id"),
    )
    op.create_index("ix_authority_decisions_question", _LOG, ["question"])
    if op.get_context().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {_LOG}_no_{event.lower()} BEFORE {event} ON {_LOG} "
            f"BEGIN SELECT RAISE(ABORT, '{_LOG}: rows are never changed or taken away'); END"
        )
    op.execute(
        f"CREATE TRIGGER {_LOG}_no_replace BEFORE INSERT ON {_LOG} "
        f"WHEN EXISTS (SELECT 1 FROM {_LOG} WHERE seq = NEW.seq OR id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{_LOG}: UNIQUE constraint failed, the row is there'); END"
    )


def _guard_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION {_LOG}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_LOG}: rows are never changed or taken away'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {_LOG}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {_LOG} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_LOG}_kept()"
    )


def downgrade() -> None:
    """Refuse: what was decided is not taken away."""
    raise NotImplementedError("the log of decisions is never taken away")
