"""``parcferme extract``: where records go, what failures cost, and that nothing is left half done."""

from __future__ import annotations

import io
import json
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.cli.main import main
from extractor.errors import ExitCode
from extractor.readers import SourceText

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stub_extract: list[str | None]) -> Path:
    """Work in an empty folder with two reports, and a pipeline that finds nothing."""
    assert stub_extract == []
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_LANG", raising=False)
    (tmp_path / "albi.txt").write_text("Théo gagne à Albi.", encoding="utf-8")
    (tmp_path / "nogaro.txt").write_text("Zoé gagne à Nogaro.", encoding="cp1252")
    return tmp_path


def files(folder: Path) -> list[str]:
    """Return what lies in a folder, without the ledger and what it says of failures."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        str(path) for path in found if ".parcferme" not in path.parts and path.name != "failures.jsonl"
    )


def ids(content: str) -> list[str]:
    return [record["document"]["id"] for record in json.loads(content)]


def test_one_file_is_one_object(capsys: Captured) -> None:
    assert main(["extract", "nogaro.txt"]) == ExitCode.OK
    printed = capsys.readouterr()
    document = json.loads(printed.out)["document"]
    assert (document["id"], document["source"], document["text"]) == (
        "nogaro",
        "nogaro.txt",
        "Zoé gagne à Nogaro.",
    )
    assert printed.err == ""
    assert "Zoé" in printed.out


@pytest.mark.parametrize(
    "paths", [["albi.txt", "nogaro.txt"], ["."], ["*.txt"]], ids=["files", "folder", "pattern"]
)
def test_several_are_an_array(paths: list[str], capsys: Captured) -> None:
    assert main(["extract", *paths]) == ExitCode.OK
    assert ids(capsys.readouterr().out) == ["albi", "nogaro"]


def test_a_folder_is_an_array_however_many_reports_it_has(folder: Path, capsys: Captured) -> None:
    (folder / "albi.txt").unlink()
    assert main(["extract", "."]) == ExitCode.OK
    assert ids(capsys.readouterr().out) == ["nogaro"]
    (folder / "nogaro.txt").write_text("")
    assert main(["extract", "."]) == ExitCode.INPUT
    assert ids(capsys.readouterr().out) == []


def test_json_lines(capsys: Captured) -> None:
    assert main(["extract", ".", "--format", "jsonl"]) == ExitCode.OK
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["document"]["id"] for line in lines] == ["albi", "nogaro"]


def test_standard_input(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, stub_extract: list[str | None]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Théo gagne.".encode())))
    assert main(["extract", "-"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["document"]["id"] == "stdin"
    assert stub_extract == [None]


def test_a_folder_gets_one_file_each(folder: Path, capsys: Captured) -> None:
    assert main(["extract", ".", "-o", "deep/out"]) == ExitCode.OK
    assert files(folder / "deep/out") == ["albi.json", "nogaro.json"]
    content = (folder / "deep/out/albi.json").read_bytes()
    assert json.loads(content)["document"]["id"] == "albi"
    assert content.endswith(b"}\n")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "lu : 2 document(s), 37 caractères sur 37\n2 enregistrement(s), 0 échec(s) → deep/out\n"
    )


def test_json_lines_in_a_folder_are_one_file(folder: Path) -> None:
    assert main(["extract", ".", "--format", "jsonl", "-o", "out"]) == ExitCode.OK
    assert files(folder / "out") == ["records.jsonl"]
    assert len((folder / "out/records.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("fmt", ["json", "jsonl"])
def test_a_file_name_as_output_is_one_file(folder: Path, fmt: str) -> None:
    assert main(["extract", ".", "--format", fmt, "-o", f"out/tout.{fmt}"]) == ExitCode.OK
    assert files(folder / "out") == [f"tout.{fmt}"]


def test_the_name_of_the_output_says_its_format(folder: Path, capsys: Captured) -> None:
    assert main(["extract", ".", "-o", "tout.jsonl"]) == ExitCode.OK
    assert len((folder / "tout.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert main(["extract", "nogaro.txt", "-o", "page.html"]) == ExitCode.OK
    assert "<html" in (folder / "page.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["extract", ".", "--format", "html", "-o", "x.json"]) == ExitCode.USAGE
    assert "[format_and_name]" in capsys.readouterr().err
    assert main(["extract", ".", "-o", "x.html"]) == ExitCode.USAGE
    assert not list(folder.glob("x.*"))


def test_a_second_run_replaces_the_first(folder: Path) -> None:
    for text in ("Un.", "Deux."):
        (folder / "albi.txt").write_text(text)
        assert main(["extract", "albi.txt", "-o", "out"]) == ExitCode.OK
    assert json.loads((folder / "out/albi.json").read_text())["document"]["text"] == "Deux."


def test_reports_of_one_name_do_not_meet(folder: Path) -> None:
    for place in ("1934", "1935"):
        (folder / place).mkdir()
        (folder / place / "Albi.txt").write_text(place)
    assert main(["extract", "albi.txt", "1935", "1934", "-o", "out"]) == ExitCode.OK
    assert files(folder / "out") == ["Albi-2.json", "Albi-3.json", "albi.json"]
    second = json.loads((folder / "out/Albi-2.json").read_text())["document"]
    assert (second["text"], second["id"], second["source"]) == ("1935", "Albi-2", "1935/Albi.txt")


def test_what_is_of_no_known_kind_is_counted(folder: Path, capsys: Captured) -> None:
    for name in ("a.ini", "b.INI", "Thumbs.db", "LISEZ"):
        (folder / name).write_text("x")
    assert main(["extract", "."]) == ExitCode.OK
    captured = capsys.readouterr()
    assert ids(captured.out) == ["albi", "nogaro"]
    assert "4 fichier(s) de nature inconnue laissé(s) de côté (2 .ini, 1 " in captured.err
    assert "1 sans extension" in captured.err


def test_an_archive_gives_a_record_for_each_of_its_reports(folder: Path, capsys: Captured) -> None:
    with zipfile.ZipFile("lot.zip", "w") as archive:
        archive.write("albi.txt", "1951/compte.txt")
        archive.write("nogaro.txt", "1952/compte.txt")
        archive.writestr("../mal.txt", "x")
    assert main(["extract", "lot.zip", "-o", "out"]) == ExitCode.PARTIAL
    assert "[unsafe_member]" in capsys.readouterr().err
    assert [name for name in files(folder) if name.startswith("out")] == [
        "out/compte-2.json",
        "out/compte.json",
    ]
    record = json.loads((folder / "out/compte-2.json").read_text("utf-8"))
    assert record["document"]["source"] == "lot.zip/1952/compte.txt"


def test_the_report_itself_is_never_written_over(folder: Path, capsys: Captured) -> None:
    before = (folder / "albi.txt").read_bytes()
    assert main(["extract", "albi.txt", "--format", "table", "-o", "."]) == ExitCode.OUTPUT
    assert main(["extract", "albi.txt", "--format", "table", "-o", "./albi.txt"]) == ExitCode.OUTPUT
    assert (folder / "albi.txt").read_bytes() == before
    assert "[would_overwrite_input]" in capsys.readouterr().err


def test_one_failure_leaves_the_others_alone(folder: Path, capsys: Captured) -> None:
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "vide.txt").write_bytes(b"")
    assert main(["extract", ".", "rien.txt", "-o", "out"]) == ExitCode.PARTIAL
    assert files(folder / "out") == ["albi.json", "nogaro.json"]
    assert capsys.readouterr().err.splitlines() == [
        "erreur : image.txt : image endommagée ou tronquée — copiez-la de nouveau depuis sa source, ou ouvrez-la "
        "dans une visionneuse et enregistrez-la [damaged_image]",
        "erreur : vide.txt : le fichier est vide — donnez un fichier qui contient un compte rendu [empty_file]",
        "erreur : rien.txt : ce fichier n'existe pas — vérifiez le chemin [not_found]",
        "lu : 2 document(s), 37 caractères sur 37",
        "les 3 échec(s), un par ligne avec sa cause : out/failures.jsonl",
        "2 enregistrement(s), 3 échec(s) → out",
    ]


@pytest.mark.parametrize("fmt", ["json", "jsonl", "html", "table"])
def test_where_nothing_can_be_read_nothing_is_written(folder: Path, fmt: str) -> None:
    (folder / "vide").mkdir()
    assert main(["extract", "vide", "rien.txt", "--format", fmt, "-o", "out"]) == ExitCode.INPUT
    assert files(folder) == ["albi.txt", "nogaro.txt"]


def test_a_fault_of_ours_is_said_to_be_ours(folder: Path, capsys: Captured) -> None:
    (folder / "bogue.txt").write_text("BOGUE")
    assert main(["extract", ".", "-o", "out", "--lang", "en"]) == ExitCode.INTERNAL
    assert files(folder / "out") == ["albi.json", "nogaro.json"]
    err = capsys.readouterr().err
    assert err.splitlines()[0] == (
        "error: bogue.txt: a fault of parcferme, not of your file (RuntimeError: a bug) — "
        "run again with --debug and report it with the text [internal_fault]"
    )
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments", [["extract", "bogue.txt", "--debug"], ["--debug", "extract", "bogue.txt"]]
)
def test_debug_shows_where(folder: Path, capsys: Captured, arguments: list[str]) -> None:
    (folder / "bogue.txt").write_text("BOGUE")
    assert main(arguments) == ExitCode.INTERNAL
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert 'raise RuntimeError("a bug' in err


def test_a_broken_installation_is_told_once(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def extract(*_: object, **__: object) -> None:
        raise ImportError("no spacy")

    monkeypatch.setattr(extractor, "extract", extract)
    assert main(["extract", "albi.txt", "nogaro.txt"]) == ExitCode.INTERNAL
    assert capsys.readouterr().err.count("no spacy") == 1


def test_an_error_of_the_pipeline_names_the_file(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def extract(*_: object, **__: object) -> None:
        raise extractor.errors.InputError("empty_file")  # type: ignore[attr-defined]

    monkeypatch.setattr(extractor, "extract", extract)
    assert main(["extract", "albi.txt"]) == ExitCode.INPUT
    assert "albi.txt" in capsys.readouterr().err


@pytest.mark.parametrize("fmt", ["json", "jsonl"])
def test_interrupting_leaves_only_whole_files(
    folder: Path, fmt: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    working = extractor.extract

    def extract(read: SourceText, **options: Any) -> Any:
        if "Nogaro" in read.text:
            raise KeyboardInterrupt
        return working(read, **options)

    monkeypatch.setattr(extractor, "extract", extract)
    assert main(["extract", ".", "--format", fmt, "-o", "out"]) == ExitCode.INTERRUPTED
    assert files(folder / "out") == (["albi.json"] if fmt == "json" else [])
    assert capsys.readouterr().err == "interrompu\n"


def test_a_write_that_fails_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["extract", "albi.txt", "-o", "out"]) == ExitCode.OUTPUT
    assert files(folder / "out") == []
    assert "No space left on device" in capsys.readouterr().err


def test_an_output_that_is_no_folder(folder: Path, capsys: Captured) -> None:
    (folder / "out").write_text("x")
    assert main(["extract", "albi.txt", "-o", "out"]) == ExitCode.OUTPUT
    assert main(["extract", "albi.txt", "-o", "out/deep"]) == ExitCode.OUTPUT
    assert capsys.readouterr().err.count("[not_a_folder]") == 2
    (folder / "dir/albi.json").mkdir(parents=True)
    assert main(["extract", "albi.txt", "-o", "dir"]) == ExitCode.OUTPUT
    assert "[cannot_write]" in capsys.readouterr().err


def test_an_html_page_is_one_reports(capsys: Captured) -> None:
    assert main(["extract", ".", "--format", "html"]) == ExitCode.USAGE
    assert "[one_page_per_report]" in capsys.readouterr().err


def test_the_encoding_can_be_named(folder: Path, capsys: Captured) -> None:
    (folder / "mac.txt").write_text("Le départ a été donné à l'été", encoding="mac_roman")
    assert main(["extract", "mac.txt"]) == ExitCode.INPUT
    assert main(["extract", "mac.txt", "--encoding", "mac_roman"]) == ExitCode.OK
    assert "été" in json.loads(capsys.readouterr().out)["document"]["text"]
    assert main(["extract", "mac.txt", "--encoding", "klingon"]) == ExitCode.USAGE


def test_the_limit_can_be_set(capsys: Captured) -> None:
    assert main(["extract", "albi.txt", "--max-bytes", "5"]) == ExitCode.INPUT
    assert "plus de 5 octets" in capsys.readouterr().err


def test_no_progress_bar_where_output_is_piped(capsys: Captured) -> None:
    assert main(["extract", ".", "-o", "out"]) == ExitCode.OK
    assert "Lecture" not in capsys.readouterr().err


def test_a_progress_bar_where_somebody_watches(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["extract", ".", "-o", "out"]) == ExitCode.OK
    assert "2/2" in capsys.readouterr().err


def test_every_table_of_messages_is_toml() -> None:
    for path in Path(extractor.__file__).parent.rglob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))
