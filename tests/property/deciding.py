"""Reviewers who decide at random, sensibly or not, on whatever record they are given."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from extractor.record import RaceRecord
from extractor.review.apply import step, text_sha256
from extractor.review.decisions import (
    LETTERS,
    Accept,
    Add,
    Change,
    Decision,
    Edit,
    Merge,
    Note,
    Part,
    Reject,
    Replaced,
    Retext,
    SetStatus,
    Split,
    Undo,
)
from extractor.review.reviewed import Reviewed

PARTS: tuple[Part, ...] = tuple(LETTERS)
_START = datetime(2026, 11, 23, 9, tzinfo=UTC)
_VALUES: tuple[Any, ...] = (
    None,
    0,
    1,
    3,
    -1,
    1e9,
    "",
    "Vauban",
    "final",
    "dnf",
    "Junior",
    [],
    ["d1"],
    {"laps": 2},
)
_FIELDS = (
    "position", "status", "lap", "session", "drivers", "team", "number", "classes", "speaker", "kind", "type",
    "label", "name", "aliases", "time", "gap", "scope", "consequences", "caused_by", "asserted_by", "entry",
    "season", "title", "published_on", "confidence", "id",
)  # fmt: skip


class Reviewer:
    """Makes decisions, one after the other.

    Attributes:
        record: As extracted.
        reviewed: What the decisions have made of it.
        log: The decisions.
    """

    def __init__(self, record: RaceRecord, random: Random) -> None:
        self.record = record
        self.random = random
        self.reviewed = Reviewed(record=record)
        self.log: list[Decision] = []
        self.text_sha256 = text_sha256(record)

    def decide(self, times: int) -> None:
        """Decide so many times."""
        for _ in range(times):
            self.save(self.change())

    def save(self, change: Change) -> Decision:
        """Save a decision."""
        number = len(self.log)
        decision = Decision(
            id=f"c{number}",
            document="k",
            reviewer=self.random.choice(("Ana", "Bruno")),
            at=_START + timedelta(seconds=number),
            change=change,
            text_sha256=self.text_sha256,
        )
        self.log.append(decision)
        self.reviewed = step(self.reviewed, decision)
        return decision

    # --- what to decide

    def change(self) -> Change:
        """Return something to do."""
        kinds = (
            self.accept, self.accept, self.accept, self.note, self.status, self.reject, self.merge, self.split,
            self.edit, self.edit, self.edit, self.evidence, self.evidence, self.add, self.add, self.add,
            self.retext, self.retext, self.retext, self.undo, self.undo, self.undo,
        )  # fmt: skip
        return self.random.choice(kinds)()

    def target(self, *parts: Part) -> str:
        if self.random.random() < 0.1:
            return self.random.choice(("event", "document", "r1", "d1", "nobody", *self.reviewed.gone))
        ids = [thing.id for part in parts or PARTS for thing in getattr(self.reviewed.record, part)]
        return self.random.choice(ids or ["nobody"])

    def targets(self, *parts: Part) -> tuple[str, ...]:
        return tuple(self.target(*parts) for _ in range(self.random.choice((1, 1, 1, 3))))

    def place(self) -> tuple[int, int]:
        text = self.reviewed.record.document.text
        spans = list(self.reviewed.record.spans())
        if spans and self.random.random() < 0.5:
            span = self.random.choice(spans)
            shift = self.random.choice((0, 0, -3, 4))
            start = max(0, span.start + shift)
            return start, min(len(text), max(start, span.end + self.random.choice((0, 0, -2, 6))))
        start = self.random.randint(0, max(0, len(text) - 1))
        return start, min(len(text), start + self.random.randint(0, 25))

    def span(self) -> dict[str, Any]:
        start, end = self.place()
        return {"start": start, "end": end, "text": self.reviewed.record.document.text[start:end]}

    def accept(self) -> Change:
        return Accept(targets=self.targets())

    def reject(self) -> Change:
        return Reject(targets=self.targets())

    def note(self) -> Change:
        return Note(target=self.target(), new=self.random.choice(("", "à revoir")))

    def status(self) -> Change:
        return SetStatus(old="new", new=self.random.choice(("in_review", "reviewed", "disputed")))

    def edit(self) -> Change:
        target = self.target()
        if self.random.random() < 0.3:
            value = self.random.choice((*_VALUES, self.target()))
            return Edit(target=target, fields={self.random.choice(_FIELDS): Replaced(old=None, new=value)})
        part = next((part for part in PARTS if part[0] == target[0]), "results")
        like = self.random.choice(getattr(self.reviewed.record, part) or (self.reviewed.record.event,))
        shape = json.loads(like.model_dump_json(exclude={"id"}))
        name = self.random.choice(sorted(shape))
        return Edit(target=target, fields={name: Replaced(old=None, new=shape[name])})

    def evidence(self) -> Change:
        name = self.random.choice(("evidence", "mentions", "told"))
        return Edit(target=self.target(), fields={name: Replaced(old=None, new=[self.span(), self.span()])})

    def add(self) -> Change:
        part = self.random.choice(PARTS)
        things = getattr(self.reviewed.record, part)
        thing = json.loads(self.random.choice(things).model_dump_json()) if things else {"kind": "race"}
        new = f"{LETTERS[part]}x{self.random.randint(1, 30)}"
        return Add(part=part, thing=thing | {"id": new})

    def merge(self) -> Change:
        part = self.random.choice(PARTS)
        return Merge(part=part, keep=self.target(part), others=self.targets(part))

    def split(self) -> Change:
        part: Any = self.random.choice(("drivers", "drivers", "teams"))
        target = self.target(part)
        held = [thing for thing in getattr(self.reviewed.record, part) if thing.id == target]
        mentions = [(m.start, m.end) for thing in held for m in thing.mentions] or [(0, 5)]
        chosen = self.random.sample(mentions, self.random.randint(1, max(1, len(mentions) - 1)))
        facts = self.targets("entries", "results", "incidents", "quotes")
        new = f"x{self.random.randint(1, 30)}"
        return Split(
            part=part, target=target, new_id=new, name="Zoé Zed", mentions=tuple(chosen), facts=facts
        )

    def retext(self) -> Change:
        start, end = self.place()
        old = self.reviewed.record.document.text[start:end]
        kind = self.random.randint(0, 3)
        at = self.random.randint(0, len(old))
        new = ("", old[:at] + "é" + old[at + 1 :], old[:at] + " de la Tour " + old[at:], "Zut")[kind]
        return Retext(start=start, end=end, old=old, new=new)

    def undo(self) -> Change:
        if not self.log or self.random.random() < 0.05:
            return Undo(decision="never")
        recent = self.log[-6:] if self.random.random() < 0.7 else self.log
        return Undo(decision=self.random.choice(recent).id)
