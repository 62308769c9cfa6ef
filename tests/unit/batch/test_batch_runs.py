"""A folder remembers: nothing is done twice, what changed is done anew, and nothing old stays beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extractor.batch.task import Failure, Settings, Task
from extractor.errors import OutputError
from extractor.readers import Source
from tests.unit.batch.folders import Here, Unordered, read_texts, records, run, sink_of, texts

pytestmark = pytest.mark.usefixtures("stub_extract")

REPORTS = {f"{1950 + k}/albi": f"Théo Varnier gagne à Albi en {1950 + k}." for k in range(8)}
FORMATS = ["json", "jsonl.zst", "parquet"]


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(OutputError) as raised:
        yield
    assert raised.value.code == code


@pytest.mark.parametrize("fmt", FORMATS)
def test_each_document_has_one_record_and_the_same_again_does_nothing(tmp_path: Path, fmt: str) -> None:
    assert len(run(tmp_path, texts(REPORTS), fmt).made) == 8
    first = records(tmp_path, fmt)
    assert len(first) == 8
    again = run(tmp_path, texts(REPORTS), fmt)
    assert (len(again.made), len(again.unchanged)) == (0, 8)
    assert records(tmp_path, fmt) == first


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_changed_is_done_anew_and_its_old_record_goes(tmp_path: Path, fmt: str) -> None:
    run(tmp_path, texts(REPORTS), fmt)
    newer = REPORTS | {"1952/albi": "Zoé Lacaze gagne à Albi en 1952."}
    assert run(tmp_path, texts(newer), fmt).made == ["1952/albi"]
    assert sorted(read_texts(tmp_path, fmt).values()) == sorted(newer.values())


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_fails_after_a_change_leaves_no_old_record(tmp_path: Path, fmt: str) -> None:
    run(tmp_path, texts(REPORTS), fmt)
    heard = run(tmp_path, texts(REPORTS | {"1952/albi": ""}), fmt)
    assert heard.failed == ["1952/albi"]
    left = [text for name, text in REPORTS.items() if name != "1952/albi"]
    assert sorted(read_texts(tmp_path, fmt).values()) == sorted(left)


@pytest.mark.parametrize("fmt", FORMATS)
def test_another_model_or_setting_makes_all_anew(tmp_path: Path, fmt: str) -> None:
    run(tmp_path, texts(REPORTS), fmt)
    other = Settings(model_version="0.4")
    assert len(run(tmp_path, texts(REPORTS), fmt, settings=other).made) == 8
    assert len(records(tmp_path, fmt)) == 8
    assert len(run(tmp_path, texts(REPORTS), fmt, settings=other).unchanged) == 8


def test_records_that_were_deleted_are_made_anew(tmp_path: Path) -> None:
    run(tmp_path / "files", texts(REPORTS), "json")
    (tmp_path / "files/albi-3.json").unlink()
    assert run(tmp_path / "files", texts(REPORTS), "json").made == ["1952/albi"]
    run(tmp_path / "shards", texts(REPORTS))
    (tmp_path / "shards/records-000002.jsonl.zst").unlink()
    assert run(tmp_path / "shards", texts(REPORTS)).made == ["1953/albi", "1954/albi", "1955/albi"]
    assert len(records(tmp_path / "shards")) == 8


def test_names_do_not_depend_on_the_order_of_the_work(tmp_path: Path) -> None:
    run(tmp_path / "a", texts(REPORTS))
    run(tmp_path / "b", texts(REPORTS), engine=Unordered())
    assert records(tmp_path / "a") == records(tmp_path / "b")
    assert list(records(tmp_path / "a")) == ["albi", *(f"albi-{k}" for k in range(2, 9))]


def test_a_document_keeps_its_name_when_others_come(tmp_path: Path) -> None:
    run(tmp_path, texts(REPORTS))
    before = records(tmp_path)
    run(tmp_path, texts({"1949/albi": "Zoé Lacaze gagne à Albi en 1949."} | REPORTS))
    after = records(tmp_path)
    assert {name: after[name] for name in before} == before
    assert "1949" in after["albi-9"]


def test_numbered_names_never_meet_given_ones_and_case_makes_no_difference(tmp_path: Path) -> None:
    names = ("a/x", "b/x", "x-2", "c/X", "..", "d/e/\ud800", "f/" + "é" * 300)
    stems = [name.partition("/")[2] or name for name in names]
    run(tmp_path, [Task(str(k), stem, text="Théo.") for k, stem in enumerate(stems)], "json")
    found = {path.name.removesuffix(".json") for path in tmp_path.iterdir() if path.suffix == ".json"}
    assert found == {"x", "x-2", "x-2-2", "X-3", "..", "e_\\ud800", "é" * 100}


def test_many_of_one_name_take_no_longer(tmp_path: Path) -> None:
    sink = sink_of(tmp_path, "json")
    names = [sink.ledger.add(Task(f"{k}/x", "x")) for k in range(5_000)]
    sink.ledger.close(keep=False)
    assert names[-1] == "x-5000"


def test_failures_are_kept_apart_and_tried_again_when_asked(tmp_path: Path) -> None:
    reports = REPORTS | {"vide": ""}
    assert run(tmp_path, texts(reports)).failed == ["vide"]
    assert run(tmp_path, texts(reports)).still_failed == ["vide"]
    assert run(tmp_path, texts(reports), retry_failed=True).failed == ["vide"]
    assert run(tmp_path, texts(reports), settings=Settings(timeout=9)).failed == ["vide"]
    assert run(tmp_path, texts(reports | {"vide": "Théo gagne."})).made == ["vide"]
    assert len(records(tmp_path)) == 9


def test_a_row_that_is_none_is_a_failure(tmp_path: Path) -> None:
    rows = [Task("lot.jsonl:1", "", failure=Failure("not_json", "lot.jsonl:1")), *texts({"b": "Théo gagne."})]
    heard = run(tmp_path, rows)
    assert (heard.failed, heard.made) == (["lot.jsonl:1"], ["b"])
    mended = texts({"lot.jsonl:1": "Zoé gagne.", "b": "Théo gagne."})
    assert run(tmp_path, mended).made == ["lot.jsonl:1"]
    assert len(records(tmp_path)) == 2


def test_what_comes_twice_is_done_once(tmp_path: Path) -> None:
    assert len(run(tmp_path, [*texts(REPORTS), *texts(REPORTS)]).made) == 8


def test_a_file_whose_times_are_old_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "albi.txt"
    report.write_text("Théo gagne à Albi.")
    monkeypatch.setattr("extractor.batch.run._SETTLED", -1.0)
    task = Task(str(report), "albi", Source(str(report), report))
    assert run(tmp_path / "out", [task]).made
    report.chmod(0o000)
    os.utime(report, None) if os.geteuid() else None
    heard: list[str] = []
    assert run(tmp_path / "out", [task], engine=Here(lambda one: heard.append(one.key))).unchanged or heard
    report.chmod(0o600)


def test_a_file_that_was_touched_is_read_and_not_extracted(
    tmp_path: Path, stub_extract: list[str | None]
) -> None:
    report = tmp_path / "albi.txt"
    report.write_text("Théo gagne à Albi.")
    task = Task(str(report), "albi", Source(str(report), report))
    run(tmp_path / "out", [task])
    os.utime(report, (time.time() - 100, time.time() - 100))
    assert run(tmp_path / "out", [task]).unchanged
    assert len(stub_extract) == 1
    report.write_text("Zoé gagne à Albi.")
    assert run(tmp_path / "out", [task]).made
    assert read_texts(tmp_path / "out") == {"albi": "Zoé gagne à Albi."}


def test_two_runs_on_one_folder_exclude_each_other(tmp_path: Path) -> None:
    sink = sink_of(tmp_path, "jsonl.zst")
    try:
        with refused("folder_in_use"):
            sink_of(tmp_path, "jsonl.zst")
        sink_of(tmp_path, "json").ledger.close(keep=False)  # another form is another run
    finally:
        sink.ledger.close(keep=False)
    sink_of(tmp_path, "jsonl.zst").ledger.close(keep=False)


def test_shards_without_a_ledger_are_nobodys_to_sweep(tmp_path: Path) -> None:
    (tmp_path / "records-000001.parquet").write_bytes(b"somebody's")
    with refused("shards_without_ledger"):
        run(tmp_path, texts(REPORTS), "parquet")
    assert (tmp_path / "records-000001.parquet").read_bytes() == b"somebody's"


def test_a_damaged_ledger_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / ".parcferme/json").mkdir(parents=True)
    (tmp_path / ".parcferme/json/ledger.sqlite").write_bytes(b"no database at all" * 100)
    with refused("ledger_damaged"):
        run(tmp_path, texts(REPORTS), "json")


def test_what_the_ledger_does_not_know_is_swept_away(tmp_path: Path) -> None:
    run(tmp_path, texts(REPORTS))
    first = tmp_path / "records-000001.jsonl.zst"
    (tmp_path / "records-000009.jsonl.zst").write_bytes(first.read_bytes())
    (tmp_path / ".parcferme/jsonl.zst/records-000010.jsonl.zst.partial").write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("the user's own")
    run(tmp_path, texts(REPORTS))
    assert len(records(tmp_path)) == 8
    assert not list(tmp_path.rglob("*.partial"))
    assert (tmp_path / "notes.txt").exists()


def test_a_shard_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    run(tmp_path, texts(REPORTS))
    shard = tmp_path / "records-000001.jsonl.zst"
    shard.write_bytes(shard.read_bytes()[:50])
    assert len(run(tmp_path, texts(REPORTS)).made) == 3
    assert len(records(tmp_path)) == 8
