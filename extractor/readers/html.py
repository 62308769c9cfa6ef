"""Web pages: all their visible text, and what of it is the article.

The parser is libxml2's for HTML, which mends what it can, fetches nothing and knows no external entities.
What is no part of the article stays in the text and is marked as left out.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.errors import InputError
from extractor.readers.html_charset import decode_page
from extractor.readers.options import Reading
from extractor.readers.source import SourceText, Unread

MEDIA_TYPE = "text/html"
Element = Any

_MOST_IMAGES = 50
_LEAST_HIDDEN = 300  # characters; what is hidden and shorter is a hint for the blind or a button
_EMPTY_ELEMENTS = re.compile(r"<(script|style|title|textarea|iframe|noscript)\b([^<>]*)/>", re.IGNORECASE)
_MERELY_AROUND = re.compile(
    r"</?(?:font|span|b|i|u|tt|big|small|em|strong|nobr|a|ins|del|label|abbr|cite|code)\b[^<>]*>",
    re.IGNORECASE,
)
_AROUND_BLOCKS = re.compile(
    r"</?(?:div|section|article|main|center|blockquote|ul|ol|dl|li|dt|dd|form|fieldset|table|tbody|thead|tr|td|th"
    r"|nav|aside|header|footer|figure|address|details|[a-z]+-[\w-]+)\b[^<>]*>",
    re.IGNORECASE,
)


_LONG_TAG = re.compile(r"<[A-Za-z][^<]{20000}")
_TAG = re.compile(r"""<([A-Za-z][\w:-]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_LONGEST_TAG = 20_000  # characters; pictures written into the page are longer, and hostile pages


def read(content: bytes, reading: Reading) -> SourceText:
    """Read a page.

    Raises:
        InputError: ``only_frames``, ``no_visible_text``, or of its encoding.
    """
    page, encoding = decode_page(content, source=reading.source.name, encoding=reading.options.encoding)
    return read_page(page, reading, encoding=encoding)


def read_page(page: str, reading: Reading, *, encoding: str = "utf-8") -> SourceText:
    """Read a page whose characters are known, as the one in a mail; errors as :func:`read`."""
    from extractor.readers.html_article import skipped_lines
    from extractor.readers.html_text import page_text
    from extractor.readers.html_told import told

    root, is_flat = parse(page)
    said = told(root)
    frames = [frame.get("src") or "" for frame in root.iter("frame")]
    seen = page_text(root)
    if not seen.text.strip():
        _refuse(reading, frames)
    hidden = [Unread("hidden", part=_beginning(one)) for one in seen.unseen if _is_long(one)]
    for one in seen.unseen:
        _drop(one)
    unread = [Unread("frame", part=name) for name in frames if name] + hidden
    skipped = () if is_flat else tuple(skipped_lines(root, seen.lines, seen.text))
    return SourceText.of(
        seen.text,
        source=reading.source.name,
        media_type=MEDIA_TYPE,
        encoding=encoding,
        skipped=skipped,
        unread=tuple(unread[:_MOST_IMAGES]),
        told=said,
    )


def parse(page: str) -> tuple[Element, bool]:
    """Return the tree of a page, and whether its nesting had to be given up to read it."""
    page = _EMPTY_ELEMENTS.sub(r"<\1\2></\1>", page)
    if _LONG_TAG.search(page):
        page = _TAG.sub(_without_attributes, page)
    root, is_cut = _parsed(page)
    if not is_cut:
        return root, False
    # Deeper than the parser goes, and it would leave out all that comes behind.
    return _parsed(_AROUND_BLOCKS.sub("<p>", _MERELY_AROUND.sub("", page)))[0], True


def _without_attributes(tag: re.Match[str]) -> str:
    """Return a tag, without attributes where they are so many that the parser would take time squared."""
    return tag.group() if len(tag.group()) < _LONGEST_TAG else f"<{tag.group(1)}>"


def _parsed(page: str) -> tuple[Element, bool]:
    import lxml.html
    from lxml import etree

    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        root = lxml.html.document_fromstring(b"<html><body></body></html>")
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, any(entry.type == limit for entry in parser.error_log)


def _refuse(reading: Reading, frames: list[str]) -> None:
    if frames:
        raise InputError("only_frames", source=reading.source.name, frames=", ".join(frames[:10]))
    raise InputError("no_visible_text", source=reading.source.name)


def _is_long(element: Element) -> bool:
    return sum(len(text.strip()) for text in element.itertext()) >= _LEAST_HIDDEN


def _beginning(element: Element) -> str:
    words = " ".join(" ".join(element.itertext()).split())
    return words[:60] + "…"


def _drop(element: Element) -> None:
    """Take an element out of the page, and leave what stands behind it."""
    if element.getparent() is not None:
        element.drop_tree()
