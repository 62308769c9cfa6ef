"""Happenings told: what, when, where, and what came of it."""

from __future__ import annotations

from typing import Any

from extractor.corpus.generator.model import Entry, Happening, Run
from extractor.corpus.generator.referring import Ref
from extractor.corpus.generator.telling import Teller, Told
from extractor.corpus.generator.times import when_words
from extractor.corpus.generator.words import table
from extractor.corpus.markup import Range

_CONSEQUENCES = {"retired": ("retirement",), "lost": ("lost_places",), "repairs": ("repairs",)}
_OWN_OUTCOME = ("retirement", "penalty", "jump_start")  # types that say themselves what came of it


def tell_happening(teller: Teller, run: Run, happening: Happening) -> None:
    """Tell one happening in a sentence."""
    if happening.entry is None:
        _neutral(teller, run, happening)
        return
    chance, page = teller.chance, teller.page
    subject = _ref(happening.entry, happening.driver, chance.happens(0.6))
    other = _ref(happening.other, 0, chance.happens(0.6)) if happening.other else None
    given: dict[str, Any] = {"A": subject, "seconds": str(happening.seconds or 10)}
    if other is not None:
        given["B"] = other
    page.begin()
    teller.caller.sentence()
    start = page.length
    slots: dict[str, Range] = {}
    when = (
        when_words(teller, run, happening.lap)
        if happening.type != "jump_start" and chance.happens(0.6)
        else None
    )
    early = when is not None and chance.happens(0.6)
    if when and early:
        slots["when"] = page.add(when)
        page.add(", ")
    grave = happening.type == "mechanical" and happening.outcome == "retired"
    topic = f"incident.{happening.type}" + ("_grave" if grave and chance.happens(0.8) else "")
    told = teller.tell_on(topic, given) if when and early else teller.tell(topic, **given)
    if (
        (early or not when)
        and chance.happens(0.4)
        and happening.type not in ("penalty", "jump_start", "retirement")
    ):
        page.add(" ")
        slots["where"] = page.add(chance.pick(_places(teller)))
    if when and not early:
        page.add(" ")
        slots["when"] = page.add(when)
    said = _outcome(teller, run, happening, given, start, told)
    told.range, told.slots = (start, page.length), {**told.slots, **slots}
    page.stop()
    _note(teller, run, happening, told, subject, other, said)


def _placed(teller: Teller, told: Told) -> bool:
    """Tell whether a phrase says itself where it happened."""
    words = teller.page.text()[slice(*told.range)].split()
    return any(word in words for word in ("dans", "contre", "hors", "sur"))


def _ref(entry: Entry | None, seat: int, alone: bool) -> Ref:
    assert entry is not None
    return Ref(entry, seat) if len(entry.people) > 1 and alone else Ref(entry)


def _places(teller: Teller) -> list[str]:
    kind = {"rally": "roads", "climbs": "roads", "heats": "dirt"}.get(teller.meeting.format, "corners")
    places: list[str] = table("places")["dirt" if teller.meeting.discipline == "motocross" else kind]
    return places


def _outcome(
    teller: Teller, run: Run, happening: Happening, given: dict[str, Any], start: int, told: Told
) -> bool:
    """Tell what came of it, and return whether that was said."""
    if happening.type in _OWN_OUTCOME:
        return True
    must = happening.outcome == "retired"
    prefix = "b_" if happening.other else ""
    outcome = {"retired": "retired", "lost": "lost", "repairs": "repairs"}.get(happening.outcome, "none")
    if prefix and outcome == "repairs":
        outcome = "none"
    if not must and not teller.chance.happens(0.7):
        return False
    subject = told.forms.get("A")
    if not prefix and (subject is None or not _subject_first(told)):
        return _apart(teller, happening, given)
    topic = f"outcome.{prefix}{outcome}"
    if outcome == "lost" and happening.place and not prefix and teller.chance.happens(0.5):
        topic, given = "outcome.lost_place", {**given, "n": teller.place_word(happening.place)}
    end = teller.page.length
    out = teller.tell_on(topic, given, agree=told.forms)
    if topic == "outcome.lost_place" and happening.place:
        teller.result(run, "running", happening.place, Ref(given["A"].entry), (start, out.range[1]))
    return outcome != "none" and out.range[1] > end


def _subject_first(told: Told) -> bool:
    """Tell whether the phrase begins with its subject, so that a second verb may follow."""
    return told.slots["A"][0] - told.range[0] == 0


def _apart(teller: Teller, happening: Happening, given: dict[str, Any]) -> bool:
    """Tell an outcome in a clause of its own, where the phrase has another subject."""
    if happening.outcome != "retired":
        return False
    out = teller.render_text(
        " : {A} [abandonner]", " ; {A} [devoir] renoncer", ", et {A} [rentrer] à pied", A=given["A"]
    )
    return out.range[1] > out.range[0]


def _note(
    teller: Teller, run: Run, happening: Happening, told: Told, subject: Ref, other: Ref | None, said: bool
) -> None:
    who = [(subject, "at_fault" if other else "subject")]
    if other is not None:
        who.append((other, "victim"))
    values: dict[str, Any] = {}
    if said and happening.type != "retirement":
        values["consequences"] = _CONSEQUENCES.get(happening.outcome, ())
    if happening.type == "penalty":
        values["consequences"] = ()
    if happening.type == "jump_start":
        values["consequences"] = ("penalty",)
    if "when" in told.slots and teller.meeting.format in ("races", "endurance", "heats"):
        values["lap"] = (
            happening.lap if teller.page.text()[slice(*told.slots["when"])] != "à mi-course" else None
        )
    teller.incident(run, happening, told.range, who, told=told, **values)
    if happening.outcome == "retired":
        teller.result(run, "final", "dnf", happening.other or subject.entry, told.range)


def _neutral(teller: Teller, run: Run, happening: Happening) -> None:
    page = teller.page
    page.begin()
    teller.caller.sentence()
    told = teller.tell(f"incident.{happening.type}")
    cause = happening.cause
    if cause is not None and cause.key is not None and cause.entry is not None and teller.chance.happens(0.5):
        victim = cause.other or cause.entry
        teller.tell("outcome.cause", A=Ref(victim))
        told.range = (told.range[0], page.length)
    elif cause is not None and cause.key is None:
        happening.cause = None
    page.stop()
    teller.incident(run, happening, told.range, [], told=told)


def tell_retired(teller: Teller, run: Run, entries: list[Entry]) -> None:
    """Tell a list of those who stopped, each an incident without a cause."""
    page = teller.page
    page.line()
    teller.caller.paragraph()
    teller.tell("heading.retired")
    for place, entry in enumerate(entries):
        if place:
            page.add(", ")
        ref = Ref(entry)
        start = page.length
        form = teller.caller.call(ref, how="bare" if teller.chance.happens(0.6) else "full")
        page.add(*form.pieces)
        at = (start, page.length)
        teller.result(run, "final", "dnf", entry, at)
        teller.incident(run, Happening("retirement", entry, run.laps), at, [(ref, "subject")])
    page.stop()
