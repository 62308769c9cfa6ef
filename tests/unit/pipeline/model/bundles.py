"""Bundles whose model does something that can be seen, in place of one that was trained."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

from extractor.pipeline.model.location import COMPONENT, MANIFEST
from extractor.record import RaceRecord


def write_bundle(folder: Path, name: str = "stamp") -> Path:
    """Write a bundle of two files; its model calls every document by ``name``."""
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text("{}\n")
    (folder / "weights.bin").write_bytes(name.encode())
    return folder


def write_saved(folder: Path, name: str = "stamp") -> Path:
    """Write a folder that holds a bundle where a saved pipeline holds it."""
    write_bundle(folder / COMPONENT, name)
    return folder


class Stamp:
    """Calls every document by one name."""

    def __init__(self, folder: Path) -> None:
        self.name = (folder / "weights.bin").read_text()

    def rescore(self, record: RaceRecord, doc: Doc) -> RaceRecord:
        assert doc._.layout is not None
        return record.model_copy(update={"document": record.document.model_copy(update={"id": self.name})})


def stamping(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Make bundles load as :class:`Stamp`; return the list of folders that are loaded from."""
    loaded: list[Path] = []

    def load(folder: Path) -> Stamp:
        loaded.append(folder)
        return Stamp(folder)

    monkeypatch.setattr("extractor.pipeline.model.rescoring.load_rescorer", load)
    return loaded
