"""A folder of what should not be in it: each file costs one line or one entry of coverage, and no other its record."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.unit.readers.pdfs import Pdf, at, encrypted
from tests.unit.readers.scans import needs_tesseract, vast_png

pytestmark = [pytest.mark.slow, needs_tesseract]

RUN = "from extractor.cli.main import run; run()"

REPORT = """Grand Prix de Brumeval

Louis Marchal (Écurie du Val) a gagné la course dimanche devant Jean Tavernier et Paul Orsini. Le pilote du Val,
parti de la deuxième ligne, a pris la tête au troisième tour. Luc Morel a abandonné sur une panne d'embrayage.
"""

ENGLISH = """Brumeval Grand Prix

Louis Marchal won the race on Sunday ahead of Jean Tavernier and Paul Orsini after a long fight for the lead that
went on until the very last lap. The driver of the home team had started from the second row of the grid and took
the lead on the third lap, while Luc Morel was forced to retire with a broken clutch in front of the grandstand.
"""


def pdf_of(text: str) -> Pdf:
    lines = text.strip().split("\n")
    return Pdf().page("".join(at(60, 80 + 16 * row, line, size=9) for row, line in enumerate(lines)))


def handwriting() -> Image.Image:
    """Return lines of loops as a hurried hand draws them, none of which is a letter."""
    chance = np.random.default_rng(4)
    page = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(page)
    for row in range(14):
        along = np.linspace(0, 60, 900)
        wild = np.cumsum(chance.normal(0, 0.5, along.size))
        x = 120 + along * 16 + 14 * np.cos(along * 2.3 + 0.2 * wild)
        y = 160 + 105 * row + 24 * np.sin(along * 2.1 + 0.3 * wild) * (1 + 0.4 * np.sin(along / 3))
        draw.line([(float(a), float(b)) for a, b in zip(x, y, strict=True)], fill=40, width=4)
    return page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lot")
    sound = pdf_of(REPORT)
    (folder / "bon.txt").write_text(REPORT, encoding="utf-8")
    (folder / "bon-pdf.pdf").write_bytes(sound.bytes())
    (folder / "faux-nom.txt").write_bytes(sound.bytes())
    (folder / "chiffre.pdf").write_bytes(encrypted(sound, "secret"))
    (folder / "coupe.pdf").write_bytes(sound.bytes()[:400])
    (folder / "vide.pdf").write_bytes(b"")
    (folder / "sans-page.pdf").write_bytes(Pdf().bytes())
    vast_png(folder / "immense.png", 30_000)
    (folder / "entites.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/passwd">]><alto>&x;</alto>'
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    (folder / "rires.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY l0 "ha">{laughs}]><alto>&l9;</alto>'
    )
    with zipfile.ZipFile(folder / "bombe.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bombe.txt", b"0" * 60_000_000)
        archive.writestr("dedans.txt", REPORT)
    with zipfile.ZipFile(folder / "fuite.zip", "w") as archive:
        archive.writestr("../../dehors.txt", REPORT)
        archive.writestr("sage.txt", REPORT)
    (folder / "scripts.html").write_text(
        f"<!DOCTYPE html><html><head><script>document.title='x'</script></head><body><article><h1>Grand Prix de Brumeval</h1>"
        f"<p>{REPORT.splitlines()[2]} {REPORT.splitlines()[3]}</p><script>alert('Pirate Pilote gagne')</script></article></body></html>",
        encoding="utf-8",
    )
    (folder / "anglais.txt").write_text(ENGLISH, encoding="utf-8")
    Image.new("L", (1240, 1754), 255).save(folder / "blanche.png", dpi=(150, 150))
    handwriting().save(folder / "manuscrit.png", dpi=(150, 150))
    return folder


@pytest.fixture(scope="module")
def done(folder: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = folder.parent / "sortie"
    command = [sys.executable, "-c", RUN, "extract", str(folder), "-o", str(out), "--model", "none"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=240)
    return ran, out


REFUSED = {
    "chiffre.pdf": "pdf_password",
    "coupe.pdf": "pdf_damaged",
    "vide.pdf": "empty_file",
    "sans-page.pdf": "pdf_",
    "immense.png": "image_too_large",
    "entites.xml": "xml_entities",
    "rires.xml": "xml_entities",
    "bombe.zip/bombe.txt": "archive_bomb",
    "fuite.zip": "unsafe_member",
    "blanche.png": "blank_pages",
    "manuscrit.png": "nothing_recognised",
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_costs_one_line_that_says_why(
    done: tuple[subprocess.CompletedProcess[str], Path], name: str
) -> None:
    ran, _ = done
    lines = [line for line in ran.stderr.splitlines() if f"/{name}" in line and line.startswith("erreur")]
    assert len(lines) == 1, ran.stderr
    assert f"[{REFUSED[name]}" in lines[0]
    assert "—" in lines[0]  # what to do


READ = ("bon", "bon-pdf", "faux-nom", "dedans", "sage", "scripts")


@pytest.mark.parametrize("name", READ)
def test_the_rest_is_read(done: tuple[subprocess.CompletedProcess[str], Path], name: str) -> None:
    ran, out = done
    record = json.loads((out / f"{name}.json").read_text(encoding="utf-8"))
    assert {driver["name"] for driver in record["drivers"]} == {
        "Louis Marchal",
        "Jean Tavernier",
        "Paul Orsini",
        "Luc Morel",
    }, ran.stderr
    assert "Pirate" not in record["document"]["text"]


def test_nothing_is_invented_of_a_page_in_english(
    done: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, out = done
    record = json.loads((out / "anglais.json").read_text(encoding="utf-8"))
    assert record["drivers"] == record["results"] == record["incidents"] == []
    assert {"not_french"} == {one["reason"] for one in record["coverage"]["skipped"]}


def test_nothing_else_is_written(done: tuple[subprocess.CompletedProcess[str], Path], folder: Path) -> None:
    ran, out = done
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert sorted(path.name for path in out.glob("[!.]*")) == sorted(
        ["failures.jsonl", *(f"{name}.json" for name in (*READ, "anglais"))]
    )
    assert not (folder.parent / "dehors.txt").exists()
    assert not (folder.parent.parent / "dehors.txt").exists()
