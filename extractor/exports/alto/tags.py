"""What is tagged: drivers and teams where they are named and, if asked for, the passages of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractor.exports.identities import Identity
from extractor.exports.passages import passages_of
from extractor.exports.sentences import Sentences
from extractor.exports.words import Words
from extractor.exports.xml_text import legal
from extractor.record import Mention, RaceRecord, Span

NAMED_ENTITY, OTHER = "NamedEntityTag", "OtherTag"
_TYPES = {"driver": "person", "team": "organization"}
_NO_FACTS = ("told", "finding", "skipped")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, and what it is given to.

    Attributes:
        element: ``NamedEntityTag`` for somebody named, ``OtherTag`` for a fact.
        kind: ``person``, ``organization``, or the kind of fact: its ``TYPE``.
        label: The name, or a line about the fact: its ``LABEL``.
        key: The identifier in the record: its ``DESCRIPTION``.
        spans: What it is given to.
        address: What others call it: its ``URI``.
    """

    element: str
    kind: str
    label: str
    key: str
    spans: tuple[Span, ...]
    address: str | None = None

    def attributes(self, name: str) -> dict[str, str]:
        """Return its attributes under this ``ID``."""
        told = {"ID": name, "TYPE": self.kind, "LABEL": self.label, "DESCRIPTION": self.key}
        return told | ({"URI": self.address} if self.address else {})


def tags_of(
    record: RaceRecord,
    words: Words,
    identities: Mapping[str, Identity] | None = None,
    *,
    everything: bool = False,
) -> list[Tag]:
    """Return the tags of a record.

    Args:
        record: It.
        words: Of the language of labels.
        identities: Who drivers and teams are, as far as an authority file says.
        everything: Whether facts get tags, too.
    """
    sentences = Sentences(record, words)
    names = {one.id: one.name for one in record.drivers} | {one.id: one.name for one in record.teams}
    tags = []
    for one in passages_of(record):
        if one.kind in _TYPES:
            named = tuple(span for span in one.spans if isinstance(span, Mention) and span.form == "name")
            if named:
                label = legal(names[one.key])
                identity = (identities or {}).get(one.key)
                address = legal(identity.addresses[0]) if identity and identity.addresses else None
                tags.append(Tag(NAMED_ENTITY, _TYPES[one.kind], label, legal(one.key), named, address))
        elif everything and one.kind not in _NO_FACTS:
            tags.append(Tag(OTHER, one.kind, legal(sentences(one)), legal(one.key), one.spans))
    return tags
