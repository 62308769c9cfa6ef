"""PAGE XML: regions in reading order, lines as they were transcribed, tables row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, Told, Unread, Word, read_source

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/{}-07-15"


def pagexml(
    body: str, *, year: int = 2019, metadata: str = "<Creator>eScriptorium</Creator>", more: str = ""
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><PcGts xmlns="{NAMESPACE.format(year)}"><Metadata>{metadata}</Metadata>'
        f'<Page imageFilename="e.jpg" imageWidth="800" imageHeight="1200" {more}>{body}</Page></PcGts>'
    )


def coords(x: int, y: int, w: int, h: int = 20) -> str:
    return f'<Coords points="{x},{y} {x + w},{y} {x + w},{y + h} {x},{y + h}"/>'


def equiv(text: str, more: str = "") -> str:
    return f"<TextEquiv {more}><Unicode>{text}</Unicode></TextEquiv>"


def line(
    text: str, y: int = 100, *, x: int = 50, words: bool = True, own: bool = True, more: str = ""
) -> str:
    parts, left = [], x
    for word in text.split():
        sure = equiv(word, 'conf="0.8"')
        parts.append(f"<Word>{coords(left, y, 10 * len(word))}{sure}</Word>")
        left += 10 * len(word) + 10
    inside = "".join(parts) if words else ""
    text = equiv(text) if own else ""
    return f"<TextLine {more}>{coords(x, y, left - x - 10)}{inside}{text}</TextLine>"


def region(*lines: str, identity: str = "r1", more: str = "") -> str:
    return f'<TextRegion id="{identity}" {more}>{coords(50, 100, 400, 200)}{"".join(lines)}</TextRegion>'


def read(tmp_path: Path, content: str | bytes, **options: object) -> SourceText:
    path = tmp_path / "page.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(Source(str(path), path), ReadOptions(**options))  # type: ignore[arg-type]


def skipped(got: SourceText) -> list[tuple[str, str]]:
    return [(got.text[one.start : one.end].strip(), one.reason) for one in got.skipped]


@pytest.mark.parametrize("year", [2010, 2013, 2019])
@pytest.mark.parametrize("own", [True, False])
def test_words_stand_where_they_are(tmp_path: Path, year: int, own: bool) -> None:
    got = read(tmp_path, pagexml(region(line("Tavernier gagne à Albi.", own=own)), year=year))
    assert got.text == "Tavernier gagne à Albi."
    assert got.media_type == "application/vnd.prima.page+xml"
    assert got.words[:2] == (Word(0, 9, 1, 50, 100, 90, 20, 0.8), Word(10, 15, 1, 150, 100, 50, 20, 0.8))
    [only] = got.pages
    assert (only.width, only.height, only.unit, only.image) == (800, 1200, "pixel", "e.jpg")
    assert got.ocr is not None
    assert got.ocr.engine == "eScriptorium"


def test_a_line_transcribed_as_a_whole_shares_its_box_by_letters(tmp_path: Path) -> None:
    got = read(tmp_path, pagexml(region(line("Paul Ortolan", words=False))))
    assert [(word.x, word.w, word.confidence) for word in got.words] == [(50, 40, None), (100, 70, None)]


def test_the_lines_own_text_prevails_over_its_words(tmp_path: Path) -> None:
    corrected = line("Paul Ortelan").replace(equiv("Paul Ortelan"), equiv("Paul Ortolan"))
    got = read(tmp_path, pagexml(region(corrected)))
    assert (got.text, [word.x for word in got.words]) == ("Paul Ortolan", [50, 100])
    resplit = line("Paul Ortolan ,").replace(equiv("Paul Ortolan ,"), equiv("Paul Ortolan,"))
    got = read(tmp_path, pagexml(region(resplit)))
    assert (got.text, [(word.x, word.w) for word in got.words]) == ("Paul Ortolan,", [(50, 40), (100, 90)])
    retyped = line("Paul Or tolan").replace(equiv("Paul Or tolan"), equiv("Marchal"))
    got = read(tmp_path, pagexml(region(retyped)))
    assert (got.text, [(word.x, word.w) for word in got.words]) == ("Marchal", [(50, 130)])


def test_of_several_texts_the_lowest_index_or_the_surest_is_read(tmp_path: Path) -> None:
    bare = f"<TextLine>{coords(0, 0, 100)}{{}}</TextLine>"
    texts = (
        equiv("Pau1", 'index="2" conf="0.9"') + equiv("Paul", 'index="1" conf="0.4"') + equiv("P", 'conf="1"')
    )
    got = read(tmp_path, pagexml(region(bare.format(texts))))
    assert (got.text, got.words[0].confidence) == ("Paul", 0.4)
    texts = equiv("Pau1", 'conf="0.3"') + equiv("Paul", 'conf="0.9"')
    assert read(tmp_path, pagexml(region(bare.format(texts)))).text == "Paul"
    texts = equiv("") + "<TextEquiv><PlainText>Paul</PlainText></TextEquiv>"
    assert read(tmp_path, pagexml(region(bare.format(texts)))).text == "Paul"


def test_points_of_2010_and_baselines_alone(tmp_path: Path) -> None:
    points = "<Coords>" + "".join(f'<Point x="{x}" y="{y}"/>' for x, y in ((10, 10), (50, 30))) + "</Coords>"
    got = read(tmp_path, pagexml(region(f"<TextLine>{points}{equiv('Paul')}</TextLine>"), year=2010))
    assert got.words == (Word(0, 4, 1, 10, 10, 40, 20),)
    baseline = '<Baseline points="10,100 50,100"/>'
    got = read(tmp_path, pagexml(region(f"<TextLine>{baseline}{equiv('Paul')}</TextLine>")))
    assert got.words == (Word(0, 4, 1, 10, 84, 40, 20),)


@pytest.mark.parametrize("points", ["", "x,y", "1,2", "10,10 10,10", "NaN,1 2,3", "99999999999,1 2,3"])
def test_points_that_are_none_leave_a_word_without_box(tmp_path: Path, points: str) -> None:
    bare = f'<TextLine><Coords points="{points}"/>{equiv("Paul gagne")}</TextLine>'
    got = read(tmp_path, pagexml(f'<TextRegion id="r">{bare}</TextRegion>'))
    assert (got.text, got.words) == ("Paul gagne", ())


def test_the_reading_order_is_followed_groups_within_groups(tmp_path: Path) -> None:
    regions = [region(line(f"Bloc{k}.", 100 * k), identity=f"r{k}") for k in range(1, 6)]
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="2" regionRef="r1"/>'
        '<RegionRefIndexed index="0" regionRef="r3"/><UnorderedGroupIndexed id="u" index="1">'
        '<RegionRef regionRef="r5"/><RegionRef regionRef="r4"/></UnorderedGroupIndexed></OrderedGroup></ReadingOrder>'
    )
    got = read(tmp_path, pagexml(order + "".join(regions)))
    assert got.text.split() == ["Bloc3.", "Bloc5.", "Bloc4.", "Bloc1.", "Bloc2."]


def test_transkribus_orders_and_names_parts_in_custom_attributes(tmp_path: Path) -> None:
    regions = [
        region(
            line("Deux.", 130, words=False, more='custom="readingOrder {index:1;}"'),
            line("Un.", 100, words=False, more='custom="readingOrder {index:0;}"'),
            identity="a",
            more='custom="readingOrder {index:1;}"',
        ),
        region(
            line("L’ÉCHO"), identity="b", more='custom="readingOrder {index:0;} structure {type:header;}"'
        ),
    ]
    metadata = (
        "<Creator>prov=URO:name=Presse(htr_id=2):v=2.6.6\nTranskribus</Creator>"
        '<TranskribusMetadata title="L’Écho de Viremont"/>'
    )
    got = read(tmp_path, pagexml("".join(regions), year=2013, metadata=metadata))
    assert got.text.split() == ["L’ÉCHO", "Un.", "Deux."]
    assert skipped(got) == [("L’ÉCHO", "running_head")]
    assert got.ocr is not None
    assert got.ocr.engine == "Transkribus"
    assert got.told == (Told("title", "L’Écho de Viremont", "page TranskribusMetadata title"),)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("header", "running_head"),
        ("footer", "running_head"),
        ("page-number", "page_number"),
        ("catch-word", "page_mark"),
        ("heading", None),
        ("caption", None),
        ("paragraph", None),
        ("marginalia", None),
    ],
)
def test_kinds_of_region(tmp_path: Path, kind: str, reason: str | None) -> None:
    body = region(line("ALBI 1934", 10), more=f'type="{kind}"') + region(
        line("Paul gagne.", 300), identity="r2"
    )
    got = read(tmp_path, pagexml(body))
    assert got.text == "ALBI 1934\n\nPaul gagne."
    assert skipped(got) == ([("ALBI 1934", reason)] if reason else [])


def test_a_paragraph_may_go_on_in_the_next_region_and_a_heading_does_not(tmp_path: Path) -> None:
    first = "Tavernier, parti de la pole, gagne la course devant Marchal"
    body = region(line(first), more='type="{}"') + region(
        line("et Ortolan.", 300), more='type="paragraph"', identity="r2"
    )
    got = read(tmp_path, pagexml(body.format("paragraph")))
    assert got.joins == ((len(first), len(first) + 2),)
    assert read(tmp_path, pagexml(body.format("heading"))).joins == ()


def test_what_stands_in_advertisements_and_pictures_is_no_report(tmp_path: Path) -> None:
    body = f"<AdvertRegion>{region(line('Roulez Dufour'))}</AdvertRegion><ImageRegion>{region(line('N° 12', 200))}</ImageRegion>"
    got = read(tmp_path, pagexml(body + region(line("Paul gagne.", 300))))
    assert skipped(got) == [("Roulez Dufour", "advert"), ("N° 12", "illustration")]


def cell(text: str, row: int, column: int) -> str:
    return (
        f'<TableCell row="{row}" col="{column}">{line(text, 100 + 30 * row, x=50 + 200 * column)}</TableCell>'
    )


def test_tables_are_read_row_by_row(tmp_path: Path) -> None:
    cells = [cell("2.", 1, 0), cell("1.", 0, 0), cell("Ortolan", 1, 1), cell("Tavernier", 0, 1)]
    got = read(tmp_path, pagexml(f"<TableRegion>{''.join(cells)}</TableRegion>"))
    assert got.text == "1. Tavernier\n2. Ortolan"
    of_2019 = "".join(
        f'<TextRegion id="c{row}{column}"><Roles><TableCellRole rowIndex="{row}" columnIndex="{column}"/></Roles>{line(text)}</TextRegion>'
        for row, column, text in ((0, 1, "Tavernier"), (0, 0, "1."), (1, 0, "2."), (1, 1, "Ortolan"))
    )
    got = read(tmp_path, pagexml(f"<TableRegion>{of_2019}</TableRegion>"))
    assert got.text == "1. Tavernier\n2. Ortolan"


def test_regions_within_regions_and_regions_without_lines(tmp_path: Path) -> None:
    inner = region(line("Un."), identity="a") + region(line("Deux.", 200), identity="b")
    got = read(tmp_path, pagexml(region(inner, identity="out")))
    assert got.text.split() == ["Un.", "Deux."]
    got = read(tmp_path, pagexml(region(equiv("Paul gagne.\nMarchal suit."))))
    assert got.text == "Paul gagne.\nMarchal suit."
    assert [(word.x, word.y) for word in got.words][::2] == [(50, 100), (50, 200)]


def test_the_language_is_told(tmp_path: Path) -> None:
    got = read(tmp_path, pagexml(region(line("Paul gagne.")), more='primaryLanguage="French"'))
    assert got.told == (Told("language", "French", "page primaryLanguage"),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pagexml(region(line("Paul gagne.")))[:-30], "damaged_xml"),
        (pagexml(""), "no_text"),
        (pagexml(region(line("Été."))).encode("cp1252"), "damaged_text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: str | bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert caught.value.code == code


def test_an_empty_page_beside_others(tmp_path: Path) -> None:
    content = pagexml(region(line("Paul."))).replace("</PcGts>", "<Page/></PcGts>")
    assert read(tmp_path, content).unread == (Unread("blank_page", 2),)
