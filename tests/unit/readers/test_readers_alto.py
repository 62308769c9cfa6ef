"""ALTO: what libraries write is read in its order, word by word, with the place of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, Told, Unread, Word, read_source

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v{}#"
HEAD = """<Description><MeasurementUnit>{unit}</MeasurementUnit>
<sourceImageInformation><fileName>{image}</fileName></sourceImageInformation>{more}</Description>"""


def alto(
    layout: str,
    *,
    version: int = 3,
    unit: str = "pixel",
    image: str = "e.tif",
    more: str = "",
    tags: str = "",
) -> str:
    """An ALTO file; version 1 has no namespace."""
    namespace = f' xmlns="{NAMESPACE.format(version)}"' if version > 1 else ""
    head = HEAD.format(unit=unit, image=image, more=more)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<alto{namespace}>{head}{tags}<Layout>{layout}</Layout></alto>'


def page(*blocks: str, size: str = 'WIDTH="800" HEIGHT="1200"') -> str:
    return f'<Page ID="P1" PHYSICAL_IMG_NR="1" {size}><PrintSpace>{"".join(blocks)}</PrintSpace></Page>'


def block(*lines: str, identity: str = "B1", more: str = "") -> str:
    return f'<TextBlock ID="{identity}" {more}>{"".join(lines)}</TextBlock>'


def line(text: str, y: int = 100, *, x: int = 50, more: str = "", end: str = "") -> str:
    """A line of strings with blanks between them; letters are 10 wide and 20 high."""
    strings = []
    for word in text.split():
        strings.append(
            f'<String CONTENT="{word}" HPOS="{x}" VPOS="{y}" WIDTH="{10 * len(word)}" HEIGHT="20" WC="0.9"/>'
        )
        x += 10 * len(word) + 10
    return f'<TextLine HPOS="50" VPOS="{y}" {more}>{"<SP/>".join(strings)}{end}</TextLine>'


def read(tmp_path: Path, content: str | bytes, name: str = "page.xml", **options: object) -> SourceText:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(Source(str(path), path), ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["page.xml", "page.alto", "page.txt"])
def test_a_page_of_any_version_is_read_by_its_content(tmp_path: Path, version: int, name: str) -> None:
    got = read(tmp_path, alto(page(block(line("Tavernier gagne à Albi."))), version=version), name)
    assert got.text == "Tavernier gagne à Albi."
    assert got.media_type == "application/alto+xml"
    assert got.words[0] == Word(0, 9, 1, 50, 100, 90, 20, 0.9)
    assert [got.text[word.start : word.end] for word in got.words] == got.text.split()
    [only] = got.pages
    assert (only.number, only.width, only.height, only.unit, only.image) == (1, 800, 1200, "pixel", "e.tif")


def test_a_comment_is_no_root(tmp_path: Path) -> None:
    content = alto(page(block(line("Paul gagne.")))).replace("<alto", "<!-- <html> --><alto", 1)
    assert read(tmp_path, content).media_type == "application/alto+xml"


def test_lines_of_a_paragraph_are_joined_and_parted_words_too(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        alto(
            page(
                block(
                    line("Tavernier s’impose devant Mar-", 100),
                    line("chal et Ortolan, après une très", 130),
                    line("belle remontée.", 160),
                )
            )
        ),
    )
    assert got.text == "Tavernier s’impose devant Mar-\nchal et Ortolan, après une très\nbelle remontée."
    assert [got.text[start:end] for start, end in got.joins] == ["\n", "\n"]


HYP = '<String CONTENT="Mar" SUBS_TYPE="HypPart1" SUBS_CONTENT="Marchal" HPOS="50" VPOS="100" WIDTH="30" HEIGHT="20"/>'


@pytest.mark.parametrize(
    ("end", "text", "width"),
    [
        ('<HYP CONTENT="-" HPOS="80" VPOS="100" WIDTH="8" HEIGHT="20"/>', "Mar-", 38),
        ('<HYP CONTENT="-"/>', "Mar-", 30),
        ('<HYP HPOS="80" VPOS="100" WIDTH="8"/>', "Mar-", 30),
        ('<HYP CONTENT="&#xAD;"/>', "Mar\xad", 30),
        ('<HYP CONTENT="¬"/>', "Mar¬", 30),
        ("", "Mar-", 30),
    ],
)
def test_the_hyphen_of_a_parted_word_stays(tmp_path: Path, end: str, text: str, width: float) -> None:
    second = '<TextLine><String CONTENT="chal" SUBS_TYPE="HypPart2" SUBS_CONTENT="Marchal" HPOS="50" VPOS="130" WIDTH="40" HEIGHT="20"/></TextLine>'
    got = read(tmp_path, alto(page(block(f"<TextLine>{HYP}{end}</TextLine>", second)), version=2))
    assert got.text == f"{text}\nchal"
    assert got.words[0].w == width
    assert got.joins == ((len(text), len(text) + 1),)


def test_a_hyphen_is_not_written_twice(tmp_path: Path) -> None:
    got = read(tmp_path, alto(page(block(line("devant Mar-", end='<HYP CONTENT="-"/>'), line("chal.", 130)))))
    assert got.text == "devant Mar-\nchal."


def test_strings_that_nothing_parts_are_one_word(tmp_path: Path) -> None:
    strings = (
        '<String CONTENT="Albi" HPOS="50" VPOS="100" WIDTH="40" HEIGHT="20" WC="1"/>'
        '<String CONTENT="," HPOS="91" VPOS="110" WIDTH="4" HEIGHT="12" WC="0.5"/><SP/>'
        '<String CONTENT="lundi" HPOS="110" VPOS="100" WIDTH="50" HEIGHT="20"/>'
    )
    got = read(tmp_path, alto(page(block(f"<TextLine>{strings}</TextLine>"))))
    assert got.text == "Albi, lundi"
    assert got.words[0] == Word(0, 5, 1, 50, 100, 45, 22, pytest.approx(0.9))
    bare = strings.replace("<SP/>", "")
    assert read(tmp_path, alto(page(block(f"<TextLine>{bare}</TextLine>")))).text == "Albi , lundi"


def test_a_string_that_is_a_whole_line_shares_its_box_among_its_words(tmp_path: Path) -> None:
    string = '<String CONTENT="Paul Ortolan" HPOS="100" VPOS="10" WIDTH="120" HEIGHT="20" WC="0.7"/>'
    got = read(tmp_path, alto(page(block(f"<TextLine>{string}</TextLine>"))))
    assert got.words == (Word(0, 4, 1, 100, 10, 40, 20, 0.7), Word(5, 12, 1, 150, 10, 70, 20, 0.7))


def test_missing_boxes_are_shared_from_the_line_or_left_out(tmp_path: Path) -> None:
    strings = '<String CONTENT="Paul"/><SP/><String CONTENT="Ortolan"/>'
    box = 'HPOS="0" VPOS="10" WIDTH="120" HEIGHT="20"'
    got = read(tmp_path, alto(page(block(f"<TextLine {box}>{strings}</TextLine>"))))
    assert [(word.x, word.w) for word in got.words] == [(0, 40), (50, 70)]
    got = read(tmp_path, alto(page(block(f"<TextLine>{strings}</TextLine>"))))
    assert (got.text, got.words) == ("Paul Ortolan", ())
    partly = strings.replace('"Ortolan"', '"Ortolan" HPOS="50" VPOS="10" WIDTH="70" HEIGHT="20"')
    got = read(tmp_path, alto(page(block(f"<TextLine>{partly}</TextLine>"))))
    assert (got.text, got.words) == ("Paul Ortolan", (Word(5, 12, 1, 50, 10, 70, 20),))


@pytest.mark.parametrize("wrong", ["x", "", "NaN", "inf", "-1e999", "1e12", "12px"])
def test_coordinates_that_are_none_are_none(tmp_path: Path, wrong: str) -> None:
    content = alto(page(block(line("Paul Ortolan").replace('HPOS="50"', f'HPOS="{wrong}"'))))
    got = read(tmp_path, content)
    assert got.text == "Paul Ortolan"
    assert [word.start for word in got.words] == [5]


def test_boxes_do_not_lie_outside_the_page(tmp_path: Path) -> None:
    got = read(tmp_path, alto(page(block(line("Paul gagne", x=-15)))))
    assert [(word.x, word.w) for word in got.words] == [(0, 25), (35, 50)]


@pytest.mark.parametrize(
    ("said", "read_as"), [("0.87", 0.87), ("87", 0.87), ("1", 1.0), ("-1", None), ("très", None), ("", None)]
)
def test_confidences(tmp_path: Path, said: str, read_as: float | None) -> None:
    got = read(tmp_path, alto(page(block(line("Paul").replace('WC="0.9"', f'WC="{said}"')))))
    assert got.words[0].confidence == read_as


def test_units_and_missing_sizes(tmp_path: Path) -> None:
    body = page(block(line("Paul gagne")), size="")
    got = read(tmp_path, alto(body, unit="mm10", version=2))
    assert (got.pages[0].unit, got.pages[0].width, got.pages[0].height) == ("mm10", 150, 120)
    assert read(tmp_path, alto(body, unit="inch1200")).pages[0].unit == "inch1200"
    assert read(tmp_path, alto(body, unit="", version=4)).pages[0].unit == "pixel"
    assert read(tmp_path, alto(body, unit="", version=1)).pages[0].unit == "mm10"


def test_blocks_are_read_however_deep_they_nest(tmp_path: Path) -> None:
    inner = block(line("Deux", 200))
    for depth in range(40):
        inner = f'<ComposedBlock ID="C{depth}">{inner}</ComposedBlock>'
    got = read(
        tmp_path, alto(page(block(line("Un.", 100)), inner, "<Illustration/>", block(line("Trois", 300))))
    )
    assert got.text.split() == ["Un.", "Deux", "Trois"]


def test_a_reading_order_is_followed(tmp_path: Path) -> None:
    blocks = [block(line(f"Bloc{k}.", 100 * k), identity=f"B{k}") for k in range(1, 5)]
    order = (
        '<ReadingOrder><OrderedGroup ID="g"><ElementRef ID="r1" REF="B3"/><UnorderedGroup ID="u">'
        '<ElementRef ID="r2" REF="B1"/></UnorderedGroup></OrderedGroup></ReadingOrder>'
    )
    got = read(tmp_path, alto(page(*blocks), version=4, tags=order))
    # What the order does not name stays behind what it stood behind.
    assert got.text.split() == ["Bloc3.", "Bloc4.", "Bloc1.", "Bloc2."]


def test_lines_are_ordered_too(tmp_path: Path) -> None:
    lines = [line(f"L{k}.", 100 * k, more=f'ID="L{k}"') for k in (2, 1)]
    order = (
        '<ReadingOrder><OrderedGroup ID="g"><ElementRef ID="r" REF="L1 L2"/></OrderedGroup></ReadingOrder>'
    )
    assert read(tmp_path, alto(page(block(*lines)), version=4, tags=order)).text.split() == ["L1.", "L2."]


def test_margins_are_running_heads_and_read_where_they_stand(tmp_path: Path) -> None:
    body = block(line("Tavernier gagne.", 300))
    margins = (
        f"<TopMargin>{block(line('ÉCHO', 10))}</TopMargin><LeftMargin>{block(line('n.', 300))}</LeftMargin>"
        f"<BottomMargin>{block(line('12', 1100))}</BottomMargin><PrintSpace>{body}</PrintSpace>"
    )
    got = read(tmp_path, alto(f'<Page WIDTH="800" HEIGHT="1200">{margins}</Page>'))
    assert got.text.split() == ["ÉCHO", "n.", "Tavernier", "gagne.", "12"]
    assert [(got.text[one.start : one.end].strip(), one.reason) for one in got.skipped] == [
        ("ÉCHO", "running_head"),
        ("n.", "margin"),
        ("12", "running_head"),
    ]


def test_a_margin_with_the_whole_text_is_none(tmp_path: Path) -> None:
    body = block(line("Tavernier gagne devant Ortolan.", 300))
    got = read(tmp_path, alto(f"<Page><TopMargin>{body}</TopMargin><PrintSpace/></Page>"))
    assert got.skipped == ()


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ('StructureTag ID="T" LABEL="Running Title"', "running_head"),
        ('LayoutTag ID="T" TYPE="page-number"', "page_number"),
        ('OtherTag ID="T" LABEL="RunningTitleZone" TYPE="block"', "running_head"),
        ('OtherTag ID="T" LABEL="NumberingZone:folio"', "page_number"),
        ('LayoutTag ID="T" LABEL="Publicité"', "advert"),
        ('LayoutTag ID="T" LABEL="GraphicZone"', "illustration"),
        ('LayoutTag ID="T" LABEL="MainZone"', None),
    ],
)
def test_tags_tell_what_is_no_report(tmp_path: Path, tag: str, reason: str | None) -> None:
    content = page(block(line("L’ÉCHO 12", 10), more='TAGREFS="X T"'), block(line("Tavernier gagne.", 300)))
    got = read(tmp_path, alto(content, version=4, tags=f"<Tags><{tag}/></Tags>"))
    assert got.text == "L’ÉCHO 12\n\nTavernier gagne."
    assert [one.reason for one in got.skipped] == ([reason] if reason else [])


def test_advertisements_are_left_out_and_captions_kept(tmp_path: Path) -> None:
    advert = f'<ComposedBlock TYPE="Advertisement">{block(line("Roulez Dufour", 600))}</ComposedBlock>'
    photo = f'<ComposedBlock TYPE="Illustration"><Illustration/>{block(line("Paul Ortolan.", 700))}</ComposedBlock>'
    got = read(tmp_path, alto(page(block(line("Tavernier gagne.")), advert, photo)))
    assert [(got.text[one.start : one.end].strip(), one.reason) for one in got.skipped] == [
        ("Roulez Dufour", "advert")
    ]


@pytest.mark.parametrize(
    ("more", "engine", "version"),
    [
        (
            '<OCRProcessing ID="O"><preProcessingStep><processingSoftware><softwareName>CCS docWorks</softwareName>'
            "</processingSoftware></preProcessingStep><ocrProcessingStep><processingSoftware><softwareName>FineReader"
            "</softwareName><softwareVersion>11.0</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing>",
            "FineReader",
            "11.0",
        ),
        (
            '<OCRProcessing ID="O"><ocrProcessingStep><processingSoftware><softwareName>FineReader 12</softwareName>'
            "</processingSoftware></ocrProcessingStep><ocrProcessingStep><processingSoftware><softwareName>Conversion "
            "System, ALTO export module</softwareName></processingSoftware></ocrProcessingStep></OCRProcessing>",
            "FineReader",
            "12",
        ),
        (
            '<Processing ID="O"><processingCategory>contentGeneration</processingCategory><processingSoftware>'
            "<softwareName>kraken 4.3.10</softwareName></processingSoftware></Processing>"
            '<Processing ID="P"><processingCategory>postOperation</processingCategory><processingSoftware>'
            "<softwareName>export</softwareName></processingSoftware></Processing>",
            "kraken",
            "4.3.10",
        ),
    ],
)
def test_engine_and_version_are_told(tmp_path: Path, more: str, engine: str, version: str) -> None:
    got = read(tmp_path, alto(page(block(line("Paul gagne."))), more=more))
    assert got.ocr is not None
    assert (got.ocr.engine, got.ocr.version) == (engine, version)


def test_the_language_of_most_letters_is_told(tmp_path: Path) -> None:
    blocks = block(line("Tavernier gagne."), more='LANG="fra"'), block(line("Hi", 200), more='language="en"')
    got = read(tmp_path, alto(page(*blocks)))
    assert got.told == (Told("language", "fra", "alto LANG"),)


def test_the_image_is_named_without_its_folders(tmp_path: Path) -> None:
    content = alto(page(block(line("Paul gagne."))), image="D:\\prod\\echo\\0001.tif")
    assert read(tmp_path, content).pages[0].image == "0001.tif"


def test_several_pages_and_empty_ones(tmp_path: Path) -> None:
    content = alto(page(block(line("Un."))) + page() + page(block(line(" "))) + page(block(line("Quatre."))))
    got = read(tmp_path, content)
    assert got.text.split() == ["Un.", "Quatre."]
    assert [one.number for one in got.pages] == [1, 2, 3, 4]
    assert got.unread == (Unread("blank_page", 2), Unread("blank_page", 3))
    got = read(tmp_path, content, max_pages=2)
    assert got.unread == (Unread("blank_page", 2), Unread("too_many_pages", 3))


def test_whole_pages_before_the_damage_are_read(tmp_path: Path) -> None:
    whole = alto(page(block(line("Un."))) + page(block(line("Deux."))) + page(block(line("Trois."))))
    got = read(tmp_path, whole[: whole.index("Trois") + 3])
    assert got.text.split() == ["Un.", "Deux."]
    assert got.unread == (Unread("unreadable_page", 3),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (alto(page(block(line("Un."))))[:-60], "damaged_xml"),
        (alto(page()), "no_text"),
        (alto(""), "no_text"),
        ('<!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/hostname">]><alto><Layout/></alto>', "xml_entities"),
        (alto(page(block(line("Été.")))).encode("cp1252"), "damaged_text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: str | bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert caught.value.code == code
    assert str(tmp_path) in str(caught.value)
