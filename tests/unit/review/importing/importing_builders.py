"""What tests of importing share: a maker that reads nothing, a keeper that keeps it in a list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, read_source
from extractor.record import Coverage, Document, RaceRecord
from extractor.review.importing.helper import Made
from extractor.review.importing.pictures import Picture

REPORT = "Grand Prix de Belleroche\n\nHonoré Vasseur gagne devant Marcel Quintard.\n"


def record_of(text: str, name: str = "belleroche") -> RaceRecord:
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id=name, source=f"{name}.txt", sha256=digest, text=text)
    return RaceRecord(document=document, coverage=Coverage(characters=len(text), characters_read=len(text)))


@dataclass
class FakeMaker:
    """Makes bare records; a text with ``PIÈGE`` brings it down, one with ``BOGUE`` meets a fault."""

    made: list[str] = field(default_factory=list)
    pictures: tuple[Picture, ...] = ()
    before: Callable[[], None] = lambda: None

    def make(self, source: Source, origin: str, *, is_known: Callable[[str], bool], told: Any) -> Made | None:
        self.before()
        read = read_source(source, ReadOptions())
        told(1, 2)
        if is_known(read.sha256):
            return None
        if "PIÈGE" in read.text:
            raise InputError("helper_died", source=source.name)
        self.made.append(origin)
        return Made(record_of(read.text), self.pictures)


@dataclass
class FakeKeeper:
    """Keeps what it is given."""

    kept: list[tuple[RaceRecord, str | None, str | None]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    known: set[tuple[str, str | None, str | None]] = field(default_factory=set)

    def knows(self, text_sha256: str, origin: str, model: str) -> bool:
        return (text_sha256, origin, model) in self.known

    def keep(
        self, record: RaceRecord, *, model: str | None, origin: str | None, pictures: tuple[Picture, ...]
    ) -> str:
        self.pictures += pictures
        identity = record.document.sha256, origin or record.document.source, model
        if identity in self.known:
            return "same"
        self.known.add(identity)
        self.kept.append((record, origin, model))
        return "new"


def write_report(folder: Path, name: str, text: str = REPORT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
