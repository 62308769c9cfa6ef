"""Reading a METS file and the pages that it points to."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace

from extractor.errors import InputError
from extractor.readers.marked import Layout, source_text
from extractor.readers.mets.articles import Articles
from extractor.readers.mets.files import PointedTo, TextFiles, pointed_to
from extractor.readers.mets.told import told_by
from extractor.readers.options import Reading
from extractor.readers.source import SourceText, Unread
from extractor.readers.xml import parse_xml

MEDIA_TYPE = "application/mets+xml"

_GZIP = b"\x1f\x8b"
_MOST_BYTES_OF_A_PAGE = 100_000_000


def read(content: bytes, reading: Reading) -> SourceText:
    """Read the pages that a METS file points to.

    A page whose file is missing, elsewhere or damaged is unread and stops nothing.

    Raises:
        InputError: The METS file is damaged or made to do harm, points to no text, or to none that is there.
    """
    source, options = reading.source.name, reading.options
    root = parse_xml(content, source=source, encoding=options.encoding)
    files = TextFiles([*pointed_to(root)]).in_order(root)
    if not files:
        raise InputError("mets_without_text", source=source)
    articles, layout = Articles(root), Layout(told=told_by(root))
    number = 0
    for done, file in enumerate(files, 1):
        if number >= options.max_pages:
            if all(one.reason != "too_many_pages" for one in layout.unread):
                layout.unread.append(Unread("too_many_pages", number + 1))
            break
        if file is None:
            number += 1
            layout.unread.append(Unread("no_text_layer", number))
        else:
            number = _add(layout, file, number, articles, reading)
        reading.progress(done, len(files))
    if not layout.pages:
        first = next((file.address for file in files if file is not None), "")
        raise InputError("mets_without_files", source=source, count=len(files), name=first)
    return source_text(layout, reading, MEDIA_TYPE)


def files_of(content: bytes) -> list[str]:
    """Return the files beside a METS file that it points to, text and images, ``/`` between their parts.

    Whoever reads a folder or an archive leaves them out, for they are read with the METS file. Nothing where
    it is damaged or points to no text, so that its images are then read for themselves.
    """
    try:
        files = [*pointed_to(parse_xml(content, source="mets"))]
    except InputError:
        return []
    if not TextFiles(files):
        return []
    return list(dict.fromkeys(name for file in files if not file.is_remote for name in file.names))


def _add(layout: Layout, file: PointedTo, number: int, articles: Articles, reading: Reading) -> int:
    """Add the pages of a file, and return the number of the last one."""
    reason, content = _content(file, reading)
    options = reading.options
    of_file = None
    if content is not None:
        read_layout = _reader(content)
        try:
            if read_layout is not None:
                of_file = read_layout(
                    content,
                    source=file.address,
                    encoding=options.encoding,
                    max_pages=options.max_pages - number,
                )
        except InputError:
            of_file = None
    if of_file is None or not of_file.pages:
        layout.unread.append(Unread(reason or "unreadable_page", number + 1, file.address))
        return number + 1
    for page, ids in zip(of_file.pages, of_file.ids, strict=True):
        page.number += number
        page.blocks = articles.arranged(file.identity, page.blocks, ids)
        layout.pages.append(page)
    for one in of_file.unread:
        layout.unread.append(replace(one, page=(one.page or 1) + number, part=file.address))
    layout.ocr = layout.ocr or of_file.ocr
    known = {one.field for one in layout.told}
    layout.told += (one for one in of_file.told if one.field not in known)
    return number + len(of_file.pages)


def _content(file: PointedTo, reading: Reading) -> tuple[str | None, bytes | None]:
    """Return why a file cannot be had, or what it holds."""
    if file.is_remote:
        return "remote_file", None
    for name in file.names:
        try:
            return None, _unpacked(reading.beside(name))
        except OSError:
            continue
        except InputError:
            return "refused_file", None
        except (zlib.error, EOFError):
            return "unreadable_page", None
    return "missing_file", None


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    unpacking = zlib.decompressobj(wbits=31)
    text = unpacking.decompress(content, _MOST_BYTES_OF_A_PAGE)
    if unpacking.unconsumed_tail:
        raise zlib.error("too large")
    return text


def _reader(content: bytes) -> Callable[..., Layout] | None:
    from extractor.readers import alto, hocr, page_xml
    from extractor.readers.formats import format_of

    known = format_of(content)
    readers = {"ALTO": alto.layout_of, "PAGE": page_xml.layout_of, "hOCR": hocr.layout_of}
    return readers.get(known.name) if known is not None else None
