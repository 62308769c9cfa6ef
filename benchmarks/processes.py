"""The processes that a command has started, and the memory of all of them together, as Linux tells it."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def tree(root: int) -> list[int]:
    """Return a process and all that come of it."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                after_name = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
                children[int(after_name.split()[1])].append(int(entry.name))
    found = [root]
    for one in found:
        found += children[one]
    return found


def is_alive(process: int) -> bool:
    """Say whether a process is there and does something; one that has ended and not been asked how is not."""
    try:
        state = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def resident(processes: list[int]) -> int:
    """Return the bytes of memory that processes hold, what they share counted for each of them."""
    page, total = os.sysconf("SC_PAGE_SIZE"), 0
    for one in processes:
        with suppress(OSError, IndexError, ValueError):
            total += int((PROC / str(one) / "statm").read_text(encoding="ascii").split()[1]) * page
    return total


def proportional(processes: list[int]) -> int:
    """Return the same, what they share divided among those who share it."""
    total = 0
    for one in processes:
        with suppress(OSError, IndexError, ValueError):
            for line in (PROC / str(one) / "smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total
