"""When a report was published, and on which days its event was held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_tuple
from extractor.pipeline.metadata.head import Line, is_paper
from extractor.values.dates import DateFound

_PUBLISHED = re.compile(
    r"\b(?P<by>publi[ée]e?s?|post[ée]e?|mise?\sen\sligne|parue?|[ée]crite?\s|r[ée]dig[ée]e?|article\sdu|"
    r"date\s?:|dat[ée]e?|"
    r"mise?\s[àa]\sjour|modifi[ée]e?|mise?\sà\sjour)\b[^.\n|]{0,30}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"jour|modifi", re.IGNORECASE)
_CLOCK = re.compile(r"^\W{0,3}(?:[àa]\s|vers\s)?\d{1,2}\s?(?:h|:)\s?\.?\s?\d{0,2}\b", re.IGNORECASE)
_PLACE = r"(?:[A-ZÀ-Þ][\w'’.-]*|(?:de|du|des|la|le|les|en|sur|sous|et|d|l)\b['’]?)"
_BEFORE_DATE = re.compile(
    rf"^\W{{0,2}}(?:\([^)\n]{{3,40}}\)\W{{0,3}})?(?P<place>{_PLACE}(?:[\s-]+{_PLACE}){{0,4}})"
    rf"(?:\s?\([^)\n]{{2,40}}\))?,\s?"
    r"(?P<le>le\s)?$"
)
_DASH_BEHIND = re.compile(r"^(?:\s?\([^)\n]{0,50}\)?)?\s?[.,]?\s?(?:\([^)\n]{3,60}\)\s?\.?)?\s?[–—-]{1,2}\s")
_EVENT_IN_LINE = re.compile(
    r"\b(?:circuit|manche|[ée]preuve|rallye|course|coupe|championnat|troph[ée]e|challenge|grand\sprix|"
    r"slalom|heures|meeting)\b",
    re.IGNORECASE,
)
_MONTHS_IN_LINE = re.compile(
    r"\b(?P<m>janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[eé]cembre)\s+(?P<y>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\w.,/–-])((?:19[2-9]|20[0-4])\d)(?![\w%]|[.,]\d|\s?(?:cm|cc|m\b|km|kg|m[èe]tres|spectateurs|"
    r"personnes))"
)
_SEASON = re.compile(r"\b(?:saison|mill[ée]sime|[ée]dition|cru)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_OTHER_YEAR = re.compile(
    r"(?:\b(?:depuis|en|de|des|du|d[èe]s|avant|apr[èe]s|n[ée]e?|fond[ée]e?|mod[èe]le|entre|et|à|record|"
    r"champion(?:ne)?(?:\s\w+)?|vers|jusqu['’]en|"
    r"r[ée]glement|groupe|classe|ann[ée]e|hiver|[ée]t[ée]|printemps|automne)\s(?:l['’]an\s)?|"
    r"d['’]avant\s|[-–/(]\s?\d{4}\s?[-–/]\s?)$",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_NEAR = 60  # days between an event and what is published about it


class Published(NamedTuple):
    """The day on which a report was published, and where that stands."""

    day: date
    start: int
    end: int


class Held(NamedTuple):
    """First and last day of the event, where they stand, and where their year was taken from.

    ``year`` is ``None`` where the date itself has it, else the stretch that says it; an empty one where
    only the container says it.
    """

    first: date
    last: date
    start: int
    end: int
    year: tuple[int, int] | None = None


def published(head: list[Line], last: Line | None) -> Published | None:
    """Return the day of publication that a text tells.

    Args:
        head: The first lines.
        last: The last line, in which letters have their date.
    """
    updated: Published | None = None
    below_paper = False
    for line in head:
        for when in line.dates:
            found = _publication(line, when, below_paper=below_paper)
            if found is None:
                continue
            if found == "updated":
                updated = updated or _day(when)
            elif told := _day(when):
                return told
        below_paper = line.part == "paper" and is_paper(line.text) and not line.dates
        if line.part == "prose" and len(line.text) > 400:
            break
    if updated is None and last is not None and last.part == "date" and len(last.dates) == 1:
        before = last.text[: last.dates[0].start - last.start]
        if re.search(r",\s?le\s$", before):
            return _day(last.dates[0])
    return updated


def _day(when: DateFound) -> Published | None:
    day = when.first.on() if when.first == when.last else None
    return Published(day, when.start, when.end) if day else None


def _publication(line: Line, when: DateFound, *, below_paper: bool) -> str | None:
    """Say whether a date is one of publication, ``published``, of change, ``updated``, or neither."""
    before, behind = line.text[: when.start - line.start], line.text[when.end - line.start :]
    said = _PUBLISHED.search(before)
    if said and (len(before) < 60 or line.part != "prose"):
        return "updated" if _UPDATED.search(said["by"]) else "published"
    if when.first != when.last:
        return None
    if line.part in ("paper", "furniture") and is_paper(line.text):
        return "published"
    dateline = _BEFORE_DATE.match(before)
    if line.part == "date":
        alone = not before.strip() or fold(before).strip() == "le"
        letter = dateline is not None and dateline["le"] is not None
        return "published" if below_paper or letter or (alone and _CLOCK.match(behind)) else None
    if _CLOCK.match(behind) and fold(before).strip() in ("", "le"):
        return "published"  # "Le 04/09/2017 à 10:42 – Camions"
    dispatched = dateline is not None and _DASH_BEHIND.match(behind) and not _EVENT_IN_LINE.search(before)
    return "published" if dispatched else None


def is_dateline(line: Line, when: DateFound) -> bool:
    """Tell whether a date stands in the line that says whence a dispatch comes: "Albi, 5 juin. —"."""
    before, behind = line.text[: when.start - line.start], line.text[when.end - line.start :]
    dispatched = _BEFORE_DATE.match(before) is not None and _DASH_BEHIND.match(behind) is not None
    letter = re.search(r",\s?le\s$", before) is not None and line.part == "date"
    return (dispatched and not _EVENT_IN_LINE.search(before)) or letter


def held(
    head: list[Line],
    spoken: list[tuple[int, int]],
    years: list[tuple[int, int, int]],
    out: Published | None,
    container: date | None,
) -> Held | None:
    """Return the days of the event, where they are certain.

    Args:
        head: The first lines.
        spoken: What is quoted: somebody's memories are no dates of the event.
        years: What :func:`season_years` finds.
        out: When the text says that it was published.
        container: When the container says so.
    """
    for _, when in sorted(_candidates(head, spoken, out), key=lambda pair: pair[0].part == "prose"):
        found = _settled(when, years, out, container)
        if found is not None:
            return found
    return None


def _candidates(
    head: list[Line], spoken: list[tuple[int, int]], out: Published | None
) -> Iterator[tuple[Line, DateFound]]:
    paragraphs = 0
    below_paper = False
    for line in head:
        if line.part == "prose":
            paragraphs += 1
        if paragraphs > 2:
            return
        for when in line.dates:
            if out is not None and (when.start, when.end) == (out.start, out.end):
                continue
            if any(a <= when.start < b for a, b in spoken) or is_dateline(line, when):
                continue
            if below_paper and line.part == "date" and when.first == when.last:
                continue  # a communiqué's own date, perhaps
            if line.part in ("heading", "date", "masthead", "list") and not _another_day(line.text):
                yield line, when
            elif line.part == "paper" and when.first != when.last:
                yield line, when  # what a communiqué is about; its own date is one day
            elif line.part == "prose" and _is_held(line, when):
                yield line, when
        below_paper = line.part == "paper" and not line.dates


def _is_held(line: Line, when: DateFound) -> bool:
    """Tell whether a date in a sentence is the day of the race told there."""
    at, end = when.start - line.start, when.end - line.start
    begins = max((line.text.rfind(stop, 0, at) for stop in (". ", "! ", "? ", "… ", ".\n")), default=-1) + 1
    stops = [k for k in (line.text.find(stop, end) for stop in (". ", "! ", "? ", ".\n")) if k >= 0]
    sentence = line.text[begins : min(stops, default=len(line.text))]
    if re.search(r"\bd[ée]part\sde\s[\w'’-]+\sle\s$", line.text[:at]):
        return False  # of a raid, which ends on another day
    if when.start - line.start > 700 or _another_day(sentence):
        return False
    told_apart = when.last.year is not None and (when.first != when.last or when.last.weekday is not None)
    return told_apart or _says(sentence, word_tuple("metadata_words", "held"))


def _another_day(sentence: str) -> bool:
    return _says(sentence, word_tuple("metadata_words", "another_day"))


def _says(sentence: str, words: tuple[str, ...]) -> bool:
    key = f" {_plain(sentence)} "
    return any(f" {_plain(word)} " in key for word in words)


@lru_cache(maxsize=1 << 10)
def _plain(text: str) -> str:
    """Return a text folded, its marks as blanks."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def season_years(head: list[Line], spoken: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the years that the head tells as that of the season, with where they stand.

    A year in a sentence counts only behind the season or the series: others are history.
    """
    for line in head:
        if _ANY_YEAR.search(line.text) is None:
            continue
        pattern = _SEASON if line.part == "prose" else _YEAR
        for match in pattern.finditer(line.text):
            start, end = line.start + match.start(1), line.start + match.end(1)
            if _OTHER_YEAR.search(line.text[: match.start(1)]) and pattern is _YEAR:
                continue
            if not any(a <= start < b for a, b in spoken):
                yield int(match[1]), start, end
        if line.part == "prose":
            named = re.finditer(
                r"\b(?:[Cc]hampionnat|[Cc]oupe|[Tt]roph[ée]e|[Cc]hallenge|Cup|Series|CHAMPIONNAT|COUPE|"
                r"TROPH[ÉE]E|CHALLENGE)s?\b[^.,;:()\n]{0,50}?\s((?:19|20)\d\d)(?![\w.]\d)",
                line.text,
            )
            for match in named:
                if _OTHER_YEAR.search(line.text[: match.start(1)]):
                    continue
                yield int(match[1]), line.start + match.start(1), line.start + match.end(1)


def _settled(
    when: DateFound, told: list[tuple[int, int, int]], out: Published | None, container: date | None
) -> Held | None:
    """Return a date with its year, where that is certain."""
    if when.last.year is not None:
        days = when.on()
        late = out is not None and days is not None and days[0] > out.day
        return Held(*days, when.start, when.end) if days and not late else None
    if out is not None:
        return _before(when, out.day, (out.start, out.end))
    years = {year for year, _, _ in told}
    if len(years) == 1:
        year, start, end = told[0]
        days = when.on(year)
        return Held(*days, when.start, when.end, (start, end)) if days else None
    if not years and container is not None:
        return _before(when, container, (0, 0))
    return None


def _before(when: DateFound, day: date, where: tuple[int, int]) -> Held | None:
    """Return a date without a year as the last such day before something was published about it."""
    for year in (day.year, day.year - 1):
        days = when.on(year)
        if days and days[0] <= day:
            return Held(*days, when.start, when.end, where) if (day - days[-1]).days <= _NEAR else None
    return None
