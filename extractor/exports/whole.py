"""An export is there and whole, or not there at all.

It is written in a folder beside its place, on the same disk, and moved there when it is done.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZIP_DEFLATED, ZipFile

from extractor.errors import OutputError
from extractor.exports.formats import ExportOptions, Format, exporter_of
from extractor.record import RaceRecord

ZIP = ".zip"


def export_to(wanted: Format, records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Export records and return how many; where there are none, nothing is written.

    Args:
        wanted: The format.
        records: One by one.
        out: The file (written over where it is there), or the folder, which must be empty or absent; a folder
            whose name ends in ``.zip`` becomes such an archive.
        options: What the export is to be like.

    Raises:
        UsageError: ``export_needs``.
        OutputError: ``cannot_write``, ``folder_not_empty``, ``not_a_folder`` or ``not_a_file``.
    """
    exporter = exporter_of(wanted)
    check_place(wanted, out)
    out = Path(os.path.realpath(out))  # what a link leads to, and "." by its name
    with _refusals(out), _place_beside(out) as place:
        if wanted.shape == "folder":
            place.mkdir()
        count = exporter.export(records, place, options)
        if not count:
            return 0
        if wanted.shape == "folder" and is_zip(out):
            place = _packed(place)
        if out.is_dir():
            out.rmdir()  # it is empty
        place.replace(out)
    return count


def is_zip(out: Path) -> bool:
    """Say whether a folder is wanted as an archive."""
    return out.suffix.lower() == ZIP


def check_place(wanted: Format, out: Path) -> None:
    """Refuse a place where the export cannot go, before anything is read.

    Raises:
        OutputError: ``folder_not_empty``, ``not_a_folder``, ``not_a_file`` or ``cannot_write``.
    """
    with _refusals(out):
        if wanted.shape == "file" or is_zip(out):
            if out.is_dir():
                raise OutputError("not_a_file", source=str(out), suffix=wanted.suffix or ZIP)
        elif out.is_dir():
            if any(out.iterdir()):
                raise OutputError("folder_not_empty", source=str(out))
        elif os.path.lexists(out):
            raise OutputError("not_a_folder", source=str(out))


@contextmanager
def _place_beside(out: Path) -> Iterator[Path]:
    """Give a path of the same name on the same disk, whose folder is removed afterwards."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError("not_a_folder", source=str(out.parent)) from error
    folder = Path(mkdtemp(prefix=".parcferme-", suffix=".partial", dir=out.parent))
    try:
        yield folder / out.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _refusals(out: Path) -> Iterator[None]:
    """Turn the system's refusals into an error about the export."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("cannot_write", source=str(out), reason=reason) from error


def _packed(folder: Path) -> Path:
    """Return an archive of a folder's files, written beside it; the folder is taken down file by file."""
    archive = folder.with_name("packed.zip")
    with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            packed.write(file, file.relative_to(folder).as_posix())
            file.unlink()
    return archive
