"""What a document may take unless the user says otherwise."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

TIMEOUT = 300.0
"""Seconds; counted anew with each page that is read."""

_SHARE = 0.8  # of the machine's memory, for all workers together
_LEAST = 1 << 30
_CONTROL_GROUP = Path("/sys/fs/cgroup/memory.max")


def memory_for(processes: int) -> int | None:
    """Return how many bytes each of so many workers may take, ``None`` where the machine does not say."""
    whole = _memory()
    return None if whole is None else max(_LEAST, int(whole * _SHARE / processes))


def _memory() -> int | None:
    """Return the memory of this machine, or of the part of it that this process was given."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    with suppress(OSError, ValueError):  # ``max`` where there is no limit
        whole = min(whole, int(_CONTROL_GROUP.read_text(encoding="ascii")))
    return whole
