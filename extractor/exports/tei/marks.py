"""What is marked up in the text itself: who is named, and who speaks.

Marks may overlap, cross paragraphs, or lie within each other as they like; elements may not. Where one mark
crosses another, or the end of a paragraph, it becomes several elements, each with the identifiers of the one
before and the one behind it (``prev``, ``next``): https://tei-c.org/release/doc/tei-p5-doc/en/html/NH.html#NHVE.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from extractor.exports.xml_text import Identifiers
from extractor.record import Quote, RaceRecord, Span

Speakers = Mapping[tuple[str, str], str]
"""The ``xml:id`` of those who speak and are no drivers, by name and role."""

_DEEPEST = 50
"""Elements within each other; parsers of XML allow 256, and no report has more than three."""


@dataclass(slots=True, eq=False)
class Mark:
    """One thing to be marked up, perhaps as several elements.

    Attributes:
        tag: Name of the element.
        attributes: Of every element.
        name: What its ``xml:id`` are made of.
        spans: What it covers, as the record has it.
    """

    tag: str
    attributes: dict[str, str]
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text, half-open, that a mark covers."""

    start: int
    end: int
    mark: Mark


@dataclass(slots=True)
class Node:
    """A stretch as an element, with those inside it."""

    start: int
    end: int
    mark: Mark
    within: list[Node] = field(default_factory=list)


def marks_of(record: RaceRecord, ids: Identifiers, speakers: Speakers) -> list[Mark]:
    """Return what is to be marked up: speech, and mentions of drivers and teams."""
    return [*_speech(record, ids, speakers), *_mentions(record, ids)]


def speakers_of(record: RaceRecord, ids: Identifiers) -> dict[tuple[str, str], str]:
    """Return an ``xml:id`` for everybody who speaks, is named and is no driver."""
    found: dict[tuple[str, str], str] = {}
    for quote in record.quotes:
        if quote.speaker is None and quote.speaker_name is not None:
            who = quote.speaker_name, quote.speaker_role
            if who not in found:
                found[who] = ids.new(f"speaker-{len(found) + 1}")
    return found


def nested(stretches: Iterable[Stretch], end: int) -> tuple[list[Node], list[Stretch]]:
    """Return elements of which none crosses another, and what would lie too deep within others.

    What begins first is outside; of two that begin together the longer one, and speech before names.

    Args:
        stretches: What is to be marked up.
        end: Where the paragraph ends; no stretch goes beyond it.
    """
    number = count()
    too_deep: list[Stretch] = []
    waiting = [(one.start, -one.end, one.mark.tag != "said", next(number), one) for one in stretches]
    heapq.heapify(waiting)
    top = Node(0, end, Mark("", {}, "", ()))
    while waiting:
        one = heapq.heappop(waiting)[-1]
        around, depth = _innermost(top, one.start)
        if depth == _DEEPEST:
            too_deep.append(one)
            continue
        if one.end > around.end:
            rest = Stretch(around.end, one.end, one.mark)
            heapq.heappush(waiting, (rest.start, -rest.end, rest.mark.tag != "said", next(number), rest))
        around.within.append(Node(one.start, min(one.end, around.end), one.mark))
    return top.within, too_deep


def _innermost(node: Node, place: int) -> tuple[Node, int]:
    """Return the last element that is still open at a place, and how deep it lies."""
    depth = 0
    while node.within and place < node.within[-1].end:
        node = node.within[-1]
        depth += 1
    return node, depth


def _speech(record: RaceRecord, ids: Identifiers, speakers: Speakers) -> Iterator[Mark]:
    for quote in record.quotes:
        attributes = {"direct": "true" if quote.kind == "direct" else "false"}
        if who := speaker_of(quote, ids, speakers):
            attributes["who"] = f"#{who}"
        else:
            attributes["ana"] = f"#{ids.once(f'speaker_role.{quote.speaker_role}')}"
        if quote.session is not None:
            attributes["corresp"] = f"#{ids[quote.session]}"
        attributes["cert"] = probability(quote.confidence)
        yield Mark("said", attributes, ids[quote.id], quote.evidence)


def speaker_of(quote: Quote, ids: Identifiers, speakers: Speakers) -> str | None:
    """Return the ``xml:id`` of who speaks, ``None`` where nobody is named."""
    if quote.speaker is not None:
        return ids[quote.speaker]
    return speakers.get((quote.speaker_name or "", quote.speaker_role))


def _mentions(record: RaceRecord, ids: Identifiers) -> Iterator[Mark]:
    """Yield mentions; what names several people together is one element with several references."""
    together: dict[tuple[int, int, str, str], tuple[Span, list[str]]] = {}
    for kind, bearers in (("pers", record.drivers), ("org", record.teams)):
        for bearer in bearers:
            for mention in bearer.mentions:
                key = (mention.start, mention.end, kind, mention.form)
                references = together.setdefault(key, (mention, []))[1]
                if bearer.id not in references:
                    references.append(bearer.id)
    for (start, end, kind, form), (span, bearing) in together.items():
        reference = " ".join(f"#{ids[one]}" for one in bearing)
        if form == "name":
            tag, attributes = f"{kind}Name", {"ref": reference}
        else:
            whom = {"pers": "person", "org": "org"}[kind]
            tag, attributes = "rs", {"type": whom, "subtype": form, "ref": reference}
        yield Mark(tag, attributes, ids.new(f"{kind}.{start}-{end}"), (span,))


def probability(value: float) -> str:
    """Return a confidence as ``cert`` has it."""
    return f"{value:.4g}"
