"""Who stands in a sentence: people by name or car, cars by number, and the unnamed."""

from __future__ import annotations

from bisect import bisect_left

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import split_words
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, Ref
from extractor.pipeline.incidents.company import Actor, Company
from extractor.pipeline.incidents.garage import Garage
from extractor.pipeline.incidents.scene import Scene
from extractor.pipeline.people.links import found_between

_ARTICLES = word_set("incident_words", "cast.articles")
_OF = frozenset(("de", "d'", "du", "des"))
_COMPARING = word_set("incident_words", "cast.comparing")
_CHAIN = word_set("incident_words", "cast.chain")
_RIDING = frozenset(("sur", "dont"))
_SHORT_WORD = 3
_RIDING_REACH = 16
_MODEL_WORDS = frozenset(("type", "turbo", "groupe", "serie", "speciale", "coupe"))
_THEY = frozenset(("ils", "elles"))
_TELLING = frozenset(("noun", "clash", "out"))


class Actors:
    """Finds the actors of each sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.norm = scene.norm
        self._companies: dict[int, Company] = {}
        self._garage = Garage(scene)
        self._surnames: dict[str, int] | None = None

    def company(self, number: int) -> Company:
        """Return the actors of a sentence."""
        found = self._companies.get(number)
        if found is None:
            actors = sorted(self._gather(number), key=lambda a: (a.first, -a.last))
            self._own_cars(actors, number)
            self._with_teams(actors, number)
            found = Company(actors, [a.first for a in actors])
            for actor in actors:
                found.by_end.setdefault(actor.last, actor)
                found.by_end[actor.outer] = actor
            self._companies[number] = found
        return found

    def _with_teams(self, actors: list[Actor], number: int) -> None:
        """Let a car reach over the team behind it: "la n° 4 de la Scuderia X, qui ..."."""
        sentence = self.scene.sentence(number)
        teams = {
            n.first: n.last
            for n in found_between(self.scene.names, sentence.first, sentence.last)
            if n.kind == "team"
        }
        for actor in actors if teams else ():
            i = actor.outer
            if actor.number is None or i >= sentence.last or self.norm[i] not in _OF:
                continue
            i += 1 + (self.norm[i + 1 : i + 2] in (["la"], ["l'"], ["team"]))
            actor.outer = teams.get(i, actor.outer)

    def _own_cars(self, actors: list[Actor], number: int) -> None:
        """Give "sa Ligier n°9" to whom the sentence speaks of."""
        for k, actor in enumerate(actors):
            if actor.people or actor.solo:
                continue
            ridden = self._ridden(actor, number)
            if not ridden and self.norm[actor.first] not in ("sa", "son", "leur"):
                continue
            owners = [
                a
                for a in actors[:k]
                if a.people and not a.loose and (ridden or not self.governed(a)) and not self.is_object(a)
            ]
            if ridden:
                if owners and actor.first - owners[-1].last <= _RIDING_REACH:
                    actor.people = owners[-1].people
            elif owners:
                actor.people = owners[-1].people
            elif number < len(self.scene.discourse.focus):
                actor.people = self.scene.discourse.focus[number]

    def _ridden(self, actor: Actor, number: int) -> bool:
        """Tell whether a car is told of as somebody's: "X, deuxième sur la n° 7", "X, dont la n° 12"."""
        if actor.number is None:
            return False
        floor = max(self.scene.sentence(number).first, actor.first - 9)
        for i in range(actor.first, floor - 1, -1):
            if self.norm[i] in _RIDING:
                return True
            if (
                i < actor.first
                and self.norm[i] not in _ARTICLES
                and self.scene.tokens.shape[i] not in "UCIdp"
            ):
                return False
        return False

    def between(self, number: int, first: int, last: int) -> list[Actor]:
        """Return the actors that begin in a token range of a sentence."""
        company = self.company(number)
        found = company.actors[bisect_left(company.starts, first) : bisect_left(company.starts, last)]
        return [a for a in found if not a.loose]

    def _gather(self, number: int) -> list[Actor]:
        scene, sentence = self.scene, self.scene.sentence(number)
        discourse = scene.discourse
        refs = discourse.refs_between(sentence.first, sentence.last)
        names = found_between(scene.names, sentence.first, sentence.last)
        things = {n.last: n for n in names if n.kind in ("car", "number", "team", "class")}
        actors: list[Actor] = []
        crewed: set[int] = set()
        for ref in refs:
            if ref.first in crewed or not ref.people:
                continue
            actor = self._of_ref(ref, number, things)
            if self.norm[ref.first] in _THEY:
                actor.people = self._named_together(ref, refs) or actor.people
            elif ref.form == "nominal" and self.norm[ref.last - 1] == "equipage":
                actor.people = self._crew_told(number, ref, refs) or actor.people
            if (actor.first < ref.first and actor.number is not None) or self._driven(actor, ref):
                group = [r for r in discourse.group(ref) if r.first >= ref.first]
                crewed.update(r.first for r in group)
                last = group[-1]
                actor.people = tuple(dict.fromkeys(p for r in group for p in r.people))
                actor.last, actor.outer = last.last, max(last.outer, last.last)
            actors.append(actor)
        actors += self._things(number, names, actors)
        actors += self._unnamed(number, actors)
        return self._without_inner(actors)

    def _named_together(self, pronoun: Ref, refs: list[Ref]) -> tuple[int, ...]:
        """Return whom "ils" means where the sentence began with two enumerated: "A et B ... ; ils"."""
        first = next((r for r in refs if r.form == "name" and r.last <= pronoun.first), None)
        group = self.scene.discourse.group(first) if first is not None else []
        people = tuple(dict.fromkeys(p for r in group if r.last <= pronoun.first for p in r.people))
        return people if len(people) > 1 else ()

    def _crew_told(self, number: int, noun: Ref, refs: list[Ref]) -> tuple[int, ...]:
        """Return whom a bare "l'équipage" means: those just named, or whom the sentence before spoke of."""
        named = {p: 0 for r in refs if r.form == "name" and r.last <= noun.first for p in r.people}
        focus = self.scene.discourse.focus[number : number + 1]
        return (tuple(named) if len(named) <= 3 else ()) if named else (focus[0] if focus else ())

    def _driven(self, actor: Actor, ref: Ref) -> bool:
        """Tell whether the actor is a car with its crew behind "de"."""
        return (
            actor.first < ref.first
            and any(self.norm[k] in _OF for k in range(actor.first, ref.first))
            and actor.ref is None
        )

    def _of_ref(self, ref: Ref, number: int, things: dict[int, Name]) -> Actor:
        scene = self.scene
        outer = max(ref.outer, ref.last)
        head = scene.discourse.head(ref)
        floor = scene.sentence(number).first
        number_of = ref.number
        if ref.form == "car":
            first = self._car_start(ref.first, floor, things)
            if first == ref.first and first > floor and self.norm[first - 1] in _ARTICLES:
                first -= 1
            return Actor(first, ref.last, outer, ref.people, ref.number, ref)
        if head - 1 >= floor and self.norm[head - 1] in _OF:
            start = self._car_start(head - 1, floor, things)
            if start < head - 1:
                for name in found_between(scene.names, start, head):
                    if name.kind == "number":
                        number_of = name.value
                return Actor(start, ref.last, outer, ref.people, number_of)
        return Actor(head, ref.last, outer, self._single(ref, number), number_of, ref)

    def _single(self, ref: Ref, number: int) -> tuple[int, ...]:
        """Return whom "le Liégeois" means: one person, not all whom the sentence before spoke of."""
        if ref.form != "nominal" or len(ref.people) < 2 or not self._demonym(ref):
            return ref.people
        sentence = self.scene.sentence(number)
        for other in reversed(self.scene.discourse.refs_between(sentence.first, ref.first)):
            if other.form == "name" and len(other.people) == 1:
                return other.people
        if number and self.scene.sentence(number - 1).block == sentence.block:
            before = self.scene.sentence(number - 1)
            for other in reversed(self.scene.discourse.refs_between(before.first, before.last)):
                if other.form == "name" and len(other.people) == 1 and other.people[0] in ref.people:
                    return other.people
        return ()

    def _demonym(self, ref: Ref) -> bool:
        return ref.last - ref.first == 2 and self.scene.tokens.shape[ref.last - 1] == "C"

    def _car_start(self, end: int, floor: int, things: dict[int, Name]) -> int:
        """Return where the noun phrase of a car that ends at ``end`` begins, article included."""
        i = end
        around = self.scene.around(self.scene.discourse.sentence_at(end))
        while i > floor:
            name = things.get(i)
            if name is not None:
                i = max(floor, name.first)
                continue
            vehicle = around.ending("vehicle", i)
            if vehicle is not None:
                i = vehicle.start
                continue
            if any(t.category in _TELLING for t in self.scene.terms.get(i - 1, ())):
                break
            if self._model(i - 1, floor, things):
                i -= 1
                continue
            if self.norm[i - 1] in _CHAIN or (
                i - 1 > floor
                and self.scene.tokens.shape[i - 1] in "UCId"
                and self.norm[i - 1] not in _ARTICLES
            ):
                i -= 1
                continue
            break
        while i < end and i > floor and self.norm[i - 1] in _ARTICLES:
            i -= 1
        return i

    def _model(self, i: int, floor: int, things: dict[int, Name]) -> bool:
        """Tell whether a small word between a car and "de" is its model or colour: "la Ford escort de X"."""
        car = things.get(i)
        return (
            car is not None
            and car.kind == "car"
            and i > floor
            and self.scene.tokens.shape[i] == "l"
            and len(self.norm[i]) > _SHORT_WORD
            and self.norm[i + 1] in _OF
        )

    def _things(self, number: int, names: list[Name], actors: list[Actor]) -> list[Actor]:
        """Return the cars that nobody's name goes with."""
        taken = [(a.first, max(a.outer, a.last)) for a in actors]
        sentence = self.scene.sentence(number)
        things = {n.last: n for n in names}
        found: list[Actor] = []
        for name in reversed(names):
            kind, first, last = name.kind, name.first, name.last
            if kind not in ("number", "car", "other") or any(a <= first < b for a, b in taken):
                continue
            if kind == "other":
                known = self._surname(first, last)
                if known or (first > sentence.first and self._may_be_person(first, last)):
                    found.append(Actor(first, last, max(last, name.outer), known, solo=True, loose=not known))
                    taken.append((first, last))
                continue
            start = self._car_start(first, sentence.first, things)
            if start == first and start > sentence.first and self.norm[start - 1] in _ARTICLES:
                start -= 1
            if kind == "car" and not self._article(start + (start < first)):
                continue
            value: str | None = name.value if kind == "number" else None
            people: tuple[int, ...] = ()
            if kind == "car":
                if self.norm[start] in ("un", "une"):
                    found.append(Actor(start, last, last))
                    taken.append((start, last))
                    continue
                people = self._garage.drivers_of(self.scene.tokens.surface(first, last))
            else:
                people = self._garage.numbers_of(str(value))
            if kind == "car" and not people:
                people, last = self._driver_behind(last, sentence.last)
            if kind == "car" and not people:
                last = self._team_behind(last, sentence.last, found)
            found.append(Actor(start, last, last, people, value))
            taken.append((start, last))
        return found

    def _driver_behind(self, last: int, end: int) -> tuple[tuple[int, ...], int]:
        """Return who drives "la Jaguar Type E de X", and where that ends."""
        i = last
        while i < min(end, last + 4) and (
            self.scene.tokens.shape[i] in "UCdI" or self.norm[i] in _MODEL_WORDS
        ):
            i += 1
        if i == last or i >= end or self.norm[i] not in _OF:
            return (), last
        ref = next((r for r in self.scene.discourse.refs_between(i + 1, i + 3) if r.form == "name"), None)
        if ref is None:
            return (), last
        group = [r for r in self.scene.discourse.group(ref) if r.first >= ref.first]
        return tuple(dict.fromkeys(p for r in group for p in r.people)), group[-1].last

    def _team_behind(self, last: int, end: int, found: list[Actor]) -> int:
        """Return where "la Suzuki du Team X" ends: a car's team is part of the car, and nobody of its own."""
        if last + 1 >= end or self.norm[last] not in ("du", "de", "d'"):
            return last
        i = last + 1
        while i < end and self.scene.tokens.shape[i] in "CU":
            i += 1
        if i == last + 1 or self.scene.discourse.refs_between(last, i):
            return last
        found[:] = [a for a in found if not (last <= a.first < i)]
        return i

    def _may_be_person(self, first: int, last: int) -> bool:
        k = first
        while k > 1 and self.scene.tokens.shape[k - 1] in "CUI":
            k -= 1
        if self.norm[k - 1] in _OF and (k < first or self.norm[k - 2] == ","):
            return False  # "X, d'Angeville Vitesse, touche Y"
        if self.norm[first - 1] in _ARTICLES or self.norm[first - 1] in ("aux", "des", "les", "-"):
            return False
        return all(
            self.scene.tokens.shape[i] in "CUp" and not any(c.isdecimal() for c in self.norm[i])
            for i in range(first, last)
        )

    def _surname(self, first: int, last: int) -> tuple[int, ...]:
        """Return the person whose surname these words are, though nobody took them for a name."""
        if self._surnames is None:
            self._surnames = {}
            for number, person in enumerate(self.scene.people.persons):
                for form in (person.name, *person.aliases):
                    words = [fold(w) for w in split_words(form)]
                    self._surnames.setdefault(" ".join(words), number)
                    self._surnames.setdefault(words[-1], number)
        known = self._surnames.get(" ".join(self.norm[first:last]))
        return (known,) if known is not None else ()

    def _article(self, first: int) -> bool:
        return (
            first > 0
            and self.norm[first - 1] in _ARTICLES
            and self.norm[first - 1] not in ("son", "sa", "leur")
        )

    def _unnamed(self, number: int, actors: list[Actor]) -> list[Actor]:
        found: list[Actor] = []
        for term in self.scene.around(number).all("somebody"):
            if any(a.first < term.end and term.start < a.outer for a in actors):
                continue
            if found and found[-1].last > term.start:
                continue
            found.append(
                Actor(term.start, term.end, term.end, many=term.value != "one", pair=term.value == "pair")
            )
        sentence = self.scene.sentence(number)
        found.extend(
            Actor(i, i + 1, i + 1, many=True, pair=True)
            for i in range(sentence.first, sentence.last)
            if self.norm[i] in ("ils", "elles") and not any(a.first <= i < a.last for a in actors)
        )
        return found

    def _without_inner(self, actors: list[Actor]) -> list[Actor]:
        kept: list[Actor] = []
        for actor in sorted(actors, key=lambda a: (a.first, -a.last)):
            if kept and actor.last <= kept[-1].last and actor.first >= kept[-1].first:
                continue
            if kept and actor.last <= kept[-1].outer and set(actor.people) <= set(kept[-1].people):
                continue
            kept.append(actor)
        return kept

    def governed(self, actor: Actor) -> bool:
        """Tell whether a preposition stands before an actor."""
        i = actor.first
        if self.norm[i] in ("du", "au") or (self.norm[i - 1] in ("aux", "des") and i > 0):
            return True
        if i > 0 and self.norm[i - 1] in ("que", "qu'"):
            return bool(set(self.norm[max(0, i - 5) : i - 1]) & _COMPARING)
        if actor.ref is not None and self.scene.discourse.governed(actor.ref):
            return True
        categories = self.scene.discourse.ends.get(i, ())
        return "governor" in categories and "break" not in categories

    def is_object(self, actor: Actor) -> bool:
        """Tell whether a transitive verb stands right before an actor."""
        return "transitive" in self.scene.discourse.ends.get(actor.first, ()) or self.scene.hit_before(
            actor.first
        )
