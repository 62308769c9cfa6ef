"""Who is known beyond a record is told in every format for archives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.identities import Identity, address_of
from extractor.exports.whole import export_to
from extractor.record import RaceRecord
from tests.schemas import teischema
from tests.unit.exports.exports_records import sample
from tests.unit.exports.tei_reading import T, by_id, read_tei
from tests.unit.exports.test_exports_tei import paged

WIKIDATA = "http://www.wikidata.org/entity/Q42"
KNOWN = {"d1": Identity("a1", (WIKIDATA, "http://viaf.org/viaf/7")), "t1": Identity("a2")}


def exported(name: str, tmp_path: Path, record: RaceRecord) -> Path:
    def identities(_record: RaceRecord) -> Mapping[str, Identity]:
        return KNOWN

    out = tmp_path / "out"
    assert export_to(FORMATS[name], [record], out, ExportOptions(identities=identities)) == 1
    return out


def test_in_tei_as_idno(tmp_path: Path) -> None:
    read = read_tei((exported("tei", tmp_path, sample()) / "nogaro.xml").read_bytes())
    assert teischema.ours().validate(read.root), teischema.ours().error_log.last_error
    told = {
        one: [(it.get("type"), it.text) for it in by_id(read, one).iter(f"{T}idno")]
        for one in ("d1", "d2", "t1")
    }
    assert told["d1"] == [("authority", "a1"), ("URI", WIKIDATA), ("URI", "http://viaf.org/viaf/7")]
    assert (told["d2"], told["t1"]) == ([], [("authority", "a2")])


def test_in_json_ld_as_same_as(tmp_path: Path) -> None:
    nodes = json.loads((exported("json-ld", tmp_path, sample()) / "nogaro.jsonld").read_text("utf-8"))[
        "@graph"
    ]
    (anna,) = (one for one in nodes if one.get("@id") == "#driver/d1")
    assert anna["sameAs"] == [{"@id": WIKIDATA}, {"@id": "http://viaf.org/viaf/7"}]
    assert anna["identifier"]["value"] == "a1"


def test_in_annotations_as_what_identifies(tmp_path: Path) -> None:
    out = exported("web-annotation", tmp_path, sample())
    items = json.loads((out / "pages" / "nogaro.jsonld").read_text("utf-8"))["items"]
    (anna,) = (one for one in items if "#driver/d1" in one["id"])
    assert anna["body"][3] == {"type": "SpecificResource", "purpose": "identifying", "source": WIKIDATA}


def test_in_alto_as_the_address_of_the_tag(tmp_path: Path) -> None:
    record = paged()
    box = {"page": 1, "x": 10, "y": 20, "w": 100, "h": 12}
    drivers = [one.model_dump(mode="json") for one in record.drivers]
    drivers[0]["mentions"][0] |= {"page": 1, "boxes": [box]}
    record = RaceRecord.model_validate(record.model_dump(mode="json") | {"drivers": drivers})
    out = exported("alto", tmp_path, record)
    tags = etree.parse(out / "nogaro" / "0001.xml").iterfind("{*}Tags/*")
    told = {one.get("DESCRIPTION"): one.get("URI") for one in tags}
    assert told["d1"] == WIKIDATA
    assert {address for known, address in told.items() if known != "d1"} == {None}


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("wikidata:Q42", WIKIDATA),
        ("VIAF: 7", "http://viaf.org/viaf/7"),
        ("https://id.example/é", "https://id.example/%C3%A9"),
        ("maison:Anna M", "urn:x-maison:Anna%20M"),
        ("javascript:alert(1)", "urn:x-javascript:alert%281%29"),
        ("7", "urn:x-id:7"),
    ],
)
def test_identifiers_have_addresses(identifier: str, address: str) -> None:
    assert address_of(identifier) == address
