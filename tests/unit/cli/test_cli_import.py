"""``parcferme import``: files of annotators' tools and records in, records or decisions out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.main import main
from extractor.record import RaceRecord
from extractor.records_io import read_records
from tests.unit.review.annotated.annotating import Annotator
from tests.unit.review.review_builders import record

FILES = ("label-studio", "doccano")


def another() -> RaceRecord:
    """Return a record of another document, of which nothing comes back."""
    base = record()
    return base.model_copy(
        update={
            "document": base.document.model_copy(update={"id": "../autre", "text": base.document.text + " "})
        }
    )


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with two records in one file, and what annotators made of the first."""
    (tmp_path / "records.jsonl").write_text(f"{record().to_json()}\n{another().to_json()}\n", "utf-8")
    ana = Annotator(record())
    ana.relabel(ana.of("i1"), "incident.off_track")
    ana.add("PILOTE", "devant")
    (tmp_path / "export.json").write_text(json.dumps([ana.exported("label-studio")]), "utf-8")
    return tmp_path


def run(folder: Path, *more: str, tool: str = "label-studio") -> int:
    return main(["import", str(folder / "export.json"), "--from", tool, *more])


@pytest.mark.parametrize("out", ["out.jsonl", "out.json", "out", "out.jsonl.zst"])
def test_all_records_are_written_with_what_changed_in_one(
    given: Path, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(
        given,
        "--records",
        str(given / "records.jsonl"),
        "-o",
        str(given / out),
        "--log",
        str(given / "log.jsonl"),
    )
    told = capsys.readouterr().err
    assert status == 1  # a label was refused
    assert "unknown_label" in told
    assert "vauban" in told
    found = {one.document.id: one for _, one in read_records(given / out)}
    assert found["../autre"] == another()
    assert found["vauban"].incidents[0].type == "off_track"
    assert found["vauban"].results == record().results
    (line,) = (given / "log.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["reviewer"] == "7"


def test_a_document_of_which_there_is_no_record_is_told(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (given / "records.jsonl").write_text(another().to_json() + "\n", "utf-8")
    assert run(given, "--records", str(given / "records.jsonl"), "-o", str(given / "out.jsonl")) == 3
    assert "no_record" in capsys.readouterr().err


def test_records_other_than_those_annotated_are_refused(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = record().model_copy(update={"quotes": (), "incidents": record().incidents[1:]})
    (given / "records.jsonl").write_text(changed.to_json() + "\n", "utf-8")
    assert run(given, "--records", str(given / "records.jsonl"), "-o", str(given / "out.jsonl")) == 1
    assert "other_record" in capsys.readouterr().err
    ((_, after),) = read_records(given / "out.jsonl")
    assert after == changed


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "not_json"), ("{}", "annotation_unreadable"), ('["a"]', "not_json"), ("[" * 10**5, "not_json"), ('{"text": 3, "label": []}', "annotation_unreadable")],
)  # fmt: skip
@pytest.mark.parametrize("tool", ["label-studio", "doccano", "prodigy"])
def test_what_is_no_export_is_told(
    given: Path, tool: str, content: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (given / "export.json").write_text(content, "utf-8")
    out = given / "out.jsonl"
    assert run(given, "--records", str(given / "records.jsonl"), "-o", str(out), tool=tool) == 3
    assert code in capsys.readouterr().err
    assert not out.exists()


def test_records_are_not_written_over(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = str(given / "records.jsonl")
    assert run(given, "--records", records, "-o", records) == 4
    assert "would_overwrite_input" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [(), ("--records", "a"), ("-o", "a"), ("--records", "a", "-o", "b", "--db", "c")]
)
def test_where_to_is_asked_for(
    given: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(given, *options) == 2
    assert "import_where" in capsys.readouterr().err


def test_of_very_many_refusals_the_first_are_told(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana = Annotator(record())
    for number in range(150):
        ana.add(f"PILOTE {number}", "devant")
    (given / "export.json").write_text(json.dumps([ana.exported("label-studio")]), "utf-8")
    assert run(given, "--records", str(given / "records.jsonl"), "-o", str(given / "out.jsonl")) == 1
    told = capsys.readouterr().err
    assert told.count("unknown_label") == 100
    assert "50 autres" in told


def test_into_the_database_of_the_review_desk(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stores = pytest.importorskip("extractor.review.store")
    file = given / "relecture.db"
    with stores.Store.open(str(file)) as store:
        key = store.add_document(record(), model="1.0").key
    assert run(given, "--db", str(file), "--reviewer", "Ana") == 1  # one label is refused
    assert "relecture.db" in capsys.readouterr().err
    with stores.Store.open(str(file)) as store:
        (decision,) = store.decisions(key)
    assert (decision.reviewer, decision.change.target) == ("Ana", "i1")
