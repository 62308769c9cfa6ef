"""A person's name: taken apart, and compared with another.

Folded throughout. What is compared is the surname without its particles, the given names or their initials,
and whether somebody is called the elder or the younger.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from extractor.authority.resemblance import WORST, misreading_cost, sound
from extractor.lexicon.fold import fold
from extractor.lexicon.words import names

GivenRelation = Literal["same", "near", "nickname", "part", "initial", "one", "neither", "differs"]
Given = tuple[str, ...]

_SPLIT = re.compile(r"[^\w]+")
_NICKNAME = re.compile(r"[«“\"(]\s*([^»”\")]+?)\s*[»”\")]")
_DIGITS = str.maketrans("01568", "olsgb")
_NEAR_COST = 9.6  # of a given name that differs by what a page does to it
_SHORT = 3
_ELIDED = re.compile(r"[dl]['’]", re.IGNORECASE)
_FEMININE = ("e", "le", "ne", "te", "se")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts.

    Attributes:
        given: Given names in order, folded, an initial being one letter; empty where there is none.
        surname: Folded words without particles, joined by blanks.
        particle: The particles, joined by blanks.
        generation: ``elder``, ``younger`` or nothing.
        nickname: What stood in quote marks, folded.
    """

    given: Given
    surname: str
    particle: str = ""
    generation: str = ""
    nickname: str = ""

    @property
    def is_bare(self) -> bool:
        """Nothing but a surname."""
        return not self.given

    @property
    def has_full_given(self) -> bool:
        """At least one given name is spelt out."""
        return any(len(part) > 1 for part in self.given)


@cache
def words_of_names() -> dict[str, Any]:
    """Return what ``names.toml`` holds."""
    return tomllib.loads(resources.files("extractor.authority").joinpath("names.toml").read_text("utf-8"))


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(words_of_names()[key])


@cache
def _generations() -> dict[str, str]:
    return {word: which for which, words in words_of_names()["generation"].items() for word in words}


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    return {short: frozenset(full) for short, full in words_of_names()["nicknames"].items()}


def letters_of(word: str) -> list[str]:
    """Return the folded pieces of a word that white space parts, digits read in a word taken for letters."""
    pieces = [piece for piece in _SPLIT.split(fold(word)) if piece]
    return [_lettered(piece) for piece in pieces]


def _lettered(piece: str) -> str:
    if piece.isdigit() or not any(c.isdigit() for c in piece):
        return piece
    return piece.translate(_DIGITS)


@lru_cache(maxsize=1 << 16)
def parse_person(name: str) -> PersonName:
    """Return the parts of a name as a text writes it: "J.-P. Dubois", "DUBOIS Jean", "de Dion"."""
    nickname = ""
    quoted = _NICKNAME.search(name)
    if quoted:
        nickname = " ".join(letters_of(quoted.group(1)))
        name = f"{name[: quoted.start()]} {name[quoted.end() :]}"
    head, comma, tail = name.partition(",")
    words, generation = _words(head)
    after, later = _words(tail)
    generation = generation or later
    if comma and words and after:
        given, rest = after, words
    else:
        given, rest = _parted(words + after)
    particles = [piece for word in rest for piece in word.pieces if word.is_particle]
    surname = [piece for word in rest for piece in word.pieces if not word.is_particle]
    if not surname:
        surname, particles = particles, []
    return PersonName(
        tuple(piece for word in given for piece in word.pieces),
        " ".join(surname),
        " ".join(particles),
        generation,
        nickname,
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name; ``pieces`` are what hyphens and points part."""

    pieces: tuple[str, ...]
    is_initials: bool
    is_particle: bool
    is_capitals: bool
    is_given: bool


def _words(text: str) -> tuple[list[_Word], str]:
    """Return the words of a name, titles left out, and the generation that it tells."""
    found: list[_Word] = []
    generation = ""
    for written in text.split():
        pieces = letters_of(written)
        if not pieces:
            continue
        word = pieces[0] if len(pieces) == 1 else ""
        if found and word in _generations():
            generation = _generations()[word]
            continue
        if not found and word in _set("titles") and len(text.split()) > 1 and word != "m":
            continue
        found += _with_elision(pieces, written)
    return found, generation


def _with_elision(pieces: list[str], written: str) -> list[_Word]:
    """Return the word, or particle and word where an apostrophe parts them: "d'Alma"."""
    elided = _ELIDED.match(written)
    if elided and len(pieces) > 1:
        return [_word(pieces[:1], elided.group(), True), _word(pieces[1:], written[elided.end() :], False)]
    return [_word(pieces, written, False)]


def _word(pieces: list[str], written: str, is_particle: bool) -> _Word:
    letters = [c for c in written if c.isalpha()]
    in_capitals = len(letters) > 1 and all(c.isupper() for c in letters)
    is_particle = is_particle or (len(pieces) == 1 and pieces[0] in _set("particles") and len(pieces[0]) > 1)
    is_pair = in_capitals and len(letters) == 2 and len(pieces) == 1 and not is_particle
    is_initials = not is_particle and (all(len(piece) == 1 for piece in pieces) or is_pair)
    return _Word(
        tuple(pieces[0]) if is_pair else tuple(pieces),
        is_initials,
        is_particle,
        in_capitals and not is_initials and not is_particle,
        all(is_given_name(piece) for piece in pieces),
    )


@lru_cache(maxsize=1 << 15)
def is_given_name(word: str) -> bool:
    """Tell whether a folded word is a given name or what somebody of that name is called."""
    return word in names("first_names") or word in _nicknames()


def _parted(words: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """Return the words that are given names, and those that are the surname."""
    if len(words) < 2:
        return [], words
    capitals = [word for word in words if word.is_capitals]
    others = [word for word in words if not word.is_capitals and not word.is_particle]
    if capitals and others:
        return others, [word for word in words if word.is_capitals or word.is_particle]
    if words[0].is_initials:
        cut = next((k for k, word in enumerate(words) if not word.is_initials), len(words) - 1)
        return words[:cut], words[cut:]
    if words[-1].is_initials:
        cut = max(k for k, word in enumerate(words) if not word.is_initials) + 1
        return words[cut:], words[:cut]
    named = [word for word in words[:-1] if not word.is_particle]
    if words[-1].is_given and not words[0].is_given and named:
        return words[-1:], words[:-1]
    particle = next((k for k, word in enumerate(words) if word.is_particle), None)
    if particle is not None:
        return words[:particle], words[particle:]
    cut = 1
    while cut < len(words) - 1 and (words[cut].is_given or words[cut].is_initials):
        cut += 1
    return words[:cut], words[cut:]


# --------------------------------------------------------------------------------------------- comparing


@lru_cache(maxsize=1 << 17)
def compare_given(one: Given, other: Given) -> GivenRelation:
    """Say how the given names of two people of one surname stand to each other."""
    if not one or not other:
        return "neither" if not one and not other else "one"
    if one == other:
        return "same" if any(len(part) > 1 for part in one) else "initial"
    one, other = (one, other) if len(one) <= len(other) else (other, one)
    worst = "same"
    for a, b in zip(one, other, strict=False):
        relation = _compare_part(a, b)
        if relation == "differs":
            return _run_together(one, other)
        worst = max(worst, relation, key=_ORDER.index)
    if len(one) < len(other):
        worst = max(worst, "part", key=_ORDER.index)
    return worst  # type: ignore[return-value]


_ORDER = ("same", "near", "nickname", "part", "initial")


def _run_together(one: Given, other: Given) -> GivenRelation:
    """Compare names that differ part by part as one word each: a hyphen lost, "jeanpierre"."""
    joined, split = "".join(one), "".join(other)
    if len(one) != len(other) and min(len(joined), len(split)) > _SHORT:
        cost = misreading_cost(joined, split)
        return "near" if cost <= _NEAR_COST else "differs"
    return "differs"


@lru_cache(maxsize=1 << 16)
def _compare_part(a: str, b: str) -> str:
    if a == b:
        return "same" if len(a) > 1 else "initial"
    if len(a) == 1 or len(b) == 1:
        return "initial" if a[0] == b[0] else "differs"
    if _of_other_gender(a, b) or _of_other_gender(b, a):
        return "differs"
    if sound(a) == sound(b):
        return "near"
    if _is_nickname(a, b) or _is_nickname(b, a):
        return "nickname"
    both_known = is_given_name(a) and is_given_name(b)
    cost = misreading_cost(a, b)
    if cost <= _NEAR_COST + (max(len(a), len(b)) > 6) * 8 and not (both_known and min(len(a), len(b)) <= 4):
        return "differs" if both_known and cost > _NEAR_COST else "near"
    return "differs"


def _of_other_gender(man: str, woman: str) -> bool:
    """Tell whether two given names are a man's and a woman's of one root: "Denis", "Denise"."""
    return (
        woman.startswith(man)
        and woman[len(man) :] in _FEMININE
        and is_given_name(man)
        and is_given_name(woman)
    )


def _is_nickname(short: str, full: str) -> bool:
    known = _nicknames().get(short, frozenset())
    return full in known or any(full in name.split("-") for name in known if "-" in name)


@dataclass(frozen=True, slots=True)
class SurnameLikeness:
    """How alike two surnames are.

    Attributes:
        cost: Of misreading one for the other; 0 where they are equal.
        is_heard: They sound alike.
        is_part: One is a part of the other: "Dupont", "Dupont-Morel".
    """

    cost: float
    is_heard: bool
    is_part: bool


@lru_cache(maxsize=1 << 18)
def compare_surnames(one: str, other: str) -> SurnameLikeness:
    """Say how alike two folded surnames are."""
    if one == other:
        return SurnameLikeness(0.0, True, False)
    a, b = one.replace(" ", ""), other.replace(" ", "")
    cost = misreading_cost(a, b) if a != b else 1.0
    parts, others = one.split(), other.split()
    shared = min(
        (misreading_cost(x, y) for x in parts for y in others if len(x) > _SHORT and len(y) > _SHORT),
        default=WORST,
    )
    is_part = len(parts) != len(others) and shared == 0.0
    return SurnameLikeness(cost, sound(a) == sound(b), is_part)
