"""Records into a place of the user's: a file of any form that is read again, or a folder with a file each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from extractor.cli.outputs import WholeFile, format_of_file, make_folder, write_whole
from extractor.exports.names import FileNames
from extractor.record import RaceRecord

_LINES = (".jsonl", ".ndjson")
_ARRAY: Final = ("[\n", ",\n", "\n]\n")
_PACKED = ("jsonl.zst", "parquet")


def write_records(out: Path, records: Iterable[tuple[str, RaceRecord]]) -> None:
    """Write records, each with the name of its file; a file is there and whole, or not there at all.

    Args:
        out: ``.jsonl``, ``.json``, ``.jsonl.zst`` or ``.parquet``; anything else is a folder.
        records: One by one.

    Raises:
        OutputError: ``cannot_write`` or ``not_a_folder``.
        UsageError: ``needs_pyarrow``.
    """
    form = format_of_file(out)
    if form in _PACKED:
        _write_packed(out, form, (record.to_json() for _, record in records))
    elif form == "json":
        _write_text(out, (record.to_json(indent=2) for _, record in records), _ARRAY)
    elif out.suffix.lower() in _LINES and not out.is_dir():
        _write_text(out, (record.to_json() for _, record in records), ("", "\n", "\n"))
    else:
        names = FileNames()
        make_folder(out)
        for name, record in records:
            write_whole(out / f"{names.after(name)}.record.json", record.to_json(indent=2) + "\n")


def _write_text(out: Path, records: Iterable[str], frame: tuple[str, str, str]) -> None:
    opening, between, closing = frame
    file = WholeFile(out)
    file.open()
    count = 0
    whole = False
    try:
        for count, record in enumerate(records, 1):
            file.write((between if count > 1 else opening) + record)
        file.write(closing if count else "")
        whole = True
    finally:
        file.close(keep=whole and count > 0)


def _write_packed(out: Path, form: str, records: Iterable[str]) -> None:
    from extractor.batch.files import partial_beside, refusals, sync
    from extractor.batch.shards import KINDS

    make_folder(out.parent)
    partial = partial_beside(out)
    try:
        with refusals(out):
            KINDS[form]().write(partial, records)
            sync(partial)
            partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
