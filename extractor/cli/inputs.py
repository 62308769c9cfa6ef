"""What ``parcferme extract`` reads: paths, of which some are tables of reports, a manifest, a dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.paths import Paths
from extractor.batch.task import Task
from extractor.errors import UsageError
from extractor.readers.options import ReadOptions
from extractor.readers.source import Source

if TYPE_CHECKING:
    from extractor.batch.inputs import Columns, Dataset

FEW = 8
"""So many documents are read in the command's own process, unless limits or processes are asked for."""

_TABLES = (".jsonl", ".ndjson", ".parquet", ".csv", ".tsv", ".gz", ".zst", ".zstd")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user names.

    Attributes:
        paths: Files, folders, archives, patterns, ``-``.
        manifest: A file that says which files to read.
        dataset: A dataset of Hugging Face: a folder, or a name on the Hub.
        split: Which split of it.
        online: Whether it may be fetched.
        text_column: Which column of tables has the report.
        id_column: Which one tells it from others.
    """

    paths: tuple[str, ...] = ()
    manifest: str | None = None
    dataset: str | None = None
    split: str | None = None
    online: bool = False
    text_column: str | None = None
    id_column: str | None = None


@dataclass(slots=True)
class Inputs:
    """All there is to read, in the user's order.

    Attributes:
        asked: What the user names.
        reading: Limits for archives and rows.
        total: How many documents there are; ``None`` where only reading them tells.
    """

    asked: Asked
    reading: ReadOptions
    total: int | None = field(init=False)
    _paths: Paths = field(init=False)
    _dataset: Dataset | None = field(default=None, init=False)
    _tables: list[Source] = field(default_factory=list, init=False)
    _first: list[Task] = field(default_factory=list, init=False)
    _rest: Iterator[Task] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Look for everything, and read nothing yet.

        Raises:
            UsageError: ``nothing_to_read``, or what is wrong with the dataset that is asked for.
            InputError: There is no such dataset.
        """
        asked = self.asked
        if not asked.paths and asked.manifest is None and asked.dataset is None:
            raise UsageError("nothing_to_read")
        if asked.dataset is not None:
            from extractor.batch.inputs import open_dataset

            self._dataset = open_dataset(asked.dataset, asked.split, online=asked.online)
        self._paths = Paths(asked.paths, self.reading)
        self._tables = [task.source for task in self._paths.tasks() if task.source and self._is_table(task)]
        self.total = self._counted()
        if self.total is None:  # a short list is a short list, whatever it is written in
            self._rest = self._every()
            self._first = list(islice(self._rest, FEW + 1))
            if len(self._first) <= FEW:
                self.total = len(self._first)

    @property
    def left_out(self) -> Counter[str]:
        """How many files of folders and archives are of no known kind, by suffix."""
        return self._paths.left_out

    @property
    def readable(self) -> int | None:
        """How many there are to read, without those that cannot be, as is known already."""
        return None if self.total is None else self.total - self._paths.failed

    @property
    def is_single(self) -> bool:
        """Whether a single file or standard input was asked for, not a folder, pattern or table."""
        names = self.asked.paths
        if self.readable != 1 or self._paths.failed or self._tables or len(names) != 1:
            return False
        return (
            self._paths.count == 1
            and not Path(names[0]).is_dir()
            and (names[0] == "-" or Path(names[0]).exists())
        )

    def is_input(self, path: Path) -> bool:
        """Say whether a file is read."""
        return self._paths.is_input(path)

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each document; once."""
        return self._every() if self._rest is None else chain(self._first, self._rest)

    def _every(self) -> Iterator[Task]:
        for task in self._paths.tasks():
            if self._is_table(task):
                from extractor.batch.inputs import table_tasks

                assert task.source is not None
                yield from table_tasks(task.source, self._columns(), self.reading)
            else:
                yield task
        if self.asked.manifest is not None:
            from extractor.batch.inputs import manifest_tasks

            yield from manifest_tasks(self.asked.manifest, self._columns(), self.reading, self.left_out)
        if self._dataset is not None:
            from extractor.batch.inputs import dataset_tasks

            yield from dataset_tasks(self._dataset, self._columns(), self.reading)

    def _columns(self) -> Columns:
        from extractor.batch.inputs import Columns

        return Columns(self.asked.text_column, self.asked.id_column)

    def _is_table(self, task: Task) -> bool:
        if task.source is None or not task.source.name.lower().endswith(_TABLES):
            return False
        from extractor.batch.inputs import is_table

        return is_table(task.source, self._columns())

    def _counted(self) -> int | None:
        if self.asked.manifest is not None:
            return None
        lengths: list[int | None] = [self._paths.count - len(self._tables), self._paths.failed]
        if self._dataset is not None:
            lengths.append(self._dataset.length)
        if self._tables:
            from extractor.batch.inputs import length_of

            lengths += [length_of(table) for table in self._tables]
        known = [length for length in lengths if length is not None]
        return sum(known) if len(known) == len(lengths) else None
