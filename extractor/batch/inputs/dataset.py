"""Datasets of Hugging Face: a folder written by ``save_to_disk``, or what ``datasets.load_dataset`` takes.

Nothing is fetched over the network unless the user says so, and no dataset is ever held in memory: the one
kind lies on the disk as it is read, the other comes as a stream. https://huggingface.co/docs/datasets
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.batch.inputs.columns import TOGETHER, arrow, batch_rows
from extractor.batch.inputs.rows import Rows, place, require
from extractor.errors import InputError, UsageError

_SAVED = ("state.json", "dataset_dict.json")
_OFFLINE = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that was opened.

    Attributes:
        folder: What the user calls it: a folder, or a name on the Hub.
        name: The same with its split, where it has several.
        columns: Names of its columns; ``None`` where only its rows tell.
        length: How many rows it has; ``None`` for a stream.
    """

    folder: str
    name: str
    columns: list[str] | None
    length: int | None
    _opened: Any

    def rows(self, required: Sequence[str], wanted: Sequence[str]) -> Rows:
        """Yield its rows.

        Args:
            required: Columns that it must have.
            wanted: Columns to read, where it has them.

        Raises:
            InputError: ``no_such_column``, or ``dataset_broken``: it can be read no further.
        """
        opened = self._opened
        if self.columns is not None:
            require(required, self.columns, self.name)
            opened = opened.select_columns([name for name in wanted if name in self.columns])
        number = 0
        try:
            for batch in opened.with_format("arrow").iter(batch_size=TOGETHER):
                yield from batch_rows(batch, self.name, number)
                number += batch.num_rows
        except _faults():
            # Those before the one that cannot be read came together with it.
            yield from self._one_by_one(opened.skip(number), number)

    def _one_by_one(self, opened: Any, number: int) -> Rows:
        try:
            for row in opened.with_format("arrow").iter(batch_size=1):
                yield from batch_rows(row, self.name, number)
                number += 1
        except _faults() as error:
            raise _broken(place(self.name, number + 1), error) from error


def open_dataset(name: str, split: str | None = None, *, online: bool = False) -> Dataset:
    """Open a dataset.

    Args:
        name: A folder, or a name on the Hugging Face Hub.
        split: Which split; not needed where there is one alone.
        online: Whether it may be fetched over the network.

    Raises:
        InputError: ``dataset_not_found`` or ``dataset_broken``.
        UsageError: ``needs_datasets``, ``dataset_split`` or ``needs_pyarrow``.
    """
    if not online:
        os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    library = _library()
    if not online:  # for somebody else may have imported it before
        library.config.HF_HUB_OFFLINE = library.config.HF_DATASETS_OFFLINE = True
    try:
        found = _found(library, name)
    except (FileNotFoundError, ConnectionError) as error:
        code = "dataset_not_found" if online or Path(name).exists() else "dataset_not_here"
        raise InputError(code, source=name, reason=_said(error)) from error
    except _faults() as error:
        raise _broken(name, error) from error
    return _with_split(found, name, split)


def _found(library: Any, name: str) -> Any:
    folder = Path(name)
    if any((folder / file).is_file() for file in _SAVED):
        return library.load_from_disk(name)
    try:
        return library.load_dataset(name, streaming=True)
    except NotImplementedError:  # one that was fetched before, and lies on the disk as it is read
        return library.load_dataset(name)


def _with_split(found: Any, name: str, split: str | None) -> Dataset:
    """Return the split that was asked for, or the only one."""
    folder = name
    if isinstance(found, dict):
        if split is None and len(found) == 1:
            split = next(iter(found))
        if split not in found:
            raise UsageError("dataset_split", source=name, splits=", ".join(map(str, found)))
        found, name = found[split], f"{name}[{split}]"
    elif split is not None and str(found.split or split) != split:
        raise UsageError("dataset_split", source=name, splits=str(found.split))
    length = getattr(found, "num_rows", None)
    return Dataset(folder, name, found.column_names, length, found)


def _library() -> Any:
    arrow()
    try:
        import datasets
    except ModuleNotFoundError as error:
        raise UsageError("needs_datasets") from error
    datasets.disable_progress_bars()
    datasets.logging.set_verbosity(logging.CRITICAL)  # what is wrong is said once, and by us
    return datasets


def _faults() -> tuple[type[Exception], ...]:
    """Return what the library raises over data that it cannot read."""
    from datasets.exceptions import DatasetsError

    return (DatasetsError, OSError, ValueError, TypeError, KeyError, RuntimeError, arrow().ArrowException)


def _broken(source: str, error: Exception) -> InputError:
    return InputError("dataset_broken", source=source, reason=_said(error))


def _said(error: Exception) -> str:
    """Return the first line of what a library says, which may go on for pages."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
