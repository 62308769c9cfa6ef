"""Teams that their article tells: cars and motorcycles are feminine, so "le XRT94 Yamaha" is a team.

The masculine article belongs to the word left out, "le team"; machines that are masculine (buggies, trucks,
prototypes) have their make in front or their own noun, as in "le Toyota Hilux".
"""

from __future__ import annotations

from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_ARTICLES = frozenset(("le", "du", "au"))
_SURE = 0.8


def find_masculine(tagged: Tagged, found: list[Name]) -> None:
    """Join an unknown name and the make right behind it, with a masculine article before, into a team."""
    for index in range(len(found) - 1, 0, -1):
        name, make = found[index - 1], found[index]
        if make.kind == "car" and _is_team(tagged, name, make):
            last = _end(make, found[index + 1 : index + 2])
            surface = tagged.tokens.surface(name.first, last)
            joined = Name(name.first, last, "team", surface, sure=_SURE)
            found[index - 1 : index + 1 + (last > make.last)] = [joined]


def _is_team(tagged: Tagged, name: Name, make: Name) -> bool:
    tokens = tagged.tokens
    if name.last != make.first or make.last - make.first != 1 or name.first == 0:
        return False
    if tokens.norm[name.first - 1] not in _ARTICLES or "make" not in tagged.tags(make.first):
        return False
    if name.kind == "other":
        return not any("nation" in tagged.tags(i) for i in range(name.first, name.last))
    return name.kind == "person" and _is_acronym(tagged, name)


def _is_acronym(tagged: Tagged, name: Name) -> bool:
    """Tell whether what was taken for initials and a surname are capitals alone: "F.C.C. TSR"."""
    words = tagged.tokens.text[name.first : name.last]
    return all(len(word) <= 4 and word.isupper() for word in words if word != ".")


def _end(make: Name, following: list[Name]) -> int:
    """Return the end of the team's name: a country goes with it, as in "le F.C.C. TSR Honda France"."""
    if following and following[0].first == make.last and following[0].kind in ("nation", "place"):
        return following[0].last
    return make.last
