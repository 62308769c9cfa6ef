"""What all tests may use: records made by hand, and a pipeline that reads nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import extractor
from extractor.readers import SourceText
from extractor.record import Coverage, Document, RaceRecord
from tests import postgres as postgres_

# The tests are about the rules, and stay what they are when a model is trained anew. Those of the model say so.
os.environ.setdefault("PARCFERME_MODEL", "none")

ROOT = Path(__file__).resolve().parent.parent


def bare_record(text: str, source: str | None = None) -> RaceRecord:
    """Return a record of a text with no fact in it."""
    document = Document(
        id=Path(source or "text").stem,
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )
    return RaceRecord(document=document, coverage=Coverage(characters=len(text), characters_read=len(text)))


Extract = Callable[..., RaceRecord]


@pytest.fixture
def stub_extract(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Put a pipeline in place that finds nothing; return the sources it is called with."""
    called: list[str | None] = []

    def extract(read: SourceText, *, source: str | None = None, model: str | None = None) -> RaceRecord:
        text = read.text
        called.append(source)
        if "BOGUE" in text:
            raise RuntimeError("a bug\nof ours")
        return bare_record(text, source)

    monkeypatch.setattr(extractor, "extract", extract)
    return called


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_.Server]:
    """A PostgreSQL server of one's own; ``postgres.database()`` is the URL of an empty database."""
    with postgres_.running() as server:
        yield server
