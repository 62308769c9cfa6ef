"""Words that were copied out of spans, and what they are after a correction of the text.

A name, a label or a number follows only where it stands as whole words in a span that the correction
changes, and nowhere else in the thing's spans as it was: the "7" of a car is not that of "1937".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.record import Mention, Span
from extractor.review.anchoring import Correction, reanchored


class Copies:
    """What may have been copied out of some spans."""

    def __init__(self, spans: Sequence[Span], correction: Correction, text: str) -> None:
        """Take spans of the text before the correction.

        Args:
            spans: Of one thing.
            correction: Of the text.
            text: After the correction.
        """
        self._spans = spans
        self._correction = correction
        self._text = text
        self._named: dict[str, set[str]] = {}
        for span in spans:
            if not isinstance(span, Mention) or span.form == "name":
                now = reanchored(span, correction, text)
                if now is not None:
                    self._named.setdefault(plain(span.text), set()).add(plain(now.text))

    def changed(self) -> dict[str, str]:
        """Return the spans' words that are others now."""
        pairs = ((old, new) for old, all_new in self._named.items() for new in sorted(all_new))
        return {old: new for old, new in pairs if new != old}

    def staying(self) -> set[str]:
        """Return the spans' words that still stand somewhere."""
        return {old for old, new in self._named.items() if old in new}

    def rewritten(self, words: str) -> str:
        """Return the words as the text now has them, if it no longer has them as they were."""
        found = [reanchored(copy, self._correction, self._text) for copy in self._places(words)]
        now = [plain(copy.text) for copy in found if copy is not None]
        return words if not now or words in now or plain(words) in now else now[0]

    def _places(self, words: str) -> Iterator[Span]:
        """Yield where the words stand in the spans, not as a part of others."""
        for span in self._spans:
            at = span.text.find(words) if words else -1
            while at >= 0:
                end = at + len(words)
                if not (_joins(span.text, at) or _joins(span.text, end)):
                    yield Span(start=span.start + at, end=span.start + end, text=words)
                at = span.text.find(words, at + 1)


def _joins(text: str, at: int) -> bool:
    """Tell whether a place in a text is in the middle of a word or number."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def plain(words: str) -> str:
    """Return words on one line."""
    return " ".join(words.split())
