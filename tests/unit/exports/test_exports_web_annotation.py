"""Web Annotations: read as JSON-LD, every selector leads to its passage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.passages import passages_of
from extractor.exports.web_annotation import annotations_of
from extractor.exports.web_annotation.places import Places
from extractor.exports.whole import export_to
from extractor.exports.words import Words
from extractor.record import DocumentPage, RaceRecord
from tests.property.records_of_any_text import records
from tests.unit.exports.exports_records import HOSTILE, TEXT, hostile, sample, span

FORMAT = "web-annotation"
BASE = "https://archives.example/courses"


def exported(tmp_path: Path, *written: RaceRecord, **chosen: str) -> Path:
    out = tmp_path / "annotations"
    assert export_to(FORMATS[FORMAT], written, out, ExportOptions(settings=chosen)) == len(written)
    return out


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def text_targets(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        one for item in page["items"] for one in item["target"] if "TextQuoteSelector" in str(one["selector"])
    ]


def assert_found_again(record: RaceRecord, items: list[dict[str, Any]], text: str) -> None:
    """Every passage of the record is selected, by its place and by its words."""
    found = []
    for item in items:
        tag, _, thing = item["body"]
        for target in text_targets({"items": [item]}):
            quoted, placed = target["selector"]
            start, end = placed["start"], placed["end"]
            before, behind = quoted.get("prefix", ""), quoted.get("suffix", "")
            assert text[start:end] == quoted["exact"]
            assert text[start - len(before) : end + len(behind)] == before + quoted["exact"] + behind
            found.append((tag["value"], json.loads(thing["value"])["id"], start, end))
    wanted = [(one.kind, one.key, span.start, span.end) for one in passages_of(record) for span in one.spans]
    assert sorted(found) == sorted(wanted)
    assert len({item["id"] for item in items}) == len(items)


@given(records())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_passages_come_back_from_any_record(record: RaceRecord) -> None:
    items = json.loads(json.dumps(list(annotations_of(record, "albi", Places("", ""), Words("fr")))))
    assert_found_again(record, items, record.document.text)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, words: str) -> None:
    record = hostile(words)
    out = exported(tmp_path, record)
    (page,) = (out / "pages").iterdir()
    (text,) = (out / "texts").iterdir()
    content = load(page)
    assert_found_again(record, content["items"], text.read_bytes().decode("utf-8"))
    source = text_targets(content)[0]["source"]["id"]
    assert urljoin(f"file://{page}", source) == text.as_uri()


def test_pages_follow_each_other_and_the_collection_counts_them(tmp_path: Path) -> None:
    out = exported(tmp_path, sample(), sample(), sample(), base=BASE + "/")
    collection = load(out / "collection.jsonld")
    address, seen, counted = collection["first"], [], 0
    while address:
        page = load(out / address.removeprefix(BASE + "/"))
        assert (page["id"], page["startIndex"], page["partOf"]) == (address, counted, collection["id"])
        assert page.get("prev") == (seen[-1] if seen else None)
        seen.append(address)
        counted += len(page["items"])
        address = page.get("next")
    assert len(seen) == 3
    assert (seen[-1], counted) == (collection["last"], collection["total"])


def test_relative_addresses_lead_to_the_files(tmp_path: Path) -> None:
    record = sample()
    record = record.model_copy(
        update={"document": record.document.model_copy(update={"id": "Albi été 50% #1"})}
    )
    out = exported(tmp_path, record)
    collection = load(out / "collection.jsonld")
    page = out / unquote(collection["first"])
    text = page.parent / unquote(text_targets(load(page))[0]["source"]["id"])
    assert text.resolve().read_bytes().decode() == TEXT


@pytest.mark.parametrize(
    ("unit", "image", "media_type", "expected"),
    [
        ("pixel", "page 1.jpg", "application/alto+xml", "xywh=10,20,91,12"),
        ("mm10", "page 1.jpg", "application/alto+xml", "xywh=percent:1.05,1,9,0.6"),
        ("point", None, "application/pdf", "page=1&viewrect=10.5,20,90,12"),
        ("pixel", None, "image/png", "xywh=10,20,91,12"),
        ("pixel", None, "application/alto+xml", None),
    ],
)
def test_boxes_are_parts_of_the_image(
    tmp_path: Path, unit: str, image: str | None, media_type: str, expected: str | None
) -> None:
    box = {"page": 1, "x": 10.5, "y": 20, "w": 90, "h": 12}
    page = {
        "page": 1,
        "start": 0,
        "end": len(TEXT),
        "width": 1000,
        "height": 2000,
        "unit": unit,
        "image": image,
    }
    document = sample().document.model_dump(mode="json") | {"pages": [page], "media_type": media_type}
    driver = {"id": "d1", "name": "Bob Petit", "mentions": [{**span("Bob Petit"), "page": 1, "boxes": [box]}]}
    parts: dict[str, Any] = {"entries": [], "results": [], "incidents": [], "quotes": [], "findings": []}
    out = exported(tmp_path, sample(document=document, drivers=[driver], **parts))
    (item,) = (one for one in load(out / "pages" / "nogaro.jsonld")["items"] if "#driver/d1" in one["id"])
    fragments = [one["selector"]["value"] for one in item["target"][1:]]
    assert fragments == ([expected] if expected else [])
    if image:
        assert item["target"][1]["source"] == "page%201.jpg"


def test_the_address_of_an_image_may_be_that_of_a_canvas() -> None:
    places = Places("", "https://iiif.example/{document}/canvas/{page}?of={image}")
    page = DocumentPage(page=7, start=0, end=1, width=1, height=1, unit="pixel", image="a b{page}.jpg")
    address = "https://iiif.example/Albi%20%C3%A9t%C3%A9/canvas/7?of=a%20b%7Bpage%7D.jpg"
    assert places.image(page, "Albi été") == address
    assert (
        Places("", "https://x.example/scans").image(page, "Albi")
        == "https://x.example/scans/a%20b%7Bpage%7D.jpg"
    )


def test_json_ld_readers_see_the_model_of_the_w3c(tmp_path: Path) -> None:
    pytest.importorskip("pyld")
    rdflib = pytest.importorskip("rdflib")
    from rdflib.namespace import RDF

    from tests.schemas.linked import graph_of, terms_of_annotations

    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")

    record = sample()
    out = exported(tmp_path, record)
    graph = graph_of(load(out / "pages" / "nogaro.jsonld"), f"{BASE}/pages/nogaro.jsonld")
    written = {*words_of(load(out / "pages" / "nogaro.jsonld")), *words_of(load(out / "collection.jsonld"))}
    assert written - {"@context"} <= terms_of_annotations()
    annotations = set(graph.subjects(RDF.type, oa.Annotation))
    assert rdflib.URIRef(f"{BASE}/pages/nogaro.jsonld#result/r1") in annotations
    assert len(annotations) == len(load(out / "pages" / "nogaro.jsonld")["items"])
    places = {
        (int(graph.value(one, oa.start)), int(graph.value(one, oa.end)))
        for one in graph.subjects(RDF.type, oa.TextPositionSelector)
    }
    assert places == {(span.start, span.end) for one in passages_of(record) for span in one.spans}
    (source,) = set(graph.objects(None, oa.hasSource))
    assert str(source) == f"{BASE}/texts/nogaro.txt"


def words_of(content: Any) -> set[str]:
    """Return the keys of all objects, and what ``type``, ``motivation`` and ``purpose`` say."""
    if isinstance(content, list):
        return set().union(*map(words_of, content))
    if not isinstance(content, dict):
        return set()
    said = {content[key] for key in ("type", "motivation", "purpose") if key in content}
    return {*content, *said}.union(*map(words_of, content.values()))
