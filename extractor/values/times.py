"""Race times and gaps, in the notations of French reports, as ISO 8601 durations with milliseconds.

``1'57.675``, ``2'26''249``, ``25'12"3``, ``3:09.74``, ``1.44.419``, ``1mn35``,
``1 h 02 min 3 s``, ``6s5``, ``46 millièmes``, ``2/10e``.
"""

from __future__ import annotations

import re

_MARKED = re.compile(
    r"""^(?:(?P<h>\d{1,2})\s?(?:h|:)\s?(?=\d{1,2}\s?(?:'|:|mn|min|m)))?
    (?P<m>\d{1,3})\s?(?:'|’|′|:|mn|min|m)\s?
    (?P<s>\d{1,2})?\s?(?:(?:''|’’|"|”|″|s|sec|\.|,|:|')\s?(?P<f>\d{1,3})?)?\s?(?:''|’’|"|”|″|s)?$""",
    re.VERBOSE,
)
_DOTTED = re.compile(r"^(?P<m>\d{1,2})\.(?P<s>\d{2})[.,](?P<f>\d{1,3})$")
_SECONDS = re.compile(
    r"^(?P<s>\d{1,3})\s?(?:(?:''|’’|\"|”|″|s|sec|secondes?|[.,])\s?(?P<f>\d{1,3})?)?\s?(?:''|’’|\"|”|″|s|sec|secondes?)?$"
)
_HOURS = re.compile(
    r"^(?P<h>\d{1,2})\s?(?:h|:)\s?(?P<m>\d{1,2})\s?(?:'|’|:|mn|min|m)\s?(?P<s>\d{1,2})?(?:\s?(?:''|’’|\"|”|″|s|\.|,)\s?(?P<f>\d{1,3})?)?\s?(?:''|\"|s)?$"
)


_PARTS = re.compile(
    r"""^(?P<n>\d{1,3})\s?
    (?:(?P<word>milli|centi|dixi)[eè]mes?(?:\sde\ssecondes?)?|/(?P<of>10{1,3})[eè]?(?:me)?s?)$""",
    re.VERBOSE,
)
_DIGITS = {"dixi": 1, "centi": 2, "milli": 3, "10": 1, "100": 2, "1000": 3}
_SPELT = re.compile(r"^(?P<m>\d{1,3})\s?minutes?(?:\s?(?:et )?(?P<s>\d{1,2})(?:\s?secondes?)?)?$")


def duration(text: str) -> str | None:
    """Return the ISO 8601 duration that a race time stands for, or ``None``."""
    text = text.strip().lower()
    for pattern in (_HOURS, _MARKED, _DOTTED):
        match = pattern.match(text)
        if match:
            return _iso(match.groupdict())
    return None


def gap(text: str) -> str | None:
    """Return the duration of a gap ("1,5''", "27 secondes", "46 millièmes", "2/10e"), or ``None``."""
    text = text.strip().lower()
    match = _SECONDS.match(text)
    if match and (match.group("f") or not text.isdecimal()):
        return _iso(match.groupdict())
    match = _PARTS.match(text)
    if match:
        unit = 10 ** (3 - _DIGITS[match.group("word") or match.group("of")])
        return "PT{}.{:03d}S".format(*divmod(int(match.group("n")) * unit, 1000))
    match = _SPELT.match(text)
    return _iso(match.groupdict()) if match else duration(text)


_HOUR_UNITS = frozenset(("h", "heure", "heures"))
_MINUTE_UNITS = frozenset(("m", "mn", "min", "minute", "minutes"))
_SECOND_UNITS = frozenset(("s", "sec", "seconde", "secondes", '"', "''", "”", "″"))
_SECOND_MARKS = frozenset(('"', "'", "”", "″"))
_LEAST_SECONDS = 20.0  # what is shorter is a gap


def clock_at(words: list[str], i: int) -> tuple[float, int] | None:
    """Return the race time that begins at a word, in seconds, and the word behind it.

    Args:
        words: The words and marks of a text, in small letters: ``["2", "mn", "26", "s", "4", "/", "10"]``.
        i: The word at which the time would begin.

    Returns:
        ``None`` where no time of twenty seconds or more stands, or only a gap.
    """
    word = words[i] if i < len(words) and words[i][:1].isdecimal() else ""
    iso = duration(word) or (gap(word) if word.rstrip("0123456789")[-1:] in _SECOND_MARKS else None)
    found = (iso_seconds(iso), i + 1) if iso is not None and not word.isalnum() else _spelt(words, i)
    if found is None:
        return None
    value, end = found
    fraction, end = _fraction(words, end)
    return (value + fraction, end) if value >= _LEAST_SECONDS else None


def iso_seconds(iso: str) -> float:
    """Return the seconds of an ISO 8601 duration as :func:`duration` and :func:`gap` write them."""
    hours, _, rest = iso.removeprefix("PT").rpartition("H")
    minutes, _, seconds = rest.rpartition("M")
    return float(hours or 0) * 3600 + float(minutes or 0) * 60 + float(seconds.rstrip("S") or 0)


def _spelt(words: list[str], i: int) -> tuple[float, int] | None:
    """Read "1 h. 57 min. 13 s", "1 minute 12"; seconds alone only where their unit stands."""
    total, told = 0.0, 0
    for units, size in ((_HOUR_UNITS, 3600), (_MINUTE_UNITS, 60), (_SECOND_UNITS, 1)):
        if i + 1 < len(words) and words[i].isdecimal() and words[i + 1] in units:
            total, told = total + int(words[i]) * size, told + 1
            i += 2 + (words[i + 2 : i + 3] == ["."])
    only_hours = told == 1 and total >= 3600
    return (total, i) if told and not only_hours else None


def _fraction(words: list[str], i: int) -> tuple[float, int]:
    """Read what follows whole seconds: "2/5", "4/10", "205" behind "12 s.", "3" behind a mark."""
    if i < len(words) and words[i] in _SECOND_UNITS:
        i += 1
    if i >= len(words) or not words[i].isdecimal():
        return 0.0, i
    if words[i + 1 : i + 2] == ["/"] and i + 2 < len(words) and words[i + 2] in ("5", "10", "100"):
        return int(words[i]) / int(words[i + 2]), i + 3
    marked = words[i - 1] in _SECOND_UNITS or words[i - 1] == "."
    return (
        (int(words[i]) / 10 ** len(words[i]), i + 1) if marked and len(words[i]) <= len("205") else (0.0, i)
    )


def _iso(parts: dict[str, str | None]) -> str | None:
    hours, minutes = int(parts.get("h") or 0), int(parts.get("m") or 0)
    seconds = int(parts.get("s") or 0)
    if seconds > 59 and (hours or minutes):
        return None
    fraction = (parts.get("f") or "0").ljust(3, "0")[:3]
    body = f"{hours}H" if hours else ""
    body += f"{minutes}M" if minutes or hours else ""
    return f"PT{body}{seconds}.{fraction}S"
