"""Calendar dates in French text: what day, how it is written, and which year it may be.

``5 juin 1954``, ``dimanche 1er avril``, ``les 5 et 6 juin``, ``du 30 avril au 2 mai 2019``, ``13-15 mai``,
``12/05/2019``, ``5.VI.54``, ``2019-05-12``, ``14 juillet MCMXXXII``, ``le quatorze juillet``, ``l2 juin``
where an OCR read letters for digits. A date without a year stays one: the year is for somebody to give who
knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from extractor.lexicon.fold import fold

FIRST_YEAR, LAST_YEAR = 1890, 2099
"""Years outside are none: a number of four digits is a capacity, a distance or a crowd as often as a year."""


class Day(NamedTuple):
    """A day as it is written.

    Attributes:
        day: From 1 to 31.
        month: From 1 to 12.
        year: With four digits, where it is written.
        weekday: As :meth:`datetime.date.weekday` counts, Monday is 0, where it is written.
    """

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def on(self, year: int | None = None) -> date | None:
        """Return the date, in the year given where none is written; ``None`` where there is no such day.

        A weekday that does not fit the year given refutes that year; one that does not fit a year that is
        written is the writer's slip.
        """
        chosen = self.year or year
        if chosen is None:
            return None
        try:
            found = date(chosen, self.month, self.day)
        except ValueError:
            return None
        guessed = self.year is None and self.weekday is not None
        return None if guessed and found.weekday() != self.weekday else found


class DateFound(NamedTuple):
    """A date, or the days from one to another, at characters ``start`` to ``end`` of a text."""

    start: int
    end: int
    first: Day
    last: Day

    def on(self, year: int | None = None) -> tuple[date, date] | None:
        """Return first and last date, in the year given where none is written; see :class:`Day`."""
        first, last = self.first.on(year), self.last.on(year)
        return (first, last) if first and last and first <= last else None


_MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4,
    "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "juill": 7, "aout": 8, "aoust": 8, "septembre": 9,
    "sept": 9, "sep": 9, "7bre": 9, "octobre": 10, "oct": 10, "8bre": 10, "novembre": 11, "nov": 11,
    "9bre": 11,     "decembre": 12, "dec": 12, "xbre": 12, "10bre": 12,
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, name in enumerate(("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"))
}
_SPELT = {
    name: number
    for number, name in enumerate(
        [
            "premier",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
            "dix-sept",
            "dix-huit",
            "dix-neuf",
            "vingt",
            "vingt-et-un",
            "vingt-deux",
            "vingt-trois",
            "vingt-quatre",
            "vingt-cinq",
            "vingt-six",
            "vingt-sept",
            "vingt-huit",
            "vingt-neuf",
            "trente",
            "trente-et-un",
        ],
        1,
    )
}
_ROMAN_MONTHS = {
    name: number
    for number, name in enumerate(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1
    )
}

# Accents may be missing, capitals have none, and an OCR turns û into ù.
_MONTH = (
    r"(?:janvier|janv?\.?|f[eé]vrier|f[eé]vr?\.?|mars|avril|avr\.|mai|juin|juillet|juill?\.|ao[uûù]s?t|"
    r"septembre|"
    r"sept?\.?|octobre|oct\.?|novembre|nov\.?|d[eé]cembre|d[eé]c\.?|(?:7|8|9|10|x)bre)(?![^\W\d_])"
)
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DAY = r"(?:[1Il]['’]?\s?er|[0-3]?\d|[Il1][OoIl]|[Il][0-9]|[12][OoIl]|3[OoIl])(?:\s?er)?"
_YEAR = r"(?:(?:1[89]|20)\d\d|M?CM[IVXL]{1,8})(?![\w°]|[.,]\d)"


def _year_behind(group: str) -> str:
    return rf"(?:,?\s(?:de\s(?:l['’]an\s)?)?(?P<{group}>{_YEAR}))"


def _named_day(group: str) -> str:
    return rf"(?:(?P<{group}w>{_WEEKDAY}),?[\s-](?:le\s)?)?(?P<{group}d>{_DAY})"


_TO = r"(?:\s?[–—/&-]\s?|,?\s(?:et|au|a|à)\s(?:le\s)?)"

_WRITTEN = re.compile(
    rf"(?<![\w/.,'’-])(?:{_named_day('a')}(?:[\s-](?P<am>{_MONTH}){_year_behind('ay')}?)?"
    rf"(?:,\s\d{{1,2}})*{_TO})?"
    rf"{_named_day('b')}[\s-]?(?P<bm>{_MONTH}){_year_behind('by')}?",
    re.IGNORECASE,
)
_SPELT_OUT = re.compile(
    rf"(?<!\w)(?:(?P<w>{_WEEKDAY})|le)\s(?P<d>{'|'.join(sorted(_SPELT, key=len, reverse=True))})\s"
    rf"(?P<m>{_MONTH}){_year_behind('y')}?",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"(?<![\w/.,:-])(?:(?P<w>{_WEEKDAY}),?\s(?:le\s)?)?(?P<d>[0-3]?\d)\s?(?P<sep>[/.-])\s?(?P<m>[01]?\d|"
    rf"[IVX]{{1,4}})"
    r"\s?(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\w|[/.:,-]\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w-])(?P<y>(?:18|19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d|-)")
# What a date cannot do without; looked for first, which is quicker than to look for dates everywhere.
_HINT = re.compile(
    r"(?<![^\W\d_])(?:janv|jan\b|f[eé]v|mars\b|avr(?:il)?\b|mai\b|juin\b|juil|ao[uûù]s?t\b|sep\b|sept\b|septem|oct\b|"
    r"octob|nov\b|novem|d[eé]c\b|d[eé]cem|(?:[789]|10|x)bre)|"
    r"\d\s?(?P<sep>[/.-])\s?[\dIVX]{1,4}\s?(?P=sep)\s?\d\d",
    re.IGNORECASE,
)
# The same in small letters, quicker still: what passes it is looked at closely.
_QUICK_HINT = re.compile(
    r"\b(?:jan|f[eé]v|mars|avr|mai(?!\w)|juin|juil|ao[uûù]|sept?\b|septem|oct|nov|d[eé]c)|bre\b|"
    r"\d\s?[/.-]\s?[\divx]"
)
_BEFORE_HINT, _BEHIND_HINT = 90, 40  # characters around it in which a date stands
_NUMBERED = re.compile(r"(?:\bn\s?[°ºo]|num[ée]ro|#)\s?$", re.IGNORECASE)  # "n° 5 – 19 mai" is one day
_LETTERS = str.maketrans("OoIl", "0011")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def find_dates(
    text: str, start: int = 0, end: int | None = None, *, latest: int | None = None
) -> list[DateFound]:
    """Return the dates in a stretch of text, in order; they do not overlap.

    Args:
        text: Any text.
        start: Where the stretch begins.
        end: Where it ends; the end of the text where ``None``.
        latest: Last year that can be meant; it decides on the century of two digits. Today's if ``None``.
    """
    end = len(text) if end is None else end
    if _QUICK_HINT.search(text[start:end].lower()) is None:
        return []
    latest = date.today().year if latest is None else latest  # noqa: DTZ011 - a year, whatever the zone
    found = [
        *_written(text, start, end),
        *_spelt_out(text, start, end),
        *_in_figures(text, start, end, latest),
    ]
    kept: list[DateFound] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which dates may stand; they end between words and do not overlap."""
    window: tuple[int, int] | None = None
    for hint in _HINT.finditer(text, start, end):
        a, b = max(start, hint.start() - _BEFORE_HINT), min(end, hint.end() + _BEHIND_HINT)
        if window is not None and a <= window[1]:
            window = window[0], b
            continue
        if window is not None:
            yield window
        window = a, b
    if window is not None:
        yield window


def iso_date(text: str) -> date | None:
    """Return the day of an ISO 8601 date or time, such as containers have; ``None`` for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def year_of(text: str) -> int | None:
    """Return the year that figures or Roman numerals stand for."""
    if text.isdecimal():
        year = int(text)
    else:
        values = [_ROMAN.get(letter, 0) for letter in text.upper()]
        year = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _written(text: str, start: int, end: int) -> Iterator[DateFound]:
    for match in _WRITTEN.finditer(text, start, end):
        last = _named(match, "b")
        if last is None:
            continue
        first = last
        if match["ad"]:
            begun = _named(match, "a", last)
            lone = (
                match["am"] is None and match["bw"] is not None and match["aw"] is None
            )  # "4 - dimanche 27"
            lone = lone or _NUMBERED.search(text, max(0, match.start() - 8), match.start()) is not None
            if begun is None or lone or (begun.month, begun.day) >= (last.month, last.day):
                # "à 5, 6 juin": what stands before is no day of it
                yield DateFound(
                    match.start("bw") if match["bw"] else match.start("bd"), match.end(), last, last
                )
                continue
            first = begun
        yield DateFound(match.start(), match.end(), first, last)


def _named(match: re.Match[str], which: str, other: Day | None = None) -> Day | None:
    """Return one of the days of a match; what it leaves out, the other one says."""
    month = match[f"{which}m"]
    number = _month(month) if month else other.month if other else None
    day = _day(match[f"{which}d"])
    if number is None or day is None:
        return None
    year = match[f"{which}y"]
    told = year_of(year) if year else other.year if other else None
    return Day(day, number, told, _weekday(match[f"{which}w"]))


def _spelt_out(text: str, start: int, end: int) -> Iterator[DateFound]:
    for match in _SPELT_OUT.finditer(text, start, end):
        month = _month(match["m"])
        if month is not None:
            day = Day(
                _SPELT[fold(match["d"])],
                month,
                year_of(match["y"]) if match["y"] else None,
                _weekday(match["w"]),
            )
            yield DateFound(match.start("w") if match["w"] else match.start("d"), match.end(), day, day)


def _in_figures(text: str, start: int, end: int, latest: int) -> Iterator[DateFound]:
    for pattern in (_FIGURES, _ISO):
        for match in pattern.finditer(text, start, end):
            written, parts = match["m"], match.groupdict()
            month = int(written) if written.isdecimal() else _ROMAN_MONTHS.get(written.upper(), 0)
            year = _century(match["y"], latest)
            bare = len(match["y"]) == 2 and match["sep"] != "/" and written.isdecimal() and not parts.get("w")
            if bare and not text[max(0, match.start() - 3) : match.start()].lower().endswith(("le ", "du ")):
                continue  # "2.05.12" is a time
            if year is not None and 1 <= month <= 12 and 1 <= int(match["d"]) <= 31:
                day = Day(int(match["d"]), month, year, _weekday(parts.get("w")))
                if day.on() is not None:
                    yield DateFound(match.start(), match.end(), day, day)


def _century(digits: str, latest: int) -> int | None:
    """Return the year of two digits, or of four, where only one century is possible."""
    if len(digits) == 4:
        return year_of(digits)
    possible = [c + int(digits) for c in (1900, 2000) if 1920 <= c + int(digits) <= latest]
    return possible[0] if len(possible) == 1 else None


def _month(word: str) -> int | None:
    return _MONTHS.get(fold(word).rstrip("."))


def _weekday(word: str | None) -> int | None:
    return _WEEKDAYS[word.lower()] if word else None


def _day(word: str) -> int | None:
    digits = re.sub(r"['’]?\s?er$", "", word, flags=re.IGNORECASE).translate(_LETTERS)
    return int(digits) if digits.isdecimal() and 1 <= int(digits) <= 31 else None
