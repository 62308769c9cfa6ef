from __future__ import annotations

import io
import json

import pytest
from rich.console import Console
from scoring_builders import TEXT, person, record, result

from extractor.errors import RecordError
from extractor.scoring import evaluate_paths, score_records
from extractor.scoring.flat import FlatFacts, facts_of_flat, flatten
from extractor.scoring.table import render


def named(name, **parts):
    return record(document={"id": name, "sha256": "0", "text": TEXT}, **parts)


def write(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(r.model_dump_json() for r in records), encoding="utf-8")
    return path


def test_two_files_whatever_their_names(tmp_path):
    gold = write(tmp_path / "a.record.json", named("a"))
    pred = write(tmp_path / "b.json", named("b"))
    report = evaluate_paths(gold, pred)
    assert list(report.documents) == ["a"]
    assert report.composite == 1.0


def test_folders_by_stem(tmp_path):
    write(tmp_path / "gold" / "a.json", named("x", results=[result("r1", 1, "d1")]))
    write(tmp_path / "gold" / "b.json", named("y"))
    write(tmp_path / "pred" / "a.json", named("x", results=[result("r1", 1, "d1")]))
    write(tmp_path / "pred" / "c.json", named("z"))
    (tmp_path / "gold" / "README.md").write_text("not a record")
    report = evaluate_paths(tmp_path / "gold", tmp_path / "pred")
    assert report.missing == ("b",)
    assert report.unmatched == ("c",)
    assert report.total.tallies["drivers"].to_dict() == {
        "precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "tp": 3, "fp": 0, "fn": 3,
    }  # fmt: skip


def test_json_lines_by_document_id(tmp_path):
    gold = write(tmp_path / "gold.jsonl", named("a"), named("b"))
    pred = write(tmp_path / "pred.jsonl", named("b"), named("a"))
    report = evaluate_paths(gold, pred)
    assert list(report.documents) == ["a", "b"]
    assert report.missing == report.unmatched == ()


def test_a_folder_against_json_lines(tmp_path):
    write(tmp_path / "gold" / "a.json", named("a"))
    pred = write(tmp_path / "pred" / "records.jsonl", named("a"))
    assert evaluate_paths(tmp_path / "gold", pred).composite == 1.0
    assert evaluate_paths(tmp_path / "gold", pred.parent).composite == 1.0


def test_flat_gold(tmp_path):
    one = named("a", results=[result("r1", 1, "d1")])
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(flatten(one).model_dump_json())
    write(tmp_path / "pred" / "a.json", one)
    report = evaluate_paths(tmp_path / "gold", tmp_path / "pred")
    assert report.composite == 1.0
    # Flat facts know of no mentions, which is not the same as there being none.
    assert report.total.tallies["mentions.exact"].f1 is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"parts": [["Je suis", "ravie"], ["La voiture", "parfaite"]]},
            ["Je suis ravie", "La voiture était parfaite"],
        ),
        ({"parts": ["Je suis ravie"]}, ["Je suis ravie"]),
        ({"text": "gagne devant Bob"}, ["gagne devant Bob"]),
        ({"text": "Je suis... ravie"}, ["Je suis ravie"]),
        (
            {"text": "Je suis ravie La voiture était parfaite."},
            ["Je suis ravie", "La voiture était parfaite."],
        ),
        ({"text": "rien de tel"}, []),
        ({"parts": ["parfaite", "Je suis"]}, []),
        ({}, []),
    ],
)
def test_flat_quotes_are_found_by_their_words(fields, words):
    flat = FlatFacts.model_validate({"sessions": [], "drivers": [], "quotes": [fields]})
    (quote,) = facts_of_flat(flat, TEXT).quotes
    assert [TEXT[start:end] for start, end in quote.ranges] == words


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[]", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"format": "race-record/2"}', "other_version"),
        ('{"document": {}}', "other_version"),
        ('{"format": "race-record/1"}', "invalid_record"),
        ('{"some": "thing"}', "neither_record_nor_facts"),
        ('{"sessions": [], "drivers": [{"nom": "x"}]}', "neither_record_nor_facts"),
    ],
)
def test_what_is_no_record_is_named(tmp_path, content, code):
    gold = write(tmp_path / "gold.json", named("a"))
    bad = tmp_path / "bad.json"
    bad.write_text(content)
    with pytest.raises(RecordError) as raised:
        evaluate_paths(gold, bad)
    assert raised.value.code == code
    assert raised.value.source == str(bad)


def test_a_bad_line_is_named(tmp_path):
    path = write(tmp_path / "gold.jsonl", named("a"))
    with path.open("a") as file:
        file.write("\n{\n")
    with pytest.raises(RecordError) as raised:
        evaluate_paths(path, path)
    assert raised.value.source == f"{path}:2"


def test_missing_and_empty_places(tmp_path):
    gold = write(tmp_path / "gold.json", named("a"))
    (tmp_path / "empty").mkdir()
    for place, code in ((tmp_path / "nowhere.json", "not_found"), (tmp_path / "empty", "no_records")):
        with pytest.raises(RecordError) as raised:
            evaluate_paths(gold, place)
        assert raised.value.code == code


def test_records_of_two_texts_are_not_compared(tmp_path):
    gold = write(tmp_path / "a.json", named("a"))
    fields = json.loads(gold.read_text())
    fields["document"]["text"] += " "
    other = tmp_path / "other.json"
    other.write_text(json.dumps(fields))
    with pytest.raises(RecordError) as raised:
        evaluate_paths(gold, other)
    assert raised.value.code == "other_text"


def test_the_report_is_json():
    one = named("a")
    figures = json.loads(json.dumps(score_records([("a", one, one)]).to_dict()))
    assert figures["total"]["kinds"]["drivers"]["f1"] == 1.0
    assert figures["total"]["kinds"]["teams"]["f1"] is None
    assert figures["documents"]["a"]["composite"] == figures["composite"] == 1.0
    assert figures["total"]["speaker"] == {"accuracy": None, "right": 0, "of": 0}


def shown(report, lang, **options):
    console = Console(file=io.StringIO(), width=140)
    render(report, console, lang, **options)
    return console.file.getvalue()


def test_the_table_speaks_both_languages():
    gold = named("a", drivers=[person("d1", "Anna Martin"), person("d2", "Bob Petit")])
    pred = named("a", drivers=[person("d1", "Anna Martin")])
    report = score_records([("un\x1b[31m [bold]nom", gold, pred)])
    french, english = shown(report, "fr", per_document=True), shown(report, "en", per_document=True)
    assert "Pilotes" in french
    assert "0,667" in french
    assert "Drivers" in english
    assert "0.667" in english
    assert "\x1b" not in french
    assert "[bold]nom" in french
