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


def _iso(parts: dict[str, str | None]) -> str | None:
    hours, minutes = int(parts.get("h") or 0), int(parts.get("m") or 0)
    seconds = int(parts.get("s") or 0)
    if seconds > 59 and (hours or minutes):
        return None
    fraction = (parts.get("f") or "0").ljust(3, "0")[:3]
    body = f"{hours}H" if hours else ""
    body += f"{minutes}M" if minutes or hours else ""
    return f"PT{body}{seconds}.{fraction}S"
