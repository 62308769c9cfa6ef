"""Accept, reject, note, status.

What is rejected leaves the record, and what refers to it goes without it:

========== ==========================================================================================
rejected   what becomes of the rest
========== ==========================================================================================
driver     leaves results, entries, incidents (the participant keeps its text) and quotes (the speaker's
           name stays); a result without a driver, an entry with neither driver nor team go too
team       leaves entries; an entry with neither driver nor team goes too
session    refused while it has results or incidents that are not rejected with it: a key struck by
           mistake must not take forty results along, and the session's facts mostly belong to another one.
           Entries and quotes stay, without session
entry      leaves results
incident   is no cause any more
quote      claims nothing any more
========== ==========================================================================================
"""

from __future__ import annotations

from extractor.record import Incident, Result
from extractor.review.applying.draft import Draft
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.returning import is_waiting, leave_for_good
from extractor.review.applying.things import DOCUMENT, EVENT
from extractor.review.decisions import Accept, Note, Part, Reject, SetStatus
from extractor.review.reviewed import Mark

# Facts before what they are about, so that many can be rejected in one decision, whatever their order.
_ORDER: tuple[Part, ...] = ("incidents", "results", "entries", "quotes", "teams", "drivers", "sessions")


def accept(draft: Draft, change: Accept) -> None:
    """Things are right: facts get the confidence 1."""
    for target in dict.fromkeys(change.targets):
        if not draft.has(target):
            draft.refused.append(DecisionError("decision_no_such_thing", about=target))
            continue
        part = draft.part_of.get(target)
        if part is not None:
            thing = draft.thing(target)
            if getattr(thing, "confidence", 1.0) != 1.0:
                draft.put(thing.model_copy(update={"confidence": 1.0}), part)
        draft.settle(target)
        draft.confirm(target)


def reject(draft: Draft, change: Reject) -> None:
    """Things are wrong."""
    targets = dict.fromkeys(change.targets)
    by_part: dict[Part, list[str]] = {part: [] for part in _ORDER}
    for target in targets:
        if target in draft.part_of:
            by_part[draft.part_of[target]].append(target)
        elif is_waiting(draft, target):
            leave_for_good(draft, target)
        else:
            code = "decision_field_fixed" if target in (EVENT, DOCUMENT) else "decision_no_such_thing"
            draft.refused.append(DecisionError(code, about=target))
    for part in _ORDER:
        there = [target for target in by_part[part] if target in draft.part_of]
        if part == "sessions":
            there = _without_facts(draft, there)
        draft.take_out(there, "rejected")


def _without_facts(draft: Draft, sessions: list[str]) -> list[str]:
    facts = (*draft.things["results"].values(), *draft.things["incidents"].values())
    used = {fact.session for fact in facts if isinstance(fact, Result | Incident)}
    for session in sessions:
        if session in used:
            draft.refused.append(DecisionError("decision_session_has_facts", about=session))
    return [session for session in sessions if session not in used]


def note(draft: Draft, change: Note) -> None:
    """A remark, on what is gone too. Who decided stays who decided."""
    if not draft.knows(change.target):
        raise DecisionError("decision_no_such_thing", about=change.target)
    old = draft.marks.get(change.target)
    remark = change.new.strip()
    if old is not None and old.verdict is not None:
        draft.marks[change.target] = Mark(
            old.verdict, old.reviewer, old.at, old.decision, note=remark, into=old.into
        )
    elif remark:
        draft.remark(change.target, remark)
    else:
        draft.marks.pop(change.target, None)


def set_status(draft: Draft, change: SetStatus) -> None:
    """How far the document has come."""
    draft.status = change.new
