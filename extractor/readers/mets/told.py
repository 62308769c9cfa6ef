"""What the descriptions within a METS file (MODS, Dublin Core) say of the document as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.readers.source import Told
from extractor.readers.xml import Element, child, children, local, text_of

_MOST = 500
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|T)")
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_DUBLIN_CORE = {
    "title": "title",
    "date": "published_on",
    "issued": "published_on",
    "publisher": "publisher",
    "language": "language",
    "creator": "author",
    "isPartOf": "series",
}


def told_by(root: Element) -> list[Told]:
    """Return what is told of the document, the first of each kind."""
    found: dict[str, Told] = {}
    for section in _of_the_whole(root):
        for one in (*_mods(section), *_dublin_core(section)):
            value = " ".join(one.value.split())[:_MOST]
            if one.field == "published_on":
                value = _iso(value)
            if value:
                found.setdefault(one.field, Told(one.field, value, one.origin))
    if "title" not in found and (label := " ".join(root.get("LABEL", "").split())):
        found["title"] = Told("title", label[:_MOST], "mets LABEL")
    return list(found.values())


def _of_the_whole(root: Element) -> list[Element]:
    """Return the descriptions of the outermost divisions that have any, else the first one."""
    sections = {section.get("ID", ""): section for section in children(root, "dmdSec")}
    named: list[Element] = []
    for structure in children(root, "structMap"):
        level = [*children(structure, "div")]
        while level and not named:
            for div in level[:1] if len(level) > 1 else level:
                named += (sections[one] for one in div.get("DMDID", "").split() if one in sections)
            level = [inner for div in level for inner in children(div, "div")] if len(level) == 1 else []
    return named or [*sections.values()][:1]


def _mods(section: Element) -> Iterator[Told]:
    for mods in section.iter("{*}mods"):
        title = child(mods, "titleInfo")
        if title is not None:
            parts = (text_of(child(title, name)).strip() for name in ("title", "subTitle", "partNumber"))
            yield Told("title", " : ".join(part for part in parts if part), "mods titleInfo")
        for origin in children(mods, "originInfo"):
            yield Told("published_on", text_of(child(origin, "dateIssued")), "mods dateIssued")
            yield Told("publisher", text_of(child(origin, "publisher")), "mods publisher")
        yield Told("language", text_of(child(mods, "language", "languageTerm")), "mods languageTerm")
        yield Told("author", text_of(child(mods, "name", "namePart")), "mods namePart")
        for related in children(mods, "relatedItem"):
            if related.get("type") in ("host", "series"):
                yield Told("series", text_of(child(related, "titleInfo", "title")), "mods relatedItem")


def _dublin_core(section: Element) -> Iterator[Told]:
    for element in section.iter("{http://purl.org/dc/elements/1.1/}*", "{http://purl.org/dc/terms/}*"):
        name = local(element)
        if name in _DUBLIN_CORE:
            yield Told(_DUBLIN_CORE[name], text_of(element), f"dc {name}")


def _iso(date: str) -> str:
    """Return a date in the form of ISO 8601, nothing where it cannot be told."""
    if match := _ISO.match(date):
        return match.group()
    if match := _PACKED.fullmatch(date):
        return "-".join(match.groups())
    if match := _DAY_FIRST.fullmatch(date):
        day, month, year = (int(part) for part in match.groups())
        return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    return ""
