"""What a region holds: the parts that are spoken, and what the narrator says in between."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.pipeline.quotes.incises import Incise, incise_at
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.regions import Region
from extractor.pipeline.quotes.vocabulary import (
    ARTICLES,
    ASIDES,
    AUXILIARY,
    CLAUSE_STARTS,
    CLITIC,
    FINITE,
    FIRST_PERSON,
    PRONOUNS,
    SAYING,
    STOPS,
)

_BEFORE_INCISE = STOPS | frozenset(',»”"–—')
_STRIP = ' \t\r\n\u00a0\u202f\u2009\ufeff,;:–—-«»“”"„‹›*_'


@dataclass(slots=True)
class Speech:
    """A region read: character ranges of what is spoken, and the evidence that it is speech.

    Attributes:
        region: The region.
        first: Its first token.
        last: The token behind it.
        parts: Character ranges of what is spoken.
        incise: The narrator's first words inside the marks.
        words: How many words are spoken.
        own: How many of them are words in which somebody speaks of themselves.
        general: How many are "on" or one of the commonest finite verbs.
        stopped: Whether speech ends with a full stop, an exclamation or a question mark.
        capital: Whether it begins with a capital.
    """

    region: Region
    first: int
    last: int
    parts: list[tuple[int, int]] = field(default_factory=list)
    incise: Incise | None = None
    words: int = 0
    own: int = 0
    general: int = 0
    stopped: bool = False
    capital: bool = False


def read_region(page: Page, region: Region) -> Speech:
    """Return a region's speech with the narrator's words cut out."""
    first, last = page.token_after(region.start), page.token_after(region.end)
    speech = Speech(region, first, last)
    cuts = _cuts(page, speech)
    if region.broken and cuts:
        last = cuts[0][0]
        cuts = []
    start = region.start
    for a, b in cuts:
        _add(page, speech, start, page.tokens.start[a])
        start = page.tokens.start[b] if b < len(page.tokens) else region.end
    if start < region.end:
        end = page.tokens.start[last] if region.broken and last < speech.last else region.end
        _add(page, speech, start, end)
    _weigh(page, speech)
    return speech


def _add(page: Page, speech: Speech, start: int, end: int) -> None:
    trimmed = trim(page.source, start, min(end, speech.region.end))
    if trimmed is not None:
        speech.parts.append(trimmed)


def trim(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a range without blanks, marks and commas at its ends; ``None`` where no word is left."""
    while start < end and source[start] in _STRIP:
        start += 1
    while end > start and source[end - 1] in _STRIP:
        end -= 1
    if start >= end or not any(c.isalnum() for c in source[start : min(end, start + 40)]):
        return None
    return start, end


def _cuts(page: Page, speech: Speech) -> list[tuple[int, int]]:
    """Find the narrator's words inside the marks, as token ranges."""
    cuts: list[tuple[int, int]] = []
    norm, last = page.norm, speech.last
    i = speech.first + 1
    while i < last:
        if norm[i - 1] in _BEFORE_INCISE and (
            norm[i] in SAYING or norm[i] in AUXILIARY or norm[i] in CLITIC or _pronoun_follows(norm, i, last)
        ):
            incise = incise_at(page, i, last, strict=True)
            if incise is not None and _is_incise(page, incise, speech):
                end = _end(page, incise, last)
                cuts.append((i if norm[i - 1] != "," else i - 1, end))
                speech.incise = speech.incise or incise
                i = max(end, i + 1)
                continue
        i += 1
    return cuts


def _pronoun_follows(norm: list[str], i: int, last: int) -> bool:
    return (
        i + 2 < last
        and norm[i + 1] in ("-", "–", "‑")
        and (norm[i + 2] in PRONOUNS or norm[i + 2] in ("t", "t'"))
    )


def _is_incise(page: Page, incise: Incise, speech: Speech) -> bool:
    """Tell whether a verb with its subject is the narrator's, not part of what is said."""
    behind = page.text[incise.last] if incise.last < speech.last else ""
    if incise.subject.kind == "pronoun":
        if page.norm[incise.subject.first] == "on" or behind == "?":
            return False
        return incise.strong or page.norm[incise.first - 1] != "."
    if page.norm[incise.first - 1] == "." and page.shape[incise.first] != "l":
        return False
    if not incise.strong and incise.subject.kind in ("nominal", "latest"):
        return False
    return incise.subject.kind != "name" or incise.strong


def _end(page: Page, incise: Incise, last: int) -> int:
    """Return the token at which speech goes on behind the narrator's words."""
    norm = page.norm
    ref = incise.subject.ref
    i = max(incise.last, ref.outer) if ref is not None else incise.last
    for _ in range(80):
        while i < last and norm[i] not in STOPS and norm[i] not in (",", ":"):
            i += 1
        if i >= last:
            return last
        if norm[i] in STOPS and not (norm[i] == "." and page.shape[i - 1] == "I"):
            return i + 1
        if norm[i] == ":":
            return i + 1
        if norm[i] == "," and _resumes(page, i + 1, last):
            return i + 1
        i += 1
    return i


def _resumes(page: Page, i: int, last: int) -> bool:
    """Tell whether speech, rather than something about the speaker, begins at token ``i``."""
    norm = page.norm
    if i >= last:
        return True
    stop = i
    while stop < last and stop < i + 40 and norm[stop] not in STOPS and norm[stop] != ",":
        stop += 1
    clause = norm[i:stop]
    if norm[i] in ("qui", "dont", "lui", "elle") or (
        norm[i] in ("avant", "apres") and "d'" in clause[:2] + clause[1:2]
    ):
        return False
    if any(word in FIRST_PERSON or word == "on" for word in clause):
        return True
    if page.text[i] == "a" or (norm[i] in FINITE and norm[i] not in ASIDES):  # "La boîte, dit X, a cassé"
        return True
    if norm[i] in ASIDES:
        return False
    if norm[i] in CLAUSE_STARTS:
        return norm[i] not in ARTICLES or any(word in FINITE for word in clause)
    return False


def _weigh(page: Page, speech: Speech) -> None:
    norm = page.norm
    for start, end in speech.parts:
        first, last = page.tokens.covering(start, end)
        for i in range(first, last):
            word = norm[i]
            if word[0].isalnum():
                speech.words += 1
                if word in FIRST_PERSON:
                    speech.own += 1
                elif word == "on" or word in FINITE:
                    speech.general += 1
    if speech.parts:
        start, end = speech.parts[0][0], speech.parts[-1][1]
        speech.stopped = page.source[end - 1] in ".!?…" or page.source[end : end + 1] in ("!", "?")
        speech.capital = page.source[start].isupper()
