"""ALTO: names are tagged, in files of our own making, and in others' files that stay what they are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from extractor.errors import InputError, ParcFermeError, UsageError
from extractor.exports.alto.file import AltoFile
from extractor.exports.alto.made import made
from extractor.exports.alto.tags import tags_of
from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.whole import export_to
from extractor.exports.words import Words
from extractor.pipeline.placing import place
from extractor.readers import Source, SourceText, read_source
from extractor.record import RaceRecord
from tests.conftest import bare_record
from tests.property.records_of_any_text import records
from tests.schemas import SCHEMAS
from tests.unit.exports.exports_records import HOSTILE, hostile
from tests.unit.readers import scans
from tests.unit.readers.test_readers_alto import alto, block, line, page
from tests.unit.readers.test_readers_mets import fptr, group, mets, physical

FORMAT = "alto"
NS = "{http://www.loc.gov/standards/alto/ns-v4#}"
FR = Words("fr")
REPORT = ("Tavernier gagne devant Castagnède", "(Écurie Brume) et Tavernier, de Mar-", "chal.")
NAMES = {"d1": "Tavernier", "d2": "Castagnède", "d3": "Mar-\nchal", "t1": "Écurie Brume"}


def report(version: int = 4, **more: str) -> str:
    lines = [line(text, 100 + 40 * row) for row, text in enumerate(REPORT)]
    return alto(page(block(*lines)), version=version, **more)


def record_of(read: SourceText, names: dict[str, str], name: str = "report") -> RaceRecord:
    """Return a record of what was read, which names these wherever they stand, with their places."""
    bearers = {
        identity: [
            {"start": found.start(), "end": found.end(), "text": found[0]}
            for found in re.finditer(re.escape(words), read.text)
        ]
        for identity, words in names.items()
    }
    told: dict[str, list[dict[str, Any]]] = {"d": [], "t": []}
    for identity, mentions in bearers.items():
        assert mentions, names[identity]
        told[identity[0]].append(
            {"id": identity, "name": names[identity].replace("-\n", ""), "mentions": mentions}
        )
    bare = bare_record(read.text, read.source).model_dump(mode="json")
    bare["document"] |= {"id": name, "source": read.source}
    return place(RaceRecord.model_validate(bare | {"drivers": told["d"], "teams": told["t"]}), read)


def read(path: Path) -> SourceText:
    return read_source(Source(str(path), path))


def written(folder: Path, content: str | bytes, name: str = "report.xml") -> RaceRecord:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return record_of(read(path), NAMES)


def exported(
    tmp_path: Path, *written_: RaceRecord, **chosen: str
) -> tuple[Path, list[ParcFermeError], list[Any]]:
    errors: list[ParcFermeError] = []
    notes: list[Any] = []
    options = ExportOptions(
        settings=chosen, leave_out=errors.append, note=lambda key, values: notes.append((key, values))
    )
    export_to(FORMATS[FORMAT], written_, tmp_path / "out", options)
    return tmp_path / "out", errors, notes


def tagged(content: bytes) -> list[tuple[str, str]]:
    """Return (label of the tag, what is tagged) of all strings, in order."""
    root = etree.fromstring(content)
    labels = {one.get("ID"): one.get("LABEL") for one in root.iterfind("{*}Tags/{*}NamedEntityTag")}
    return [
        (labels[name], one.get("CONTENT"))
        for one in root.iter("{*}String")
        for name in one.get("TAGREFS", "").split()
        if name in labels
    ]


EXPECTED = [
    ("Tavernier", "Tavernier"), ("Castagnède", "Castagnède"), ("Écurie Brume", "(Écurie"), ("Écurie Brume", "Brume)"),
    ("Tavernier", "Tavernier,"), ("Marchal", "Mar-"), ("Marchal", "chal."),
]  # fmt: skip


def without_tags(content: str) -> str:
    """Take out what an export puts in where there were no tags."""
    return re.sub(r' TAGREFS="[^"]*"', "", re.sub(r"<(\w+:)?Tags>.*?</(\w+:)?Tags>", "", content))


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_librarys_file_comes_back_with_tags_and_otherwise_untouched(tmp_path: Path, version: int) -> None:
    content = (
        report(version).replace("<Layout>", "<!-- à la main -->\r\n <Layout >").replace("<SP/>", "<SP />\n")
    )
    record = written(tmp_path / "alto", content)
    out, errors, notes = exported(tmp_path, record, alto=str(tmp_path / "alto"))
    assert (errors, notes) == ([], [])
    got = (out / "report" / "report.xml").read_bytes().decode()
    assert without_tags(got) == content
    assert tagged(got.encode()) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_file_stays_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    declared = "utf-8" if "utf-8" in encoding else encoding
    content = report().replace('encoding="UTF-8"', f'encoding="{declared}"')
    record = written(tmp_path / "alto", content.encode(encoding))
    record = record.model_copy(
        update={"drivers": tuple(one.model_copy(update={"name": "Ωμέγα"}) for one in record.drivers)}
    )
    out, errors, _ = exported(tmp_path, record, alto=str(tmp_path / "alto" / "report.xml"))
    assert errors == []
    got = (out / "report" / "report.xml").read_bytes()
    assert without_tags(got.decode(encoding)) == content
    assert {label for label, _ in tagged(got)} == {"Ωμέγα", "Écurie Brume"}


def unplaced(content: str) -> str:
    """Take the places of all strings away."""
    return re.sub(r'(<String CONTENT="[^"]*")[^/]*/>', r"\1/>", content)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda content: unplaced(content).replace('VPOS="1', 'WIDTH="700" HEIGHT="20" VPOS="1'), EXPECTED),
        (lambda content: content.replace('"Castagnède"', '"Castagnède,  dit-on"'), None),
        (lambda content: content.replace("<SP/>", "").replace('HPOS="50"', 'HPOS="-3"'), None),
    ],
    ids=["places of lines alone", "several words in a string", "over the edge"],
)
def test_files_that_take_liberties_are_tagged_too(tmp_path: Path, change: Any, expected: Any) -> None:
    record = written(tmp_path / "alto", change(report()))
    out, errors, notes = exported(tmp_path, record, alto=str(tmp_path / "alto"))
    assert (errors, notes) == ([], [])
    got = tagged((out / "report" / "report.xml").read_bytes())
    assert [label for label, _ in got] == [label for label, _ in expected or EXPECTED]


def test_tags_that_are_there_stay(tmp_path: Path) -> None:
    tags = "<Tags><LayoutTag ID='NE1' LABEL='titre'/></Tags>"
    content = report(tags=tags).replace('CONTENT="Tavernier"', "TAGREFS='NE1' CONTENT=\"Tavernier\"", 1)
    record = written(tmp_path / "alto", content)
    out, _, _ = exported(tmp_path, record, alto=str(tmp_path / "alto"))
    got = (out / "report" / "report.xml").read_bytes()
    assert tagged(got) == EXPECTED
    first = next(etree.fromstring(got).iter("{*}String"))
    assert first.get("TAGREFS").split()[-1] == "NE1"
    assert b"<LayoutTag ID='NE1' LABEL='titre'/></Tags>" in got
    ids = [one.get("ID") for one in etree.fromstring(got).iterfind("{*}Tags/*")]
    assert len(ids) == len(set(ids)) == 5


@pytest.mark.parametrize(
    "tags", ["<Tags/>", "<Tags />", "<Tags></Tags>", "<Tags a='>/'></Tags>", "<ReadingOrder/>", "<Styles/>"]
)
def test_tags_come_where_the_standard_has_them(tmp_path: Path, tags: str) -> None:
    record = written(tmp_path / "alto", report(tags=tags))
    out, _, _ = exported(tmp_path, record, alto=str(tmp_path / "alto"))
    root = etree.fromstring((out / "report" / "report.xml").read_bytes())
    order = [etree.QName(one).localname for one in root]
    assert order == [
        name for name in ("Description", "Styles", "Tags", "ReadingOrder", "Layout") if name in order
    ]
    assert len(root.find("{*}Tags")) == 4


def test_a_prefix_is_kept(tmp_path: Path) -> None:
    bare = report().replace(' xmlns="', ' xmlns:a="')
    content = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1String:", bare).replace("xmlns:a=", "xmlns:String=")
    record = written(tmp_path / "alto", content)
    out, _, _ = exported(tmp_path, record, alto=str(tmp_path / "alto"))
    got = (out / "report" / "report.xml").read_text("utf-8")
    assert without_tags(got) == content
    assert tagged(got.encode()) == EXPECTED


def test_the_pages_of_a_mets_file_are_tagged_each_in_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    pages = {"alto/1.xml": "Castagnède mène", "alto/2.xml": "puis Tavernier gagne"}
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(alto(page(block(line(text)))), "utf-8")
    files = group(("F1", "alto/1.xml"), ("F2", "alto/2.xml"), ("F3", "../secret.xml"))
    (tmp_path / "secret.xml").write_text(alto(page(block(line("Tavernier")))), "utf-8")
    (folder / "mets.xml").write_text(mets(files, physical(fptr("F1"), fptr("F2"), fptr("F3"))), "utf-8")
    record = record_of(read(folder / "mets.xml"), {"d1": "Tavernier", "d2": "Castagnède"})
    out, errors, _ = exported(tmp_path, record, alto=str(folder))
    assert errors == []
    files_out = {one.name: tagged(one.read_bytes()) for one in (out / "report").iterdir()}
    assert files_out == {"1.xml": [("Castagnède", "Castagnède")], "2.xml": [("Tavernier", "Tavernier")]}


def test_of_files_of_one_name_that_in_the_like_named_folder_is_taken(tmp_path: Path) -> None:
    other = alto(page(block(line("Rien de tel"))))
    (tmp_path / "alto" / "b").mkdir(parents=True)
    (tmp_path / "alto" / "b" / "page.xml").write_text(other, "utf-8")
    record = written(tmp_path / "alto" / "a", report(), "page.xml")
    out, errors, _ = exported(tmp_path, record, alto=str(tmp_path / "alto"))
    assert errors == []
    assert tagged((out / "report" / "page.xml").read_bytes()) == EXPECTED
    elsewhere = record.model_copy(
        update={"document": record.document.model_copy(update={"source": "c/page.xml"})}
    )
    shutil.rmtree(out)
    _, [error], _ = exported(tmp_path, elsewhere, alto=str(tmp_path / "alto"))
    assert error.code == "alto_ambiguous"


def test_what_recognition_left_beside_records_is_tagged_page_by_page(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.mkdir()
    for number, text in ((1, "Castagnède mène"), (2, "puis Tavernier gagne")):
        (folder / f"{number}.xml").write_text(alto(page(block(line(text)))), "utf-8")
    (folder / "mets.xml").write_text(mets(group(("F1", "1.xml"), ("F2", "2.xml"))), "utf-8")
    record = record_of(read(folder / "mets.xml"), {"d1": "Tavernier", "d2": "Castagnède"}, "scan")
    kept = tmp_path / "records"
    kept.mkdir()
    for number in (1, 2):
        (folder / f"{number}.xml").rename(kept / f"scan.p000{number}.alto.xml")
    (kept / "scanner.alto.xml").write_text("another's", "utf-8")
    out, errors, _ = exported(tmp_path, record, alto=str(kept))
    assert errors == []
    found = {one.name: tagged(one.read_bytes()) for one in (out / "scan").iterdir()}
    assert found == {
        "scan.p0001.alto.xml": [("Castagnède", "Castagnède")],
        "scan.p0002.alto.xml": [("Tavernier", "Tavernier")],
    }


def test_what_is_wrong_with_a_file_costs_its_record_alone(tmp_path: Path) -> None:
    good = written(tmp_path / "alto", report())
    bad = {
        "alto_not_there": None,
        "alto_too_old": report(1),
        "alto_other_document": report().replace("Tavernier", "Quelqu’un").replace("Castagnède", "x").replace("Brume", "x").replace("chal", "x"),
        "alto_no_alto": "<html><body>Tavernier</body></html>",
        "damaged_xml": report()[:-20],
        "damaged_text": report().encode().replace("É".encode(), b"\xc9"),
        "xml_entities": report().replace("<alto", '<!DOCTYPE alto [<!ENTITY a "b">]><alto', 1),
    }  # fmt: skip
    wanted = [good]
    for name, content in bad.items():
        path = tmp_path / "alto" / f"{name}.xml"
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        document = good.document.model_copy(update={"source": str(path), "id": name})
        wanted.append(good.model_copy(update={"document": document}))
    out, errors, _ = exported(tmp_path, *wanted, alto=str(tmp_path / "alto"))
    assert [error.code for error in errors] == list(bad)
    assert [one.name for one in out.iterdir()] == ["report"]
    assert all("{" not in error.in_language(language) for error in errors for language in ("fr", "en"))


def test_a_place_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        exported(tmp_path, bare_record("x"), alto=str(tmp_path / "none"))
    assert caught.value.code == "alto_no_such_place"


def test_passages_that_find_no_place_are_counted(tmp_path: Path) -> None:
    record = written(tmp_path / "alto", report())
    path = tmp_path / "alto" / "report.xml"
    path.write_text(path.read_text("utf-8").replace("Castagnède", "Castagnole"), "utf-8")
    _, errors, notes = exported(tmp_path, record, alto=str(path))
    assert (errors, notes) == ([], [("alto_unplaced", {"count": 1})])


def test_entities_are_refused_before_they_grow() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><alto xmlns="x">&b;</alto>'
    with pytest.raises(InputError) as caught:
        AltoFile.read(bomb.encode(), "bomb.xml")
    assert caught.value.code == "xml_entities"


@scans.needs_tesseract
@pytest.mark.slow
def test_what_tesseract_writes_is_tagged(tmp_path: Path) -> None:
    scans.page().save(tmp_path / "scan.png", dpi=(150, 150))
    command = ["tesseract", str(tmp_path / "scan.png"), str(tmp_path / "scan"), "alto"]
    subprocess.run(command, check=True, capture_output=True)
    record = record_of(
        read(tmp_path / "scan.xml"), {"d1": "Ludivine Perrault", "d2": "Armand Gastinel"}, "scan"
    )
    out, errors, _ = exported(tmp_path, record, alto=str(tmp_path / "scan.xml"))
    assert errors == []
    got = (out / "scan" / "scan.xml").read_text("utf-8")
    assert without_tags(got) == (tmp_path / "scan.xml").read_text("utf-8")
    assert [said for _, said in tagged(got.encode())][:4] == ["Ludivine", "Perrault", "Ludivine", "Perrault"]


# ------------------------------------------------------------------------------------------ made ourselves


def schema() -> Any:
    return etree.RelaxNG(etree.parse(SCHEMAS / "alto-4.rng"))


def assert_made_well(record: RaceRecord) -> None:
    """Files are valid, their words are the text's, and what is tagged is what spans cover."""
    tags = tags_of(record, FR, everything=True)
    files = made(record, tags)
    text, valid = record.document.text, schema()
    found: dict[tuple[str, str], set[tuple[int, int]]] = {}
    words = []
    for content in files.values():
        root = etree.fromstring(content)
        assert valid.validate(root), valid.error_log.last_error
        kinds = {
            one.get("ID"): (one.get("TYPE"), one.get("DESCRIPTION")) for one in root.iterfind(f"{NS}Tags/*")
        }
        for string in root.iter(f"{NS}String"):
            start, end = map(int, string.get("ID")[1:].split("-"))
            words.append((start, end))
            for name in string.get("TAGREFS", "").split():
                found.setdefault(kinds[name], set()).add((start, end))
    expected = [
        found_.span()
        for one in record.document.pages
        for found_ in re.finditer(r"\S+", text[one.start : one.end])
    ]
    assert len(words) == len(expected)
    for tag in tags:
        covered = {(a, b) for span in tag.spans for a, b in words if a < span.end and b > span.start}
        assert found.get((tag.kind, tag.key), set()) == covered


@given(records().filter(lambda record: record.document.pages))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_words_and_tags_come_back_from_any_record(record: RaceRecord) -> None:
    assert_made_well(record)


@pytest.mark.slow
@given(records().filter(lambda record: record.document.pages))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_words_and_tags_come_back_from_many_records(record: RaceRecord) -> None:
    assert_made_well(record)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(words: str) -> None:
    record = hostile(words)
    whole = {
        "page": 1,
        "start": 0,
        "end": len(record.document.text),
        "width": 10,
        "height": 10,
        "unit": "pixel",
        "image": words,
    }
    content = record.model_dump(mode="json")
    content["document"]["pages"] = [whole]
    assert_made_well(RaceRecord.model_validate(content))


def test_a_page_made_of_a_record_reads_as_it_did(tmp_path: Path) -> None:
    record = written(tmp_path / "alto", report())
    out, errors, _ = exported(tmp_path, record)
    assert errors == []
    path = out / "report" / "0001.xml"
    assert tagged(path.read_bytes()) == EXPECTED
    again = read(path)
    assert again.text.split() == record.document.text.split()
    root = etree.parse(path)
    first = next(root.iter(f"{NS}String"))
    assert [first.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["50", "100", "90", "20"]
    assert root.findtext(f"{NS}Description/{NS}sourceImageInformation/{NS}fileName") == "e.tif"


def test_points_become_a_unit_of_altos(tmp_path: Path) -> None:
    record = written(tmp_path / "alto", report())
    content = record.model_dump(mode="json")
    content["document"]["pages"][0]["unit"] = "point"
    files = made(RaceRecord.model_validate(content), tags_of(record, FR))
    root = etree.fromstring(files["0001.xml"])
    assert root.findtext(f"{NS}Description/{NS}MeasurementUnit") == "inch1200"
    assert float(next(root.iter(f"{NS}String")).get("WIDTH")) == pytest.approx(1500)


def test_a_record_without_pages_is_left_out(tmp_path: Path) -> None:
    out, [error], _ = exported(tmp_path, bare_record("Tavernier gagne."))
    assert error.code == "alto_without_pages"
    assert not out.exists()
