"""PDF files with a text layer: what is seen on the page, in reading order, each word in its box."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.pipeline.reading import PassedOver, passed_over
from extractor.pipeline.view import View
from extractor.readers import ReadOptions, Source, SourceText, read_source
from tests.unit.readers.pdfs import A4, Pdf, at, column, encrypted


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def _read(pdf: Pdf | bytes, **options: object) -> SourceText:
        path = tmp_path / "echo.pdf"
        path.write_bytes(pdf if isinstance(pdf, bytes) else pdf.bytes())
        return read_source(Source(str(path), path), ReadOptions(**{"ocr": "never", **options}))  # type: ignore[arg-type]

    return _read


def seen(read: SourceText) -> list[str]:
    """Return what the pipeline reads, paragraph by paragraph."""
    skipped = tuple((one.start, one.end) for one in read.skipped)
    view = View(read.text, passed_over(read.text, PassedOver(skipped, read.joins))).text
    return [line for line in view.split("\n") if line.strip()]


TITLE = "Val-de-Brume : Tavernier en patron devant les siens"
LEFT = (
    "Parti de la pole, Jean Tavernier",
    "a mené de bout en bout et s'impose",
    "devant Louis Marchal, qui regrettait",
    "un départ manqué. Troisième, Paul",
    "Ortolan complète un podium attendu",
    "par les siens. Dans la seconde",
)
RIGHT = (
    "course, sous une pluie battante, le",
    "même Tavernier abandonnait au",
    "neuvième tour sur casse moteur.",
    "Marchal prenait alors la tête et ne",
    "la quittait plus jusqu'au drapeau,",
    "avec douze secondes d'avance.",
)
TWO_COLUMNS = at(60, 80, TITLE, size=18) + column(60, 120, *LEFT) + column(310, 120, *RIGHT)


def test_a_title_stands_above_two_columns(read) -> None:  # type: ignore[no-untyped-def]
    text = read(Pdf().page(TWO_COLUMNS))
    assert seen(text) == [TITLE, " ".join(LEFT + RIGHT)]
    assert text.media_type == "application/pdf"
    assert [(page.number, page.width, page.height, page.unit) for page in text.pages] == [(1, *A4, "point")]


def test_columns_are_read_down_whatever_is_drawn_first(read) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(
        column(60, 120 + 14 * row, left) + column(310, 120 + 14 * row, right)
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
    )
    assert seen(read(Pdf().page(rows))) == [" ".join(LEFT + RIGHT)]


def test_three_columns(read) -> None:  # type: ignore[no-untyped-def]
    three = [
        ("Parti de la pole,", "Jean Tavernier", "a mené de bout", "en bout et gagne"),
        ("devant Marchal,", "son équipier de", "toujours, et Paul", "Ortolan, jeune"),
        ("espoir du club,", "qui monte pour", "la toute première", "fois sur un podium."),
    ]
    content = "".join(column(60 + 160 * k, 100, *lines) for k, lines in enumerate(three))
    assert seen(read(Pdf().page(content))) == [" ".join(line for lines in three for line in lines)]


def test_a_table_is_read_row_by_row(read) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ("1", "Jean Tavernier", "25 tours"),
        ("2", "Louis Marchal", "à 12 s"),
        ("3", "Paul Ortolan", "à 1 tour"),
    ]
    content = "".join(
        at(x, 120 + 15 * k, cell)
        for k, row in enumerate(rows)
        for x, cell in zip((60, 90, 300), row, strict=True)
    )
    assert seen(read(Pdf().page(content))) == [" ".join(row) for row in rows]


def test_words_have_their_boxes(read) -> None:  # type: ignore[no-untyped-def]
    text = read(Pdf().page(at(60, 100, "Tavernier gagne", size=20)))
    first, second = text.words
    assert text.text == "Tavernier gagne"
    assert text.text[first.start : first.end] == "Tavernier"
    assert first.x == pytest.approx(60, abs=1)
    assert first.y < 100 - 0.7 * 20
    assert first.y + first.h > 100
    assert first.x + first.w < second.x


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_are_those_of_the_page_as_it_is_shown(read, turn: int) -> None:  # type: ignore[no-untyped-def]
    crop = "/CropBox [50 42 545 792]"
    text = read(Pdf().page(at(60, 100, "Tavernier"), f"/Rotate {turn} {crop}"))
    word, page = text.words[0], text.pages[0]
    size = (495, 750) if turn == 180 else (750, 495)
    assert (page.width, page.height) == pytest.approx(size)
    left, top = 60 - 50, 100 - 50  # upright, from the crop box's corner
    if turn == 180:
        assert word.x + word.w == pytest.approx(495 - left, abs=1)
        assert word.y < 750 - top < word.y + word.h
    else:
        assert word.h > 3 * word.w
        near = left if turn == 90 else 495 - left
        assert near == pytest.approx(word.y if turn == 90 else word.y + word.h, abs=1)


def test_text_along_the_margin_comes_last(read) -> None:  # type: ignore[no-untyped-def]
    along = "BT /F1 8 Tf 0 1 -1 0 40 300 Tm (Photo Marcel Brume) Tj ET\n"
    text = read(Pdf().page(along + TWO_COLUMNS))
    assert seen(text)[-1] == "Photo Marcel Brume"
    photo = text.words[-3]
    assert photo.h > photo.w


def test_a_raised_ordinal_is_part_of_its_word(read) -> None:  # type: ignore[no-untyped-def]
    raised = "BT /F1 12 Tf 1 0 0 1 60 700 Tm (Le 1) Tj /F1 7 Tf 4 Ts (er) Tj 0 Ts /F1 12 Tf ( tour) Tj ET"
    assert read(Pdf().page(raised)).text == "Le 1er tour"


def test_spaced_type_and_small_capitals_are_words(read) -> None:  # type: ignore[no-untyped-def]
    spaced = "BT /F1 12 Tf 4 Tc 1 0 0 1 60 700 Tm (CLASSEMENT) Tj ET\n"
    small = "BT /F1 12 Tf 1 0 0 1 60 650 Tm (T) Tj /F1 9 Tf (AVERNIER) Tj /F1 12 Tf ( gagne) Tj ET"
    assert seen(read(Pdf().page(spaced + small))) == ["CLASSEMENT", "TAVERNIER gagne"]


def test_words_without_blanks_between_them(read) -> None:  # type: ignore[no-untyped-def]
    tex = "BT /F1 10 Tf 1 0 0 1 60 700 Tm [(Jean) -300 (T) 80 (avernier) -250 (gagne)] TJ ET"
    assert read(Pdf().page(tex)).text == "Jean Tavernier gagne"


def test_a_drop_capital_begins_its_word(read) -> None:  # type: ignore[no-untyped-def]
    cap = at(60, 124, "P", size=36) + column(88, 104, "arti de la pole, Jean", "Tavernier s'impose et")
    text = read(Pdf().page(cap + column(60, 132, "gagne pour la première fois", "devant les siens ravis.")))
    assert seen(text) == [
        "Parti de la pole, Jean Tavernier s'impose et gagne pour la première fois devant les siens ravis."
    ]


def test_what_is_printed_twice_is_read_once(read) -> None:  # type: ignore[no-untyped-def]
    bold = at(60, 100, "Course 1 : elle file") + at(60.4, 100, "Course 1 : elle file")
    assert read(Pdf().page(bold)).text == "Course 1 : elle file"


def test_what_cannot_be_seen_is_not_read(read) -> None:  # type: ignore[no-untyped-def]
    white = "1 1 1 rg " + at(60, 200, "Caché") + "0 0 0 rg "
    dark = "0 0 0 rg 50 520 200 40 re f 1 1 1 rg " + at(60, 300, "Bandeau") + "0 0 0 rg "
    outside = at(700, 100, "Dehors")
    unseen = at(60, 250, "Invisible", extra="3 Tr") + "0 Tr "
    assert seen(read(Pdf().page(at(60, 100, "Visible") + white + dark + outside + unseen))) == [
        "Visible",
        "Bandeau",
    ]


def test_invisible_text_over_a_scan_is_its_text(read) -> None:  # type: ignore[no-untyped-def]
    scan = f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im Do Q " + at(60, 100, "Tavernier gagne", extra="3 Tr")
    text = read(Pdf().page(scan))
    assert text.text == "Tavernier gagne"
    assert text.unread == ()


def test_a_scan_without_text_is_said_to_have_none(read) -> None:  # type: ignore[no-untyped-def]
    scan = f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im Do Q "
    text = read(Pdf().page(TWO_COLUMNS).page(scan + at(60, 820, "Source : archives du club")).page(""))
    assert [(one.reason, one.page) for one in text.unread] == [("no_text_layer", 2), ("blank_page", 3)]
    assert [page.number for page in text.pages] == [1, 2, 3]
    with pytest.raises(InputError, match="aucun texte"):
        read(Pdf().page(scan))


def test_letters_that_mean_nothing_are_no_text(read) -> None:  # type: ignore[no-untyped-def]
    mute = "BT /F3 12 Tf 1 0 0 1 60 700 Tm <0102030405060708010203040506070801020304> Tj ET"
    text = read(Pdf().page(TWO_COLUMNS).page(mute))
    assert [(one.reason, one.page) for one in text.unread] == [("unreadable_page", 2)]


def test_running_heads_and_page_numbers_are_left_out(read) -> None:  # type: ignore[no-untyped-def]
    pdf = Pdf()
    for number in range(1, 4):
        head = at(60, 40, "L'Écho du Val - juin 1966") + at(300, 815, str(number))
        pdf.page(head + column(60, 70 + 8 * number, *(LEFT * 2)[2 * number : 2 * number + 4 + number]))
    text = read(pdf)
    assert {
        text.text[one.start : one.end].strip() for one in text.skipped if one.reason == "running_head"
    } == {"L'Écho du Val - juin 1966"}
    assert [one.reason for one in text.skipped].count("page_number") == 3


def test_a_paragraph_goes_on_over_the_page(read) -> None:  # type: ignore[no-untyped-def]
    text = read(Pdf().page(column(60, 700, *LEFT)).page(column(60, 100, *RIGHT)))
    assert seen(text) == [" ".join(LEFT + RIGHT)]


def test_paragraphs_are_told_by_room_and_by_indentation(read) -> None:  # type: ignore[no-untyped-def]
    full = ("Parti de la pole, Jean Tavernier a", "mené toute la course sous le soleil.")
    second = ("Second, Louis Marchal regrettait un", "départ manqué et le disait au micro.")
    spaced = column(60, 100, *full) + column(60, 140, *second)
    indented = column(60, 100, *full) + at(75, 128, second[0]) + at(60, 142, second[1])
    assert seen(read(Pdf().page(spaced))) == [" ".join(full), " ".join(second)]
    assert seen(read(Pdf().page(indented))) == [" ".join(full), " ".join(second)]


def test_a_word_that_the_line_parts_goes_on(read) -> None:  # type: ignore[no-untyped-def]
    text = read(Pdf().page(column(60, 100, "Jean Tavernier prend le meil-", "leur sur Louis Marchal hier.")))
    assert text.text == "Jean Tavernier prend le meil-\nleur sur Louis Marchal hier."
    assert [text.text[start:end] for start, end in text.joins] == ["\n"]


def test_a_date_beside_a_name_is_no_part_of_the_columns(read) -> None:  # type: ignore[no-untyped-def]
    head = at(60, 60, "Club du Val") + at(310, 60, "le 12 juin 1966")
    assert seen(read(Pdf().page(head + column(60, 120, *LEFT) + column(310, 120, *RIGHT)))) == [
        "Club du Val le 12 juin 1966",
        " ".join(LEFT + RIGHT),
    ]


def test_what_the_file_says_of_itself(read) -> None:  # type: ignore[no-untyped-def]
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        "<dc:publisher><rdf:Bag><rdf:li>L'Écho du Val</rdf:li></rdf:Bag></dc:publisher>"
        "<dc:date><rdf:Seq><rdf:li>1966-06-12T10:00:00Z</rdf:li></rdf:Seq></dc:date>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    info = "/Title (Le Grand Prix du Val) /Author (Marcel Brume) /CreationDate (D:20210603120000+02'00')"
    text = read(Pdf(info=info, xmp=xmp, catalog="/Metadata 8 0 R /Lang (fr-FR)").page(TWO_COLUMNS))
    assert {(one.field, one.value, one.origin) for one in text.told} == {
        ("title", "Le Grand Prix du Val", "pdf info Title"),
        ("author", "Marcel Brume", "pdf info Author"),
        ("published_on", "2021-06-03", "pdf info CreationDate"),
        ("language", "fr-FR", "pdf catalog Lang"),
        ("publisher", "L'Écho du Val", "pdf xmp dc:publisher"),
        ("published_on", "1966-06-12", "pdf xmp dc:date"),
    }


@pytest.mark.parametrize(
    "title", ["Microsoft Word - doc1.docx", "Sans titre", "scan_0012.tif", "untitled", "Document1"]
)
def test_what_only_the_program_says_is_no_title(read, title: str) -> None:  # type: ignore[no-untyped-def]
    text = read(Pdf(info=f"/Title ({title}) /Author (anonymous)").page(TWO_COLUMNS))
    assert text.told == ()


def test_fields_are_read_with_the_page(read) -> None:  # type: ignore[no-untyped-def]
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (vainqueur) /V (Jean Tavernier) /Rect [150 735 400 755] "
        "/F 4 /DA (/F1 11 Tf) /P 100 0 R >>"
    )
    form = "/AcroForm << /Fields [20 0 R] /DA (/F1 11 Tf) /DR << /Font << /F1 3 0 R >> >> >>"
    pdf = Pdf(catalog=form, objects=[field]).page(at(60, 100, "Vainqueur :"), "/Annots [20 0 R]")
    text = read(pdf)
    assert text.text == "Vainqueur : Jean Tavernier"
    assert text.words[-1].x > 150


def test_pages_beyond_the_limit_are_unread(read) -> None:  # type: ignore[no-untyped-def]
    pdf = Pdf()
    for _ in range(4):
        pdf.page(TWO_COLUMNS)
    text = read(pdf, max_pages=2)
    assert len(text.pages) == 2
    assert [(one.reason, one.page, one.part) for one in text.unread] == [("too_many_pages", 3, "3-4")]


def test_a_truncated_file_gives_what_is_left(read) -> None:  # type: ignore[no-untyped-def]
    pdf = Pdf()
    for _ in range(3):
        pdf.page(TWO_COLUMNS)
    whole = pdf.bytes()
    text = read(whole[: whole.index(b"104 0 obj") + 60])
    assert TITLE in text.text
    assert text.unread
    assert read(whole[:-40]).unread


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "pdf_damaged"),
        (b"%PDF-1.4\n" + b"\x00\xff" * 400, "pdf_damaged"),
        (Pdf().bytes(), "pdf_without_pages"),
    ],
)
def test_what_is_no_readable_pdf_is_refused(read, content: bytes, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as caught:
        read(content)
    assert caught.value.code == code


def test_a_page_tree_that_loops_ends(read) -> None:  # type: ignore[no-untyped-def]
    content = Pdf().page(TWO_COLUMNS).bytes()
    looping = content.replace(b"/Kids [100 0 R]", b"/Kids [2 0 R  ]")
    with pytest.raises(InputError):
        read(looping)


def test_a_huge_page_is_read(read) -> None:  # type: ignore[no-untyped-def]
    text = read(Pdf().page(at(60, 100, "Tavernier gagne"), "/MediaBox [0 0 9000000 9000000]"))
    assert text.text == "Tavernier gagne"


def test_a_cell_of_several_lines_is_read_as_one(read) -> None:  # type: ignore[no-untyped-def]
    told = (
        ("Pénalisé de trente secondes pour", "avoir coupé la chicane."),
        ("Averti pour conduite agressive", "dans la montée."),
    )
    content = "".join(
        column(60, 100 + 40 * k, *name.split()) + column(160, 100 + 40 * k, *lines)
        for k, (name, lines) in enumerate(zip(("Jean Tavernier", "Louis Marchal"), told, strict=True))
    )
    assert seen(read(Pdf().page(content))) == [
        "Jean Tavernier",
        " ".join(told[0]),
        "Louis Marchal",
        " ".join(told[1]),
    ]


def test_a_note_does_not_interrupt_a_paragraph(read) -> None:  # type: ignore[no-untyped-def]
    note = at(60, 240, "1. Temps officieux du club.", size=8)
    text = read(Pdf().page(column(60, 120, *LEFT) + note + column(310, 120, *RIGHT)))
    assert seen(text) == ["1. Temps officieux du club.", " ".join(LEFT + RIGHT)]


def test_stretched_lines_are_no_columns(read) -> None:  # type: ignore[no-untyped-def]
    rows = [(60, 200, 340)] * 6
    lines = ["a mené bout", "et gagne là", "où il était", "et du coup", "le vent est", "au sud ici"]
    content = "".join(
        at(x, 100 + 14 * k, part)
        for k, (xs, line) in enumerate(zip(rows, lines, strict=True))
        for x, part in zip(xs, line.split(), strict=True)
    )
    assert seen(read(Pdf().page(content)))[0].startswith("a mené bout")


def test_entries_of_several_lines_stay_apart(read) -> None:  # type: ignore[no-untyped-def]
    entries = (
        "Minime : 1. Gabin Rozand - 2. Lenny",
        "Fauroux - 3. Louna Pignolet qui gagne",
        "Cadet : 1. Mathis Pouget - 2. Timéo",
        "Ragu - 3. Jules Cassier.",
    )
    assert seen(read(Pdf().page(column(60, 100, *entries)))) == [" ".join(entries[:2]), " ".join(entries[2:])]


@pytest.mark.parametrize(("user", "refused"), [("secret", True), ("", False)])
def test_a_password_for_reading_is_asked_for_one_for_owners_is_not(read, user: str, *, refused: bool) -> None:  # type: ignore[no-untyped-def]
    content = encrypted(Pdf().page(at(60, 100, "Tavernier gagne")), user)
    if not refused:
        assert read(content).text == "Tavernier gagne"
        return
    with pytest.raises(InputError) as caught:
        read(content)
    assert caught.value.code == "pdf_password"


def test_an_accent_drawn_apart_is_part_of_its_letter(read) -> None:  # type: ignore[no-untyped-def]
    tex = at(60, 100, "L'Echo du cafe") + at(69.5, 98, "\u00b4") + at(127.5, 100, "\u00b4")
    assert read(Pdf().page(tex)).text == "L'Écho du café"
