"""People and teams that are nobody's: names put together from lists of facts."""

from __future__ import annotations

from functools import cache

from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.excluded import is_excluded
from extractor.corpus.generator.grammar import key_of
from extractor.corpus.generator.model import Person, Team
from extractor.corpus.generator.words import reserved, table
from extractor.lexicon.fold import fold
from extractor.lexicon.words import names

_SHORTEST = 4


@cache
def plain_surnames() -> tuple[str, ...]:
    """Return the lexicon's surnames that may stand in a text, with capitals, in order."""
    barred = reserved() | names("first_names")
    kept = []
    for name in sorted(names("surnames")):
        parts = name.replace("-", " ").replace("'", " ").split()
        if len(name) >= _SHORTEST and not barred.intersection(parts) and name.isascii():
            kept.append(_capitals(name))
    return tuple(kept)


def _capitals(name: str) -> str:
    words = (("-".join(part.capitalize() for part in word.split("-"))) for word in name.split())
    return " ".join(word if "'" not in word else _elided(word) for word in words)


def _elided(word: str) -> str:
    head, _, rest = word.partition("'")
    return f"{head}'{rest if len(head) > 2 else rest.capitalize()}"


@cache
def _listed(*path: str) -> tuple[str, ...]:
    value = table("names")
    for step in path[:-1]:
        value = value[step]
    words: str = value[path[-1]]
    return tuple(words.split("|") if "|" in words else words.split())


@cache
def accented_surnames() -> tuple[str, ...]:
    """Return surnames with accents that may stand in a text."""
    return tuple(name for name in _listed("french", "surnames") if fold(name) not in reserved())


class Cast:
    """The people and teams of one meeting: no word of a name belongs to two of them."""

    def __init__(self, chance: Chance, year: int, venue: str) -> None:
        self.chance, self.year = chance, year
        self.keys: set[str] = set()
        self.taken: set[str] = set(fold(venue).replace("-", " ").split())

    def person(self, role: str, *, foreign: float, women: float) -> Person:
        """Return somebody new."""
        while True:
            made = self._drawn(foreign, women)
            made.role = role
            words = {*fold(f"{made.last} {made.pseudonym or ''}").replace("-", " ").replace("'", " ").split()}
            words = {word for word in words if len(word) > 3} or words
            given = fold(made.first)
            if words & self.taken or given in self.taken or is_excluded(made.full):
                continue
            self.taken |= words | {given}
            made.key = key_of(made.last, self.keys)
            return made

    def _drawn(self, foreign: float, women: float) -> Person:
        chance = self.chance
        feminine = chance.happens(women)
        if chance.happens(foreign):
            nation = chance.pick(table("names")["foreign"])
            first = chance.pick(nation["women" if feminine else "first"].split())
            last = chance.pick(nation["last"].split()).replace("-", " ")
            return Person(
                "", first, last, feminine, nation["origin"][feminine], nation["origin"][2], self._age()
            )
        region = chance.pick(table("names")["region"])
        made = Person(
            "",
            chance.pick(self._firsts(feminine)),
            self._surname(),
            feminine,
            region["word"][feminine],
            chance.pick(region["towns"].split()),
            self._age(),
        )
        if chance.happens(0.015):
            made.pseudonym = chance.pick(_listed("french", "pseudonyms"))
        return made

    def _age(self) -> int:
        return self.chance.between(17, 61)

    def _firsts(self, feminine: bool) -> tuple[str, ...]:
        era = "old" if self.year < 1962 else "middle" if self.year < 1998 else "new"
        if feminine:
            return _listed("french", {"old": "women_old", "middle": "women_middle", "new": "women"}[era])
        return _listed("french", era)

    def _surname(self) -> str:
        roll = self.chance.below(100)
        if roll < 12:
            return self.chance.pick(accented_surnames())
        if roll < 18:
            return self.chance.pick(_listed("french", "particles"))
        return self.chance.pick(plain_surnames())

    def team(self, two_wheels: bool) -> Team:
        """Return a team of its own."""
        chance, forms, words = self.chance, table("teams")["forms"], table("teams")["parts"]
        kinds = list(forms["old" if self.year < 1975 else "new"]) + (forms["two"] if two_wheels else [])
        while True:
            article, _, form = chance.pick(kinds).partition("|")
            a, b = chance.some(words["roots"].split(), 2)
            more = {"p": chance.pick(words["plural"]), "m": chance.pick(words["masculine"])}
            name = form.format(a=a, b=b, i=chance.pick(words["initials"].split()), **more)
            used = {word for word in fold(name).replace("-", " ").split() if len(word) > 3}
            used -= _COMMON
            if not used & self.taken:
                self.taken |= used
                return Team(key_of(name.replace(" ", "")[-16:], self.keys), name, article)

    def stranger(self, women: float = 0.15) -> str:
        """Return the full name of somebody who does not compete."""
        return self.person("driver", foreign=0.05, women=women).full


_COMMON = frozenset(
    [
        "team",
        "racing",
        "motorsport",
        "competition",
        "sport",
        "ecurie",
        "equipe",
        "performance",
        "events",
        "scuderia",
        "autosport",
        "garage",
        "club",
        "association",
        "sportive",
        "moto",
        "etablissements",
        "endurance",
        "bike",
        "junior",
    ]
)
