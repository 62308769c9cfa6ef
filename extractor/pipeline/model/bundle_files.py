"""A bundle as files: read whole, written whole, and nothing beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from extractor.errors import ModelError

BundleFiles = dict[str, bytes]


def read_files(folder: Path) -> BundleFiles:
    """Return the contents of a bundle's files by name; a bundle has no subfolders.

    Raises:
        ModelError: A file cannot be read.
    """
    try:
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    except FileNotFoundError as error:
        raise ModelError("model_not_found", source=str(folder)) from error
    except OSError as error:
        raise ModelError(
            "model_unreadable", source=str(folder), reason=error.strerror or str(error)
        ) from error


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold these files and no others; without any, no folder is made.

    Raises:
        ValueError: A name leads out of the folder.
    """
    for name in files:
        if name != Path(name).name or "\\" in name or name in {"", ".", ".."}:
            raise ValueError(f"not the name of a file: {name!r}")
    if files:
        folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file() and path.name not in files:
            path.unlink()  # of an earlier model
    for name, content in files.items():
        (folder / name).write_bytes(content)
