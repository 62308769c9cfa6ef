"""JSON-LD: read without a network, of terms that exist and mean this, with all evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.identities import Identity
from extractor.exports.json_ld.graph import graph_of
from extractor.exports.json_ld.results import clock
from extractor.exports.json_ld.terms import terms
from extractor.exports.passages import passages_of
from extractor.exports.whole import export_to
from extractor.exports.words import Words
from extractor.record import RaceRecord
from tests.property.records_of_any_text import records
from tests.unit.exports.exports_records import HOSTILE, hostile, sample, span

FORMAT = "json-ld"
HERE = "https://archives.example/courses/nogaro.jsonld"
SCHEMA = "https://schema.org/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"


def full() -> RaceRecord:
    """Return a record that uses every term."""
    record = sample().model_dump(mode="json", exclude={"document": {"text"}})
    facts: dict[str, Any] = {"evidence": [span("gagne")], "confidence": 1}
    results = [
        *record["results"],
        {"id": "r5", "session": "s1", "kind": "grid", "position": 1, "drivers": ["d1"], **facts},
        {
            "id": "r6",
            "session": "s1",
            "kind": "qualifying",
            "position": 2,
            "drivers": ["d1", "d2"],
            "laps": 12,
            **facts,
        },
        {
            "id": "r7",
            "session": "s1",
            "kind": "championship",
            "position": 3,
            "drivers": ["d3"],
            "points": 40,
            **facts,
        },
        {"id": "r8", "session": "s1", "kind": "running", "position": 1, "drivers": ["d2"], **facts},
    ]
    event = {**record["event"], "name": "Coupes de Pâques", "venue": "Nogaro", "ends_on": "2021-05-01"}
    sessions = [
        {**record["sessions"][0], "scheduled": "13:10"},
        record["sessions"][1],
        {"id": "s3", "kind": "race", "status": "cancelled"},
    ]
    entries = [*record["entries"], {"id": "e2", "drivers": ["d2"], "number": "12", **facts}]
    quotes = [
        *record["quotes"],
        {"id": "q3", "text": "Oui", "speaker_name": "Le patron", "speaker_role": "team", **facts},
    ]
    told = [{"field": "publisher", "value": "La Gazette"}, {"field": "author", "value": "J. Plume"}]
    document = sample().document.model_dump(mode="json") | {
        "language": "fr",
        "published_on": "2021-05-02",
        "told": told,
    }
    drivers = [{**record["drivers"][0], "aliases": ["A. Martin"]}, *record["drivers"][1:]]
    parts = {"results": results, "event": event, "sessions": sessions, "entries": entries, "quotes": quotes}
    return sample(**parts, document=document, drivers=drivers)


def triples(record: RaceRecord) -> Any:
    pytest.importorskip("pyld")
    pytest.importorskip("rdflib")
    from tests.schemas.linked import graph_of as read

    known = {"d1": Identity("a1", ("http://www.wikidata.org/entity/Q42",))}
    return read(json.loads(json.dumps(graph_of(record, "", Words("fr"), known))), HERE)


def test_only_terms_of_the_table_are_written_and_all_of_them() -> None:
    graph = triples(full())
    known = terms()
    written = {str(p) for p in graph.predicates()} | {
        str(o) for o in graph.objects() if str(o).startswith(VOCABULARIES)
    }
    written |= {
        str(o.datatype) for o in graph.objects() if str(getattr(o, "datatype", "")).startswith(SCHEMA)
    }
    ours = {
        known[name]["namespace"] + term
        for name in ("schema", "iptc", "spmcrstat", "oa")
        for group in ("classes", "properties", "values", "datatypes")
        for term in known[name].get(group, ())
    } | {value for name, value in known["concepts"].items() if name != "source"}
    assert {one for one in written if one != RDF_TYPE} == ours


VOCABULARIES = (SCHEMA, "https://sportschema.org/", "http://www.w3.org/ns/oa#", "http://cv.iptc.org/")


def test_the_terms_of_schema_org_exist() -> None:
    rdflib = pytest.importorskip("rdflib")
    known = terms()["schema"]
    for group in ("classes", "properties", "values", "datatypes"):
        assert set(known[group]) <= set(map(_last, dir(rdflib.SDO)))


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def test_the_terms_of_the_iptc_are_used_for_what_they_are() -> None:
    graph = triples(full())
    known = terms()
    kinds: dict[Any, set[str]] = {}
    for one, kind in ((s, o) for s, p, o in graph if str(p) == RDF_TYPE):
        kinds.setdefault(one, set()).update(_with_wider(str(kind), known))
    for name in ("iptc", "spmcrstat"):
        space = known[name]["namespace"]
        for property_, (domain, expected) in known[name]["properties"].items():
            found = [(s, o) for s, p, o in graph if str(p) == space + property_]
            assert found
            for subject, value in found:
                assert domain in kinds[subject], (property_, subject)
                if expected in ("string", "integer"):
                    assert str(value.datatype or f"{XSD}string") == XSD + expected
                elif expected == "concept":
                    assert str(value).startswith("http://cv.iptc.org/newscodes/")
                else:
                    assert expected in kinds[value], (property_, value)


def _with_wider(kind: str, known: dict[str, Any]) -> set[str]:
    space = known["iptc"]["namespace"]
    if not kind.startswith(space):
        return set()
    names, name = set(), kind.removeprefix(space)
    while name:
        names.add(name)
        name = known["iptc"]["subclasses"].get(name)
    return names


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_another_reader_sees_the_same_graph() -> None:
    rdflib = pytest.importorskip("rdflib")
    known = {"d1": Identity("a1", ("http://www.wikidata.org/entity/Q42",))}
    content = json.dumps(graph_of(full(), "", Words("fr"), known))
    other = rdflib.Graph().parse(data=content, format="json-ld", publicID=HERE)
    ours = triples(full())
    assert len(other) == len(ours)
    assert {(s, p) for s, p, _ in other if "#" in s} == {(s, p) for s, p, _ in ours if "#" in s}


def by_id(record: RaceRecord, name: str) -> dict[str, Any]:
    (node,) = (one for one in graph_of(record, "", Words("fr"))["@graph"] if one.get("@id") == name)
    return node


def test_a_win_is_a_rank_and_a_place_in_a_class_is_none_overall() -> None:
    won, in_class = by_id(full(), "#result/r1"), by_id(full(), "#result/r4")
    assert (won["iptc:rank"], won["position"], won["iptc:score"]) == ("1", 1, "00:25:12.345")
    assert won["iptc:eventOutcome"] == {"@id": "http://cv.iptc.org/newscodes/speventoutcome/win"}
    session = by_id(full(), "#session/s1")
    assert {"@id": "#result/r1"} in session["iptc:participation"]
    assert {"@id": "#result/r4"} not in session["iptc:participation"]
    (junior,) = session["subEvent"]
    assert by_id(full(), junior["@id"])["iptc:participation"] == [{"@id": "#result/r4"}]
    assert "iptc:eventOutcome" not in in_class
    assert "iptc:rank" not in by_id(full(), "#result/r8")
    assert session["startDate"]["@value"] == "2021-05-01T13:10:00"


def test_who_drives_for_whom() -> None:
    assert by_id(full(), "#driver/d1")["memberOf"] == [{"@id": "#team/t1"}]
    assert by_id(full(), "#team/t1")["athlete"] == [{"@id": "#driver/d1"}]
    assert by_id(full(), "#entry/e1")["numberedPosition"] == 7
    assert {"@id": "#entry/e2"} in by_id(full(), "#meeting")["competitor"]


@pytest.mark.parametrize(
    ("iso", "expected"), [("PT1H2M3.4S", "01:02:03.400"), ("PT45S", "00:00:45.000"), ("PT2M", "00:02:00.000")]
)
def test_times_are_written_as_the_iptc_writes_them(iso: str, expected: str) -> None:
    assert clock(iso) == expected


def assert_evidence_comes_back(record: RaceRecord, content: dict[str, Any]) -> None:
    nodes = content["@graph"]
    (text,) = (one.get("articleBody", "") for one in nodes if one.get("@type") == "Article")
    found = []
    for one in nodes:
        if one.get("@type") == "oa:Annotation":
            for target in one["oa:hasTarget"]:
                quoted, placed = target["oa:hasSelector"]
                assert text[placed["oa:start"] : placed["oa:end"]] == quoted["oa:exact"]
                found.append((placed["oa:start"], placed["oa:end"]))
    left_out = ("told", "finding", "skipped")
    wanted = [
        (span.start, span.end)
        for one in passages_of(record)
        if one.kind not in left_out
        for span in one.spans
    ]
    assert sorted(found) == sorted(wanted)


@given(records())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_evidence_comes_back_from_any_record(record: RaceRecord) -> None:
    assert_evidence_comes_back(
        record, json.loads(json.dumps(graph_of(record, "", Words("en")), ensure_ascii=False))
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_values_and_never_terms(words: str) -> None:
    record = hostile(words)
    content = graph_of(record, "", Words("fr"))
    assert_evidence_comes_back(record, content)
    known = set(graph_of(full(), "", Words("fr"))["@context"])
    assert set(content["@context"]) == known
    bodies = [one["oa:hasBody"]["@id"] for one in content["@graph"] if one.get("@type") == "oa:Annotation"]
    names = {one.get("@id") for one in content["@graph"]}
    assert set(bodies) <= names
    assert all(one.startswith("#") and not set(' <>"{}|\\^`') & set(one) for one in bodies)


def test_everything_has_a_name_of_its_own_and_all_that_is_referred_to_exists() -> None:
    graph = triples(full())
    local = {o for o in graph.objects() if str(o).startswith(HERE)}
    assert local <= set(graph.subjects())
    addresses = [one["@id"] for one in graph_of(full(), "", Words("fr"))["@graph"] if "@id" in one]
    assert len(addresses) == len(set(addresses))


def test_a_folder_of_files_under_an_address(tmp_path: Path) -> None:
    chosen = ExportOptions(settings={"base": "https://archives.example/courses/"}, language="en")
    assert export_to(FORMATS[FORMAT], [sample(), full()], tmp_path / "linked", chosen) == 2
    first, second = sorted((tmp_path / "linked").iterdir())
    assert [first.name, second.name] == ["nogaro-2.jsonld", "nogaro.jsonld"] or first.name.startswith(
        "nogaro"
    )
    node = json.loads((tmp_path / "linked" / "nogaro.jsonld").read_text("utf-8"))["@graph"][0]
    assert node["@id"] == f"{HERE}#document"
