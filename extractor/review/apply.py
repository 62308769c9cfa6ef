"""The reviewed record: an extracted one with a log of decisions applied.

A pure function of record and log, and the same whether it is computed at once or step by step:

- A decision whose id has been there before changes nothing.
- An :class:`~extractor.review.decisions.Undo` takes back a decision, wherever in the log it is: the result
  is as if that one had never been made, what came after it applied again. Taking back an undoing does the
  thing again.
- What cannot be applied is *stranded*, with the reason; it is applied after all as soon as its ground is
  back. Where a decision is about many things, those that are there are dealt with, the others stranded.
- Places that a decision names are carried along when corrections of the text before it are undone or redone.

**Confidence.** A fact that somebody accepted, edited, added or merged others into has the confidence 1: a
person says so. All others keep the extractor's, those included that a merge or a split elsewhere gave
another driver.

**Status.** As last set; while nobody has set it, a document with any decision in force is ``in_review``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from extractor.record import RaceRecord
from extractor.review.anchoring import Correction, between
from extractor.review.applying import editing, merging, rejecting, retexting, splitting
from extractor.review.applying.carrying import carried, made_on
from extractor.review.applying.draft import Draft, State, stranded
from extractor.review.applying.refusals import DecisionError
from extractor.review.decisions import Change, Decision, Undo, now
from extractor.review.reviewed import Reviewed

__all__ = ["DecisionError", "apply", "check", "step", "text_sha256"]

_RECENT = 32  # states kept for undoing at once; of those before, every
_EVERY = 16

_Doing = Callable[[Draft, Any], None]
_DOING: dict[str, _Doing] = {
    "accept": rejecting.accept,
    "reject": rejecting.reject,
    "note": rejecting.note,
    "status": rejecting.set_status,
    "edit": editing.edit,
    "add": editing.add,
    "merge": merging.merge,
    "split": splitting.split,
    "retext": retexting.retext,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, with what is needed to take it back.

    Attributes:
        decision: The decision.
        made_on: The corrections of the text that were in force when it was made.
        refused: Why it can never be applied: it is about another text, or undoes what is not there.
        before: What the record was before it; ``None`` where that is computed again.
    """

    decision: Decision
    made_on: tuple[Correction, ...]
    refused: DecisionError | None
    before: State | None


@dataclass(frozen=True, slots=True)
class Trail:
    """How a reviewed record came about; it is kept with it so that the next step is quick.

    Attributes:
        text_sha256: Of the text that was extracted from.
        lines: The log.
        index: Place in the log by id of the decision.
        state: What it has come to.
        careful: Every line's record is checked as a whole, because one of them was seen to break it.
    """

    text_sha256: str
    lines: tuple[Line, ...]
    index: dict[str, int]
    state: State
    careful: bool = False


def text_sha256(record: RaceRecord) -> str:
    """Return the hash of a record's text, as decisions name it (not that of the file it came from)."""
    return _hashed(record.document.text)


@lru_cache(maxsize=64)
def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def apply(record: RaceRecord, decisions: Iterable[Decision]) -> Reviewed:
    """Apply a log of decisions to an extracted record.

    Args:
        record: As extracted.
        decisions: In the order of the log.
    """
    return _whole(_logged(_begun(Reviewed(record=record)), decisions))


def step(reviewed: Reviewed, decision: Decision) -> Reviewed:
    """Apply one more decision. What cannot be applied is stranded, never raised."""
    trail = _begun(reviewed)
    return reviewed if decision.id in trail.index else _whole(_appended(trail, decision))


def check(reviewed: Reviewed, change: Change) -> None:
    """See whether a change could be made now.

    Raises:
        DecisionError: It could not, or not all of it; the first reason.
    """
    trail = _begun(reviewed)
    decision = Decision(
        id="?", document="?", reviewer="?", at=now(), change=change, text_sha256=trail.text_sha256
    )
    if isinstance(change, Undo):
        refused = _cannot_undo(trail, change)
        if refused is not None:
            raise refused
        return
    state = trail.state
    corrections = between(_made_on(state, change), state.corrections)
    draft = _drafted(state, decision, carried(change, corrections, state.record.document.text))
    draft.state()
    if draft.refused:
        raise draft.refused[0]


# --- the log


def _begun(reviewed: Reviewed) -> Trail:
    """Return the trail of a reviewed record; one that was made by hand begins here."""
    if isinstance(reviewed.trail, Trail):
        return reviewed.trail
    state = State(
        record=reviewed.record,
        marks=reviewed.marks,
        gone=reviewed.gone,
        loose=reviewed.loose,
        stranded=reviewed.stranded,
        status=None if reviewed.status == "new" else reviewed.status,
    )
    return Trail(text_sha256(reviewed.record), (), {}, state)


def _appended(trail: Trail, decision: Decision) -> Trail:
    if decision.id in trail.index:
        return trail
    change, refused = decision.change, None
    if decision.text_sha256 != trail.text_sha256:
        refused = DecisionError("decision_other_text", about="document")
    elif isinstance(change, Undo):
        refused = _cannot_undo(trail, change)
    line = Line(decision, _made_on(trail.state, change), refused, trail.state)
    lines = (*_thinned(trail.lines), line)
    index = {**trail.index, decision.id: len(trail.lines)}
    if not isinstance(change, Undo) or refused is not None:
        return replace(
            trail, lines=lines, index=index, state=_advanced(trail.state, line, careful=trail.careful)
        )
    return _replayed(trail, lines, index)


def _made_on(state: State, change: Change) -> tuple[Correction, ...]:
    return made_on(change, state.corrections, state.record.document.text)


def _cannot_undo(trail: Trail, change: Undo) -> DecisionError | None:
    if change.decision not in trail.index:
        return DecisionError("decision_no_such_decision", about=change.decision)
    if change.decision in _undone(trail.lines):
        return DecisionError("decision_already_undone", about=change.decision)
    return None


def _undone(lines: tuple[Line, ...]) -> frozenset[str]:
    """Return the ids of what is taken back: what an undoing names that is not taken back itself."""
    undone: set[str] = set()
    for line in reversed(lines):
        change = line.decision.change
        if isinstance(change, Undo) and line.refused is None and line.decision.id not in undone:
            undone.add(change.decision)
    return frozenset(undone)


def _thinned(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Forget the state before a line that lies far back, but for every so many."""
    at = len(lines) - _RECENT
    if at < 0 or at % _EVERY == 0 or lines[at].before is None:
        return lines
    return (*lines[:at], replace(lines[at], before=None), *lines[at + 1 :])


def _replayed(trail: Trail, lines: tuple[Line, ...], index: dict[str, int]) -> Trail:
    """Return the trail after an undoing: everything after what changed is applied again."""
    undone = _undone(lines)
    changed = min(index[i] for i in undone ^ _undone(trail.lines))
    first = next(n for n in range(changed, -1, -1) if lines[n].before is not None)
    state = lines[first].before or trail.state
    again = list(lines[:first])
    for line in lines[first:]:
        again.append(replace(line, before=state if line.before is not None else None))
        if line.decision.id not in undone:
            state = _advanced(state, line, careful=trail.careful)
    return replace(trail, lines=tuple(again), index=index, state=state)


# --- one line


def _advanced(state: State, line: Line, *, careful: bool) -> State:
    """Return what a line makes of a state."""
    decision = line.decision
    if line.refused is not None:
        return replace(state, stranded=state.stranded + stranded(decision, (line.refused,)))
    if isinstance(decision.change, Undo):
        return state
    try:
        corrections = between(line.made_on, state.corrections)
        change = carried(decision.change, corrections, state.record.document.text)
        made = replace(_drafted(state, decision, change).state(), touched=True)
        return replace(made, record=_checked(made.record)) if careful else made
    except (DecisionError, ValidationError) as failure:
        error = failure if isinstance(failure, DecisionError) else DecisionError("decision_breaks_record")
        return replace(state, stranded=state.stranded + stranded(decision, (error,)))


def _drafted(state: State, decision: Decision, change: Change) -> Draft:
    draft = Draft(state, decision)
    _DOING[change.action](draft, change)
    return draft


def _reviewed(trail: Trail) -> Reviewed:
    """Return what a trail has come to, its record checked as a whole.

    Raises:
        ValidationError: The record breaks an invariant.
    """
    state = trail.state
    return Reviewed(
        record=_checked(state.record),
        marks=state.marks,
        gone=state.gone,
        loose=state.loose,
        stranded=state.stranded,
        undone=_undone(trail.lines),
        status=state.status or ("in_review" if state.touched else "new"),
        trail=trail,
    )


def _checked(record: RaceRecord) -> RaceRecord:
    return RaceRecord(**{name: getattr(record, name) for name in RaceRecord.model_fields})


def _whole(trail: Trail) -> Reviewed:
    """Return what a trail has come to. Each line has been checked; this is the net under them."""
    try:
        return _reviewed(trail)
    except ValidationError:
        lines = trail.lines
        state = lines[0].before
        if state is None:  # cannot be: the first state is always kept
            raise
        start = replace(trail, lines=(), index={}, state=state, careful=True)
        return _reviewed(_logged(start, (line.decision for line in lines)))


def _logged(trail: Trail, decisions: Iterable[Decision]) -> Trail:
    for decision in decisions:
        trail = _appended(trail, decision)
    return trail
