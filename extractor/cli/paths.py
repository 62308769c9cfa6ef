"""What a path on the command line stands for."""

from __future__ import annotations

from pathlib import Path

from extractor.readers.source import STANDARD_INPUT


def record_path(name: str) -> Path:
    """Return where to read a record from; ``-`` is standard input."""
    return Path("/dev/stdin" if name == STANDARD_INPUT else name)
