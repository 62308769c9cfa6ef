"""How somebody is called: in full at first, then by surname, region, role, car or pronoun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.grammar import article, begins_with_vowel
from extractor.corpus.generator.habits import Habits
from extractor.corpus.generator.model import Entry, Meeting, Person
from extractor.corpus.generator.page import Name, Piece, words_of


@dataclass(frozen=True, slots=True)
class Form:
    """Words for somebody: article, words, agreement, and which parts of the entry they tell."""

    article: str
    pieces: tuple[Piece, ...]
    feminine: bool
    plural: bool
    tells: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words without the article."""
        return words_of(self.pieces)


@dataclass(frozen=True, slots=True)
class Ref:
    """Somebody to be called: a crew, or the one of it who sits at ``seat``."""

    entry: Entry
    seat: int | None = None

    @property
    def people(self) -> list[Person]:
        """Those who are meant."""
        return self.entry.people if self.seat is None else [self.entry.people[self.seat]]

    @property
    def keys(self) -> tuple[str, ...]:
        """Their keys."""
        return tuple(person.key for person in self.people)


class Caller:
    """Calls people, and remembers who has been called what."""

    def __init__(self, meeting: Meeting, habits: Habits, chance: Chance) -> None:
        self.meeting, self.habits, self.chance = meeting, habits, chance
        self.named: set[str] = set()
        self.told: dict[Entry, set[str]] = {}
        self.before: list[tuple[str, ...]] = []  # who was in the last sentence
        self.now: list[tuple[str, ...]] = []
        self.roles: dict[tuple[str, ...], str] = {}  # who is "le vainqueur", "le poleman"
        self.origins: dict[str, int] = {}
        for entry in meeting.entries:
            for person in entry.people:
                self.origins[person.origin] = self.origins.get(person.origin, 0) + 1

    def sentence(self) -> None:
        """Note that a sentence begins."""
        if self.now:
            self.before = self.now
        self.now = []

    def paragraph(self) -> None:
        """Note that a paragraph begins: nobody is meant by "il" any more."""
        self.before, self.now = [], []

    def call(self, ref: Ref, *, subject: bool = False, how: str = "") -> Form:
        """Return words for somebody, and remember them."""
        form = self._form(ref, subject, how)
        self.now.append(ref.keys)
        self.named.update(ref.keys if form.words not in _PRONOUNS else ())
        self.told.setdefault(ref.entry, set()).update(form.tells)
        return form

    def _form(self, ref: Ref, subject: bool, how: str) -> Form:
        new = any(key not in self.named for key in ref.keys)
        if how == "full" or (new and how == "bare"):
            return self.crew(ref, self.full)
        if new:
            return self._introduced(ref, subject)
        if how == "bare":
            return self.crew(ref, self.short)
        return self._again(ref, subject)

    # first mentions

    def _introduced(self, ref: Ref, subject: bool) -> Form:
        entry, notation = ref.entry, self.chance.pick(self.habits.notations)
        if ref.seat is not None and len(entry.people) > 1 and notation in ("car_of", "number_team", "team"):
            notation = "plain"
        maker = _BRACKETS.get(notation)
        if maker is not None:
            return self._bracketed(ref, maker(entry, self))
        made = _NOTATIONS[notation](self, ref, subject) if notation in _NOTATIONS else None
        return made or self.crew(ref, self.full)

    def _bracketed(self, ref: Ref, parts: list[tuple[str, Piece]]) -> Form:
        base = self.crew(ref, self.full)
        if not parts:
            return base
        separator = self.chance.pick([", ", ", ", " – ", " - "]) if parts[0][0] != "slash" else "/"
        parts = [part for part in parts if part[0] != "slash"]
        inside: list[Piece] = []
        for _, piece in parts:
            inside += [separator, piece] if inside else [piece]
        tells = tuple(what for what, _ in parts if what in _TELLING)
        return Form("", (*base.pieces, " (", *inside, ")"), base.feminine, base.plural, tells)

    def number(self, entry: Entry) -> str:
        """Write a car's number."""
        return self.habits.number.format(entry.number)

    def team(self, entry: Entry) -> Name:
        """Return the team's name, marked."""
        assert entry.team is not None
        return Name((entry.team.key,), "name", (entry.team.name,))

    def of_team(self, entry: Entry) -> tuple[str, Name]:
        """Return "du", "de l'" and so on with the team."""
        team = entry.team
        assert team is not None
        head = {"le": "du ", "les": "des ", "la": "de la ", "l'": "de l'"}.get(team.article)
        return head or ("d'" if begins_with_vowel(team.name) else "de "), self.team(entry)

    # forms of names

    def crew(self, ref: Ref, form: Callable[[Person], Name], joint: str = "") -> Form:
        """Name all who are meant."""
        people = ref.people
        pieces: list[Piece] = []
        joint = joint or (self.habits.crew if len(people) < 3 or self.habits.crew != " et " else ", ")
        if any("-" in p.last or " " in p.last for p in people) and joint == "-":
            joint = " - "
        for place, person in enumerate(people):
            last = place == len(people) - 1 and joint == ", "
            named: list[Piece] = [form(person)]
            if person.pseudonym:
                named = ['"', form(person), '"']
            pieces += [" et " if last else joint, *named] if pieces else named
        return Form("", tuple(pieces), all(p.feminine for p in people), len(people) > 1)

    def full(self, person: Person) -> Name:
        """Name somebody in full."""
        if person.pseudonym:
            return self.short(person)
        last = person.last.upper() if self.habits.surnames_up else person.last
        return Name((person.key,), "name", (f"{person.first} {last}",))

    def short(self, person: Person) -> Name:
        """Name somebody by surname."""
        word = person.short.upper() if self.habits.surnames_up and not person.pseudonym else person.short
        return Name((person.key,), "name", (word,))

    # later mentions

    def _again(self, ref: Ref, subject: bool) -> Form:
        chance, only = self.chance, [ref.keys] == self.before
        first = not self.now
        if first and subject and only and chance.happens(0.4):
            return self.pronoun(ref)
        if (
            first
            and self.before
            and self.before[-1] == ref.keys
            and len(self.before) > 1
            and chance.happens(0.15)
        ):
            return self._demonstrative(ref)
        if chance.happens(self.habits.short):
            made = self._nominal(ref, first and ref.keys in self.before)
            if made is not None:
                return made
        if chance.happens(0.12):
            return self.crew(ref, self.full)
        if len(ref.people) == 2 and chance.happens(0.25):
            word = chance.pick(["duo", "équipage", "tandem"])
            inner = self.crew(ref, self.short, chance.pick(["-", "/", " - "]))
            return Form("le", (f"{word} ", *inner.pieces), False, False)
        return self.crew(ref, self.short)

    def pronoun(self, ref: Ref) -> Form:
        """Return "il" and its sisters; personal pronouns are no mentions."""
        people = ref.people
        feminine = all(person.feminine for person in people)
        return Form(
            "",
            (("elle" if feminine else "il") + ("s" if len(people) > 1 else ""),),
            feminine,
            len(people) > 1,
        )

    def _demonstrative(self, ref: Ref) -> Form:
        feminine, plural = all(p.feminine for p in ref.people), len(ref.people) > 1
        words = {
            (False, False): ("ce dernier", "celui-ci"),
            (True, False): ("cette dernière", "celle-ci"),
            (False, True): ("ces derniers", "ceux-ci"),
            (True, True): ("ces dernières", "celles-ci"),
        }[feminine, plural]
        return Form("", (Name(ref.keys, "pronoun", (self.chance.pick(words),)),), feminine, plural)

    def _nominal(self, ref: Ref, near: bool) -> Form | None:
        person, ways = ref.people[0], []
        role = self.roles.get(ref.keys)
        if role:
            ways.append(role)
        if len(ref.people) == 1 and near and self.origins[person.origin] == 1:
            ways.append(person.origin)
        mate = self._mate(ref)
        if mate:
            ways.append(mate)
        if "number" in self.told.get(ref.entry, ()) and (ref.seat is None or len(ref.entry.people) == 1):
            ways.append("#")
        if not ways:
            return None
        way = self.chance.pick(ways)
        feminine, plural = all(p.feminine for p in ref.people), len(ref.people) > 1
        if way == "#":
            return Form(
                "la" if self.feminine_car else "le", (self.number(ref.entry),), self.feminine_car, False
            )
        if way == mate:
            return Form("", ("son ", Name(ref.keys, "nominal", (way,))), feminine, plural)
        head = "les" if plural else "la" if feminine else "le"
        return Form(head, (Name(ref.keys, "nominal", (way,)),), feminine, plural)

    def _mate(self, ref: Ref) -> str | None:
        """Return "équipier" where the one before drives for the same team, and nobody else does."""
        if len(self.now) != 1 or len(ref.people) > 1 or ref.entry.team is None:
            return None
        team = [e for e in self.meeting.entries if e.team is ref.entry.team]
        known = all("team" in self.told.get(e, ()) for e in team)
        other = next((e for e in team if e is not ref.entry), None)
        if len(team) != 2 or not known or other is None or self.now[0] != tuple(p.key for p in other.people):
            return None
        return "équipière" if ref.people[0].feminine else "équipier"

    @property
    def feminine_car(self) -> bool:
        """Whether what they race in is feminine: a car or a bike is, a lorry or a kart is not."""
        return self.meeting.discipline not in ("truck", "karting", "sidecar")


_PRONOUNS = ("il", "elle", "ils", "elles")
_TELLING = ("team", "number", "car", "scope")


def _bracket(*wanted: str) -> Callable[[Entry, Caller], list[tuple[str, Piece]]]:
    def made(entry: Entry, caller: Caller) -> list[tuple[str, Piece]]:
        parts: list[tuple[str, Piece]] = []
        for what in wanted:
            if what == "team":
                parts += [("team", caller.team(entry))] if entry.team else []
            elif what == "car":
                parts.append(("car", entry.car))
            elif what == "number":
                parts.append(("number", caller.number(entry)))
            elif what == "scope":
                parts += [("scope", entry.scope)] if entry.scope else []
            elif what == "town" and len(entry.people) == 1:
                parts.append(("town", entry.people[0].town))
            elif what == "age" and len(entry.people) == 1:
                parts.append(("age", f"{entry.people[0].age} ans"))
            elif what == "slash":
                parts.append(("slash", ""))
        return [] if parts == [("slash", "")] else parts

    return made


_BRACKETS = {
    "team": _bracket("team"),
    "car": _bracket("car"),
    "number": _bracket("number"),
    "team_car": _bracket("team", "car"),
    "car_team": _bracket("car", "team"),
    "car_slash_team": _bracket("slash", "car", "team"),
    "car_number": _bracket("car", "number"),
    "number_team": _bracket("number", "team"),
    "town": _bracket("town"),
    "age": _bracket("age"),
    "car_scope": _bracket("car", "scope"),
}


def _on(caller: Caller, ref: Ref, subject: bool) -> Form | None:
    """``X, sur la BMW du Team Y,``."""
    base, entry = caller.crew(ref, caller.full), ref.entry
    head = article("le" if not caller.feminine_car else "la", entry.car)
    if entry.team and caller.chance.happens(0.5):
        pieces = (*base.pieces, ", sur ", head, entry.car, " ", *caller.of_team(entry), ",")
        return Form("", pieces, base.feminine, base.plural, ("car", "team")) if subject else None
    own = (
        "leur "
        if base.plural
        else "son "
        if begins_with_vowel(entry.car) or not caller.feminine_car
        else "sa "
    )
    word = caller.chance.pick([" sur ", " et "])
    if word == " et " and subject:
        word = " sur "
    return Form("", (*base.pieces, word, own, entry.car), base.feminine, base.plural, ("car",))


def _for(caller: Caller, ref: Ref, subject: bool) -> Form | None:
    """``X, du Team Y,``."""
    if ref.entry.team is None or not subject:
        return None
    base, (head, team) = caller.crew(ref, caller.full), caller.of_team(ref.entry)
    word = caller.chance.pick([", ", ", engagé{} par "])
    if word != ", ":
        ending = ("e" if base.feminine else "") + ("s" if base.plural else "")
        word, head = word.format(ending), article(ref.entry.team.article, ref.entry.team.name)
    return Form("", (*base.pieces, word, head, team, ","), base.feminine, base.plural, ("team",))


def _of(caller: Caller, ref: Ref, _subject: bool) -> Form | None:
    """``la BMW n° 7 de X``: the car is the subject."""
    if ref.seat is not None and len(ref.entry.people) > 1:
        return None
    entry, base = ref.entry, caller.crew(ref, caller.full, " et " if len(ref.people) == 2 else ", ")
    numbered = caller.chance.happens(0.5)
    words = f"{entry.car} {caller.number(entry)}" if numbered else entry.car
    head = "d'" if begins_with_vowel(base.words) else "de "
    joined: tuple[Piece, ...] = (f"{words} {head}", *base.pieces)
    if len(base.pieces) == 3 and len(ref.people) == 2:  # de A et de B
        second = "d'" if begins_with_vowel(words_of((base.pieces[2],))) else "de "
        joined = (f"{words} {head}", base.pieces[0], " et ", second, base.pieces[2])
    feminine = caller.feminine_car
    tells = ("car", "number") if numbered else ("car",)
    return Form("la" if feminine else "le", joined, feminine, False, tells)


def _numbered(caller: Caller, ref: Ref, _subject: bool) -> Form:
    """``le n° 7 X``."""
    base = caller.crew(ref, caller.full)
    word = "la" if base.feminine else "le"
    if base.plural or caller.chance.happens(0.5):
        return Form(
            "", (*base.pieces, " ", caller.number(ref.entry)), base.feminine, base.plural, ("number",)
        )
    return Form(word, (f"{caller.number(ref.entry)} ", *base.pieces), base.feminine, base.plural, ("number",))


def _origin(caller: Caller, ref: Ref, _subject: bool) -> Form | None:
    """``le Breton X``."""
    if len(ref.people) > 1:
        return None
    person = ref.people[0]
    pieces = (Name(ref.keys, "nominal", (person.origin,)), " ", caller.full(person))
    return Form("la" if person.feminine else "le", pieces, person.feminine, False)


def _pilot(caller: Caller, ref: Ref, _subject: bool) -> Form | None:
    """``le pilote du Team Y X``."""
    if len(ref.people) > 1 or ref.entry.team is None:
        return None
    person = ref.people[0]
    inner = ("pilote ", *caller.of_team(ref.entry))
    pieces = (Name(ref.keys, "nominal", inner), " ", caller.full(person))
    return Form("la" if person.feminine else "le", pieces, person.feminine, False, ("team",))


def _wheel(caller: Caller, ref: Ref, subject: bool) -> Form | None:
    """``X, au volant de sa BMW,``."""
    if not subject:
        return None
    base = caller.crew(ref, caller.full)
    own = (
        "leur"
        if base.plural
        else "son"
        if begins_with_vowel(ref.entry.car) or not caller.feminine_car
        else "sa"
    )
    word = "au guidon" if caller.meeting.two_wheels else "au volant"
    return Form(
        "", (*base.pieces, f", {word} de {own} {ref.entry.car},"), base.feminine, base.plural, ("car",)
    )


_NOTATIONS: dict[str, Callable[[Caller, Ref, bool], Form | None]] = {
    "sur": _on,
    "de": _of,
    "car_of": _of,
    "pour": _for,
    "numbered": _numbered,
    "origin": _origin,
    "pilot": _pilot,
    "volant": _wheel,
}
