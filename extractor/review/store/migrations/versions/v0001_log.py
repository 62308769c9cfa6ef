"""Documents, records, the log of decisions, who decides, and who holds what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: Tables whose rows are added and never changed.
_KEPT = ("decisions", "records")


def _document() -> sa.Column[int]:
    return sa.Column("document_id", sa.Integer, nullable=False)


def _of_document(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=f"fk_{table}_document_id")


def upgrade() -> None:
    """Make the tables."""
    _make_documents()
    _make_log()
    _make_people()
    op.create_table(
        "page_images",
        _document(),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "page", name="pk_page_images"),
        _of_document("page_images"),
    )
    guard = _guard_postgresql if op.get_bind().dialect.name == "postgresql" else _guard_sqlite
    for table in _KEPT:
        guard(table)


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("origin", sa.Text, nullable=True),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("latest", sa.Integer, nullable=False),
        sa.Column("model", sa.Text, nullable=True),
        sa.Column("double", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("decided_upon", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("touched_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("key", name="uq_documents_key"),
    )
    op.create_index("ix_documents_text_sha256", "documents", ["text_sha256"])
    op.create_table(
        "records",
        _document(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("model", sa.Text, nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", name="pk_records"),
        _of_document("records"),
    )


def _make_log() -> None:
    op.create_table(
        "readings",
        _document(),
        sa.Column("reading", sa.Integer, nullable=False),
        sa.Column("head", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("status", sa.String(12), nullable=False, server_default=sa.text("'new'")),
        sa.Column("reviewer", sa.Text, nullable=True),
        sa.Column("touched_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("document_id", "reading", name="pk_readings"),
        _of_document("readings"),
    )
    op.create_table(
        "decisions",
        _document(),
        sa.Column("reading", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("action", sa.String(12), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("document_id", "reading", "seq", name="pk_decisions"),
        sa.UniqueConstraint("id", name="uq_decisions_id"),
        sa.CheckConstraint("reading IN (0, 1, 2)", name=op.f("ck_decisions_reading")),
        _of_document("decisions"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["records.document_id", "records.version"], name="fk_decisions_record"
        ),
    )
    op.create_index("ix_decisions_at", "decisions", ["at"])


def _make_people() -> None:
    op.create_table(
        "reviewers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=True),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviewers"),
        sa.UniqueConstraint("name", name="uq_reviewers_name"),
        sa.UniqueConstraint("folded", name="uq_reviewers_folded"),
        sa.UniqueConstraint("subject", name="uq_reviewers_subject"),
    )
    op.create_table(
        "locks",
        _document(),
        sa.Column("reading", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "reading", name="pk_locks"),
        _of_document("locks"),
    )
    op.create_index("ix_locks_expires_at", "locks", ["expires_at"])


def _guard_sqlite(table: str) -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or taken away'); END"
        )
    # INSERT OR REPLACE takes the old row away without asking the trigger above.
    same = "document_id = NEW.document_id AND " + (
        "reading = NEW.reading AND seq = NEW.seq OR id = NEW.id"
        if table == "decisions"
        else "version = NEW.version"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{table}: UNIQUE constraint failed, the row is there'); END"
    )


def _guard_postgresql(table: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table}: rows are never changed or taken away'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()"
    )


def downgrade() -> None:
    """Refuse: what was decided is not taken away."""
    raise NotImplementedError("the log of decisions is never taken away")
