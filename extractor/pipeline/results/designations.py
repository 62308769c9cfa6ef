"""Classes that no lexicon knows, by what stands before them: "la classe 750", "premier des 1 300 cm3"."""

from __future__ import annotations

import re

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.tokens import Tokens

_NOUNS = word_set("results_words", "designation_nouns")
_UNITS = word_set("results_words", "designation_units")
_AMONG = word_set("results_words", "designation_among")
_LEADING = word_set("results_words", "designation_leading")
_BEHIND = word_set("results_words", "designation_behind")
_OPENINGS = _NOUNS | _AMONG | {"en"}  # behind no other word is anything looked for
_CODE = re.compile(r"[A-Z]{1,3}\d{0,4}")
_SHORT = re.compile(r"\d{1,4}|\d\.\d{3}")
_NUMBERED = re.compile(r"[A-Z]{1,2}\d{1,4}")
_YEARS = range(1900, 2050)  # "en 2000" is a year
_LEAST_CAPACITY, _MOST_CAPACITY = 50, 5000


def designations(tokens: Tokens) -> list[Name]:
    """Return classes told by a number or a code, in reading order.

    Args:
        tokens: The tokens of the document.
    """
    found: list[Name] = []
    for before, norm in enumerate(tokens.norm[:-1]):
        i = before + 1
        if norm not in _OPENINGS or (found and i < found[-1].last):
            continue
        name = _behind_noun(tokens, i) or _capacity(tokens, i) or _won_code(tokens, i)
        if name is not None:
            found.append(name)
    return found


def _behind_noun(tokens: Tokens, i: int) -> Name | None:
    """Read "la classe CM", "classe D/E 7", "catégorie 1.100"."""
    if tokens.norm[i - 1] not in _NOUNS or not _is_code(tokens.text[i]):
        return None
    last = i + 1
    while last < len(tokens) and last - i < 4:
        if tokens.text[last] == "/" and _is_code(tokens.text[last + 1 : last + 2]):
            last += 2
        elif tokens.text[last].isdecimal() and len(tokens.text[last]) in (1, 3):
            last += 1
        else:
            break
    return Name(i, last + (tokens.norm[last : last + 1] != [] and tokens.norm[last] in _UNITS), "class")


def _is_code(text: str | list[str]) -> bool:
    word = text if isinstance(text, str) else "".join(text)
    return bool(_CODE.fullmatch(word) or _SHORT.fullmatch(word))


def _capacity(tokens: Tokens, i: int) -> Name | None:
    """Read "premier des 1600", "les moins de 1 300 cm3", "les 2 litres"."""
    if tokens.norm[i - 1] not in _AMONG:
        return None
    first = i + 2 if tokens.norm[i : i + 2] in (["moins", "de"], ["plus", "de"]) else i
    value, last = _number(tokens, first)
    if value is None:
        return None
    unit = last < len(tokens) and tokens.norm[last] in _UNITS
    if not unit and not (_LEAST_CAPACITY <= value <= _MOST_CAPACITY and value % 50 == 0):
        return None
    if not unit and tokens.norm[i - 1] == "en" and value in _YEARS:
        return None
    if not unit and (last >= len(tokens) or not _ends_here(tokens, last)):
        return None
    return Name(i, last + unit, "class")


def _ends_here(tokens: Tokens, last: int) -> bool:
    """Tell whether nothing follows that the number could count: "les 500 mètres" are no class."""
    return not tokens.text[last][0].isalnum() or tokens.norm[last] in _BEHIND


def _number(tokens: Tokens, i: int) -> tuple[int | None, int]:
    """Return a number and the token behind it, its thousands apart or not: "1 300", "1.300", "1300"."""
    text = tokens.text[i] if i < len(tokens) else ""
    if not _SHORT.fullmatch(text):
        return None, i
    following = tokens.text[i + 1 : i + 2]
    if len(text) == 1 and following and following[0].isdecimal() and len(following[0]) == len("000"):
        return int(text + following[0]), i + 2
    return int(text.replace(".", "")), i + 1


def _won_code(tokens: Tokens, i: int) -> Name | None:
    """Read "premiers en T2", "a gagné en F2": a code behind the words of a place in class."""
    if tokens.norm[i - 1] != "en" or not _NUMBERED.fullmatch(tokens.text[i]):
        return None
    before = tokens.norm[max(0, i - 4) : i - 1]
    return Name(i, i + 1, "class") if set(before) & _LEADING else None
