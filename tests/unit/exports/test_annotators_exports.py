"""Records for annotators' tools: every mark where it was, every link, in the form that each tool reads."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from extractor.exports import doccano, label_studio, prodigy
from extractor.exports.annotation import scheme
from extractor.exports.annotation.marking import task_of
from extractor.exports.annotation.task import Region
from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.whole import export_to
from extractor.record import RaceRecord
from tests.unit.exports.exports_records import HOSTILE, hostile, sample

FORMAT_ONE = "label-studio"
FORMAT_TWO = "doccano"
FORMAT_THREE = "prodigy"
HARD = [sample(), *map(hostile, HOSTILE)]


def exported(name: str, records: list[RaceRecord], tmp_path: Path, **settings: str) -> Path:
    out = tmp_path / f"out{FORMATS[name].suffix}"
    assert export_to(FORMATS[name], records, out, ExportOptions(settings=settings)) == len(records)
    return out


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def test_every_span_of_things_is_a_region_and_the_links_say_who_is_who() -> None:
    record = sample()
    task = task_of(record)
    assert all(task.text[r.start : r.end] == r.text for r in task.regions)
    assert [r.label for r in task.regions if r.owner == "r1"] == ["result.final"]
    owner = {r.id: r.owner for r in task.regions}
    told = {(owner[link.head], link.label, owner[link.tail]) for link in task.links}
    assert {
        ("r1", "driver", "d1"),
        ("e1", "team", "t1"),
        ("i1", "at_fault", "d3"),
        ("i2", "caused_by", "i1"),
    } <= told
    assert ("q1", "speaker", "d1") in told
    assert {link.label for link in task.links} <= set(scheme.LINKS)


@pytest.mark.parametrize("view", ["ner", "relations"])
def test_what_a_tool_cannot_show_overlapping_does_not_overlap(view: scheme.View) -> None:
    regions = sorted(task_of(sample(), view).regions, key=lambda r: r.start)
    assert {scheme.LABELS[r.label].part for r in regions} == {"drivers", "teams"}
    assert all(a.end <= b.start for a, b in pairwise(regions))


def test_label_studio_gets_tasks_and_an_interface_that_knows_every_label(tmp_path: Path) -> None:
    out = exported("label-studio", HARD, tmp_path)
    tasks = json.loads((out / "tasks.json").read_text("utf-8"))
    interface = fromstring((out / "labelling.xml").read_text("utf-8"))
    labels = {one.get("value") for one in interface.iter("Label")}
    links = {one.get("value") for one in interface.iter("Relation")}
    for task in tasks:
        (prediction,) = task["predictions"]
        regions = [r for r in prediction["result"] if r["type"] == "labels"]
        ids = {r["id"] for r in regions}
        assert len(ids) == len(regions) > 7
        for region in regions:
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            assert labels >= set(value["labels"])
        for link in prediction["result"][len(regions) :]:
            assert {link["from_id"], link["to_id"]} <= ids
            assert links >= set(link["labels"])


def test_many_tasks_are_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_studio, "TASKS_IN_A_FILE", 2)
    out = exported("label-studio", [sample()] * 5, tmp_path)
    counts = [
        len(json.loads((out / name).read_text())) for name in ("tasks.json", "tasks-2.json", "tasks-3.json")
    ]
    assert counts == [2, 2, 1]


def test_doccano_gets_entities_relations_and_label_sets(tmp_path: Path) -> None:
    out = exported("doccano", HARD, tmp_path)
    spans = {one["text"] for one in json.loads((out / "span-labels.json").read_text("utf-8"))}
    links = {one["text"] for one in json.loads((out / "relation-labels.json").read_text("utf-8"))}
    for line in lines(out / doccano.DOCUMENTS):
        assert {one["label"] for one in line["entities"]} <= spans
        assert {one["type"] for one in line["relations"]} <= links
        ids = {one["id"] for one in line["entities"]}
        assert all({one["from_id"], one["to_id"]} <= ids for one in line["relations"])


def test_doccano_without_relations_gets_lists_of_labels(tmp_path: Path) -> None:
    (line,) = lines(exported("doccano", [sample()], tmp_path, links="no") / doccano.DOCUMENTS)
    assert [0, 8, "session.race"] in line["label"]
    assert "entities" not in line


@pytest.mark.parametrize("view", prodigy.VIEWS)
def test_prodigy_gets_tokens_that_make_the_text_and_spans_of_whole_tokens(view: str, tmp_path: Path) -> None:
    for line in lines(exported("prodigy", HARD, tmp_path, view=view)):
        tokens = line["tokens"]
        assert "".join(token["text"] + " " * token["ws"] for token in tokens) == line["text"]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        for span in line["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
        for relation in line.get("relations", ()):
            assert relation["head"] == relation["head_span"]["token_end"]
        assert ("relations" in line) == (view == "relations")


def test_a_span_may_begin_within_a_word_or_with_a_space() -> None:
    text = "l'Audi  n°7 🏁 gagne\r\nà Pau"
    places = [(2, 6), (3, 5), (11, 13), (14, 19), (6, 8)]
    regions = [Region("", "driver", a, b, text[a:b], "d1", n) for n, (a, b) in enumerate(places)]
    tokens = prodigy.tokens(text, regions)
    assert "".join(token["text"] + " " * token["ws"] for token in tokens) == text
    assert {a for a, _ in places} <= {token["start"] for token in tokens}
    assert {b for _, b in places} <= {token["end"] for token in tokens}
