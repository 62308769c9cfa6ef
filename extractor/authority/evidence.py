"""What speaks for and against two appearances being one: named numbers, which the model weighs.

Every name here is a key of ``weights.toml``, and the reasons that users are given are made of them.
"""

from __future__ import annotations

import math
from typing import Final

from extractor.authority.entrant import TeamLikeness, compare_teams
from extractor.authority.person import (
    GivenRelation,
    PersonName,
    SurnameLikeness,
    compare_given,
    compare_surnames,
)
from extractor.authority.portrait import Portrait, Rarity, key_of
from extractor.authority.resemblance import phrase_likeness

Evidence = list[tuple[str, float]]

WORST_SURNAME: Final = 24.0  # costlier misreadings are not thought of
_LONGEST_CAREER = 45
_LONGEST_TEAM = 70
_ALIKE = 0.86  # from which two folded names of series or teams are one
_MANY = 4
_SPAN = 12.0


def evidence_of(one: Portrait, other: Portrait, rarity: Rarity) -> Evidence | None:
    """Return what speaks for and against; ``None`` where it is out of the question."""
    a, b = one.appearance, other.appearance
    if a.kind != b.kind or a.text_id == b.text_id:
        return None
    longest = _LONGEST_CAREER if a.kind == "driver" else _LONGEST_TEAM
    if a.about is not None and b.about is not None and abs(a.about - b.about) > longest:
        return None
    named = _of_people(one, other, rarity) if a.kind == "driver" else _of_teams(one, other, rarity)
    if named is None:
        return None
    clarity = next(_CLARITY[name] for name, _ in named if name in _CLARITY)
    found = [*named, *_of_surroundings(one, other, rarity)]
    return [(f"{name}/{clarity}", value) for name, value in found]


# What surroundings are worth depends on how much the names say.
_CLARITY: Final = {
    "given_same": "full", "given_near": "full", "given_nickname": "full", "given_part": "full",
    "given_initial": "initial", "given_one": "bare", "given_neither": "bare", "given_differs": "other",
    "team_equal": "full", "team_own_equal": "full", "team_misread": "full", "team_contained": "part",
    "team_word": "other",
}  # fmt: skip


def plain(name: str) -> str:
    """Return the name of a piece of evidence, whatever the names it stands beside."""
    return name.partition("/")[0]


# ------------------------------------------------------------------------------------------------ people


def _of_people(one: Portrait, other: Portrait, rarity: Rarity) -> Evidence | None:
    best = best_names(one, other)
    if best is None:
        return None
    likeness, a, b = best
    relation = compare_given(one.given, other.given)
    found: Evidence = _of_surname(likeness, a, b)
    found.append((f"given_{relation}", 1.0))
    if {a.generation, b.generation} - {""} and a.generation != b.generation:
        found.append(("generation_differs" if a.generation and b.generation else "generation_one", 1.0))
    namesakes = max(rarity.namesakes(key_of(one)), rarity.namesakes(key_of(other)))
    crowd = math.log1p(max(namesakes - 1, 0))
    if crowd:
        found.append(("namesakes", crowd))
    common = max(rarity.surnames[key_of(one)], rarity.surnames[key_of(other)])
    found.append(("surname_common", math.log1p(common) / math.log(rarity.documents + 4)))
    return found


def best_names(one: Portrait, other: Portrait) -> tuple[SurnameLikeness, PersonName, PersonName] | None:
    """Return the forms of two names whose surnames are most alike; ``None`` where none are."""
    best: tuple[SurnameLikeness, PersonName, PersonName] | None = None
    for a in one.persons:
        for b in other.persons:
            likeness = compare_surnames(a.surname, b.surname)
            if best is None or _rank(likeness) < _rank(best[0]):
                best = likeness, a, b
                if likeness.cost == 0.0:
                    return best
    if best is None or (best[0].cost > WORST_SURNAME and not best[0].is_part and not best[0].is_heard):
        return None
    return best


def _rank(likeness: SurnameLikeness) -> float:
    return likeness.cost - 4 * likeness.is_heard - 8 * likeness.is_part


def _of_surname(likeness: SurnameLikeness, a: PersonName, b: PersonName) -> Evidence:
    if likeness.cost == 0.0:
        found: Evidence = [("surname_same", 1.0)]
        if a.particle and b.particle and a.particle.split()[0] != b.particle.split()[0]:
            found.append(("particle_differs", 1.0))
        return found
    if likeness.is_part:
        return [("surname_part", 1.0)]
    length = max(len(a.surname), len(b.surname))
    found = [("surname_misread", likeness.cost / 10), ("surname_misread_per_letter", likeness.cost / length)]
    if likeness.is_heard:
        found.append(("surname_heard", 1.0))
    return found


# ------------------------------------------------------------------------------------------------- teams


def _of_teams(one: Portrait, other: Portrait, rarity: Rarity) -> Evidence | None:
    likeness = max(
        (compare_teams(a, b) for a in one.teams for b in other.teams),
        key=lambda it: (it.is_equal, len(it.shared) - it.missing, -it.cost),
    )
    if not likeness.shared and likeness.cost > WORST_SURNAME and not likeness.is_heard:
        return None
    return _of_likeness(likeness, rarity)


def _of_likeness(likeness: TeamLikeness, rarity: Rarity) -> Evidence:
    worth = sum(rarity.word_weight(word) for word in likeness.shared)
    if likeness.is_equal:
        found: Evidence = [("team_equal", 1.0)]
    elif likeness.cost == 0.0:
        found = [("team_own_equal", 1.0)]
    elif likeness.missing == 0 and likeness.extra == 0 and likeness.shared:
        found = [("team_misread", 1.0), ("team_misread_cost", likeness.cost / 10)]
    elif likeness.missing == 0 and likeness.shared:
        found = [("team_contained", 1.0), ("team_extra", float(likeness.extra))]
    else:
        found = [("team_word", 1.0), ("team_missing", float(likeness.missing + likeness.extra))]
        if likeness.is_heard:
            found.append(("team_heard", 1.0))
    found.append(("team_worth", worth))
    found.append(("team_generic_same" if likeness.same_generic else "team_generic_differs", 1.0))
    return found


# ------------------------------------------------------------------------------------------ surroundings


def _of_surroundings(one: Portrait, other: Portrait, rarity: Rarity) -> Evidence:
    found: Evidence = [("bias", 1.0), *_of_time(one, other), *_of_place(one, other)]
    mates = rarity.shared(one.mates, other.mates)
    if mates:
        found.append(("mates_shared", math.log1p(mates)))
    elif one.mates and other.mates:
        found.append(("mates_differ", 1.0))
    across = rarity.shared(one.mates, other.rivals) + rarity.shared(one.rivals, other.mates)
    rivals = rarity.shared(one.rivals, other.rivals) + across
    if rivals:
        least = min(len(one.rivals), len(other.rivals)) + 1
        found += [("rivals_shared", math.log1p(rivals)), ("rivals_share", min(1.0, rivals / least))]
    elif len(one.rivals) >= _MANY and len(other.rivals) >= _MANY:
        found.append(("rivals_differ", 1.0))
    found += _of_cars(one, other)
    return found


def _of_time(one: Portrait, other: Portrait) -> Evidence:
    a, b = one.appearance.about, other.appearance.about
    if a is None or b is None:
        return [("year_unknown", 1.0)]
    gap = abs(a - b)
    found: Evidence = [("years_apart", math.log1p(gap))]
    if one.appearance.year is None or other.appearance.year is None:
        found.append(("year_guessed", 1.0))
    if gap > _SPAN:
        found.append(("years_far", (gap - _SPAN) / 10))
    return found


def _of_place(one: Portrait, other: Portrait) -> Evidence:
    a, b = one.appearance, other.appearance
    found: Evidence = []
    if a.series and b.series:
        found.append(("series_same" if is_alike(a.series, b.series) else "series_differs", 1.0))
    if a.on_two_wheels != b.on_two_wheels:
        found.append(("wheels_differ", 1.0))
    if a.teams and b.teams:
        is_shared = any(is_alike(x, y) for x in a.teams for y in b.teams)
        found.append(("team_shared" if is_shared else "team_differs", 1.0))
    return found


def _of_cars(one: Portrait, other: Portrait) -> Evidence:
    found: Evidence = []
    if one.numbers and other.numbers:
        found.append(("number_same" if one.numbers & other.numbers else "number_differs", 1.0))
    if one.makes and other.makes:
        found.append(("make_same" if one.makes & other.makes else "make_differs", 1.0))
    return found


def is_alike(one: str, other: str) -> bool:
    """Tell whether two folded names of a series, place or team are most likely one."""
    return one == other or phrase_likeness(one, other) >= _ALIKE


def given_relation(one: Portrait, other: Portrait) -> GivenRelation:
    """Say how the given names of two drivers stand to each other."""
    return compare_given(one.given, other.given)
