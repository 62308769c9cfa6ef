"""Where documents, records and decisions are kept: ``Store.open(url)``.

What SQLAlchemy is needed for is in here; everything else of :mod:`extractor.review` does without.
"""

from __future__ import annotations

from extractor.errors import UsageError

try:
    import alembic as _alembic  # noqa: F401  # only whether it is there: it is loaded when a database is migrated
    import sqlalchemy as _sqlalchemy  # noqa: F401
except ModuleNotFoundError as error:
    raise UsageError("needs_app") from error

from extractor.review.store.errors import StaleError, StoreError
from extractor.review.store.store import Store
from extractor.review.store.stored import (
    Added,
    Imported,
    Lock,
    PageImage,
    Refused,
    Reviewer,
    State,
    StoredDocument,
    Version,
)

__all__ = [
    "Added",
    "Imported",
    "Lock",
    "PageImage",
    "Refused",
    "Reviewer",
    "StaleError",
    "State",
    "Store",
    "StoreError",
    "StoredDocument",
    "Version",
]
