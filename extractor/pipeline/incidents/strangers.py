"""Verbs whose subject is nobody of the race: "l'eau y reste", "on renonce", "ma mère regardait"."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.incidents.cast import Cast
from extractor.pipeline.incidents.trigger import Trigger

_HIMSELF = frozenset(("je", "j'", "me", "m'", "nous", "on"))
_DETERMINERS = word_set("incident_words", "subjects.determiners")
_BEFORE_VERB = word_set("incident_words", "subjects.before_verb")
_MEN = word_set("incident_words", "subjects.men")
_OPENING = word_set("incident_words", "subjects.opening")
_SMALL = word_set("incident_words", "subjects.small")


def of_a_stranger(cast: Cast, anchor: int, number: int) -> bool:
    """Tell whether the verb at ``anchor`` has a subject whom nobody knows: "l'eau y reste", "on renonce"."""
    norm, first = cast.norm, cast.scene.clause(number, anchor)
    if norm[anchor - 1] in _DETERMINERS or cast.clitic(anchor, number):
        return False  # the trigger is a noun, or somebody is done something: "les commissaires l'excluent"
    i = anchor - 1
    while i >= first and norm[i] in _BEFORE_VERB:
        i -= 1
    if i > first and norm[i] == ",":
        i = next((k for k in range(i - 1, first, -1) if norm[k] == ","), first) - 1
    if i < first or cast.company(number).by_end.get(i + 1) is not None:
        return False
    if norm[i] == "qui":
        return cast.company(number).by_end.get(i) is None
    if norm[i] == "on":
        return cast.scene.quote_at(i) is None
    return _noun_phrase(cast, i, first, number)


def _noun_phrase(cast: Cast, head: int, first: int, number: int) -> bool:
    """Tell whether a noun phrase that names neither a car nor a man ends at ``head``."""
    norm = cast.norm
    for k in range(head - 1, max(first, head - 3) - 1, -1):
        if norm[k] in _DETERMINERS:
            named = bool(set(norm[k + 1 : head + 1]) & _MEN)
            car = bool(cast.scene.around(number).within("vehicle", k + 1, head + 1))
            return not (named or car or (k > first and norm[k - 1] not in _OPENING))
        if not norm[k].isalpha() or norm[k] in _SMALL:
            return False
    return False


def of_his_own(cast: Cast, trigger: Trigger, first: int) -> bool:
    """Tell whether a speaker tells of his people, not of himself: "ma mère était dans la tribune"."""
    said = set(cast.norm[max(first, trigger.first - 8) : trigger.last + 2])
    if trigger.frame not in ("own", "out") or said & _HIMSELF:
        return False
    return of_a_stranger(cast, trigger.anchor, trigger.sentence)
