"""The tables, as they are after the last migration; a test compares the two.

Times are milliseconds since 1970 in UTC, as whole numbers: they sort, and mean the same in every database.
What is JSON is kept as text and read by pydantic, never by the database.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

#: Table in which the migrations note how far they have come; not alembic's own name, since a PostgreSQL
#: database may serve other programs too.
VERSION_TABLE: Final = "parcferme_version"

#: What the last migration is called.
NEWEST: Final = "0006"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _document() -> Column[int]:
    return Column("document_id", Integer, ForeignKey("documents.id"), primary_key=True, nullable=False)


#: A document, and behind ``touched_at`` what the queue knows of it.
#:
#: ``version`` is the record under review, ``latest`` the newest; ``decided_upon`` counts the decisions of all
#: readings, ``summarised_at`` is that count when the summary was made.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(24), nullable=False, unique=True),
    Column("origin", Text, nullable=True),
    Column("text_sha256", String(64), nullable=False, index=True),
    Column("added_at", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("latest", Integer, nullable=False),
    Column("model", Text, nullable=True),
    Column("double", Boolean, nullable=False, server_default=text("false")),
    Column("decided_upon", Integer, nullable=False, server_default=text("0")),
    Column("touched_at", BigInteger, nullable=True),
    Column("summarised_at", Integer, nullable=True),
    Column("status", String(12), nullable=False, server_default=text("'new'")),
    Column("reviewer", Text, nullable=True),
    Column("priority", Float, nullable=False, server_default=text("0")),
    Column("lowest_confidence", Float, nullable=True),
    Column("expected_errors", Float, nullable=False, server_default=text("0")),
    Column("facts", Integer, nullable=False, server_default=text("0")),
    Column("decided", Integer, nullable=False, server_default=text("0")),
    Column("series", Text, nullable=True),
    Column("year", Integer, nullable=True),
    Column("title", Text, nullable=True),
    Column("sort_title", Text, nullable=True),
    Column("broken", Float, nullable=False, server_default=text("0")),
    Column("counts", Text, nullable=False, server_default=text("'{}'")),
    # What is sorted by, the id behind it so that equals keep one order.
    Index("ix_documents_priority", "priority", "id"),
    Index("ix_documents_lowest_confidence", "lowest_confidence", "id"),
    Index("ix_documents_expected_errors", "expected_errors", "id"),
    Index("ix_documents_broken", "broken", "id"),
    Index("ix_documents_added_at", "added_at", "id"),
    Index("ix_documents_touched_at", "touched_at", "id"),
    Index("ix_documents_sort_title", "sort_title", "id"),
    Index("ix_documents_year", "year", "id"),
    Index("ix_documents_status", "status", "priority", "id"),
    # What the dashboard adds up, so that no row need be fetched.
    Index("ix_documents_sums", "status", "facts", "decided", "expected_errors"),
    Index("ix_documents_series", "series", "priority", "id"),
)

#: What an extractor made of a document; never changed, a newer one comes beside it.
records = Table(
    "records",
    metadata,
    _document(),
    Column("version", Integer, primary_key=True, nullable=False),
    Column("model", Text, nullable=True),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
)

#: The log. Triggers refuse every change but a new row.
decisions = Table(
    "decisions",
    metadata,
    _document(),
    Column("reading", Integer, primary_key=True, nullable=False),
    Column("seq", Integer, primary_key=True, nullable=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("action", String(12), nullable=False),
    Column("body", Text, nullable=False),
    Column("model", Text, nullable=True),
    Column("carried", String(64), nullable=True),
    ForeignKeyConstraint(
        ["document_id", "version"], ["records.document_id", "records.version"], name="fk_decisions_record"
    ),
    CheckConstraint("reading IN (0, 1, 2)", name="reading"),
    Index("ix_decisions_at", "at"),
)

#: ``head`` is the number of decisions on the record under review; to append is to compare and set it.
#: ``base`` is the number of those made on other records before, which were taken over or left behind.
readings = Table(
    "readings",
    metadata,
    _document(),
    Column("reading", Integer, primary_key=True, nullable=False),
    Column("head", Integer, nullable=False, server_default=text("0")),
    Column("base", Integer, nullable=False, server_default=text("0")),
    Column("status", String(12), nullable=False, server_default=text("'new'")),
    Column("reviewer", Text, nullable=True),
    Column("touched_at", BigInteger, nullable=True),
)

locks = Table(
    "locks",
    metadata,
    _document(),
    Column("reading", Integer, primary_key=True, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("taken_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

#: ``folded`` makes two spellings of a name one; ``subject`` is who signed in, by the OIDC provider's word.
reviewers = Table(
    "reviewers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("folded", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=True, unique=True),
    Column("added_at", BigInteger, nullable=False),
)

page_images = Table(
    "page_images",
    metadata,
    _document(),
    Column("page", Integer, primary_key=True, nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: Who decided anything on a document.
hands = Table(
    "hands",
    metadata,
    _document(),
    Column("reviewer", Text, primary_key=True, nullable=False, index=True),
)

finding_codes = Table(
    "finding_codes",
    metadata,
    _document(),
    Column("code", String(80), primary_key=True, nullable=False, index=True),
)

#: The words of a document, folded, each once, a space before each: a text search looks for beginnings of
#: words.
searches = Table(
    "searches",
    metadata,
    _document(),
    Column("words", Text, nullable=False),
    Column("names", Text, nullable=False, server_default=text("''")),
)

#: What is asked about who is who: made anew with every build of the authority file. ``answer`` is what was
#: decided last, ``words`` what is searched in, folded.
authority_questions = Table(
    "authority_questions",
    metadata,
    Column("key", String(64), primary_key=True, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("standing", String(12), nullable=False),
    Column("asked", String(8), nullable=False),
    Column("left_side", Text, nullable=False),
    Column("right_side", Text, nullable=False),
    Column("identifier", Text, nullable=True),
    Column("probability", Float, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("answer", String(16), nullable=True),
    Index("ix_authority_questions_open", "answer", "standing", "probability"),
)

#: Who decided what about who is who. Triggers refuse every change but a new row.
authority_decisions = Table(
    "authority_decisions",
    metadata,
    Column("seq", Integer, primary_key=True, nullable=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("question", String(64), nullable=True, index=True),
    Column("reviewer", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
