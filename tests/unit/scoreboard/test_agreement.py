"""How far two readings of one report agree."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from board_builders import source

from extractor.cli.main import main
from extractor.errors import ExitCode, InputError
from extractor.scoreboard.agreement import BEGIN, END, agreement, with_table

ROOT = Path(__file__).resolve().parents[3]


def write(folder: Path, first: str, second: str) -> Path:
    for name, text in (("first", first), ("second", second)):
        (folder / name).mkdir(parents=True)
        (folder / name / "albi.report").write_text(text, encoding="utf-8")
    return folder


def test_two_equal_readings_agree(tmp_path: Path) -> None:
    report = agreement(write(tmp_path, source(), source()))
    assert report.composite == 1.0


def test_what_only_one_reader_saw_is_counted_on_his_side(tmp_path: Path) -> None:
    lines = source().split("\n")
    less = "\n".join(line for line in lines if not line.startswith("incident"))
    assert less != source()
    report = agreement(write(tmp_path, source(), less))
    tally = report.total.tallies["incidents.lenient"]
    assert (tally.tp, tally.fp) == (0, 0)
    assert tally.fn > 0
    page = with_table(f"# Sheet\n{BEGIN}\nold\n{END}\nrest\n", report)
    assert "| incidents.lenient | 0.000 | 0 |" in page
    assert page.startswith("# Sheet\n")
    assert page.endswith(f"{END}\nrest\n")


def other_text() -> str:
    head, text, facts = source().split("+++")
    return "+++".join((head, text.rstrip("\n") + " Fin.\n", facts))


@pytest.mark.parametrize(
    ("second", "code"),
    [(None, "not_found"), (other_text(), "other_text"), ("rien", "bad_report"), (source(), "no_marks")],
)
def test_faults_are_named(tmp_path: Path, second: str | None, code: str) -> None:
    folder = write(tmp_path, source(), second or source())
    if second is None:
        (folder / "first" / "albi.report").unlink()
    with pytest.raises(InputError) as caught:
        with_table("no marks here", agreement(folder))
    assert caught.value.code == code


def test_the_command_updates_the_datasheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "agreement", source(), source())
    sheet = tmp_path / "sheet.md"
    sheet.write_text(f"{BEGIN}{END}", encoding="utf-8")
    assert main(["corpus", "agreement", str(tmp_path), "--datasheet", str(sheet)]) == ExitCode.OK
    assert "1 reports were read twice" in sheet.read_text(encoding="utf-8")
    assert capsys.readouterr().out


def test_the_datasheet_says_what_was_measured() -> None:
    folder, sheet = ROOT / "corpus" / "agreement", ROOT / "corpus" / "DATASHEET.md"
    if not folder.is_dir():
        pytest.skip("no second readings here")
    page = sheet.read_text(encoding="utf-8")
    assert with_table(page, agreement(folder)) == page
