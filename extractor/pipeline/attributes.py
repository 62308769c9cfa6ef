"""The attributes that the components hand on to each other under ``doc._``, and what of them travels.

All of a document's attributes lie in one place in ``doc.user_data``. Where spaCy turns a ``Doc`` into bytes
(``nlp.pipe`` with several processes, ``DocBin``, ``doc.to_disk``), the record goes along and everything else,
which served to make it, stays behind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc
from srsly.msgpack import msgpack_encoders  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from extractor.record import RaceRecord

_KEY = "parcferme"
_WRITTEN = "record"


class Notes:
    """What the components have found out about one document, by the attribute's name."""

    __slots__ = ("by_name",)

    def __init__(self, record: RaceRecord | None = None) -> None:
        self.by_name: dict[str, Any] = {} if record is None else {"record": record}


def register(names: tuple[str, ...]) -> None:
    """Register attributes on ``Doc`` that are ``None`` until they are set; harmless when done twice."""
    for name in names:
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=partial(_get, name=name), setter=partial(_set, name=name))


def _get(doc: Doc, name: str) -> Any:
    notes = _notes(doc)
    return None if notes is None else notes.by_name.get(name)


def _set(doc: Doc, value: object, name: str) -> None:
    notes = _notes(doc)
    if notes is None:
        notes = doc.user_data[_KEY] = Notes()
    notes.by_name[name] = value


def _notes(doc: Doc) -> Notes | None:
    """Return the notes of a document, read back where they came out of bytes."""
    notes: Notes | dict[str, str | None] | None = doc.user_data.get(_KEY)
    if isinstance(notes, dict):
        from extractor.record import RaceRecord

        written = notes.get(_WRITTEN)
        record = None if written is None else RaceRecord.model_validate_json(written)
        notes = doc.user_data[_KEY] = Notes(record)
    return notes


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Turn a document's notes into what msgpack can write: the record, as JSON.

    Args:
        value: Whatever msgpack does not know.
        chain: The encoder that is asked about everything else.
    """
    if isinstance(value, Notes):
        record: RaceRecord | None = value.by_name.get("record")
        return {_WRITTEN: None if record is None else record.to_json()}
    return value if chain is None else chain(value)


msgpack_encoders.register("parcferme", func=encode)
