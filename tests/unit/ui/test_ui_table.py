"""The table worked by keyboard: what it gives the browser, that nothing is markup, that everything can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from extractor.ui import charts, table
from extractor.ui.table import Cell
from extractor.ui.words import sentences

HERE = Path(table.__file__).parent
NODE = shutil.which("node")
TONES = ("new", "in_review", "reviewed", "disputed", "rejected")
PAPER, NIGHT = "#fbfaf7", "#16171a"


def luminance(colour: str) -> float:
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def colours(*, dark: bool) -> dict[str, str]:
    css = (HERE / "table.css").read_text(encoding="utf-8")
    block = re.search(r"\.pf-table\.is-dark {(.*?)}" if dark else r"\.pf-table {(.*?)}", css, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[1]))


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_everything_in_the_table_can_be_read(dark: bool) -> None:
    known = colours(dark=dark)
    pairs = [
        *((ink, ground) for ink in ("ink", "soft") for ground in ("sheet", "faint")),
        *((tone, f"{tone}-tint") for tone in (*TONES, "gold")),
        ("disputed", "sheet"),
        ("accent", "sheet"),
    ]
    assert {
        pair: contrast(known[pair[0]], known[pair[1]])
        for pair in pairs
        if contrast(known[pair[0]], known[pair[1]]) < 4.5
    } == {}


@pytest.mark.parametrize("ground", [PAPER, NIGHT], ids=["day", "night"])
def test_bars_stand_out_from_the_page(ground: str) -> None:
    assert {one: contrast(one, ground) for one in charts.SEVERAL if contrast(one, ground) < 3} == {}


def test_nothing_is_ever_read_as_markup() -> None:
    source = (HERE / "table.js").read_text(encoding="utf-8")
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
    )


@pytest.mark.skipif(NODE is None, reason="no node at hand")
def test_the_script_can_be_read_by_an_engine() -> None:
    assert NODE is not None
    source = (HERE / "table.js").read_bytes()
    run = subprocess.run(
        [NODE, "--check", "--input-type=module", "-"], input=source, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_the_table_says_has_its_words(language: str) -> None:
    asked = set(re.findall(r"data\.words\.(\w+)", (HERE / "table.js").read_text(encoding="utf-8")))
    assert asked <= {key.removeprefix("table.") for key in sentences(language)}


def test_a_cell_travels_without_what_it_does_not_say() -> None:
    assert table._slim(Cell("1")) == {"text": "1"}
    assert table._slim(Cell(tags=("double",), share=0)) == {"tags": ("double",), "share": 0}


PAGES = (
    "queue_page",
    "queue_filters",
    "queue_words",
    "dashboard_page",
    "dashboard_accuracy",
    "dashboard_work",
)
MORE = ("season_page", "season_tables", "showing", "authority_page")


@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_whatever_a_page_says_has_its_words(name: str) -> None:
    source = (HERE.parent / f"{name}.py").read_text(encoding="utf-8")
    asked = set(re.findall(r'words\(\s*"([a-z_.]+)"', source))
    assert asked <= sentences("fr").keys()
