"""Short records of invented races, for tests of who is who."""

from __future__ import annotations

import hashlib

from extractor.record import (
    Coverage,
    Document,
    Driver,
    DriverRole,
    Entry,
    Event,
    Mention,
    RaceRecord,
    Span,
    Team,
)


def race(
    name: str,
    drivers: list[str],
    *,
    season: int | None = 1968,
    series: str | None = "Coupe des Provinces",
    teams: dict[str, str] | None = None,
    role: DriverRole = "driver",
    numbers: dict[str, str] | None = None,
) -> RaceRecord:
    """Return the record of a report that names these drivers in order, and for whom some of them drive.

    Args:
        name: Of the document; it stands in the text, so that no two are one text.
        drivers: As the text writes them; behind ``=`` another form that it uses.
        season: Of the event.
        series: Of the event.
        teams: Team by driver.
        role: Of all drivers.
        numbers: Car number by driver.
    """
    text = f"{name}.\n"
    made: list[Driver] = []
    entries: list[Entry] = []
    squads: dict[str, Team] = {}
    for number, written in enumerate(drivers, 1):
        forms = written.split("=")
        mentions = []
        for form in forms:
            mentions.append(Mention(start=len(text), end=len(text) + len(form), text=form))
            text += f"{form} termine {number}e. "
        team = (teams or {}).get(forms[0])
        if team and team not in squads:
            span = Mention(start=len(text), end=len(text) + len(team), text=team)
            squads[team] = Team(id=f"t{len(squads) + 1}", name=team, mentions=(span,))
            text += f"{team} est content.\n"
        made.append(
            Driver(
                id=f"d{number}", name=forms[0], aliases=tuple(forms[1:]), role=role, mentions=tuple(mentions)
            )
        )
        car = (numbers or {}).get(forms[0])
        if team or car:
            first = mentions[0]
            entries.append(
                Entry(
                    id=f"e{number}",
                    drivers=(f"d{number}",),
                    team=squads[team].id if team else None,
                    number=car,
                    evidence=(Span(start=first.start, end=first.end, text=first.text),),
                    confidence=0.9,
                )
            )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return RaceRecord(
        document=Document(id=name, sha256=digest, text=text),
        event=Event(series=series, season=season),
        drivers=tuple(made),
        teams=tuple(squads.values()),
        entries=tuple(entries),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )
