"""The archive's dashboard: documents, facts, findings; accuracy and calibration; speed; agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from extractor.review.dashboard import Archive, archive
from extractor.review.figures import NAMES, outcomes_by_kind
from extractor.review.outcomes import OUTCOMES
from extractor.ui import charts, dashboard_accuracy, dashboard_work
from extractor.ui.keeping import forget, kept
from extractor.ui.queue_asking import STATUSES
from extractor.ui.queue_words import finding
from extractor.ui.showing import Sheet, download, figure
from extractor.ui.table import Cell, Column, table

if TYPE_CHECKING:
    from extractor.exports.spreadsheet import Value
    from extractor.ui.context import Context

TABS: Final = ("archive", "accuracy", "work", "agreement")
_COLOURS: Final = {
    "undecided": charts.GREY,
    "accepted": charts.GREEN,
    "detailed": charts.SKY,
    "edited": charts.BLUE,
    "added": charts.GOLD,
    "rejected": charts.RED,
    "merged": charts.PURPLE,
    "unanchored": charts.ORANGE,
}


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    words = context.words
    st.title(words("dashboard.title"))
    if not context.store.totals().documents:
        st.info(words("dashboard.nothing"))
        return
    tabs, again = st.columns([3, 2], vertical_alignment="center")
    here = tabs.radio(
        words("dashboard.title"),
        TABS,
        key="dashboard.tab",
        horizontal=True,
        format_func=lambda tab: words(f"dashboard.tab.{tab}"),
        label_visibility="collapsed",
    )
    with again:
        counted = _archive(context)
    if here == "accuracy":
        dashboard_accuracy.draw(words, counted)
    elif here == "work":
        dashboard_work.pace(context)
    elif here == "agreement":
        dashboard_work.agreement(context, counted)
    else:
        _overview(context, counted)
    st.caption(words("dashboard.charts_how"))


def _archive(context: Context) -> Archive:
    """Return the figures, computed at most once a minute however many look at them."""
    import streamlit as st

    words = context.words

    with st.spinner(words("dashboard.counting")):
        found = kept(context.store, "archive", lambda: archive(context.store))
    when, again = st.columns([3, 2], vertical_alignment="center")
    said = words("dashboard.computed", time=f"{found.at:%H:%M:%S}")
    if found.unsummarised:
        said += " · " + words("dashboard.stale", count=words.number(found.unsummarised))
    when.caption(said)
    if again.button(words("dashboard.again"), key="dashboard.again"):
        forget(context.store)
        st.rerun()
    return found


def _overview(context: Context, counted: Archive) -> None:
    import streamlit as st

    left, right = st.columns(2, gap="large")
    with left:
        _statuses(context, counted)
        _findings(context, counted)
    with right:
        _outcomes(context, counted)


def _statuses(context: Context, counted: Archive) -> None:
    import streamlit as st

    words = context.words
    st.header(words("dashboard.status.title"))
    rows = [
        (words(f"figures.status.{status}"), counted.sums[status].documents)
        for status in STATUSES
        if status in counted.sums
    ]
    drawn = [{"label": name, "value": number, "said": words.number(number)} for name, number in rows]
    unit, said = words("dashboard.document"), words("dashboard.status.said")
    figure(
        words,
        charts.bars(drawn, words, label=words("queue.statuses"), value=unit),
        Sheet("dashboard.status", (words("queue.statuses"), unit), tuple(rows)),
        description=said,
        base=words("dashboard.status.base", count=words.number(counted.documents)),
    )


def _outcomes(context: Context, counted: Archive) -> None:
    import streamlit as st

    words = context.words
    st.header(words("dashboard.outcome.title"))
    every = outcomes_by_kind(counted.counts)
    kinds = {kind: became for kind, became in every.items() if kind not in NAMES}
    names: dict[str, str] = {one: words(f"figures.outcome.{one}") for one in OUTCOMES}
    drawn = [
        {
            "label": words(f"figures.kind.{kind}"),
            "part": names[one],
            "value": number,
            "said": words.number(number),
        }
        for kind, became in kinds.items()
        for one, number in became.items()
    ]
    met = [one for one in OUTCOMES if any(one in became for became in kinds.values())]
    unit, said = words("dashboard.facts_unit"), words("dashboard.outcome.said")
    chart = charts.stacked(
        drawn,
        words,
        kinds=[names[one] for one in met],
        colours=[_COLOURS[one] for one in met],
        value=unit,
    )
    rows: list[tuple[Value, ...]] = [
        (words(f"figures.kind.{kind}"), *(round(became.get(one, 0)) for one in OUTCOMES))
        for kind, became in every.items()
    ]
    everything = round(sum(sum(became.values()) for became in kinds.values()))
    figure(
        words,
        chart if drawn else None,
        Sheet("dashboard.outcome", (words("dashboard.outcome.kind"), *names.values()), tuple(rows)),
        description=said,
        base=words(
            "dashboard.outcome.base",
            count=words.number(everything),
            documents=words.number(counted.documents),
        ),
    )


def _findings(context: Context, counted: Archive) -> None:
    import streamlit as st

    words, number = context.words, context.words.number
    st.header(words("dashboard.finding.title"))
    if not counted.findings:
        st.caption(words("dashboard.finding.none", documents=number(counted.documents)))
        return
    most = counted.findings[0][1]
    columns = [
        Column(words("dashboard.finding.code"), is_head=True),
        Column(words("dashboard.document"), "end"),
    ]
    rows = [
        [
            Cell(finding(words, code), to=code, hint=words("dashboard.finding.see")),
            Cell(number(documents), share=documents / most),
        ]
        for code, documents in counted.findings
    ]
    said = words("dashboard.finding.said")
    pressed = table(said, columns, rows, key="dashboard.findings", words=words.page("table"))
    if pressed.opened is not None:
        context.go("queue", finding=pressed.opened)
    st.caption(
        words(
            "dashboard.finding.base",
            count=number(counted.with_findings),
            documents=number(counted.documents),
        )
    )
    sheet = tuple((finding(words, code), documents) for code, documents in counted.findings)
    download(words, Sheet("dashboard.findings", (columns[0].label, columns[1].label), sheet))
