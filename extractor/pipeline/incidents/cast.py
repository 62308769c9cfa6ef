"""Who stands in a sentence: people by name or car, cars by number, and the unnamed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import split_words
from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import IncidentParticipant, Name, Ref
from extractor.pipeline.incidents.scene import PAUSES, STOPS, Scene
from extractor.pipeline.people.links import found_between

_ARTICLES = word_set("incident_words", "cast.articles")
_OF = frozenset(("de", "d'", "du", "des"))
_TO = word_set("incident_words", "cast.to")
_JOIN = word_set("incident_words", "cast.join")
_RELATIVE = word_set("incident_words", "cast.relative")
_COMPARING = word_set("incident_words", "cast.comparing")
_LEAD_IN = word_set("incident_words", "cast.lead_in")
_CHAIN = word_set("incident_words", "cast.chain")
_IN_OBJECT = word_set("incident_words", "cast.in_object")
_CALLED = word_set("incident_words", "cast.called")
_PERSONAL = word_set("incident_words", "cast.personal")
_SMALL = word_set("incident_words", "cast.small")
_ADVERBS = word_set("incident_words", "cast.adverbs")
_RACES = word_set("incident_words", "cast.races")
_ORDER = word_set("incident_words", "cast.order")
_SIGHS = word_set("incident_words", "cast.sighs")
_TELLING = frozenset(("noun", "clash", "out"))


@dataclass(slots=True)
class Actor:
    """Somebody or some car in the text: tokens ``first`` to ``last``, with its bracket to ``outer``."""

    first: int
    last: int
    outer: int
    people: tuple[int, ...] = ()
    number: str | None = None
    ref: Ref | None = None
    many: bool = False
    pair: bool = False
    solo: bool = False  # a capital that names did not take for a person
    loose: bool = False  # a capital that may be anybody's: it keeps others from being taken for the subject


@dataclass(slots=True)
class Company:
    """The actors of one sentence."""

    actors: list[Actor]
    starts: list[int] = field(default_factory=list)
    by_end: dict[int, Actor] = field(default_factory=dict)


class Cast:
    """Finds actors and answers who is subject, object, agent or owner."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.norm = scene.norm
        self._companies: dict[int, Company] = {}
        self._cars: dict[str, tuple[int, ...]] | None = None
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._surnames: dict[str, int] | None = None

    # --- who is there -----------------------------------------------------------------------------------

    def company(self, number: int) -> Company:
        """Return the actors of a sentence."""
        found = self._companies.get(number)
        if found is None:
            actors = sorted(self._gather(number), key=lambda a: (a.first, -a.last))
            self._own_cars(actors, number)
            found = Company(actors, [a.first for a in actors])
            for actor in actors:
                found.by_end.setdefault(actor.last, actor)
                found.by_end[actor.outer] = actor
            self._companies[number] = found
        return found

    def _own_cars(self, actors: list[Actor], number: int) -> None:
        """Give "sa Ligier n°9" to whom the sentence speaks of."""
        for k, actor in enumerate(actors):
            if actor.people or actor.solo or self.norm[actor.first] not in ("sa", "son", "leur"):
                continue
            owners = [
                a
                for a in actors[:k]
                if a.people and not a.loose and not self.governed(a) and not self.is_object(a)
            ]
            if owners:
                actor.people = owners[-1].people
            elif number < len(self.scene.discourse.focus):
                actor.people = self.scene.discourse.focus[number]

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
            if self.norm[i - 1] in _CHAIN or (
                i - 1 > floor
                and self.scene.tokens.shape[i - 1] in "UCd"
                and self.norm[i - 1] not in _ARTICLES
            ):
                i -= 1
                continue
            break
        while i < end and i > floor and self.norm[i - 1] in _ARTICLES:
            i -= 1
        return i

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
                people = self._drivers_of(self.scene.tokens.surface(first, last))
            else:
                people = self._numbers_of(str(value))
            if kind == "car" and not people:
                last = self._team_behind(last, sentence.last, found)
            found.append(Actor(start, last, last, people, value))
            taken.append((start, last))
        return found

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

    def _numbers_of(self, value: str) -> tuple[int, ...]:
        self._drivers_of("")
        return self._numbers.get(value, ())

    def _drivers_of(self, surface: str) -> tuple[int, ...]:
        """Return who drives the car of that name, if only one crew does."""
        if self._cars is None:
            self._cars = {}
            for link in self.scene.links:
                if link.car:
                    self._cars.setdefault(" ".join(link.car.lower().replace("-", " ").split()), link.people)
                if link.number:
                    self._numbers.setdefault(link.number, link.people)
            self._owned_cars()
        words = set(surface.lower().replace("-", " ").split())
        if not words:
            return ()
        crews = {who for car, who in self._cars.items() if words <= set(car.split())}
        return crews.pop() if len(crews) == 1 else ()

    def _owned_cars(self) -> None:
        """Remember whose car "son Audi" is."""
        cars = self._cars if self._cars is not None else {}
        discourse = self.scene.discourse
        for name in self.scene.names:
            if name.kind != "car" or name.first == 0 or self.norm[name.first - 1] not in ("son", "sa"):
                continue
            number = discourse.sentence_at(name.first)
            people = discourse.subject(name.first - 1, self.scene.sentence(number))
            if people:
                surface = self.scene.tokens.surface(name.first, name.last)
                cars.setdefault(" ".join(surface.lower().replace("-", " ").split()), people)

    def holder(self, token: int, number: int) -> list[Actor]:
        """Return whose race it is: "la course de X n'aura duré que deux tours"."""
        for actor in self.between(number, self.scene.clause(number, token), token):
            if actor.people and set(self.norm[max(0, actor.first - 3) : actor.first]) & _RACES:
                return [actor]
        return self.subject(token, number) or self.carried(number)

    def ranked(self, token: int, number: int) -> list[Actor]:
        """Return whom "le second" means where the sentence before named two."""
        first = self.scene.sentence(number).first
        if number == 0:
            return []
        for i in range(token - 1, max(first, token - 6), -1):
            place = 0 if self.norm[i] in ("premier", "premiere") else 1
            if self.norm[i] in _ORDER and self.norm[i - 1] in ("le", "la"):
                if self.scene.discourse.refs_between(i - 1, token):
                    return []
                named = [
                    a
                    for a in self.company(number - 1).actors
                    if len(a.people) == 1 and a.first >= 0 and self.norm[a.first] not in _PERSONAL
                ]
                return [named[place]] if len({a.people for a in named}) == 2 and len(named) == 2 else []
        return []

    def topical(self, token: int, number: int) -> list[Actor]:
        """Return whom "pour" makes the topic: "déception pour X", "pour A comme pour B, c'est fini"."""
        found: list[Actor] = []
        for actor in self.company(number).actors:
            if (
                actor.first < token
                and self.norm[actor.first - 1] in ("pour", "chez")
                and (not found or self.norm[found[-1].outer : actor.first - 1] in (["comme"], ["et"]))
            ) or (
                not found
                and actor.first < token
                and self.norm[max(0, actor.first - 2) : actor.first] in (["quant", "a"], ["quant", "aux"])
            ):
                found = [*found, *self._with(actor, number)]
        return found

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

    # --- grammar ----------------------------------------------------------------------------------------

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

    def group(self, number: int, actor: Actor) -> list[Actor]:
        """Return the actors that are enumerated together with this one."""
        actors = self.company(number).actors
        i = next((k for k, a in enumerate(actors) if a is actor), -1)
        if i < 0:
            return [actor]
        low = high = i
        while low > 0 and self._joined(actors[low - 1], actors[low]):
            low -= 1
        while high + 1 < len(actors) and self._joined(actors[high], actors[high + 1]):
            high += 1
        return actors[low : high + 1]

    def _joined(self, left: Actor, right: Actor) -> bool:
        if left.pair or right.pair or left.loose or right.loose:
            return False
        between = self.norm[left.outer : right.first]
        if len(between) == 2 and between[0] == "et" and between[1] in ("de", "d'"):
            return True
        return (
            0 < len(between) <= 3
            and all(n in _JOIN for n in between)
            and self.norm[right.first] not in _PERSONAL
        )

    def subject(self, token: int, number: int) -> list[Actor]:
        """Return the subject of the verb at ``token``, to its left."""
        sentence = self.scene.sentence(number)
        by_end = self.company(number).by_end
        i, comma = token - 1, False
        while i >= sentence.first:
            norm = self.norm[i]
            comma = comma or norm == ","
            if norm in _RELATIVE:
                antecedent = self._before(i, number)
                if antecedent is not None and not (
                    comma and (self._governed_group(antecedent, number) or self.is_object(antecedent))
                ):
                    return self._led_by(antecedent, number) if not self.governed(antecedent) else [antecedent]
                if antecedent is None and not comma and self.norm[i - 1] != "ce":
                    return []
            actor = by_end.get(i + 1)
            if actor is not None and actor.last <= token and actor.first <= i:
                if self._heads(actor, token, number):
                    return self._led_by(self._as_for(actor, number), number)
                i = actor.first - 1
                continue
            if norm in ("il", "elle") and self._personal(i):
                return []
            i -= 1
        return []

    def _heads(self, actor: Actor, token: int, number: int) -> bool:
        """Tell whether an actor to the left of a verb can be its subject."""
        if self.norm[actor.first] in _PERSONAL:
            return True
        if self._ruled(actor, token, number):
            return False
        if actor.people or actor.number is not None or actor.first == self.scene.sentence(number).first:
            return True
        opens = self.norm[actor.first - 1] in _LEAD_IN or "break" in self.scene.discourse.ends.get(
            actor.first, ()
        )
        return opens or token - actor.outer <= 1

    def _ruled(self, actor: Actor, token: int, number: int) -> bool:
        """Tell whether a preposition or a verb governs an actor or those enumerated with it.

        "Touché par A, B part en tonneaux": a comma right before the subject joins nothing.
        """
        if self.governed(actor) or self.is_object(actor):
            return True
        first = self.group(number, actor)[0]
        if first is actor:
            return False
        between = self.norm[first.outer : actor.first]
        if token - actor.outer <= 1 and not set(between) & {"et", "/", "&", "puis", "ou", "ainsi"}:
            return False
        return self.governed(first) or (
            self.is_object(first) and bool(set(between) & {"et", "puis", "/", "&"})
        )

    def _personal(self, i: int) -> bool:
        return "subject_pronoun" in self.scene.discourse.ends.get(i + 1, ())

    def _as_for(self, actor: Actor, number: int) -> Actor:
        """Let "quant à la #21, elle" stand for the car named."""
        first = self.scene.sentence(number).first
        if self.norm[actor.first] not in _PERSONAL:
            return actor
        if self.norm[first : first + 1] == ["quant"]:
            for other in self.between(number, first, actor.first):
                return other
        for other in self.company(number).actors:
            if (
                other.first < actor.first
                and other.solo
                and not self.governed(other)
                and not self.is_object(other)
            ):
                return other
        return actor

    def _with(self, actor: Actor, number: int) -> list[Actor]:
        """Return an actor and those enumerated behind it."""
        return self._together([a for a in self.group(number, actor) if a.first >= actor.first])

    def _together(self, actors: list[Actor]) -> list[Actor]:
        """Cut an enumeration that no "et" closes: its commas may belong to the sentence."""
        for k in range(len(actors) - 1, 0, -1):
            between = self.norm[actors[k - 1].outer : actors[k].first]
            if set(between) & {"et", "/", "&", "-", "–", "ou", "puis", "ainsi"}:
                return actors[: k + 1]
        return actors[:1]

    def _led_by(self, actor: Actor, number: int) -> list[Actor]:
        own = self.governed(actor)
        return [
            a
            for a in self.group(number, actor)
            if a is actor or (a.first < actor.first and (own or not self.governed(a)))
        ]

    def _governed_group(self, actor: Actor, number: int) -> bool:
        return self.governed(actor) or self.governed(self.group(number, actor)[0])

    def _before(self, relative: int, number: int) -> Actor | None:
        by_end = self.company(number).by_end
        end = relative
        while end > 0 and self.norm[end - 1] in (",", "–", "-", ")"):
            if end in by_end:
                return by_end[end]
            end -= 1
        return by_end.get(end)

    def apposed(self, token: int, number: int) -> list[Actor]:
        """Return whom the words at ``token`` are set beside: "devant X, victime d'une crevaison"."""
        while token > 1 and self.norm[token - 1] in _SIGHS:
            token -= 1
        if token > 0 and self.norm[token - 1] in (",", "(", "–", "—"):
            token -= 1
        actor = self.company(number).by_end.get(token)
        if actor is not None and actor.loose and self.governed(actor):
            return []
        if (
            actor is not None
            and self.scene.tokens.text[token + 1 : token + 2]
            and self.scene.tokens.text[token + 1].endswith(("é", "ée", "i", "ie", "u", "ue", "victime"))
        ):
            return [actor]
        if actor is not None and not actor.loose:
            group = self.group(number, actor)
            k = next(i for i, a in enumerate(group) if a is actor)
            if k and not set(self.norm[group[k - 1].outer : actor.first]) & {"et", "/", "&", "-", "puis"}:
                return [actor]
        return (
            self._together([a for a in self.group(number, actor) if a.first <= actor.first])
            if actor is not None
            else []
        )

    def behind(self, token: int, number: int) -> list[Actor]:
        """Return the subject that follows a participial clause: "Victime d'une crevaison, X rentre"."""
        for actor in self.company(number).actors:
            if actor.first < token or self.norm[actor.first] in _PERSONAL:
                continue
            opens = actor.first - 1
            if self.norm[opens] in ("«", "“", '"'):
                opens -= 1
            if self.norm[opens] in (",", ":") and not self.is_object(actor):
                return self._with(actor, number)
            if actor.loose:
                continue
            if self.norm[actor.first - 1] not in ("de", "d'", "du") and not self.governed(actor):
                return []
        return []

    def inverted(self, token: int, number: int) -> list[Actor]:
        """Return the subject right behind a verb: "abandonnent aussi X et Y"."""
        for actor in self.between(number, token, min(self.scene.sentence(number).last, token + 5)):
            if self.governed(actor) or any(
                (n in STOPS and n != ":") or n == "," for n in self.norm[token : actor.first]
            ):
                return []
            return self._with(actor, number)
        return []

    def complement(self, token: int, number: int) -> list[Actor]:
        """Return whose the noun that ends at ``token`` is: "la crevaison de X", "un abandon pour X"."""
        last = self.scene.sentence(number).last
        for j in range(token, min(last, token + 4)):
            norm = self.norm[j]
            if norm in _OF or norm in _TO:
                for actor in self.between(number, j, min(last, j + 5)):
                    if any(n in PAUSES for n in self.norm[j : actor.first]):
                        break
                    if actor.first - j > 2 and norm in _OF and not self._titled(j + 1, actor.first):
                        break
                    return self._with(actor, number)
                if norm in _OF:
                    return []
                continue
            if norm in PAUSES or norm in ("et", "mais", "qui", "que", "à", "a", "au", "dans", "en", "sur"):
                return []
        return []

    def _titled(self, first: int, last: int) -> bool:
        return all(
            n in _ARTICLES or self.scene.tokens.shape[first + k] in "lC"
            for k, n in enumerate(self.norm[first:last])
        )

    def object(self, token: int, number: int, reach: int = 6) -> list[Actor]:
        """Return whom the verb that ends at ``token`` hits: "percute la #78", "tape l'arrière de X"."""
        for actor in self.between(number, token, min(self.scene.sentence(number).last, token + reach)):
            between = self.norm[token : actor.first]
            if any(n in PAUSES or n in _IN_OBJECT for n in between):
                return []
            return self._with(actor, number)
        return []

    def agent(self, token: int, number: int, reach: int = 12) -> list[Actor]:
        """Return by whom: the actor behind "par"."""
        last = min(self.scene.sentence(number).last, token + reach)
        for j in range(token, last):
            if self.norm[j] in STOPS:
                return []
            if self.norm[j] == "par":
                for actor in self.between(number, j + 1, min(self.scene.sentence(number).last, j + 5)):
                    return self._with(actor, number)
                return []
        return []

    def partners(self, token: int, number: int, words: frozenset[str], reach: int = 8) -> list[Actor]:
        """Return the actors behind one of the words: "entre A et B", "avec B", "impliquant A, B et C"."""
        last = min(self.scene.sentence(number).last, token + reach)
        for j in range(token, last):
            if self.norm[j] in STOPS or self.norm[j] == ")":
                return []
            if self.norm[j] in words:
                for actor in self.between(number, j + 1, min(self.scene.sentence(number).last, j + 7)):
                    near = actor.first - j <= 2 or all(
                        n in _ARTICLES or n in _CALLED for n in self.norm[j + 1 : actor.first]
                    )
                    return self._all_of(self.group(number, actor), actor) if near else []
                return []
        return []

    def _all_of(self, group: list[Actor], actor: Actor) -> list[Actor]:
        return [a for a in group if a.first >= actor.first]

    def host(self, token: int, number: int) -> list[Actor] | None:
        """Return whom a bracket around ``token`` is about; ``None`` where there is no bracket."""
        sentence = self.scene.sentence(number)
        depth = 0
        for i in range(token - 1, max(sentence.first - 1, token - 30), -1):
            norm = self.norm[i]
            if norm == ")":
                depth += 1
            elif norm == "(":
                if depth == 0:
                    actor = self.company(number).by_end.get(i)
                    for other in self.company(number).actors:
                        if other.last <= i < other.outer:
                            actor = other
                    return [actor] if actor is not None else self.subject(i, number)
                depth -= 1
        return None

    def carried(self, number: int) -> list[Actor]:
        """Return whom the sentence before spoke of, as an actor without words of its own."""
        focus = self.scene.discourse.focus[number] if number < len(self.scene.discourse.focus) else ()
        if not focus or number == 0:
            return []
        if self.scene.sentence(number - 1).block != self.scene.sentence(number).block:
            return []
        return [] if self._opens_with_role(number) else [Actor(-1, -1, -1, focus)]

    def _opens_with_role(self, number: int) -> bool:
        """Tell whether the sentence begins with somebody else whom nobody resolved: "son équipier"."""
        first = self.scene.sentence(number).first
        terms = layer("roles").find(self.norm[first : first + 4])
        named = bool(terms) and terms[0].start == 0 and terms[0].category in ("role", "driver_of")
        return named and not self.between(number, first, first + 4)

    def clitic(self, verb: int, number: int) -> bool:
        """Tell whether an object pronoun stands before the verb: "la relègue", "lui coûte"."""
        i = verb - 1
        first = self.scene.sentence(number).first
        while i > first and self.norm[i] in _ADVERBS:
            i -= 1
        return self.norm[i] in _SMALL and self.norm[i] not in ("se", "s'", "me", "m'")

    def participant(self, actor: Actor, role: str) -> list[IncidentParticipant]:
        """Return an actor as participants of an incident: one for each person."""
        people = actor.people
        if actor.first < 0:
            names = self.scene.people.persons
            return [IncidentParticipant(p, None, names[p].name, role) for p in people]
        text = self.scene.tokens.surface(actor.first, actor.last)
        if people:
            return [IncidentParticipant(p, actor.number, text, role) for p in people]
        return [IncidentParticipant(None, actor.number, text, role)]
