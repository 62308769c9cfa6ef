"""One report, from its seed to its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast, get_args

from extractor.corpus.compile import compile_draft
from extractor.corpus.draft import Draft, EventFact, IncidentFact, SkipFact
from extractor.corpus.evidence import named_in
from extractor.corpus.generator.account import tell_abandoned, tell_run, tell_semi, tell_stages
from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.framing import (
    given_words,
    tell_aside,
    tell_boilerplate,
    tell_negated,
    tell_opening,
    tell_standings_prose,
    tell_title,
)
from extractor.corpus.generator.habits import drawn
from extractor.corpus.generator.lists import tell_list, tell_standings
from extractor.corpus.generator.meeting import compose
from extractor.corpus.generator.model import Meeting, Run
from extractor.corpus.generator.source import source_of
from extractor.corpus.generator.speech import Speeches
from extractor.corpus.generator.telling import Teller
from extractor.corpus.metadata import Metadata, Noise
from extractor.corpus.noise import degraded
from extractor.corpus.report import SUFFIX, Report

NoiseChoice = Literal["clean", "wrapped", "ocr", "mixed"]
NOISES: tuple[str, ...] = get_args(NoiseChoice)
AUTHOR = "generator"
_MIXED = {"clean": 45, "wrapped": 20, "boilerplate": 15, "ocr": 15, "ocr_heavy": 5}
_FEWEST_WORDS = 150
_ACCEPTED = {"unmarked_person": "makes, places and series are no persons"}
_DAYS = ("samedi", "dimanche", "dimanche")


def generate(seed: int, count: int, *, noise: NoiseChoice = "clean", start: int = 0) -> Iterator[Report]:
    """Yield reports; the same seed and number always give the same report.

    Args:
        seed: Of the whole run.
        count: How many.
        noise: What is done to their texts; ``mixed`` draws for each.
        start: Number of the first one.
    """
    for number in range(start, start + count):
        yield generate_one(seed, number, noise=noise)


def generate_one(seed: int, number: int, *, noise: NoiseChoice = "clean") -> Report:
    """Return one report, noise included."""
    name, about, draft, _ = composed(seed, number, noise=noise)
    final = degraded(draft, about.noise, seed=name)
    return Report(name, Path(name + SUFFIX), about, final, compile_draft(final, name))


def generate_source(seed: int, number: int, *, noise: NoiseChoice = "clean") -> tuple[str, str]:
    """Return one report as a report file: its name, and its content, which compiles to the same record."""
    name, about, draft, _ = composed(seed, number, noise=noise)
    return name + SUFFIX, source_of(about, draft)


def composed(seed: int, number: int, *, noise: NoiseChoice = "clean") -> tuple[str, Metadata, Draft, Meeting]:
    """Return one report before noise: name, metadata, text with facts, and the meeting that it tells of."""
    chance = Chance(f"{seed}/{number}")
    meeting = compose(chance)
    kind = cast("Noise", chance.weighed(_MIXED) if noise == "mixed" else noise)
    teller = Teller(meeting, drawn(meeting, chance), chance)
    _Report(teller, kind).tell()
    draft = _drafted(teller)
    draft.accepted |= {*teller.facts.accepted, *_ACCEPTED}
    about = Metadata(
        discipline=meeting.discipline, year=meeting.year, style=meeting.style, noise=kind, author=AUTHOR
    )
    return f"gen-{seed}-{number:07d}", about, draft, meeting


class _Report:
    """The order in which one report tells things."""

    def __init__(self, teller: Teller, noise: Noise) -> None:
        self.teller, self.chance, self.page = teller, teller.chance, teller.page
        self.meeting, self.noise = teller.meeting, noise
        self.speeches = Speeches(teller)
        self.main = [run for run in self.meeting.runs if run.kind != "semi_final"]
        self.listed = self.meeting.style == "results"
        self.detail = 0.15 if self.listed else self.chance.pick([0.3, 0.45, 0.6, 0.8])

    def tell(self) -> None:
        """Tell all of it."""
        boiler = self.noise == "boilerplate"
        self._shape()
        if boiler and self.chance.happens(0.4):
            tell_boilerplate(self.teller)
        tell_title(self.teller, self.main[-1])
        if boiler:
            tell_boilerplate(self.teller)
        tell_opening(self.teller)
        for run in self.meeting.runs:
            self._run(run)
        self._after()
        for _ in range(self.chance.between(1, 4) if boiler else self.chance.happens(0.1)):
            tell_boilerplate(self.teller)

    def _shape(self) -> None:
        """Write all words as the style does: in capitals, or without accents."""
        if self.meeting.style == "capitals":
            self.teller.shape = str.upper
        elif self.meeting.style == "amateur" and self.chance.happens(0.5):
            self.teller.shape = _without_accents
        self.page.shape = self.teller.shape

    def _run(self, run: Run) -> None:
        teller, chance = self.teller, self.chance
        if run.kind == "semi_final":
            self._paragraph()
            tell_semi(teller, run)
            return
        self._introduce(run)
        if run.kind == "overall" and chance.happens(0.6):
            tell_stages(teller, run)
        tell_run(teller, run, detail=self.detail)
        if chance.happens(0.4) and not self.listed:
            tell_negated(teller, run)
        if chance.happens(0.25):
            tell_abandoned(teller, run)
        quotes = {"interview": 3, "results": 0}.get(self.meeting.style, chance.between(0, 2))
        for _ in range(quotes):
            if chance.happens(0.4):
                self._paragraph()
            self.speeches.driver(run)
        if self.listed or chance.happens(0.35):
            self._list(run)

    def _introduce(self, run: Run) -> None:
        teller, page = self.teller, self.page
        self._paragraph(blank=True)
        if run.label is None:
            return
        if (run.kind == "race" and self.chance.happens(0.35)) or (
            run.kind == "final" and self.chance.happens(0.3)
        ):
            self._intro_sentence(run)
            return
        page.capital = True
        clock = _spoken(run)
        told = teller.tell("heading.race", label=run.label, day=self.chance.pick(_DAYS), clock=clock)
        scheduled = run.clock if run.clock and "clock" in told.slots else None
        start, end = told.slots["label"]
        teller.session(run, (start, end), label=page.text()[start:end], scheduled=scheduled)
        page.line()

    def _intro_sentence(self, run: Run) -> None:
        teller = self.teller
        label = (run.label or "")[:1].lower() + (run.label or "")[1:]
        if run.kind == "final":
            told = teller.say("intro.final", label=label, laps=str(run.laps))
            start, end = told.slots["label"]
        else:
            clock = f"à {_spoken(run)}"
            told = teller.say("intro.race", la_label=(f"la {label}",), à_clock=clock, laps=str(run.laps))
            start, end = told.slots["la_label"]
            start += 3
        scheduled = run.clock if "à_clock" in told.slots else None
        teller.session(run, (start, end), label=teller.page.text()[start:end], scheduled=scheduled)

    def _list(self, run: Run) -> None:
        teller, page, chance = self.teller, self.page, self.chance
        self._paragraph(blank=True)
        page.capital = True
        if run.label:
            told = teller.tell("heading.results_of", label=run.label)
            teller.session(run, told.slots["label"], label=page.text()[slice(*told.slots["label"])])
        else:
            teller.tell("heading.results")
        page.line()
        tell_list(teller, run)
        if run.scope is None:
            for scope in self.meeting.classes:
                if run.in_class(scope) and chance.happens(0.5):
                    teller.tell("heading.class", scope=scope)
                    page.line()
                    tell_list(teller, run, scope=scope)
        if self.listed and chance.happens(0.7):
            tell_abandoned(teller, run)

    def _after(self) -> None:
        teller, chance, last = self.teller, self.chance, self.main[-1]
        self._paragraph(blank=True)
        if chance.happens(0.4):
            tell_aside(teller, "talk.past")
        if chance.happens(0.45):
            tell_standings_prose(teller, last)
        if chance.happens(0.3) and not self.listed:
            self.speeches.other()
        if chance.happens(0.4):
            tell_aside(teller, "talk.next")
        if chance.happens(0.25):
            teller.say("talk.end")
        if chance.happens(0.15):
            self._paragraph(blank=True)
            teller.tell("heading.championship", **given_words(teller))
            self.page.line()
            tell_standings(teller, last)
        self._lengthen()

    def _lengthen(self) -> None:
        """Add asides to a report that is too short, or say that it is meant to be."""
        teller = self.teller
        for topic in ("talk.weather", "talk.past", "talk.next", "talk.end"):
            if len(self.page.text().split()) < _FEWEST_WORDS and not self.listed:
                self._paragraph()
                tell_aside(teller, topic)
        if len(self.page.text().split()) < _FEWEST_WORDS + 30:
            teller.facts.accepted["length"] = "short reports exist"

    def _paragraph(self, *, blank: bool = False) -> None:
        self.page.line(blank=blank)
        self.teller.caller.paragraph()


_ACCENTS = str.maketrans("àâçéèêëîïôöùûüÀÂÇÉÈÊËÎÏÔÖÙÛÜ’", "aaceeeeiioouuuAACEEEEIIOOUUU'")


def _without_accents(text: str) -> str:
    return text.translate(_ACCENTS)


def _spoken(run: Run) -> str:
    """Return when a session starts as the text has it: ``9h05``."""
    return (run.clock or "14:00").replace(":", "h").lstrip("0")


def _drafted(teller: Teller) -> Draft:
    draft, facts = teller.page.draft(), teller.facts
    named = {key for mark in draft.marked.marks if mark.form == "name" for key in mark.keys}
    for entry in teller.meeting.entries:
        draft.roles.update({p.key: p.role for p in entry.people if p.key in named})
        if entry.team and entry.team.key in named and entry.team.key not in draft.teams:
            draft.teams.append(entry.team.key)
    order = list(dict.fromkeys(draft.roles.values()))
    draft.roles = dict(sorted(draft.roles.items(), key=lambda pair: order.index(pair[1])))
    if facts.event:
        draft.events.append(EventFact(tuple(sorted(set(facts.event_at))), 0, facts.event))
    keys = [run.key for run in teller.meeting.runs]
    place = {key: 2 * number + 1 for number, key in enumerate(keys)}
    draft.sessions = sorted(
        facts.sessions.values(), key=lambda fact: place.get(fact.key, _before(fact.key, place))
    )
    draft.results = list(facts.results.values())
    draft.entries = teller.entry_facts()
    draft.quotes = facts.quotes
    draft.incidents = [_participants(draft, fact) for fact in facts.incidents]
    draft.skipped = [SkipFact((at,), 0, "boilerplate") for at in facts.skipped]
    return _only_named(draft, named)


def _before(key: str, place: dict[str, int]) -> int:
    """Return the place of a qualifying session, right before its race, or of a part, before the whole."""
    return place[key[1:]] - 1 if key.startswith("q") else 0


def _participants(draft: Draft, fact: IncidentFact) -> IncidentFact:
    """Say how the evidence refers to those involved."""
    who = (
        replace(one, at=named_in(draft.marked, one.driver, fact.evidence) if one.driver else None)
        for one in fact.participants
    )
    return replace(fact, participants=tuple(who))


def _only_named(draft: Draft, named: set[str]) -> Draft:
    """Leave out those of a crew whom the text never names."""
    draft.results = [replace(f, drivers=tuple(k for k in f.drivers if k in named)) for f in draft.results]
    draft.entries = [replace(f, drivers=tuple(k for k in f.drivers if k in named)) for f in draft.entries]
    draft.incidents = [
        replace(f, participants=tuple(p for p in f.participants if p.driver in named))
        for f in draft.incidents
    ]
    return draft
