"""What an unknown word in a bracket is, by what the other brackets hold: an entrant, a chassis, a country."""

from __future__ import annotations

from collections import defaultdict

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names import brackets
from extractor.pipeline.names.runs import Tagged

_CHASSIS_SPORTS = word_set("names_words", "chassis_sports")
_COUNTRIES = word_set("names_words", "country_abbreviations")
_CLASS_LEADS = word_set("names_words", "class_leads")
_WEAK_CUES = frozenset(("racing", "speed", "sport"))
_ENDS = word_set("names_words", "entrant_ends")
_LEAST_WORDS = 2
_UNKNOWN = 0.9  # how sure the bracket's reader is of a team that no word shows to be one
_LEAST_CARS = 3
_LEAST_HOMES = 2


def settle(tagged: Tagged, found: list[Name]) -> None:
    """Settle the unknown words in brackets: car, class, country, or entrant as they were taken for."""
    _settle_model_numbers(tagged, found)
    chassis = bool(set(tagged.tokens.norm) & _CHASSIS_SPORTS)
    unknown = [n for n in found if n.kind == "team" and n.sure == _UNKNOWN and _in_bracket(tagged, n)]
    mostly_cars = _mostly_cars(tagged, found)
    entrants_numbered = any(
        n.kind == "team" and _in_bracket(tagged, n) and _cued(tagged, n, weak=True) and _numbered(tagged, n)
        for n in found
    )
    homes = _homes(tagged)
    for name in unknown:
        if _is_country(tagged, name) or (homes and _may_be_home(tagged, name)):
            found.remove(name)
        elif tagged.tokens.norm[name.first] in _CLASS_LEADS:
            name.kind = "class"
        elif _cued(tagged, name, weak=not chassis) or _called_as_entrants_are(tagged, name):
            continue
        elif chassis or mostly_cars or (_before_number(tagged, name) and not entrants_numbered):
            name.kind = "car"


def _settle_model_numbers(tagged: Tagged, found: list[Name]) -> None:
    """Take numbers alone in their brackets for cars where the other brackets name cars: "A (Clio), B (208)".

    A start number is one car's; one that stands behind two names is a model's.
    """
    alone = [n for n in found if n.kind == "number" and _alone_in_bracket(tagged, n)]
    if not alone:
        return
    before: dict[str, set[str]] = defaultdict(set)
    for number in alone:
        before[number.value].add(tagged.tokens.norm[number.first - 2])
    shared = any(len(words) > 1 for words in before.values())
    if not shared and not _mostly_cars(tagged, found):
        return
    cars = sum(n.kind == "car" and _alone_in_bracket(tagged, n) for n in found)
    for number in alone:
        if len(before[number.value]) > 1 or cars > len(alone):
            number.kind = "car"


def _alone_in_bracket(tagged: Tagged, name: Name) -> bool:
    text = tagged.tokens.text
    return name.first > 1 and text[name.first - 1] == "(" and text[name.last : name.last + 1] == [")"]


def _in_bracket(tagged: Tagged, name: Name) -> bool:
    text = tagged.tokens.text
    return name.first > 0 and text[name.first - 1] in ("(", "[", ",")


def _cued(tagged: Tagged, name: Name, *, weak: bool) -> bool:
    """Tell whether a word of the name shows it to be a team; "Sport" may be a chassis maker's, too."""
    norm = tagged.tokens.norm
    return any(
        "team_cue" in tagged.tags(i) and (weak or norm[i] not in _WEAK_CUES)
        for i in range(name.first, name.last)
    )


def _called_as_entrants_are(tagged: Tagged, name: Name) -> bool:
    """Tell whether several words are an entrant's even among chassis: "RTC Racing", "K.C. Brume"."""
    words = [n for n in tagged.tokens.norm[name.first : name.last] if n not in ".-'"]
    if len(words) < _LEAST_WORDS or "make" in tagged.tags(name.first):
        return False
    return bool(set(words[1:]) & (_ENDS | _WEAK_CUES)) or words[:2] == ["k", "c"]


def _before_number(tagged: Tagged, name: Name) -> bool:
    """Tell whether one word stands right before a number: "(GRAC n° 21)" names the car."""
    return name.last - name.first == 1 and _numbered(tagged, name)


def _numbered(tagged: Tagged, name: Name) -> bool:
    """Tell whether a number stands right behind a name: "(Team X #44)"."""
    return brackets.number_mark(tagged, name.last) > 0


def _mostly_cars(tagged: Tagged, found: list[Name]) -> bool:
    """Tell whether the brackets of the text name cars, and hardly an entrant."""
    opened = [n for n in found if n.first and tagged.tokens.text[n.first - 1] == "("]
    cars = sum(n.kind == "car" for n in opened)
    teams = sum(n.kind == "team" and _cued(tagged, n, weak=True) for n in opened)
    unknown = sum(n.kind == "team" and not _cued(tagged, n, weak=True) for n in opened)
    return cars >= _LEAST_CARS and cars > 2 * teams and cars >= unknown


def _homes(tagged: Tagged) -> bool:
    """Tell whether the brackets of the text name towns: "1. A (Lyon), 2. B (Berne)"."""
    text = tagged.tokens.text
    known = {
        text[i + 1]
        for i in range(len(text) - 2)
        if text[i] == "(" and text[i + 2] == ")" and "place" in tagged.tags(i + 1, i + 2)
    }
    return len(known) >= _LEAST_HOMES


def _may_be_home(tagged: Tagged, name: Name) -> bool:
    """Tell whether a bracket holds one word that may be a town's name, with hyphens or without."""
    tokens = tagged.tokens
    words = range(name.first, name.last)
    plain = all(tokens.text[i] == "-" or tokens.shape[i] in "Cl" for i in words)
    joined = all(tokens.glued(i) for i in words[1:])
    return plain and joined and tokens.text[name.last : name.last + 1] == [")"]


def _is_country(tagged: Tagged, name: Name) -> bool:
    """Tell whether a bracket holds countries: "(Fr.)", "(G.-B.)", "(It.-Suisse)"."""
    words = [n for n in tagged.tokens.norm[name.first : name.last] if n not in ".-/"]
    return bool(words) and all(word in _COUNTRIES for word in words)
