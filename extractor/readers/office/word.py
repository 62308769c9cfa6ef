"""Names, styles and automatic numbers of WordprocessingML.

Specification: ECMA-376 (Office Open XML), part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extractor.readers.office import numbers

# The last parts of namespaces, which the transitional and the strict form have in common.
_PREFIXES = {
    "wordprocessingml/2006/main": "w",
    "wordprocessingml/main": "w",
    "markup-compatibility/2006": "mc",
    "drawingml/2006/main": "a",
    "drawingml/main": "a",
    "officeDocument/2006/math": "m",
    "officeDocument/math": "m",
    "officeDocument/2006/relationships": "r",
    "officeDocument/relationships": "r",
    "urn:schemas-microsoft-com:vml": "v",
}
_OFF = frozenset({"0", "false", "off", "none"})
_MOST_ANCESTORS = 20  # styles based on styles; Word itself allows ten or so
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    known = (prefix for end, prefix in _PREFIXES.items() if space.endswith(end))
    return f"{next(known, '?')}:{local}"


def name_of(element: Any) -> str:
    """Return the name of an element with a short prefix, such as ``w:p``; nothing for comments."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str = "val", default: str = "") -> str:
    """Return an attribute, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


def children(element: Any, *names: str) -> Iterator[Any]:
    """Yield the children of these names."""
    return (child for child in element if name_of(child) in names)


def child(element: Any, *path: str) -> Any:
    """Return what names lead to, the first each time; ``None`` where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def is_on(properties: Any, *names: str) -> bool:
    """Say whether a switch such as ``w:vanish`` is on."""
    return any(attribute(switch).lower() not in _OFF for switch in children(properties, *names))


def _number(element: Any, default: int = 0) -> int:
    try:
        return default if element is None else int(attribute(element))
    except ValueError:
        return default


@dataclass(slots=True)
class _Style:
    based_on: str | None
    number: str | None
    level: int | None
    hidden: bool


class Styles:
    """What paragraphs and stretches of text get from their styles."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self.default: str | None = None
        for style in () if root is None else children(root, "w:style"):
            name = attribute(style, "styleId")
            self._styles[name] = _style(style)
            if attribute(style, "type") == "paragraph" and attribute(style, "default", "0") not in _OFF:
                self.default = name

    def lineage(self, name: str | None) -> Iterator[tuple[str, _Style]]:
        """Yield a style and those that it is based on."""
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get(name) if name is not None else None
            if style is None or name is None:
                return
            yield name, style
            name = style.based_on

    def hides(self, name: str | None) -> bool:
        """Say whether text in a style is not shown."""
        return any(style.hidden for _, style in self.lineage(name))


def _style(style: Any) -> _Style:
    based_on, number, level, text = (
        child(style, *path)
        for path in (
            ("w:basedOn",),
            ("w:pPr", "w:numPr", "w:numId"),
            ("w:pPr", "w:numPr", "w:ilvl"),
            ("w:rPr",),
        )
    )
    return _Style(
        based_on=None if based_on is None else attribute(based_on),
        number=None if number is None else attribute(number),
        level=None if level is None else _number(level),
        hidden=text is not None and is_on(text, "w:vanish"),
    )


@dataclass(slots=True)
class _Level:
    start: int = 0
    format: str = "decimal"
    text: str = ""
    restarts: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Counts:
    """Where the lists of one definition have got to."""

    now: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    begun: set[str] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of lists as Word does."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, _Counts] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for definition in children(root, "w:abstractNum"):
            name = attribute(definition, "abstractNumId")
            self._definitions[name] = _levels(definition)
            if (link := child(definition, "w:numStyleLink")) is not None:
                self._linked[name] = attribute(link)
        for listed in children(root, "w:num"):
            changed, starts = {}, {}
            for override in children(listed, "w:lvlOverride"):
                level = _int(attribute(override, "ilvl"))
                changed.update(_levels(override))
                if (start := child(override, "w:startOverride")) is not None:
                    starts[level] = numbers.sane(_number(start))
            definition = child(listed, "w:abstractNumId")
            name = "" if definition is None else attribute(definition)
            self._lists[attribute(listed, "numId")] = (name, changed, starts)

    def label(self, properties: Any) -> str:
        """Return the number or bullet before a paragraph, with the blank behind it; count it.

        Args:
            properties: Its ``w:pPr``, or ``None``.
        """
        listed, level = self._place(properties)
        if listed is None or listed not in self._lists:
            return ""
        name, changed, starts = self._lists[listed]
        name, levels = self._resolved(name)
        levels = levels | changed
        counts = self._counts.setdefault(name, _Counts())
        if listed not in counts.begun:
            counts.begun.add(listed)
            for begun, start in starts.items():
                if begun < _LEVELS:
                    counts.now[begun] = None
                    levels[begun] = _started(levels.get(begun), start)
        _count(counts.now, levels, level)
        return _shown(counts.now, levels, level)

    def _place(self, properties: Any) -> tuple[str | None, int]:
        """Return the list that a paragraph belongs to, and its level there."""
        own = child(properties, "w:numPr", "w:numId")
        level = child(properties, "w:numPr", "w:ilvl")
        at = max(0, min(_number(level), _LEVELS - 1))
        if own is not None:
            return (attribute(own) if attribute(own) != "0" else None), at
        style = child(properties, "w:pStyle")
        for name, known in self._styles.lineage(self._styles.default if style is None else attribute(style)):
            if known.number is not None:
                if known.number == "0":
                    return None, 0
                if level is None:
                    at = self._level_of_style(known.number, name, known.level or 0)
                return known.number, at
        return None, 0

    def _level_of_style(self, listed: str, style: str, default: int) -> int:
        name, _, _ = self._lists.get(listed, ("", {}, {}))
        levels = self._definitions.get(name, {})
        return next((at for at, level in levels.items() if level.style == style), default)

    def _resolved(self, name: str) -> tuple[str, dict[int, _Level]]:
        """Return the definition itself where one stands for that of a style."""
        if (style := self._linked.get(name)) is not None:
            for _, known in self._styles.lineage(style):
                if known.number in self._lists:
                    name = self._lists[known.number][0]
                    break
        return name, self._definitions.get(name, {})


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _started(level: _Level | None, start: int) -> _Level:
    if level is None:
        return _Level(start=start)
    return _Level(start, level.format, level.text, level.restarts, level.legal, level.style)


def _levels(parent: Any) -> dict[int, _Level]:
    return {
        at: _level(level)
        for level in children(parent, "w:lvl")
        if (at := _int(attribute(level, "ilvl"))) < _LEVELS
    }


def _level(level: Any) -> _Level:
    text, restarts, style, shown = (
        child(level, f"w:{name}") for name in ("lvlText", "lvlRestart", "pStyle", "numFmt")
    )
    read = _Level(
        start=numbers.sane(_number(child(level, "w:start"))),
        format="decimal" if shown is None else attribute(shown),
        text="" if text is None else attribute(text),
        restarts=None if restarts is None else _number(restarts),
        legal=is_on(level, "w:isLgl"),
        style=None if style is None else attribute(style),
    )
    if child(level, "w:lvlPicBulletId") is not None:
        read.text = numbers.BULLET
    return read


def _count(now: list[int | None], levels: dict[int, _Level], at: int) -> None:
    """Go on to the next paragraph of a level; those below begin anew, those above have begun."""
    for above in range(at):
        if now[above] is None:
            now[above] = levels.get(above, _Level()).start
    last = now[at]
    now[at] = levels.get(at, _Level()).start if last is None else last + 1
    for below in range(at + 1, _LEVELS):
        restarts = levels.get(below, _Level()).restarts
        if restarts is None or at < restarts:
            now[below] = None


def _shown(now: list[int | None], levels: dict[int, _Level], at: int) -> str:
    level = levels.get(at)
    if level is None or not level.text or level.format == "none":
        return ""
    if level.format == "bullet":
        return numbers.bullet(level.text) + " "

    def number(place: re.Match[str]) -> str:
        which = int(place.group(1)) - 1
        style = "decimal" if level.legal else levels.get(which, level).format
        return _formatted(now[which] or 0, style)

    # A number that stands close to its paragraph is none of its first word nevertheless.
    return _PLACE.sub(number, level.text).rstrip() + " "


def _formatted(number: int, style: str) -> str:
    match style:
        case "lowerRoman":
            return numbers.roman(number)
        case "upperRoman":
            return numbers.roman(number).upper()
        case "lowerLetter":
            return numbers.letters(number)
        case "upperLetter":
            return numbers.letters(number).upper()
        case "ordinal":
            return numbers.ordinal(number)
        case "decimalZero":
            return f"{number:02}"
        case "bullet" | "none":
            return ""
    return str(number)
