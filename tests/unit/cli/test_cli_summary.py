"""What is said at the end of a batch, and written beside it: what was read, what was not, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.batch.summary import document_line
from extractor.cli.main import main
from extractor.cli.summary import Totals, lines
from extractor.errors import ExitCode
from extractor.messages import Messages
from extractor.readers import Ocr, Page, Skipped, SourceText, Unread

Captured = pytest.CaptureFixture[str]
FRENCH = "Jean Tavernier (Porsche) s'est imposé en course 1 devant Louis Marchal et Paul Ortolan, après une belle remontée.\n"
ENGLISH = (
    "Jean Tavernier won the first race ahead of Louis Marchal. The driver had started from the back and he was very happy "
    "with the car that they had built for him.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARCFERME_MODEL", "none")
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    (tmp_path / "albi.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "dover.txt").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def summary(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return found


def test_the_end_says_what_was_read_and_what_was_not(capsys: Captured) -> None:
    assert main(["extract", "albi.txt", "dover.txt"]) == ExitCode.OK
    said = capsys.readouterr().err
    assert "dover.txt : pas en français (langue : en), rien n'en est lu" in said
    assert f"lu : 2 document(s), {len(FRENCH)} caractères sur {len(FRENCH) + len(ENGLISH)}" in said
    assert "non lu, en caractères : pas en français" in said
    assert "pas en français : 1 document(s)" in said


def test_it_says_so_in_english_too(capsys: Captured) -> None:
    assert main(["--lang", "en", "extract", "albi.txt", "dover.txt"]) == ExitCode.OK
    said = capsys.readouterr().err
    assert "dover.txt: not in French (language: en), nothing of it is read" in said
    assert "read: 2 document(s)" in said


def test_a_single_report_needs_no_summary(capsys: Captured) -> None:
    assert main(["extract", "albi.txt"]) == ExitCode.OK
    assert capsys.readouterr().err == ""


def test_a_file_has_every_document(folder: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    status = main(["extract", "albi.txt", "dover.txt", "empty.txt", "--summary", "summary.json", "-o", "out"])
    assert status == ExitCode.PARTIAL
    found = summary(folder)
    assert found["format"] == "parcferme-summary/1"
    albi, dover, empty = found["documents"]
    assert (albi["id"], albi["language"], albi["characters_read"]) == ("albi", "fr", len(FRENCH))
    assert (dover["language"], dover["characters_read"]) == ("en", 0)
    assert list(dover["skipped"]) == ["not_french"]
    assert empty == {"source": "empty.txt", "error": "empty_file"}
    assert (found["total"]["documents"], found["total"]["failed"], found["total"]["not_french"]) == (2, 1, 1)


def test_it_is_never_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(extractor, "extract", interrupted)
    assert main(["extract", "albi.txt", "dover.txt", "--summary", "summary.json"]) == ExitCode.INTERRUPTED
    assert sorted(path.name for path in folder.iterdir()) == ["albi.txt", "dover.txt"]


def test_it_is_not_written_over_a_report(capsys: Captured) -> None:
    assert main(["extract", "albi.txt", "--summary", "albi.txt"]) == ExitCode.OUTPUT
    assert Path("albi.txt").read_text(encoding="utf-8") == FRENCH


def test_pages_and_recognition_are_counted() -> None:
    source = SourceText.of(
        f"Accueil\n{FRENCH}",
        source="scan.pdf",
        media_type="application/pdf",
        pages=(Page(1, 0, len(FRENCH) + 8, 300, 24, "pixel"),),
        skipped=(Skipped(0, 8, "menu"),),
        unread=(Unread("blank_page", 2), Unread("unreadable_page", 3)),
        ocr=Ocr("tesseract", "5.3.0"),
    )
    totals = Totals()
    totals.add(document_line(extractor.extract(source, model="none")))
    told = "\n".join(lines(totals, Messages("fr")))
    assert "1 page(s)" in told
    assert "menus 7" in told
    assert "sans texte : 2 (pages vides 1, pages illisibles 1)" in told
    assert "reconnaissance de caractères : 1 document(s) (tesseract 5.3.0)" in told
