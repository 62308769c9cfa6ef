"""Charts for every eye: hues of Okabe and Ito, a word or shape beside each, numbers as the language has them.

Every function returns an Altair chart without a size of its own. Streamlit's theme gives it background and
letters, light or dark; colours here are chosen to stand out from both (at least 3 : 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import altair as alt

    from extractor.ui.words import Words

    Chart: TypeAlias = alt.Chart | alt.LayerChart

#: Okabe and Ito's hues, of a middle lightness.
BLUE: Final = "#3a87c2"
ORANGE: Final = "#c46a16"
GREEN: Final = "#1d9a75"
PURPLE: Final = "#b8609b"
GREY: Final = "#87837b"
RED: Final = "#c9564c"
GOLD: Final = "#a08a1c"
SKY: Final = "#2d95ad"
SEVERAL: Final = (BLUE, ORANGE, GREEN, PURPLE, GOLD, GREY, RED, SKY)

#: Numbers at axes: Vega's own way of being told a language is not passed on by Streamlit.
_NUMBERS: Final[Mapping[str, str]] = {
    "fr": "replace(format(datum.value, ','), /,/g, '\u202f')",
    "en": "format(datum.value, ',')",
}
_HUNDREDTHS: Final[Mapping[str, str]] = {
    "fr": "round(100 * datum.value) + '\u202f%'",
    "en": "round(100 * datum.value) + '%'",
}
#: Height of a row of bars, in pixels.
_ROW: Final = 26

Rows = Sequence[Mapping[str, Any]]


def bars(rows: Rows, words: Words, *, label: str, value: str) -> Chart:
    """Return horizontal bars with their number behind them, in the order given.

    Args:
        rows: With ``label``, ``value`` and ``said`` (the value in words).
        words: Of the language.
        label: Title of the names.
        value: Title of the numbers.
    """
    import altair as alt

    base = _base(rows).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        x=alt.X("value:Q", title=value, axis=alt.Axis(tickMinStep=1, labelExpr=_NUMBERS[words.language])),
        tooltip=[alt.Tooltip("label:N", title=label), alt.Tooltip("said:N", title=value)],
    )
    drawn = base.mark_bar(color=BLUE, height=14) + base.mark_text(align="left", dx=4).encode(text="said:N")
    return _finished(drawn)


def stacked(rows: Rows, words: Words, *, kinds: Sequence[str], colours: Sequence[str], value: str) -> Chart:
    """Return horizontal bars in parts, each part in its colour.

    Args:
        rows: With ``label``, ``part`` and ``value``, in the order of drawing.
        words: Of the language.
        kinds: The parts, in order.
        colours: Theirs.
        value: Title of the numbers.
    """
    import altair as alt

    order = {kind: number for number, kind in enumerate(kinds)}
    drawn = (
        _base([{**row, "order": order[row["part"]]} for row in rows])
        .mark_bar(height=16)
        .encode(
            y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
            x=alt.X(
                "value:Q",
                title=value,
                stack="zero",
                axis=alt.Axis(tickMinStep=1, labelExpr=_NUMBERS[words.language]),
            ),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=list(kinds), range=list(colours)),
                title=None,
                legend=alt.Legend(orient="top", columns=4, labelLimit=240),
            ),
            order=alt.Order("order:Q"),
            tooltip=["label:N", "part:N", "said:N"],
        )
    )
    return _finished(drawn)


def shares(rows: Rows, words: Words, *, value: str) -> Chart:
    """Return points with their intervals.

    ``rows`` have ``label``, ``part`` (the measure), ``value``, ``low``, ``high``, ``said``. Measures are told
    apart by shape as well as by colour.
    """
    import altair as alt

    parts = list(dict.fromkeys(row["part"] for row in rows))
    base = _base(rows).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260, grid=True)),
        yOffset=alt.YOffset("part:N", sort=None),
        color=alt.Color(
            "part:N",
            scale=alt.Scale(domain=parts, range=list(SEVERAL[: len(parts)])),
            title=None,
            legend=alt.Legend(orient="top"),
        ),
        tooltip=["label:N", "part:N", "said:N"],
    )
    scale = alt.Scale(domain=[0, 1])
    lines = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=scale, title=value, axis=alt.Axis(labelExpr=_HUNDREDTHS[words.language])),
        x2="high:Q",
    )
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("value:Q", scale=scale), shape=alt.Shape("part:N", sort=None, title=None, legend=None)
    )
    return _finished(lines + points, 40 + 34 * len({row["label"] for row in rows}))


def reliability(rows: Rows, words: Words, *, across: str, up: str, ideal: str) -> Chart:
    """Return confidence against share of right ones, with intervals.

    ``rows`` have ``confidence``, ``value``, ``low``, ``high``, ``facts`` and ``said``.
    """
    import altair as alt

    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(labelExpr=_HUNDREDTHS[words.language], tickCount=6)
    line = (
        _base([{"a": 0, "b": 0, "said": ideal}, {"a": 1, "b": 1, "said": ideal}])
        .mark_line(strokeDash=[5, 4], color=GREY)
        .encode(
            x=alt.X("a:Q", scale=scale, title=across, axis=axis),
            y=alt.Y("b:Q", scale=scale, title=up, axis=axis),
        )
    )
    base = _base(rows).encode(x=alt.X("confidence:Q", scale=scale), tooltip=["said:N"])
    rules = base.mark_rule(color=BLUE, strokeWidth=2).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    points = base.mark_point(filled=True, color=BLUE, opacity=1).encode(
        y=alt.Y("value:Q", scale=scale),
        size=alt.Size("facts:Q", legend=None, scale=alt.Scale(range=[40, 400])),
    )
    return _finished(line + rules + points, 330)


def days(rows: Rows, words: Words, *, value: str) -> Chart:
    """Return bars by day, parted by reviewer; ``rows`` have ``day`` (ISO), ``part``, ``value``, ``said``."""
    import altair as alt

    parts = sorted({row["part"] for row in rows})
    drawn = (
        _base(rows)
        .mark_bar()
        .encode(
            x=alt.X("utcyearmonthdate(day):T", title=None, axis=alt.Axis(format="%d/%m", labelOverlap=True)),
            y=alt.Y(
                "value:Q",
                title=value,
                stack="zero",
                axis=alt.Axis(tickMinStep=1, labelExpr=_NUMBERS[words.language]),
            ),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=parts, range=[SEVERAL[n % len(SEVERAL)] for n in range(len(parts))]),
                title=None,
                legend=alt.Legend(orient="top", columns=5, symbolLimit=20),
            ),
            tooltip=["said:N"],
        )
    )
    return _finished(drawn, 260)


def _base(rows: Rows) -> alt.Chart:
    import altair as alt

    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def _finished(drawn: Chart, height: int | None = None) -> Chart:
    """Return a chart as wide as its place, and as high as its rows need unless told."""
    import altair as alt

    finished: Chart = drawn.properties(width="container", height=height or alt.Step(_ROW))
    return finished
