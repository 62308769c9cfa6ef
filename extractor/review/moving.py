"""Taking decisions over to another record of the same text: a later model's, say.

Decisions name things by the ids of their record, and ``r3`` of another record is another result. Here what
says the same in both records is found, and the log is written anew with the other record's ids, line by line,
what was taken back included, so that it can still be undone. What was decided on something that the other
record has otherwise, or not at all, is not guessed at: it is listed, as it stood, for somebody to decide.

- What was rejected and is not there any more needs nothing. What was corrected or added, and is now read so,
  is accepted.
- Whoever marked a document as reviewed said that all that stood there is right, so what nobody touched is
  accepted by them where it is read the same. Is anything left over or new, the document is in review again.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from extractor.record import RaceRecord
from extractor.review.apply import apply
from extractor.review.comparing import differing
from extractor.review.decisions import (
    LETTERS,
    Accept,
    Add,
    Change,
    Decision,
    Edit,
    Part,
    Replaced,
    SetStatus,
    Undo,
)
from extractor.review.pairing import PARTS, Thing, things
from extractor.review.reviewed import Reviewed
from extractor.review.sameness import same_things
from extractor.review.translating import Translator

Why = Literal["changed", "gone"]
_SPACE: Final = uuid.UUID("6f0c2f0e-5d0b-4c1e-9a55-7d1f0c0f7a11")


@dataclass(frozen=True, slots=True)
class Left:
    """Something decided that could not be taken over.

    Attributes:
        id: Of the thing, in the record that was decided upon.
        part: What it is; ``None`` for the event and the document.
        thing: As it stood, JSON as in the record.
        why: The other record has it otherwise, or has nothing like it.
        near: Id of what the other record has instead, where there is something.
        verdict: What had been decided; ``None`` where it stood in a document marked as reviewed.
        change: What would make the other record say it as it stood; ``None`` where that cannot be said.
    """

    id: str
    part: Part | None
    thing: Thing
    why: Why
    near: str | None
    verdict: str | None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What becomes of a reading's decisions on another record.

    Attributes:
        decisions: To be made on the other record, in order.
        left: What is not in them.
        taken: How many things that had been decided are decided alike there.
        new: Ids of what the other record alone has, and not instead of something left.
    """

    decisions: tuple[Decision, ...]
    left: tuple[Left, ...]
    taken: int
    new: tuple[str, ...]


def move(
    old: RaceRecord,
    log: Sequence[Decision],
    new: RaceRecord,
    *,
    model: str | None,
    by: str,
    at: datetime,
    under: Sequence[Decision] = (),
) -> Moved:
    """Return what a log becomes on another record of the same text.

    Args:
        old: The record decided upon.
        log: Decisions on one reading of it, in order.
        new: The other record.
        model: By which that was made.
        by: Who moves them.
        at: When.
        under: Decisions that the log stands on: of the settled reading, those of the first.
    """
    return _Moving(old, log, new, model, by, at, under).moved()


class _Moving:
    """One move, step by step."""

    def __init__(
        self,
        old: RaceRecord,
        log: Sequence[Decision],
        new: RaceRecord,
        model: str | None,
        by: str,
        at: datetime,
        under: Sequence[Decision],
    ) -> None:
        self.old, self.new, self.log, self.model, self.by, self.at = old, new, log, model, by, at
        self.before = apply(old, [*under, *log])
        self.token = hashlib.sha256(new.to_json().encode()).hexdigest()
        self.same = same_things(old, new)
        self.agreed = self._agreed()
        self.translator = Translator(old, new, self.same, frozenset(self.agreed), [*under, *log])
        self.under = under

    def moved(self) -> Moved:
        made = list(self._translated())
        ground = self.translator.ground(self.under, self._again)
        made += list(self._confirmed(apply(self.new, [*ground, *made])))
        after = apply(self.new, [*ground, *made])
        left = tuple(self._left(after))
        instead = {one.near for one in left}
        novel = tuple(one for one in self._novel(after) if one not in instead)
        if made and self.before.status != "in_review" and (left or novel):
            change = SetStatus(old=self.before.status, new="in_review")
            made.append(self._made(self.log[-1], change, f"status\0{self.before.status}", own=True))
        taken = sum(1 for i, mark in self.before.marks.items() if mark.verdict and self._is_taken(i, after))
        return Moved(tuple(made), left, taken, novel)

    # --- lines

    def _translated(self) -> Iterator[Decision]:
        kept: dict[str, str] = {}
        for decision in self.log:
            if isinstance(decision.change, Undo):
                undone = kept.get(decision.change.decision)
                change: Change | None = None if undone is None else Undo(decision=undone)
            else:
                change = self.translator.translated(decision.change)
            if change is not None:
                made = self._again(decision, change)
                kept[decision.id] = made.id
                yield made

    def _again(self, decision: Decision, change: Change) -> Decision:
        return self._made(decision, change, "")

    def _made(self, source: Decision, change: Change, what: str, *, own: bool = False) -> Decision:
        id_ = uuid.uuid5(_SPACE, f"{source.id}\0{self.token}\0{what}").hex
        told = {"id": id_, "change": change, "model": self.model, "carried": source.id}
        return source.model_copy(update=told | ({"reviewer": self.by, "at": self.at} if own else {}))

    def _confirmed(self, after: Reviewed) -> Iterator[Decision]:
        """Yield acceptances: of what is now read as it was corrected, and of what stood when all was."""
        by_id = {decision.id: decision for decision in self.log}
        for mine, theirs in self.agreed.items():
            mark = self.before.marks[mine]
            if mark.decision in by_id and theirs not in after.gone and not _verdict(after, theirs):
                yield self._made(by_id[mark.decision], Accept(targets=(theirs,)), f"agreed\0{theirs}")
        last = next((d for d in reversed(self.log) if isinstance(d.change, SetStatus)), None)
        if self.before.status != "reviewed" or last is None:
            return
        stood = [
            theirs
            for mine, theirs in self.same.ids.items()
            if mine in self.same.unchanged
            and mine not in self.before.gone
            and not _verdict(self.before, mine)
            if theirs not in after.gone and not _verdict(after, theirs)
        ]
        if stood:
            yield self._made(last, Accept(targets=tuple(stood)), "stood")

    # --- what is left

    def _agreed(self) -> dict[str, str]:
        """Return what the other record has as it was corrected, or added; the text must be the same still."""
        if self.before.record.document.text != self.new.document.text:
            return {}
        found = same_things(self.before.record, self.new, self.same.ids)
        taken = set(self.same.ids.values())
        return {
            mine: theirs
            for mine, theirs in found.ids.items()
            if mine in found.unchanged
            and mine not in self.same.unchanged
            and (theirs not in taken or self.same.ids.get(mine) == theirs)
            and _verdict(self.before, mine) in ("edited", "added", "accepted")
        }

    def _is_taken(self, mine: str, after: Reviewed) -> bool:
        verdict = _verdict(self.before, mine)
        if mine in self.agreed:
            return True
        theirs = self.translator.id_of(mine)
        if theirs is None:
            return verdict in ("rejected", "merged", "unanchored")  # it is not there any more
        return _verdict(after, theirs) == verdict

    def _left(self, after: Reviewed) -> Iterator[Left]:
        stands: dict[str, tuple[Part | None, Thing]] = {
            one["id"]: (part, one) for part in PARTS for one in things(self.before.record, part)
        }
        stands |= {i: (gone.part, dict(gone.thing)) for i, gone in self.before.gone.items()}
        was_reviewed = self.before.status == "reviewed"
        for mine, (part, thing) in [*stands.items(), *self._wholes()]:
            verdict = _verdict(self.before, mine)
            if verdict is not None and not self._is_taken(mine, after):
                yield self._one_left(mine, part, thing, verdict)
            elif verdict is None and was_reviewed and part and mine not in self.same.unchanged:
                yield self._one_left(mine, part, thing, None)

    def _wholes(self) -> list[tuple[str, tuple[None, Thing]]]:
        """Return event and document as they stood."""
        record = self.before.record
        about = {name: getattr(record.document, name) for name in ("title", "language")}
        return [("event", (None, record.event.model_dump(mode="json"))), ("document", (None, about))]

    def _one_left(self, mine: str, part: Part | None, thing: Thing, verdict: str | None) -> Left:
        near = self.same.ids.get(mine) or self.same.near.get(mine) if part else mine
        change = (
            None if verdict in ("rejected", "merged", "unanchored") else self._restoring(part, thing, near)
        )
        return Left(mine, part, thing, "changed" if near else "gone", near, verdict, change)

    def _restoring(self, part: Part | None, thing: Thing, near: str | None) -> Change | None:
        """Return what makes the other record say a thing as it stood."""
        told = self.translator.named_there(thing)
        if told is None:
            return None
        if near is None:
            letter = LETTERS[part] if part else ""
            new_id = uuid.uuid5(_SPACE, f"{thing['id']}\0{self.token}").hex[:10]
            return Add(part=part, thing={**told, "id": f"{letter}x{new_id}"}) if part else None
        there = self.translator.there(near)
        names = [name for name in differing(told, there, {}) if name in told and name in there]
        fields = {name: Replaced(old=there[name], new=told[name]) for name in names}
        return Edit(target=near, fields=fields) if fields else None

    def _novel(self, after: Reviewed) -> Iterator[str]:
        known = set(self.translator.ids.values()) | set(self.agreed.values())
        for part in PARTS:
            for one in getattr(after.record, part):
                if one.id not in known and not _verdict(after, one.id):
                    yield one.id


def _verdict(reviewed: Reviewed, id_: str) -> str | None:
    mark = reviewed.marks.get(id_)
    return None if mark is None else mark.verdict
