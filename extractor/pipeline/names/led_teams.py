"""Teams that the word before announces, whole: "du team Brumeval Raid", "chez Provence Tourisme"."""

from __future__ import annotations

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged, ordinary_words
from extractor.pipeline.names.wholes import with_digits

_ANNOUNCING = word_set("names_words", "team_announcing")
_NO_TEAM = frozenset(("make", "tyre", "nation", "month"))
_VERB_ENDINGS = ("ait", "aient", "erent")
_LONGEST = 6  # tokens
_BOUND_TO_OWN = frozenset(("team", "ecurie"))


def complete(tagged: Tagged, found: list[Name]) -> None:
    """Give the teams behind "team" and "chez" their whole names; ``found`` is sorted."""
    for i, norm in enumerate(tagged.tokens.norm[:-1]):
        if norm not in _ANNOUNCING or tagged.tokens.shape[i] == "C":
            continue
        last = _end(tagged, i + 1)
        if last <= i + 1 or not _is_team(tagged, i, last):
            continue
        inside = [n for n in found if n.first < last and i + 1 < n.last]
        first = i + 1
        if any(n.last > last or n.first < first for n in inside if n.kind != "team"):
            continue  # a longer name stands here
        verb = tagged.tokens.norm[last : last + 1] and tagged.tokens.norm[last].endswith(_VERB_ENDINGS)
        if not verb and any(n.kind == "team" and n.last >= last and n.first <= first for n in inside):
            continue
        first = min([first, *(n.first for n in inside)])
        team = Name(first, last, "team", tagged.tokens.surface(first, last), sure=0.85)
        found[:] = [n for n in found if n not in inside]
        found.append(team)
    found.sort(key=lambda name: (name.first, -name.last))


def _end(tagged: Tagged, first: int) -> int:
    """Return where the capitals behind an announcing word end."""
    tokens = tagged.tokens
    shouted = tokens.shape[first - 1] == "U"
    i = first
    while i < len(tokens) and i - first < _LONGEST and _goes_on(tagged, first, i, shouted=shouted):
        i += 1
    while i > first and tokens.text[i - 1] in "-'’":
        i -= 1
    return with_digits(tagged, i) if i > first else i


def _goes_on(tagged: Tagged, first: int, i: int, *, shouted: bool) -> bool:
    tokens = tagged.tokens
    if tokens.text[i] == "-":
        return i > first and tokens.glued(i) and tokens.glued(i + 1)
    if i > first and not tokens.glued(i) and tokens.source[tokens.end[i - 1] : tokens.start[i]] not in " \n":
        return False
    elided = tokens.shape[i] == "e" and tokens.text[i][:1].isupper()
    if not elided and tokens.shape[i] not in "CUI":
        return False
    if i == first:
        return True
    plain = tokens.norm[i] in ordinary_words() or tokens.norm[i].endswith(_VERB_ENDINGS)
    if shouted and plain and "team_cue" not in tagged.tags(i) and not tokens.glued(i):
        return False
    if "make" in tagged.tags(i):
        return False
    return not (_is_given(tagged, i) and tokens.shape[i + 1 : i + 2] in (["C"], ["U"]))


def _is_given(tagged: Tagged, i: int) -> bool:
    return tagged.tokens.norm[i] in name_list("first_names") and not tagged.tags(i)


def _is_team(tagged: Tagged, lead: int, last: int) -> bool:
    """Tell whether capitals behind an announcing word are a team: not somebody's home, not a make alone."""
    tokens, first = tagged.tokens, lead + 1
    banned = _NO_TEAM
    if last - first > 1 and tokens.shape[lead] == "l" and tokens.shape[first + 1] == "C":
        banned = banned - {"nation"}  # "le team Bressan Cross"
    if tagged.tags(first) & banned or tokens.shape[first] not in "CU":
        return False
    if tokens.norm[lead] in _BOUND_TO_OWN:
        return tokens.shape[lead] in "lU" and tokens.norm[first] not in ("manager", "principal")
    several = last - first > 1
    person = tokens.norm[first] in name_list("first_names") and not any(
        "team_cue" in tagged.tags(i) for i in range(first + 1, last)
    )
    return several and not person and "class" not in tagged.tags(first, last)
