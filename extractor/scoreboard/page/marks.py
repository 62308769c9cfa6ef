"""The text with what was read rightly, missed or made up marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.exports.html.markup import Html, element, joined, verbatim
from extractor.exports.html.segments import Cover, Segment, cut
from extractor.scoreboard.page.shown import STATES, ShownFact
from extractor.scoreboard.words import BoardWords

#: Signs that stand before what is wrong, for readers and printers without colours.
SIGNS = {"missed": "−", "spurious": "+"}
_NAMES = "mentions.exact"
#: Their mentions are marked one by one.
_UNMARKED = ("drivers", "teams")


class MarkedText:
    """A document's text, cut where the evidence of a fact begins or ends.

    Args:
        text: The document's text.
        facts: What is marked in it.
    """

    def __init__(self, text: str, facts: Iterable[ShownFact]) -> None:
        self._text = text
        self._facts = {fact.key: fact for fact in facts}
        covers = (
            Cover(fact.key, fact.kind, start, end)
            for fact in self._facts.values()
            for start, end in fact.places
        )
        self._segments = list(cut(len(text), covers))
        self._first: dict[str, str] = {}
        for number, segment in enumerate(self._segments):
            for cover in segment.covers:
                self._first.setdefault(cover.key, f"x{number}")

    def place(self, fact: ShownFact) -> str | None:
        """Return the link to where the text first says so, if it does anywhere."""
        first = self._first.get(fact.key)
        return f"#{first}" if first else None

    def draw(self, words: BoardWords) -> Html:
        """Return the whole text with its segments marked."""
        return joined(*(self._marked(n, segment, words) for n, segment in enumerate(self._segments)))

    def _marked(self, number: int, segment: Segment, words: BoardWords) -> Html:
        text = verbatim(self._text[segment.start : segment.end], self._text[segment.end : segment.end + 1])
        if not segment.covers:
            return text
        facts = sorted((self._facts[cover.key] for cover in segment.covers), key=_weight)
        return element(
            "a",
            text,
            class_=" ".join(("seg", *_classes(facts))),
            id=f"x{number}",
            href=f"#{facts[0].key}",
            data_keys=" ".join(dict.fromkeys(fact.key for fact in facts)),
            data_label=_label([self._facts[cover.key] for cover in segment.opens], words) or None,
            title=", ".join(_titles(facts, words)),
        )


def _weight(fact: ShownFact) -> tuple[bool, int]:
    return fact.kind in _UNMARKED, STATES.index(fact.state)


def _classes(facts: Iterable[ShownFact]) -> Iterator[str]:
    """Yield how a segment looks: the worst of its facts, and the worst of its names."""
    told = {fact.state for fact in facts if fact.kind not in (_NAMES, *_UNMARKED)}
    named = {fact.state for fact in facts if fact.kind == _NAMES}
    if {"missed", "spurious"} <= told:
        yield "fact-mixed"
    elif told:
        yield "fact-" + min(told, key=STATES.index)
    if named:
        yield "name-" + min(named, key=STATES.index)


def _label(opens: Iterable[ShownFact], words: BoardWords) -> str:
    """Return sign and letter of every wrong fact that begins here."""
    wrong = [f for f in opens if f.state != "right" and f.kind not in (_NAMES, *_UNMARKED)]
    signs = (SIGNS[f.state] + words.of("letter", f.kind) for f in sorted(wrong, key=_weight))
    return " ".join(dict.fromkeys(signs))


def _titles(facts: Iterable[ShownFact], words: BoardWords) -> Iterator[str]:
    yield from dict.fromkeys(words.pair(words.kind(fact.kind), words(fact.state)) for fact in facts)
