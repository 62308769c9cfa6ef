"""What stands in the bracket behind a name: team, car, number, class, tyre, country, age, time, incident.

Notations read: ``(Team)``, ``(Car #12 – Team)``, ``(make team – tyre)``, ``(#12)``, ``(car, class)``,
``(make n°12 team)``, ``(FRA)``, ``(16 ans)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import PARTICLES, Tagged

_DESIGNATIONS = word_set("names_words", "car_designations", folded=False)
_TWO_WHEELS = word_set("names_words", "motorcycle_makes")
_BIKES = word_set("names_words", "motorcycle_models")
_BEFORE_THING = word_set("names_words", "before_thing_in_bracket")
_NUMBER_WORDS = word_set("names_words", "number_words")
_MACHINES = word_set("names_words", "machine_nouns")
_LENGTHS = word_set("names_words", "lengths_of_stages")
_RESULT_CODES = word_set("names_words", "result_codes")

_SEPARATORS = frozenset(",–—;+|")
_NOT_A_NAME = frozenset(("nation", "place", "month", "event_word", "class", "tyre", "title", "circuit_cue"))
_CLASS_CODE = re.compile(
    r"(?:F?[ANRCDEHSZ]|F2000|FRC|RC|GT|CN|CM|VHC|T|LM\s?P|D)\s?[-/]?\s?\d{1,2}\s?[A-Z]?$"
)  # FN-1, R3, A6K, F2000-14
_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?$")
_MAX_TOKENS = 24


def closing(tagged: Tagged, opening: int, limit: int) -> int:
    """Return the index of the bracket that closes the one at ``opening``, or -1."""
    depth = 0
    for i in range(opening, min(limit, opening + _MAX_TOKENS)):
        text = tagged.tokens.text[i]
        depth += (text in "([") - (text in ")]")
        if depth == 0:
            return i
    return -1


def read(tagged: Tagged, first: int, last: int) -> Iterator[Name]:
    """Yield the names inside a bracket that qualifies a person: tokens ``first`` to ``last``."""
    for start, end in _fields(tagged, first, last):
        yield from _field(tagged, start, end)


def _fields(tagged: Tagged, first: int, last: int) -> Iterator[tuple[int, int]]:
    tokens = tagged.tokens
    start = first
    for i in range(first, last):
        text = tokens.text[i]
        spaced_dash = text in "-/" and not (tokens.glued(i) and i + 1 < last and tokens.glued(i + 1))
        glued_slash = text == "/"
        if text in _SEPARATORS or spaced_dash or glued_slash:
            if i > start:
                yield start, i
            start = i + 1
    if last > start:
        yield start, last


def _field(tagged: Tagged, start: int, end: int) -> Iterator[Name]:
    """Yield the names of one field."""
    tokens = tagged.tokens
    if tokens.shape[start] == "d" and tokens.norm[end - 1] in _LENGTHS:
        return  # "(6,9 km)"
    number = car_number(tagged, start, end)
    if number is not None:
        yield number
        if number.first > start:
            if tagged.tags(start) & {"make", "model"}:
                yield Name(
                    start, number.first, "car", tokens.surface(start, number.first)
                )  # "BMW M2 CS Racing #8"
            else:
                yield from _field(tagged, start, number.first)
        if end > number.last:
            yield from _field(tagged, number.last, end)
        return
    if _small_team(tagged, start, end):
        yield Name(start, end, "team", tokens.surface(start, end), sure=0.8)
        return
    while start < end and tokens.norm[start] in _BEFORE_THING and tokens.shape[start] in "lep":
        start += 1
    if start < end:
        yield from _thing(tagged, start, end)


def _small_team(tagged: Tagged, start: int, end: int) -> bool:
    """Tell whether a typist without capitals wrote a team: "team les bosses", "ecurie du Val"."""
    tokens = tagged.tokens
    return (
        tokens.norm[start] in ("team", "ecurie")
        and tokens.shape[start] == "l"
        and 2 <= end - start <= 5
        and tokens.shape[start + 1] in "le"
        and all(tokens.shape[i] in "leC" for i in range(start, end))
    )


def _thing(tagged: Tagged, start: int, end: int) -> Iterator[Name]:
    """Yield what a field without a marked number names."""
    tokens = tagged.tokens
    if end - start == 1 and tokens.text[start].isdecimal() and len(tokens.text[start]) <= 3:
        yield Name(start, end, "number", tokens.text[start], sure=0.4)
        return
    led = _led_team(tagged, start, end)
    if led > start:  # "318i Team Sillage"
        yield Name(start, led, "car", tokens.surface(start, led))
        yield Name(led, end, "team", tokens.surface(led, end), sure=0.9)
        return
    tags = tagged.tags(start)
    whole = tagged.tags(start, end)
    if _CLASS_CODE.match(tokens.surface(start, end)) and "model" not in whole:
        yield Name(start, end, "class", tokens.surface(start, end))
        return
    if end - start == 3 and tokens.text[start + 1] == "-" and "make" in tagged.tags(end - 1):
        yield Name(start, end, "car", tokens.surface(start, end))  # "ARS-Yamaha"
        return
    if (
        tags & {"series_cue"}
        and not any("team_cue" in tagged.tags(i) for i in range(start + 1, end))
        and not _formula_team(tagged, start, end)
    ):
        yield Name(start, end, "car", tokens.surface(start, end))  # "Formule Renault Evo"
    elif _names_entrant(tagged, start, end):
        yield Name(start, end, "team", tokens.surface(start, end), sure=0.9)
    elif "make" in tags or "model" in tags:
        yield from _car_or_team(tagged, start, end)
    elif whole & _NOT_A_NAME or _is_code(tagged, start, end):
        if "class" in whole:
            yield Name(start, end, "class", tokens.surface(start, end))
    elif (
        tokens.shape[start] in "CU"
        or _abbreviated(tagged, start, end)
        or (tokens.shape[start] in "de" and _capitals(tagged, start, end))
    ):
        if _reads_like_prose(tagged, start, end):
            return
        yield Name(start, end, "team", tokens.surface(start, end), sure=0.9)


def _names_entrant(tagged: Tagged, start: int, end: int) -> bool:
    """Tell whether a kind of machine opens an entrant's name: "Kart Loisir Brumeval"."""
    tokens = tagged.tokens
    return (
        tokens.norm[start] in _MACHINES
        and end - start > 1
        and all(tokens.shape[i] == "C" for i in range(start, end))
        and not any(tagged.tags(i) & {"make", "model", "class"} for i in range(start + 1, end))
    )


def _led_team(tagged: Tagged, start: int, end: int) -> int:
    """Return where a team begins behind a type that no list knows, or -1: "318i Team Sillage"."""
    tokens = tagged.tokens
    for i in range(start + 1, end - 1):
        if tokens.norm[i] in ("team", "ecurie", "scuderia") and tokens.shape[i] in "CU":
            typed = all(any(c.isdecimal() for c in tokens.text[k]) for k in range(start, i))
            return i if typed else -1
    return -1


def _formula_team(tagged: Tagged, start: int, end: int) -> bool:
    """Tell whether "Formula Brume" is an entrant: no make, type or class follows the foreign word."""
    tokens = tagged.tokens
    return (
        tokens.norm[start] == "formula"
        and end - start == 2
        and tokens.shape[start + 1] == "C"
        and not tagged.tags(start + 1)
    )


def _abbreviated(tagged: Tagged, start: int, end: int) -> bool:
    """Tell whether initials open a name of several words: "K-Motors", "K.C. Brume"."""
    shapes = tagged.tokens.shape[start:end]
    if shapes[0] == "I" and shapes[1:3] == ["p", "l"] and shapes[-1] in "CU":
        return tagged.tokens.glued(start + 1) and tagged.tokens.glued(start + 2)  # "R-ace GP"
    return shapes[0] == "I" and "C" in shapes[1:] and "d" not in shapes and "l" not in shapes


def _car_or_team(tagged: Tagged, start: int, end: int) -> Iterator[Name]:
    """A field that begins with a make: a car, or a make's name in front of a team's."""
    tokens = tagged.tokens
    two_wheels = tokens.norm[start] in _TWO_WHEELS
    makes = max((t.end for t in tagged.terms.get(start, ()) if t.category == "make"), default=start + 1)
    car_end = car_extent(tagged, start, end)
    if two_wheels and makes < end and tokens.text[makes].isalpha() and tokens.norm[makes] not in _BIKES:
        car_end = makes if not tagged.tags(makes) & {"model"} else car_end
    rest = car_end
    while rest < end and tokens.norm[rest] in ("-", "de", "du"):
        rest += 1
    cued = any(
        "team_cue" in tagged.tags(i) and tokens.norm[i] not in ("sport", "evo", "evolution", "gp")
        for i in range(car_end, end)
    )
    if (
        end - start >= 3
        and tokens.text[start + 1] == "-"
        and tokens.glued(start + 1)
        and not cued
        and all(tokens.text[i] == "-" or tokens.shape[i] in "CU" for i in range(start, end))
    ):
        yield Name(start, end, "car", tokens.surface(start, end))  # "Brabham-Holbay", "Alfa-Roméo"
        return
    if car_end < end and tokens.text[car_end] == "-" and "make" in tagged.tags(car_end + 1):
        yield Name(start, end, "car", tokens.surface(start, end))  # "Dallara-Mugen"
        return
    if rest < end and _CLASS_CODE.match(tokens.surface(rest, end)):
        yield Name(start, rest, "car", tokens.surface(start, rest))
        yield Name(rest, end, "class", tokens.surface(rest, end))
        return
    model_only = "make" not in tagged.tags(start)
    named = (
        not model_only
        and car_end <= makes
        and (
            two_wheels
            or (len(tokens.text[start]) <= 2 and "team_cue" in tagged.tags(rest))  # "CD Sport"
            or (rest + 1 < end and tokens.text[car_end] != "-")
        )
        and rest < end
        and tokens.shape[rest] in "CU"
        and not tagged.tags(rest) & {"model", "class", "tyre", "nation"}
        and (two_wheels or "place" not in tagged.tags(rest))
    )
    if rest < end and {"series_cue"} & tagged.tags(rest) and not cued:
        yield Name(start, end, "car", tokens.surface(start, end))  # "Alpine A110 Cup"
        return
    if rest < end and (cued or (named and _capitals(tagged, rest, end))):
        yield Name(start, end, "team", tokens.surface(start, end), sure=0.8)
        if len(tokens.text[start]) > 2:
            yield Name(start, car_end, "car", tokens.surface(start, car_end), sure=0.8)
    else:
        yield Name(start, end, "car", tokens.surface(start, end))


def car_extent(tagged: Tagged, start: int, limit: int) -> int:
    """Return the end of the car name that begins at ``start``: make, model words and designations."""
    tokens = tagged.tokens
    terms = [t for t in tagged.terms.get(start, ()) if t.category in ("make", "model")]
    i = max((t.end for t in terms), default=start + 1)
    while i < limit:
        tags = tagged.tags(i)
        text = tokens.text[i]
        if text == "-" and tokens.glued(i) and i + 1 < limit and tokens.glued(i + 1):
            i += 1
        elif tags & {"make", "model"} and "team_cue" not in tags and tokens.shape[i] != "l":
            i = max(t.end for t in tagged.terms[i] if t.category in ("make", "model"))
        elif _goes_on(tagged, i):
            i += 1
        else:
            break
    return min(i, limit)


def _goes_on(tagged: Tagged, i: int) -> bool:
    """Tell whether a word belongs to the car's name before it."""
    text = tagged.tokens.text[i]
    letter = tagged.tokens.shape[i] == "I" and text in "RSCEM"
    return letter or _designation(text) or _short_before_number(tagged, i)


def _short_before_number(tagged: Tagged, i: int) -> bool:
    """Tell whether a short word goes on with a car's name before its number: "BMW 3.0 CSi n° 3"."""
    tokens = tagged.tokens
    for k in range(i, min(i + 3, len(tokens))):
        if number_mark(tagged, k) > 0:
            return k > i
        if not (len(tokens.text[k]) <= 4 and (tokens.shape[k] in "CUId") and tokens.text[k][0].isalnum()):
            return False
    return False


def _designation(text: str) -> bool:
    """Tell whether a word is a type designation: ``GT3``, ``R8``, ``RT1``, ``2L``, ``488``."""
    if not text[0].isalnum() or text.endswith(("e", "er", "ème")):
        return False
    digits = any(c.isdecimal() for c in text)
    if text.isdecimal() and len(text) < 3:
        return False
    return (
        (digits and len(text) <= 6 and text.isalnum())
        or text in _DESIGNATIONS
        or (text.isupper() and len(text) in (2, 3))
    )


def car_number(tagged: Tagged, start: int, end: int) -> Name | None:
    """Return the first car number in a stretch: ``#12``, ``n°12``, ``No 12``, ``numéro 12``."""
    tokens = tagged.tokens
    for i in range(start, end):
        j = number_mark(tagged, i)
        if j < 0 or j >= end:
            continue
        if _NUMBER.match(tokens.text[j]):
            return Name(i, j + 1, "number", tokens.text[j])
    return None


def number_mark(tagged: Tagged, i: int) -> int:
    """Return the index of the digits if a number mark begins at ``i``, else -1."""
    tokens = tagged.tokens
    if i >= len(tokens):
        return -1
    text, norm = tokens.text[i], tokens.norm[i]
    following = i + 1
    if text == "#":
        return following if following < len(tokens) and tokens.shape[following] == "d" else -1
    if norm in _NUMBER_WORDS:
        while following < len(tokens) and tokens.text[following] in ("°", "º", ".", "o"):
            following += 1
        marked = following > i + 1 or norm in ("numero", "no")
        return following if marked and following < len(tokens) and tokens.shape[following] == "d" else -1
    return -1


def _is_code(tagged: Tagged, start: int, end: int) -> bool:
    if end - start != 1:
        return False
    return (
        tagged.tokens.norm[start] in layer("codes").words("country")
        or tagged.tokens.norm[start] in _RESULT_CODES
    )


def _capitals(tagged: Tagged, start: int, end: int) -> bool:
    return any(tagged.tokens.shape[i] in "CU" for i in range(start, end))


def _reads_like_prose(tagged: Tagged, start: int, end: int) -> bool:
    """Tell whether a field is a remark ("Ce dernier part en tête-à-queue") and no name."""
    shapes = tagged.tokens.shape[start:end]
    lower = sum(
        shape == "l" and tagged.tokens.norm[i] not in PARTICLES for i, shape in enumerate(shapes, start)
    )
    joined = tagged.tokens.text[start + 1 : min(start + 2, end)] == ["-"]  # "Entre-deux-Mers Auto"
    opens = tagged.tokens.norm[start] in tagged.stops and not joined
    if opens and lower and "team_cue" not in tagged.tags(start):
        return True
    return lower > sum(shape in "CUI" for shape in shapes) + 1
