"""One document under an import of annotations: its record as it becomes, decision by decision."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from extractor.exports.annotation.scheme import Part as AnyPart
from extractor.exports.annotation.task import sha256_of
from extractor.record import RaceRecord
from extractor.review.annotated.remarks import Remark
from extractor.review.apply import DecisionError, check, step
from extractor.review.applying.things import Thing, things_of
from extractor.review.decisions import FIRST, LETTERS, Change, Decision, Edit, Part, Reading, Replaced
from extractor.review.reviewed import Reviewed

_NAMESPACE: Final = uuid.UUID("5f1b6f0a-4f8e-5c55-9f2a-6d1f0e8f3c11")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, on what.

    Attributes:
        document: Key of the document in the store.
        text_sha256: Of the text that was extracted from.
        reviewer: By name.
        at: When.
        reading: Which one.
        model: Version whose record was annotated.
        task: What tells this import from others of the same document: the same one gives the same ids.
    """

    document: str
    text_sha256: str
    reviewer: str
    at: datetime
    reading: Reading = FIRST
    model: str | None = None
    task: str = ""


@dataclass(slots=True)
class Desk:
    """What has been decided so far.

    Attributes:
        reviewed: The record with it.
        signature: Under which decisions are made.
        decisions: In order.
        remarks: What there is to tell.
    """

    reviewed: Reviewed
    signature: Signature
    decisions: list[Decision] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def record(self) -> RaceRecord:
        """The record as it is now."""
        return self.reviewed.record

    def make(self, change: Change) -> bool:
        """Decide something, if it can be; else say why not."""
        try:
            check(self.reviewed, change)
        except DecisionError as error:
            self.remark("refused", reason=error)
            return False
        decision = self._signed(change)
        self.reviewed = step(self.reviewed, decision)
        self.decisions.append(decision)
        return True

    def edit(self, target: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        """Give fields other values; those that are as they were are left alone."""
        fields = {
            name: Replaced(old=old.get(name), new=new[name]) for name in new if new[name] != old.get(name)
        }
        return bool(fields) and self.make(Edit(target=target, fields=fields))

    def remark(self, code: str, **values: object) -> None:
        """Have something to tell."""
        self.remarks.append(Remark(code, values))

    def things(self, part: AnyPart) -> tuple[Thing, ...]:
        """Return the things of a part as they are now."""
        return () if part == "event" else things_of(self.record, part)

    def thing(self, identifier: str) -> Thing | None:
        """Return a thing as it is now, if it is there."""
        parts: tuple[Part, ...] = tuple(LETTERS)
        return next((one for part in parts for one in self.things(part) if one.id == identifier), None)

    def new_id(self, part: Part, what: object) -> str:
        """Return an id for something new: the same for the same."""
        return f"{LETTERS[part]}x{sha256_of(f'{self.signature.task} {part} {what}')[:10]}"

    def _signed(self, change: Change) -> Decision:
        signed = self.signature
        said = f"{signed.task} {signed.document} {signed.reading} {signed.reviewer} {len(self.decisions)} "
        return Decision(
            id=uuid.uuid5(_NAMESPACE, said + change.model_dump_json()).hex,
            document=signed.document,
            reading=signed.reading,
            reviewer=signed.reviewer,
            at=signed.at,
            change=change,
            model=signed.model,
            text_sha256=signed.text_sha256,
        )
