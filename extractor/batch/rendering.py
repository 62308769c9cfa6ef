"""A record as it is written: JSON, a table, a page."""

from __future__ import annotations

import io

from extractor.batch.task import Settings
from extractor.confidence import Cut, cut_line, sure_enough
from extractor.record import RaceRecord


def rendered(record: RaceRecord, settings: Settings) -> tuple[str, Cut | None]:
    """Return a record as text without a line's end, and what came of leaving facts out, where that was asked.

    Args:
        record: The record.
        settings: ``fmt``, ``min_confidence``, and how a table or page is to look.
    """
    cut: Cut | None = None
    if settings.min_confidence is not None:
        record, cut = sure_enough(record, settings.min_confidence)
    if settings.fmt == "json":
        return record.to_json(indent=2), cut
    if settings.fmt == "jsonl":
        return record.to_json(), cut
    note = None if cut is None else _note(cut, settings)
    text = _page(record, settings, note) if settings.fmt == "html" else _table(record, settings, note)
    return text.removesuffix("\n"), cut


def _note(cut: Cut, settings: Settings) -> str:
    from extractor.messages import Messages

    assert settings.min_confidence is not None
    return cut_line(cut, settings.min_confidence, Messages(settings.language))


def _page(record: RaceRecord, settings: Settings, note: str | None) -> str:
    from extractor.exports.html import render_html

    return render_html(record, settings.language, note=note)


def _table(record: RaceRecord, settings: Settings, note: str | None) -> str:
    from rich.console import Console

    from extractor.exports.table import render_table

    text = io.StringIO()
    console = Console(
        file=text,
        highlight=False,
        width=settings.width,
        color_system=settings.colour,  # type: ignore[arg-type]
        no_color=settings.colour is None,
        force_terminal=settings.colour is not None,
    )
    render_table(record, console, settings.language, note=note)
    return text.getvalue()
