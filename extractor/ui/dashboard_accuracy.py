"""The dashboard's second part: how often the extractor was right, and what its confidences are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.review.calibration import FEWEST, FEWEST_IN_BIN, Bin, calibration
from extractor.review.dashboard import Archive
from extractor.review.figures import Accuracy, Share, accuracy
from extractor.ui import charts
from extractor.ui.showing import Sheet, figure

if TYPE_CHECKING:
    from extractor.exports.spreadsheet import Value
    from extractor.ui.words import Words

_MEASURES = ("precision", "recall", "judged")


def draw(words: Words, counted: Archive) -> None:
    """Draw accuracy and calibration side by side."""
    import streamlit as st

    left, right = st.columns(2, gap="large")
    with left:
        _accuracy(words, counted)
    with right:
        _calibration(words, counted)


def _accuracy(words: Words, counted: Archive) -> None:
    import streamlit as st

    st.header(words("dashboard.accuracy.title"))
    lines = accuracy(counted.counts)
    if not lines:
        st.info(words("dashboard.accuracy.none"))
        return
    said = words("dashboard.accuracy.said")
    points = [
        {
            "label": words(f"figures.kind.{line.kind}"),
            "part": words(f"dashboard.accuracy.{measure}"),
            "said": share_in_words(words, share),
            "value": share.value,
            "low": share.low,
            "high": share.high,
        }
        for line in lines
        for measure in _MEASURES[:2]
        if (share := getattr(line, measure)) is not None
    ]
    figure(
        words,
        charts.shares(points, words, value=words("dashboard.accuracy.share")) if points else None,
        _accuracy_sheet(words, lines),
        description=said,
        base=words(
            "dashboard.accuracy.base",
            documents=words.number(counted.reviewed),
            found=words.number(lines[0].found if lines[0].kind == "all" else 0),
        ),
    )
    st.caption(words("dashboard.accuracy.explained"))


def _accuracy_sheet(words: Words, lines: tuple[Accuracy, ...]) -> Sheet:
    named = [words(f"dashboard.accuracy.{measure}") for measure in _MEASURES]
    head = [words(f"dashboard.accuracy.{name}") for name in ("kind", "found", "let_stand", "missed")]
    for name in named:
        head += [
            name,
            words("dashboard.accuracy.low", what=name),
            words("dashboard.accuracy.high", what=name),
        ]
    rows: list[tuple[Value, ...]] = [
        (
            words(f"figures.kind.{line.kind}"),
            line.found,
            line.let_stand,
            line.missed,
            *(end for measure in _MEASURES for end in _ends(getattr(line, measure))),
        )
        for line in lines
    ]
    return Sheet("dashboard.accuracy", tuple(head), tuple(rows), frozenset(range(4, len(head))))


def _ends(share: Share | None) -> tuple[Value, Value, Value]:
    return (share.value, share.low, share.high) if share is not None else (None, None, None)


def share_in_words(words: Words, share: Share) -> str:
    """Return a share with its base and interval."""
    return words(
        "dashboard.accuracy.point",
        value=words.percent(share.value, 1),
        part=words.number(share.part),
        whole=words.number(share.whole),
        low=words.percent(share.low),
        high=words.percent(share.high),
    )


def _calibration(words: Words, counted: Archive) -> None:
    import streamlit as st

    st.header(words("dashboard.calibration.title"))
    let_stand = st.checkbox(words("dashboard.calibration.let_stand"), value=True, key="dashboard.let_stand")
    found = calibration(counted.counts, with_let_stand=let_stand)
    if not found.bins:
        st.info(words("dashboard.calibration.none"))
        return
    said = words("dashboard.calibration.said")
    chart = charts.reliability(
        [_point(words, one) for one in found.bins],
        words,
        across=words("dashboard.calibration.across"),
        up=words("dashboard.calibration.up"),
        ideal=words("dashboard.calibration.ideal"),
    )
    if found.error is not None and found.by_chance is not None:
        st.markdown(
            words(
                "dashboard.calibration.error",
                error=words.number(found.error, 3),
                chance=words.number(found.by_chance, 3),
                facts=words.number(found.facts),
            )
        )
    else:
        st.markdown(words("dashboard.calibration.too_few", facts=found.facts, fewest=FEWEST))
    figure(
        words,
        chart,
        _calibration_sheet(words, found.bins),
        description=said,
        base=words(
            "dashboard.calibration.base",
            facts=words.number(found.facts),
            documents=words.number(counted.reviewed),
            fewest=FEWEST_IN_BIN,
        ),
    )


def _point(words: Words, one: Bin) -> dict[str, Any]:
    said = words(
        "dashboard.calibration.point",
        confidence=words.percent(one.confidence),
        part=words.number(one.right.part),
        whole=words.number(one.right.whole),
    )
    return {
        "confidence": one.confidence,
        "value": one.right.value,
        "low": one.right.low,
        "high": one.right.high,
        "facts": one.right.whole,
        "said": said,
    }


def _calibration_sheet(words: Words, bins: tuple[Bin, ...]) -> Sheet:
    names = ("range", "mean", "facts", "right", "share", "low", "high")
    rows: list[tuple[Value, ...]] = [
        (
            f"{words.percent(one.low)} – {words.percent(one.high)}",
            one.confidence,
            one.right.whole,
            one.right.part,
            *_ends(one.right),
        )
        for one in bins
    ]
    head = tuple(words(f"dashboard.calibration.{name}") for name in names)
    return Sheet("dashboard.calibration", head, tuple(rows), frozenset({1, 4, 5, 6}))
