"""What a machine puts into a page: signs stuck to words, "11" for "Il", ranks out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon.words import word_set
from extractor.pipeline.view import Edit

_SMALL = "a-zß-öø-ÿœ"
_CAPITAL = "A-ZÀ-ÞŒ"
# "vingt- quatre", "direz- vous"
_BLANK_BEHIND_HYPHEN = re.compile(rf"(?<=[{_SMALL}]-)( )(?=[{_SMALL}])")
# "impossible à. hisser": a stop in the midst of a sentence. Abbreviations are short, or stand before figures.
_STOP_INSIDE = re.compile(rf"(?<=[{_SMALL}]{{4}})([.·])(?= [{_SMALL}]{{2}})")
_STOP_FOR_BLANK = re.compile(rf"(?<=[{_SMALL}]{{3}})([.·])(?=[{_SMALL}]{{2,}}[ ,.])")
# "‘Edmond", "_Rendez-vous", ".on crut", "-Bothorel"
_STUCK = re.compile(rf"(?<![\w'’.!?:»”])([‘_·•°*=~.,]+)(?=[{_SMALL}{_CAPITAL}]{{2}})")
_SINGLE_QUOTED = re.compile(r"‘[^‘’\n]{2,200}’(?!\w)")
_ELIDED_ONE = re.compile(rf"(?<![\w.,:'’])1(?=['’][{_SMALL}]{{2}})")  # "1'épreuve"
_HE = re.compile(rf"(?<![^\s«“\"(—–-])(?:11|1l|I1|T1|Tl|ll|lI|Jl|\|\||Il)(?= ([{_SMALL}]+['’]?))")
_AFTER_HE = word_set("spelling_words", "after_he")
_VERB = re.compile(r".{2,}(?:ait|a|ut|it|rait)$")
_NO_VERBS = word_set("spelling_words", "no_verbs")

_RANK = re.compile(
    rf"(?:^|(?<=[;:–—.] ))(?P<dirt>[-._‘'·•]*)(?P<rank>\d{{1,3}})(?P<stop> ?[.,)]+)(?= ?[{_CAPITAL}])",
    re.MULTILINE,
)
_SOUND_STOPS = (".", ")", " .", " )", ".)")
_NEAR = 300  # characters between the ranks of one list


def slips(source: str) -> Iterator[Edit]:
    """Yield the edits of what a machine puts into any page."""
    for pattern in (_BLANK_BEHIND_HYPHEN, _STOP_INSIDE):
        yield from (Edit(match.start(1), match.end(1), "") for match in pattern.finditer(source))
    for match in _STOP_FOR_BLANK.finditer(source):
        yield Edit(match.start(1), match.end(1), " ")
    quoted = [match.span() for match in _SINGLE_QUOTED.finditer(source)]
    for match in _STUCK.finditer(source):
        if not any(start <= match.start() < end for start, end in quoted):
            yield Edit(match.start(1), match.end(1), "")
    for match in _ELIDED_ONE.finditer(source):
        yield Edit(match.start(), match.end(), "l")
    for match in _HE.finditer(source):
        following = match[1].lower()
        if following in _AFTER_HE or (_VERB.match(following) and following not in _NO_VERBS):
            yield Edit(match.start(), match.end(), "Il")
    yield from ranks(source)


def ranks(source: str) -> Iterator[Edit]:
    """Yield the edits of ranks that their neighbours correct: "4. X ; 2. Y", "1. X 52. Y", "3..Z"."""
    group: list[re.Match[str]] = []
    for match in _RANK.finditer(source):
        if group and match.start() - group[-1].end() > _NEAR:
            yield from _in_order(group)
            group = []
        group.append(match)
    yield from _in_order(group)


def _in_order(group: list[re.Match[str]]) -> Iterator[Edit]:
    """Yield the edits of the ranks of one list."""
    numbers = [int(match["rank"]) for match in group]
    for k, match in enumerate(group):
        before = numbers[k - 1] if k else 0
        behind = numbers[k + 1] if k + 1 < len(numbers) else None
        meant = numbers[k]
        if meant != before + 1 and (
            behind == before + 2 or _misread(meant, before + 1, known=behind is None and k > 1)
        ):
            meant = numbers[k] = before + 1
        if meant != before + 1 and behind != meant + 1:
            continue
        if str(meant) != match["rank"] or match["dirt"] or match["stop"] not in _SOUND_STOPS:
            yield Edit(match.start(), match.end(), f"{meant}.")


def _misread(number: int, expected: int, *, known: bool) -> bool:
    """Tell whether dirt before a rank has made another of it: "52." for "2."."""
    return known and number > expected and str(number).endswith(str(expected))
