"""The clock of an account: how far a race has run where something is told.

Accounts go from the start to the flag and say where they are: "dans le 5e tour", "à mi-course", "à trois
tours du but", "sous le damier". Who "prend la troisième place" between two such words holds it for a while;
behind the last one he has it for good.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout, Sentence
from extractor.values.numbers import cardinal, ordinal_at

_LAPS = word_set("results_words", "clock_laps")
ENDS = word_set("results_words", "clock_ends")
_ORDINAL_REACH = 3  # tokens of an ordinal before "tour": "dans son vingt et unième tour"
_TOLD = ("paragraph", "bullet", "lead")

_RUNNING, _OVER = "running", "over"


class Clock:
    """Where in its race each account stands."""

    def __init__(self, layout: Layout, terms: dict[int, list[str]]) -> None:
        """Read the clock.

        Args:
            layout: The page.
            terms: Words of time by their first token: ``running`` or ``over``.
        """
        self._norm = layout.tokens.norm
        self._marks: list[tuple[int, str]] = sorted(self._read(terms))
        self._at = [token for token, _ in self._marks]
        self._account = _accounts(layout)

    def _read(self, terms: dict[int, list[str]]) -> Iterator[tuple[int, str]]:
        for token, values in terms.items():
            yield from ((token, value) for value in values)
        for token, word in enumerate(self._norm):
            if word in _LAPS and (mark := self._lap(token)) is not None:
                yield token, mark

    def _lap(self, token: int) -> str | None:
        """Return what "tour" says of the time: "au 5e tour", "après deux tours", "à trois tours du but"."""
        norm = self._norm
        before = norm[token - 1] if token else ""
        if norm[token + 1 : token + 3] and norm[token + 1] in ("de", "du", "des") and cardinal(before):
            return _RUNNING if ENDS & set(norm[token + 2 : token + 4]) and norm[token - 2] == "a" else None
        if cardinal(before) and norm[token - 2] in ("apres", "bout"):
            return _RUNNING
        if cardinal(before) and norm[token + 1 : token + 3] == ["plus", "tard"]:
            return _RUNNING
        if before in ("suivant", "suivants") or norm[token + 1 : token + 2] in (["suivant"], ["suivants"]):
            return _RUNNING
        for i in range(max(0, token - _ORDINAL_REACH), token):
            found = ordinal_at(norm, i)
            if found is not None and found[1] == token:
                return _RUNNING if norm[i - 1] != "meilleur" else None
        return None

    def goes_on(self, token: int, clause_end: int, sentence: Sentence) -> bool:
        """Tell whether the race goes on behind a place that is told at ``token``.

        It does where words of its clause, or before it in its sentence, put it in the midst of the race.
        Where earlier sentences of the account do, later ones must show that time goes on.
        """
        if self._last(token, clause_end) == _RUNNING:
            return True
        last = self._last(sentence.first, token)
        if last is not None:
            return last == _RUNNING and _OVER not in self._within(token, sentence.last)
        first, end = self._account.get(sentence.block, (sentence.first, sentence.last))
        return (
            self._last(first, sentence.first) == _RUNNING
            and not self._within(sentence.first, sentence.last)
            and bool(self._within(sentence.last, end))
        )

    def runs(self, sentence: Sentence) -> bool:
        """Tell whether a sentence says that it speaks of the midst of the race."""
        return self._last(sentence.first, sentence.last) == _RUNNING

    def _last(self, first: int, last: int) -> str | None:
        found = self._within(first, last)
        return found[-1] if found else None

    def _within(self, first: int, last: int) -> list[str]:
        low, high = bisect_left(self._at, first), bisect_left(self._at, last)
        return [value for _, value in self._marks[low:high]]


def _accounts(layout: Layout) -> dict[int, tuple[int, int]]:
    """Return the tokens of the account that each block is part of.

    Paragraphs of one session that follow each other are one account; a heading, a list or another session
    ends it.
    """
    sessions: dict[int, int] = {}
    for sentence in layout.sentences:
        sessions.setdefault(sentence.block, sentence.session)
    found: dict[int, tuple[int, int]] = {}
    run: list[int] = []
    for number, block in enumerate(layout.blocks):
        follows = run and block.kind in _TOLD and sessions.get(number) == sessions.get(run[-1])
        run = [*run, number] if follows else [number] if block.kind in _TOLD else []
        for other in run:
            found[other] = layout.blocks[run[0]].first, block.last
    return found
