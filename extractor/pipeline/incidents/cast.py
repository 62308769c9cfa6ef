"""Who of those in a sentence is subject, object, agent or owner."""

from __future__ import annotations

from extractor.lexicon.words import layer, word_set
from extractor.pipeline.annotations import IncidentParticipant
from extractor.pipeline.incidents.actors import Actors
from extractor.pipeline.incidents.company import Actor
from extractor.pipeline.incidents.scene import PAUSES, STOPS

_ARTICLES = word_set("incident_words", "cast.articles")
_OF = frozenset(("de", "d'", "du", "des"))
_TO = word_set("incident_words", "cast.to")
_JOIN = word_set("incident_words", "cast.join")
_RELATIVE = word_set("incident_words", "cast.relative")
_NEAREST = frozenset(("lequel", "laquelle", "lesquels", "lesquelles"))  # they point at the name beside them
_LEAD_IN = word_set("incident_words", "cast.lead_in")
_IN_OBJECT = word_set("incident_words", "cast.in_object")
_CALLED = word_set("incident_words", "cast.called")
_PERSONAL = word_set("incident_words", "cast.personal")
_SMALL = word_set("incident_words", "cast.small")
_ADVERBS = word_set("incident_words", "cast.adverbs")
_RACES = word_set("incident_words", "cast.races")
_ORDER = word_set("incident_words", "cast.order")
_OTHERS = word_set("incident_words", "cast.others")
_SIGHS = word_set("incident_words", "cast.sighs")


class Cast(Actors):
    """Answers who is subject, object, agent or owner."""

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
                    comma
                    and norm not in _NEAREST
                    and (self._governed_group(antecedent, number) or self.is_object(antecedent))
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
                    return self._and_those(self._with(actor, number), norm, number)
                if norm in _OF:
                    return []
                continue
            if norm in PAUSES or norm in ("et", "mais", "qui", "que", "à", "a", "au", "dans", "en", "sur"):
                return []
        return []

    def _and_those(self, actors: list[Actor], preposition: str, number: int) -> list[Actor]:
        """Add whom the preposition names once more behind "et": "pour la n° 6 de A et pour la n° 5 de B"."""
        end = actors[-1].outer
        if self.norm[end : end + 2] != ["et", preposition]:
            return actors
        behind = self.between(number, end + 2, min(self.scene.sentence(number).last, end + 5))
        return [*actors, *self._with(behind[0], number)] if behind else actors

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
        if set(self.norm[first : first + 2]) & _OTHERS:
            return True
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
