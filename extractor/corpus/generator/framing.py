"""What stands around the races: title, opening, standings, what is no fact, boilerplate."""

from __future__ import annotations

from typing import Any

from extractor.corpus.generator.grammar import article, before, ordinal, parted
from extractor.corpus.generator.model import Meeting, Run
from extractor.corpus.generator.page import Name
from extractor.corpus.generator.referring import Ref
from extractor.corpus.generator.telling import Given, Teller, Told

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_FEMININE = (
    "Ronde",
    "Course",
    "Montée",
    "Coupe",
    "Coupes",
    "Manche",
    "Ligue",
    "Formule",
    "GT",
    "Clio",
    "Legends",
)


def event_name(meeting: Meeting) -> str:
    """Return the meeting's name in full."""
    word, rest = parted(meeting.venue)
    return meeting.title.format(de=before("de", word, rest) + rest)


def _article(name: str) -> str:
    first = name.split(maxsplit=1)[0]
    if first[0].isdigit() or first in ("Quatre", "Coupes", "Rencontres"):
        return "les"
    return "la" if first in _FEMININE else "le"


def given_words(teller: Teller) -> dict[str, Given]:
    """Return the words for meeting, series and date that phrases may ask for."""
    meeting = teller.meeting
    name, series = event_name(meeting), meeting.series
    one, two = _article(name), _article(series)
    day = meeting.day
    dated = f"{day.day if day.day > 1 else '1er'} {_MONTHS[day.month - 1]} {day.year}"
    teller.event_plural = one == "les", one == "la"
    return {
        "event": name,
        "le_event": (article(one, name) + name,),
        "series": series,
        "le_series": (article(two, series) + series,),
        "du_series": (before("de", two, series) + series,),
        "round": ordinal(meeting.round, "words"),
        "son_round": f"la {ordinal(meeting.round, 'words')}",
        "Venue": meeting.venue,
        "date": dated,
    }


def tell_title(teller: Teller, run: Run) -> None:
    """Tell the title."""
    page, chance = teller.page, teller.chance
    if chance.happens(0.25):
        page.shape = str.upper
    page.capital = True
    teller.tense = "present"
    words = given_words(teller)
    if run.final and len(run.final) > 1 and chance.happens(0.5) and not run.scope:
        told = teller.tell("title.win", A=Ref(run.final[0].entry), B=Ref(run.final[1].entry), **words)
        if "A" in told.slots:
            teller.result(run, "final", 1, run.final[0].entry, told.range)
        if "B" in told.slots:
            teller.result(run, "final", 2, run.final[1].entry, told.range)
    else:
        told = teller.tell("title.plain", **words)
    _event(teller, told)
    page.shape, teller.tense = teller.shape, teller.habits.tense
    page.line()
    teller.caller.named.clear()
    teller.caller.paragraph()


def _event(teller: Teller, told: Told) -> None:
    """Note what a phrase says of the meeting."""
    facts, meeting, page = teller.facts, teller.meeting, teller.page
    text = page.text()
    for slot, field in (
        ("event", "name"),
        ("le_event", "name"),
        ("series", "series"),
        ("le_series", "series"),
        ("du_series", "series"),
    ):
        if slot in told.slots:
            end = told.slots[slot][1]
            length = len(event_name(meeting) if field == "name" else meeting.series)
            facts.event.setdefault(field, text[end - length : end])
            facts.event_at.append((end - length, end))
    for slot in ("venue", "Venue"):
        if slot in told.slots:
            facts.event.setdefault("venue", meeting.venue)
            facts.event_at.append(told.slots[slot])
    if "event" in told.slots or "le_event" in told.slots:
        facts.event.setdefault("venue", meeting.venue)
    if "round" in told.slots or "son_round" in told.slots:
        facts.event["round"] = meeting.round
    if "date" in told.slots:
        facts.event.update(season=meeting.year, ends_on=meeting.day.isoformat())
        facts.event_at.append(told.slots["date"])


def tell_opening(teller: Teller) -> None:
    """Tell dateline and opening sentence."""
    page, chance = teller.page, teller.chance
    page.line(blank=True)
    words = given_words(teller)
    dated = teller.meeting.style in ("agency", "regional", "federation", "team") and chance.happens(0.6)
    if dated:
        page.begin()
        _event(teller, teller.tell("lead.date", **words))
    if dated or chance.happens(0.85):
        _event(teller, teller.say("lead.event", **words))
    if chance.happens(0.4):
        teller.say("talk.weather")


def tell_aside(teller: Teller, topic: str) -> None:
    """Tell something that is no fact of this meeting."""
    others = [Name((), "name", (name,)) for name in teller.chance.some(teller.meeting.others, 2)]
    told = teller.say(topic, N=others[0], M=others[1])
    if "venue" in told.slots:
        teller.facts.event.setdefault("venue", teller.meeting.venue)
        teller.facts.event_at.append(told.slots["venue"])


def tell_negated(teller: Teller, run: Run) -> None:
    """Tell what did not happen, of people who have been told of."""
    known = [
        placed.entry for placed in run.final if all(p.key in teller.caller.named for p in placed.entry.people)
    ]
    given = {letter: Ref(entry) for letter, entry in zip("AB", teller.chance.some(known, 2), strict=False)}
    teller.say("negated.plain", **given)


def tell_standings_prose(teller: Teller, run: Run) -> None:
    """Tell of the championship in a sentence or two."""
    meeting, page, chance = teller.meeting, teller.page, teller.chance
    (first, points), (second, behind) = meeting.standings[0], meeting.standings[1]
    page.begin()
    teller.caller.sentence()
    told = teller.tell("championship.leader", A=Ref(first), points=str(points))
    more: dict[str, Any] = {"points": float(points)} if "points" in told.slots else {}
    if chance.happens(0.4):
        after = teller.tell("championship.behind", B=Ref(second), points_b=str(behind))
        values: dict[str, Any] = {"points": float(behind)} if "points_b" in after.slots else {}
        teller.result(run, "championship", 2, second, (told.range[0], after.range[1]), **values)
    teller.result(run, "championship", 1, first, told.range, **more)
    page.stop()
    if chance.happens(0.4):
        place = chance.between(3, min(8, len(meeting.standings)))
        entry, points = meeting.standings[place - 1]
        told = teller.say("championship.place", A=Ref(entry), n=teller.place_word(place), points=str(points))
        more = {"points": float(points)} if "points" in told.slots else {}
        teller.result(run, "championship", place, entry, told.range, **more)


def tell_boilerplate(teller: Teller) -> None:
    """Add a line that is no report."""
    teller.page.line()
    told = teller.tell("boiler.line")
    teller.facts.skipped.append(told.range)
    teller.page.line()
