"""Writing HTML in which nothing from the record can be anything but text."""

from __future__ import annotations

import unicodedata
from html import escape

from extractor.exports.plain import one_line

_KEPT = "\n\t"
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_HARMLESS = frozenset({"\N{SOFT HYPHEN}", "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"})


class Html(str):
    """Markup that is safe to put into a page as it is."""

    __slots__ = ()


def element(tag: str, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """Return an element. Children that are no :class:`Html` are escaped; ``None`` and "" say nothing.

    An attribute is named with ``_`` for ``-`` and a trailing ``_`` where Python has the word; ``None`` and
    ``False`` leave it out.
    """
    shown = "".join(_attribute(name, value) for name, value in attributes.items())
    inside = "".join(content(child) for child in children if child)
    return Html(f"<{tag}{shown}>{inside}</{tag}>")


def content(child: str) -> Html:
    """Return a child as markup: as it is, or a name or sentence of the record as harmless text."""
    return child if isinstance(child, Html) else Html(escape(one_line(child)))


def joined(*parts: str | None, by: str = "") -> Html:
    """Return parts one after the other with ``by``, which is markup, between; empty parts are left out."""
    return Html(by.join(content(part) for part in parts if part))


def verbatim(text: str, following: str = "") -> Html:
    """Return the document's own text, every character in its place.

    A line break of any kind is one line feed to a browser. What cannot be seen, or would change the
    direction of writing, is shown by its number.

    Args:
        text: A stretch of the document.
        following: The character after it, if any.
    """
    return Html(
        "".join(_verbatim(c, after) for c, after in zip(text, text[1:] + following[:1] + " ", strict=False))
    )


def _verbatim(character: str, following: str) -> str:
    if character == "\r":
        return "" if following == "\n" else "\n"
    if character in _KEPT or character in _HARMLESS:
        return character
    if unicodedata.category(character) in _UNFIT:
        return f'<span class="control">U+{ord(character):04X}</span>'
    return escape(character)


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escape(one_line(str(value)))}"'
