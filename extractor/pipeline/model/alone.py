"""The model without the rules: what it would read of a text all by itself.

For measuring what each of the two is worth. Names are found by the tagger, two mentions are one person
where the last words of their names are the same, and there is one race.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractor.lexicon.fold import fold
from extractor.neural.annotated import Stretch, annotated
from extractor.neural.heads import Reader, Sight
from extractor.neural.labels import LAYERS
from extractor.pipeline.model.proposals import propose
from extractor.pipeline.model.settling import settle, with_candidates
from extractor.pipeline.model.speeches import with_speakers, with_speeches
from extractor.record import Coverage, Document, Driver, Mention, RaceRecord, Session, Team

_LEAST = 0.5
_WORDS = 5  # a name of more words is none


class _Half:
    """Lets stay what is more likely than not."""

    def least(self, kind: str, *, proposed: bool) -> float:  # noqa: ARG002
        return _LEAST


def read_alone(reader: Reader, document: Document) -> RaceRecord:
    """Return what the model alone reads of a document."""
    sight = reader.see(document.text)
    people = _bearers(document.text, tagged(sight, "driver"))
    teams = _bearers(document.text, tagged(sight, "team"))
    record = RaceRecord(
        document=document,
        coverage=Coverage(characters=len(document.text), characters_read=len(document.text)),
        sessions=(Session(id="s1", kind="race"),),
        drivers=tuple(Driver(id=f"d{k}", name=n, mentions=m) for k, (n, m) in enumerate(people, 1)),
        teams=tuple(Team(id=f"t{k}", name=n, mentions=m) for k, (n, m) in enumerate(teams, 1)),
    )
    record, spoken = with_speeches(record, sight)
    opinion = reader.judge(sight, annotated(record))
    found = propose(record, opinion, [])
    both = with_speakers(with_candidates(record, found), opinion)
    chances = found.chances | spoken
    return settle(both, _keyed(both, chances), _Half())


def _keyed(record: RaceRecord, chances: dict[str, float]) -> dict[tuple[str, tuple[str, ...]], float]:
    """Return the chances under the keys that settling asks for."""
    found: dict[tuple[str, tuple[str, ...]], float] = {}
    for result in record.results:
        if result.status == "dnf":
            found |= {("retirements", (result.session, d)): chances[result.id] for d in result.drivers}
        else:
            found["results." + result.kind, (result.id,)] = chances[result.id]
    found |= {("incidents.lenient", (one.id,)): chances[one.id] for one in record.incidents}
    found |= {("quotes", (one.id,)): chances[one.id] for one in record.quotes}
    for entry in record.entries:
        found |= {("entries", (driver, entry.team or "")): chances[entry.id] for driver in entry.drivers}
    return found


def tagged(sight: Sight, kind: str) -> Iterator[Stretch]:
    """Yield the stretches that the tagger gives to a kind of name."""
    names = LAYERS["names"]
    begin, inside = names.index(f"B-{kind}"), names.index(f"I-{kind}")
    tags = sight.tags["names"].argmax(-1)
    for first in np.flatnonzero(tags == begin):
        last = int(first)
        while last + 1 < len(tags) and tags[last + 1] == inside:
            last += 1
        start, end = int(sight.tokens.starts[first]), int(sight.tokens.ends[last])
        if end > start:
            yield start, end


def _bearers(text: str, stretches: Iterator[Stretch]) -> list[tuple[str, tuple[Mention, ...]]]:
    """Return who bears the names, each with the longest form and all mentions."""
    by_key: dict[str, list[Mention]] = {}
    for start, end in stretches:
        words = text[start:end].split()
        if words and len(words) <= _WORDS:
            by_key.setdefault(fold(words[-1]), []).append(Mention(start=start, end=end, text=text[start:end]))
    found = []
    for mentions in by_key.values():
        longest = max((" ".join(m.text.split()) for m in mentions), key=len)
        found.append((longest, tuple(mentions)))
    return found
