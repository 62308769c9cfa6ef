"""Reports of the corpus as real files, read back: the record is that of the plain text, and the boxes lie on the words."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.archives.__main__ import main
from benchmarks.archives.blocks import blocks_of, unwrapped
from benchmarks.archives.choice import choose
from benchmarks.archives.render import BOUNDS, DIGITAL
from benchmarks.archives.texts import Alignment, without


def _has_french() -> bool:
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "fra" in listed.stdout.split()


needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="no LibreOffice or no Poppler",
)
needs_tesseract = pytest.mark.skipif(not _has_french(), reason="no Tesseract with French data")


def measured(folder: Path, reports: int, formats: tuple[str, ...]) -> dict[str, dict[str, dict[str, float]]]:
    main(["--reports", str(reports), "--formats", ",".join(formats), "--out", str(folder), "--model", "none"])
    figures: dict[str, dict[str, dict[str, float]]] = json.loads((folder / "figures.json").read_text())
    return figures


@pytest.mark.slow
@needs_office
def test_a_file_of_any_office_says_what_the_plain_text_says(tmp_path: Path) -> None:
    figures = measured(tmp_path, 6, DIGITAL)

    assert {fmt: one["errors"] for fmt, one in figures["formats"].items() if one["errors"]} == {}
    below = {fmt: one["f1"] for fmt, one in figures["formats"].items() if one["f1"] < BOUNDS[fmt]}
    assert below == {}
    assert {fmt for fmt, one in figures["boxes"].items() if one["covering"] > 0.95} == {
        "pdf1",
        "pdf2",
        "pdf3",
    }


@pytest.mark.slow
@needs_office
@needs_tesseract
def test_scanned_pages_say_nearly_what_the_plain_text_says(tmp_path: Path) -> None:
    figures = measured(tmp_path, 6, ("scan300", "scan150"))

    below = {fmt: one["f1"] for fmt, one in figures["formats"].items() if one["f1"] < BOUNDS[fmt]}
    assert below == {}
    assert {fmt for fmt, one in figures["boxes"].items() if one["covering"] > 0.9} == {"scan300", "scan150"}


def test_fewer_reports_are_the_first_of_more() -> None:
    assert choose(6) == choose(8)[:6]


def test_lines_broken_by_hand_are_set_as_paragraphs() -> None:
    lines = [
        "Sur la piste rechargée du Breuil, cha-",
        "cun partait pour gagner. Hélas pour",
        "Valdier :",
        "panne.",
    ]

    assert unwrapped(lines, 38) == [
        "Sur la piste rechargée du Breuil, chacun partait pour gagner. Hélas pour Valdier :",
        "panne.",
    ]


def test_a_report_is_set_with_title_headings_and_lists() -> None:
    text = "Course du Breuil\n\nFinale\n1. Valdier\n2. Morane\n\nBeaucoup de monde autour du circuit, dit-on."

    assert [(block.kind, len(block.lines)) for block in blocks_of(text, wrapped=False)] == [
        ("title", 1),
        ("heading", 1),
        ("list", 2),
        ("paragraph", 1),
    ]


def test_a_quote_is_found_where_it_stands_in_the_other_text() -> None:
    aligned = Alignment(
        "Il dit : « Je suis content », puis part.", "MENU Il dit : « Je suis con-\ntent », puis part."
    )

    assert aligned.range(11, 26) == (16, 33)
    assert without(((16, 33),), ((20, 25),)) == ((16, 20), (25, 33))
