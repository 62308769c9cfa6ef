"""Tables of lines: JSON Lines and CSV as streams of reports, each bad row a failure of its own."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from extractor.batch.inputs import Columns, is_table, table_tasks
from extractor.batch.task import Settings, Task
from extractor.batch.work import work
from extractor.messages import Messages
from extractor.readers.options import ReadOptions
from extractor.readers.source import Source, Told

zstandard = pytest.importorskip("zstandard")

NOGARO = "Nogaro, le 12 avril. Hugo Ferrandi (Écurie du Midi) l'emporte devant Luc Tessier."
PAU = "Pau. Tessier, parti en pole, abandonne au 7e tour ; Ferrandi hérite de la victoire."


def tasks(
    path: Path, columns: Columns | None = None, name: str | None = None, **reading: object
) -> list[Task]:
    source = Source(name or path.name, path)
    return list(table_tasks(source, columns or Columns(), ReadOptions(**reading)))  # type: ignore[arg-type]


def told_of(task: Task) -> tuple[str | None, str | None]:
    """Return code and source of a failure."""
    return (task.failure.code, task.failure.source) if task.failure else (None, None)


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_each_line_of_json_is_a_report(tmp_path: Path) -> None:
    path = write(
        tmp_path / "depeches.jsonl",
        {"id": "nogaro-1", "text": NOGARO, "title": "Ferrandi\nd'un souffle", "date": "1987-04-12"},
        {"id": 2, "text": PAU, "source": "Le Petit Béarnais"},
    )
    first, second = tasks(path)
    assert (first.key, first.stem, first.text) == (f"{path.resolve()}#nogaro-1", "nogaro-1", NOGARO)
    assert first.label == "depeches.jsonl:1"
    assert first.told == (
        Told("title", "Ferrandi d'un souffle", "row title"),
        Told("published_on", "1987-04-12", "row date"),
    )
    assert (second.stem, second.label, second.told) == ("2", "Le Petit Béarnais", ())


def test_a_row_without_identifier_is_called_by_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "depeches.jsonl", {"text": NOGARO}, {"text": PAU, "id": None})
    assert [(task.key, task.stem) for task in tasks(path)] == [
        (f"{path.resolve()}:1", "depeches-1"),
        (f"{path.resolve()}:2", "depeches-2"),
    ]


def test_every_bad_row_is_a_failure_that_names_file_and_line_and_the_rest_comes_through(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mixte.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + json.dumps({"id": "a", "text": NOGARO}).encode()
        + b"\r\n\n"
        + '{"id": "b", "text": "Entr\xe9e des stands"}\n'.encode("latin-1")
        + b'{"id": "c", "text": "coup\xc3\xa9\n'
        + b"[1, 2]\n"
        + b'{"id": "d"}\n'
        + b'{"id": "e", "text": "  "}\n'
        + b'{"id": "f", "text": 12}\n'
        + b'{"id": "a", "text": "encore"}\n'
        + b'{"id": "g", "text": "\\ud83d seul"}\n'
        + b'{"id": "h", "text": "a\\u0000b"}\n'
        + b"[" * 100_000
        + b"\n"
        + b'{"format": "race-record/1", "document": {}}\n'
        + json.dumps({"id": "z", "text": PAU}).encode()
    )
    found = tasks(path)
    assert [told_of(task) for task in found] == [
        (None, None),
        ("row_encoding", "mixte.jsonl:3"),
        ("row_not_json", "mixte.jsonl:4"),
        ("row_not_json", "mixte.jsonl:5"),
        ("row_without_text", "mixte.jsonl:6"),
        ("row_without_text", "mixte.jsonl:7"),
        ("row_without_text", "mixte.jsonl:8"),
        ("row_duplicate_id", "mixte.jsonl:9"),
        ("half_character", "mixte.jsonl:10"),
        ("binary", "mixte.jsonl:11"),
        ("row_not_json", "mixte.jsonl:12"),
        ("a_record", "mixte.jsonl:13"),
        (None, None),
    ]
    assert [task.text for task in found if task.text] == [NOGARO, PAU]
    assert len({task.key for task in found}) == len(found)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_wrong_with_a_row_is_said_with_a_remedy(tmp_path: Path, language: str) -> None:
    path = tmp_path / "mixte.csv"
    path.write_bytes('id,text\n1,a,b\n"2,x\n3,\n1,u\n1,v\n4,é\n'.encode("latin-1"))
    failures = [task.failure for task in tasks(path, Columns("text", "id")) if task.failure]
    assert [failure.code for failure in failures] == [
        "row_cells", "row_not_csv", "row_without_text", "row_duplicate_id", "row_encoding",
    ]  # fmt: skip
    messages = Messages(language)
    for failure in failures:
        line = failure.error().in_language(language)
        assert line.startswith("mixte.csv:")
        assert messages(f"error.{failure.code}.remedy", **failure.parameters) in line


def test_a_text_or_line_over_the_limit_costs_itself_alone_and_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "' + b"x" * 30_000_000 + b'"}\n')
        file.write(b'{"text": "' + b"y" * 1001 + b'"}\n')
        file.write(b'{"text": "' + "é".encode() * 500 + b'"}\n')
    tracemalloc.start()
    found = tasks(path, max_bytes=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [told_of(task)[0] for task in found] == ["row_too_large", "row_too_large", None]
    assert peak < 8_000_000


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_lines_are_unpacked_whatever_their_name_says(tmp_path: Path, suffix: str) -> None:
    lines = b"".join(json.dumps({"id": n, "text": f"{NOGARO} {n}"}).encode() + b"\n" for n in range(500))
    pack = gzip.compress if suffix == ".gz" else zstandard.compress
    path = tmp_path / f"depeches.jsonl{suffix}"
    path.write_bytes(pack(lines) + pack(b'{"id": "last", "text": "fin"}\n'))  # members, or frames
    assert is_table(Source(path.name, path), Columns())
    found = tasks(path)
    assert len(found) == 501
    assert [task.stem for task in found[-2:]] == ["499", "last"]
    plain = path.rename(tmp_path / "depeches.ndjson")
    assert len(tasks(plain)) == 501


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_is_cut_off_is_read_as_far_as_it_goes_and_said(tmp_path: Path, suffix: str) -> None:
    # Identifiers of digests, which cannot be packed into one block that is there or not.
    import hashlib

    words = (hashlib.sha256(str(n).encode()).hexdigest() * 40 for n in range(400))
    lines = b"".join(json.dumps({"text": word}).encode() + b"\n" for word in words)
    pack = gzip.compress if suffix == ".gz" else zstandard.compress
    packed = pack(lines)
    path = tmp_path / f"coupe.jsonl{suffix}"
    path.write_bytes(packed[: len(packed) // 2])
    *whole, last = tasks(path)
    assert whole
    assert not any(task.failure for task in whole)
    assert told_of(last) == ("table_damaged", f"coupe.jsonl{suffix}:{len(whole) + 1}")


def test_a_bomb_of_zstandard_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bombe.jsonl.zst"
    path.write_bytes(zstandard.compress(b'{"text": "' + b"x" * 100_000_000))
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    assert [told_of(task)[0] for task in tasks(path, max_bytes=1000)] == ["row_too_large"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_table_in_utf_16_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    path.write_bytes('{"text": "Nogaro"}\n'.encode("utf-16"))
    (only,) = tasks(path)
    assert told_of(only) == ("table_not_utf8", "windows.jsonl")


def test_a_table_that_is_not_there_is_one_failure(tmp_path: Path) -> None:
    (only,) = tasks(tmp_path / "absent.jsonl")
    assert told_of(only) == ("not_found", "absent.jsonl")


def test_csv_has_cells_over_several_lines_and_the_separator_of_a_french_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "depeches.csv"
    path.write_text(
        'id;text;titre\n1;"Ferrandi ""le Gascon""\nl\'emporte ; Tessier 2e";Nogaro\n\n2;Pau;\n',
        encoding="utf-8-sig",
    )
    assert not is_table(Source("depeches.csv", path), Columns())
    columns = Columns(text="text")
    assert is_table(Source("depeches.csv", path), columns)
    first, second = tasks(path, columns)
    assert first.text == 'Ferrandi "le Gascon"\nl\'emporte ; Tessier 2e'
    assert (first.label, first.told) == ("depeches.csv:2", (Told("title", "Nogaro", "row titre"),))
    assert (second.label, second.text, second.told) == ("depeches.csv:5", "Pau", ())


def test_a_quote_that_never_ends_costs_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "depeches.csv"
    path.write_text('id,text\n1,"Nogaro\n2,Pau\n3,Albi\n', encoding="utf-8")
    found = tasks(path, Columns(text="text"))
    assert [(task.text, *told_of(task)) for task in found] == [
        (None, "row_not_csv", "depeches.csv:2"),
        ("Pau", None, None),
        ("Albi", None, None),
    ]


def test_csv_of_an_older_spreadsheet_is_read_in_the_encoding_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "depeches.csv"
    path.write_bytes("id;text\n1;Écurie du Midi\n".encode("cp1252"))
    (only,) = tasks(path, Columns(text="text"), encoding="cp1252")
    assert only.text == "Écurie du Midi"


def test_the_user_names_columns_and_is_told_which_there_are(tmp_path: Path) -> None:
    path = tmp_path / "depeches.csv"
    path.write_text("numero,corps\n7,Nogaro\n", encoding="utf-8")
    (only,) = tasks(path, Columns("corps", "numero"))
    assert (only.stem, only.text) == ("7", "Nogaro")
    (refused,) = tasks(path, Columns("texte"))
    assert refused.failure is not None
    assert refused.failure.code == "no_such_column"
    assert refused.failure.parameters == {"column": "texte", "columns": "numero, corps"}


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "/etc/passwd", "a/b\\c", "..", "a\nb", "a\x00b"])
def test_an_identifier_leads_nowhere_on_the_disk(tmp_path: Path, hostile: str) -> None:
    (task,) = tasks(write(tmp_path / "t.jsonl", {"id": hostile, "text": NOGARO}))
    assert task.key.endswith(f"#{hostile}")
    assert not set(task.stem) & set("/\\\0\n")
    assert not task.stem.startswith(".")


def test_what_is_no_identifier_is_one_only_where_the_user_does_not_insist(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", {"id": ["x"], "text": NOGARO})
    assert tasks(path)[0].stem == "t-1"
    assert told_of(tasks(path, Columns(id="id"))[0]) == ("row_bad_id", "t.jsonl:1")


def test_what_a_row_tells_is_in_the_record_and_a_change_of_it_is_a_change(tmp_path: Path) -> None:
    row = {
        "id": "n",
        "text": NOGARO,
        "title": "Ferrandi d'un souffle",
        "date": "1987-04-14",
        "source": "La Dépêche",
    }
    path = write(tmp_path / "t.jsonl", row)
    (task,) = tasks(path)
    done = work(task.named("n"), Settings())
    document = json.loads(done.payload or "")["document"]
    assert document["text"] == NOGARO
    assert (document["id"], document["title"]) == ("n", "Ferrandi d'un souffle")
    assert (document["published_on"], document["source"]) == ("1987-04-14", "La Dépêche")
    (other,) = tasks(write(path, {**row, "title": "Ferrandi"}))
    assert work(other.named("n"), Settings()).fingerprint != done.fingerprint


def test_a_row_is_read_as_a_file_with_its_text_would_be(tmp_path: Path) -> None:
    (page,) = tasks(
        write(tmp_path / "t.jsonl", {"text": f"<!DOCTYPE html><html><body><p>{NOGARO}</p></body></html>"})
    )
    assert (
        json.loads(work(page.named("p"), Settings()).payload or "")["document"]["media_type"] == "text/html"
    )
    (bad,) = tasks(write(tmp_path / "t.jsonl", {"id": "x", "text": "%PDF-1.4 rien"}))
    failure = work(bad.named("x"), Settings()).failure
    assert failure is not None
    assert (failure.code, failure.source) == ("pdf_damaged", f"{tmp_path.resolve()}/t.jsonl#x")
