"""A page of tables that stands by itself: no script, nothing from elsewhere, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.exports.html.markup import Html, element, joined

_STYLE = """
:root { color-scheme: light dark; --line: #ddd8cd; --soft: #5c5851; }
@media (prefers-color-scheme: dark) { :root { --line: #45484f; --soft: #a9a49a; } }
body { font: 0.9375rem/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 0.5rem; }
p { color: var(--soft); max-width: 60rem; }
div { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; }
thead th { font-size: 0.8125rem; color: var(--soft); vertical-align: bottom; }
"""


@dataclass(frozen=True, slots=True)
class TableOfPage:
    """A table with what is to be said of it; the first column names the rows."""

    title: str
    notes: tuple[str, ...]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables_page(title: str, notes: Sequence[str], tables: Sequence[TableOfPage], language: str) -> str:
    """Return a page as HTML; everything in it is text."""
    head = element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        Html(f"<style>{_STYLE}</style>"),
    )
    body = element(
        "body",
        element("h1", title),
        *(element("p", note) for note in notes),
        *(_table(one) for one in tables),
    )
    return "<!DOCTYPE html>\n" + element("html", head, body, lang=language) + "\n"


def _table(one: TableOfPage) -> Html:
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in one.head)))
    rows = (
        element(
            "tr",
            *(
                element("th" if n == 0 else "td", cell, scope=None if n else "row")
                for n, cell in enumerate(row)
            ),
        )
        for row in one.rows
    )
    sheet = element("div", element("table", head, element("tbody", *rows)))
    return joined(element("h2", one.title), *(element("p", note) for note in one.notes), sheet)
