"""Times, gaps and points as a results sheet prints them."""

from __future__ import annotations

import re
from datetime import date

from extractor.exports.words import Words
from extractor.record import LapGap, Result

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?")
_NARROW = "\N{NARROW NO-BREAK SPACE}"


def figure_of(result: Result, words: Words) -> str:
    """Return what a result says beside the place: time, gap, laps, points."""
    parts = []
    if result.time:
        parts.append(duration(result.time, words.lang))
    if isinstance(result.gap, LapGap):
        parts.append("+" + _counted(result.gap.laps, words))
    elif result.gap:
        parts.append("+" + duration(result.gap, words.lang))
    if result.laps is not None:
        parts.append(_counted(result.laps, words))
    if result.points is not None:
        points = f"{result.points:g}"
        parts.append(words("points", n=points.replace(".", ",") if words.lang == "fr" else points))
    return " · ".join(parts)


def duration(iso: str, lang: str) -> str:
    """Return an ISO 8601 duration as ``25'12"345`` in French and ``25:12.345`` in English."""
    match = _DURATION.fullmatch(iso)
    if match is None:
        return iso
    hours, minutes, seconds, thousandths = match.groups()
    if lang == "fr":
        return _french(hours, minutes, seconds, thousandths)
    rest = f".{thousandths}" if thousandths else ""
    if not hours and not minutes:
        return f"{seconds or 0}{rest} s"
    clock = [hours, minutes or "0", seconds or "0"] if hours else [minutes or "0", seconds or "0"]
    return ":".join([clock[0], *(part.zfill(2) for part in clock[1:])]) + rest


def day(value: date, lang: str) -> str:
    """Return a date in the order that the language's readers expect."""
    return value.strftime("%d/%m/%Y") if lang == "fr" else value.strftime("%d %B %Y")


def _french(hours: str | None, minutes: str | None, seconds: str | None, thousandths: str | None) -> str:
    if not hours and not minutes:
        return (seconds or "0") + (f",{thousandths}" if thousandths else "") + _NARROW + "s"
    shown = f"{hours}h" if hours else ""
    if minutes or seconds:
        shown += (minutes or "0").zfill(2 if hours else 1) + "'"
    if seconds:
        shown += seconds.zfill(2) + '"' + (thousandths or "")
    return shown


def _counted(laps: int, words: Words) -> str:
    return words("lap" if laps == 1 else "laps", n=laps)
