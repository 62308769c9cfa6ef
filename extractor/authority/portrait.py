"""An appearance made ready to be compared, and what is rare or common in the archive."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.authority.appearance import Appearance, heard_name
from extractor.authority.entrant import TeamName, parse_team
from extractor.authority.person import Given, PersonName, parse_person

_MOST_FORMS = 4


@dataclass(frozen=True, slots=True)
class Portrait:
    """An appearance with its names taken apart.

    Attributes:
        appearance: What it is of.
        persons: The forms of a driver's name, the fullest first; empty for a team.
        teams: The forms of a team's name; empty for a driver.
        given: The most telling given names of all forms.
        mates: See :class:`Appearance`, as a set.
        rivals: The same.
        numbers: The same.
        makes: The same.
    """

    appearance: Appearance
    persons: tuple[PersonName, ...]
    teams: tuple[TeamName, ...]
    given: Given
    mates: frozenset[str]
    rivals: frozenset[str]
    numbers: frozenset[str]
    makes: frozenset[str]

    @property
    def surname(self) -> str:
        """The surname of a driver; of a team its own words, as one."""
        return self.persons[0].surname if self.persons else " ".join(self.teams[0].own)


def portray(appearance: Appearance) -> Portrait:
    """Return an appearance made ready to be compared."""
    written = (appearance.name, *appearance.spellings)
    persons: tuple[PersonName, ...] = ()
    teams: tuple[TeamName, ...] = ()
    given: Given = ()
    if appearance.kind == "driver":
        parsed = [parse_person(name) for name in written]
        persons = tuple(dict.fromkeys(one for one in parsed if one.surname))[:_MOST_FORMS] or (parsed[0],)
        given = max((one.given for one in persons), key=_told_by)
    else:
        teams = tuple(dict.fromkeys(parse_team(name) for name in written if parse_team(name).own))
        teams = teams[:_MOST_FORMS] or (TeamName(("",), (), ""),)
    return Portrait(
        appearance,
        persons,
        teams,
        given,
        frozenset(appearance.mates),
        frozenset(appearance.rivals),
        frozenset(appearance.numbers),
        frozenset(make for make in appearance.makes if make),
    )


def _told_by(given: Given) -> tuple[int, int]:
    """Say how much given names tell: spelt out before initials, many before few."""
    return sum(len(part) > 1 for part in given), len(given)


def key_of(portrait: Portrait) -> str:
    """Return what appearances are first looked up by: surname, or a team's own words, without blanks."""
    return portrait.surname.replace(" ", "")


@dataclass(slots=True)
class Rarity:
    """How often names occur in an archive: what is common proves little.

    It holds each distinct surname, given name of a surname, and word of a team's name once, with a number.

    Attributes:
        documents: How many documents there are.
        surnames: Documents that name somebody so, by key.
        givens: Given names seen with a surname, by key: how many people may be meant.
        heard: Documents in which somebody's surname sounds so.
        words: Documents that name a team with this word.
    """

    documents: int = 0
    surnames: Counter[str] = field(default_factory=Counter)
    givens: dict[str, Counter[str]] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def count(self, portraits: Iterable[Portrait]) -> None:
        """Take in the appearances of one document."""
        self.documents += 1
        sounds: set[str] = set()
        words: set[str] = set()
        keys: set[str] = set()
        for one in portraits:
            if one.persons:
                key = key_of(one)
                keys.add(key)
                sounds.add(heard_name(one.appearance.name))
                if one.given and len(one.given[0]) > 1:
                    self.givens.setdefault(key, Counter())["-".join(one.given)] += 1
            else:
                words.update(one.teams[0].own)
        self.surnames.update(keys)
        self.heard.update(sounds)
        self.words.update(words)

    def namesakes(self, key: str) -> int:
        """Return how many given names are borne with a surname; misread ones are not counted."""
        known = self.givens.get(key)
        if not known:
            return 0
        most = max(known.values())
        return sum(count * 20 >= most for count in known.values())

    def weight(self, heard: str) -> float:
        """Return what it is worth that somebody of this name is in both documents, 0 to 1."""
        return _weight(self.heard.get(heard, 0), self.documents)

    def word_weight(self, word: str) -> float:
        """Return what a word of a team's name is worth, 0 to 1."""
        return _weight(self.words.get(word, 0), self.documents)

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return what those who are in both documents are worth together."""
        common = one & other
        return sum(map(self.weight, common)) if common else 0.0


def _weight(count: int, total: int) -> float:
    """Return 1 for what two documents of very many have, 0 for what all have."""
    return min(1.0, max(0.0, math.log((total + 4) / (count + 1)) / math.log(total + 4)))
