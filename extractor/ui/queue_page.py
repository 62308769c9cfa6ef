"""The queue: which document next, how far the archive has come, and what is still wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.review.figures import progress
from extractor.review.queue import QueuePage, QueueRow
from extractor.review.summary import COST, TOLD
from extractor.ui import queue_filters
from extractor.ui.keeping import kept
from extractor.ui.queue_words import finding
from extractor.ui.table import Cell, Column, Turn, table

if TYPE_CHECKING:
    from extractor.review.store import Store
    from extractor.ui.context import Context
    from extractor.ui.words import Words

STRETCH = 50
#: Summaries made again when the page is drawn; more than that are only told of.
_MENDED = 25
_SIGNS = {"new": "○", "in_review": "◐", "reviewed": "●", "disputed": "≠", "rejected": "×"}


def prepare(store: Store) -> None:
    """Do what takes long on a first visit to a large archive, so that it is known when somebody comes."""
    kept(store, "totals", store.totals)
    kept(store, "sums", store.sums)
    kept(store, "facets", store.facets)
    store.queue(limit=STRETCH)


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    from extractor.ui import imports

    store = context.store
    totals = kept(store, "totals", store.totals)
    if not totals.documents:
        imports.welcome(context)
        return
    if totals.unsummarised:
        store.summarise_all(_MENDED)
    _head(context)
    imports.banner(context)
    asked = queue_filters.ask(context)
    found = context.store.queue(
        asked.by(context.reviewer), asked.order, offset=(asked.page - 1) * STRETCH, limit=STRETCH
    )
    if not found.rows and asked.page > 1:
        queue_filters.turn_to(1)
    if not found.rows:
        st.info(context.words("queue.nothing"))
        if st.button(context.words("queue.clear"), key="queue.clear"):
            queue_filters.clear()
        return
    _table(context, found, asked.page, asked.order)
    if totals.unsummarised > _MENDED:
        st.caption(
            context.words("queue.progress.stale", count=context.words.number(totals.unsummarised - _MENDED))
        )


def _table(context: Context, found: QueuePage, page: int, order: str) -> None:
    words = context.words
    first = (page - 1) * STRETCH + 1
    stretch = words(
        "queue.stretch",
        first=words.number(first),
        last=words.number(first + len(found.rows) - 1),
        total=words.number(found.total),
    )
    pressed = table(
        words("queue.caption"),
        _columns(words),
        [_row(context, row) for row in found.rows],
        key="queue.table",
        words=words.page("table"),
        turn=Turn(page, -(-found.total // STRETCH), stretch),
        ordered_by=order,
        search=words("queue.search"),
    )
    if pressed.opened is not None:
        _open(context, pressed.opened)
    if pressed.page is not None:
        queue_filters.turn_to(pressed.page)
    if pressed.order is not None:
        queue_filters.order_by(pressed.order)


def _open(context: Context, key: str) -> None:
    """Open a document at the reading that is this reviewer's."""
    context.open_document(key, context.store.reading_for(key, context.reviewer))


def _columns(words: Words) -> list[Column]:
    def named(name: str) -> str:
        return words(f"queue.column.{name}")

    return [
        Column(named("status"), width=8),
        Column(named("document"), order="title", is_head=True),
        Column(named("series"), width=11),
        Column(named("year"), "end", order="year", width=4),
        Column(named("findings"), order="broken", width=13),
        Column(named("errors"), "end", order="errors", hint=named("errors_hint"), width=6),
        Column(named("lowest"), "end", order="confidence", width=7),
        Column(named("decided"), "end", hint=named("decided_hint"), width=6.5),
        Column(named("reviewer"), width=9),
    ]


def _row(context: Context, row: QueueRow) -> list[Cell]:
    words, summary = context.words, row.summary
    lowest = summary.lowest_confidence
    return [
        Cell(words(f"figures.status.{row.status}"), tone=row.status, sign=_SIGNS[row.status]),
        Cell(
            row.title,
            below=row.origin if row.origin and row.origin != row.title else "",
            tags=_tags(words, row),
            to=row.key,
            href=context.document_link(row.key),
        ),
        Cell(summary.series or ""),
        Cell(str(summary.year) if summary.year is not None else ""),
        Cell(tags=tuple(finding(words, code) for code in summary.findings)),
        Cell(
            words.number(summary.expected_errors, 1) if summary.facts else "",
            tone="soft" if row.status in ("reviewed", "rejected") else "",
        ),
        Cell(words.percent(lowest) if lowest is not None else ""),
        Cell(
            f"{words.number(summary.decided)}/{words.number(summary.facts)}",
            share=summary.decided / summary.facts if summary.facts else -1,
        ),
        Cell(
            row.reviewer or "",
            below=words("queue.locked", who=row.held_by) if row.held_by is not None else "",
        ),
    ]


def _tags(words: Words, row: QueueRow) -> tuple[str, ...]:
    tags = []
    if row.second_status is not None:
        tags.append(words("queue.second", status=words(f"figures.status.{row.second_status}")))
    elif row.double:
        tags.append(words("queue.double"))
    if row.newer:
        tags.append(words("queue.newer"))
    return tuple(tags)


def _head(context: Context) -> None:
    """Draw the title and how far the archive has come."""
    import streamlit as st

    words = context.words
    come = progress(kept(context.store, "sums", context.store.sums))
    number = words.number
    title, *parts = st.columns([3, 2.5, 2.5, 2.5, 2.5], vertical_alignment="bottom")
    title.title(words("queue.title"))
    done = words("queue.progress.documents_of", done=number(come.done), all=number(come.documents))
    with parts[0]:
        _bar(words("queue.progress.documents"), done, come.done, come.documents)
    decided = words("queue.progress.facts_of", decided=number(come.decided), all=number(come.facts))
    with parts[1]:
        _bar(words("queue.progress.facts"), decided, come.decided, come.facts)
    errors = number(come.expected_errors)
    to_do = words("queue.progress.errors_of", count=number(come.documents - come.done))
    with parts[2]:
        st.caption(f"**{words('queue.progress.errors')}** ≈ {errors}  \n{to_do}")
    with parts[3], st.popover(words("queue.progress.what")):
        st.markdown(
            words(
                "queue.progress.explained",
                errors=errors,
                let_stand=number(come.let_stand),
                error=number(TOLD["error"], 1),
                warning=number(TOLD["warning"], 1),
                info=number(TOLD["info"], 2),
                opening=number(60 * COST.opening),
                reading=number(1 / COST.per_character),
                fact=number(60 * COST.per_fact),
                mend=number(60 * COST.per_error),
            )
        )


def _bar(label: str, said: str, part: float, whole: float) -> None:
    import streamlit as st

    st.progress(min(1.0, part / whole) if whole else 0.0, f"**{label}** {said}")
