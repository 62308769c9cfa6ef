"""What is written beside the reports, and the command that writes it."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.corpus.build import MANIFEST, built, data_file, load_splits, stale_files
from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.report import Report
from extractor.errors import ExitCode, InputError
from extractor.record import RaceRecord
from tests.conftest import ROOT
from tests.unit.corpus.conftest import FACTS, HEAD, TEXT

CORPUS = ROOT / "corpus"
Captured = pytest.CaptureFixture[str]


def corpus_folder(folder: Path, splits: tuple[str, ...] = SPLITS) -> Path:
    """Write a corpus of one report for each split, and an empty folder for those without."""
    for split in SPLITS:
        (folder / "texts" / split).mkdir(parents=True)
    for number, split in enumerate(splits):
        head = HEAD.replace("{noise}", "clean").replace("1954", str(1954 + 10 * number))
        path = folder / "texts" / split / f"{split}-montee.report"
        path.write_text(f"{head}+++\n{TEXT}\n+++\n{FACTS}", encoding="utf-8")
    return folder


@cache
def the_corpus() -> dict[Split, list[Report]]:
    """Return the project's own corpus, for tests of what is kept beside it."""
    if not any((CORPUS / "texts").rglob("*.report")):
        pytest.skip("there are no reports here")
    return load_splits(CORPUS)


def error(folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_splits(folder)
    return caught.value


def test_rows_and_a_manifest_are_built(tmp_path: Path) -> None:
    files = built(load_splits(corpus_folder(tmp_path)))
    assert set(files) == {Path(MANIFEST), *(data_file(split) for split in SPLITS)}
    manifest = list(csv.DictReader(files[Path(MANIFEST)].splitlines()))
    assert [row["name"] for row in manifest] == [f"{split}-montee" for split in SPLITS]
    assert manifest[1] | {"era": "1960s", "drivers": "3", "results": "3"} == manifest[1]
    row = json.loads(files[data_file("far")])
    assert (row["id"], row["split"], row["year"]) == ("far-montee", "far", 1984)


def test_the_same_reports_always_give_the_same_files(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    assert built(load_splits(folder)) == built(load_splits(folder))


def test_a_split_may_be_empty_or_absent(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path, ("train",))
    (folder / "texts" / "far").rmdir()
    loaded = load_splits(folder)
    assert {split: len(reports) for split, reports in loaded.items()} == {
        "train": 1,
        "dev": 0,
        "test": 0,
        "far": 0,
    }
    assert built(loaded)[data_file("dev")] == ""


def test_files_that_are_no_reports_are_passed_over(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    (folder / "texts" / "train" / "notes.txt").write_text("à relire", encoding="utf-8")
    (folder / "texts" / "train" / "scan.png").write_bytes(b"\x89PNG\xff")
    (folder / "texts" / "LISEZMOI.md").write_text("rien", encoding="utf-8")
    assert len(load_splits(folder)["train"]) == 1


def test_a_folder_without_a_corpus_is_told(tmp_path: Path) -> None:
    assert error(tmp_path / "nulle-part").code == "no_corpus"
    assert error(tmp_path).code == "no_corpus"
    (tmp_path / "texts").mkdir()
    assert error(tmp_path).code == "no_reports"


def test_a_report_outside_the_splits_is_told(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    (folder / "texts" / "essai.report").write_text("", encoding="utf-8")
    assert error(folder).code == "no_split"


def test_two_reports_of_one_name_are_told(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    twin = folder / "texts" / "dev" / "train-montee.report"
    twin.write_bytes((folder / "texts" / "train" / twin.name).read_bytes())
    assert error(folder).code == "same_name"


def test_a_report_that_does_not_compile_is_told(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    (folder / "texts" / "dev" / "z.report").write_text("+++", encoding="utf-8")
    assert error(folder).code == "bad_report"


def test_what_is_stale_is_told(tmp_path: Path) -> None:
    loaded = load_splits(corpus_folder(tmp_path))
    for path, content in built(loaded).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    assert stale_files(loaded, tmp_path) == []
    (tmp_path / data_file("dev")).write_text("{}\n", encoding="utf-8")
    (tmp_path / MANIFEST).unlink()
    (problem,) = stale_files(loaded, tmp_path)
    assert problem.parameters == {"files": "manifest.csv, data/dev.jsonl"}


def test_what_is_kept_is_what_the_reports_give() -> None:
    if not (CORPUS / MANIFEST).exists():
        pytest.skip("the corpus has not been built")
    assert stale_files(the_corpus(), CORPUS) == []


def test_the_command_writes_beside_the_reports(tmp_path: Path, capsys: Captured) -> None:
    folder = corpus_folder(tmp_path / "c")
    assert main(["corpus", "build", str(folder), "--lang", "en"]) == ExitCode.OK
    assert capsys.readouterr().out == "4 report(s) compiled, 5 file(s) written\n"
    assert stale_files(load_splits(folder), folder) == []


def test_the_command_writes_elsewhere_and_other_forms(tmp_path: Path, capsys: Captured) -> None:
    folder = corpus_folder(tmp_path / "c", ("train", "dev"))
    out, records, docbin = (tmp_path / name for name in ("out", "records", "docbin"))
    options = ["--out", str(out), "--records", str(records), "--docbin", str(docbin), "--seal"]
    assert main(["corpus", "build", str(folder), *options, "--lang", "en"]) == ExitCode.OK
    captured = capsys.readouterr()
    assert captured.out == "2 report(s) compiled, 14 file(s) written\n"
    assert captured.err.endswith("overlapping name(s) left out of doc.ents\n")
    assert sorted(path.name for path in folder.iterdir()) == ["texts"]
    assert sorted(path.name for path in out.iterdir()) == ["SHA256SUMS", "data", "manifest.csv"]
    assert sorted(path.name for path in docbin.iterdir()) == sorted(f"{split}.spacy" for split in SPLITS)
    record = RaceRecord.model_validate_json((records / "dev.jsonl").read_text(encoding="utf-8"))
    assert record.document.id == "dev-montee"


@pytest.mark.parametrize("command", ["build", "stats"])
def test_the_commands_say_where_there_is_no_corpus(tmp_path: Path, capsys: Captured, command: str) -> None:
    assert main(["corpus", command, str(tmp_path / "rien"), "--lang", "en"]) == ExitCode.INPUT
    assert "no corpus here (there is no folder texts)" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: Captured) -> None:
    folder = corpus_folder(tmp_path / "c", ("train",))
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "d" / "train.spacy").mkdir(parents=True)
    for options in (["--out", str(tmp_path / "file")], ["--docbin", str(tmp_path / "d")]):
        assert main(["corpus", "build", str(folder), *options]) == ExitCode.OUTPUT
    assert [path.name for path in (tmp_path / "d").iterdir()] == ["train.spacy"]


def test_check_says_that_rows_are_stale(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus_folder(tmp_path / "corpus", ("train",))
    monkeypatch.chdir(tmp_path)
    assert main(["corpus", "check", "--lang", "en"]) == ExitCode.PARTIAL
    assert "[stale]" in capsys.readouterr().err
    assert main(["corpus", "build"]) == ExitCode.OK
    main(["corpus", "check", "--lang", "en"])
    assert "[stale]" not in capsys.readouterr().err
