"""Scanned pages on the command line: their ALTO beside the record, and how far they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.batch import work
from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.readers import Reading, SourceText
from extractor.readers.read import read_content

ALTO = "<alto>Gastinel gagne à Spa.</alto>".encode()
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stub_extract: list[str | None]) -> Path:
    """Put a reader in place that takes every text for a scan of three pages."""

    def read(content: bytes, reading: Reading) -> SourceText:
        for page in range(3):
            reading.progress(page + 1, 3)
        return replace(read_content(content, reading), alto=(("alto.xml", ALTO),))

    monkeypatch.setattr(work, "read_content", read)
    monkeypatch.chdir(tmp_path)
    for name in ("nogaro.txt", "spa.txt"):
        (tmp_path / name).write_text("Gastinel gagne à Spa.")
    return tmp_path


@pytest.mark.parametrize("fmt", ["json", "jsonl", "table"])
def test_the_alto_of_scans_is_kept_beside_their_records(scans: Path, fmt: str) -> None:
    assert main(["extract", "nogaro.txt", "spa.txt", "-o", "out", "--format", fmt]) == ExitCode.OK
    assert (scans / "out" / "spa.alto.xml").read_bytes() == ALTO
    assert (scans / "out" / "nogaro.alto.xml").exists()


def test_no_alto_is_written_where_records_go_elsewhere(scans: Path, capsys: Captured) -> None:
    assert main(["extract", "spa.txt"]) == ExitCode.OK
    assert main(["extract", "spa.txt", "-o", "spa.json"]) == ExitCode.OK
    assert not [*scans.rglob("*.alto.xml")]
    assert capsys.readouterr().err.count("\n") == 1


def test_what_is_read_is_not_written_over(scans: Path, capsys: Captured) -> None:
    (scans / "spa.alto.xml").write_text("Gastinel gagne à Spa.")
    assert main(["extract", "spa.txt", "spa.alto.xml", "-o", "."]) == ExitCode.OUTPUT
    assert "[would_overwrite_input]" in capsys.readouterr().err
    assert (scans / "spa.alto.xml").read_text() == "Gastinel gagne à Spa."


@pytest.mark.usefixtures("scans")
@pytest.mark.parametrize("arguments", [["spa.txt"], ["spa.txt", "nogaro.txt", "-o", "out"]])
def test_pages_are_counted_where_somebody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured, arguments: list[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["extract", *arguments]) == ExitCode.OK
    assert "Pages" in capsys.readouterr().err


@pytest.mark.usefixtures("scans")
def test_pages_are_not_counted_where_nobody_watches(capsys: Captured) -> None:
    assert main(["extract", "spa.txt"]) == ExitCode.OK
    assert capsys.readouterr().err == ""
