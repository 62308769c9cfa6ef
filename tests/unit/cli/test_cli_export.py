"""``export``: records from files, folders and standard input; what goes wrong, and what it costs."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.exports.formats import FORMATS
from tests.unit.exports.exports_records import sample

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    return tmp_path


@pytest.fixture
def record(folder: Path) -> Path:
    file = folder / "nogaro.json"
    file.write_text(sample().to_json(), "utf-8")
    return file


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_formats_are_listed_and_in_the_help(language: str, capsys: Captured) -> None:
    assert main(["export", "--list", "--lang", language]) == ExitCode.OK
    listed = capsys.readouterr().out
    assert main(["export", "--help", "--lang", language]) == ExitCode.OK
    helped = capsys.readouterr().out
    for name in FORMATS:
        assert f"\n{name} " in f"\n{listed}"
        assert f"  {name} " in helped


def test_several_records_into_one_file(record: Path, folder: Path, capsys: Captured) -> None:
    many = folder / "many"
    many.mkdir()
    (many / "all.jsonl").write_text(f"{sample().to_json()}\n" * 2, "utf-8")
    assert main(["export", str(record), str(many), "--to", "text", "-o", "all.txt"]) == ExitCode.OK
    assert (folder / "all.txt").read_text("utf-8").count("Je suis ravie") == 3
    assert "3" in capsys.readouterr().err


def test_what_a_batch_wrote_in_shards_is_read(folder: Path) -> None:
    import zstandard

    (folder / "shards").mkdir()
    for number in (1, 2):
        packed = zstandard.compress(f"{sample().to_json()}\n".encode() * 2)
        (folder / "shards" / f"records-00000{number}.jsonl.zst").write_bytes(packed)
    assert main(["export", "shards", "--to", "text", "-o", "all.txt"]) == ExitCode.OK
    assert (folder / "all.txt").read_text("utf-8").count("Je suis ravie") == 4


def test_one_bad_record_costs_itself_alone(record: Path, folder: Path, capsys: Captured) -> None:
    (folder / "some.jsonl").write_text(f"{sample().to_json()}\n{{broken\n", "utf-8")
    arguments = [
        "export",
        "some.jsonl",
        str(record),
        "absent.json",
        "--to",
        "html",
        "-o",
        "pages",
        "--lang",
        "en",
    ]
    assert main(arguments) == ExitCode.PARTIAL
    assert len(list((folder / "pages").iterdir())) == 2
    said = capsys.readouterr().err
    assert "some.jsonl:2" in said
    assert "absent.json" in said
    assert "Records exported: 2, left out: 2" in said


def test_nothing_readable_is_nothing_written(folder: Path) -> None:
    (folder / "bad.json").write_text("{", "utf-8")
    assert main(["export", "bad.json", "--to", "text", "-o", "new.txt"]) == ExitCode.INPUT
    assert [one.name for one in folder.iterdir()] == ["bad.json"]


@pytest.mark.parametrize("lines", [True, False])
def test_standard_input_and_output(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], lines: bool
) -> None:
    one = sample().to_json()
    piped(monkeypatch, (f"{one}\n{one}\n" if lines else json.dumps([json.loads(one)] * 2, indent=1)).encode())
    assert main(["export", "-", "--to", "text", "-o", "-"]) == ExitCode.OK
    captured = capsysbinary.readouterr()
    assert captured.out.decode().count("Je suis ravie") == 2
    assert not captured.err


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Put a pipe where ``-`` is read from."""
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    from extractor.cli import exporting

    monkeypatch.setattr(exporting, "record_path", lambda name: Path(f"/dev/fd/{reading}"))


def test_a_folder_does_not_go_to_standard_output(record: Path, capsys: Captured) -> None:
    assert main(["export", str(record), "--to", "html", "-o", "-"]) == ExitCode.USAGE
    assert "export_no_stream" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nogaro.json", "link.json", "./nogaro.json"])
def test_records_are_never_written_over(record: Path, folder: Path, name: str, capsys: Captured) -> None:
    (folder / "link.json").symlink_to(record)
    before = record.read_bytes()
    assert main(["export", "nogaro.json", "--to", "text", "-o", name]) == ExitCode.OUTPUT
    assert record.read_bytes() == before
    assert "export_onto_input" in capsys.readouterr().err


def test_nor_is_the_folder_that_they_are_in(record: Path, folder: Path) -> None:
    assert main(["export", str(folder), "--to", "text", "-o", str(record)]) == ExitCode.OUTPUT
    assert main(["export", str(folder), "--to", "html", "-o", str(folder)]) == ExitCode.OUTPUT
    assert [one.name for one in folder.iterdir()] == ["nogaro.json"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--to", "excell", "-o", "x"], "unknown_export_format"),
        (["--to", "text", "-o", "x", "--set", "a=b"], "export_setting"),
        (["--to", "text", "-o", "nogaro.json/x"], "not_a_folder"),
    ],
)
def test_what_makes_no_sense_is_told(record: Path, arguments: list[str], code: str, capsys: Captured) -> None:
    assert main(["export", str(record), *arguments]) in {ExitCode.USAGE, ExitCode.OUTPUT}
    assert f"[{code}]" in capsys.readouterr().err


def test_facts_that_are_not_sure_enough_stay_behind(record: Path, folder: Path, capsys: Captured) -> None:
    assert (
        main(["export", str(record), "--to", "text", "-o", "a.txt", "--min-confidence", "0.6"]) == ExitCode.OK
    )
    assert "Bob Petit" not in (folder / "a.txt").read_text("utf-8").partition("course")[2]
    assert capsys.readouterr().err.count("\n") == 2


def test_the_terminal_gets_no_bytes(record: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    wanted = next((name for name, one in FORMATS.items() if one.shape == "file" and not one.is_text), None)
    if wanted is None:
        pytest.skip("no such format")
    monkeypatch.setattr("sys.stdout", Terminal())
    assert main(["export", str(record), "--to", wanted, "-o", "-"]) == ExitCode.USAGE
    assert "export_no_terminal" in capsys.readouterr().err
