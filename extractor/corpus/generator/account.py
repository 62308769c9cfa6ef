"""A session told: grid, start, what happens on the way, the finish, the classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.corpus.generator.grammar import ordinal
from extractor.corpus.generator.happenings import tell_happening, tell_retired
from extractor.corpus.generator.model import Entry, Happening, Placed, Run
from extractor.corpus.generator.referring import Ref
from extractor.corpus.generator.telling import Teller, Told
from extractor.corpus.generator.times import gap_words, when_words

_MOST_EVENTS = 6


def tell_run(teller: Teller, run: Run, *, detail: float) -> None:
    """Tell one session.

    Args:
        teller: Whose page it is told on.
        run: The session.
        detail: Which share of what could be told is told.
    """
    chance = teller.chance
    teller.caller.roles.clear()
    if run.qualifying and chance.happens(0.4 + detail / 2):
        _qualifying(teller, run)
    if run.orders and chance.happens(detail + 0.1):
        _start(teller, run)
    _way(teller, run, detail)
    if chance.happens(0.3):
        teller.page.line()
        teller.caller.paragraph()
    _judged(teller, run)
    _finish(teller, run, detail)
    if run.best and chance.happens(0.4):
        entry, time, _ = run.best
        told = teller.say("finish.fastest", A=Ref(entry), time=teller.habits.clock.time(time))
        teller.result(run, "fastest_lap", 1, entry, told.range, time=time)
    for entry in run.absent:
        if chance.happens(0.6):
            told = teller.say("finish.absent", A=Ref(entry))
            teller.result(run, "final", "dns", entry, told.range)
            teller.incident(run, Happening("did_not_start", entry, 1), told.range, [(Ref(entry), "subject")])
    if teller.meeting.classes and run.scope is None:
        tell_classes(teller, run)


def _qualifying(teller: Teller, run: Run) -> None:
    chance, grid = teller.chance, run.grid
    if chance.happens(0.35):
        session = Run(f"q{run.key}", "qualifying", None, None, 1, run.unit, run.entries)
        told = teller.say(
            "qualifying.best", A=Ref(grid[0]), time=teller.habits.clock.time(run.qualifying[0][1])
        )
        teller.result(session, "qualifying", 1, grid[0], told.range, time=run.qualifying[0][1])
        if chance.happens(0.5):
            told = teller.say("qualifying.next", B=Ref(grid[1]))
            teller.result(session, "qualifying", 2, grid[1], told.range)
        if chance.happens(0.5):
            return
    topic, count = chance.pick(
        [("grid.pole", 1), ("grid.pole", 1), ("grid.pole_two", 2), ("grid.pole_list", 3)]
    )
    refs = {letter: Ref(entry) for letter, entry in zip("ABC"[:count], grid, strict=False)}
    told = teller.say(topic, **refs)
    _noted(teller, run, "grid", told, grid)
    if len(refs["A"].people) == 1:
        teller.caller.roles[refs["A"].keys] = "poleman"
    if chance.happens(0.4):
        place = chance.between(min(count + 1, len(grid) - 1), len(grid) - 1)
        told = teller.say("grid.place", A=Ref(grid[place]), n=teller.place_word(place + 1))
        teller.result(run, "grid", place + 1, grid[place], told.range)


def _noted(teller: Teller, run: Run, kind: str, told: Told, order: Sequence[Entry]) -> None:
    """Note the places of those whom a phrase names in order."""
    for place, (letter, entry) in enumerate(zip("ABC", order, strict=False), 1):
        if letter in told.slots:
            teller.result(run, kind, place, entry, told.range)


def _start(teller: Teller, run: Run) -> None:
    order = run.orders[0]
    page = teller.page
    page.begin()
    teller.caller.sentence()
    topic = "start.lead" if teller.meeting.format in ("races", "endurance", "heats") else "start.lead_clock"
    told = teller.tell(topic, A=Ref(order[0]))
    end = told.range[1]
    if len(order) > 1 and teller.chance.happens(0.4):
        end = teller.tell("start.second", A=Ref(order[0]), B=Ref(order[1])).range[1]
        teller.result(run, "running", 2, order[1], (told.range[0], end))
    teller.result(run, "running", 1, order[0], (told.range[0], end))
    page.stop()


def _way(teller: Teller, run: Run, detail: float) -> None:
    """Tell what happens between start and finish, in order."""
    chance = teller.chance
    events: list[tuple[int, int, str, object]] = []
    for number, happening in enumerate(run.happenings):
        neutral = happening.entry is None
        if happening.outcome != "result_changed" and (neutral or chance.happens(0.35 + detail / 2)):
            events.append((happening.lap, number, "happening", happening))
    for lap in range(2, len(run.orders)):
        if run.orders[lap - 1][0] is not run.orders[lap - 2][0] and chance.happens(detail):
            events.append((lap, 50, "lead", None))
        elif chance.happens(detail * 2 / len(run.orders)):
            events.append((lap, 60, "place", None))
    if len(events) > _MOST_EVENTS:
        events = [event for event in events if event[2] == "happening"] + chance.some(
            [event for event in events if event[2] != "happening"], 2
        )
    for lap, _, what, payload in sorted(events, key=lambda event: event[:2]):
        if what == "happening":
            tell_happening(teller, run, payload)  # type: ignore[arg-type]
        elif what == "lead":
            _lead(teller, run, lap)
        else:
            _on_the_way(teller, run, lap)
        if chance.happens(0.12):
            teller.page.line()
            teller.caller.paragraph()


def _lead(teller: Teller, run: Run, lap: int) -> None:
    order, before = run.orders[lap - 1], run.orders[lap - 2]
    given: dict[str, Ref | str] = {"A": Ref(order[0]), "when": when_words(teller, run, lap)}
    if before[0] in order:
        given["B"] = Ref(before[0])
    told = teller.say("running.lead", **given)
    if "B" in told.slots and not teller.has_result(run, "running", 1, before[0]):
        teller.result(run, "running", 1, before[0], told.range, optional=True)  # said by implication
    teller.result(run, "running", 1, order[0], told.range)


def _on_the_way(teller: Teller, run: Run, lap: int) -> None:
    order, when = run.orders[lap - 1], when_words(teller, run, lap)
    if len(order) > 3 and teller.chance.happens(0.4):
        told = teller.say("running.order", A=Ref(order[0]), B=Ref(order[1]), C=Ref(order[2]), when=when)
        _noted(teller, run, "running", told, order)
        return
    place = teller.chance.between(1, len(order) - 1) if len(order) > 1 else 0
    if place:
        told = teller.say("running.place", A=Ref(order[place]), n=teller.place_word(place + 1), when=when)
        teller.result(run, "running", place + 1, order[place], told.range)


def _judged(teller: Teller, run: Run) -> None:
    """Tell of a decision after the flag, before the classification is told."""
    for happening in run.happenings:
        if happening.outcome != "result_changed" or happening.entry is None:
            continue
        entry = happening.entry
        road = run.road.index(entry) + 1
        if teller.chance.happens(0.8):
            topic = "judge.road_first" if road == 1 else "judge.road"
            told = teller.say(topic, A=Ref(entry), n=teller.place_word(road))
            teller.result(run, "running", road, entry, told.range)
        excluded = happening.type == "disqualification"
        topic = "judge.excluded" if excluded else "judge.penalty"
        told = teller.say(topic, A=Ref(entry), seconds=_seconds(teller, happening.seconds))
        lost = ("lost_win",) if road == 1 else ()
        teller.incident(
            run,
            happening,
            told.range,
            [(Ref(entry), "subject")],
            consequences=(*lost, "result_changed"),
        )
        if excluded:
            teller.result(run, "final", "dsq", entry, told.range)


def _seconds(teller: Teller, seconds: int) -> str:
    words = {5: "cinq", 10: "dix", 15: "quinze", 20: "vingt", 30: "trente"}
    return words[seconds] if seconds in words and teller.chance.happens(0.5) else str(seconds or 10)


def _finish(teller: Teller, run: Run, detail: float) -> None:
    chance, final = teller.chance, run.final
    if not final:
        return
    first = 1
    if len(final) > 2 and chance.happens(0.4):
        refs = {letter: Ref(placed.entry) for letter, placed in zip("ABC", final, strict=False)}
        told = teller.say("finish.podium", **refs)
        _noted(teller, run, "final", told, [placed.entry for placed in final])
        first = 4
    elif len(final) > 1 and final[1].laps_down == 0 and chance.happens(0.3):
        gap = final[1].time - final[0].time
        words = gap_words(teller, gap)
        told = teller.say("finish.win_gap", A=Ref(final[0].entry), B=Ref(final[1].entry), gap=words)
        teller.result(run, "final", 1, final[0].entry, told.range)
        teller.result(run, "final", 2, final[1].entry, told.range, gap=gap)
        first = 3
    else:
        time = teller.habits.clock.time(final[0].time)
        told = teller.say("finish.win", A=Ref(final[0].entry), time=time)
        more: dict[str, Any] = {"time": final[0].time} if "time" in told.slots else {}
        teller.result(run, "final", 1, final[0].entry, told.range, **more)
        first = 2
    winner = Ref(final[0].entry)
    if len(winner.people) == 1:
        teller.caller.roles[winner.keys] = "gagnante" if winner.people[0].feminine else "vainqueur"
    if chance.happens(0.12):
        teller.say("talk.count", A=winner)
    depth = chance.between(3, 4 + int(detail * 6))
    for place in range(first, min(depth, len(final)) + 1):
        if place <= 3 or chance.happens(0.7):
            _placed(teller, run, place, final[place - 1])
    if len(final) > depth + 1 and chance.happens(0.1):
        told = teller.say("finish.last", A=Ref(final[-1].entry), n=teller.place_word(len(final)))
        teller.result(run, "final", len(final), final[-1].entry, told.range)


_TOPICS = {2: "finish.second", 3: "finish.third"}


def _placed(teller: Teller, run: Run, place: int, placed: Placed) -> None:
    given: dict[str, Ref | str] = {"A": Ref(placed.entry), "n": teller.place_word(place)}
    gap: Any
    if placed.laps_down:
        gap = {"laps": placed.laps_down}
        given["gap"] = "un tour" if placed.laps_down == 1 else f"{placed.laps_down} tours"
    else:
        gap = placed.time - run.final[0].time
        given["gap"] = gap_words(teller, gap)
    started = run.grid.index(placed.entry) + 1 if run.qualifying and placed.entry in run.grid else 0
    if started > place:
        given["grid"] = teller.place_word(started)
    topic = _TOPICS.get(place, "finish.place")
    if place == 4 and teller.chance.happens(0.5):
        topic = "finish.fourth"
    told = teller.say(topic, **given)
    teller.result(
        run, "final", place, placed.entry, told.range, **({"gap": gap} if "gap" in told.slots else {})
    )
    if "grid" in told.slots:
        teller.result(run, "grid", started, placed.entry, told.range)


def tell_classes(teller: Teller, run: Run) -> None:
    """Tell who won in each class."""
    chance = teller.chance
    for scope in teller.meeting.classes:
        ranked = run.in_class(scope)
        if not ranked or not chance.happens(0.65):
            continue
        entry = ranked[0].entry
        given: dict[str, Ref | str] = {"A": Ref(entry), "scope": scope}
        place = [placed.entry for placed in run.final].index(entry) + 1
        both = place > 1 and chance.happens(0.35)
        if both:
            given["n"] = teller.place_word(place)
        elif len(ranked) > 1:
            given["B"] = Ref(ranked[1].entry)
        told = teller.say("finish.class_both" if both else "finish.class_win", **given)
        teller.result(run, "final", 1, entry, told.range, scope=scope)
        teller.entry_told(entry, ["scope"], told.range)
        if both:
            teller.result(run, "final", place, entry, told.range)
        if "B" in told.slots:
            teller.result(run, "final", 2, ranked[1].entry, told.range, scope=scope)
        if "B" in told.slots and len(ranked) > 2 and chance.happens(0.4):
            told = teller.say("finish.class_third", C=Ref(ranked[2].entry), scope=scope)
            teller.result(run, "final", 3, ranked[2].entry, told.range, scope=scope)


def tell_stages(teller: Teller, run: Run) -> None:
    """Tell who was fastest in some of a rally's stages or of the climbs."""
    chance, rally = teller.chance, teller.meeting.format == "rally"
    stages = sorted(chance.some(range(1, run.laps + 1), chance.between(1, 3)))
    for number in stages:
        entry, time = run.bests[number - 1]
        if rally:
            label = chance.pick([f"ES{number}", f"ES {number}", f"{ordinal(number, 'words')} spéciale"])
            article = "l'" if label.startswith("ES") else "la "
        else:
            number_word = ordinal(number, chance.pick(["words", "e"]), feminine=True)
            label = f"{number_word} {chance.pick(['montée', 'manche'])}"
            article = "la "
        kind = "stage" if rally else "heat"
        part = Run(f"p{number}", kind, label, number, 1, run.unit, run.entries)
        words = teller.habits.clock.time(time)
        told = teller.say("stage.win", A=Ref(entry), label=article + label, time=words)
        start, end = told.slots["label"]
        written = teller.page.text()[start + len(article) : end]
        teller.session(part, (start + len(article), end), label=written)
        more: dict[str, Any] = {"time": time} if "time" in told.slots else {}
        teller.result(part, "final", 1, entry, told.range, **more)


def tell_semi(teller: Teller, run: Run) -> None:
    """Tell of a semi-final in a sentence."""
    first, second = run.final[0].entry, run.final[1].entry
    told = teller.say("semi.win", A=Ref(first), B=Ref(second), label=run.label or "demi-finale")
    teller.session(run, told.slots["label"], label=run.label)
    teller.result(run, "final", 1, first, told.range)
    if "B" in told.slots:
        teller.result(run, "final", 2, second, told.range)


def tell_abandoned(teller: Teller, run: Run) -> None:
    """Tell of those whose retirement has not been told yet."""
    left = [
        (entry, h)
        for entry, h in run.out
        if h.key is None and not teller.has_result(run, "final", "dnf", entry)
    ]
    if left:
        tell_retired(teller, run, [entry for entry, _ in left])
