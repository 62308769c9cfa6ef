"""Word documents are read as they are shown, with the numbers that Word counts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, read_source


def saved(document: Any, folder: Path) -> Path:
    path = folder / "nogaro.docx"
    document.save(path)
    return path


def read(path: Path, **options: Any) -> SourceText:
    return read_source(Source(path.name, path), ReadOptions(**options))


def body(document: Any, *blocks: str) -> None:
    """Add blocks in WordprocessingML behind what the document has."""
    last = document.element.body.sectPr
    for block in blocks:
        start, rest = block.split(">", 1) if not block.split(">", 1)[0].endswith("/") else (block[:-2], "")
        declared = f"{start} {nsdecls('w', 'wp', 'a', 'r')} {MORE}"
        last.addprevious(parse_xml(f"{declared}>{rest}" if rest else f"{declared}/>"))


MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def lines(tmp_path: Path, *blocks: str) -> list[str]:
    document = docx.Document()
    body(document, *blocks)
    return read(saved(document, tmp_path)).text.splitlines()


def test_paragraphs_are_lines_and_empty_ones_stay(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Tavernier en maître à Nogaro", 0)
    document.add_paragraph()
    document.add_paragraph("Jean Tavernier s'impose\tdevant Louis Marchal.\nPaul Ortolan abandonne.")
    source = read(saved(document, tmp_path))
    assert source.text == (
        "Tavernier en maître à Nogaro\n\n"
        "Jean Tavernier s'impose\tdevant Louis Marchal.\nPaul Ortolan abandonne.\n"
    )
    assert source.media_type.endswith("wordprocessingml.document")
    assert (source.skipped, source.unread, source.joins) == ((), (), ())


def test_the_numbers_of_a_list_are_its_places(tmp_path: Path) -> None:
    document = docx.Document()
    for name in ("Tavernier", "Marchal"):
        document.add_paragraph(name, style="List Number")
    document.add_paragraph("Abandons")
    document.add_paragraph("Ortolan", style="List Bullet")
    document.add_paragraph("Sarrazac", style="List Number")
    text = read(saved(document, tmp_path)).text
    assert text == "1. Tavernier\n2. Marchal\nAbandons\n• Ortolan\n3. Sarrazac\n"


def test_levels_formats_restarts_and_beginnings(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, start, form, text in (
            (0, 1, "upperRoman", "%1 -"),
            (1, 3, "lowerLetter", "%2)"),
            (2, 1, "decimal", "%1.%2.%3"),
        )
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    )
    for number, override in (
        (91, ""),
        (92, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'),
    ):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{override}</w:num>'
            )
        )
    items = [(91, 0), (91, 1), (91, 1), (91, 2), (91, 0), (91, 1), (92, 0), (0, 0)]
    body(
        document,
        *(
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
            "<w:r><w:t>X</w:t></w:r></w:p>"
            for number, level in items
        ),
    )
    assert read(saved(document, tmp_path)).text.splitlines() == [
        "I - X",
        "c) X",
        "d) X",
        "I.d.1 X",
        "II - X",
        "c) X",
        "IV - X",
        "X",
    ]


def test_tables_are_rows_and_columns_of_text_are_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in enumerate(
        (("1", "Tavernier", "BMW"), ("2", "Marchal\nOrtolan", ""), ("", "Vidal", ""))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    columns = document.add_table(1, 2)
    columns.cell(0, 0).text = "Jean Tavernier a dominé la course de bout en bout. " * 3
    columns.cell(0, 0).add_paragraph("Louis Marchal a suivi.")
    columns.cell(0, 1).text = "Le circuit est rapide."
    assert read(saved(document, tmp_path)).text.splitlines() == [
        "1 | Tavernier | BMW",
        "2 | Marchal / Ortolan",
        " | Vidal",
        "Jean Tavernier a dominé la course de bout en bout. " * 3,
        "Louis Marchal a suivi.",
        "Le circuit est rapide.",
    ]


def test_running_heads_and_feet_are_in_the_text_and_no_part_of_the_report(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "L'Écho des paddocks"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Jean Tavernier gagne.")
    source = read(saved(document, tmp_path))
    assert source.text == "L'Écho des paddocks\nJean Tavernier gagne.\nPage 1\n"
    assert [(source.text[one.start : one.end], one.reason) for one in source.skipped] == [
        ("L'Écho des paddocks\n", "running_head"),
        ("Page 1\n", "running_head"),
    ]


def test_insertions_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    body(
        document,
        "<w:p><w:r><w:t>Tavernier </w:t></w:r>"
        '<w:del w:id="1" w:author="x"><w:r><w:delText>perd</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>gagne</w:t></w:r></w:ins></w:p>',
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="x"/></w:rPr></w:pPr><w:r><w:t>Marchal </w:t></w:r></w:p>',
        "<w:p><w:r><w:t>abandonne.</w:t></w:r></w:p>",
    )
    source = read(saved(document, tmp_path))
    assert source.text == "Tavernier gagne\nMarchal abandonne.\n"
    assert [one.reason for one in source.unread] == ["deletions"]


def test_what_is_hidden_is_not_text_and_is_reported(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Tavernier gagne")
    paragraph.add_run(" caché").font.hidden = True
    source = read(saved(document, tmp_path))
    assert source.text == "Tavernier gagne\n"
    assert [one.reason for one in source.unread] == ["hidden_text"]


def test_fields_show_their_results_and_signs_are_those_shown(tmp_path: Path) -> None:
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{text}'
        for kind, text in (
            ("begin", "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>"),
            ("separate", "<w:r><w:t>Marchal</w:t></w:r>"),
            ("end", ""),
        )
    )
    assert lines(
        tmp_path,
        f"<w:p>{field}<w:r><w:t xml:space='preserve'> gagne</w:t><w:br/><w:t>Jean</w:t><w:noBreakHyphen/><w:t>Luc"
        "</w:t><w:softHyphen/><w:t>ien</w:t><w:tab/><w:sym w:char='F0B7' w:font='Symbol'/></w:r></w:p>",
    ) == ["Marchal gagne", "Jean\u2011Luc\xadien\t•"]


def test_a_text_box_follows_its_paragraph_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Ils ont dit</w:t></w:r></w:p></w:txbxContent>"
    assert lines(
        tmp_path,
        "<w:p><w:r><w:t>Tavernier gagne.</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
    ) == ["Tavernier gagne.", "Ils ont dit"]


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    """Return the document with parts replaced, added, or left out."""
    content = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            part = changes[name] if name in changes else old.read(name)
            if part is not None:
                new.writestr(name, part)
    path.write_bytes(content.getvalue())
    return path


def test_notes_stand_behind_the_text_and_their_marks_are_passed_over(tmp_path: Path) -> None:
    document = docx.Document()
    body(
        document,
        '<w:p><w:r><w:t>Tavernier</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r>'
        "<w:r><w:t> gagne.</w:t></w:r></w:p>",
    )
    path = saved(document, tmp_path)
    with zipfile.ZipFile(path) as package:
        references = package.read("word/_rels/document.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rewritten(
        path,
        {
            "word/_rels/document.xml.rels": references.replace(
                b"</Relationships>",
                b'<Relationship Id="n" Type="%s" Target="footnotes.xml"/></Relationships>' % kind,
            ),
            "word/footnotes.xml": f'<w:footnotes {nsdecls("w")}><w:footnote w:id="7"><w:p><w:r><w:footnoteRef/>'
            "</w:r><w:r><w:t>Sur BMW.</w:t></w:r></w:p></w:footnote></w:footnotes>".encode(),
        },
    )
    source = read(path)
    assert source.text == "Tavernier¹ gagne.\n¹ Sur BMW.\n"
    assert [source.text[one.start : one.end] for one in source.skipped] == ["¹", "¹ "]


def test_what_the_properties_say(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Tavernier gagne.")
    document.core_properties.title, document.core_properties.author = "Nogaro, course 1", "A. Vidal"
    document.core_properties.language = "fr-FR"
    told = read(saved(document, tmp_path)).told
    assert [(one.field, one.value, one.origin) for one in told] == [
        ("title", "Nogaro, course 1", "docx core title"),
        ("author", "A. Vidal", "docx core creator"),
        ("language", "fr-FR", "docx core language"),
    ]


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    assert caught.value.source == path.name
    return caught.value.code


def plain(tmp_path: Path, texts: Iterable[str] = ("Tavernier gagne.",)) -> Path:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document, tmp_path)


def test_damaged_documents(tmp_path: Path) -> None:
    whole = plain(tmp_path).read_bytes()
    path = tmp_path / "abime.docx"
    for length in (100, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:length])
        assert refusal(path) in ("damaged_office", "damaged_zip")
    path.write_bytes(whole)
    assert refusal(rewritten(path, {"word/document.xml": b"<w:document><w:p>"})) == "damaged_xml"


def test_entities_and_bombs(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    assert refusal(rewritten(plain(tmp_path), {"word/document.xml": laughs})) == "xml_entities"
    blown = b"<w>" + b" " * 30_000_000 + b"</w>"
    assert refusal(rewritten(plain(tmp_path), {"word/document.xml": blown})) == "archive_bomb"
    assert refusal(plain(tmp_path, ["Tavernier"] * 50), max_unpacked_bytes=5_000) == "part_too_large"
