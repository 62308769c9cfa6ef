"""Which stretch of the text supports which fact, and the text marked accordingly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from extractor.exports.html.markup import Html, element, joined, verbatim
from extractor.exports.html.segments import Cover, Segment, cut
from extractor.exports.words import Words
from extractor.record import RaceRecord, Span

#: Kinds that colour the text, the more telling first; of spans equally long the first one colours.
COLOURS = ("result", "incident", "entry", "finding", "session", "quote", "event")
#: Kinds that only underline it.
UNDERLINES = ("driver", "team")
#: Kinds that put their first letter where they begin.
LABELLED = tuple(kind for kind in COLOURS if kind != "event")
SKIPPED = "skipped"


class Evidence:
    """The keys of a record's facts in the page, and the segments of its text.

    Identifiers of a record may be any text at all, so that the page has keys of its own.
    """

    def __init__(self, record: RaceRecord) -> None:
        self._text = record.document.text
        self._keys: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._segments = list(cut(len(self._text), self._covers(record)))
        for number, segment in enumerate(self._segments):
            for cover in segment.covers:
                self._first.setdefault(cover.key, f"x{number}")

    def key(self, identifier: str) -> str:
        """Return the page's key of something with that identifier in the record."""
        return self._keys.setdefault(identifier, f"k{len(self._keys)}")

    def place(self, key: str) -> str | None:
        """Return the link to where the text first says so, if it does anywhere."""
        first = self._first.get(key)
        return f"#{first}" if first else None

    def text(self, words: Words) -> Html:
        """Return the whole text with its segments marked."""
        return joined(*(self._marked(n, segment, words) for n, segment in enumerate(self._segments)))

    def _covers(self, record: RaceRecord) -> Iterator[Cover]:
        kinds = (
            ("session", record.sessions),
            ("entry", record.entries),
            ("result", record.results),
            ("incident", record.incidents),
            ("quote", record.quotes),
        )
        for kind, facts in kinds:
            for fact in facts:
                yield from self._spans(kind, self.key(fact.id), fact.evidence)
        for driver in record.drivers:
            yield from self._spans("driver", self.key(driver.id), driver.mentions)
        for team in record.teams:
            yield from self._spans("team", self.key(team.id), team.mentions)
        yield from self._spans("event", "event", record.event.evidence)
        for number, finding in enumerate(record.findings):
            yield from self._spans("finding", f"finding{number}", finding.evidence)
        yield from self._spans(SKIPPED, SKIPPED, record.coverage.skipped)

    @staticmethod
    def _spans(kind: str, key: str, spans: tuple[Span, ...]) -> Iterator[Cover]:
        for span in spans:
            yield Cover(key, kind, span.start, span.end)

    def _marked(self, number: int, segment: Segment, words: Words) -> Html:
        text = verbatim(self._text[segment.start : segment.end], self._text[segment.end : segment.end + 1])
        kinds = {cover.kind for cover in segment.covers}
        if not segment.covers:
            return text
        if kinds == {SKIPPED}:
            return element("span", text, class_="skipped", id=f"x{number}", title=words("skipped"))
        covers = [c for c in segment.covers if c.kind != SKIPPED]
        keys = list(dict.fromkeys(c.key for c in sorted(covers, key=_weight)))
        labels = dict.fromkeys(
            words(c.kind)[0] for c in sorted(segment.opens, key=_weight) if c.kind in LABELLED
        )
        return element(
            "a",
            text,
            class_=" ".join(chain(("seg",), _classes(segment, kinds))),
            id=f"x{number}",
            href=f"#{keys[0]}",
            data_keys=" ".join(keys),
            data_label="".join(labels) or None,
            title=", ".join(dict.fromkeys(words(c.kind) for c in covers)),
        )


def _classes(segment: Segment, kinds: set[str]) -> Iterator[str]:
    """Yield how a segment looks: the colour of its shortest span, and an underline for each name."""
    coloured = [c for c in segment.covers if c.kind in COLOURS]
    if coloured:
        yield "in-" + min(coloured, key=_weight).kind
    yield from ("is-" + kind for kind in UNDERLINES if kind in kinds)
    yield from ("was-" + SKIPPED for kind in kinds if kind == SKIPPED)


def _weight(cover: Cover) -> tuple[bool, int, int]:
    """Put what colours before what underlines, then the shorter, then the more telling."""
    coloured = cover.kind in COLOURS
    return not coloured, cover.end - cover.start, COLOURS.index(cover.kind) if coloured else 0
