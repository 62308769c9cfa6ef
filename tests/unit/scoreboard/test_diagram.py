"""The reliability diagram."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from extractor.neural.reliability import Reliability, reliability
from extractor.scoreboard.calibration import Calibration, calibration_of
from extractor.scoreboard.diagram import Panel, diagram, drawing
from extractor.scoreboard.judged import Judged

SVG = "{http://www.w3.org/2000/svg}"
FACTS = [Judged("quotes", ("q",), 0.9, n != 0) for n in range(10)]
FACTS += [Judged("entries", ("d", "t"), 0.4, n < 2) for n in range(10)]


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def marks(svg: str) -> list[ElementTree.Element]:
    return [one for one in drawn(svg).iter() if one.get("class") == "mark"]


def panels(svg: str) -> list[str]:
    return [one.text or "" for one in drawn(svg).iter(f"{SVG}text") if one.get("class") == "name"]


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fr", ["Ensemble", "Engagements (pilote, équipe)", "Citations"]),
        ("en", ["All", "Entries (driver, team)", "Quotes"]),
    ],
)
def test_all_facts_and_then_each_kind(lang: str, names: list[str]) -> None:
    assert panels(diagram(calibration_of(FACTS), lang)) == names


def test_a_mark_is_where_its_bin_is() -> None:
    """Both bins lie on the plot, that of the quotes on the diagonal and that of the entries below it."""
    svg = diagram(calibration_of(FACTS))
    frame = next(one for one in drawn(svg).iter(f"{SVG}rect") if one.get("class") == "plot")
    left, top, side = (float(frame.get(key, "")) for key in ("x", "y", "width"))
    shares = [
        ((float(m.get("cx", "")) - left) / side, 1 - (float(m.get("cy", "")) - top) / side)
        for m in marks(svg)
    ]
    assert shares == [
        (pytest.approx(said, abs=0.001), pytest.approx(true, abs=0.001))
        for said, true in [(0.4, 0.2), (0.9, 0.9), (0.4, 0.2), (0.9, 0.9)]
    ]


def test_everything_is_told_in_words() -> None:
    root = drawn(diagram(calibration_of(FACTS)))
    told = root.find(f"{SVG}desc")
    assert told is not None
    assert "Citations : 10 faits, annoncé 0,900, juste 0,900, ECE 0,000" in (told.text or "")
    titles = [one.text or "" for one in root.iter(f"{SVG}title")]
    assert any(title.startswith("10 faits, annoncé 0,400, juste 0,200 (0,057 – 0,510)") for title in titles)


def test_before_and_after_differ_in_shape_and_are_named() -> None:
    before, after = (
        reliability([0.9] * 10, [True] * 5 + [False] * 5),
        reliability([0.5] * 10, [True] * 5 + [False] * 5),
    )
    svg = drawing([Panel("<All>", {"by hand": before, "calibrated": after})], "en")
    assert {one.tag for one in marks(svg)} == {f"{SVG}circle", f"{SVG}rect"}
    words = [one.text for one in drawn(svg).iter(f"{SVG}text")]
    assert {"by hand", "calibrated", "<All>", "ECE 0.400 → 0.000"} <= set(words)


def test_panels_without_facts_are_left_out() -> None:
    nothing: Reliability = reliability([], [])
    assert panels(diagram(Calibration(nothing, {"quotes": nothing}))) == []


def test_nothing_is_asked_of_the_network() -> None:
    svg = diagram(calibration_of(FACTS))
    assert not re.search(r"(href|src|url\()", svg)
    assert "<script" not in svg
