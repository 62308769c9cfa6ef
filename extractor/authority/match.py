"""An authority file against a user's own list: which entry of it somebody is, or may be.

Names are compared as appearances are; to them comes whether the years fit: a life, a career. How likely an
entry is also depends on how well the others fit. Nothing is written into records: what is sure enough is
``proposed``, what may be is a ``candidate``, and somebody's decisions (``decided``, ``refused``) stay as they
are.

The list is held in memory with an index (about 2 KB for an entry), the entities are gone through one by one.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from extractor.authority.appearance import KINDS, Appearance, Kind
from extractor.authority.blocking import may_be_one
from extractor.authority.evidence import Evidence, evidence_of, plain
from extractor.authority.file import AuthorityFile, Entity, packed_reasons
from extractor.authority.listing import Entry
from extractor.authority.model import Reason, shipped, shipped_for_lists
from extractor.authority.portrait import Portrait, Rarity, key_of, portray
from extractor.authority.spool import keys_of, signatures
from extractor.errors import OutputError

PROPOSED, CANDIDATE, DECIDED, REFUSED = "proposed", "candidate", "decided", "refused"
AUTOMATIC = 0.90
_DOUBTFUL = 0.10
_MOST = 5  # candidates for one entity
_FORMS = 6
_YOUNGEST, _OLDEST = 12, 85
_CAP = 8.0
_FAR = 12  # years out of a career that are thought of


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that an entity may be."""

    entry: Entry
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Matched:
    """How a list fits an authority file."""

    entries: int = 0
    entities: int = 0
    proposed: int = 0
    candidates: int = 0
    decided: int = 0
    rows: list[tuple[Entity, tuple[Proposal, ...]]] = field(default_factory=list)


Question = tuple[Entry, Evidence, tuple[Reason, ...]]


class Matcher:
    """A list, ready to be asked."""

    def __init__(self, entries: Sequence[Entry], rarity: Rarity) -> None:
        self._rarity = rarity
        self._entries = [(entry, _portrait(entry)) for entry in entries]
        self._found: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._near: dict[tuple[str, str], set[str]] = defaultdict(set)
        for number, (_, portraits) in enumerate(self._entries):
            for portrait in portraits:
                for key in keys_of(portrait):
                    kind = portrait.appearance.kind
                    self._found[kind, key].append(number)
                    for signature in signatures(key):
                        self._near[kind, signature].add(key)

    def proposals(self, entity: Entity) -> list[Proposal]:
        """Return the entries that an entity may be, the likeliest first."""
        weights = shipped_for_lists(entity.kind)
        asked = self.questions(entity)
        return _judged([(weights.score(evidence), entry, reasons) for entry, evidence, reasons in asked])

    def questions(self, entity: Entity) -> list[Question]:
        """Return the entries that an entity might be, with what speaks for and against each."""
        portrait = portray(appearance_of_entity(entity))
        found: list[Question] = []
        for number in self._numbers(portrait):
            entry, portraits = self._entries[number]
            own = next((one for one in portraits if one.appearance.kind == entity.kind), None)
            asked = None if own is None else self._asked(entity, portrait, entry, own)
            if asked is not None:
                found.append((entry, *asked))
        return found

    def _numbers(self, portrait: Portrait) -> list[int]:
        kind = portrait.appearance.kind
        numbers: set[int] = set()
        for key in keys_of(portrait):
            numbers.update(self._found.get((kind, key), ()))
            near = {other for sign in signatures(key) for other in self._near.get((kind, sign), ())}
            for other in near:
                if other != key and may_be_one(key, other):
                    numbers.update(self._found[kind, other])
        return sorted(numbers)

    def _asked(
        self, entity: Entity, portrait: Portrait, entry: Entry, own: Portrait
    ) -> tuple[Evidence, tuple[Reason, ...]] | None:
        times = evidence_of_time(entity, entry)
        if times is None:
            return None
        found = evidence_of(portrait, own, self._rarity)
        if found is None:
            return None
        evidence = [
            one for one in found if plain(one[0]) != "year_unknown"
        ]  # years are compared by themselves
        weights = shipped(entity.kind)
        score = max(-_CAP, min(_CAP, weights.score(evidence)))
        level = next(name.partition("/")[2] for name, _ in evidence)
        asked = [(f"bias/{level}", 1.0), (f"names/{level}", score), *times]
        told = [*weights.reasons(evidence), *(Reason(name, 0.0) for name, value in times if value)]
        return asked, tuple(told)


def _judged(scored: Sequence[tuple[float, Entry, tuple[Reason, ...]]]) -> list[Proposal]:
    """Return proposals with their probabilities: of several entries, somebody is one at most."""
    odds = [math.exp(min(score, _CAP)) for score, _, _ in scored]
    total = sum(odds)
    found = [
        Proposal(entry, its / (1 + total), reasons)
        for its, (_, entry, reasons) in zip(odds, scored, strict=True)
    ]
    likely = [one for one in found if one.probability >= _DOUBTFUL]
    return sorted(likely, key=lambda one: (-one.probability, one.entry.identifier))[:_MOST]


def appearance_of_entity(entity: Entity) -> Appearance:
    """Return an entity as if it were a single appearance, its years left out."""
    names = [name for name, _ in entity.names if name != entity.name][:_FORMS]
    return Appearance(entity.kind, f"{entity.kind[0]}:entity:0", "", entity.id, entity.name, tuple(names))


def _portrait(entry: Entry) -> tuple[Portrait, ...]:
    """Return an entry as an appearance of its kind; of both where the list does not tell which."""
    kinds: tuple[Kind, ...] = (entry.kind,) if entry.kind else KINDS
    return tuple(
        portray(
            Appearance(kind, f"{kind[0]}:entry:0", "", entry.identifier, entry.name, entry.names[:_FORMS])
        )
        for kind in kinds
    )


def evidence_of_time(entity: Entity, entry: Entry) -> Evidence | None:
    """Return how the years of an entity fit an entry; ``None`` where they cannot."""
    first, last = entity.first_year, entity.last_year
    if first is None or last is None:
        return [("time_unknown", 1.0)]
    if entry.died is not None and first > entry.died + 1:
        return None
    if entry.born is not None:
        youngest, oldest = (_YOUNGEST, _OLDEST) if entity.kind == "driver" else (0, 200)
        if first - entry.born < youngest or last - entry.born > oldest:
            return None
    begin, end = entry.first, entry.last if entry.last is not None else entry.first
    if begin is not None and end is not None:
        gap = max(begin - last, first - end, 0)
        if gap > _FAR:
            return None
        return [("time_in_career", 1.0)] if not gap else [("time_near_career", math.log1p(gap))]
    return [("time_in_life", 1.0)] if entry.born is not None else [("time_unknown", 1.0)]


def rarity_of(file: AuthorityFile) -> Rarity:
    """Return how common names are in an archive, from its entities."""
    rarity = Rarity(documents=int(file.about().get("documents", "0")))
    for entity in file.entities():
        portrait = portray(appearance_of_entity(entity))
        if entity.kind == "driver":
            key = key_of(portrait)
            rarity.surnames[key] += entity.appearances
            if portrait.given and len(portrait.given[0]) > 1:
                rarity.givens.setdefault(key, type(rarity.surnames)())["-".join(portrait.given)] += 1
        else:
            rarity.words.update(dict.fromkeys(portrait.teams[0].own, entity.appearances))
    return rarity


def match(
    path: Path,
    entries: Iterable[Entry],
    *,
    automatic: float = AUTOMATIC,
    progress: Callable[[int], None] = lambda _count: None,
) -> Matched:
    """Match an authority file to a list, and keep what comes of it in the file.

    Args:
        path: The authority file.
        entries: Of the list.
        automatic: From which probability on an entry is proposed.
        progress: Told how many entities have been looked at.

    Raises:
        InputError: It is no authority file.
        OutputError: It cannot be written.
    """
    known = list(entries)
    matched = Matched(entries=len(known))
    with AuthorityFile.open(path) as file:
        matcher = Matcher(known, rarity_of(file))
        for entity in file.entities():
            matched.entities += 1
            found = matcher.proposals(entity)
            if found:
                matched.rows.append((entity, tuple(found)))
            if matched.entities % 1000 == 0:
                progress(matched.entities)
        settled = {
            (entity, identifier): status
            for entity, identifier, status in file.db.execute(
                "SELECT entity, identifier, status FROM identifier WHERE status IN ('decided', 'refused')"
            )
        }
    _keep(path, matched, settled, automatic)
    return matched


def _keep(path: Path, matched: Matched, settled: dict[tuple[str, str], str], automatic: float) -> None:
    decided = {entity for (entity, _), status in settled.items() if status == DECIDED}
    matched.decided = len(decided)
    try:
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("DELETE FROM identifier WHERE status IN ('proposed', 'candidate')")
            for entity, proposals in matched.rows:
                if entity.id in decided:
                    continue
                for place, one in enumerate(proposals):
                    if (entity.id, one.entry.identifier) in settled:
                        continue
                    status = PROPOSED if place == 0 and one.probability >= automatic else CANDIDATE
                    matched.proposed += status == PROPOSED
                    matched.candidates += status == CANDIDATE
                    why = packed_reasons(one.reasons)
                    values = (entity.id, one.entry.identifier, one.entry.name, one.probability, status, why)
                    db.execute("INSERT OR REPLACE INTO identifier VALUES (?, ?, ?, ?, ?, ?)", values)
    except sqlite3.OperationalError as error:
        raise OutputError("cannot_write", source=str(path), reason=str(error)) from error
