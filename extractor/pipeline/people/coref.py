"""Who is meant by "ce dernier", "le poleman", "le pilote corse", "il": nominal and pronominal references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from extractor.lexicon.words import Term, layer, word_set
from extractor.pipeline.annotations import Layout, Name, People, Ref, Sentence
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.links import Link, find_links, found_between
from extractor.pipeline.people.team_crews import TeamCrews
from extractor.pipeline.people.winners import Winners

_BEFORE_DEMONYM = frozenset(("le", "la", "l'", "au", "du"))
_UNDETERMINED = word_set("people_words", "undetermined")
_TO_TEAM = frozenset(("de", "du", "d'", "la", "le", "l'", "team", "officiel", "chez"))
_GIVEN_TO = word_set("people_words", "given_to")


def resolve(layout: Layout, names: list[Name], people: People) -> tuple[Discourse, list[Link]]:
    """Add nominal and pronominal references to ``people``; return the document's grammar and ties."""
    discourse = Discourse(layout, people)
    team_of = {first: team for first, _, team in people.team_refs}
    links = find_links(discourse, names, team_of)
    discourse.set_owners({link.owner_to: link.owner_from for link in links if link.owner_to >= 0})
    resolver = _Resolver(discourse, names, links)
    resolver.run()
    discourse.reindex()
    return discourse, links


class _Resolver:
    def __init__(self, discourse: Discourse, names: list[Name], links: list[Link]) -> None:
        self.discourse = discourse
        self.tokens = discourse.tokens
        self.names = names
        self.links = links
        self.roles = layer("roles").find_all(self.tokens.norm)
        self.nations = self.tokens.terms("names")
        self.teams: dict[int, set[int]] = defaultdict(set)
        self.numbers: dict[str, tuple[int, ...]] = {}
        self.cars: dict[str, tuple[int, ...]] = {}
        for link in links:
            for person in link.people:
                if link.team is not None:
                    self.teams[person].add(link.team)
            if link.number is not None:
                crew = self.numbers.setdefault(link.number, link.people)
                if set(crew) < set(link.people):
                    self.numbers[link.number] = link.people
            if link.car is not None:
                self.cars.setdefault(_bare(link.car), link.people)
        self.team_crews = TeamCrews(discourse, names, discourse.people, links)
        self.places = self._places()
        self.winners = Winners(discourse, names)
        self.origin: dict[str, list[int]] = defaultdict(list)
        self.traits: dict[str, list[int]] = defaultdict(list)
        self.history: list[tuple[int, ...]] = []

    def run(self) -> None:
        """Go through the sentences in order; what was read decides what is meant."""
        added: list[Ref] = []
        focus: tuple[int, ...] = ()
        sentences = self.discourse.layout.sentences
        for number, sentence in enumerate(sentences):
            refs = self.discourse.refs_between(sentence.first, sentence.last)
            self._note_traits(sentence, refs)
            self.winners.note(sentence, refs)
            self.discourse.focus[number] = focus
            new = self._sentence(sentence, refs, focus)
            added += new
            every = sorted([*refs, *new], key=lambda r: r.first)
            focus = self._focus(every) or focus
            self.history += [r.people for r in every if r.people]
            del self.history[:-12]
        self.discourse.people.refs += added

    def _focus(self, refs: list[Ref]) -> tuple[int, ...]:
        for ref in refs:
            if self.tokens.norm[ref.first - 2 : ref.first] == ["c'", "est"] or (
                self.tokens.norm[ref.last : ref.last + 1] == ["qui"]
                and self.tokens.norm[max(0, ref.first - 2)] == "c'"
            ):
                return ref.people
        set_against = [r for r in refs if self.tokens.norm[self.discourse.head(r) - 1] == "mais"]
        for ref in (*set_against[-1:], *refs):  # "A mène, mais B revient. Il ..." goes on with B
            if not self.discourse.governed(ref) and not self.discourse.is_object(ref):
                together = [
                    r
                    for r in self.discourse.group(ref)
                    if self.tokens.norm[self.discourse.head(r) - 1] in ("et", "/") or r is ref
                ]
                return (
                    tuple(dict.fromkeys(p for r in together for p in r.people))
                    if len(together) <= 3
                    else ref.people
                )
        return refs[0].people if refs else ()

    def _note_traits(self, sentence: Sentence, refs: list[Ref]) -> None:
        """Remember what is said beside a name: "le Toulousain Louis Marchal", "le poleman Paul Orsini"."""
        for ref in refs:
            head = self.discourse.head(ref)
            for i in range(head, ref.first):
                for term in self.nations.get(i, ()):
                    if term.category == "nation":
                        self.origin[self.tokens.norm[i]].append(ref.people[0])
                if self.tokens.norm[i] == "poleman":
                    self.traits["pole"].append(ref.people[0])
        norms = self.tokens.norm[sentence.first : sentence.last]
        if "pole" in norms and refs:
            pole = sentence.first + norms.index("pole")
            given = next((r for r in refs if pole < r.first <= pole + 6), None)
            if given is None or not set(self.tokens.norm[pole + 1 : given.first]) & _GIVEN_TO:
                given = next((r for r in refs if not self.discourse.governed(r)), None)
            if given is not None:
                self.traits["pole"].append(given.people[0])

    def _sentence(self, sentence: Sentence, refs: list[Ref], focus: tuple[int, ...]) -> list[Ref]:
        new: list[Ref] = []
        behind = sentence.first
        for i in self.places[
            bisect_left(self.places, sentence.first) : bisect_left(self.places, sentence.last)
        ]:
            if i < behind:
                continue
            ref = self._at(i, sentence, refs, new, focus)
            if ref is not None and not _overlaps(ref, refs):
                new.append(ref)
                behind = ref.last
        return new

    def _places(self) -> list[int]:
        """Return the tokens at which somebody may be meant: no other is looked at."""
        norm, shape = self.tokens.norm, self.tokens.shape
        demonyms = {i for i in range(1, len(norm)) if shape[i] == "C" and norm[i - 1] in _BEFORE_DEMONYM}
        numbers = {n.first for n in self.names if n.kind == "number"}
        pronouns = {
            i
            for i, terms in self.discourse.terms.items()
            if any(t.category == "subject_pronoun" for t in terms)
        }
        return sorted({*self.roles, *demonyms, *numbers, *pronouns, *self.team_crews.named})

    def _at(
        self, i: int, sentence: Sentence, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]
    ) -> Ref | None:
        roles = sorted(self.roles.get(i, ()), key=lambda t: t.category != "driver_of")
        for term in roles:
            if i == sentence.first and self.tokens.norm[i] in _UNDETERMINED and term.category == "role":
                return self._beside_subject(term, refs, focus)
            if term.category == "driver_of":
                ref = self._driver_of(term, sentence, refs, new, focus)
            elif term.category == "last":
                who = self._last(i, refs, new)
                ref = Ref(i, term.end, who, "pronoun") if who else None
            elif term.category == "role":
                ref = self._role(term, refs, new, focus)
            else:
                continue
            if ref is not None:
                return ref
        ref = self._origin(i, refs, new, focus)
        if ref is not None:
            return ref
        ref = self._car(i) or self.team_crews.ref(i)
        if ref is not None:
            return ref
        return self._pronoun(i, refs, new, focus)

    # --- kinds of reference

    def _last(self, i: int, refs: list[Ref], new: list[Ref]) -> tuple[int, ...]:
        earlier = [r for r in (*refs, *new) if r.last <= i]
        if earlier:
            return max(earlier, key=lambda r: r.first).people
        return self.history[-1] if self.history else ()

    def _names_it(self, end: int) -> bool:
        """Tell whether a name follows at once, so that the words only introduce it."""
        tokens = self.tokens
        j = end
        while j < len(tokens) and j - end < 6:
            ref = self.discourse.ref_at(j)
            if ref is not None:
                return True
            if tokens.text[j] == "," and j > end:
                return False
            if (
                tokens.text[j] == ","
                or tokens.shape[j] == "C"
                or self._is_nation(j)
                or tokens.norm[j]
                in ("de", "du", "en", "titre", "chez", "jour", "la", "d'", "france", "course")
            ):
                j += 1
                continue
            team = [
                n
                for n in found_between(self.names, j, j + 6)
                if n.first == j and n.kind in ("team", "car", "class", "number")
            ]
            if team:
                j = team[0].last
                continue
            return False
        return False

    def _is_nation(self, i: int) -> bool:
        return any(t.category == "nation" for t in self.nations.get(i, ()))

    def _beside_subject(self, term: Term, refs: list[Ref], focus: tuple[int, ...]) -> Ref | None:
        """Read "Auteur de la pole, X ..." and "Vainqueur de la finale, il ...": the subject is meant."""
        named = next(
            (r.people for r in refs if r.first >= term.end and not self.discourse.governed(r)), focus
        )
        return Ref(term.start, term.end, named, "nominal") if named else None

    def _role(self, term: Term, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]) -> Ref | None:
        if term.value == "codriver":
            self._note_role(term)
            return None
        if self._names_it(term.end) or self._appositive(term.start):
            return None
        if term.value == "pole":
            holders = self.traits["pole"]
            who = (holders[-1],) if holders else focus
        elif term.value == "winner":
            who = self.winners.last() or self._other(term.start, refs, new, focus)
        elif term.value == "crew":
            who = next((h for h in reversed(self.history) if len(h) > 1), ())
            who = self._local_crew(term.start, refs) or who
        elif term.value == "teammate":
            who = self._teammate(term.start, refs, new, focus)
        else:
            who = self._other(term.start, refs, new, focus)
            if self.tokens.norm[term.start] in ("le", "la", "l'"):
                who = self._single(who)
        return Ref(term.start, term.end, who, "nominal") if who else None

    def _note_role(self, term: Term) -> None:
        """Note that the one named next sits beside the driver: "son copilote X", "la passagère Y"."""
        ref = next(
            (r for j in range(term.end, term.end + 3) if (r := self.discourse.ref_at(j)) is not None), None
        )
        if ref is None or len(ref.people) != 1:
            return
        words = self.tokens.norm[term.start : term.end]
        aboard = any(n.startswith(("passag", "singe")) for n in words)
        self.discourse.people.persons[ref.people[0]].role = "passenger" if aboard else "co_driver"

    def _local_crew(self, i: int, refs: list[Ref]) -> tuple[int, ...]:
        crews = [r for r in refs if r.last <= i and len(r.people) > 1]
        return crews[-1].people if crews else ()

    def _appositive(self, start: int) -> bool:
        """Tell whether the words only add to the name before: "Loeb, le leader du championnat,"."""
        if self.tokens.text[start - 1] != ",":
            return False
        return self.discourse.ref_ending(start - 1) is not None

    def _teammate(self, i: int, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]) -> tuple[int, ...]:
        earlier = [r for r in (*refs, *new) if r.last <= i]
        of = earlier[-1].people if earlier else focus
        if len(of) != 1:
            return ()
        mates = [p for p, teams in self.teams.items() if p != of[0] and teams & self.teams.get(of[0], set())]
        return (mates[0],) if len(mates) == 1 else ()

    def _other(self, i: int, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]) -> tuple[int, ...]:
        """Return who is meant by a bare nominal.

        The one in focus, unless they are in the same clause already.
        """
        earlier = [r for r in (*refs, *new) if r.last <= i]
        if not earlier:
            return focus
        subjects = [
            r
            for r in earlier
            if not self.discourse.governed_group(r) and not self.discourse.is_object(r) and r.form == "name"
        ]
        if subjects and self._goes_on(subjects[-1].last, i):
            return subjects[-1].people  # "X croit au podium, mais le Namurois écope ..."
        here = {p for r in earlier for p in r.people}
        if focus and not set(focus) & here:
            return focus
        rest = tuple(p for p in focus if p not in here)
        if len(focus) == 2 and len(rest) == 1:
            return rest  # of the two just spoken of, the one not named here
        if len(earlier) >= 2:
            return earlier[-2].people if self.discourse.governed(earlier[-1]) else earlier[-1].people
        return earlier[-1].people if self.discourse.break_between(earlier[-1].last, i) else ()

    def _goes_on(self, first: int, last: int) -> bool:
        """Tell whether a clause follows that goes on with the same subject.

        And none that sets another against it.
        """
        words = set(self.tokens.norm[first:last])
        return bool(words & {"mais", "puis", "car", "donc"}) and not words & {"tandis", "alors", "pendant"}

    def _driver_of(
        self, term: Term, sentence: Sentence, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]
    ) -> Ref | None:
        """Read "le pilote Sillage Racing", "le pilote de la 206 WRC", "le pilote corse"."""
        if self.discourse.ref_at(term.end) is not None:
            return None
        norm = self.tokens.norm
        j = self._over_articles(term.end, sentence)
        for name in found_between(self.names, j, min(j + 8, sentence.last)):
            if name.first != j:
                break
            if self._names_it(name.last):
                return None
            if name.kind == "team":
                who = self._of_team(name, term.start, refs, new)
                other = self._other(term.start, refs, new, focus) if self._unheard(who, term.start) else ()
                if len(other) == 1 and not (who and self.teams.get(other[0])):
                    who = other
                    self._join(who, name, term.start)
            elif name.kind == "number":
                who = self.numbers.get(name.value, ())
            elif name.kind == "car":
                who = self._of_car(name)
            else:
                continue
            if who:
                return Ref(term.start, name.last, who, "nominal")
        if term.end < len(norm) and self._is_nation(term.end) and term.end < sentence.last:
            if self._names_it(term.end):
                return None
            known = self.origin.get(norm[term.end])
            who = (known[-1],) if known else self._other(term.start, refs, new, focus)
            return Ref(term.start, term.end + 1, who, "nominal") if who else None
        return None

    def _over_articles(self, j: int, sentence: Sentence) -> int:
        """Return where the name begins behind "le pilote de la", "le pilote officiel"."""
        norm = self.tokens.norm
        while j < sentence.last and norm[j] in _TO_TEAM:
            if norm[j] == "team" and any(n.first == j for n in found_between(self.names, j, j + 8)):
                break  # the team's name begins with the word: "le pilote Team Sillage"
            j += 1
        return j

    def _of_team(self, name: Name, before: int, refs: list[Ref], new: list[Ref]) -> tuple[int, ...]:
        team = next((t for first, _, t in self.discourse.people.team_refs if first == name.first), None)
        drivers = [p for p, teams in self.teams.items() if team in teams]
        if len(drivers) == 1:
            return (drivers[0],)
        recent = [
            p for r in sorted((*refs, *new), key=lambda r: r.first) if r.last <= before for p in r.people
        ]
        subject = set(recent[:1])
        order = [*reversed(recent), *(p for h in reversed(self.history) for p in h)]
        for person in order:
            if person in drivers and person not in subject:
                return (person,)
        for person in order:
            if person in drivers:
                return (person,)
        return ()

    def _unheard(self, who: tuple[int, ...], before: int) -> bool:
        """Tell whether nobody of those was named up to a token: they are told of only later."""
        return not any(set(r.people) & set(who) and r.first < before for r in self.discourse.refs)

    def _join(self, who: tuple[int, ...], name: Name, first: int) -> None:
        """Note that "le pilote X Racing" says whom somebody drives for."""
        team = next((t for start, _, t in self.discourse.people.team_refs if start == name.first), None)
        if team is not None and not self.teams.get(who[0]):
            self.teams[who[0]].add(team)
            self.links.append(Link(who, first, name.last, team=team, sure=0.7))

    def _of_car(self, name: Name) -> tuple[int, ...]:
        key = _bare(self.tokens.surface(name.first, name.last))
        if key in self.cars:
            return self.cars[key]
        words = set(key.split())
        matches = [who for other, who in self.cars.items() if words <= set(other.split())]
        return matches[0] if len(matches) == 1 else ()

    def _origin(self, i: int, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]) -> Ref | None:
        """Read "le Lyonnais", "l'Alsacien": a demonym with an article and no name."""
        if (
            i == 0
            or self.tokens.shape[i] != "C"
            or not (self._is_nation(i) or self._like_demonym(i))
            or self.tokens.norm[i - 1] not in _BEFORE_DEMONYM
        ):
            return None
        if self._names_it(i + 1) or self._appositive(i - 1):
            return None
        if i + 1 < len(self.tokens) and self.tokens.shape[i + 1] == "C":
            return None
        known = self.origin.get(self.tokens.norm[i])
        first = i if self.tokens.norm[i - 1] in ("au", "du") else i - 1
        who = (
            (known[-1],)
            if known
            else self._single(self._foreign(self.tokens.norm[i], self._other(i, refs, new, focus)))
        )
        if not who:
            return None
        if len(who) == 1 and not known:
            self.origin[self.tokens.norm[i]].append(who[0])
        return Ref(first, i + 1, who, "nominal")

    def _foreign(self, demonym: str, who: tuple[int, ...]) -> tuple[int, ...]:
        """Pass over who is known to come from elsewhere.

        After "l'Allemand", "le Français" is somebody else.
        """
        elsewhere = {
            p
            for other, people in self.origin.items()
            if other.rstrip("e") != demonym.rstrip("e")
            for p in people
        }
        if not set(who) & elsewhere:
            return who
        for people in reversed(self.history):
            for person in reversed(people):
                if person not in elsewhere and person not in who:
                    return (person,)
        return ()

    def _single(self, who: tuple[int, ...]) -> tuple[int, ...]:
        """Return whom a word in the singular may mean: one person, or a crew that shares a car."""
        if len(who) < 2 or any(set(who) <= set(link.people) for link in self.links):
            return who
        return ()

    def _like_demonym(self, i: int) -> bool:
        """Tell whether an unlisted word has the shape of a demonym: "le Campinois", "la Haillanaise"."""
        return (
            bool(_DEMONYM.search(self.tokens.norm[i])) and not found_between(self.names, i, i + 1)
        ) or any(
            n.kind == "other" and _DEMONYM.search(self.tokens.norm[i])
            for n in found_between(self.names, i, i + 1)
        )

    def _car(self, i: int) -> Ref | None:
        """Read "la #24", "la Porsche #24": a number whose crew is known."""
        for name in found_between(self.names, i, i + 4):
            if name.first == i and name.kind == "number" and name.value in self.numbers:
                if self.discourse.refs_between(i, i + 1):
                    return None
                return Ref(name.first, name.last, self.numbers[name.value], "car", number=name.value)
        return None

    def _pronoun(self, i: int, refs: list[Ref], new: list[Ref], focus: tuple[int, ...]) -> Ref | None:
        if not any(t.category == "subject_pronoun" for t in self.discourse.terms.get(i, ())):
            return None
        if self.discourse._impersonal(i) or self.tokens.text[i - 1 : i] == ["-"]:
            return None
        earlier = sorted((r for r in (*refs, *new) if r.last <= i), key=lambda r: r.first)
        plural = self.tokens.norm[i].endswith("s")
        if plural:
            pool = [r.people for r in earlier if len(r.people) > 1] or [h for h in (focus,) if len(h) > 1]
            return Ref(i, i + 1, pool[-1], "pronoun") if pool else None
        subjects = [
            r for r in earlier if not self.discourse.governed_group(r) and not self.discourse.is_object(r)
        ]
        who = self._single(
            subjects[-1].people if subjects else earlier[0].people if earlier and not focus else focus
        )
        others = self._others_of_clause(i, refs)
        if who and set(who) & others:
            before = [*self.history, focus, *(r.people for r in earlier)]
            who = next((p for p in reversed(before) if len(p) == 1 and not set(p) & others), ())
        return Ref(i, i + 1, who, "pronoun") if who else None

    def _others_of_clause(self, i: int, refs: list[Ref]) -> set[int]:
        """Return who is named behind a pronoun in its clause: "il double X" is said of somebody else.

        That a pronoun and a name in one clause are two persons is Chomsky's principle C of binding (Lectures
        on Government and Binding, 1981).
        """
        norm = self.tokens.norm
        found: set[int] = set()
        for ref in refs:
            if ref.first > i and ref.form == "name":
                if not _ENDS_CLAUSE.isdisjoint(norm[i : ref.first]) or self.discourse.break_between(
                    i, ref.first
                ):
                    break
                found.update(ref.people)
        return found


_ENDS_CLAUSE = frozenset((",", ";", ":", "(", ")", "–", "—", "«", "»", '"', "!", "?", "que", "qu'"))

_DEMONYM = re.compile(
    r"[a-z]{3}(?:ois|oise|ais|aise|ien|ienne|een|eenne|ain|aine|ard|arde|asque|iste|aud|aude|ot|ote|olais|ol)$"
)


def _overlaps(ref: Ref, refs: list[Ref]) -> bool:
    return any(ref.first < other.last and other.first < ref.last for other in refs)


def _bare(car: str) -> str:
    return " ".join(car.lower().replace("-", " ").split())
