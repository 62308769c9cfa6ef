"""A record while one decision changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extractor.record import (
    Driver,
    Entry,
    Finding,
    RaceRecord,
    Result,
    Team,
)
from extractor.review.anchoring import Correction
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.scans import on_page
from extractor.review.applying.things import (
    DOCUMENT,
    EVENT,
    PARTS,
    Moves,
    Thing,
    redirected,
    references,
    spans_of,
    things_of,
)
from extractor.review.decisions import Decision, DocumentStatus, Part
from extractor.review.reviewed import Gone, Loose, Mark, Stranded, Verdict


@dataclass(frozen=True, slots=True)
class State:
    """What decisions have made of a record so far; see :class:`extractor.review.reviewed.Reviewed`.

    Attributes:
        corrections: Those of the text, in order, each in the text that the ones before it left.
        status: As last set; ``None`` where nobody set it.
        touched: Some decision has had an effect.
    """

    record: RaceRecord
    marks: Mapping[str, Mark] = field(default_factory=dict)
    gone: Mapping[str, Gone] = field(default_factory=dict)
    loose: tuple[Loose, ...] = ()
    stranded: tuple[Stranded, ...] = ()
    corrections: tuple[Correction, ...] = ()
    status: DocumentStatus | None = None
    touched: bool = False


class Draft:
    """A state that may be written to, for one decision.

    Attributes:
        decision: The decision.
        refused: What of it could not be done, where the rest could.
    """

    def __init__(self, state: State, decision: Decision) -> None:
        self._state = state
        self.decision = decision
        self.record = state.record
        self.things: dict[Part, dict[str, Thing]] = {
            part: {thing.id: thing for thing in things_of(state.record, part)} for part in PARTS
        }
        self.part_of: dict[str, Part] = {i: part for part, held in self.things.items() for i in held}
        self.marks = dict(state.marks)
        self.gone = dict(state.gone)
        self.loose = state.loose
        self.status = state.status
        self.corrections = state.corrections
        self.refused: list[DecisionError] = []
        self._changed: set[str] = set()
        self._changed_parts: set[Part] = set()
        self._other: dict[str, Any] = {}

    # --- looking

    def has(self, identifier: str) -> bool:
        """Tell whether something is in the record: a thing, the event, the document."""
        return identifier in self.part_of or identifier in (EVENT, DOCUMENT)

    def knows(self, identifier: str) -> bool:
        """Tell whether something is or was in the record."""
        return self.has(identifier) or identifier in self.gone

    def thing(self, identifier: str, part: Part | None = None) -> Thing:
        """Return a thing.

        Raises:
            DecisionError: There is none, or it is of another part.
        """
        held = self.part_of.get(identifier)
        if held is None or (part is not None and part != held):
            raise DecisionError("decision_no_such_thing", about=identifier)
        return self.things[held][identifier]

    # --- changing

    def put(self, thing: Thing, part: Part) -> None:
        """Put a thing into the record, in the place of the one of its id or at the end."""
        self.things[part][thing.id] = thing
        self.part_of[thing.id] = part
        self._changed.add(thing.id)
        self._changed_parts.add(part)

    def come_back(self, thing: Thing, part: Part) -> None:
        """Put something back that was gone."""
        self.gone.pop(thing.id, None)
        self.put(thing, part)

    def placed(self, fields: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Return fields of which the spans in one say where on their page they stand, if there are pages."""
        spans = fields.get(name)
        if not self.record.document.pages or not isinstance(spans, list | tuple):
            return dict(fields)
        return {**fields, name: [on_page(span, self.record) for span in spans]}

    def update(self, **fields: Any) -> None:
        """Replace what is not a list of things: event, document, findings, coverage."""
        self._other.update(fields)
        self.record = self.record.model_copy(update=fields)

    def mark(self, target: str, verdict: Verdict, into: str | None = None) -> None:
        """Write down what is now decided of something; a note stays."""
        made = self.decision
        old = self.marks.get(target)
        self.marks[target] = Mark(
            verdict, made.reviewer, made.at, made.id, note=old.note if old else "", into=into
        )

    def remark(self, target: str, note: str) -> None:
        """Write a note on something of which nothing is decided."""
        made = self.decision
        self.marks[target] = Mark(None, made.reviewer, made.at, made.id, note=note)

    def confirm(self, target: str) -> None:
        """Mark something as right: what somebody edited or added stays edited or added."""
        old = self.marks.get(target)
        verdict = old.verdict if old and old.verdict in ("edited", "added") else "accepted"
        self.mark(target, verdict)

    def edited(self, target: str) -> None:
        """Mark something as changed by hand: what somebody added stays added."""
        old = self.marks.get(target)
        self.mark(target, "added" if old and old.verdict == "added" else "edited")

    def settle(self, target: str) -> None:
        """Forget the spans without a place of something: it has been decided."""
        if any(loose.target == target for loose in self.loose):
            self.loose = tuple(loose for loose in self.loose if loose.target != target)

    def take_out(self, identifiers: Iterable[str], verdict: Verdict) -> None:
        """Take things out; what refers to them goes without them, or goes too where nobody is left in it."""
        waiting = list(identifiers)
        while waiting:
            moves: dict[str, str | None] = dict.fromkeys(waiting)
            names = {
                thing.id: thing.name for thing in map(self.thing, waiting) if isinstance(thing, Driver | Team)
            }
            for identifier in waiting:
                self._remove(identifier, verdict)
            waiting = self._without(moves, names)

    def _without(self, moves: Moves, names: Mapping[str, str]) -> list[str]:
        """Take references away and return the facts that nobody is left in."""
        empty = []
        for thing in self._referring():
            other = redirected(thing, moves, names)
            if other is thing:
                continue
            if _is_empty(other) and not _is_empty(thing):
                empty.append(thing.id)  # and is remembered with those that it had
            else:
                self.put(other, self.part_of[thing.id])
        self._move_findings(moves)
        return empty

    def redirect(self, moves: Moves) -> set[str]:
        """Let everything that refers to some things refer to others; return the ids of what changed."""
        touched = set()
        for thing in self._referring():
            other = redirected(thing, moves, {})
            if other is not thing:
                self.put(other, self.part_of[thing.id])
                touched.add(thing.id)
        self._move_findings(moves)
        return touched

    def absorb(self, identifier: str, into: str) -> None:
        """Take out what was merged into something else; references are the caller's to move."""
        self._remove(identifier, "merged", into)

    def _remove(self, identifier: str, verdict: Verdict, into: str | None = None) -> None:
        part = self.part_of.pop(identifier)
        thing = self.things[part].pop(identifier)
        self._changed.discard(identifier)
        self._changed_parts.add(part)
        self.gone[identifier] = Gone(part, thing.model_dump(mode="json"), self.marks.get(identifier))
        if verdict != "unanchored":
            self.settle(identifier)
        self.mark(identifier, verdict, into)

    def _referring(self) -> list[Thing]:
        parts: tuple[Part, ...] = ("entries", "results", "incidents", "quotes")
        return [thing for part in parts for thing in self.things[part].values()]

    def _move_findings(self, moves: Moves) -> None:
        """Findings are about what is there; one about nothing any more holds no longer."""
        findings = self.record.findings
        if not any(i in moves for finding in findings for i in finding.about):
            return
        self.update(findings=tuple(f for finding in findings for f in _moved_finding(finding, moves)))

    # --- the end

    def state(self) -> State:
        """Return the new state.

        Raises:
            DecisionError: Something that changed is not the text's, or refers to what does not exist.
        """
        text = self.record.document.text
        for identifier in self._changed:
            self._check(self.things[self.part_of[identifier]][identifier], text)
        parts: dict[str, Any] = {part: tuple(self.things[part].values()) for part in self._changed_parts}
        return replace(
            self._state,
            record=self.record.model_copy(update=parts),
            marks=self.marks,
            gone=self.gone,
            loose=self.loose,
            corrections=self.corrections,
            status=self.status,
            stranded=self._state.stranded + stranded(self.decision, self.refused),
        )

    def _check(self, thing: Thing, text: str) -> None:
        for span in spans_of(thing):
            if text[span.start : span.end] != span.text:
                raise DecisionError("decision_other_text", about=thing.id)
        for part, reference in references(thing):
            if self.part_of.get(reference) != part:
                raise DecisionError("decision_no_such_thing", about=reference)


def stranded(decision: Decision, refusals: Iterable[DecisionError]) -> tuple[Stranded, ...]:
    """Return what the log says of what could not be done."""
    return tuple(Stranded(decision.id, refusal.stranded, refusal.about) for refusal in refusals)


def _is_empty(thing: Thing) -> bool:
    """Tell whether a result has nobody, or an entry neither anybody nor a team."""
    if isinstance(thing, Result):
        return not thing.drivers
    return isinstance(thing, Entry) and not thing.drivers and thing.team is None


def _moved_finding(finding: Finding, moves: Moves) -> tuple[Finding, ...]:
    if not any(i in moves for i in finding.about):
        return (finding,)
    about = tuple(dict.fromkeys(i for i in (moves.get(i, i) for i in finding.about) if i is not None))
    return (finding.model_copy(update={"about": about}),) if about else ()
