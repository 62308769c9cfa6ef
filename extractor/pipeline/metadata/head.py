"""The head of a report: its first lines, each with the part that it plays.

Above a report stand the paper's own lines (who sends it, its number, when), menus of web pages, the
name of the column, the headings, and a dateline. Only the headings speak of the race.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import joined
from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import Layout
from extractor.values.dates import DateFound, find_dates

Part = Literal["furniture", "paper", "masthead", "rubric", "salutation", "date", "heading", "prose", "list"]

_RUBRICS = word_set("metadata_words", "rubric")
_LINES = 12
_CHARACTERS = 2600
_LONGEST_HEADING = 170
_ORDINAL_EVENT = re.compile(
    r"(?:\d{1,2}|[IVX]{1,6})\s?(?:ers?|[eè]re|[eè]me|[eè])\s+[^\W\d_]|(?:\d{1,2}|deux|trois|quatre|six|"
    r"huit|douze|vingt-quatre)\s+"
    r"(?:heures|h|cv|kilom|miles|km)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[–—|-]\s|\s:\s|\.\s[–—]\s|\n")
_FURNITURE = re.compile(r"\s[|>]\s|^\W*$")
_LONGEST_FURNITURE = 220
_SALUTATION = re.compile(
    r"(?:mes\s)?(?:ch[eè]re?s?|madame|mesdames|monsieur|messieurs|bonjour|bonsoir|salut|amis|amie?s)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_HOURS_OF = re.compile(r"\bheures\s(?:de|du|des|d['’])", re.IGNORECASE)
_MONTH_YEAR = re.compile(
    r"\b(?:janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[eé]cembre)\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the head.

    Attributes:
        part: What it is.
        text: Its characters.
        start: Where it begins.
        end: Where it ends.
        dates: The dates in it, in offsets of the whole text.
    """

    part: Part
    text: str
    start: int
    end: int
    dates: tuple[DateFound, ...]

    @property
    def on_one_line(self) -> str:
        """Return the text as it would stand on one line."""
        return one_line(self.text)


def one_line(text: str) -> str:
    """Return a text without line ends, words that they part put together."""
    return " ".join((joined(text) if "\n" in text else text).split())


def head_of(layout: Layout) -> list[Line]:
    """Return the first lines of a text, at most a dozen."""
    text = layout.tokens.source
    lines: list[Line] = []
    for block in layout.blocks[:_LINES]:
        if lines and block.start - layout.blocks[0].start > _CHARACTERS:
            break
        body = text[block.start : block.end]
        dates = tuple(find_dates(text, block.start, min(block.end, block.start + _CHARACTERS)))
        lines.append(Line(_part(body, block.kind, block.start, dates), body, block.start, block.end, dates))
    return _without_site_name(lines)


def last_line(layout: Layout) -> Line | None:
    """Return the last line of a text, in which letters have their place and date."""
    if not layout.blocks:
        return None
    block = layout.blocks[-1]
    start = layout.tokens.source.rfind("\n", block.start, block.end) + 1 or block.start
    if block.end - start > _LONGEST_HEADING:
        return None
    body = layout.tokens.source[start : block.end]
    dates = tuple(find_dates(layout.tokens.source, start, block.end))
    return Line(_part(body, block.kind, start, dates), body, start, block.end, dates)


def _without_site_name(lines: list[Line]) -> list[Line]:
    """Call a first line that a menu follows the site's name, where the page has a heading below."""
    if len(lines) > 2 and lines[0].part == "heading" and lines[1].part == "furniture":
        for line in lines[2:]:
            if line.part == "heading":
                return [replace(lines[0], part="masthead"), *lines[1:]]
            if line.part in ("prose", "list"):
                break
    return lines


def _part(body: str, kind: str, start: int, dates: tuple[DateFound, ...]) -> Part:
    if kind == "boilerplate" or kind == "table" or _FURNITURE.search(body) or _is_furniture(body):
        return "paper" if is_paper(body) or dates else "furniture"
    if len(body) > _LONGEST_HEADING:
        return "prose"
    if body[-1] in ",!" and _SALUTATION.match(body):
        return "salutation"
    if is_paper(body):
        return "paper"
    if is_date_line(body, start, dates):
        return "date"
    if re.fullmatch(r"[ÀA]\s[A-ZÀ-Þ][\w'’-]+", body.strip(" .")) or fold(body).strip(" .:–—-") in _RUBRICS:
        return "rubric"
    if is_organisation(body):
        return "masthead"
    if kind in ("list", "bullet"):
        return "heading" if _ORDINAL_EVENT.match(body) and body[-1] not in ".;" else "list"
    return "heading" if body[-1] not in ".;…" and body[0] not in "–-•(" else "prose"


def is_paper(body: str) -> bool:
    """Tell whether a line says what kind of paper this is: "Communiqué n° 5 – 19 mai 2003"."""
    parts = [fold(part).strip(' .«»"') for part in _PARTS.split(body)]
    starts = word_tuple("metadata_words", "paper")
    said = [part.startswith(starts) for part in parts]
    return (
        said[0]
        or any(said[1:])
        or bool(
            re.search(
                r",\s(?:bulletin|"
                r"communiqu[eé])\b",
                body,
                re.IGNORECASE,
            )
        )
    )


def is_date_line(body: str, start: int, dates: tuple[DateFound, ...]) -> bool:
    """Tell whether a line has nothing but a date, with its place and hour: "Albi, le 5 juin 1954"."""
    if not dates:
        return _MONTH_YEAR.fullmatch(body.strip(" .")) is not None
    first = dates[0]
    rest = body[: first.start - start] + " " + body[first.end - start :]
    words = [word for word in _WORD.findall(rest) if fold(word).strip(".") not in _BESIDE_DATES]
    if _HOURS_OF.search(body) or any(fold(word) in _TELLING or fold(word) in _MEETINGS for word in words):
        return False
    places = [word for word in words if word[0].isupper() or "'" in word or "’" in word]
    return (
        len(words) <= 4
        and len(places) == len(words)
        and not any(c in body for c in '«»!?"')
        and ":" not in rest
    )


_MEETINGS = frozenset(
    [
        "reunion",
        "journee",
        "nos",
        "notre",
        "pilotes",
        "heures",
        "cross",
        "coupes",
        "trophees",
        "epreuve",
        "meeting",
        "bulletin",
        "communique",
    ]
)
_BESIDE_DATES = frozenset(
    [
        "le",
        "les",
        "du",
        "au",
        "a",
        "h",
        "heures",
        "heure",
        "et",
        "de",
        "la",
        "des",
        "sur",
        "en",
        "mn",
        "min",
        "sous",
    ]
)


def is_organisation(body: str) -> bool:
    """Tell whether a line is an organisation's name and nothing else: "STOCK-CAR CLUB DU BOURBONNAIS"."""
    words = [fold(word).strip(".") for word in _WORD.findall(body)]
    if not 1 < len(words) <= 9 or _PARTS.search(body) or any(c in body for c in ':!?«"'):
        return False
    organisation = word_set("metadata_words", "organisation")
    if not any(word in organisation or organisation & set(word.split("-")) for word in words):
        return False
    small = {"de", "du", "des", "la", "le", "les", "l'", "d'", "et", "a", "en", "d", "l"}
    written = _WORD.findall(body)
    named = [w for w in written if fold(w).strip(".") not in small and not fold(w).startswith(("d'", "l'"))]
    return all(w[0].isupper() for w in named) and not any(fold(w) in _TELLING for w in written)


_TELLING = frozenset(
    [
        "gagne",
        "gagnent",
        "remporte",
        "remportent",
        "vainqueur",
        "vainqueurs",
        "podium",
        "victoire",
        "deuxieme",
        "premier",
        "troisieme",
        "bat",
        "s'impose",
        "course",
        "slalom",
        "rallye",
        "circuit",
        "prix",
        "heures",
        "manche",
        "finale",
        "championnat",
        "coupe",
        "trophee",
        "challenge",
    ]
)


def _is_furniture(body: str) -> bool:
    if len(body) >= _LONGEST_FURNITURE:
        return False
    key = fold(body)
    return any(word in key for word in word_set("metadata_words", "furniture"))
