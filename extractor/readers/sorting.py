"""Paths in their natural order, however many there are: folder by folder, and numbers by their value."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

IN_MEMORY = 5_000
"""So many are sorted in memory; more of them in a temporary file."""

_DIGITS = re.compile(r"(\d{1,18})")


def sorted_by(key: Callable[[str], bytes], names: Iterable[str]) -> Iterator[str]:
    """Yield names in the order of their keys, in memory that does not grow with their number.

    Args:
        key: Returns what to sort a name by.
        names: Each different from all others; may hold bytes that Python smuggles into names.
    """
    rest = iter(names)
    first = list(islice(rest, IN_MEMORY + 1))
    if len(first) <= IN_MEMORY:
        yield from sorted(first, key=key)
        return
    # A database without a name is a temporary file of SQLite's own, of which little is in memory.
    database = sqlite3.connect("", isolation_level=None)
    try:
        database.execute("CREATE TABLE name (key BLOB, name BLOB, PRIMARY KEY (key, name)) WITHOUT ROWID")
        database.execute("BEGIN")
        for some in (first, rest):
            database.executemany(
                "INSERT OR IGNORE INTO name VALUES (?, ?)", ((key(n), _bytes(n)) for n in some)
            )
            first.clear()
        for (name,) in database.execute("SELECT name FROM name ORDER BY key, name"):
            yield name.decode("utf-8", "surrogatepass")
    finally:
        database.close()


def natural_key(path: str) -> bytes:
    """Return bytes that sort as paths do naturally: by folder, and within a name by text and by value.

    Args:
        path: With slashes between the folders.
    """
    return b"".join(_of_one(name) for name in path.split("/"))


def _of_one(name: str) -> bytes:
    """Return the key of one folder or file: texts end with 0, and 1 stands before a number.

    A number is its value, and then as it is written, zeros included.
    """
    key = bytearray()
    for at, part in enumerate(_DIGITS.split(name)):
        if at % 2:
            key += b"\x01" + int(part).to_bytes(8, "big") + _bytes(part) + b"\x00"
        else:
            key += _bytes(part) + b"\x00"
    return bytes(key + b"\x00")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
