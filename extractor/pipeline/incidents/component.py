"""Incidents: what happened to whom, what came of it, and what caused what.

Requires the annotations layout, names, people, discourse, links, sessions, quotes and results; assigns
``doc._.incidents``, a list of :class:`IncidentFact` in reading order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import (
    IncidentFact,
    Layout,
    Name,
    People,
    QuoteFact,
    ResultFact,
    SessionFact,
)
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.incidents.apart import part_cars
from extractor.pipeline.incidents.consequences import particulars
from extractor.pipeline.incidents.context import happened
from extractor.pipeline.incidents.damage import is_damage
from extractor.pipeline.incidents.events import Event
from extractor.pipeline.incidents.lists import Lists
from extractor.pipeline.incidents.merge import merge
from extractor.pipeline.incidents.outcome import Outcomes, is_grave, says_out
from extractor.pipeline.incidents.participants import Roles, Told
from extractor.pipeline.incidents.scene import Scene
from extractor.pipeline.incidents.trigger import Trigger
from extractor.pipeline.incidents.triggers import find_triggers
from extractor.pipeline.people.links import Link

_REQUIRED = [
    "doc._.layout",
    "doc._.names",
    "doc._.people",
    "doc._.discourse",
    "doc._.links",
    "doc._.sessions",
    "doc._.quotes",
    "doc._.results",
]
_ASIDE = ("title", "heading", "lead")
_DEFINITE = word_set("incident_words", "component.definite")
_RIMS = frozenset(("jante", "jantes"))
_OWN = frozenset(("son", "sa", "leur"))
_SINCE = word_set("incident_words", "context.since")
_THIS = frozenset(("ce", "cet", "cette"))
_NEUTRAL = ("safety_car", "red_flag")
_OPENING = 5  # tokens: a session named this near to the sentence's head is the one told
_NAMING = word_set("incident_words", "component.naming")
_ATTRIBUTIVE = word_set("incident_words", "component.attributive")


@Language.factory("parcferme_incidents", requires=_REQUIRED, assigns=["doc._.incidents"])
def make_incidents(nlp: Language, name: str) -> IncidentFinder:  # noqa: ARG001
    """Create the component."""
    return IncidentFinder()


class IncidentFinder:
    """Finds incidents."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.incidents``."""
        data = doc._
        data.incidents = find_incidents(
            data.layout,
            data.names,
            data.people,
            data.discourse,
            data.sessions or [],
            data.quotes or [],
            data.links or [],
            data.results or [],
        )
        return doc


def find_incidents(
    layout: Layout,
    names: list[Name],
    people: People,
    discourse: Discourse,
    sessions: list[SessionFact],
    quotes: list[QuoteFact],
    links: list[Link] | None = None,
    results: list[ResultFact] | None = None,
) -> list[IncidentFact]:
    """Return the incidents of a document in reading order.

    Args:
        layout: Tokens, blocks and sentences.
        names: The names found.
        people: Persons and the references to them.
        discourse: Grammar of the document.
        sessions: Its sessions; each sentence says which of them it speaks of.
        quotes: Speech found; incidents told in it are asserted by it.
        links: Who goes with which car and number, for cars named without a driver.
        results: Positions found; who has one was not put out.
    """
    scene = Scene(layout, names, people, discourse, sessions, quotes, links or [])
    if not scene.terms:
        return []
    finder = _Finder(scene)
    events = sorted(finder.events(), key=lambda e: (e.sentence, e.first))
    found = merge(events, [s.block for s in layout.sentences], Outcomes(scene, results or []))
    _crews(found, links or [])
    return part_cars(found, discourse, links or [])


def _crews(found: list[IncidentFact], links: list[Link]) -> None:
    """Let a crew fall out together: who shares the car of somebody retired is out with him."""
    crews: dict[int, set[tuple[int, ...]]] = defaultdict(set)
    for link in links:
        if link.car or link.number:
            for person in link.people:
                crews[person].add(tuple(sorted(link.people)))
    for fact in found:
        for person in fact.retired[:]:
            known = crews.get(person, set())
            if len(known) == 1:
                fact.retired += [p for p in next(iter(known)) if p not in fact.retired]


class _Finder:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.roles = Roles(scene)
        self.named: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for index, session in enumerate(scene.sessions):
            for first, last in session.mentions:
                self.named[scene.discourse.sentence_at(first)].append((first, last, index))
        self.neutral: dict[tuple[int, str], int] = {}
        self.opening = self._opening()

    def _opening(self) -> int:
        """Return where the paragraph ends that sums up before any session is named; 0 where none does."""
        scene = self.scene
        if len(scene.sessions) < 2:
            return 0
        bodies = (s.block for s in scene.layout.sentences if scene.layout.blocks[s.block].kind not in _ASIDE)
        first = next(bodies, -1)
        end = 1 + max((n for n, s in enumerate(scene.layout.sentences) if s.block == first), default=-1)
        return end if end <= min(self.named, default=0) else 0

    def events(self) -> Iterator[Event]:
        """Yield what the lists and the sentences tell."""
        triggers = find_triggers(self.scene)
        lists = Lists(self.scene, self.roles.cast, triggers)
        for item in lists.read():
            yield from self._events(item.told, item.sentence, None)
        for trigger in triggers:
            if lists.covers(trigger.first) or not happened(self.scene, trigger):
                continue
            told = self.roles.read(trigger)
            if trigger.type in _NEUTRAL:
                if self._only_neutralised(trigger):
                    continue
                yield from self._neutralised(trigger, told)
            else:
                yield from self._events(told, trigger.sentence, trigger)

    def _events(self, told: list[Told], number: int, trigger: Trigger | None) -> Iterator[Event]:
        events = [self._event(one, number, trigger) for one in told]
        for one, event in zip(told, events, strict=True):
            if one.caused_by is not None:
                event.causes.append(events[one.caused_by])
        yield from events

    def _event(self, told: Told, number: int, trigger: Trigger | None) -> Event:
        scene = self.scene
        session = self._session(number, told.first)
        if told.type == "did_not_start":
            session = self._contest(number, session)
        fact = IncidentFact(session, told.type, told.participants)
        fact.rule = trigger.frame if trigger is not None else "list"
        fact.asserted_by = scene.quote_at(told.first)
        fact.evidence = [scene.tokens.chars(told.first, max(told.last, told.first + 1))]
        particulars(scene, fact, number, told.first, told.last, trigger is None)
        kind = scene.layout.blocks[scene.sentence(number).block].kind
        event = Event(
            fact,
            number,
            told.first,
            told.last,
            aside=kind in _ASIDE or trigger is None or number < self.opening,
            weak=told.weak,
            pair=told.pair,
            retired=set(told.retired),
            grave=trigger is not None and is_grave(scene, told.type, trigger),
            plain=trigger is None or says_out(scene, trigger.first, trigger.last),
            echo=trigger is not None and bool(_RIMS & set(scene.norm[trigger.first : trigger.last])),
            damage=trigger is not None and is_damage(scene, trigger),
        )
        if trigger is not None and trigger.frame in ("noun", "clash", "part"):
            start = scene.phrase(number, trigger.first)
            event.definite = start < trigger.first and scene.norm[start] in _DEFINITE
            event.recalled = event.definite and scene.norm[start] in _THIS
            event.past = event.definite and scene.norm[start] in _OWN and scene.norm[start - 1] in _SINCE
            event.again = any(
                start - 1 <= t.start and t.end <= trigger.first + 1 for t in scene.around(number).all("again")
            )
        elif trigger is not None and trigger.frame == "penal":
            event.definite = trigger.first == scene.sentence(number).first and scene.norm[
                trigger.last : trigger.last + 1
            ] == [","]
        elif trigger is not None and trigger.frame != "neutral":
            event.again = any(
                trigger.last <= t.start <= trigger.last + 3
                and scene.norm[t.end - 1] in ("nouveau", "encore", "fois")
                for t in scene.around(number).all("again")
            )
        return event

    def _session(self, number: int, first: int) -> int:
        """Return the session: one named in the clause itself, else that of the sentence."""
        scene = self.scene
        sentence = scene.sentence(number)
        low, high = scene.clause(number, first), scene.clause_end(number, first)
        named = [m for m in self.named.get(number, ()) if self._happens_in(number, first, m)]
        inside = [m for m in named if low <= m[0] < high and (m[0] == low or scene.norm[m[0] - 1] in _NAMING)]
        if inside:
            return min(inside, key=lambda m: abs(m[0] - first))[2]
        if sentence.local >= 0 and (
            scene.sessions[sentence.local].kind == "stage" or any(m[2] == sentence.local for m in named)
        ):
            return sentence.local
        if sentence.session < 0:
            return 0 if self.scene.sessions else -1
        return sentence.session

    def _contest(self, number: int, session: int) -> int:
        """Return the race that somebody misses who broke down in practice: the one told next, else any."""
        scene = self.scene
        contests = [
            k for k, s in enumerate(scene.sessions) if s.kind not in ("qualifying", "practice", "stage")
        ]
        if session in contests or not contests:
            return session
        told = (s.session for s in scene.layout.sentences[number:] if s.session in contests)
        return next(told, contests[0])

    def _happens_in(self, number: int, first: int, mention: tuple[int, int, int]) -> bool:
        """Tell whether what happens at ``first`` may have happened in a session that its sentence names.

        Not in practice for "X, auteur du meilleur temps des essais, a cassé son moteur au dixième tour", nor
        in the semi-final for "la chaîne du vainqueur de la demi-finale saute".
        """
        scene = self.scene
        if set(scene.norm[max(0, mention[0] - 4) : mention[0]]) & _ATTRIBUTIVE:
            return False
        if scene.sessions[mention[2]].kind not in ("qualifying", "practice"):
            return True
        low, high = min(first, mention[0]), max(first, mention[0])
        opens = mention[0] <= min(first, scene.sentence(number).first + _OPENING)
        return opens or "," not in scene.norm[low:high]

    # --- neutralisations --------------------------------------------------------------------------------

    def _neutralised(self, trigger: Trigger, told: list[Told]) -> Iterator[Event]:
        """Yield the neutralisation, or several where the text counts them; mentions merge later."""
        number = trigger.sentence
        around = self.scene.around(number)
        event = self._event(told[0], number, trigger)
        key = (event.fact.session, trigger.type)
        before = self.neutral.get(key)
        counted = around.ending("counted", trigger.first) or next(
            (t for t in around.within("counted", trigger.last, trigger.last + 16) if t.end - t.start > 1),
            None,
        )
        if before is not None:
            event.again = self._new(trigger, before)
        if (before is None or event.again) and not event.aside:
            self.neutral[key] = trigger.first
        yield event
        if counted is not None and before is None:
            for _ in range(int(counted.value) - 1 if counted.value.isdecimal() else 0):
                more = self._event(told[0], number, trigger)
                more.again = more.extra = True
                yield more

    def _only_neutralised(self, trigger: Trigger) -> bool:
        """Tell whether a course is "interrompue par la voiture de sécurité": no red flag."""
        if trigger.type != "red_flag":
            return False
        return any(
            t.category == "neutral" and t.value == "safety_car"
            for i in range(trigger.last, trigger.last + 4)
            for t in self.scene.terms.get(i, ())
        )

    def _timed(self, trigger: Trigger) -> bool:
        return self._timed_at(trigger.first)

    def _timed_at(self, token: int) -> bool:
        """Tell whether the sentence of a token says at what minute or lap."""
        scene = self.scene
        number = scene.discourse.sentence_at(token)
        sentence, around = scene.sentence(number), scene.around(number)
        if around.all("countdown"):
            return any(n.isdecimal() for n in scene.norm[sentence.first : token])
        return any(
            n in ("minutes", "heures", "tour", "minute", "heure") and scene.norm[i - 1].isdecimal()
            for i, n in enumerate(scene.norm[sentence.first : sentence.last], sentence.first)
            if i > sentence.first
        )

    def _same_block(self, a: int, b: int) -> bool:
        scene = self.scene
        at = scene.discourse.sentence_at
        return scene.sentence(at(a)).block == scene.sentence(at(b)).block

    def _new(self, trigger: Trigger, before: int) -> bool:
        """Tell whether it comes out anew: "une seconde fois", or after the race was under way again."""
        scene, number = self.scene, trigger.sentence
        around = scene.around(number)
        sentence = scene.sentence(number)
        if scene.layout.blocks[sentence.block].kind in _ASIDE or scene.quote_at(trigger.first) is not None:
            return False
        deployed = any(
            abs(t.start - trigger.last) < 8 or abs(trigger.first - t.end) < 8 for t in around.all("deploy")
        )
        if not deployed:
            return False
        low, high = max(sentence.first, trigger.first - 8), min(sentence.last, trigger.last + 10)
        if around.within("again", low, high):
            return True
        if self._timed(trigger) and self._timed_at(before) and not self._same_block(before, trigger.first):
            return True
        first = scene.discourse.sentence_at(before)
        return any(
            t.start > before for n in range(first, number) for t in scene.around(n).all("restart")
        ) and scene.norm[trigger.first - 1] in ("un", "une", "la", "le")
