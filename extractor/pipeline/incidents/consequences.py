"""What followed, when and where: the particulars of an incident, read from the words around it."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import IncidentFact
from extractor.pipeline.incidents.scene import PAUSES, Scene
from extractor.values.numbers import ordinal_at

_IN = word_set("incident_words", "consequences.in")
_PUNISHED = frozenset(("penalty", "disqualification", "jump_start"))
_REACH = 16


def particulars(
    scene: Scene, fact: IncidentFact, number: int, first: int, last: int, alone: bool = False
) -> None:
    """Fill in lap, ``when``, ``where`` and consequences from the words around tokens ``first`` to ``last``.

    ``alone`` keeps to these tokens.
    """
    sentence = scene.sentence(number)
    low, high = (first, last) if alone else _clause(scene, number, first, last)
    fact.lap = _lap(scene, number, low, high, first)
    fact.when = _when(scene, number, low, high)
    fact.where = _where(scene, number, first, high)
    if fact.type in ("safety_car", "red_flag"):
        return
    around = scene.around(number)
    until = last if alone else min(sentence.last, last + _REACH)
    for term in around.within("lost", max(low, first - 6), until):
        if term.start < last and first < term.end and term.value == "lost_places":
            continue  # "perd une roue" loses no places
        if term.value == "result_changed" and fact.type not in _PUNISHED:
            continue
        if term.value not in fact.consequences:
            fact.consequences.append(term.value)
    if fact.type in _PUNISHED:
        if "repairs" in fact.consequences:
            fact.consequences.remove("repairs")
        punished = fact.type == "penalty" or (fact.type == "jump_start" and _punished(scene, number))
        if punished and "penalty" not in fact.consequences:
            fact.consequences.insert(0, "penalty")


def _punished(scene: Scene, number: int) -> bool:
    sentence = scene.sentence(number)
    return any(
        term.category in ("penal", "noun") and term.value == "penalty"
        for i in range(sentence.first, sentence.last)
        for term in scene.terms.get(i, ())
    ) or bool(scene.around(number).all("amount"))


def _clause(scene: Scene, number: int, first: int, last: int) -> tuple[int, int]:
    low, high = scene.clause(number, first), scene.clause_end(number, last)
    return low, high


def _lap(scene: Scene, number: int, low: int, high: int, first: int) -> int | None:
    """Return the lap named nearest to the incident: "au 3e tour", "dans la 12e boucle", "tour 7"."""
    best: tuple[int, int] | None = None
    for term in scene.around(number).within("lap_word", low, high):
        value = None
        for back in (1, 2, 3, 4):
            i = term.start - back
            if i < low:
                break
            found = ordinal_at(scene.norm, i)
            if found is not None and found[1] in (term.start, term.start - 1):
                value = found[0]
                break
        if (
            value is None
            and scene.norm[term.end : term.end + 1]
            and scene.norm[term.end].isdecimal()
            and term.end < high
        ):
            value = int(scene.norm[term.end]) if len(scene.norm[term.end]) < 4 else None
        if value is not None and scene.norm[term.start].endswith("s") and term.start > low:
            value = None  # "les quatre premiers tours" are no lap
        if value is not None and (best is None or abs(term.start - first) < best[0]):
            best = (abs(term.start - first), value)
    return best[1] if best else None


def _when(scene: Scene, number: int, low: int, high: int) -> str | None:
    around = scene.around(number)
    tokens = scene.tokens
    for term in around.within("countdown", low, high):
        i = term.start
        while i > low and scene.norm[i - 1] not in PAUSES and term.start - i < 5:
            i -= 1
            if scene.norm[i] in ("a", "peu", "juste", "un"):
                return tokens.surface(i, term.end)
    for term in around.within("when", low, high):
        return tokens.surface(term.start, term.end)
    for term in around.within("lap_word", low, high):
        i = term.start
        while i > low and term.start - i < 4:
            i -= 1
            if scene.norm[i] in ("au", "dans", "des", "a"):
                return tokens.surface(i, term.end)
    return None


def _where(scene: Scene, number: int, first: int, high: int) -> str | None:
    around = scene.around(number)
    for term in around.within("place_word", first, min(high, first + _REACH)):
        i = term.start
        if scene.norm[i] == "piste":
            continue  # "entre en piste" tells no place
        while i > first and term.start - i < 5:
            if scene.norm[i - 1] in _IN:
                end = term.end
                if (
                    scene.norm[end : end + 1]
                    and (scene.norm[end].isdecimal() or scene.norm[end] in ("de", "du", "d'"))
                    and end + 1 < high
                ):
                    end += 1 if scene.norm[end].isdecimal() else 2 + (scene.norm[end + 1] in ("la", "l'"))
                return scene.tokens.surface(i - 1, min(end, high))
            i -= 1
    for i in range(first, min(high, first + _REACH)):
        if scene.norm[i].startswith("es") and scene.norm[i][2:].isdecimal():
            return scene.tokens.surface(max(first, i - 1), i + 1)
    return None
