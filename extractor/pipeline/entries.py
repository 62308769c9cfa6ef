"""Entries: who drives what for whom, one for each driver or crew.

Requires ``doc._.people``, ``doc._.links``; assigns ``doc._.entries``.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.annotations import EntryFact, People
from extractor.pipeline.people.links import Link


@Language.factory("parcferme_entries", requires=["doc._.people", "doc._.links"], assigns=["doc._.entries"])
def make_entries(nlp: Language, name: str) -> EntryFinder:  # noqa: ARG001
    """Create the component."""
    return EntryFinder()


class EntryFinder:
    """Gathers the ties between people and things into entries."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.entries``."""
        doc._.entries = find_entries(doc._.people, doc._.links)
        return doc


def find_entries(people: People, links: list[Link]) -> list[EntryFact]:
    """Return the entries of a document: a driver with two teams has two."""
    crews = _crews(people, links)
    grouped: dict[tuple[int, ...], list[Link]] = defaultdict(list)
    for link in links:
        members = tuple(p for p in link.people if people.persons[p].competes)
        if members:
            grouped[_crew_of(members, crews)].append(link)
    entries: list[EntryFact] = []
    for members, ties in grouped.items():
        entries += _entries(members, ties)
    entries.sort(key=lambda entry: entry.evidence[0])
    return entries


def _crews(people: People, links: list[Link]) -> dict[int, tuple[int, ...]]:
    """Return with whom each person drives; people whom the text gives different teams are no crew."""
    crews: dict[int, tuple[int, ...]] = {}
    own: dict[int, int] = {}
    for link in links:
        if len(link.people) == 1 and link.team is not None:
            own.setdefault(link.people[0], link.team)
    many = [ref.people for ref in people.refs if ref.form == "name" and len(ref.people) > 1] + [
        link.people for link in links if len(link.people) > 1
    ]
    for members in many:
        if len({own[p] for p in members if p in own}) > 1:
            continue
        for person in members:
            crews.setdefault(person, members)
    return crews


def _crew_of(members: tuple[int, ...], crews: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    if len(members) > 1:
        return members
    crew = crews.get(members[0])
    return crew if crew is not None else members


def _entries(members: tuple[int, ...], ties: list[Link]) -> list[EntryFact]:
    """Make one entry for each team that a crew is tied to; numbers and cars go with the first."""
    teams: dict[int | None, EntryFact] = {}
    for tie in sorted(ties, key=lambda t: (-t.sure, t.first)):
        key = tie.team
        if key is None and teams:
            key = next(iter(teams))
        elif key is not None and None in teams:
            teams = {key if k is None else k: e for k, e in teams.items()}
        entry = teams.setdefault(key, EntryFact(members, tie.team, sure=tie.sure))
        entry.team = entry.team if entry.team is not None else tie.team
        entry.number = entry.number or tie.number
        entry.car = entry.car or tie.car
        entry.classes += [c for c in tie.classes if c not in entry.classes]
        if (tie.first, tie.last) not in entry.evidence:
            entry.evidence.append((tie.first, tie.last))
    for entry in teams.values():
        entry.evidence.sort()
        entry.evidence = entry.evidence[:4]
    return list(teams.values())
