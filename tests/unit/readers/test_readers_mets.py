"""METS: pages in the order of the physical map, articles together, nothing fetched, nothing outside the folder."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, Told, Unread, find_sources, read_source
from extractor.readers.mets import files_of
from tests.unit.readers.test_readers_alto import alto, block, line, page

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def mets(groups: str, maps: str = "", *, more: str = "", label: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><mets:mets xmlns:mets="http://www.loc.gov/METS/" {XLINK} LABEL="{label}">'
        f"{more}<mets:fileSec>{groups}</mets:fileSec>{maps}</mets:mets>"
    )


def group(*files: tuple[str, str], use: str = "FULLTEXT", kind: str = "text/xml") -> str:
    inside = "".join(
        f'<mets:file ID="{identity}" MIMETYPE="{kind}"><mets:FLocat LOCTYPE="URL" xlink:href="{address}"/></mets:file>'
        for identity, address in files
    )
    return f'<mets:fileGrp USE="{use}">{inside}</mets:fileGrp>'


def physical(*pages: str, orders: tuple[int, ...] = ()) -> str:
    """A physical map whose pages hold these pointers."""
    divs = "".join(
        f'<mets:div TYPE="PAGE" ORDER="{orders[k] if orders else k + 1}">{inside}</mets:div>'
        for k, inside in enumerate(pages)
    )
    return f'<mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper">{divs}</mets:div></mets:structMap>'


def fptr(identity: str) -> str:
    return f'<mets:fptr FILEID="{identity}"/>'


def area(identity: str, begin: str, end: str = "") -> str:
    end = f'END="{end}"' if end else ""
    return f'<mets:area FILEID="{identity}" BETYPE="IDREF" BEGIN="{begin}" {end}/>'


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "mets.xml"


def read(path: Path, **options: object) -> SourceText:
    return read_source(Source(str(path), path), ReadOptions(**options))  # type: ignore[arg-type]


def one(text: str) -> str:
    return alto(page(block(line(text))))


def test_pages_come_in_the_order_of_the_physical_map(tmp_path: Path) -> None:
    files = group(
        ("T1", "alto/1.xml"), ("T2", "./alto/2.xml"), ("T3", "file://./alto/3.xml"), ("T4", "alto/4.xml")
    )
    maps = physical(
        fptr("T2"),
        f"<mets:fptr><mets:par>{area('I', 'x')}{area('T3', 'P1')}</mets:par></mets:fptr>",
        fptr("T1"),
    )
    got = read(
        write(
            tmp_path,
            {"mets.xml": mets(files, maps), **{f"alto/{k}.xml": one(f"Page{k}.") for k in range(1, 5)}},
        )
    )
    assert got.text.split() == ["Page2.", "Page3.", "Page1.", "Page4."]
    assert got.media_type == "application/mets+xml"
    assert [one.number for one in got.pages] == [1, 2, 3, 4]
    assert [word.page for word in got.words] == [1, 2, 3, 4]
    maps = physical(fptr("T2"), fptr("T1"), orders=(2, 1))
    got = read(write(tmp_path, {"mets.xml": mets(files, maps)}))
    assert got.text.split()[:2] == ["Page1.", "Page2."]


@pytest.mark.parametrize(
    "address",
    [
        "ocr/p%201.xml",
        "ocr/p 1.xml",
        "ocr\\p 1.xml",
        "file:ocr/p%201.xml",
        "file:./ocr/p 1.xml",
        "file://ocr/p 1.xml",
        "file:///D:/prod/echo/ocr/p%201.xml",
        "D:\\prod\\echo\\ocr\\p 1.xml",
        "/mnt/echo/ocr/p 1.xml",
        "ocr/p 1.xml#P1",
    ],
)
def test_addresses_as_they_are_written(tmp_path: Path, address: str) -> None:
    path = write(tmp_path, {"mets.xml": mets(group(("T1", address))), "ocr/p 1.xml": one("Paul gagne.")})
    assert read(path).text == "Paul gagne."


@pytest.mark.parametrize(
    ("use", "name"),
    [
        ("FULLTEXT", "1.xml"),
        ("ALTO", "1"),
        ("ocr", "1.xml"),
        ("Text", "1.xml"),
        ("Volltext", "1.html"),
        ("", "1.alto"),
    ],
)
def test_groups_as_libraries_call_them(tmp_path: Path, use: str, name: str) -> None:
    others = group(("I", "1.tif"), use="MASTER", kind="image/tiff") + group(("M", "1.mods.xml"), use="MODS")
    pdf = group(("D", "1.pdf"), use="DOWNLOAD OCR", kind="application/pdf")
    files = others + pdf + group(("T", name), use=use, kind="text/xml" if "." not in name else "")
    path = write(
        tmp_path, {"mets.xml": mets(files, physical(fptr("I") + fptr("T"))), name: one("Paul gagne.")}
    )
    assert read(path).text == "Paul gagne."


def test_of_several_groups_the_most_suitable_is_read_page_by_page(tmp_path: Path) -> None:
    files = group(("O1", "o1.xml"), ("O2", "o2.xml"), ("O3", "o3.xml"), use="OCR") + group(
        ("A1", "a1.xml"), ("A3", "a3.xml"), use="ALTO"
    )
    maps = physical(fptr("O1") + fptr("A1"), fptr("O2"), fptr("O3") + fptr("A3"))
    texts: dict[str, str | bytes] = {f"{k}.xml": one(k) for k in ("o1", "o2", "o3", "a1", "a3")}
    got = read(write(tmp_path, {"mets.xml": mets(files, maps), **texts}))
    assert got.text.split() == ["a1", "o2", "a3"]


def test_of_the_steps_of_a_work_the_last_is_read(tmp_path: Path) -> None:
    files = group(("G1", "g.xml"), use="OCR-D-SEG-LINE") + group(("G2", "o.xml"), use="OCR-D-OCR-TESS")
    texts: dict[str, str | bytes] = {"g.xml": one("Un"), "o.xml": one("Deux")}
    got = read(write(tmp_path, {"mets.xml": mets(files, physical(fptr("G1") + fptr("G2"))), **texts}))
    assert got.text == "Deux"


def test_what_is_missing_elsewhere_or_damaged_is_unread(tmp_path: Path) -> None:
    addresses = [
        "1.xml",
        "none.xml",
        "https://example.org/3.xml",
        "../../etc/4.xml",
        "5.xml",
        "6.xml",
        "7.xml",
    ]
    files = group(*((f"T{k}", address) for k, address in enumerate(addresses, 1)))
    maps = physical(*(fptr(f"T{k}") for k in range(1, 8)), fptr("I8"))
    texts: dict[str, str | bytes] = {
        "1.xml": one("Un."),
        "5.xml": one("x")[:-90],
        "6.xml": "<TEI/>",
        "7.xml": one("Sept."),
    }
    texts["mets.xml"] = mets(files, maps)
    got = read(write(tmp_path, texts))
    assert got.text.split() == ["Un.", "Sept."]
    assert [one.number for one in got.pages] == [1, 7]
    assert got.unread == (
        Unread("missing_file", 2, "none.xml"),
        Unread("remote_file", 3, "https://example.org/3.xml"),
        Unread("refused_file", 4, "../../etc/4.xml"),
        Unread("unreadable_page", 5, "5.xml"),
        Unread("unreadable_page", 6, "6.xml"),
        Unread("no_text_layer", 8),
    )


def test_limits_and_several_pages_in_a_file(tmp_path: Path) -> None:
    files = group(("T1", "1.xml"), ("T2", "2.xml.gz"))
    both = alto(page(block(line("Un."))) + page() + page(block(line("Trois."))))
    texts: dict[str, str | bytes] = {"1.xml": both, "2.xml.gz": gzip.compress(one("Quatre.").encode())}
    path = write(tmp_path, {"mets.xml": mets(files), **texts})
    got = read(path)
    assert got.text.split() == ["Un.", "Trois.", "Quatre."]
    assert got.unread == (Unread("blank_page", 2, "1.xml"),)
    got = read(path, max_pages=2)
    assert got.unread == (Unread("blank_page", 2, "1.xml"), Unread("too_many_pages", 3, "1.xml"))


def logical(*articles: str) -> str:
    return f'<mets:structMap TYPE="LOGICAL"><mets:div TYPE="Issue">{"".join(articles)}</mets:div></mets:structMap>'


def div(kind: str, *inside: str) -> str:
    return f'<mets:div TYPE="{kind}">{"".join(inside)}</mets:div>'


def pointer(*areas: str) -> str:
    inside = "".join(areas)
    return f"<mets:fptr>{inside if len(areas) == 1 else f'<mets:seq>{inside}</mets:seq>'}</mets:fptr>"


def newspaper(folder: Path, *articles: str) -> SourceText:
    """A page of five blocks in two columns, and what is said of its articles."""
    texts = ("VIREMONT", "ALBI", "Paul Ortolan gagne la grande course", "Marchal abandonne.", "de Viremont.")
    blocks = [block(line(text, 100 * k), identity=f"TB{k}") for k, text in enumerate(texts, 1)]
    files = group(("T1", "1.xml"))
    content = mets(files, physical(fptr("T1")) + logical(*articles))
    return read(write(folder, {"mets.xml": content, "1.xml": alto(page(*blocks))}))


def test_the_blocks_of_an_article_stay_together(tmp_path: Path) -> None:
    first = div(
        "ARTICLE",
        div("HEADING", pointer(area("T1", "TB1"))),
        div("BODY", div("PARAGRAPH", pointer(area("T1", "TB3"), area("T1", "TB5")))),
    )
    second = div(
        "ARTICLE", div("HEADING", pointer(area("T1", "TB2"))), div("BODY", pointer(area("T1", "TB4", "TB4")))
    )
    got = newspaper(tmp_path, first, second)
    assert got.text == (
        "VIREMONT\n\nPaul Ortolan gagne la grande course\n\nde Viremont.\n\nALBI\n\nMarchal abandonne."
    )
    [(start, end)] = got.joins
    assert got.text[:start].endswith("course")
    assert got.text[end:].startswith("de Viremont")


def test_ranges_of_blocks_and_advertisements(tmp_path: Path) -> None:
    got = newspaper(
        tmp_path,
        div("ARTICLE", pointer(area("T1", "TB1", "TB3"))),
        div("ADVERTISEMENT", pointer(area("T1", "TB4"))),
    )
    assert [(got.text[one.start : one.end].strip(), one.reason) for one in got.skipped] == [
        ("Marchal abandonne.", "advert")
    ]
    assert got.text.startswith("VIREMONT\n\nALBI\n\nPaul")


@pytest.mark.parametrize("begin", ["", "none", "P1"])
def test_areas_that_say_nothing(tmp_path: Path, begin: str) -> None:
    got = newspaper(
        tmp_path, div("ARTICLE", pointer(area("T1", begin, "none")), pointer(area("T1", "TB2", "TB1")))
    )
    assert got.text.split()[:3] == ["VIREMONT", "ALBI", "Paul"]


MODS = (
    '<mets:dmdSec ID="{}"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods xmlns:mods="http://www.loc.gov/mods/v3">'
    "<mods:titleInfo><mods:title>{}</mods:title></mods:titleInfo><mods:originInfo><mods:publisher>Imprimerie Dufour"
    "</mods:publisher><mods:dateIssued>{}</mods:dateIssued></mods:originInfo><mods:language><mods:languageTerm>fre"
    "</mods:languageTerm></mods:language><mods:relatedItem type='host'><mods:titleInfo><mods:title>Presse locale"
    "</mods:title></mods:titleInfo></mods:relatedItem></mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>"
)


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("1934-07-02", "1934-07-02"),
        ("19340702", "1934-07-02"),
        ("02/07/1934", "1934-07-02"),
        ("[1934?]", None),
    ],
)
def test_mods_tells_of_the_document_and_not_of_its_articles(
    tmp_path: Path, date: str, told: str | None
) -> None:
    maps = '<mets:structMap TYPE="LOGICAL"><mets:div TYPE="Issue" DMDID="D2"><mets:div TYPE="ARTICLE" DMDID="D1"/></mets:div></mets:structMap>'
    more = MODS.format("D1", "Viremont", "1999") + MODS.format("D2", "L’Écho de Viremont", date)
    path = write(
        tmp_path, {"mets.xml": mets(group(("T1", "1.xml")), maps, more=more), "1.xml": one("Paul gagne.")}
    )
    got = {one.field: one.value for one in read(path).told}
    assert got == {
        "title": "L’Écho de Viremont",
        "publisher": "Imprimerie Dufour",
        "language": "fre",
        "series": "Presse locale",
        **({"published_on": told} if told else {}),
    }


def test_dublin_core_and_labels(tmp_path: Path) -> None:
    core = (
        '<mets:dmdSec ID="D"><mets:mdWrap MDTYPE="DC"><mets:xmlData xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:date>1934-07-02</dc:date><dc:creator>Paul Dufour</dc:creator></mets:xmlData></mets:mdWrap></mets:dmdSec>"
    )
    content = mets(group(("T1", "1.xml")), more=core, label="L’Écho, n° 12")
    got = read(write(tmp_path, {"mets.xml": content, "1.xml": one("Paul gagne.")}))
    assert got.told == (
        Told("published_on", "1934-07-02", "dc date"),
        Told("author", "Paul Dufour", "dc creator"),
        Told("title", "L’Écho, n° 12", "mets LABEL"),
    )


def test_a_mets_file_without_text_says_so(tmp_path: Path) -> None:
    images = group(("I", "1.tif"), use="MASTER", kind="image/tiff")
    codes = []
    for content in (mets(images), mets(group(("T", "none.xml"))), mets(""), mets(images)[:-20]):
        with pytest.raises(InputError) as caught:
            read(write(tmp_path, {"mets.xml": content}))
        codes.append(caught.value.code)
    assert codes == ["mets_without_text", "mets_without_files", "mets_without_text", "damaged_xml"]


def test_progress_is_told(tmp_path: Path) -> None:
    from extractor.readers.options import Reading
    from extractor.readers.read import beside, read_with

    path = write(
        tmp_path,
        {"mets.xml": mets(group(("A", "1.xml"), ("B", "2.xml"))), "1.xml": one("Un."), "2.xml": one("Deux.")},
    )
    source, told = Source(str(path), path), []
    show: Callable[[int, int], None] = lambda done, total: told.append((done, total))  # noqa: E731
    read_with(Reading(source, beside=beside(source, ReadOptions()), progress=show))
    assert told == [(1, 2), (2, 2)]


def test_the_files_of_a_mets_file() -> None:
    images = group(("I", "img/1.tif"), ("J", "http://example.org/2.tif"), use="MASTER", kind="image/tiff")
    both = mets(images + group(("T", "file://./alto/1%20a.xml")))
    assert files_of(both.encode()) == ["img/1.tif", "alto/1%20a.xml", "alto/1 a.xml"]
    assert files_of(mets(images).encode()) == []
    assert files_of(both[:-9].encode()) == []
    assert files_of(b"") == []


@pytest.mark.parametrize("packed", [False, True])
def test_what_a_mets_file_points_to_is_not_read_a_second_time(tmp_path: Path, packed: bool) -> None:
    files: dict[str, str | bytes] = {
        "echo/mets.xml": mets(group(("A", "file://./alto/1.xml"), ("B", "none.xml"))),
        "echo/alto/1.xml": one("Paul gagne."),
        "echo/alto/2.xml": one("Autre chose."),
        "seul.xml": one("Rien."),
        "images.xml": mets(group(("I", "echo/alto/2.xml"), use="MASTER", kind="image/tiff")),
    }
    write(tmp_path / "dossier", files)
    where = tmp_path / "dossier"
    if packed:
        where = tmp_path / "dossier.zip"
        with zipfile.ZipFile(where, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    sources = [one for one in find_sources([str(where)]) if isinstance(one, Source)]
    names = [one.name.partition("dossier")[2].partition("/")[2] for one in sources]
    assert names == ["echo/alto/2.xml", "echo/mets.xml", "images.xml", "seul.xml"]
    assert read_source(sources[1]).text == "Paul gagne."
