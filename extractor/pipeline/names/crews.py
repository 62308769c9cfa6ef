"""Crews written as one word or in one bracket: "Lambrecht-Gilson", "(Marchal-Van Brum-Orsini)"."""

from __future__ import annotations

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import PARTICLES, Tagged

_KIN = frozenset(("pere", "fils", "junior", "jr", "senior"))
_NO_MEMBER = frozenset(
    ("make", "model", "class", "place", "nation", "tyre", "month", "event_word", "series_cue", "circuit_cue")
)
_BEFORE_CREW = word_set("names_words", "before_crew")
_COUNTRIES = word_set("names_words", "country_abbreviations")


def bare_crew(tagged: Tagged, first: int, last: int) -> list[Name]:
    """Read a bracket that holds nothing but surnames: "(Marchal-Van Brum-Orsini)", "(Marchal, Brum)"."""
    tokens = tagged.tokens
    spread = any(tokens.text[i] in ",–" for i in range(first, last))
    if (
        not spread
        and tokens.norm[first] in name_list("first_names")
        and last - first > 1
        and tokens.text[first + 1] != "-"
    ):
        return []
    crew: list[Name] = []
    start = first
    for i in range(first, last + 1):
        if i == last or tokens.text[i] in ("-/" if not spread else "/,–") or tokens.norm[i] == "et":
            if i == start or (spread and tagged.tags(start) & _NO_MEMBER):
                return []
            if i - start > 4 or any(c.isdecimal() for c in tokens.surface(start, i)):
                return []
            crew.append(Name(start, i, "person", tokens.surface(start, i), sure=0.8))
            start = i + 1
        elif tokens.norm[i] in _KIN and i > start:
            continue
        elif tokens.shape[i] not in "CUI" and tokens.norm[i] not in PARTICLES and tokens.text[i] not in "-.":
            return []
    if not spread and any("make" in tagged.tags(name.first) for name in crew):
        return []  # "(Brumette-Yamaha n° 4)"
    if all(_is_country(tagged, name) for name in crew):
        return []
    enough = 3 if spread and not all(_likely(tagged, name) for name in crew) else 2
    return (
        crew
        if len(crew) >= enough and not any("team_cue" in tagged.tags(i) for i in range(first, last))
        else []
    )


def _likely(tagged: Tagged, name: Name) -> bool:
    """Tell whether a lexicon knows a word of the name."""
    norms = tagged.tokens.norm[name.first : name.last]
    return any(n in name_list("surnames") or n in name_list("first_names") for n in norms)


def _is_country(tagged: Tagged, name: Name) -> bool:
    words = [n for n in tagged.tokens.norm[name.first : name.last] if n != "."]
    return all(word in _COUNTRIES for word in words)


def part_crews(tagged: Tagged, found: list[Name]) -> None:
    """Part "Lambrecht-Gilson" where both are known by their full names."""
    tokens = tagged.tokens
    last_words = {
        tokens.norm[n.last - 1]
        for n in found
        if n.kind == "person" and n.last - n.first >= 2 and tokens.text[n.last - 2] != "-"
    }
    pairs = {
        (tokens.norm[n.first], tokens.norm[n.last - 1])
        for n in found
        if n.kind in ("person", "other")
        and n.last - n.first == 3
        and tokens.text[n.first + 1] == "-"
        and (tokens.norm[n.first] not in name_list("first_names") or _heads_item(tagged, n))
        and not tagged.tags(n.first, n.last)
        and not any(_is_machine(tagged, i) for i in (n.first, n.last - 1))
        and not any(c.isdecimal() for c in n.value)
    }
    several = len(pairs) >= 2  # one double-barrelled surname is likely, two are crews
    parted: list[Name] = []
    for name in found:
        two = name.last - name.first == 3 and tokens.text[name.first + 1] == "-"
        known = two and tokens.norm[name.first] in last_words and tokens.norm[name.last - 1] in last_words
        paired = (
            two
            and several
            and (tokens.norm[name.first], tokens.norm[name.last - 1]) in pairs
            and (name.kind == "person" or _near_crew(tagged, name))
        )
        if name.kind in ("person", "other") and (known or paired):
            parted.append(
                Name(
                    name.first,
                    name.first + 1,
                    "person",
                    tokens.text[name.first],
                    outer=name.first + 1,
                    sure=0.9,
                )
            )
            parted.append(
                Name(name.last - 1, name.last, "person", tokens.text[name.last - 1], name.outer, sure=0.9)
            )
        else:
            parted.append(name)
    found[:] = parted


def _heads_item(tagged: Tagged, name: Name) -> bool:
    """Tell whether a rank stands before a hyphenated pair: "5.Gilbert-Jamoul (Skoda)"."""
    tokens = tagged.tokens
    i = name.first - 1
    while i > 0 and tokens.text[i] in ".-–)":
        i -= 1
    return i >= 0 and tokens.shape[i] == "d" and i + 1 < name.first


def _near_crew(tagged: Tagged, name: Name) -> bool:
    """Tell whether a hyphenated pair stands where crews do: behind "de" or a comma, before a bracket."""
    norm = tagged.tokens.norm
    before = norm[name.first - 1] if name.first else ""
    return before in _BEFORE_CREW or norm[name.last : name.last + 1] in (["("], ["completent"], [","])


def _is_machine(tagged: Tagged, i: int) -> bool:
    """Tell whether a word is a make or model, and nobody's surname."""
    return bool(tagged.tags(i) & {"make", "model"}) and tagged.tokens.norm[i] not in name_list("surnames")
