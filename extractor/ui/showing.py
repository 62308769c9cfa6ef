"""A figure on a page: its chart, what it is counted from, and its table to look at and to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.exports.spreadsheet import Value, table_csv
from extractor.ui.table import Cell, Column, table

if TYPE_CHECKING:
    from extractor.ui.words import Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table behind a figure.

    Attributes:
        name: Of the file, without its ending.
        head: Names of the columns.
        rows: Numbers as numbers; those between 0 and 1 in ``shares`` are shown in hundredths.
        shares: Numbers of the columns that are shares.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shares: frozenset[int] = frozenset()


def figure(words: Words, chart: Any, sheet: Sheet, *, description: str, base: str) -> None:
    """Draw a figure.

    Args:
        words: Of the language.
        chart: Of :mod:`extractor.ui.charts`; ``None`` where there is only the table.
        sheet: What the chart shows.
        description: What the chart shows, in a sentence, for those who do not see it.
        base: What it is counted from.
    """
    import streamlit as st

    if chart is not None:
        st.altair_chart(chart, alt=description, key=f"{sheet.name}.chart")
    st.caption(base)
    with st.expander(words("showing.table"), expanded=chart is None):
        sheet_table(words, sheet, description)
        download(words, sheet)


def sheet_table(words: Words, sheet: Sheet, caption: str) -> None:
    """Draw a figure's table."""
    columns = [
        Column(name, "start" if n == 0 else "end", is_head=n == 0) for n, name in enumerate(sheet.head)
    ]
    rows = [
        [Cell(shown(words, value, is_share=n in sheet.shares)) for n, value in enumerate(row)]
        for row in sheet.rows
    ]
    table(caption, columns, rows, key=f"{sheet.name}.table", words=words.page("table"))


def download(words: Words, sheet: Sheet) -> None:
    """Draw the button that gives a table as CSV."""
    import streamlit as st

    st.download_button(
        words("showing.csv"),
        table_csv(sheet.head, sheet.rows, words.language),
        f"{sheet.name}.csv",
        "text/csv",
        key=f"{sheet.name}.csv",
        on_click="ignore",
    )


def shown(words: Words, value: Value, *, is_share: bool = False) -> str:
    """Return what stands in a cell."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if is_share:
        return words.percent(value, 1)
    return words.number(value, 0 if float(value).is_integer() else 1)
