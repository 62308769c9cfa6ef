"""What annotators have done, put into the review desk's store as decisions.

The record under review may not be what they were given: somebody may have decided upon it meanwhile. What
they did is told from the record as they were given it, and decided upon the one that is there, as far as it
fits: a field that somebody has changed meanwhile stays as it is, and it is said. What was brought in before
is not decided again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.exports.annotation.task import MARKS_SHA256, Returned
from extractor.record import RaceRecord
from extractor.review.annotated.bringing import NOBODY, Brought, bring, chosen, task_given
from extractor.review.annotated.changes import Outcome
from extractor.review.annotated.desk import Signature
from extractor.review.annotated.remarks import Remark
from extractor.review.apply import DecisionError, apply, check, step
from extractor.review.decisions import Decision, Edit, now
from extractor.review.reviewed import Reviewed

if TYPE_CHECKING:
    from extractor.review.store import State, Store, StoredDocument


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one document of the store.

    Attributes:
        key: Of the document.
        name: Its id.
        outcome: What was decided.
    """

    key: str
    name: str
    outcome: Outcome


def put_into_store(
    store: Store, brought: Brought, reviewer: str | None, otherwise: str = ""
) -> Iterator[Stored]:
    """Decide and keep everything, document by document, each at once; yield what became of each.

    Args:
        store: Where the documents are.
        brought: What annotators gave back.
        reviewer: Who it is to be, whatever the files say.
        otherwise: Who it is to be where a file tells no name, or a number alone.
    """
    for sha256 in list(brought.texts()):
        for key in store.keys_of_text(sha256):
            returned = brought.on(store.record(key))
            if returned:
                yield _put(store, store.document(key), returned, reviewer or _name(returned, otherwise))


def _name(returned: list[Returned], otherwise: str) -> str:
    told = chosen(returned)[0].annotator or ""
    return otherwise if otherwise and (not told or told.isdigit()) else told or NOBODY


def _put(store: Store, document: StoredDocument, returned: list[Returned], reviewer: str) -> Stored:
    from extractor.review.store import StaleError

    name = store.reviewer(reviewer).name
    while True:
        state = store.state(document.key, store.reading_for(document.key, name))
        outcome = _decided(store, document, state, returned, name)
        try:
            if outcome.decisions:
                store.append(outcome.decisions, head=state.head, version=state.version)
                store.summarise(document.key)
        except StaleError:  # somebody decided meanwhile: look again
            continue
        return Stored(document.key, state.reviewed.record.document.id, outcome)


def _decided(
    store: Store, document: StoredDocument, state: State, returned: list[Returned], name: str
) -> Outcome:
    reading = store.reading_for(document.key, name)
    signature = Signature(document.key, document.text_sha256, name, now(), reading, document.model)
    made = store.decisions(document.key, reading)
    given = _given(store.record(document.key, state.version), made, chosen(returned)[0])
    if given is None:
        return bring(state.reviewed, returned, signature, name)
    return _again(bring(given, returned, signature, name), state.reviewed, {one.id for one in made})


def _given(extracted: RaceRecord, made: tuple[Decision, ...], one: Returned) -> Reviewed | None:
    """Return the record as it was when annotators were given it: after some of the decisions, or none."""
    told = one.told.get(MARKS_SHA256)
    reviewed = apply(extracted, ())
    found: Reviewed | None = None
    for decision in (None, *made):
        reviewed = reviewed if decision is None else step(reviewed, decision)
        record = reviewed.record
        if one.text == record.document.text and told == task_given(record, one).marks_sha256:
            found = reviewed
    return found


def _again(outcome: Outcome, reviewed: Reviewed, known: set[str]) -> Outcome:
    """Make decisions on a record that has come further since."""
    made: list[Decision] = []
    remarks = list(outcome.remarks)
    for decision in outcome.decisions:
        if decision.id in known:
            continue
        try:
            _require_unchanged(decision, reviewed)
            check(reviewed, decision.change)
        except DecisionError as error:
            remarks.append(Remark("refused", {"reason": error}))
            continue
        reviewed = step(reviewed, decision)
        made.append(decision)
    return replace(outcome, reviewed=reviewed, decisions=tuple(made), remarks=tuple(remarks))


def _require_unchanged(decision: Decision, reviewed: Reviewed) -> None:
    """Refuse to write over what somebody else has changed meanwhile."""
    change = decision.change
    if not isinstance(change, Edit):
        return
    held = reviewed.record.model_dump(mode="json")
    things = [held["event"]] if change.target == "event" else _all_things(held)
    thing = next((one for one in things if change.target in ("event", one.get("id"))), None)
    for name, replaced in change.fields.items():
        if thing is not None and thing.get(name) != replaced.old:
            raise DecisionError("decision_changed_meanwhile", about=f"{change.target}.{name}")


def _all_things(held: dict[str, object]) -> Iterator[dict[str, object]]:
    for value in held.values():
        if isinstance(value, list):
            yield from (one for one in value if isinstance(one, dict))
