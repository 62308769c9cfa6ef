"""From a record to what annotators see: its spans as regions, and who is who as links."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator

from extractor.exports.annotation import scheme
from extractor.exports.annotation.scheme import Part, View
from extractor.exports.annotation.task import Link, Region, Task, region_id
from extractor.record import (
    Driver,
    Entry,
    Incident,
    Mention,
    Quote,
    RaceRecord,
    Result,
    Session,
    Span,
    Team,
)

EVENT = "event"
Thing = Session | Driver | Team | Entry | Result | Incident | Quote
PARTS: tuple[Part, ...] = ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes")


def task_of(record: RaceRecord, view: View = "spans") -> Task:
    """Return what annotators see of a record; the same record always gives the same.

    Args:
        record: Any.
        view: What the tool can show. But for ``spans``, of regions that overlap the longer one is there,
            and the others stay in the record alone.
    """
    shown = _regions(record) if view == "spans" else _apart(_mentions(_regions(record)))
    regions = tuple(_numbered(shown))
    links = tuple(_links(record, regions, view))
    document = record.document
    return Task(document.id, document.source, document.text, view, regions, links)


def things_of(record: RaceRecord, part: Part) -> tuple[Thing, ...]:
    """Return the things of a part; the event is none."""
    found: tuple[Thing, ...] = getattr(record, part)
    return found


def _numbered(regions: Iterable[Region]) -> Iterator[Region]:
    for number, r in enumerate(regions):
        yield Region(region_id(number), r.label, r.start, r.end, r.text, r.owner, r.index, r.caption)


def _regions(record: RaceRecord) -> Iterator[Region]:
    for index, span in enumerate(record.event.evidence):
        yield _region(span, scheme.name_of("event"), EVENT, index, record.event.name or "")
    for part in PARTS:
        for thing in things_of(record, part):
            caption = caption_of(thing, record)
            for index, span in enumerate(spans_of(thing)):
                yield _region(span, label_of(thing, span), thing.id, index, caption)


def _region(span: Span, label: str, owner: str, index: int, caption: str) -> Region:
    return Region("", label, span.start, span.end, span.text, owner, index, caption)


def spans_of(thing: Thing) -> tuple[Span, ...]:
    """Return the spans of a thing."""
    return thing.mentions if isinstance(thing, Driver | Team) else thing.evidence


def label_of(thing: Thing, span: Span) -> str:
    """Return the label of one of a thing's spans."""
    if isinstance(thing, Driver | Team):
        part: Part = "drivers" if isinstance(thing, Driver) else "teams"
        return scheme.name_of(part, span.form if isinstance(span, Mention) else "name")
    if isinstance(thing, Session):
        return scheme.name_of("sessions", thing.kind)
    if isinstance(thing, Entry):
        return scheme.name_of("entries")
    if isinstance(thing, Result):
        return scheme.name_of("results", thing.kind)
    if isinstance(thing, Incident):
        return scheme.name_of("incidents", thing.type)
    return scheme.name_of("quotes", thing.kind)


def caption_of(thing: Thing, record: RaceRecord) -> str:
    """Return what a thing says in a few words, for tools that show a note beside a region."""
    people: tuple[Driver | Team, ...] = (*record.drivers, *record.teams)
    names = {one.id: one.name for one in people}
    if isinstance(thing, Driver | Team):
        words: list[object] = [thing.name]
    elif isinstance(thing, Session):
        words = [thing.label, thing.status]
    elif isinstance(thing, Entry):
        words = [*map(names.get, thing.drivers), names.get(thing.team or ""), thing.number, thing.car]
    elif isinstance(thing, Result):
        words = [thing.position or thing.status, thing.scope, *map(names.get, thing.drivers)]
    elif isinstance(thing, Incident):
        words = [p.text for p in thing.participants]
    else:
        words = [names.get(thing.speaker or "") or thing.speaker_name]
    return " · ".join(str(word) for word in (thing.id, *words) if word)


# --- what does not overlap


def _mentions(regions: Iterable[Region]) -> list[Region]:
    return [r for r in regions if scheme.LABELS[r.label].part in ("drivers", "teams")]


def _apart(regions: list[Region]) -> list[Region]:
    """Return regions of which no two overlap, the longer ones rather; in the order given."""
    longest = sorted(range(len(regions)), key=lambda n: (regions[n].start - regions[n].end, n))
    taken: list[tuple[int, int]] = []  # in the order of the text
    kept: list[int] = []
    for number in longest:
        place = (regions[number].start, regions[number].end)
        at = bisect(taken, place)
        if (at and taken[at - 1][1] > place[0]) or (at < len(taken) and taken[at][0] < place[1]):
            continue
        taken.insert(at, place)
        kept.append(number)
    return [regions[number] for number in sorted(kept)]


# --- links


def _links(record: RaceRecord, regions: tuple[Region, ...], view: View) -> Iterator[Link]:
    if view == "ner":
        return
    held: dict[str, list[Region]] = {}
    for region in regions:
        held.setdefault(region.owner, []).append(region)
    yield from _same(held)
    if view == "spans":
        for fact in record.facts():
            for label, target in references(fact):
                tail = _nearest(held[fact.id], held.get(target, []))
                if tail is not None:
                    yield Link(held[fact.id][0].id, tail.id, label)


def _same(held: dict[str, list[Region]]) -> Iterator[Link]:
    """Yield a link from every later region of a thing to its first one."""
    for regions in held.values():
        for region in regions[1:]:
            yield Link(region.id, regions[0].id, scheme.SAME)


def _nearest(evidence: list[Region], mentions: list[Region]) -> Region | None:
    """Return the region of something that stands nearest to a fact's evidence."""
    return min(
        mentions,
        key=lambda m: min(max(m.start - e.end, e.start - m.end, 0) for e in evidence),
        default=None,
    )


def references(fact: Entry | Result | Incident | Quote) -> list[tuple[str, str]]:
    """Return (label of the link, id) of everything that a fact refers to, each once, in order."""
    found: list[tuple[str, str | None]] = [(scheme.SESSION, fact.session)]
    if isinstance(fact, Entry | Result):
        found += [(scheme.DRIVER, driver) for driver in fact.drivers]
    if isinstance(fact, Entry):
        found.append((scheme.TEAM, fact.team))
    elif isinstance(fact, Incident):
        found += [(p.role, p.driver) for p in fact.participants]
        found += [(scheme.CAUSED_BY, cause) for cause in fact.caused_by]
        found.append((scheme.ASSERTED_BY, fact.asserted_by))
    elif isinstance(fact, Quote):
        found.append((scheme.SPEAKER, fact.speaker))
    return list(dict.fromkeys((label, target) for label, target in found if target is not None))
