"""An empty store; for slow tests, on a PostgreSQL server too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from extractor.review.store import Store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store is to be."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'relecture.db'}"
    server = request.getfixturevalue("postgres")
    return str(server.database())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(url) as one:
        yield one
