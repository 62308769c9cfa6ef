"""Did it happen? What is negated, feared, supposed, investigated, to come or long past is no incident."""

from __future__ import annotations

import re

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.incidents.scene import Around, Scene
from extractor.pipeline.incidents.trigger import Trigger
from extractor.pipeline.people.links import found_between

_NOT = word_set("incident_words", "context.not")
_DEFINITE = word_set("incident_words", "context.definite")
_MODAL = word_set("incident_words", "context.modal")
_ONLY_IF = word_set("incident_words", "context.only_if")
_MADE_TO = word_set("incident_words", "context.made_to")
_SINCE = word_set("incident_words", "context.since")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_SUSPECTS = frozenset(("penalty", "disqualification", "jump_start"))
_CLITIC = frozenset(("y", "en", "se", "s'"))
_IMPERFECT = ("ait", "aient", "ais", "ions")
_SPARED = 6  # tokens from "sans" to the verb
_HAD = frozenset(("avait", "avais", "avaient", "avions", "etait", "etais", "etaient", "etions"))
_ABROAD = frozenset(("own", "out", "noun", "penal"))
_PUNISHING = ("penali", "sanction", "declass", "disqualif", "exclu")
_ONE = frozenset(("un", "une"))
_OWN_END = word_set("incident_words", "context.own_end")
_NOMINAL = frozenset(("noun", "clash", "part", "neutral"))


def happened(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the text says that it took place, at the event reported."""
    if trigger.frame not in _NOMINAL and (_general(scene, trigger) or _own_end(scene, trigger)):
        return False
    around = scene.around(trigger.sentence)
    first = scene.clause(trigger.sentence, trigger.first)
    if trigger.sure or around.within("unavoided", first, trigger.last + 1):
        return not _elsewhere(scene, around, trigger, first)
    nominal = trigger.frame in _NOMINAL
    if nominal and (_punished_for(scene, trigger) or _summed_up(scene, trigger)):
        return False
    if nominal and (answer := _negated_noun(scene, around, trigger)) is not None:
        return answer
    if not nominal and _negated_verb(scene, trigger):
        return False
    return not (
        _near(scene, around, trigger)
        or _supposed(scene, around, trigger)
        or _probed(scene, around, trigger)
        or _elsewhere(scene, around, trigger, first)
    )


def _infinitive(scene: Scene, i: int) -> bool:
    """Tell whether a word is an infinitive as written: "serrer", not "serré"."""
    return scene.tokens.text[i].lower().endswith(("er", "ir", "re"))


def _own_end(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether it is the end of a race that somebody drives: "maîtrise sa fin de course pour gagner"."""
    norm, first = scene.norm, trigger.first
    return norm[first] == "fin" and first > 0 and norm[first - 1] in _OWN_END


def _general(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether somebody speaks of what may happen: an infinitive in a quote that nothing makes real."""
    verb = trigger.first
    while verb < trigger.last - 1 and scene.norm[verb] in _CLITIC:
        verb += 1
    if scene.quote_at(trigger.first) is None or not _infinitive(scene, verb):
        return False
    return not set(scene.norm[max(0, trigger.first - 4) : trigger.first]) & _MADE_TO


def _summed_up(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a speaker counts up his day: "une coupe et une panne", "un podium, une casse"."""
    start = scene.phrase(trigger.sentence, trigger.first)
    if scene.quote_at(trigger.first) is None or scene.norm[start] not in _ONE:
        return False
    before = scene.norm[max(scene.sentence(trigger.sentence).first, start - 4) : start]
    return bool(before) and before[-1] in (",", "et") and bool(_ONE & set(before))


def _punished_for(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a thing out of place is what the stewards punish: "pénalité pour spoiler décroché"."""
    if trigger.type not in ("bodywork", "mechanical"):
        return False
    norm, start = scene.norm, scene.phrase(trigger.sentence, trigger.first)
    if norm[start - 1] != "pour":
        return False
    floor = max(scene.sentence(trigger.sentence).first, start - 6)
    return any(n.startswith(_PUNISHING) for n in norm[floor : start - 1])


def _negated_noun(scene: Scene, around: Around, trigger: Trigger) -> bool | None:
    """Return ``False`` for "sans le moindre contact", ``True`` for "sans ce contact", else ``None``."""
    start = scene.phrase(trigger.sentence, trigger.first)
    found: list[Term] = [
        t for t in around.all("negated") if start <= t.end <= trigger.first and t.start >= start - 4
    ]
    if not found:
        return None
    if any(scene.norm[t.start : t.end] != ["sans"] for t in found):
        return False
    following = scene.norm[found[-1].end]
    if following in _DEFINITE:
        return True
    sentence = scene.sentence(trigger.sentence)
    return any(
        n in _ONLY_IF or n.endswith(("erait", "eraient")) for n in scene.norm[sentence.first : sentence.last]
    )


def _negated_verb(scene: Scene, trigger: Trigger) -> bool:
    norm, first = scene.norm, trigger.first
    floor = scene.sentence(trigger.sentence).first
    before = norm[max(floor, first - 4) : first]
    if "sans" in before[-2:] and norm[first - 1] != "que":
        return True
    if norm[trigger.last : trigger.last + 1] == ["pas"]:
        return True
    near = [*before[-3:], *norm[trigger.last : trigger.last + 3]]
    return ("ne" in before or "n'" in before) and any(n in _NOT for n in near)


def _near(scene: Scene, around: Around, trigger: Trigger) -> bool:
    start = scene.phrase(trigger.sentence, trigger.first)
    for term in around.all("near"):
        if trigger.anchor - 3 <= term.end <= max(start, trigger.anchor) and term.start < trigger.first:
            between = scene.norm[term.end : trigger.first]
            if (
                "," not in between
                and "et" not in between
                and "n'" not in scene.norm[term.start - 1 : term.start]
            ):
                return True
    after = scene.norm[trigger.last : trigger.last + 5]
    return any(
        n.startswith("evit") and set(after[:k]) & {"est", "etait", "fut", "ete", "sont", "etre"}
        for k, n in enumerate(after)
    )


def _supposed(scene: Scene, around: Around, trigger: Trigger) -> bool:
    norm, first = scene.norm, trigger.first
    floor = scene.sentence(trigger.sentence).first
    if any(trigger.anchor - 5 <= t.end <= trigger.first for t in around.all("hypo")):
        return True
    if trigger.frame not in _NOMINAL and any(
        norm[i] in _MODAL and not _anterior(scene, i) for i in range(max(floor, first - 3), first)
    ):
        return True
    return _conditional(scene, trigger) or _unreal(scene, trigger)


def _unreal(scene: Scene, trigger: Trigger) -> bool:
    """Tell of what was spared somebody: "sans les mécanos on abandonnait"."""
    norm = scene.norm
    if trigger.frame in _NOMINAL or not norm[trigger.first].endswith(_IMPERFECT):
        return False
    first = scene.clause(trigger.sentence, trigger.first)
    return "sans" in norm[max(first, trigger.first - _SPARED) : trigger.first]


def _anterior(scene: Scene, i: int) -> bool:
    """Tell of "après que X eut pris feu": it happened, unlike with "eût"."""
    return scene.norm[i] == "eut" and scene.tokens.text[i].lower() == "eut"


def _conditional(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the trigger stands in an unreal clause: "si X avait abandonné, Y aurait gagné"."""
    norm, sentence = scene.norm, scene.sentence(trigger.sentence)
    for i in range(trigger.first, max(sentence.first - 1, trigger.first - 14), -1):
        if norm[i] in (",", ";", ":") and i < trigger.first:
            return False
        if (
            norm[i] in ("si", "s'")
            and norm[i + 1 : i + 2] != ["bien"]
            and (norm[i] == "si" or norm[i + 1] in ("il", "ils"))
        ):
            whole = norm[sentence.first : sentence.last]
            return any(n.endswith(("rait", "raient")) and len(n) > 5 for n in whole) or (
                "avait" in norm[i : trigger.first] and "pas" not in whole
            )
    return False


def _probed(scene: Scene, around: Around, trigger: Trigger) -> bool:
    if trigger.type == "collision":
        return any(trigger.anchor - 5 <= t.end <= trigger.first for t in around.all("probe"))
    if trigger.type not in _SUSPECTS:
        return False
    first, last = (
        scene.clause(trigger.sentence, trigger.first),
        scene.clause_end(trigger.sentence, trigger.last),
    )
    return bool(around.within("probe", first, last))


def _at_other_races(scene: Scene, trigger: Trigger) -> bool:
    """Tell of a list of other days: "sorti à Spa, trahi par sa boîte à Monza, X a retrouvé ..."."""
    sentence = scene.sentence(trigger.sentence)
    if trigger.frame in ("own", "out") and not scene.norm[trigger.first].endswith(
        ("i", "ie", "e", "ee", "u", "ue", "is", "ise")
    ):
        return False
    if trigger.anchor > sentence.first and scene.norm[trigger.anchor - 1] not in (",", ":", ";"):
        return False  # "il a tiré tout droit dans un pré au col" is told of this day
    places = [
        name.first
        for name in found_between(scene.names, sentence.first, sentence.last)
        if name.kind in ("place", "circuit", "other") and scene.norm[name.first - 1] in ("a", "au", "en")
    ]
    return len(places) > 1 and any(trigger.last < p <= trigger.last + 2 for p in places)


def _years_ago(scene: Scene, trigger: Trigger) -> bool:
    """Tell of what had happened in a year named before: "c'était en 2017 et j'avais fini dans l'herbe"."""
    norm, first = scene.norm, trigger.first
    if not _HAD & set(norm[max(0, first - 3) : first]):
        return False
    return any(
        norm[i] == "en" and _YEAR.match(norm[i + 1])
        for i in range(scene.sentence(trigger.sentence).first, first)
    )


def _elsewhere(scene: Scene, around: Around, trigger: Trigger, first: int) -> bool:
    """Tell whether the words put it into another year, another place or the future."""
    last = scene.clause_end(trigger.sentence, trigger.last)
    if around.within("past", first, last) or any(
        t.end <= trigger.last + 8 for t in around.within("future", first, last)
    ):
        return True
    norm = scene.norm
    if trigger.frame in _ABROAD and _at_other_races(scene, trigger):
        return True
    if _years_ago(scene, trigger):
        return True
    for i in range(first, last - 1):
        if (
            norm[i] in ("en", "de")
            and _YEAR.match(norm[i + 1])
            and i > first
            and abs(i - trigger.last) < 8
            and norm[i] == "en"
        ):
            return True
    if trigger.frame in _NOMINAL:
        start = scene.phrase(trigger.sentence, trigger.first)
        if start and (norm[start - 1] in _SINCE or norm[start] in _SINCE):
            for name in found_between(scene.names, trigger.last, min(last, trigger.last + 6)):
                if name.kind in ("place", "circuit") and norm[name.first - 1] in (
                    "a",
                    "au",
                    "en",
                    "du",
                    "de",
                    "d'",
                ):
                    return True
    return False
