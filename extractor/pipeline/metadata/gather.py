"""Everything that is known of a document and its event, from its text and from its container.

Where both speak, the text is believed; where they contradict each other, both are kept and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from extractor.lexicon.fold import fold
from extractor.pipeline.annotations import Layout, Name, Person
from extractor.pipeline.metadata.days import Held, held, published, season_years
from extractor.pipeline.metadata.event import Known, event_of, series_of, venue_of
from extractor.pipeline.metadata.head import Line, head_of, last_line, one_line
from extractor.pipeline.metadata.title import publisher_of, title_of
from extractor.readers.source import Told
from extractor.values.dates import iso_date

Stretch = tuple[int, int]

_SENT_WITHIN = 7  # days
_OF_TITLE = re.compile(r"\s[|–—]\s|\s-\s|\s::?\s")
_FILE_NAME = re.compile(
    r"\.(?:docx?|odt|rtf|pdf|txt|html?|indd|qxd|pub|wpd|tiff?|jpe?g|png)\b|^(?:untitled|sans titre|"
    r"document\d*|microsoft word|scan)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known.

    Attributes:
        field: As in :class:`extractor.record.Told`.
        value: What it is; dates in ISO 8601.
        origin: Where the container says it; ``None`` where the text does.
        evidence: Where the text says it.
        inferred: Whether the text says it only together with something else.
    """

    field: str
    value: str
    origin: str | None = None
    evidence: tuple[Stretch, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the container says, and the text does not agree with."""

    field: str
    told: Fact
    text: Fact


@dataclass(slots=True)
class Metadata:
    """What is known of a document and its event.

    Attributes:
        title: Title of the report.
        published_on: When it was published.
        name: Where the event is named.
        series: Where the series that it counts for is named.
        season: Year of the event.
        round: Which round of the series it is.
        venue: Where the text names the place.
        starts_on: Its first day.
        ends_on: Its last day.
        evidence: Where the text says what is known of the event.
        told: Every fact of the document, each with where it comes from.
        contradictions: Where text and container do not agree.
    """

    title: str | None = None
    published_on: date | None = None
    name: Stretch | None = None
    series: Stretch | None = None
    season: int | None = None
    round: int | None = None
    venue: Stretch | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    evidence: list[Stretch] = field(default_factory=list)
    told: list[Fact] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)


def gather(
    layout: Layout,
    names: Sequence[Name] = (),
    persons: Iterable[Person] = (),
    spoken: Iterable[Stretch] = (),
    container: Sequence[Told] = (),
    *,
    event: bool = True,
) -> Metadata:
    """Return what is known of a document.

    Args:
        layout: Its blocks.
        names: The names in it; places among them may be the venue.
        persons: Who is in it.
        spoken: What is quoted.
        container: What the file's container says.
        event: Whether it reports an event; of anything else only the document itself is described.
    """
    found = Metadata()
    head = head_of(layout)
    text = layout.tokens.source
    title = title_of(head)
    if title is not None:
        found.told.append(Fact("title", one_line(text[slice(*title)]), evidence=(title,)))
    out = published(head, last_line(layout))
    if out is not None:
        found.told.append(Fact("published_on", out.day.isoformat(), evidence=((out.start, out.end),)))
    publisher = publisher_of(head, text)
    if publisher is not None:
        found.told.append(Fact("publisher", publisher[1], evidence=(publisher[0],)))
    _add_container(found, container)
    if event:
        spoken = list(spoken)
        years = list(season_years(head, spoken))
        days = held(head, spoken, years, out, None if out else found.published_on)
        _add_event(found, head, _known(layout, names, persons), days, years, text)
    return found


def _known(layout: Layout, names: Sequence[Name], persons: Iterable[Person]) -> Known:
    surface = layout.tokens.surface
    places = frozenset(fold(surface(n.first, n.last)) for n in names if n.kind in ("place", "circuit"))
    spellings = [fold(form) for person in persons for form in (person.name, *person.aliases)]
    return Known(places, frozenset(word for form in spellings for word in (form, *form.split())))


def _add_container(found: Metadata, container: Sequence[Told]) -> None:
    """Add what the container says, settle title and date, and note contradictions."""
    said = [Fact(one.field, one.value.strip(), origin=one.origin) for one in container if one.value.strip()]
    by_text = {fact.field: fact for fact in found.told}
    found.told += said
    for fact in said:
        text = by_text.get(fact.field)
        if text is not None and _contradicts(fact, text):
            found.contradictions.append(Contradiction(fact.field, fact, text))
    if "title" in by_text:
        found.title = by_text["title"].value
    else:
        found.title = next(
            filter(None, (_own_title(fact, said) for fact in said if fact.field == "title")), None
        )
    if "published_on" in by_text:
        found.published_on = iso_date(by_text["published_on"].value)
    else:
        days = (
            iso_date(fact.value) for fact in said if fact.field == "published_on" and not _is_of_file(fact)
        )
        found.published_on = next(filter(None, days), None)


def _is_of_file(fact: Fact) -> bool:
    """Tell whether a date is that of a file, made or scanned then, and not published."""
    return not (fact.origin or "").lower().startswith(("html", "mail", "mets", "mods", "dc ", "row "))


def _own_title(fact: Fact, said: Sequence[Fact]) -> str | None:
    """Return a container's title without the site's name, or nothing where it is a file's name."""
    if _FILE_NAME.search(fact.value):
        return None
    publishers = {fold(one.value) for one in said if one.field == "publisher"}
    parts = [part for part in _OF_TITLE.split(fact.value) if fold(part.strip()) not in publishers]
    if not parts:
        return None
    return (
        fact.value if len(parts) == len(_OF_TITLE.split(fact.value)) else " – ".join(p.strip() for p in parts)
    )


def _contradicts(told: Fact, text: Fact) -> bool:
    if told.field == "published_on":
        day = iso_date(told.value)
        said = iso_date(text.value)
        if day is None or said is None or _is_of_file(told):
            return False
        # A communiqué is sent some days after its date.
        return abs((day - said).days) > (_SENT_WITHIN if (told.origin or "").startswith("mail") else 0)
    if told.field == "title" and not _FILE_NAME.search(told.value):
        return not _words(told.value) & _words(text.value)
    return False


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z0-9]+", fold(text)) if len(word) > 3}


def _add_event(
    found: Metadata,
    head: list[Line],
    known: Known,
    days: Held | None,
    years: list[tuple[int, int, int]],
    text: str,
) -> None:
    series, venue, name = series_of(head, text), venue_of(head, known), event_of(head)
    stretches: list[Stretch] = []
    if name is not None:
        found.name = (name.start, name.end)
        stretches.append((name.start, name.end))
    if series is not None:
        found.series, found.round = (series[0].start, series[0].end), series[1]
        stretches.append((series[0].start, series[0].end))
        found.told.append(Fact("series", series[0].value, evidence=((series[0].start, series[0].end),)))
    if venue is not None:
        found.venue = (venue.start, venue.end)
        stretches.append((venue.start, venue.end))
        found.told.append(Fact("venue", venue.value, evidence=((venue.start, venue.end),)))
    if days is not None:
        said = ((days.start, days.end), *([days.year] if days.year and days.year[1] else []))
        found.starts_on, found.ends_on = days.first, days.last
        inferred = days.year is not None
        for which, day in (("starts_on", days.first), ("ends_on", days.last)):
            found.told.append(Fact(which, day.isoformat(), evidence=said, inferred=inferred))
        stretches += said
    found.season = _season(days, years, stretches)
    found.evidence = sorted(set(stretches))


def _season(days: Held | None, years: list[tuple[int, int, int]], stretches: list[Stretch]) -> int | None:
    """Return the year of the event: that of its days, else the one year that the head tells."""
    if days is not None:
        return days.last.year
    told = {year for year, _, _ in years}
    if len(told) == 1:
        stretches.append(years[0][1:])
        return years[0][0]
    return None
