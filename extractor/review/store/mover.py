"""The part of the store that takes decisions over to a newer record of a document."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Engine

from extractor.record import RaceRecord
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Decision,
    DocumentStatus,
    Reading,
    SetStatus,
    now,
)
from extractor.review.moving import Left, Moved, move
from extractor.review.store import documents, log, moved
from extractor.review.store.desk import Desk

_RECORDS_KEPT: Final = 48


@dataclass(frozen=True, slots=True)
class Plan:
    """What moving a document to a newer record would do.

    Attributes:
        key: Of the document.
        version: The newer record.
        model: By which it was made.
        readings: By reading that has decisions, what becomes of them.
        heads: By reading, how many decisions there are.
    """

    key: str
    version: int
    model: str | None
    readings: Mapping[Reading, Moved] = field(default_factory=dict)
    heads: Mapping[Reading, int] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """How many things that were decided are decided alike on the newer record."""
        return sum(one.taken for one in self.readings.values())

    @property
    def left(self) -> tuple[Left, ...]:
        """What is left to be decided again."""
        return tuple(left for one in self.readings.values() for left in one.left)


class Mover(Desk):
    """Knows records, and takes decisions over from one to another."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._records: OrderedDict[tuple[str, int], RaceRecord] = OrderedDict()
        self._guard = threading.Lock()

    def _record(self, connection: Connection, key: str, number: int, version: int) -> RaceRecord:
        """Return a record, from memory where it is there: records never change."""
        with self._guard:
            if (key, version) in self._records:
                self._records.move_to_end((key, version))
                return self._records[key, version]
        record = RaceRecord.model_validate_json(documents.record_body(connection, number, version))
        with self._guard:
            self._records[key, version] = record
            while len(self._records) > _RECORDS_KEPT:
                self._records.popitem(last=False)
        return record

    def with_newer(self, limit: int | None = None) -> tuple[str, ...]:
        """Return the keys of documents of which a later record lies beside the one decided upon."""
        with self._read() as connection:
            return moved.with_newer(connection, limit)

    def plan(self, key: str, by: str) -> Plan:
        """Return what moving a document's decisions to its newest record would do; nothing is written.

        Args:
            key: Of the document.
            by: Who would do it.

        Raises:
            StoreError: There is no such document, or no later record of it.
        """
        with self._read() as connection:
            version = moved.newest(connection, key)
            row, made = log.of_readings(connection, key, (FIRST, SECOND, SETTLED))
            old = self._record(connection, key, row.id, row.version)
            new = self._record(connection, key, row.id, version)
            model = documents.model_of(connection, row.id, version)
        logs: dict[Reading, list[Decision]] = {}
        for decision, _ in made:
            logs.setdefault(decision.reading, []).append(decision)
        at = now()
        readings = {
            reading: move(
                old,
                some,
                new,
                model=model,
                by=by,
                at=at,
                under=logs.get(FIRST, ()) if reading == SETTLED else (),
            )
            for reading, some in logs.items()
        }
        return Plan(key, version, model, readings, {reading: len(some) for reading, some in logs.items()})

    def move(self, plan: Plan) -> None:
        """Put the newer record under review, with the decisions that were taken over.

        Raises:
            StaleError: Somebody decided since the plan was made; make it anew.
            StoreError: The database cannot keep it.
        """
        statuses = {reading: _status(one) for reading, one in plan.readings.items()}
        made = {reading: one.decisions for reading, one in plan.readings.items()}
        with self._write() as connection:
            moved.write(connection, plan.key, plan.version, made, heads=plan.heads, statuses=statuses)

    def left(self, key: str, reading: Reading) -> tuple[Left, ...]:
        """Return what was decided on the record before and could not be taken over, nor was decided since.

        Raises:
            StoreError: There is no such document.
        """
        with self._read() as connection:
            before = moved.before(connection, key, reading)
            if before is None:
                return ()
            under = moved.before(connection, key, FIRST) if reading == SETTLED else None
            row, made = log.of_readings(connection, key, (reading,))
            old = self._record(connection, key, row.id, before[0])
            new = self._record(connection, key, row.id, row.version)
        again = move(
            old,
            before[1],
            new,
            model=row.model,
            by="",
            at=now(),
            under=under[1] if under is not None and under[0] == before[0] else (),
        )
        carried = {decision.id for decision in again.decisions}
        since = [decision for decision, _ in made if decision.id not in carried and decision.carried is None]
        about = {one for decision in since for one in _about(decision)}
        return tuple(one for one in again.left if one.near not in about and _adds(one) not in about)


def _status(one: Moved) -> DocumentStatus:
    said = [d.change.new for d in one.decisions if isinstance(d.change, SetStatus)]
    return said[-1] if said else "in_review"


def _about(decision: Decision) -> tuple[str, ...]:
    change = decision.change
    match change.action:
        case "accept" | "reject":
            return tuple(change.targets)
        case "edit":
            return (change.target,)
        case "add":
            return (str(change.thing.get("id", "")),)
        case "merge":
            return (change.keep, *change.others)
        case _:
            return ()


def _adds(left: Left) -> str:
    """Return the id under which something left would be added; no id where it would not."""
    change = left.change
    return str(change.thing.get("id", "")) if change is not None and change.action == "add" else "\0"
