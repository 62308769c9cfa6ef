"""Phrases put on the page: slots filled, verbs conjugated, evidence noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.corpus.draft import EntryFact, IncidentFact, Participant, QuoteFact, ResultFact, SessionFact
from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.clock import iso
from extractor.corpus.generator.grammar import before, ordinal, parted, suffix
from extractor.corpus.generator.habits import Habits
from extractor.corpus.generator.model import Entry, Happening, Meeting, Run
from extractor.corpus.generator.page import Name, Page, Piece
from extractor.corpus.generator.referring import Caller, Form, Ref
from extractor.corpus.generator.templates import Ending, Node, Slot, Template, Verb, flat, parse, pool
from extractor.corpus.generator.verbs import TENSES, conjugated
from extractor.corpus.markup import Range

_FIXED = {"f": (True, False), "m": (False, False), "fp": (True, True), "mp": (False, True)}
_POSSESSIVES = {"son": "leur", "sa": "leur", "ses": "leurs"}

Given = str | Ref | Name | tuple[Piece, ...]


@dataclass(slots=True)
class Told:
    """A phrase on the page: where it stands, and where each of its slots does."""

    range: Range
    slots: dict[str, Range] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)


@dataclass(slots=True)
class Facts:
    """What has been told, before it becomes a draft."""

    sessions: dict[str, SessionFact] = field(default_factory=dict)
    results: dict[tuple[Any, ...], ResultFact] = field(default_factory=dict)
    incidents: list[IncidentFact] = field(default_factory=list)
    quotes: list[QuoteFact] = field(default_factory=list)
    entries: dict[Entry, list[Range]] = field(default_factory=dict)
    event: dict[str, Any] = field(default_factory=dict)
    event_at: list[Range] = field(default_factory=list)
    skipped: list[Range] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)


class Teller:
    """Tells phrases about one meeting on one page."""

    def __init__(self, meeting: Meeting, habits: Habits, chance: Chance) -> None:
        self.meeting, self.habits, self.chance = meeting, habits, chance
        self.page = Page()
        self.caller = Caller(meeting, habits, chance)
        self.facts = Facts()
        self.tense = habits.tense
        self.shape: Callable[[str], str] = str  # what the style does to all words
        self.event_plural = (False, False)  # plural, feminine
        noun, gender = chance.pick(_vehicles(meeting)).split("|")
        self.vehicle, self.vehicle_feminine = noun, gender == "f"

    # phrases

    def has(self, topic: str, **given: Given) -> bool:
        """Tell whether there is a phrase for the topic that the given slots can fill."""
        return bool(self._pool(topic, given))

    def say(self, topic: str, /, **given: Given) -> Told:
        """Tell one phrase as a whole sentence."""
        self.page.begin()
        self.caller.sentence()
        told = self.tell(topic, **given)
        self.page.stop()
        return told

    def tell(self, topic: str, /, **given: Given) -> Told:
        """Tell one phrase where the page stands."""
        return self.render(self.chance.pick(self._pool(topic, given)), given)

    def tell_on(
        self, topic: str, given: Mapping[str, Given], *, agree: Mapping[str, Form] | None = None
    ) -> Told:
        """Tell one phrase inside a sentence that has begun."""
        return self.render(self.chance.pick(self._pool(topic, given)), given, agree=agree, inside=True)

    def _pool(self, topic: str, given: Mapping[str, Given]) -> tuple[Template, ...]:
        return pool(topic, self.habits.tags, frozenset([*given, *_ALWAYS]))

    def render_text(self, *sources: str, **given: Given) -> Told:
        """Put one of several phrases on the page."""
        return self.render(parse(self.chance.pick(sources)), given)

    def render(
        self,
        template: Template,
        given: Mapping[str, Given],
        *,
        agree: Mapping[str, Form] | None = None,
        inside: bool = False,
    ) -> Told:
        """Put a phrase on the page.

        Args:
            template: The phrase.
            given: What fills its slots.
            agree: How those are called to whom the phrase before it refers.
            inside: Whether the sentence has begun.
        """
        nodes = flat(template.nodes, self.chance)
        if inside and nodes and isinstance(nodes[0], str):
            nodes[0] = nodes[0][:1].lower() + nodes[0][1:]
        told = Told((self.page.length, self.page.length), {}, dict(agree or {}))
        forms: dict[int, Form] = {}
        for place, node in enumerate(nodes):
            if (
                isinstance(node, Slot)
                and isinstance(given.get(node.name), Ref)
                and node.how not in _BY_AGREEMENT
            ):
                form = self._called(given, node, nodes, place)
                forms[place] = form
                told.forms[node.name] = form
        for place, node in enumerate(nodes):
            self._put(node, given, told, forms.get(place))
        told.range = (told.range[0], self.page.length)
        return told

    def _called(self, given: Mapping[str, Given], node: Slot, nodes: Sequence[Node], place: int) -> Form:
        ref = given[node.name]
        assert isinstance(ref, Ref)
        after = nodes[place + 1] if place + 1 < len(nodes) else None
        verb = nodes[place + 2] if place + 2 < len(nodes) else None
        subject = not node.how and after == " " and isinstance(verb, Verb)
        form = self.caller.call(ref, subject=subject, how=node.how)
        if not subject and form.pieces and isinstance(form.pieces[-1], str) and form.pieces[-1] == ",":
            return Form(form.article, form.pieces[:-1], form.feminine, form.plural, form.tells)
        return form

    def _put(self, node: Node, given: Mapping[str, Given], told: Told, form: Form | None) -> None:
        page = self.page
        if isinstance(node, str):
            page.add(node)
        elif isinstance(node, Verb):
            feminine, plural = self._agreement(told, given, node.subject)
            page.add(conjugated(node.lemma, TENSES[self.tense][node.aspect], feminine, plural))
        elif isinstance(node, Ending):
            feminine, plural = self._agreement(told, given, node.subject)
            page.add(suffix(feminine and not node.plural_only, plural))
        elif isinstance(node, Slot):
            start = page.length
            if form is not None:
                self._put_form(form, node.how, given[node.name])
            else:
                page.add(*self._words(node, given, told))
            told.slots.setdefault(node.name, (start, page.length))

    def _put_form(self, form: Form, how: str, ref: Given) -> None:
        start = self.page.length
        preposition = how if how in ("de", "à", "que") else ""
        if how == "de" and not form.article and form.words.startswith("il"):
            preposition = "de"
        lead = before(preposition, form.article, form.words)
        _, end = self.page.add(lead, *form.pieces)
        if form.tells and isinstance(ref, Ref):
            self.facts.entries.setdefault(ref.entry, []).append((start + len(lead), end))

    def _words(self, node: Slot, given: Mapping[str, Given], told: Told) -> tuple[Piece, ...]:
        if node.how in _BY_AGREEMENT:
            return (self._agreeing(node, given, told),)
        value = given.get(node.name)
        if value is None:
            value = self._always(node.name)
        if isinstance(value, tuple):
            return value
        if isinstance(value, Name):
            head = before(node.how, "", value.inner[0] if isinstance(value.inner[0], str) else "")
            return (head, value) if node.how else (value,)
        assert isinstance(value, str)
        if node.how in ("de", "à", "que"):
            word, rest = parted(value)
            return (before(node.how, word, rest) + rest,)
        return (value,)

    def _agreeing(self, node: Slot, given: Mapping[str, Given], told: Told) -> str:
        feminine, plural = self._agreement(told, given, node.name)
        ref = given.get(node.name)
        if node.how == "il":
            return ("elle" if feminine else "il") + ("s" if plural else "")
        if node.how == "lui":
            return ("elle" if feminine else "eux" if plural else "lui") + ("s" if feminine and plural else "")
        if node.how == "to":
            return "leur" if plural else "lui"
        if node.how in ("premier", "dernier"):
            return (node.how[:-2] + "ère" if feminine else node.how) + ("s" if plural else "")
        crew = plural or (isinstance(ref, Ref) and len(ref.people) > 1)
        return _POSSESSIVES[node.how] if crew else node.how

    def _always(self, name: str) -> str:
        meeting = self.meeting
        if name == "venue":
            return meeting.venue
        if name == "vehicle":
            return self.vehicle
        if name == "the_vehicle":
            return before("", "la" if self.vehicle_feminine else "le", self.vehicle) + self.vehicle
        if name == "its_vehicle":
            vowel = before("", "la", self.vehicle) == "l'"
            return ("sa " if self.vehicle_feminine and not vowel else "son ") + self.vehicle
        if name == "entrants":
            return str(len(meeting.entries) + 3 * (len(meeting.entries) % 5))
        return str(meeting.year - 1)

    def _agreement(self, told: Told, given: Mapping[str, Given], name: str) -> tuple[bool, bool]:
        if name in _FIXED:
            return _FIXED[name]
        if name == "ev":
            return self.event_plural[1], self.event_plural[0]
        if name == "veh":
            return self.vehicle_feminine, False
        form = told.forms.get(name)
        if form is not None:
            return form.feminine, form.plural
        ref = given.get(name)
        if isinstance(ref, Ref):
            return all(person.feminine for person in ref.people), len(ref.people) > 1
        return False, False

    # facts

    def result(
        self, run: Run, kind: str, place: int | str | None, ref: Ref | Entry, at: Range,
        *, scope: str = "overall", **values: Any,
    ) -> None:  # fmt: skip
        """Note a place; told twice, it gathers evidence."""
        keys = tuple(person.key for person in ref.people)
        scope = scope if scope == "overall" else self.shape(scope)
        key = (run.key, kind, scope, place, keys)
        for name in ("time", "gap"):
            if isinstance(values.get(name), int):
                values[name] = iso(values[name])
        old = self.facts.results.get(key)
        if old is not None:
            values = {**values, **old.values}
            at_all = tuple(sorted({*old.evidence, at}))
        else:
            at_all = (at,)
        self.facts.results[key] = ResultFact(at_all, 0, run.key, kind, scope, place, keys, values)
        self.session(run)

    def has_result(self, run: Run, kind: str, place: int | str | None, entry: Entry) -> bool:
        """Tell whether an overall place has been told."""
        return (run.key, kind, "overall", place, tuple(p.key for p in entry.people)) in self.facts.results

    def session(self, run: Run, at: Range | None = None, **values: Any) -> None:
        """Note a session, and where the text names it."""
        known = self.facts.sessions.get(run.key)
        evidence = tuple(sorted({*(known.evidence if known else ()), *([at] if at else [])}))
        given = values.pop("label", None)
        label = (known.label if known else None) or given
        held = {
            "number": run.number if label else None,
            "status": run.status,
            **(known.values if known else {}),
        }
        held.update(values)
        held.setdefault("scheduled", None)
        self.facts.sessions[run.key] = SessionFact(evidence, 0, run.key, run.kind, label, held)

    def incident(
        self, run: Run, happening: Happening, at: Range, participants: Sequence[tuple[Ref, str]],
        *, told: Told | None = None, **values: Any,
    ) -> str:  # fmt: skip
        """Note a happening and return its key."""
        key = f"i{len(self.facts.incidents) + 1}"
        happening.key = key
        involved = [
            Participant(person.key, role, None, None) for ref, role in participants for person in ref.people
        ]
        slots = told.slots if told else {}
        cause = happening.cause.key if happening.cause else None
        self.facts.incidents.append(
            IncidentFact(
                (at,), 0, key, run.key, happening.type, tuple(involved),
                slots.get("when"), slots.get("where"), (cause,) if cause else (), None, values,
            )
        )  # fmt: skip
        self.session(run)
        return key

    def entry_told(self, entry: Entry, tells: Sequence[str], at: Range) -> None:
        """Note that a list or a heading tells parts of an entry."""
        if tells:
            self.caller.told.setdefault(entry, set()).update(tells)
            self.facts.entries.setdefault(entry, []).append(at)

    def entry_facts(self) -> list[EntryFact]:
        """Return the entries as far as they were told."""
        made = []
        for entry, evidence in self.facts.entries.items():
            told = self.caller.told[entry]
            values = {
                "number": str(entry.number) if "number" in told else None,
                "car": self.shape(entry.car) if "car" in told else None,
                "classes": (self.shape(entry.scope),) if "scope" in told and entry.scope else (),
            }
            team = entry.team.key if "team" in told and entry.team else None
            keys = tuple(person.key for person in entry.people)
            made.append(EntryFact(tuple(sorted(set(evidence))), 0, keys, team, values))
        return made

    def place_word(self, place: int) -> str:
        """Write a place as this report does."""
        return ordinal(place, self.habits.ordinals)


_BY_AGREEMENT = ("il", "son", "sa", "ses", "lui", "to", "premier", "dernier")
_ALWAYS = ("venue", "vehicle", "the_vehicle", "its_vehicle", "entrants", "year_before")


def _vehicles(meeting: Meeting) -> list[str]:
    from extractor.corpus.generator.words import table

    words: list[str] = table("disciplines")[meeting.discipline]["vehicles"]
    return words
