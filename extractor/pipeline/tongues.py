"""Which parts of a document are not in French: translations below, pages of another language.

A paragraph is told by its small words, counted against those of other languages. Names, lists and short lines
have no language of their own; they go with what surrounds them. Where the small words decide nothing, a
library is asked (py3langid), which costs a second to load and so is loaded only then. French of another
century and French that an OCR has damaged are French: what is doubtful is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from extractor.lexicon.words import word_set

OTHERS = ("en", "nl", "de", "it", "es", "la")

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"\n[ \t\r\xa0]*\n\s*")
_LEAST_HITS = 4  # small words of another language, below which nothing is looked into
_LEAST_WORDS = 12  # words, below which a paragraph has no language of its own
_LEAST_SHARE = 0.14  # of the words of a paragraph that are small words of its language
_CLEARLY = 2.5  # times as many as of French
_FEW_FRENCH = 0.09  # share of small French words, below which prose is doubtful
_LEAST_DOUBTFUL = 25  # words in small letters that a doubtful paragraph has
_LONG_LINE = 90  # characters: lines as long as this on average are paragraphs
_SURER = 0.25  # by how much a letter the library must prefer another language


class Foreign(NamedTuple):
    """What of a text is not in French.

    Attributes:
        stretches: The parts, in order.
        language: The language of the document where it has no French, as ISO 639-1; else ``None``.
    """

    stretches: tuple[tuple[int, int], ...] = ()
    language: str | None = None


NOTHING_FOREIGN = Foreign()


class _Paragraph(NamedTuple):
    start: int
    end: int
    language: str | None
    words: int
    leaning: str | None


def not_french(text: str, skipped: Iterable[tuple[int, int]] = ()) -> Foreign:
    """Return what of a text is not in French.

    Args:
        text: The document's own text.
        skipped: Stretches that are not read anyway.
    """
    words = _WORD.findall(text.lower())
    if not _worth_a_look(words):
        return NOTHING_FOREIGN
    left_out = sorted(skipped)
    paragraphs = [
        _judged(text, start, end) for start, end in _paragraphs(text) if not _inside(start, end, left_out)
    ]
    foreign = [one.language for one in paragraphs if one.language not in (None, "fr")]
    if not foreign:
        return NOTHING_FOREIGN
    if not any(one.language == "fr" for one in paragraphs):
        return Foreign(tuple(_runs(paragraphs)), Counter(foreign).most_common(1)[0][0])
    return Foreign(tuple(_runs(_with_neighbours(paragraphs))))


def _worth_a_look(words: list[str]) -> bool:
    """Tell whether a text has more words of another language than names bring, or too little French."""
    if len(words) < _LEAST_WORDS:
        return False
    index = _index()
    hits: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in index.get(word, ()):
            hits[language] += count
    return hits["fr"] < _FEW_FRENCH * len(words) or any(hits[other] >= _LEAST_HITS for other in OTHERS)


_LEAST_DIFFERENT = 2


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Return of which languages each small word is; those of French are of French alone."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(_small("fr"), ("fr",))
    for other in OTHERS:
        for word in _telling(other):
            found[word] = (*found.get(word, ()), other)
    return found


@cache
def _small(language: str) -> frozenset[str]:
    """Return the small words of a language, as written."""
    return {
        "fr": word_set("tongues_words", "fr", folded=False),
        "en": word_set("tongues_words", "en", folded=False),
        "nl": word_set("tongues_words", "nl", folded=False),
        "de": word_set("tongues_words", "de", folded=False),
        "it": word_set("tongues_words", "it", folded=False),
        "es": word_set("tongues_words", "es", folded=False),
        "la": word_set("tongues_words", "la", folded=False),
    }[language]


@cache
def _telling(language: str) -> frozenset[str]:
    """Return the small words of a language that French has not."""
    return _small(language) - _small("fr")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs: what blank lines part, and long lines each for itself."""
    start = 0
    for stop, following in [*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]:
        lines = text[start:stop].split("\n")
        if len(lines) > 1 and stop - start > _LONG_LINE * len(lines):
            at = start
            for line in lines:
                if line.strip():
                    yield at, at + len(line)
                at += len(line) + 1
        elif text[start:stop].strip():
            yield start, stop
        start = following


def _judged(text: str, start: int, end: int) -> _Paragraph:
    """Return a paragraph with its language, where it has one."""
    words = _WORD.findall(text[start:end].lower())
    counts = Counter(language for word in words for language in _index().get(word, ()))
    french = counts["fr"]
    best = max(OTHERS, key=lambda other: counts[other])
    leaning = best if counts[best] > french else "fr" if french else None
    language = None
    if len(words) >= _LEAST_WORDS:
        if french >= _FEW_FRENCH * len(words) and french * _CLEARLY > counts[best]:
            language = "fr"
        elif (
            counts[best] >= max(3, _LEAST_SHARE * len(words))
            and counts[best] >= _CLEARLY * french
            and _different(words, best) >= _LEAST_DIFFERENT
        ):
            language = best
        elif _is_prose(text[start:end]):
            language = _by_library(text[start:end])
    return _Paragraph(start, end, language, len(words), leaning)


def _different(words: list[str], language: str) -> int:
    """Return how many different words are of a language: a code that a list repeats ("AB") is but one."""
    index = _index()
    return sum(language in index.get(word, ()) for word in set(words))


def _is_prose(body: str) -> bool:
    """Tell whether a paragraph has enough words in small letters for its language to be guessed."""
    words: list[str] = _WORD.findall(body)
    small = sum(word.islower() and len(word) > 1 for word in words)
    return small >= _LEAST_DOUBTFUL and small > 0.6 * len(words)


def _by_library(body: str) -> str | None:
    """Return the language that the library is sure of, or ``None``."""
    from py3langid import rank

    scores = {str(language): float(score) for language, score in rank(body)}
    french = scores.get("fr", 0.0)
    best = max(OTHERS, key=lambda other: scores.get(other, float("-inf")))
    sure = scores.get(best, float("-inf")) - french > _SURER * len(body)
    return best if sure else None


def _with_neighbours(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Give paragraphs without a language that of what surrounds them; what stands at an edge is French.

    A line before a part in another language goes with it where its own words lean there: "English version".
    """
    settled = list(paragraphs)
    for k, one in enumerate(paragraphs):
        if one.language is not None:
            continue
        before = next((p.language for p in reversed(settled[:k]) if p.language is not None), "fr")
        behind = next((p.language for p in paragraphs[k + 1 :] if p.language is not None), "fr")
        same = before == behind and before != "fr"
        leans = one.leaning not in (None, "fr") and one.leaning in (before, behind)
        settled[k] = one._replace(language=before if same else one.leaning if leans else "fr")
    return settled


def _runs(paragraphs: list[_Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that are not in French, neighbours as one."""
    run: tuple[int, int] | None = None
    for one in paragraphs:
        if one.language == "fr":
            if run is not None:
                yield run
            run = None
        else:
            run = (one.start, one.end) if run is None else (run[0], one.end)
    if run is not None:
        yield run


def _inside(start: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    """Tell whether more than half of a stretch is left out already."""
    covered = sum(max(0, min(end, b) - max(start, a)) for a, b in stretches)
    return 2 * covered > end - start
