"""Taking things out: reviewed records, the log, the whole database, never without bound."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest

pytest.importorskip("sqlalchemy")

from extractor.errors import InputError, OutputError
from extractor.exports.formats import FORMATS, ExportOptions
from extractor.record import Coverage, Document, RaceRecord
from extractor.records_io import read_records
from extractor.review.decisions import FIRST, Add, Decision, Retext, SetStatus, new_decision_id, now
from extractor.review.exporting import copy_database, member_name, write_export, write_log, write_records
from extractor.review.store import Store

TEXT = "Grand Prix de Belleroche. Honoré Vasseur gagne."


def filled(folder: Path, *names: str) -> tuple[Store, list[str]]:
    store = Store.open(str(folder / "relecture.db"))
    keys = []
    for number, name in enumerate(names):
        text = f"{TEXT} {number}"
        document = Document(id=name, source=f"{number}.txt", sha256="0" * 64, text=text)
        record = RaceRecord(
            document=document, coverage=Coverage(characters=len(text), characters_read=len(text))
        )
        keys.append(store.add_document(record, model="0.3.0 rules").key)
    return store, keys


def decide(store: Store, key: str, *changes: object) -> None:
    document = store.document(key)
    made = [
        Decision(
            id=new_decision_id(),
            document=key,
            reading=FIRST,
            reviewer="Odile Ferrand",
            at=now(),
            change=change,  # type: ignore[arg-type]
            model=document.model,
            text_sha256=document.text_sha256,
        )
        for change in changes
    ]
    store.append(made, head=store.state(key).head)
    store.summarise(key)


def test_reviewed_records_come_out_as_the_decisions_left_them(tmp_path: Path) -> None:
    store, keys = filled(tmp_path, "a", "b")
    with store:
        corrected = Retext(start=14, end=24, old="Belleroche", new="Belle-Roche")
        decide(store, keys[0], corrected, SetStatus(old="new", new="reviewed"))
        file = tmp_path / "records.jsonl"
        assert write_records(store, file, "jsonl", ("reviewed",)) == 1
        [(name, record)] = list(read_records(file))
        assert (name, record.document.text) == ("a", f"{TEXT} 0".replace("Belleroche", "Belle-Roche"))
        assert write_records(store, file, "jsonl", ()) == 2


def test_records_that_are_passed_on_say_what_is_to_be_queried_in_them(tmp_path: Path) -> None:
    store, keys = filled(tmp_path, "a")
    name = {"start": TEXT.index("Honoré"), "end": TEXT.index(" gagne"), "text": "Honoré Vasseur"}
    fact = {"session": "s1", "kind": "final", "position": 1, "evidence": [name], "confidence": 1}
    with store:
        decide(
            store,
            keys[0],
            Add(part="sessions", thing={"id": "s1", "kind": "race"}),
            *(Add(part="drivers", thing={"id": d, "name": d, "mentions": [name]}) for d in ("d1", "d2")),
            *(Add(part="results", thing={**fact, "id": f"r{d}", "drivers": [d]}) for d in ("d1", "d2")),
        )
        file = tmp_path / "records.jsonl"
        write_records(store, file, "jsonl", ())
        [(_, record)] = list(read_records(file))
        assert [finding.code for finding in record.findings] == ["two_winners"]


def test_an_archive_holds_a_file_for_each_document_under_names_that_every_system_takes(
    tmp_path: Path,
) -> None:
    store, _ = filled(tmp_path, "Fouchères", "../../passwd", "a/b:c", "a b c", "=1+1", "", "fouchères")
    with store:
        file, told = tmp_path / "records.zip", []
        count = write_records(store, file, "zip", (), told=lambda done, total: told.append((done, total)))
        assert (count, told[-1]) == (7, (7, 7))
    with ZipFile(file) as archive:
        assert sorted(archive.namelist()) == sorted(
            [
                "Fouchères.record.json",
                "passwd.record.json",
                "a-b-c.record.json",
                "a b c.record.json",
                "1-1.record.json",
                "document.record.json",
                "fouchères-2.record.json",
            ]
        )


@pytest.mark.parametrize(("name", "file"), [("csv", "records.zip"), ("sqlite", "records.db")])
def test_reviewed_records_come_out_in_the_formats_of_other_programs(
    name: str, file: str, tmp_path: Path
) -> None:
    store, keys = filled(tmp_path, "a", "b")
    told: list[tuple[int, int]] = []
    with store:
        corrected = Retext(start=14, end=24, old="Belleroche", new="Belle-Roche")
        decide(store, keys[0], corrected, SetStatus(old="new", new="reviewed"))
        out, wanted = tmp_path / file, FORMATS[name]
        count = write_export(
            store, out, wanted, ("reviewed",), ExportOptions(), told=lambda done, of: told.append((done, of))
        )
        assert (count, told) == (1, [(1, 1)])
        assert b"Belle-Roche" in (ZipFile(out).read("documents.csv") if name == "csv" else out.read_bytes())
        with pytest.raises(OutputError) as caught:
            write_export(store, out, wanted, (), ExportOptions(), most_bytes=300)
    assert caught.value.code == "export_too_large"


def test_a_name_is_never_long() -> None:
    assert len(member_name("é" * 500, set()).encode()) < 130


def test_the_log_comes_out_line_by_line_and_makes_the_store_again(tmp_path: Path) -> None:
    store, keys = filled(tmp_path, "a")
    with store:
        decide(store, keys[0], SetStatus(old="new", new="in_review"))
        file = tmp_path / "log.jsonl"
        assert write_log(store, file, with_records=True) == len(file.read_text().splitlines())
        assert all(isinstance(json.loads(line), dict) for line in file.read_text().splitlines())
    with Store.open(str(tmp_path / "again.db")) as again, file.open() as lines:
        assert again.import_log(lines).decisions == 1
        assert again.state(keys[0]).reviewed.status == "in_review"


def test_a_copy_of_the_database_is_one_file_that_opens(tmp_path: Path) -> None:
    store, keys = filled(tmp_path, "a")
    with store:
        decide(store, keys[0], SetStatus(old="new", new="in_review"))
        copy = tmp_path / "copie" / "parc-ferme.db"
        copy.parent.mkdir()
        copy_database(store, copy)
    assert [path.name for path in copy.parent.iterdir()] == ["parc-ferme.db"]
    with sqlite3.connect(copy) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store.open(str(copy)) as opened_store:
        assert opened_store.totals().decisions == 1


def test_what_would_be_too_large_is_refused_before_it_is(tmp_path: Path) -> None:
    store, _ = filled(tmp_path, "a", "b", "c")
    with store:
        file = tmp_path / "out"
        for write in (
            lambda: write_records(store, file, "jsonl", (), most_bytes=300),
            lambda: write_log(store, file, with_records=True, most_bytes=300),
            lambda: copy_database(store, file, most_bytes=300),
        ):
            with pytest.raises(OutputError) as raised:
                write()
            assert raised.value.code == "export_too_large"
        assert file.stat().st_size < 2000


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    store, _ = filled(tmp_path, "a")
    with store, pytest.raises(OutputError) as raised:
        write_records(store, tmp_path / "nulle-part" / "x.jsonl", "jsonl", ())
    assert raised.value.code == "cannot_write"


def test_a_database_on_a_server_has_tools_of_its_own() -> None:
    class OnServer:
        is_sqlite = False
        name = "postgresql://archives/relecture"

    with pytest.raises(InputError) as raised:
        copy_database(OnServer(), Path("x"))  # type: ignore[arg-type]
    assert raised.value.code == "not_sqlite"
