"""When something happens and by how much, in the words of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.corpus.generator.grammar import ordinal

if TYPE_CHECKING:
    from extractor.corpus.generator.model import Run
    from extractor.corpus.generator.telling import Teller

_LARGE = {1: "millième", 10: "centième", 100: "dixième"}


def when_words(teller: Teller, run: Run, lap: int) -> str:
    """Say when a lap, a stage or a climb was."""
    chance = teller.chance
    number = ordinal(lap, teller.habits.ordinals)
    if number == "1er" and chance.happens(0.5):
        number = "premier"
    kind = teller.meeting.format
    if kind == "rally":
        number = ordinal(lap, teller.habits.ordinals, feminine=True)
        return chance.pick(
            [
                f"dans la {number} spéciale",
                f"après {lap} épreuves" if lap > 1 else "d'entrée",
                f"dans l'ES{lap}",
            ]
        )
    if kind == "climbs":
        number = ordinal(lap, teller.habits.ordinals, feminine=True)
        return f"{chance.pick(['à', 'dans', 'lors de'])} la {number} {chance.pick(['montée', 'manche'])}"
    if lap == 1:
        return chance.pick(["au départ", "dès le premier tour", "au premier virage", "dans le premier tour"])
    ways = [f"au {number} tour", f"au {number} tour", f"dans le {number} tour", f"au {number} passage"]
    if lap == run.laps // 2:
        ways.append("à mi-course")
    left = run.laps - lap
    if 1 < left <= 5:
        ways.append(f"à {('deux', 'trois', 'quatre', 'cinq')[left - 2]} tours de l'arrivée")
    return chance.pick(ways)


def gap_words(teller: Teller, gap: int) -> str:
    """Write a gap; a small one may be counted in fractions."""
    unit = teller.habits.clock.unit
    if gap < 1000 and unit in _LARGE and gap % unit == 0 and teller.chance.happens(0.6):
        count = gap // unit
        return f"{count} {_LARGE[unit]}{'s' if count > 1 else ''}"
    text = teller.habits.clock.time(gap)
    if text.isdigit() or (gap < 60_000 and teller.habits.clock.notation in ("point", "colon", "dots")):
        text += teller.chance.pick([" s", " seconde" + ("s" if gap >= 2000 else "")])
    return text
