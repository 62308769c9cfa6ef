"""ODT, FODT, RTF and DOCX renderings of one document are read alike, and damaged ones are refused."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, read_source

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
    )
)
CHANGED = "<office:change-info><dc:creator>x</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>"
FODT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Nogaro, course 1</dc:title><meta:initial-creator>A. Vidal</meta:initial-creator></office:meta>
<office:styles>
 <style:style style:name="Standard" style:family="paragraph"/>
 <style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
 <text:list-style style:name="Places">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
 </text:list-style>
 <text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">
 <style:header><text:p>L'Écho des paddocks</text:p></style:header>
 <style:footer><text:p>Page <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
<text:tracked-changes>
 <text:changed-region xml:id="ct1" text:id="ct1"><text:deletion>{CHANGED}<text:p>perd</text:p></text:deletion></text:changed-region>
 <text:changed-region xml:id="ct2" text:id="ct2"><text:insertion>{CHANGED}</text:insertion></text:changed-region>
</text:tracked-changes>
<text:h text:outline-level="1">Tavernier en maître à Nogaro</text:h>
<text:p/>
<text:p>Jean Tavernier <text:change text:change-id="ct1"/><text:change-start text:change-id="ct2"/>gagne<text:change-end
 text:change-id="ct2"/><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
 <text:p>Sur BMW.</text:p></text:note-body></text:note> devant<text:s text:c="2"/>Louis
 Marchal<office:annotation><dc:creator>x</dc:creator><text:p>vérifier</text:p></office:annotation>.<text:line-break/>Suite<text:tab
 />à l’été œuvré — 3e<text:span text:style-name="Hidden"> caché</text:span>.</text:p>
<text:list text:style-name="Places"><text:list-item><text:p>Jean Tavernier</text:p></text:list-item>
 <text:list-item><text:p>Louis Marchal</text:p><text:list><text:list-item><text:p>en F3</text:p></text:list-item>
 <text:list-item><text:p>en F2</text:p></text:list-item></text:list></text:list-item></text:list>
<text:p>Abandons</text:p>
<text:list text:style-name="Places" text:continue-numbering="true"><text:list-item><text:p>Paul Ortolan</text:p></text:list-item></text:list>
<text:list text:style-name="Dots"><text:list-item><text:p>Émile Sarrazac</text:p></text:list-item></text:list>
<text:list text:style-name="Places"><text:list-item text:start-value="7"><text:p>Anne Vidal</text:p></text:list-item></text:list>
<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/>
<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>Tavernier</text:p>
 <text:p>Marchal</text:p></table:table-cell><table:table-cell><text:p>BMW</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>2</text:p></table:table-cell><table:table-cell><text:p/></table:table-cell>
 <table:table-cell><text:p>Alpine</text:p></table:table-cell></table:table-row></table:table>
<text:p>Ils <draw:frame draw:name="F" text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box>
 <text:p>Encadré : la course en chiffres</text:p></draw:text-box></draw:frame>ont dit.</text:p>
</office:text></office:body></office:document>"""

TEXT = """L'Écho des paddocks
Tavernier en maître à Nogaro

Jean Tavernier gagne¹ devant  Louis Marchal.
Suite\tà l’été œuvré — 3e.
1. Jean Tavernier
2. Louis Marchal
a) en F3
b) en F2
Abandons
3. Paul Ortolan
• Émile Sarrazac
7. Anne Vidal
1 | Tavernier / Marchal | BMW
2 |  | Alpine
Ils ont dit.
Encadré : la course en chiffres
¹ Sur BMW.
Page 1
"""


def read(path: Path, **options: Any) -> SourceText:
    return read_source(Source(path.name, path), ReadOptions(**options))


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    return caught.value.code


def converted(path: Path, suffix: str) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here")
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(path.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path.with_suffix(f".{suffix}")


def the_same(source: SourceText) -> None:
    assert source.text == TEXT
    assert [(source.text[one.start : one.end], one.reason) for one in source.skipped] == [
        ("L'Écho des paddocks\n", "running_head"),
        ("¹", "note_mark"),
        ("¹ ", "note_mark"),
        ("Page 1\n", "running_head"),
    ]
    assert {one.reason for one in source.unread} == {"deletions", "comments", "hidden_text"}
    told = {one.field: one.value for one in source.told}
    assert (told["title"], told["author"]) == ("Nogaro, course 1", "A. Vidal")


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    path = tmp_path / "nogaro.fodt"
    path.write_text(FODT, encoding="utf-8")
    return path


@pytest.fixture
def odt(flat: Path) -> Path:
    path = flat.with_suffix(".odt")
    start = FODT.index("<office:body>")
    head = FODT[FODT.index("<office:document") : FODT.index("<office:meta>")]
    head = head.replace("<office:document ", "<office:document-content ").replace(
        ' office:mimetype="', ' x="'
    )
    content = f"{head}{FODT[start:]}".replace("</office:document>", "</office:document-content>")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        file.writestr("styles.xml", FODT, zipfile.ZIP_DEFLATED)
        file.writestr("meta.xml", FODT, zipfile.ZIP_DEFLATED)
    return path


def test_an_odt_file_and_its_flat_form(flat: Path, odt: Path) -> None:
    the_same(read(flat))
    the_same(read(odt))
    assert read(odt).media_type == "application/vnd.oasis.opendocument.text"


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["odt", "docx", "rtf"])
def test_one_document_in_every_format(flat: Path, suffix: str) -> None:
    the_same(read(converted(flat, suffix)))


def changed(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, kept in parts.items():
            new.writestr(part, kept, zipfile.ZIP_STORED if part == "mimetype" else None)
    return path


def test_damaged_and_encrypted_odt_files(odt: Path) -> None:
    whole = odt.read_bytes()
    odt.write_bytes(whole[: len(whole) // 2])
    assert refusal(odt) == "damaged_office"
    odt.write_bytes(whole)
    assert refusal(changed(odt, "content.xml", b"<x>")) == "damaged_xml"
    assert refusal(changed(odt, "content.xml", b"<x/>")) == "damaged_office"
    locked = b'<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert refusal(changed(odt, "META-INF/manifest.xml", locked)) == "encrypted_office"
    odt.write_bytes(whole)
    assert refusal(odt, max_unpacked_bytes=1000) == "part_too_large"


def test_an_odt_file_that_was_packed_anew(odt: Path) -> None:
    with zipfile.ZipFile(odt) as old:
        parts = {part: old.read(part) for part in reversed(old.namelist())}
    with zipfile.ZipFile(odt, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    the_same(read(odt))


def test_numbers_that_nobody_has_and_blanks_without_end(flat: Path) -> None:
    text = FODT.replace('text:start-value="7"', 'text:start-value="99999999999999999999"')
    text = text.replace('text:c="2"', 'text:c="99999999"').replace(
        'columns-repeated="3"', 'columns-repeated="999999999"'
    )
    flat.write_text(text, encoding="utf-8")
    assert len(read(flat).text) < 2000


# --- RTF


def rtf(
    tmp_path: Path,
    body: str,
    head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f1\fcharset2 Symbol;}{\f2\fcharset204 Arial Cyr;}}",
) -> Path:
    path = tmp_path / "nogaro.rtf"
    path.write_bytes(f"{{\\rtf1{head}{body}}}".encode("latin-1"))
    return path


def lines(tmp_path: Path, body: str, **head: str) -> list[str]:
    return read(rtf(tmp_path, body, **head)).text.splitlines()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Th\'e9o\par Zo\'eb", "Théo\nZoë"),
        (r"Th\u233?o \u8217\'92 \u-3913?", "Théo ’ \uf0b7"),
        (r"\uc0\u233 o{\uc2\u8217xy z}\u39 's", "éo’ z''s"),
        (r"\uc1 l\u8217\par ici", "l’\nici"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\f2\'cf\f0\'cf \f1\'b7", "ПÏ •"),
        (r"L\'e9on\line suite\tab ici\~!\emdash\endash\lquote\rdblquote\{\\\}", "Léon\nsuite\tici\xa0!—–‘”{\\}"),
        (r"Saint\_Ama\-nd", "Saint\u2011Ama\xadnd"),
        ("Mar\r\nchal\\\ngagne", "Marchal\ngagne"),
        (r"\pict\bin4 }}{{Marchal", ""),
        (r"{\pict\bin4 }}{{ffff}Marchal", "Marchal"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Marchal}} gagne", "Marchal gagne"),
        (r"{\*\unknown perd}{\info{\creatim\yr2020}}gagne", "gagne"),
        (r"{\pntext\f1\'b7\tab}Marchal\par{\listtext 2.\tab}Ortolan", "• Marchal\n2. Ortolan"),
        (r"a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt Encadr\'e9\par}}{\shprslt b}}c\par d", "ac\nEncadré\nd"),
        (r"\trowd\pard\intbl 1\cell A\par B\cell\cell\row\pard fin", "1 | A / B\nfin"),
        (r"gagne}perd", "gagne"),
    ],
)  # fmt: skip
def test_words_of_control(tmp_path: Path, body: str, text: str) -> None:
    path = rtf(tmp_path, body)
    if text:
        assert read(path).text.rstrip("\n") == text
    else:
        assert refusal(path) == "no_text"


@pytest.mark.parametrize(
    ("head", "letter"), [(r"\mac ", "\x8e"), (r"\pca ", "\x82"), (r"\ansi\ansicpg850 ", "\x82"), (r"\ansi\ansicpg65001 ", "Ã©")]
)  # fmt: skip
def test_code_pages(tmp_path: Path, head: str, letter: str) -> None:
    assert lines(tmp_path, f"Th{letter}o", head=head) == ["Théo"]


def test_a_file_that_breaks_off_is_read_so_far_and_says_so(tmp_path: Path) -> None:
    path = rtf(tmp_path, r"{\b Marchal gagne")
    path.write_bytes(path.read_bytes()[:-1])
    source = read(path)
    assert source.text == "Marchal gagne\n"
    assert [one.reason for one in source.unread] == ["truncated"]
    path.write_bytes(b"{\\rtf1 Marchal \\")
    assert read(path).text == "Marchal \n"


def test_groups_without_end_are_refused(tmp_path: Path) -> None:
    assert refusal(rtf(tmp_path, "{" * 100_000)) == "damaged_office"
