"""The dashboard's third and fourth part: how fast review goes, and how far two readers agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from extractor.review.agreement import EVERY, Agreement, Measure
from extractor.review.dashboard import Archive
from extractor.review.doubling import Measured, measured
from extractor.review.pace import FEWEST_DECISIONS, LEAST_TIME, MOST_MOMENTS, Moment, Pace, in_all, paces
from extractor.ui import charts
from extractor.ui.keeping import kept
from extractor.ui.showing import Sheet, download, figure, sheet_table

if TYPE_CHECKING:
    from extractor.exports.spreadsheet import Value
    from extractor.ui.context import Context
    from extractor.ui.words import Words

_WINDOWS: Final = (7, 30, 90, 365, 0)
#: Documents read twice up to which agreement is computed without being asked for: each has to be opened.
_AT_ONCE: Final = 40
_LONG_AGO: Final = datetime(1970, 1, 2, tzinfo=UTC)


def pace(context: Context) -> None:
    """Draw how fast review goes."""
    import streamlit as st

    words = context.words
    st.header(words("dashboard.pace.title"))
    since, pause, _ = st.columns([2, 2, 4])
    days = since.selectbox(
        words("dashboard.pace.since"),
        _WINDOWS,
        index=1,
        key="dashboard.days",
        format_func=lambda one: words("dashboard.pace.days" if one else "dashboard.pace.all", count=one),
    )
    minutes = pause.number_input(
        words("dashboard.pace.pause"), min_value=1, max_value=120, value=10, key="dashboard.pause"
    )
    moments = _moments(context, days)
    by_day = paces(moments, timedelta(minutes=minutes))
    if not by_day:
        st.info(words("dashboard.pace.none"))
        return
    _by_reviewer(words, in_all(by_day))
    if len(moments) >= MOST_MOMENTS:
        st.caption(words("dashboard.pace.cut", count=words.number(MOST_MOMENTS)))
    _by_day(words, by_day)


def _moments(context: Context, days: int) -> list[Moment]:
    """Return when decisions were made, from the last look at the log if that was less than a minute ago."""
    import streamlit as st

    def made() -> list[Moment]:
        return context.store.moments(datetime.now(UTC) - timedelta(days=days) if days else _LONG_AGO)

    with st.spinner(context.words("dashboard.counting")):
        return kept(context.store, ("moments", days), made)


def _by_reviewer(words: Words, theirs: Sequence[Pace]) -> None:
    import streamlit as st

    names = ("reviewer", "decisions", "documents", "worked", "per_hour", "documents_per_hour")
    head = tuple(words(f"dashboard.pace.{name}") for name in names)
    rows: list[tuple[Value, ...]] = [
        (one.reviewer, one.decisions, one.documents, *_speeds(one)) for one in theirs
    ]
    worked = sum((one.worked for one in theirs), timedelta())
    figure(
        words,
        None,
        Sheet("dashboard.pace", head, tuple(rows)),
        description=words("dashboard.pace.title"),
        base=words(
            "dashboard.pace.base",
            decisions=words.number(sum(one.decisions for one in theirs)),
            reviewers=words.number(len(theirs)),
            worked=words("dashboard.pace.hours", count=words.number(worked / timedelta(hours=1), 1)),
        ),
    )
    least = LEAST_TIME // timedelta(minutes=1)
    st.caption(words("dashboard.pace.few", decisions=FEWEST_DECISIONS, minutes=least))


def _by_day(words: Words, by_day: Sequence[Pace]) -> None:
    unit, said = words("dashboard.pace.decisions"), words("dashboard.pace.said")
    points: list[dict[str, Any]] = [
        {
            "day": one.day.isoformat(),
            "part": one.reviewer,
            "value": one.decisions,
            "said": words(
                "dashboard.pace.point",
                day=words.day(one.day),
                who=one.reviewer,
                value=f"{words.number(one.decisions)} {unit.lower()}",
            ),
        }
        for one in by_day
        if one.day is not None
    ]
    names = ("day", "reviewer", "decisions", "documents", "worked", "per_hour", "documents_per_hour")
    rows: list[tuple[Value, ...]] = [
        (one.day.isoformat() if one.day else "", one.reviewer, one.decisions, one.documents, *_speeds(one))
        for one in by_day
    ]
    figure(
        words,
        charts.days(points, words, value=unit),
        Sheet("dashboard.days", tuple(words(f"dashboard.pace.{name}") for name in names), tuple(rows)),
        description=said,
        base=words("dashboard.pace.by_day"),
    )


def _speeds(one: Pace) -> tuple[Value, Value, Value]:
    return one.worked / timedelta(hours=1), one.decisions_per_hour, one.documents_per_hour


def agreement(context: Context, counted: Archive) -> None:
    """Draw how far two readers agree."""
    import streamlit as st

    words = context.words
    st.header(words("dashboard.agreement.title"))
    if not counted.double:
        st.info(words("dashboard.agreement.none"))
        return
    ask = words("dashboard.agreement.ask", count=words.number(counted.double))
    if counted.double > _AT_ONCE and not st.button(ask, key="dashboard.agree"):
        return
    with st.spinner(words("dashboard.counting")):
        found = kept(context.store, "agreement", lambda: measured(context.store))
    if not found.documents:
        st.info(words("dashboard.agreement.unread", count=words.number(counted.double)))
        return
    _agreement(words, found)


def _agreement(words: Words, found: Measured) -> None:
    import streamlit as st

    names = ("measure", "units", "documents", "observed", "kappa", "alpha")
    head = tuple(words(f"dashboard.agreement.{name}") for name in names)
    for what, lines in (("judgments", found.judgments), ("presence", found.presence)):
        title = words(f"dashboard.agreement.{what}")
        st.markdown(f"**{title}**")
        rows: list[tuple[Value, ...]] = [_line(words, kind, one) for kind, one in lines.items()]
        sheet = Sheet(f"dashboard.{what}", head, tuple(rows))
        sheet_table(words, sheet, title)
        download(words, sheet)
    st.caption(words("dashboard.agreement.base", documents=words.number(found.documents)))


def _line(words: Words, kind: str, one: Agreement) -> tuple[Value, ...]:
    key = f"figures.part.{kind}"
    name = words("dashboard.agreement.every") if kind == EVERY else words(key) if key in words else kind
    if one.is_thin:
        name = f"{name} ({words('dashboard.agreement.thin')})"
    observed = words.percent(one.observed) if one.observed is not None else None
    return name, one.units, one.documents, observed, _measure(words, one.kappa), _measure(words, one.alpha)


def _measure(words: Words, measure: Measure) -> str | None:
    if measure.value is None:
        return None
    value = words.number(measure.value, 2)
    if measure.interval is None:
        return value
    low, high = (words.number(end, 2) for end in measure.interval)
    return f"{value} [{low} ; {high}]"
