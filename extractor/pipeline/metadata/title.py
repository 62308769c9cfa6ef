"""The title of a report, and who publishes it."""

from __future__ import annotations

import re

from extractor.lexicon.fold import fold
from extractor.pipeline.metadata.head import Line, is_organisation, is_paper, one_line

Stretch = tuple[int, int]

_PARTED = re.compile(r"\s[–—-]\s|\s:\s")
_COMMUNIQUE_OF = re.compile(
    r"^\W*communiqu[eé](?:\s(?:de\spresse|n\s?[°º]\s?\d+))?\s(?:de\sla|de\sl['’]|de|du|des|d['’])\s?"
    r"(?P<name>[^,–—:\n]{3,60})",
    re.IGNORECASE,
)
_COMMUNICATES = re.compile(
    r"^(?:L[ea]s?\s|L['’])(?P<name>[^,.:\n]{3,70}?)\scommunique"
    r"(?:nt)?\s?:",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^\W{0,3}(?:source|sources|d['’]apr[eè]s)\s?:\s?"
    r"(?P<name>[^\n.;|(]{3,60})",
    re.IGNORECASE,
)
_SMALL = re.compile(r"^(?:de\sla|de\sl['’]|du|des|de|la|le|les|l['’]|d['’])\s?", re.IGNORECASE)


def title_of(head: list[Line]) -> Stretch | None:
    """Return where the title stands: the first line that is a heading of the report.

    Where every line of the head says what paper it is, one that says more is taken: "Bulletin n° 4 – Nos
    sociétaires à Nogaro".
    """
    for line in head:
        if line.part == "heading":
            return line.start, line.start + _first_heading(line.text)
        if line.part in ("prose", "list"):
            break
    for line in head:
        if line.part in ("prose", "list"):
            break
        if line.part == "paper" and _says_more(line):
            return line.start, line.end
    return None


def _first_heading(text: str) -> int:
    """Return where the first of two headings that were read as one ends: that in capitals."""
    first, mark, second = text.partition("\n")
    apart = mark and first.isupper() and len(first.split()) > 2 and any(c.islower() for c in second)
    return (
        len(first.rstrip())
        if apart and first.rstrip()[-1] not in "-–,:" and not second[:1].islower()
        else len(text)
    )


def _says_more(line: Line) -> bool:
    """Tell whether a line of the paper has a heading in it, too."""
    parts = [part.strip() for part in _PARTED.split(line.text)]
    dated = [fold(line.text[d.start - line.start : d.end - line.start]) for d in line.dates]
    telling = [
        part
        for part in parts
        if not is_paper(part)
        and not is_organisation(part)
        and len(part) > 8
        and not any(date in fold(part) for date in dated)
        and "|" not in part
    ]
    return len(parts) > 1 and bool(telling) and any(is_paper(part) for part in parts)


def publisher_of(head: list[Line], text: str) -> tuple[Stretch, str] | None:
    """Return who publishes the paper, and where that stands: a masthead, "Communiqué de …", "Source : …"."""
    for line in head:
        if line.part == "masthead":
            return (line.start, line.end), line.on_one_line
        for pattern in (_COMMUNIQUE_OF, _COMMUNICATES):
            found = pattern.match(line.text)
            if found and line.part in ("paper", "heading") and _is_name(found["name"]):
                return _named(line.start, found)
        if line.part in ("prose", "list"):
            break
    last = text.rstrip().rpartition("\n")[2]
    found = _SOURCE.match(last)
    if found and _is_name(found["name"]):
        return _named(len(text.rstrip()) - len(last), found)
    return None


def _is_name(words: str) -> bool:
    """Tell whether what follows "communiqué de" is somebody's name, not "presse" or "la course"."""
    key = fold(_SMALL.sub("", words.strip()))
    return any(c.isupper() for c in words) and not key.startswith(
        ("presse", "course", "fin", "apres", "victoire", "commission", "meeting", "comite d'org")
    )


def _named(start: int, found: re.Match[str]) -> tuple[Stretch, str]:
    name = found["name"].rstrip()
    return (start + found.start("name"), start + found.start("name") + len(name)), one_line(name)
