"""The log as JSON Lines: written out of one database, and read into another or the same again.

The first line says what it is. Then, document by document: the document with its records' checksums, the
records themselves if they are wanted, and its decisions. Every line is an object with a ``kind``:

* ``log``: ``format`` (``decision-log/1``);
* ``document``: ``key``, ``origin``, ``text_sha256``, ``double``, ``version`` (of the record under review),
  ``records`` ``[{version, model, sha256}]``;
* ``record``: ``key``, ``version``, ``model``, ``record`` (race-record/1);
* ``decision``: ``number`` (in its reading, from 1), ``version`` (of the record it was made on), ``decision``.

Reading in takes each decision once. Of a reading on which this database has decisions that the file has not,
nothing is taken: which of the two came first is nobody's to guess. Nor is what stands behind a line that is
missing. Such lines, and whatever else is not fit, are told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, select, update

from extractor.errors import RecordError
from extractor.records_io import parse_record
from extractor.review.decisions import Decision
from extractor.review.store import documents as documents_
from extractor.review.store import log, people
from extractor.review.store.errors import StoreError
from extractor.review.store.schema import decisions, documents, records
from extractor.review.store.stored import Imported, Refused

FORMAT: Final = "decision-log/1"
_MOST_LINE: Final = 256 << 20
_AT_ONCE: Final = 200


def written(engine: Engine, *, with_records: bool) -> Iterator[str]:
    """Yield the lines, without their line feeds; no transaction stays open between two of them."""
    yield _line(kind="log", format=FORMAT)
    after = 0
    while True:
        with engine.begin() as connection:
            rows = connection.execute(
                select(documents).where(documents.c.id > after).order_by(documents.c.id).limit(_AT_ONCE)
            ).all()
            if not rows:
                return
            after = rows[-1].id
            lines = [line for row in rows for line in _lines_of(connection, row, with_records)]
        yield from lines


def _line(**content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _lines_of(connection: Connection, row: Any, with_records: bool) -> Iterator[str]:
    kept = connection.execute(
        select(records.c.version, records.c.model, records.c.sha256)
        .where(records.c.document_id == row.id)
        .order_by(records.c.version)
    ).all()
    told = [{"version": k.version, "model": k.model, "sha256": k.sha256} for k in kept]
    _, made = log.of_readings(connection, row.key, (0, 1, 2), all_records=True)
    if not made and not with_records:
        return
    about = {"origin": row.origin, "text_sha256": row.text_sha256, "double": row.double}
    about |= {"version": row.version}
    yield _line(kind="document", key=row.key, **about, records=told)
    for k in kept if with_records else ():
        content = json.loads(documents_.record_body(connection, row.id, k.version))
        yield _line(kind="record", key=row.key, version=k.version, model=k.model, record=content)
    numbers = {0: 0, 1: 0, 2: 0}
    for decision, version in made:
        numbers[decision.reading] += 1
        content = decision.model_dump(mode="json")
        yield _line(kind="decision", number=numbers[decision.reading], version=version, decision=content)


@dataclass
class _Told:
    """What the file has said of a document: its origin, and the checksums of records by version."""

    origin: str | None
    double: bool
    checksums: dict[int, str]
    version: int | None = None


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision as the file has it: on which line, the how manieth of its reading, on which record."""

    line: int
    number: int
    version: int
    decision: Decision


@dataclass
class Reader:
    """Reads a log line by line; each reading's decisions are added in one transaction.

    Attributes:
        engine: One whose transactions begin as writing ones.
        imported: What became of the lines so far.
    """

    engine: Engine
    imported: Imported = field(default_factory=Imported)
    _told: dict[str, _Told] = field(default_factory=dict)
    _waiting: list[_Decided] = field(default_factory=list)

    def read(self, lines: Iterable[str]) -> Imported:
        """Read everything.

        Raises:
            StoreError: The first line does not say that this is a log of ours.
        """
        is_first = True
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            content = _parsed(line)
            if is_first:
                if content is None or content.get("format") != FORMAT:
                    raise StoreError("store_no_log", expected=FORMAT)
                is_first = False
            elif content is None:
                self._refuse(number, "store_bad_line")
            else:
                self._take(number, content)
        self._add_waiting()
        if is_first:
            raise StoreError("store_no_log", expected=FORMAT)
        return self.imported

    def _take(self, number: int, content: dict[str, Any]) -> None:
        try:
            if content.get("kind") == "decision":
                decision = Decision.model_validate_json(json.dumps(content["decision"]))
                self._wait(_Decided(number, int(content["number"]), int(content["version"]), decision))
                return
            self._add_waiting()
            if content.get("kind") == "document":
                self._hear(content)
            elif content.get("kind") == "record":
                self._add_record(content)
            else:
                self._refuse(number, "store_bad_line")
        except (ValidationError, RecordError, StoreError, KeyError, TypeError, ValueError) as error:
            code = error.code if isinstance(error, StoreError) else "store_bad_line"
            self._refuse(number, code)

    def _wait(self, decided: _Decided) -> None:
        if self._waiting:
            first, this = self._waiting[0].decision, decided.decision
            if (first.document, first.reading) != (this.document, this.reading):
                self._add_waiting()
        self._waiting.append(decided)

    def _hear(self, content: dict[str, Any]) -> None:
        checksums = {int(one["version"]): str(one["sha256"]) for one in content["records"]}
        key = str(content["key"])
        present = int(content["version"]) if "version" in content else None
        self._told[key] = _Told(content["origin"], content.get("double") is True, checksums, present)
        with self.engine.begin() as connection:
            self._mark_double(connection, key)

    def _mark_double(self, connection: Connection, key: str) -> None:
        if key in self._told and self._told[key].double:
            connection.execute(update(documents).where(documents.c.key == key).values(double=True))

    def _add_record(self, content: dict[str, Any]) -> None:
        key = str(content["key"])
        told = self._told[key]
        if not isinstance(content["record"], dict):
            raise StoreError("store_bad_line")
        record = parse_record(content["record"], key)
        if documents_.key_of(documents_.text_sha256(record.document.text), told.origin) != key:
            raise StoreError("store_other_text", key=key)
        model = content["model"]
        with self.engine.begin() as connection:
            added = documents_.add(
                connection,
                record,
                model=None if model is None else str(model),
                origin=told.origin or "",
                pages=(),
            )
            self._mark_double(connection, key)
        count = self.imported
        self.imported = replace(
            count,
            documents=count.documents + (added.novelty == "new"),
            records=count.records + (added.novelty != "same"),
        )

    def _refuse(self, number: int, code: str, about: str = "") -> None:
        line = Refused(number, code, about)
        self.imported = replace(self.imported, refused=(*self.imported.refused, line))

    def _add_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        numbered = takewhile(lambda one: one[0] == one[1].number, enumerate(waiting, 1))
        whole = [decided for _, decided in numbered]
        # What comes behind a line that is missing was decided upon a state that we do not have.
        for decided in waiting[len(whole) :]:
            self._refuse(decided.line, "store_log_gap", decided.decision.document)
        if not whole:
            return
        try:
            with self.engine.begin() as connection:
                known = self._append(connection, whole)
        except StoreError as error:
            for decided in whole:
                self._refuse(decided.line, error.code, decided.decision.document)
            return
        count = self.imported
        self.imported = replace(
            count,
            decisions=count.decisions + len(whole) - known,
            known=count.known + known,
        )

    def _append(self, connection: Connection, decided: Sequence[_Decided]) -> int:
        """Add what is new of one reading's decisions; return how many were known.

        Raises:
            StoreError: Nothing of it can be taken.
        """
        made = [one.decision for one in decided]
        document = documents_.find(connection, made[0].document, for_update=True)
        there = connection.scalars(
            select(decisions.c.id)
            .where(decisions.c.document_id == document.id, decisions.c.reading == made[0].reading)
            .order_by(decisions.c.seq)
        ).all()
        ids = [decision.id for decision in made]
        if list(there[: len(ids)]) == ids:
            return len(ids)
        if list(there) != ids[: len(there)]:
            raise StoreError("store_diverged", key=document.key)
        versions = {
            on: self._version_here(connection, document, on) for on in {one.version for one in decided}
        }
        told = self._told[document.key]
        present = self._version_here(connection, document, told.version or decided[-1].version)
        is_moved = len(versions) > 1 or present not in versions.values()
        if (
            document.decided_upon
            and present != document.version
            and document.version not in versions.values()
        ):
            raise StoreError("store_other_record", key=document.key)
        for name in {decision.reviewer for decision in made}:
            people.ensure(connection, name)
        if not is_moved and (not document.decided_upon or document.version == present):
            log.append(connection, made[len(there) :], head=len(there), version=present)
            return len(there)
        on = [versions[one.version] for one in decided]
        log.append_moved(
            connection, document, made[len(there) :], on[len(there) :], after=len(there), present=present
        )
        return len(there)

    def _version_here(self, connection: Connection, document: Any, version: int) -> int:
        """Return the record here that is this one there.

        Raises:
            StoreError: ``store_other_record``: there is none.
        """
        told = self._told.get(document.key)
        checksum = told.checksums.get(version) if told else None
        found: int | None = connection.scalar(
            select(records.c.version)
            .where(records.c.document_id == document.id, records.c.sha256 == checksum)
            .order_by(records.c.version)
            .limit(1)
        )
        if found is None:
            raise StoreError("store_other_record", key=document.key)
        return found


def _parsed(line: str) -> dict[str, Any] | None:
    if len(line) > _MOST_LINE:
        return None
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
