"""What the queue sorts, filters and searches by, filled from the records and the log."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from extractor.review.store.searching import words_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ORDERED = (
    "priority",
    "lowest_confidence",
    "expected_errors",
    "broken",
    "added_at",
    "touched_at",
    "sort_title",
    "year",
)
_AT_ONCE = 200


def upgrade() -> None:
    """Add the columns and tables, and fill what follows from the records and the log."""
    for column in _columns():
        op.add_column("documents", column)
    for name in _ORDERED:
        op.create_index(f"ix_documents_{name}", "documents", [name, "id"])
    for name in ("status", "series"):
        op.create_index(f"ix_documents_{name}", "documents", [name, "priority", "id"])
    _make_tables()
    op.execute(
        "INSERT INTO hands (document_id, reviewer) SELECT DISTINCT document_id, reviewer FROM decisions"
    )
    # Nobody knows yet how far those have come; that something was decided on them is certain.
    op.execute("UPDATE documents SET status = 'in_review' WHERE decided_upon > 0")
    _fill_searches(op.get_bind())


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("summarised_at", sa.Integer, nullable=True),
        sa.Column("status", sa.String(12), nullable=False, server_default=sa.text("'new'")),
        sa.Column("reviewer", sa.Text, nullable=True),
        sa.Column("priority", sa.Float, nullable=False, server_default=sa.text("0")),
        sa.Column("lowest_confidence", sa.Float, nullable=True),
        sa.Column("expected_errors", sa.Float, nullable=False, server_default=sa.text("0")),
        sa.Column("facts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("decided", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("series", sa.Text, nullable=True),
        sa.Column("year", sa.Integer, nullable=True),
        sa.Column("title", sa.Text, nullable=True),
        sa.Column("sort_title", sa.Text, nullable=True),
        sa.Column("broken", sa.Float, nullable=False, server_default=sa.text("0")),
        sa.Column("counts", sa.Text, nullable=False, server_default=sa.text("'{}'")),
    ]


def _make_tables() -> None:
    _make_of_document("hands", sa.Column("reviewer", sa.Text, nullable=False))
    op.create_index("ix_hands_reviewer", "hands", ["reviewer"])
    _make_of_document("finding_codes", sa.Column("code", sa.String(80), nullable=False))
    op.create_index("ix_finding_codes_code", "finding_codes", ["code"])
    op.create_table(
        "searches",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("names", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("document_id", name="pk_searches"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_searches_document_id"),
    )


def _make_of_document(table: str, value: sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column("document_id", sa.Integer, nullable=False),
        value,
        sa.PrimaryKeyConstraint("document_id", value.name, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=f"fk_{table}_document_id"),
    )


def _fill_searches(connection: sa.Connection) -> None:
    after = 0
    while rows := connection.execute(
        sa.text(
            "SELECT d.id, d.origin, r.body FROM documents d JOIN records r "
            "ON r.document_id = d.id AND r.version = d.version WHERE d.id > :after ORDER BY d.id LIMIT :most"
        ),
        {"after": after, "most": _AT_ONCE},
    ).all():
        connection.execute(
            sa.text("INSERT INTO searches (document_id, words) VALUES (:id, :words)"),
            [{"id": row.id, "words": _words(row.origin, row.body)} for row in rows],
        )
        after = rows[-1].id


def _words(origin: str | None, body: str) -> str:
    document = json.loads(body)["document"]
    return words_of(origin or "", document.get("title") or "", document["text"])


def downgrade() -> None:
    """Refuse: a database goes forwards only."""
    raise NotImplementedError("a database goes forwards only")
