"""Names, styles and automatic numbers of OpenDocument.

Specification: OASIS Open Document Format for Office Applications 1.3, part 3: 5.3 (lists), 16.27 to 16.32
(their styles), 20.403 (``text:display``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extractor.readers.office import numbers

_MOST_ANCESTORS = 20
_LEVELS = 10
_PURL = "http://purl.org/dc/elements/1.1/"


@lru_cache(maxsize=4096)
def short(name: str) -> str:
    """Return a qualified name with the prefix that the specification uses, such as ``text:p``."""
    space, _, local = name.lstrip("{").rpartition("}")
    if space == _PURL:
        return f"dc:{local}"
    parts = space.split(":")  # urn:oasis:names:tc:opendocument:xmlns:text:1.0
    if "opendocument" in parts and len(parts) > 1:
        return f"{'draw' if parts[-2] == 'drawing' else parts[-2]}:{local}"
    return f"{'xlink' if space.endswith('/xlink') else '?'}:{local}"


def name_of(element: Any) -> str:
    """Return the name of an element, such as ``text:p``; nothing for comments."""
    return short(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str, default: str = "") -> str:
    """Return an attribute by its name with prefix."""
    for key, value in element.attrib.items():
        if short(key) == name:
            return str(value)
    return default


def child(element: Any, *path: str) -> Any:
    """Return what names lead to, the first each time; ``None`` where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def number(text: str, default: int = 0) -> int:
    """Return a number within what documents really have."""
    return numbers.sane(int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else default


@dataclass(slots=True)
class _Style:
    parent: str
    lists: str
    hidden: bool


@dataclass(slots=True)
class _Level:
    format: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    bullet: str = ""


@dataclass(slots=True)
class Counts:
    """Where a list has got to, level by level."""

    now: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Styles:
    """Styles of paragraphs, text and lists, from any number of parts."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._lists: dict[str, dict[int, _Level]] = {}
        self.outline: dict[int, _Level] = {}
        for root in roots:
            for part in ("office:styles", "office:automatic-styles"):
                self._read(child(root, part))

    def _read(self, part: Any) -> None:
        for style in () if part is None else part:
            name = name_of(style)
            if name == "style:style":
                text = child(style, "style:text-properties")
                key = attribute(style, "style:family"), attribute(style, "style:name")
                self._styles[key] = _Style(
                    attribute(style, "style:parent-style-name"),
                    attribute(style, "style:list-style-name"),
                    text is not None and attribute(text, "text:display") == "none",
                )
            elif name == "text:list-style":
                self._lists[attribute(style, "style:name")] = dict(_levels(style))
            elif name == "text:outline-style":
                self.outline = dict(_levels(style))

    def _lineage(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent

    def hides(self, element: Any, family: str) -> bool:
        """Say whether text in the style of an element is not shown."""
        name = attribute(element, "text:style-name")
        return any(style.hidden for style in self._lineage(family, name))

    def list_of(self, paragraph: Any) -> str:
        """Return the list style that a paragraph's style names, if any."""
        lineage = self._lineage("paragraph", attribute(paragraph, "text:style-name"))
        return next((style.lists for style in lineage if style.lists), "")

    def levels(self, name: str) -> dict[int, _Level]:
        """Return the levels of a list style."""
        return self._lists.get(name, {})


def _levels(style: Any) -> Iterator[tuple[int, _Level]]:
    for level in style:
        at = number(attribute(level, "text:level"), 1) - 1
        name = name_of(level)
        if not 0 <= at < _LEVELS or not name.startswith("text:"):
            continue
        read = _Level(
            format=attribute(level, "style:num-format"),
            before=attribute(level, "style:num-prefix"),
            after=attribute(level, "style:num-suffix"),
            start=number(attribute(level, "text:start-value"), 1),
            shown=number(attribute(level, "text:display-levels"), 1),
        )
        if name == "text:list-level-style-bullet":
            read.bullet = numbers.bullet(attribute(level, "text:bullet-char", numbers.BULLET))
        elif name == "text:list-level-style-image":
            read.bullet = numbers.BULLET
        yield at, read


def counted(counts: Counts, levels: dict[int, _Level], at: int, start: int | None = None) -> str:
    """Go on to the next item of a level and return its number or bullet, with the blank behind it.

    Args:
        counts: Where the list has got to.
        levels: Its style.
        at: The level, from 0.
        start: The number that the item itself says it has.
    """
    at = min(at, _LEVELS - 1)
    now = counts.now
    for above in range(at):
        if now[above] is None:
            now[above] = levels.get(above, _Level()).start
    level = levels.get(at, _Level())
    last = now[at]
    now[at] = start if start is not None else level.start if last is None else last + 1
    now[at + 1 :] = [None] * (_LEVELS - at - 1)
    if level.bullet:
        return level.bullet + " "
    if not level.format:
        return ""
    first = max(0, at + 1 - max(1, level.shown))
    shown = (
        _formatted(now[which] or 0, levels.get(which, _Level()).format) for which in range(first, at + 1)
    )
    # A number that stands close to its paragraph is none of its first word nevertheless.
    return f"{level.before}{'.'.join(filter(None, shown))}{level.after}".rstrip() + " "


def _formatted(value: int, form: str) -> str:
    match form:
        case "i":
            return numbers.roman(value)
        case "I":
            return numbers.roman(value).upper()
        case "a":
            return numbers.letters(value)
        case "A":
            return numbers.letters(value).upper()
        case "":
            return ""
    return str(value)
