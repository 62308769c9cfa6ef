"""From the lines of a plain text to the titles, headings, paragraphs and lists that a typesetter sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "paragraph", "list"]

_HEADING = 70  # characters
_TITLE = 90
_ROW = 115
_ENDS = (".", "!", "?", "…", "»", ";", ",")


@dataclass(frozen=True, slots=True)
class Block:
    """What is set in one piece; lists alone have several lines."""

    kind: Kind
    lines: tuple[str, ...]


def blocks_of(text: str, *, wrapped: bool) -> list[Block]:
    """Return the blocks of a report.

    Args:
        text: Paragraphs parted by empty lines; within those, every line stands for itself.
        wrapped: Lines are broken by hand instead.
    """
    width = max(map(len, text.split("\n")))
    groups = [group.split("\n") for group in re.split(r"\n[ \t]*\n", text.strip("\n")) if group.strip()]
    found: list[Block] = []
    for group in groups:
        lines = unwrapped(group, width) if wrapped else group
        found += _blocks([line.strip() for line in lines if line.strip()])
    first = next((k for k, block in enumerate(found[:3]) if len(block.lines[0]) <= _TITLE), 0)
    found[first] = Block("title", found[first].lines)
    return found


def typed_blocks(text: str) -> list[Block]:
    """Return the blocks of a report as a typist leaves them: every line ends where it ends in the text."""
    groups = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return [Block("list", tuple(group.split("\n"))) for group in groups if group.strip()]


def unwrapped(lines: list[str], width: int) -> list[str]:
    """Return paragraphs: a line goes on where the next word would not have fitted."""
    joined = [lines[0]]
    before = lines[0]
    for line in lines[1:]:
        if re.search(r"[^\W\d_]-$", before) and line[:1].islower():
            joined[-1] = joined[-1][:-1] + line
        elif len(before) + 1 + len(line.split(" ")[0]) > width:
            joined[-1] += " " + line
        else:
            joined.append(line)
        before = line
    return joined


def _blocks(lines: list[str]) -> Iterator[Block]:
    if len(lines) > 1 and _is_short(lines[0]):
        yield Block("heading", (lines[0],))
        lines = lines[1:]
    if len(lines) > 1 and all(len(line) <= _ROW for line in lines):
        yield Block("list", tuple(lines))
        return
    for line in lines:
        is_heading = len(lines) == 1 and _is_short(line) and line.upper() == line
        yield Block("heading" if is_heading else "paragraph", (line,))


def _is_short(line: str) -> bool:
    return len(line) <= _HEADING and not line.endswith(_ENDS) and not line[:1].isdigit()
