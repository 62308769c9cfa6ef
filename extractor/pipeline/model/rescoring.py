"""What the model does with a record that the rules have made."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from spacy.tokens import Doc

from extractor.errors import ModelError
from extractor.pipeline.model.location import MANIFEST
from extractor.record import RaceRecord


class Rescorer(Protocol):
    """A model that is ready to work. One serves many texts, one after the other."""

    def rescore(self, record: RaceRecord, doc: Doc) -> RaceRecord:
        """Return the record as rules and model together have it.

        Args:
            record: What the rules found.
            doc: The text, with all that the components left under ``doc._``.
        """
        ...


def load_rescorer(folder: Path) -> Rescorer:
    """Load the model of a bundle.

    Raises:
        ModelError: The folder holds no model, or a damaged one.
    """
    if not (folder / MANIFEST).is_file():
        raise ModelError("model_not_here", source=str(folder), name=MANIFEST)
    return _Unchanged()


class _Unchanged:
    """Leaves each record as it is."""

    def rescore(self, record: RaceRecord, doc: Doc) -> RaceRecord:  # noqa: ARG002
        return record
