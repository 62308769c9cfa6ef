"""A table that is worked by keyboard: the queue, and the season's results.

Streamlit's own tables are drawn on a canvas or cannot be acted upon; this one is an HTML table with links.
What stands in it comes from documents and is set as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

Tone = Literal[
    "", "new", "in_review", "reviewed", "disputed", "rejected", "first", "podium", "out", "differs", "soft"
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        label: At its head.
        align: Figures stand at the end.
        order: What a press on its head asks for; empty where it asks for nothing.
        hint: Said more fully, where the head is hovered over or read aloud.
        is_head: It names the row; it stays in sight while the others scroll.
        width: In rem; 0 for as wide as it needs.
    """

    label: str
    align: Literal["start", "end", "center"] = "start"
    order: str = ""
    hint: str = ""
    is_head: bool = False
    width: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: First line.
        below: Smaller, under it.
        hint: Said more fully.
        tone: A colour, always beside a word or sign that says the same.
        sign: One character before the text, that is not read aloud.
        tags: Short words in frames behind it.
        to: What a press opens; empty where it opens nothing.
        href: Address of that, for a new tab.
        share: A bar under the text, from 0 to 1; negative for none.
    """

    text: str = ""
    below: str = ""
    hint: str = ""
    tone: Tone = ""
    sign: str = ""
    tags: tuple[str, ...] = ()
    to: str = ""
    href: str = ""
    share: float = -1


_CELL = tuple(field.name for field in fields(Cell))


@dataclass(frozen=True, slots=True)
class Turn:
    """Which stretch of a longer table this is, pages counted from 1."""

    page: int
    pages: int
    said: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed in a table.

    Attributes:
        opened: ``to`` of a cell.
        order: Of a column's head.
        page: To turn to.
    """

    opened: str | None = None
    order: str | None = None
    page: int | None = None


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    key: str,
    words: Mapping[str, str],
    turn: Turn | None = None,
    ordered_by: str = "",
    tall: bool = False,
    fit: bool = False,
    search: str = "",
) -> Pressed:
    """Draw a table and return what was pressed in it since the last run.

    Args:
        caption: What it shows; read aloud, and seen above it.
        columns: In order.
        rows: Each with a cell for every column.
        key: Of the element.
        words: Sentences of ``table.*.toml`` by their keys without the page's name.
        turn: Which stretch it is of a longer table; ``None`` for the whole.
        ordered_by: The column whose ``order`` this is carries the mark.
        tall: Whether it scrolls by itself, its head staying in sight, where it is longer than the window.
        fit: Whether it is as wide as what stands in it, and no wider.
        search: Label of the field that ``/`` goes to; empty for none.
    """
    data: dict[str, Any] = {
        "caption": caption,
        "columns": [asdict(column) for column in columns],
        "rows": [[_slim(cell) for cell in row] for row in rows],
        "turn": asdict(turn) if turn is not None else None,
        "orderedBy": ordered_by,
        "tall": tall,
        "fit": fit,
        "search": search,
        "words": dict(words),
    }
    said = _component()(
        key=key, data=data, on_opened_change=_noted, on_order_change=_noted, on_page_change=_noted
    )
    page = said.get("page")
    return Pressed(
        opened=_text(said.get("opened")),
        order=_text(said.get("order")),
        page=page if isinstance(page, int) and not isinstance(page, bool) else None,
    )


def _slim(cell: Cell) -> dict[str, Any]:
    """Return a cell without what it does not say: a season has thousands."""
    return {name: value for name in _CELL if (value := getattr(cell, name)) not in ("", (), -1)}


def _text(said: object) -> str | None:
    return said if isinstance(said, str) and said else None


def _noted() -> None:
    """Let Streamlit know that the value is listened to."""


def _component() -> Callable[..., Any]:
    import streamlit as st

    return st.components.v2.component(
        "parcferme.table", js=_file("table.js"), css=_file("table.css"), isolate_styles=False
    )


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
