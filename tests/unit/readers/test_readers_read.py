"""Reading one source: limits, formats, and what the system refuses."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import time
import tracemalloc
import types
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import STANDARD_INPUT, ReadOptions, Source, read_source
from extractor.readers.formats import FORMATS, Format, begins, format_of
from extractor.readers.source import SourceText


def named(path: Path) -> Source:
    return Source(str(path), path)


def refusal(path: Path, **options: int) -> InputError:
    with pytest.raises(InputError) as caught:
        read_source(named(path), ReadOptions(**options))
    return caught.value


def test_a_report_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "nogaro.txt"
    path.write_bytes("\ufeffDébut\r\nSuite\rFin\n".encode())
    read = read_source(named(path))
    assert read.text == "Début\r\nSuite\rFin\n"
    assert read.source == str(path)
    assert (read.media_type, read.encoding) == ("text/plain", "utf-8")


def test_the_digest_is_of_the_text_whatever_the_encoding(tmp_path: Path) -> None:
    text = "Théo gagne à Albi."
    digests = set()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.txt"
        path.write_text(text, encoding=encoding)
        digests.add(read_source(named(path)).sha256)
    assert digests == {hashlib.sha256(text.encode()).hexdigest()}


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Théo".encode("cp1252"))))
    source = Source(STANDARD_INPUT, None)
    assert read_source(source).text == "Théo"
    assert source.stem == "stdin"


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\ufeff \xa0".encode()])
def test_nothing_to_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vide.txt"
    path.write_bytes(content)
    assert refusal(path).code == "empty_file"


LOCAL_HEADER = b"PK\x03\x04" + b"\x00" * 26
SAMPLES = {
    "PDF": b"%PDF-1.7",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff\xe0",
    "TIFF": b"II*\x00",
    "GIF": b"GIF89a",
    "BMP": b"BM" + bytes(12) + b"\x28\0\0\0",
    "WebP": b"RIFF\x10\0\0\0WEBPVP8L",
    "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n",
    "ALTO": b'<?xml version="1.0"?><!-- a page --><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">',
    "PAGE": b'<?xml version="1.0"?><pc:PcGts xmlns:pc="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">',
    "METS": b'<METS:mets xmlns:METS="http://www.loc.gov/METS/">',
    "hOCR": b"<?xml version='1.0'?><!DOCTYPE html><html><body><div class='ocr_page'></div></body></html>",
    "mail": b"From: a@b.example\r\nSubject: Nogaro\r\nDate: Sun, 23 May 2021 18:00:00 +0200\r\n\r\nTavernier",
    "HTML": b"<!DOCTYPE HTML><html><body>",
    "RTF": b"{\\RTF1",
    "DOCX": LOCAL_HEADER + b"word/document.xml",
    "ODT": LOCAL_HEADER + b"mimetypeapplication/vnd.oasis.opendocument.text",
    "FODT": b'<office:document office:mimetype="application/vnd.oasis.opendocument.text">',
    "XLSX": LOCAL_HEADER + b"xl/workbook.xml",
    "PPTX": LOCAL_HEADER + b"ppt/presentation.xml",
    "OpenDocument": LOCAL_HEADER + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "EPUB": LOCAL_HEADER + b"mimetypeapplication/epub+zip",
    "ZIP": b"PK\x03\x04",
    "XML": b"<?xml version='1.0'?><rss>",
    "Word 97": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "gzip": b"\x1f\x8b",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "RAR": b"Rar!\x1a\x07",
}


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_formats_are_known_by_their_content(known: Format) -> None:
    assert format_of(SAMPLES[known.name] + b" and so on") is known


@pytest.mark.parametrize(
    "known", [known for known in FORMATS if known.module is None], ids=lambda known: known.name
)
def test_formats_without_a_reader_are_named(tmp_path: Path, known: Format) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(SAMPLES[known.name] + b" and so on \x00")
    error = refusal(path)
    assert error.code == "unsupported_format"
    assert known.name in str(error)


def test_a_page_may_begin_with_blank_lines_and_a_mark() -> None:
    page = format_of(b"\xef\xbb\xbf\n  <!DOCTYPE html>")
    assert page is not None
    assert page.name == "HTML"
    assert format_of("« Pk » gagne".encode()) is None


def test_the_door_is_open_for_a_new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("shouting")
    module.read = (
        lambda content, reading: SourceText.of(  # type: ignore[attr-defined]
            content[2:].decode().upper(), source=reading.source.name, media_type="text/x-cri"
        )
    )
    monkeypatch.setitem(sys.modules, "shouting", module)
    shouting = Format("Cri", "text/x-cri", begins(b"!!"), "shouting")
    monkeypatch.setattr("extractor.readers.formats.FORMATS", (shouting, *FORMATS))
    path = tmp_path / "a.txt"
    path.write_bytes(b"!!depart")
    read = read_source(named(path))
    assert (read.text, read.media_type) == ("DEPART", "text/x-cri")


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 100)
    assert len(read_source(named(path), ReadOptions(max_bytes=100)).text) == 100
    error = refusal(path, max_bytes=99)
    assert error.code == "too_large"
    assert "99" in str(error)


def test_fifty_megabytes_of_one_line_are_refused_fast_and_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "ligne.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    started = time.process_time()
    try:
        assert refusal(path).code == "too_large"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 2
    assert peak < 45_000_000


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "rien.txt").code == "not_found"
    (tmp_path / "a.txt").write_text("a")
    assert refusal(tmp_path / "a.txt" / "b.txt").code == "not_found"
    (tmp_path / "lien.txt").symlink_to(tmp_path / "rien.txt")
    assert refusal(tmp_path / "lien.txt").code == "broken_link"
    (tmp_path / "soi.txt").symlink_to(tmp_path / "soi.txt")
    assert refusal(tmp_path / "soi.txt").code == "broken_link"
    assert refusal(tmp_path / ("x" * 5000)).code == "unreadable"
    assert refusal(tmp_path / "a\0b").code == "unreadable"
    assert refusal(tmp_path).code == "unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("a")
    path.chmod(0)
    assert refusal(path).code == "no_permission"


def test_what_the_system_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(Path, "open", refuse)
    failure: OSError = PermissionError(13, "Permission denied")
    assert refusal(tmp_path / "a").code == "no_permission"
    failure = OSError(5, "Input/output error")
    assert "Input/output error" in str(refusal(tmp_path / "a"))
