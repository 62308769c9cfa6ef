"""Where documents, records and decisions are kept: ``Store.open(url)``.

What SQLAlchemy is needed for is in here; everything else of :mod:`extractor.review` does without.
"""

from __future__ import annotations

from importlib.util import find_spec

from extractor.errors import UsageError

# Only whether they are there: alembic takes as long to load as all the rest, and only migrations need it.
if find_spec("sqlalchemy") is None or find_spec("alembic") is None:
    raise UsageError("needs_app")

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
