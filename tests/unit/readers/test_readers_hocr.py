"""hOCR: recognised pages as HTML, of Tesseract and of others, well-formed or not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, Told, Unread, Word, read_source

DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)


def hocr(
    *pages: str, system: str = "tesseract 5.3.0", head: str = "", doctype: str = DOCTYPE, lang: str = "en"
) -> str:
    return (
        f'{doctype}<html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}"><head><title></title>'
        f"<meta name='ocr-system' content='{system}'/>{head}</head><body>{''.join(pages)}</body></html>"
    )


def page(*inside: str, title: str = 'image "/tmp/e.png"; bbox 0 0 800 1200; ppageno 0') -> str:
    return f"<div class='ocr_page' id='page_1' title='{title}'>{''.join(inside)}</div>"


def par(*lines: str, lang: str = "fra") -> str:
    return f"<div class='ocr_carea'><p class='ocr_par' lang='{lang}'>{' '.join(lines)}</p></div>"


def word(text: str, x: int, y: int, sure: int = 90) -> str:
    return f"<span class='ocrx_word' title='bbox {x} {y} {x + 10 * len(text)} {y + 20}; x_wconf {sure}'>{text}</span>"


def line(text: str, y: int = 100, kind: str = "ocr_line", title: str = "") -> str:
    words, x = [], 50
    for one in text.split():
        words.append(word(one, x, y))
        x += 10 * len(one) + 10
    title = title or f"bbox 50 {y} {x - 10} {y + 20}; baseline 0 -6"
    return f'<span class="{kind}" title="{title}">{" ".join(words)}</span>'


def read(tmp_path: Path, content: str | bytes, **options: object) -> SourceText:
    path = tmp_path / "page.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(Source(str(path), path), ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("doctype", [DOCTYPE, "<!DOCTYPE html>\n", ""])
def test_words_stand_where_they_are(tmp_path: Path, doctype: str) -> None:
    got = read(tmp_path, hocr(page(par(line("Tavernier gagne à Albi."))), doctype=doctype))
    assert got.text == "Tavernier gagne à Albi."
    assert got.media_type == "text/vnd.hocr+html"
    assert got.words[:2] == (Word(0, 9, 1, 50, 100, 90, 20, 0.9), Word(10, 15, 1, 150, 100, 50, 20, 0.9))
    [only] = got.pages
    assert (only.width, only.height, only.unit, only.image) == (800, 1200, "pixel", "e.png")
    assert got.ocr is not None
    assert (got.ocr.engine, got.ocr.version) == ("tesseract", "5.3.0")
    assert got.told == (Told("language", "fra", "hocr lang"),)


def test_broken_html_is_read_as_a_browser_would(tmp_path: Path) -> None:
    broken = (
        "<HTML><head><meta name=ocr-system content='OCRopus 0.4'><body><div class=ocr_page title='bbox 0 0 800 1200'>"
        "<p class=ocr_par><span class=ocr_line title='bbox 50 100 290 120'>Qu&eacute;bec &amp; C<sup>ie</sup> gagne<br>"
        "<span class=ocr_line title='bbox 50 130 290 150'>encore < une fois</div>"
    )
    got = read(tmp_path, broken)
    assert got.text.split() == ["Québec", "&", "Cie", "gagne", "encore", "<", "une", "fois"]
    assert got.ocr is not None
    assert (got.ocr.engine, got.ocr.version) == ("OCRopus", "0.4")


def test_lines_without_words_share_their_box(tmp_path: Path) -> None:
    bare = "<span class='ocr_line' title='x_bboxes 1 2 3 4; bbox 100 10 220 30'>Paul Ortolan</span>"
    got = read(tmp_path, hocr(page(bare), system="ocropus"))
    assert got.words == (Word(0, 4, 1, 100, 10, 40, 20), Word(5, 12, 1, 150, 10, 70, 20))


def test_words_without_lines_are_put_into_lines(tmp_path: Path) -> None:
    words = word("Paul", 50, 100), word("gagne.", 100, 100), word("Marchal", 50, 130), word("suit.", 130, 130)
    got = read(tmp_path, hocr(page(par(*words))))
    assert got.text == "Paul gagne.\nMarchal suit."


def test_words_are_as_a_browser_would_show_them(tmp_path: Path) -> None:
    touching = word("Albi", 50, 100, 100) + word(",", 90, 100, 50) + " " + word("lundi", 110, 100)
    inside = f"<span class='ocr_line' title='bbox 50 100 160 120'>{touching}</span>"
    got = read(tmp_path, hocr(page(par(inside))))
    assert got.text == "Albi, lundi"
    assert got.words[0] == Word(0, 5, 1, 50, 100, 50, 20, pytest.approx(0.9))
    letters = (
        "<span class='ocrx_word' title='bbox 0 0 40 20'>"
        + "".join(f"<span class='ocrx_cinfo'>{c}</span>" for c in "Paul")
        + "</span>"
    )
    got = read(tmp_path, hocr(page(par(f"<span class='ocr_line'>{letters}</span>"))))
    assert (got.text, got.words) == ("Paul", (Word(0, 4, 1, 0, 0, 40, 20),))


def test_what_tesseract_calls_header_is_a_heading(tmp_path: Path) -> None:
    body = par(line("ALBI 1934", 10, "ocr_header"), line("Paul gagne.", 300))
    assert read(tmp_path, hocr(page(body))).skipped == ()
    got = read(tmp_path, hocr(page(body), system="ABBYY FineReader 11"))
    assert [(got.text[one.start : one.end].strip(), one.reason) for one in got.skipped] == [
        ("ALBI 1934", "running_head")
    ]


def test_a_header_may_be_a_block_of_lines(tmp_path: Path) -> None:
    block = f"<div class='ocr_header'>{line('L’ÉCHO', 10)} {line('2 juillet 1934', 40)}</div>"
    got = read(tmp_path, hocr(page(block, par(line("Paul gagne.", 300))), system=""))
    assert got.text.split() == ["L’ÉCHO", "2", "juillet", "1934", "Paul", "gagne."]
    assert {one.reason for one in got.skipped} == {"running_head"}
    assert got.skipped[-1].end <= got.text.index("Paul")


def test_pages_follow_each_other(tmp_path: Path) -> None:
    content = hocr(page(par(line("Un."))), page(), page(par(line("Trois."))))
    got = read(tmp_path, content)
    assert got.text.split() == ["Un.", "Trois."]
    assert [one.number for one in got.pages] == [1, 2, 3]
    assert got.unread == (Unread("blank_page", 2),)
    assert read(tmp_path, content, max_pages=1).unread == (Unread("too_many_pages", 2),)


@pytest.mark.parametrize(
    "title", ["", "bbox", "bbox 1 2 3", "bbox a b c d", "bbox 50 100 50 100", "bbox 9 9 1 1", "bbox . . . ."]
)
def test_titles_that_say_nothing(tmp_path: Path, title: str) -> None:
    inside = (
        f"<span class='ocr_line' title='{title}'><span class='ocrx_word' title='{title}'>Paul</span></span>"
    )
    got = read(tmp_path, hocr(page(par(inside), title=title)))
    assert (got.text, got.words) == ("Paul", ())


def test_the_head_tells_of_the_document(tmp_path: Path) -> None:
    head = (
        "<meta name='DC.title' content='L’Écho'/><meta name='dc.date' content='1934-07-02'/>"
        "<meta name='DCTERMS.publisher' content='Dufour'/><meta name='dc.date' content='juillet'/>"
        "<meta name='ocr-langs' content='fra'/>"
    )
    got = read(tmp_path, hocr(page(par(line("Paul gagne."), lang="")), head=head))
    assert [(one.field, one.value) for one in got.told] == [
        ("title", "L’Écho"),
        ("published_on", "1934-07-02"),
        ("publisher", "Dufour"),
    ]
    assert got.ocr is not None
    assert got.ocr.language == "fra"


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1", "utf-16"])
def test_old_encodings(tmp_path: Path, encoding: str) -> None:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    content = hocr(page(par(line("Été à Albi."))), doctype="<!DOCTYPE html>", head=declared)
    assert read(tmp_path, content.encode(encoding)).text == "Été à Albi."
    undeclared = hocr(page(par(line("Été à Albi."))), doctype="<!DOCTYPE html>")
    if encoding != "utf-16":
        assert read(tmp_path, undeclared.encode(encoding)).text == "Été à Albi."


def test_what_is_made_to_do_harm_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, '<!DOCTYPE html [<!ENTITY x "y">]>' + hocr(page(par(line("Paul."))), doctype=""))
    assert caught.value.code == "xml_entities"
    deep = "<span>" * 50_000
    with pytest.raises(InputError):
        read(tmp_path, hocr(page(deep), doctype="<!DOCTYPE html>"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_tesseracts_own_alto_and_hocr_agree(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("L", (1400, 700), 255)
    text = (
        "COURSE DE CÔTE DE VIREMONT",
        "Jean Tavernier s'impose devant Louis Mar-",
        "chal et Paul Ortolan.",
    )
    font = ImageFont.load_default(40)
    for row, one in enumerate(text):
        ImageDraw.Draw(sheet).text((100, 100 + 60 * row), one, font=font, fill=0)
    sheet.save(tmp_path / "page.png", dpi=(300, 300))
    subprocess.run(
        ["tesseract", "page.png", "page", "alto", "hocr"], cwd=tmp_path, check=True, capture_output=True
    )
    got = [read_source(Source(name, tmp_path / name)) for name in ("page.xml", "page.hocr")]
    assert got[0].text == got[1].text
    assert "Tavernier" in got[0].text
    assert got[0].words == got[1].words
    assert got[0].ocr == got[1].ocr
    assert got[0].pages == got[1].pages
