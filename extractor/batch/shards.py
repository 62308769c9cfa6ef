"""Shards: files of a few thousand records each, as compressed JSON Lines or as Parquet.

A shard is written under another name, forced onto the disk, and then renamed; only then does the ledger
learn of it. What a crash leaves behind is thus either a whole shard that the ledger knows, or something that
it does not know, which the next run sweeps away before it does anything else.

The records of the shard to come wait in the ledger itself, so that no crash costs more than a second's work,
and no shard is small because a run was cut. A record whose document has changed leaves its shard, which is
written anew without it, under a new number: at the end of a run the folder holds each document once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from extractor.batch.files import Place, refusals, sync
from extractor.batch.ledger import Ledger
from extractor.batch.task import Done
from extractor.errors import OutputError, UsageError
from extractor.limits import SHARD_ROWS

CHARACTERS = 128_000_000
"""A shard is full with so many characters of records, however few."""

PENDING = 0
"""Number of the shard that is not written yet."""

NAME = "records-{number:06d}{suffix}"
_LEVEL, _QUICK = 6, 1
_ROWS_AT_ONCE = 500


class Kind(Protocol):
    """How the records of a shard are written and read."""

    suffix: str

    def write(self, path: Path, records: Iterable[str]) -> None:
        """Write a new file with the records, each JSON without a line feed; may raise ``OSError``."""

    def read(self, path: Path) -> Iterator[str]:
        """Yield the records of a file; may raise ``OSError``."""


class JsonLines:
    """JSON Lines, compressed by zstd."""

    suffix = ".jsonl.zst"

    def write(self, path: Path, records: Iterable[str]) -> None:
        """Write one record on each line."""
        import zstandard

        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        with path.open("xb") as raw, compressor.stream_writer(raw) as file:
            for record in records:
                file.write(record.encode() + b"\n")

    def read(self, path: Path) -> Iterator[str]:
        """Yield the lines."""
        import io

        import zstandard

        with path.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as file:
            yield from (line.decode().removesuffix("\n") for line in io.BufferedReader(file))


class Parquet:
    """Parquet: a column ``record`` with the JSON, and beside it what archives are searched by."""

    suffix = ".parquet"

    def __init__(self) -> None:
        try:
            import pyarrow.parquet
        except ImportError as error:
            raise UsageError("needs_pyarrow") from error
        arrow = pyarrow
        self._parquet = pyarrow.parquet
        text = (
            "id",
            "source",
            "sha256",
            "media_type",
            "title",
            "language",
            "published_on",
            "event",
            "series",
        )
        fields = [(name, arrow.string()) for name in text]
        fields += [("season", arrow.int32()), ("venue", arrow.string()), ("starts_on", arrow.string())]
        fields += [("characters", arrow.int64()), ("record", arrow.string())]
        self._schema = arrow.schema(fields)
        self._table = arrow.Table

    def write(self, path: Path, records: Iterable[str]) -> None:
        """Write the records in groups of rows, of which one is held at a time."""
        with (
            path.open("xb") as file,
            self._parquet.ParquetWriter(file, self._schema, compression="zstd") as writer,
        ):
            for rows in _groups(map(_row, records)):
                writer.write_table(self._table.from_pylist(rows, schema=self._schema))

    def read(self, path: Path) -> Iterator[str]:
        """Yield the column ``record``."""
        with self._parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=["record"]):
                yield from batch.column(0).to_pylist()


def _row(line: str) -> dict[str, Any]:
    record = json.loads(line)
    document, event = record["document"], record["event"]
    told = {name: document[name] for name in ("id", "source", "sha256", "media_type", "title", "language")}
    when = {name: event[name] for name in ("series", "season", "venue", "starts_on")}
    return {
        **told,
        "published_on": document["published_on"],
        "event": event["name"],
        **when,
        "characters": record["coverage"]["characters"],
        "record": line,
    }


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        group.append(row)
        if len(group) >= _ROWS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


KINDS: dict[str, type[JsonLines] | type[Parquet]] = {"jsonl.zst": JsonLines, "parquet": Parquet}


class Shards:
    """Takes records and puts them into the shards of a folder.

    Args:
        place: Where they go.
        kind: How they are written.
        ledger: Of the folder.
        rows: How many records fill a shard.
    """

    def __init__(self, place: Place, kind: Kind, ledger: Ledger, *, rows: int = SHARD_ROWS) -> None:
        import zstandard

        self._place, self._kind, self._ledger, self._rows = place, kind, ledger, rows
        self._folder = place.folder
        self._database = ledger.database
        self._squeeze = zstandard.ZstdCompressor(level=_QUICK).compress
        self._unsqueeze = zstandard.ZstdDecompressor().decompress
        pattern = NAME.format(number=0, suffix="").replace("000000", r"(\d{6,})")
        self._named = re.compile(pattern + re.escape(kind.suffix))
        self._sweep()
        waiting = "SELECT count(*), coalesce(sum(characters), 0) FROM pending"
        self._count, self._characters = self._database.execute(waiting).fetchone()

    def put(self, done: Done) -> int:
        """Take the record of a document, in place of the one before; return where it will be."""
        assert done.payload is not None
        number = self._ledger.number_of(done.task)
        self._forget(number)
        content = self._squeeze(done.payload.encode())
        self._database.execute("INSERT INTO pending VALUES (?, ?, ?)", (number, content, len(done.payload)))
        self._count += 1
        self._characters += len(done.payload)
        return PENDING

    def drop(self, number: int) -> None:
        """Forget the record of a document, by its number; what is in a shard leaves it at the end."""
        self._forget(number)

    def commit(self) -> None:
        """Keep what was put; write a shard where there are enough for one."""
        self._ledger.commit()
        while self._count >= self._rows or self._characters >= CHARACTERS:
            self._cut()

    def finish(self, *, complete: bool) -> None:
        """Write what waits, and, where all is done, the shards anew from which records have left."""
        self._ledger.commit()
        while self._count:
            self._cut()
        if complete:
            self._rewrite()

    def _forget(self, number: int) -> None:
        found = self._database.execute(
            "DELETE FROM pending WHERE id = ? RETURNING characters", (number,)
        ).fetchone()
        if found is not None:
            self._count -= 1
            self._characters -= found[0]

    # --- files

    def _path(self, number: int) -> Path:
        return self._folder / NAME.format(number=number, suffix=self._kind.suffix)

    def _cut(self) -> None:
        """Write the records that wait as a shard."""
        ids = self._database.execute("SELECT id FROM pending ORDER BY id LIMIT ?", (self._rows,)).fetchall()
        query = "SELECT record FROM pending ORDER BY id LIMIT ?"
        with closing(self._database.execute(query, (self._rows,))) as waiting:
            number = self._write(self._unsqueeze(content).decode() for (content,) in waiting)
        places = [(number, row, one) for row, (one,) in enumerate(ids)]
        self._note(number, places)
        self._database.executemany("DELETE FROM pending WHERE id = ?", ids)
        self._ledger.commit()
        waiting_still = "SELECT count(*), coalesce(sum(characters), 0) FROM pending"
        self._count, self._characters = self._database.execute(waiting_still).fetchone()

    def _write(self, records: Iterable[str]) -> int:
        """Write a shard, whole, under the next number."""
        (last,) = self._database.execute("SELECT coalesce(max(number), 0) FROM shard").fetchone()
        number = int(last) + 1
        target = self._path(number)
        partial = self._place.partial(target.name)
        with refusals(self._folder):
            partial.unlink(missing_ok=True)
            self._kind.write(partial, records)
            sync(partial)
            partial.replace(target)
            sync(self._folder)
        return number

    def _note(self, number: int, places: list[tuple[int, int, int]]) -> None:
        """Note which document stands in which row of a shard."""
        with refusals(self._folder):
            size = self._path(number).stat().st_size
        self._database.execute("INSERT INTO shard VALUES (?, ?, ?)", (number, len(places), size))
        self._database.executemany("UPDATE document SET shard = ?, row = ? WHERE id = ?", places)

    def _rewrite(self) -> None:
        """Write those shards anew, under new numbers, from which records have left."""
        stale = self._database.execute(
            "SELECT number, (SELECT count(*) FROM document WHERE document.shard = shard.number) AS held"
            " FROM shard WHERE held < rows ORDER BY shard.number"
        ).fetchall()
        for number, held in stale:
            if held:
                self._without_what_left(number)
            self._database.execute("DELETE FROM shard WHERE number = ?", (number,))
            self._ledger.commit()
            with refusals(self._folder):
                self._path(number).unlink(missing_ok=True)

    def _without_what_left(self, number: int) -> None:
        kept = self._database.execute(
            "SELECT row, id FROM document WHERE shard = ? ORDER BY row", (number,)
        ).fetchall()
        rows = {row for row, _ in kept}
        every = enumerate(self._kind.read(self._path(number)))
        anew = self._write(record for row, record in every if row in rows)
        self._note(anew, [(anew, row, one) for row, (_, one) in enumerate(kept)])

    # --- what a crash left

    def _sweep(self) -> None:
        """Make folder and ledger agree: what the ledger does not know goes, what is missing is done anew."""
        with refusals(self._folder):
            there = {
                int(found[1]): path
                for path in self._folder.iterdir()
                if (found := self._named.fullmatch(path.name))
            }
            known = dict(self._database.execute("SELECT number, bytes FROM shard").fetchall())
            if self._ledger.is_new and there:
                raise OutputError("shards_without_ledger", source=str(self._folder))
            for number, path in there.items():
                if known.get(number) != path.stat().st_size:
                    path.unlink()
        for number in known:
            if not self._path(number).exists():
                # Its documents are named and known, and have no record any more.
                self._database.execute(
                    "UPDATE document SET state = NULL, shard = NULL WHERE shard = ?", (number,)
                )
                self._database.execute("DELETE FROM shard WHERE number = ?", (number,))
