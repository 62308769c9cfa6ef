"""What is asked of a reviewer: whether two are one, or whether somebody is an entry of the list.

Questions are made anew with every build; their keys are made of anchors, so that an answer is found again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractor.authority.appearance import Kind
from extractor.authority.decisions import MOST_ANCHORS
from extractor.authority.file import AuthorityFile, Entity, packed_reasons

Standing = Literal["automatic", "doubtful"]
_SHOWN = 6
_SURE = 0.985  # a link that is surer is not asked about


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are asked about, as it is shown.

    Attributes:
        entity: Id in the authority file.
        name: What it is called.
        names: Other forms, the usual ones first.
        years: First and last.
        appearances: How many.
        documents: Ids of some of the documents.
        anchors: Of its appearances, or of some.
    """

    entity: str
    name: str
    names: tuple[str, ...]
    years: tuple[int | None, int | None]
    appearances: int
    documents: tuple[str, ...]
    anchors: tuple[str, ...]

    def to_json(self) -> str:
        """Return the side as JSON text."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False)

    @classmethod
    def of(cls, packed: str) -> Side:
        """Return what :meth:`to_json` gave."""
        told = json.loads(packed)
        first, last = told["years"]
        return cls(
            told["entity"],
            told["name"],
            tuple(told["names"]),
            (first, last),
            told["appearances"],
            tuple(told["documents"]),
            tuple(told["anchors"]),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be decided.

    Attributes:
        key: Names it, in this build and later ones.
        kind: What it is about.
        standing: ``automatic`` where it is proposed as the same, ``doubtful`` where it is not.
        left: The one.
        right: The other; of an entry of the list its name alone.
        identifier: Of the entry, where it is asked about one.
        probability: That they are one.
        reasons: As the file packs them.
    """

    key: str
    kind: Kind
    standing: Standing
    left: Side
    right: Side
    identifier: str | None
    probability: float
    reasons: str


def questions_of(file: AuthorityFile) -> Iterator[Question]:
    """Yield what there is to decide: doubtful pairs, links that are not quite sure, entries of the list."""
    for candidate in file.candidates():
        left, right = file.entity(candidate.one_entity), file.entity(candidate.other_entity)
        if left is not None and right is not None:
            ends = sorted(((candidate.one, left), (candidate.other, right)), key=lambda end: end[0])
            (one, left), (other, right) = ends
            yield Question(
                key_of(one, other),
                left.kind,
                "doubtful",
                side(file, left, one),
                side(file, right, other),
                None,
                candidate.probability,
                packed_reasons(candidate.reasons),
            )
    yield from _followed(file)
    yield from _entries(file)


def _followed(file: AuthorityFile) -> Iterator[Question]:
    rows = file.db.execute(
        "SELECT entity, one, other, probability, reasons FROM link WHERE decided = 0 AND probability < ? "
        "ORDER BY probability, one, other",
        (_SURE,),
    )
    for id_, one, other, likely, reasons in rows:
        entity = file.entity(id_)
        if entity is not None:
            one, other = sorted((one, other))
            yield Question(
                key_of(one, other),
                entity.kind,
                "automatic",
                _alone(file, entity, one),
                _alone(file, entity, other),
                None,
                likely,
                reasons,
            )


def _entries(file: AuthorityFile) -> Iterator[Question]:
    rows = file.db.execute(
        "SELECT entity, identifier, name, probability, status, reasons FROM identifier "
        "WHERE status IN ('proposed', 'candidate') ORDER BY probability DESC, entity, identifier"
    )
    for id_, identifier, name, likely, status, reasons in rows:
        entity = file.entity(id_)
        if entity is not None:
            left = side(file, entity)
            right = Side("", name or identifier, (), (None, None), 0, (), ())
            standing: Standing = "automatic" if status == "proposed" else "doubtful"
            key = key_of(min(left.anchors), identifier)
            yield Question(key, entity.kind, standing, left, right, identifier, likely, reasons)


def side(file: AuthorityFile, entity: Entity, first: str | None = None) -> Side:
    """Return an entity as it is shown; ``first`` is the anchor that the question is about."""
    members = file.members(entity.id, MOST_ANCHORS)
    anchors = [one.anchor for one in members if one.anchor != first]
    names = [name for name, _ in entity.names if name != entity.name]
    documents = tuple(dict.fromkeys(one.document for one in members))[:_SHOWN]
    return Side(
        entity.id,
        entity.name,
        tuple(names[:_SHOWN]),
        (entity.first_year, entity.last_year),
        entity.appearances,
        documents,
        tuple(([first] if first else []) + anchors)[:MOST_ANCHORS],
    )


def _alone(file: AuthorityFile, entity: Entity, anchor: str) -> Side:
    """Return a single appearance as it is shown: one end of a link within an entity."""
    found = file.member(anchor)
    if found is None:
        return side(file, entity, anchor)
    member = found[1]
    return Side(entity.id, member.name, (), (member.year, member.year), 1, (member.document,), (anchor,))


def key_of(one: str, other: str) -> str:
    """Return the key of a question about two anchors, or an anchor and an identifier."""
    return hashlib.sha256(f"{one}\n{other}".encode()).hexdigest()[:32]
