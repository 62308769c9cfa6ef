"""Races run lap by lap: who is where, who stops, who is punished, and what the clock says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.model import Entry, Happening, Placed, Run

# How often each type comes up, by kind of meeting; and how it ends: retired, lost, repairs, none.
_TYPES = {
    "wheels": {"collision": 5, "spin": 5, "off_track": 4, "crash": 3, "puncture": 3, "mechanical": 6}
    | {"bodywork": 1, "fire": 1, "retirement": 3, "jump_start": 1, "penalty": 2},
    "bikes": {"fall": 8, "collision": 2, "off_track": 2, "mechanical": 4, "retirement": 3, "jump_start": 1},
    "clock": {
        "spin": 4,
        "off_track": 5,
        "crash": 4,
        "puncture": 4,
        "mechanical": 6,
        "retirement": 3,
        "penalty": 2,
    },
}
_ENDINGS = {
    "collision": {"retired": 4, "lost": 4, "none": 2},
    "spin": {"retired": 1, "lost": 6, "none": 2},
    "off_track": {"retired": 3, "lost": 5, "none": 2},
    "crash": {"retired": 9, "repairs": 1},
    "fall": {"retired": 5, "lost": 4, "none": 1},
    "puncture": {"retired": 2, "lost": 5, "repairs": 3},
    "mechanical": {"retired": 7, "lost": 2, "repairs": 2},
    "bodywork": {"retired": 1, "lost": 2, "repairs": 3},
    "fire": {"retired": 1},
    "retirement": {"retired": 1},
    "jump_start": {"penalty": 1},
    "penalty": {"lost": 1},
}
_LOSS = {"lost": (8, 30), "repairs": (40, 120), "penalty": (10, 10), "none": (1, 3)}  # seconds
_FEWEST_LEFT = 3


def qualify(run: Run, base: int, chance: Chance) -> None:
    """Set the times of qualifying, and the grid by them."""
    times: list[tuple[Entry, int]] = []
    taken: set[int] = set()
    for entry in run.entries:
        time = _rounded(base * (1000 + entry.pace + 2 * chance.wave()) / 1000, run.unit)
        while time in taken:
            time += run.unit
        taken.add(time)
        times.append((entry, time))
    run.qualifying = sorted(times, key=lambda pair: pair[1])
    run.grid = [entry for entry, _ in run.qualifying]


def race(run: Run, base: int, chance: Chance, *, kind: str, most: int, standing: bool = True) -> None:
    """Run a race, a rally or a series of climbs.

    Args:
        run: The session; its entries start in the order of its grid where it has one.
        base: What a lap takes the fastest.
        chance: Source of chance.
        kind: ``wheels``, ``bikes`` or ``clock`` (against the clock).
        most: How many happenings there may be.
        standing: Whether all start at once, so that the grid counts.
    """
    planned = _plan(run, chance, kind, most)
    total = {
        entry: (place * run.unit * 3 if standing else 0)
        for place, entry in enumerate(run.grid or run.entries)
    }
    running = list(total)
    for lap in range(1, run.laps + 1):
        best: tuple[Entry, int] | None = None
        for entry in running:
            time = _rounded(base * (1000 + entry.pace + 5 * chance.wave()) / 1000, run.unit)
            if best is None or time < best[1]:
                best = (entry, time)
            if run.best is None or time < run.best[1]:
                run.best = (entry, time, lap)
            total[entry] += time
        assert best is not None
        run.bests.append(best)
        for happening in [h for h in planned if h.lap == lap]:
            _happen(run, happening, total, running, chance)
        running.sort(key=lambda entry: total[entry])
        _part(running, total, run.unit)
        run.orders.append(list(running))
        _note_places(run, lap)
    run.road = list(running)
    run.final = [_placed(entry, total, running[0], base, standing=standing) for entry in running]


def _plan(run: Run, chance: Chance, kind: str, most: int) -> list[Happening]:
    entries = chance.mixed(run.entries)[: max(len(run.entries) - _FEWEST_LEFT, 0)]
    planned: list[Happening] = []
    for _ in range(chance.below(most + 1)):
        if not entries:
            break
        type_ = chance.weighed(_TYPES[kind])
        lap = 1 if type_ == "jump_start" else chance.between(1, max(run.laps - 1, 1))
        happening = Happening(type_, entries.pop(), lap, chance.weighed(_ENDINGS[type_]))
        if type_ == "collision":
            if not entries:
                break
            happening.other = entries.pop()
        if happening.entry is not None:
            happening.driver = chance.below(len(happening.entry.people))
        planned.append(happening)
    return sorted(planned, key=lambda happening: happening.lap)


def _happen(
    run: Run, happening: Happening, total: dict[Entry, int], running: list[Entry], chance: Chance
) -> None:
    sufferer = happening.other or happening.entry
    assert sufferer is not None
    run.happenings.append(happening)
    if happening.outcome == "retired":
        running.remove(sufferer)
        run.out.append((sufferer, happening))
        return
    least, most = _LOSS[happening.outcome]
    happening.seconds = chance.pick([5, 10, 10, 15, 20, 30]) if happening.type == "penalty" else 10
    lost = happening.seconds if happening.type in ("penalty", "jump_start") else chance.between(least, most)
    total[sufferer] += lost * 1000


def _note_places(run: Run, lap: int) -> None:
    for happening in run.happenings:
        sufferer = happening.other or happening.entry
        if happening.lap == lap and happening.outcome == "lost" and sufferer in run.orders[-1]:
            place = run.orders[-1].index(sufferer) + 1
            before = run.orders[-2].index(sufferer) + 1 if lap > 1 and sufferer in run.orders[-2] else None
            happening.place = place if place > 1 and (before is None or place > before) else None
            if happening.place is None:
                happening.outcome = "none"


def _part(running: Sequence[Entry], total: dict[Entry, int], unit: int) -> None:
    """Part those whom the clock would put at one place."""
    for ahead, behind in pairwise(running):
        if total[behind] <= total[ahead]:
            total[behind] = total[ahead] + unit


def _placed(entry: Entry, total: dict[Entry, int], winner: Entry, base: int, *, standing: bool) -> Placed:
    laps = (total[entry] - total[winner]) // base if standing else 0
    return Placed(entry, total[entry], laps)


def neutralise(run: Run, chance: Chance, types: Sequence[str]) -> None:
    """Let a retirement bring out the safety car or the red flag."""
    for happening in run.happenings:
        grave = happening.type in ("crash", "fire", "collision", "fall") and happening.outcome == "retired"
        if grave and types and chance.happens(0.5):
            type_ = chance.pick(types)
            run.happenings.insert(
                run.happenings.index(happening) + 1, Happening(type_, None, happening.lap, cause=happening)
            )
            return


def judge(run: Run, chance: Chance) -> None:
    """Let the stewards speak after the flag: a penalty in seconds, or an exclusion."""
    if len(run.final) < 5 or any(placed.laps_down for placed in run.final[:5]):
        return
    place = chance.below(4)
    punished = run.final[place]
    if chance.happens(0.5):
        happening = Happening("disqualification", punished.entry, run.laps, "result_changed")
        run.excluded.append((punished.entry, happening))
        run.final.remove(punished)
    else:
        happening = Happening("penalty", punished.entry, run.laps, "result_changed")
        happening.seconds = chance.pick([5, 10, 20, 30])
        punished.time += happening.seconds * 1000
        run.final.sort(key=lambda placed: (placed.laps_down, placed.time))
        if run.final[place] is punished:
            punished.time -= happening.seconds * 1000
            return
        for ahead, behind in pairwise(run.final):
            behind.time = max(behind.time, ahead.time + run.unit)
    run.happenings.append(happening)


def _rounded(time: float, unit: int) -> int:
    return int(time / unit) * unit
