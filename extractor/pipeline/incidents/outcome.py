"""Whom a breakdown or a crash put out of the race though no word says so: nothing tells of his driving on."""

from __future__ import annotations

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import ResultFact
from extractor.pipeline.incidents.events import Event
from extractor.pipeline.incidents.scene import Scene
from extractor.pipeline.incidents.trigger import Trigger

_FINAL = frozenset(("mechanical", "crash", "fire"))
_MILD = word_set("incident_words", "outcome.mild")
_MILD_VERBS = word_tuple("incident_words", "outcome.mild_verbs")
_GOES_ON = word_tuple("incident_words", "outcome.goes_on")
_GOES_ON_WORDS = word_set("incident_words", "outcome.goes_on_words")
_GRIP = word_set("incident_words", "outcome.grip")
_COUNTED = word_set("incident_words", "outcome.counted")
_BEFORE_RACE = word_set("incident_words", "outcome.before_race")
_STOPS_TOO = word_set("incident_words", "outcome.no_going_on")
_ABSENCES = ("retirement", "did_not_start")
_RANKS = ("table", "list")
_PLAIN = word_tuple("incident_words", "outcome.plain_out")
_REACH = 14
_KEPT = frozenset(("lost_places", "repairs"))


def is_grave(scene: Scene, kind: str, trigger: Trigger) -> bool:
    """Tell whether such a thing usually ends a race: a part that broke, a crash, a fire."""
    if kind not in _FINAL or trigger.frame in ("halt", "hope"):
        return False
    words = scene.norm[trigger.anchor : trigger.last]
    return not any(n in _MILD or n.startswith(_MILD_VERBS) for n in words)


def says_out(scene: Scene, first: int, last: int) -> bool:
    """Tell whether somebody is said to be out in plain words, which stand against any classification."""
    return any(n.startswith(_PLAIN) for n in scene.norm[first:last])


def _out_of(event: Event) -> set[int]:
    """Return whom an event is known to have put out."""
    if event.fact.type == "did_not_start":
        return set()
    return event.people if event.fact.type == "retirement" else event.retired


class Outcomes:
    """Decides who is out after what usually ends a race."""

    def __init__(self, scene: Scene, results: list[ResultFact]) -> None:
        self.scene = scene
        self.norm = scene.norm
        self.classified = {
            (r.session, p) for r in results if r.kind == "final" and r.position is not None for p in r.people
        }
        self._places: dict[tuple[int, int], list[int]] = {}
        for r in results:
            if r.kind == "final" and r.position is not None:
                for p in r.people:
                    self._places.setdefault((r.session, p), []).extend(start for start, _ in r.evidence)
        self._listed = {
            (r.session, p)
            for r in results
            if r.kind == "final" and r.position is not None and r.rule == "list"
            for p in r.people
        }
        self._later: dict[int, list[tuple[int, int]]] | None = None
        self._ranked: set[tuple[int, int]] | None = None
        self._last: dict[tuple[int, int], int] | None = None

    def settle(self, events: list[Event]) -> None:
        """Let those be retired whom something grave befell and who are nowhere said to drive on."""
        absent = {
            (e.fact.session, person) for e in events if e.fact.type == "did_not_start" for person in e.people
        }
        for event in events:
            fact = event.fact
            if fact.type != "did_not_start":
                event.retired -= {p for p in event.retired if (fact.session, p) in absent}
            if fact.asserted_by is not None or _KEPT & set(fact.consequences):
                continue
            hit = event.people if event.grave else event.damaged
            for person in sorted(hit - event.retired):
                if (fact.session, person) not in absent and not self._drives_on(event, person):
                    event.retired.add(person)

    def contradicted(self, events: list[Event]) -> list[Event]:
        """Return the events without the retirements of those who are classified in the same session.

        What only suggests that somebody is out gives way to any place, and what befell somebody leaves
        him in the race where a list has him. Plain words stay: that the text contradicts itself is a finding.
        """
        kept: list[Event] = []
        mates = self._mates()
        gone: dict[int, set[tuple[int, int]]] = {}  # in which session, by which event
        for event in events:
            for person in _out_of(event):
                gone.setdefault(person, set()).add((event.fact.session, id(event)))
        for event in events:
            session = event.fact.session
            if self._told_in_part(event, gone) or self._relieved(event, gone, mates):
                continue
            if event.plain and event.fact.type != "did_not_start":
                kept.append(event)
                continue
            if event.fact.type in _ABSENCES and event.people:
                placed = {p for p in event.people if (session, p) in self.classified}
                if placed == event.people:
                    continue
                event.fact.participants = [p for p in event.fact.participants if p.person not in placed]
                event.retired -= placed
            event.retired -= {
                p for p in event.retired if (session, p) in self._listed or self._placed_behind(event, p)
            }
            kept.append(event)
        return kept

    def _placed_behind(self, event: Event, person: int) -> bool:
        """Tell whether the sentence goes on to his place: "dont un cardan a cédé, a terminé septième"."""
        last = self.scene.sentence(event.sentence).last
        tokens = self.scene.tokens
        low, high = tokens.start[event.last - 1], tokens.end[last - 1]
        return any(low < start < high for start in self._places.get((event.fact.session, person), ()))

    def _told_in_part(self, event: Event, gone: dict[int, set[tuple[int, int]]]) -> bool:
        """Tell of a list below the sum of several races that names again who fell out of one of them."""
        fact = event.fact
        if fact.type != "retirement" or fact.rule != "list" or not event.people:
            return False
        if fact.session < 0 or self.scene.sessions[fact.session].kind != "overall":
            return False
        return all(any(told != id(event) for _, told in gone.get(p, ())) for p in event.people)

    def _relieved(
        self, event: Event, gone: dict[int, set[tuple[int, int]]], mates: dict[int, set[int]]
    ) -> bool:
        """Tell of a man who did not drive because his crew was out before his turn."""
        if event.fact.type != "did_not_start" or not event.people:
            return False
        crew = {m for p in event.people for m in mates.get(p, ())} - event.people
        return any(where == event.fact.session for m in crew for where, _ in gone.get(m, ()))

    def _mates(self) -> dict[int, set[int]]:
        """Return with whom each person shares a car."""
        mates: dict[int, set[int]] = {}
        for link in self.scene.links:
            if (link.car or link.number) and len(link.people) > 1:
                for person in link.people:
                    mates.setdefault(person, set()).update(link.people)
        return mates

    def _drives_on(self, event: Event, person: int) -> bool:
        scopes = self._scopes(event.fact.session)
        if any((k, person) in self.classified or (k, person) in self._in_ranks() for k in scopes):
            return True
        sentence = self.scene.sentence(event.sentence)
        near = self.norm[max(sentence.first, event.first - 10) : min(sentence.last, event.last + 8)]
        if any(n in _BEFORE_RACE for n in near):
            return True
        if self._going_on(sentence.first, event.first) or self._going_on(event.last, sentence.last):
            return True
        later = self._last_going_on()
        return any(later.get((k, person), -1) > event.sentence for k in scopes)

    def _last_going_on(self) -> dict[tuple[int, int], int]:
        """Return by session and person the last sentence that says of him that he drives on."""
        if self._last is None:
            self._last = {}
            sentences = self.scene.layout.sentences
            for person, mentions in self._mentions().items():
                for number, first in mentions:
                    if number >= len(sentences):
                        continue
                    last = min(sentences[number].last, first + _REACH)
                    if self._going_on(first, last):
                        key = (sentences[number].session, person)
                        self._last[key] = max(number, self._last.get(key, -1))
        return self._last

    def _going_on(self, first: int, last: int) -> bool:
        """Tell whether words say that somebody drives on: "repart dernier", "finit sixième"."""
        norm = self.norm
        for i in range(first, last):
            if norm[i].endswith("ieme") and i + 1 < last and norm[i + 1] in _COUNTED:
                continue
            if norm[i].startswith("perd") and set(norm[i + 1 : i + 3]) & _GRIP:
                continue
            if (norm[i].startswith(_GOES_ON) or norm[i] in _GOES_ON_WORDS) and not (
                set(norm[max(first, i - 3) : min(i + 4, last)]) & _STOPS_TOO
            ):
                return True
        return False

    def _mentions(self) -> dict[int, list[tuple[int, int]]]:
        """Return where each person is referred to: sentence and token, in reading order."""
        if self._later is None:
            self._later = {}
            at = self.scene.discourse.sentence_at
            for ref in self.scene.people.refs:
                for person in ref.people:
                    self._later.setdefault(person, []).append((at(ref.first), ref.first))
        return self._later

    def _scopes(self, session: int) -> tuple[int, ...]:
        """Return where it shows that somebody drove on: the session, and the rally of a stage."""
        sessions = self.scene.sessions
        if session < 0 or sessions[session].kind not in ("stage", "leg"):
            return (session, -1)
        return (session, -1, *(k for k, s in enumerate(sessions) if s.kind == "overall"))

    def _in_ranks(self) -> set[tuple[int, int]]:
        """Return by session those who stand in a line of a table or list that begins with a place."""
        if self._ranked is None:
            layout = self.scene.layout
            self._ranked = set()
            for person, mentions in self._mentions().items():
                for number, _first in mentions:
                    if number >= len(layout.sentences):
                        continue
                    sentence = layout.sentences[number]
                    if layout.blocks[sentence.block].kind in _RANKS and self._opens_with_place(
                        sentence.first
                    ):
                        self._ranked.add((sentence.session, person))
        return self._ranked

    def _opens_with_place(self, first: int) -> bool:
        word = self.norm[first] if self.norm[first] not in ("|", "-", "•", "*") else self.norm[first + 1]
        return word.rstrip(".").isdecimal() or word[:1].isdecimal()
