"""Formal lists.

As in "1. X (Team) 25'12"3 ; 2. Y à 3"4", "1er : X", "1 - X - 2 - Y", one line or many, tables too.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.context import OVERALL, Context
from extractor.values.numbers import ordinal
from extractor.values.times import duration, gap

_MAX_TO_NAME = 5
_LONGEST_LABEL = 6
_WIDEST_GAP = 3  # ranks that a list may leave out
_BULLETS = frozenset("–—-•*▪●·")
_LETTERED = re.compile(r"[Pp](\d{1,2})$")
_COLUMNS = word_set("results_words", "columns")
_ON_THE_WAY = word_set("results_words", "on_the_way")
_NUMBER_TO_NAME = word_set("people_words", "from_number_to_name")
CUPS = word_set("results_words", "cups")
QUALIFYING = word_set("results_words", "qualifying")
ROUNDS = word_set("results_words", "rounds")


@dataclass(slots=True)
class Rank:
    """A rank and who holds it; ``end`` is where the next rank begins."""

    token: int
    position: int
    ref: Ref
    end: int = 0


def ranks(context: Context, first: int, last: int) -> list[Rank]:
    """Return the ranks in a token range that stand directly before a name."""
    found: list[Rank] = []
    table = context.table_at(first)
    for i in range(first, last):
        if table and not _first_cell(context, i, first):
            continue
        value = _rank(context, i, first)
        if value is None or (found and not _goes_on(context, i, value - found[-1].position)):
            continue
        ref = _name_after(context, i + 1, last)
        if ref is not None:
            if found:
                found[-1].end = i
            found.append(Rank(i, value, ref, last))
    return found


def _goes_on(context: Context, i: int, step: int) -> bool:
    """Tell whether a number without a mark within a line can be the next rank: a "205 GTI" is a car."""
    bare = context.tokens.text[i].isdecimal() and context.tokens.shape[i + 1 : i + 2] in (["C"], ["U"])
    return not bare or 0 <= step <= _WIDEST_GAP or _new_line(context, i)


def _first_cell(context: Context, i: int, first: int) -> bool:
    """Tell whether a token opens its row, behind a frame's bar at most.

    That is where a table has its ranks.
    """
    if i > first and context.tokens.text[i - 1] == "|":
        i -= 1
    return i == first or _new_line(context, i)


def _rank(context: Context, i: int, first: int) -> int | None:
    tokens = context.tokens
    text = tokens.text[i]
    shape = tokens.shape[i]
    if shape != "d":
        lettered = _LETTERED.match(text) if text[0] in "Pp" else None
        if lettered and (i == first or _new_line(context, i)):
            return int(lettered[1])  # "P4 | ..."
        return None
    if text.isdecimal():
        if len(text) > 3 or int(text) == 0:
            return None
        follows = tokens.text[i + 1] if i + 1 < len(tokens) else ""
        before = tokens.text[i - 1] if i > first else ""
        marked = follows in (".", ")", ":", "-", "–", "°", "/", "|") or (follows == "er")
        opens = (
            i == first
            or before in (";", ",", "-", "–", ":", "|", "/", ".", "(", "…", "•")
            or _new_line(context, i)
        )
        if (
            context.bare_list(i)
            and tokens.shape[i + 1 : i + 2] in (["C"], ["U"])
            and before not in ("#", "°", "º")
        ):
            return int(text)
        if before in ("#", "°", "º") or (
            marked and tokens.glued(i) and before not in (";", ",", ":", "-", "(", ".", "|")
        ):
            return None
        if _new_line(context, i) and _numbered_name(context, i + 1):
            return int(text)
        return (
            int(text)
            if (marked and opens) or (_new_line(context, i) and tokens.shape[i + 1 : i + 2] in (["C"], ["U"]))
            else None
        )
    value = ordinal(tokens.norm[i])
    if value is None:
        return None
    before = tokens.text[i - 1] if i > first else ""
    opens = i == first or before in (";", ",", "-", "–", ":", "|", ".", "•", "(") or _new_line(context, i)
    follows = tokens.text[i + 1] if i + 1 < len(tokens) else ""
    return (
        value
        if opens
        and (
            follows in (":", "-", "–", ".", ")", "|", "ex")
            or tokens.shape[i + 1 : i + 2] in (["C"], ["U"], ["I"])
        )
        else None
    )


def _numbered_name(context: Context, i: int) -> bool:
    """Tell whether a car's number and a name follow on the same line: "2 17. Matteo Grassi"."""
    tokens = context.tokens
    if (
        not tokens.text[i : i + 1]
        or not tokens.text[i].isdecimal()
        or len(tokens.text[i]) > 3
        or _new_line(context, i)
    ):
        return False
    i += 1 + (tokens.text[i + 1 : i + 2] == ["."])
    return tokens.shape[i : i + 1] in (["C"], ["U"]) and not _new_line(context, i)


def _new_line(context: Context, i: int) -> bool:
    tokens = context.tokens
    return i == 0 or "\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]


def _name_after(context: Context, i: int, last: int) -> Ref | None:
    tokens = context.tokens
    if context.table_at(i) and tokens.text[i] == "|":
        return _name_in_row(context, i, last)
    steps = 0
    while i < last and steps < _MAX_TO_NAME:
        ref = context.discourse.ref_at(i)
        if ref is not None and ref.form in ("name", "car"):
            return _behind_number(context, ref, last) if ref.form == "car" else ref
        if (
            tokens.text[i] in ".):-–°º|#/«“"
            or tokens.norm[i]
            in (
                "er",
                "e",
                "eme",
                "n",
                "m",
                "mm",
                "mlle",
                "et",
                "le",
                "la",
                "l'",
                "equipage",
                "mme",
                "team",
                "«",
                "“",
                "de",
                "du",
                "d'",
                "van",
                "von",
                "ex",
                "aequo",
            )
            or (tokens.shape[i] == "d" and (steps or _numbered_name(context, i)))
        ):
            i, steps = i + 1, steps + 1
            continue
        return None
    return None


def _name_in_row(context: Context, i: int, last: int) -> Ref | None:
    """Return the first name in the cells behind a rank."""
    end = i + 1
    while end < last and not _new_line(context, end):
        end += 1
    named = [ref for ref in context.discourse.refs_between(i, end) if ref.form == "name"]
    return named[0] if named else None


def _behind_number(context: Context, car: Ref, last: int) -> Ref:
    """Return the name that a car's number stands before, "n° 14, A", or the number itself."""
    i = car.last
    while i < last and i < car.last + 4 and context.tokens.norm[i] in _NUMBER_TO_NAME:
        i += 1
    named = context.discourse.ref_at(i)
    return named if named is not None and i < last and set(named.people) & set(car.people) else car


def read_list(
    context: Context, sentence: Sentence, first: int, last: int, kind: str, scope: str
) -> list[ResultFact]:
    """Return the results of a list in a token range, if it is one: ranks that climb from one."""
    tokens = context.tokens
    found = ranks(context, first, last)
    if len(found) < 2 or not _is_order(found):
        labelled = tokens.text[found[0].token - 1] == ":" if found and found[0].token > first else False
        opens = len(found) == 1 and (
            _own_line(context, found[0], first) or (labelled and found[0].position == 1)
        )
        if not opens or _told_on(context, found[0], last):
            return []
    facts: list[ResultFact] = []
    rule = "table" if context.table_at(first) else "list"
    for rank in found:
        stop = rank.end
        shared = "aequo" in tokens.norm[rank.token : rank.ref.first]
        people = tuple(rank.ref.people) if shared else _crew(context, rank, stop)
        end = rank.ref.outer if rank.ref.outer > 0 else rank.ref.last
        start, finish = context.tokens.start[rank.token], context.tokens.end[end - 1]
        fact = ResultFact(
            sentence.session, kind, people, rank.position, scope, evidence=[(start, finish)], rule=rule
        )
        _times(context, fact, end, stop)
        facts.append(fact)
        facts += _class_firsts(context, fact, end, stop)
        facts += _behind(context, fact, end, stop)
        if shared:
            facts += [
                replace(fact, people=tuple(p), evidence=[(start, context.tokens.end[q - 1])])
                for p, q in _equals(context, rank)
            ]
    return facts


def _behind(context: Context, fact: ResultFact, first: int, last: int) -> list[ResultFact]:
    """Return who stands in the item of a place as next: "2. X, à 2 s, devant Y", "6. X, suivi de Y"."""
    if fact.position is None:
        return []
    for term in context.found(first, last, "order"):
        ref = next((r for r in context.discourse.refs_between(term.end, min(last, term.end + 6))), None)
        if ref is None or ref.form not in ("name", "car"):
            return []
        group = [r for r in context.discourse.group(ref) if ref.first <= r.first < last]
        return [
            replace(
                fact,
                people=tuple(r.people),
                position=fact.position + step,
                evidence=[context.tokens.chars(term.start, r.last)],
                time=None,
                gap=None,
                laps=None,
                points=None,
            )
            for step, r in enumerate(group, 1)
        ]
    return []


def _class_firsts(context: Context, fact: ResultFact, first: int, last: int) -> list[ResultFact]:
    """Return the class that the holder of a rank has won.

    As in "5. X à 1 tour, vainqueur classe B", "7. Y (1er Junior)".
    """
    found: list[ResultFact] = []
    for term in context.found(first, last, "class_best", "win"):
        name = next(
            (n for n in context.classes_between(term.end, min(last, term.end + 4)) if n.last <= last), None
        )
        if name is None or context.tokens.norm[term.start].startswith("meilleur"):
            continue
        span = (fact.evidence[0][0], context.tokens.end[name.last - 1])
        found.append(
            replace(
                fact, position=1, scope=context.label(name), evidence=[span], time=None, gap=None, laps=None
            )
        )
        break
    return found


def _equals(context: Context, rank: Rank) -> list[tuple[tuple[int, ...], int]]:
    """Return the others who share a rank and where their names end: "3e ex æquo : X et Y"."""
    return [
        (ref.people, ref.last)
        for ref in context.discourse.group(rank.ref)
        if rank.ref.first < ref.first < rank.end and ref.people
    ]


def _crew(context: Context, rank: Rank, stop: int) -> tuple[int, ...]:
    """Return the people of a rank: "1. A et B (#70)" is one crew."""
    people = list(rank.ref.people)
    group = context.discourse.group(rank.ref)
    for ref in group:
        if rank.ref.first < ref.first < stop:
            between = context.tokens.norm[
                (rank.ref.outer if rank.ref.outer > 0 else rank.ref.last) : ref.first
            ]
            if (between and between[0] in ("et", "/", "&", "-", "–")) or len(people) > 1 or between == [","]:
                people += [p for p in ref.people if p not in people]
    return tuple(people)


def _is_order(found: list[Rank]) -> bool:
    positions = [rank.position for rank in found]
    rising = sum(b >= a for a, b in itertools.pairwise(positions))
    return rising >= (len(positions) - 1) * 0.7


def _told_on(context: Context, rank: Rank, last: int) -> bool:
    """Tell whether a story follows the name: "23e : X tire tout droit" is a lap log, no list."""
    end = rank.ref.outer if rank.ref.outer > 0 else rank.ref.last
    lower = [s for s in context.tokens.shape[end : min(last, end + 6)] if s == "l"]
    return len(lower) >= 3 and last - end > 5


def _own_line(context: Context, rank: Rank, first: int) -> bool:
    while first < rank.token and context.tokens.text[first] in "|•*▪●◦-–—":
        first += 1
    ranked = context.tokens.shape[first] == "d" or bool(_LETTERED.match(context.tokens.text[first]))
    return rank.token == first and ranked


def _times(context: Context, fact: ResultFact, first: int, last: int) -> None:
    """Read the time of the first and the gaps of the others."""
    tokens = context.tokens
    for i in range(first, min(last, first + 14)):
        text = tokens.text[i]
        if tokens.shape[i] != "d":
            continue
        before = tokens.norm[i - 1]
        after = tokens.norm[i + 1] if i + 1 < len(tokens) else ""
        if after in ("tour", "tours", "t", "laps") and text.isdecimal() and int(text):
            if before in ("a", "+"):
                fact.gap = fact.gap or {"laps": int(text)}
            else:
                fact.laps = fact.laps or int(text)
        elif after in ("pts", "points", "pt", "point") and text.isdecimal():
            fact.points = fact.points or float(text)
        elif (before in ("a", "+") or tokens.text[i - 1] == "+") and (value := gap(text)):
            fact.gap = fact.gap or value
        elif (value := duration(text)) and any(c in text for c in "'’′:\"”″") and "h" not in text.lower():
            fact.time = fact.time or value


def heading_kind(context: Context, first: int, last: int, *, label: bool = False) -> str | None:
    """Return the kind of order that a heading or a list's own label announces."""
    if label and set(context.tokens.norm[first:last]) & {"championnat", "championnats"}:
        return "championship"
    words = set(context.tokens.norm[first:last])
    if label and words & _ON_THE_WAY and not words & {"arrivee", "final", "finale"}:
        return "running"
    values = [t.value for t in context.found(first, last, "kind")]
    norm = context.tokens.norm[first:last]
    if _tells_standings(norm):
        return "championship"
    if "grille" in norm and ("depart" in norm or norm[0] == "grille") and "inversee" not in norm:
        return "grid"
    if "qualifying" in values and words & QUALIFYING and not {"course", "finale", "manche"} & set(norm):
        return "qualifying"
    if "tour" in norm and "meilleur" in norm:
        return "fastest_lap"
    return None


def column_heads(context: Context, first: int, last: int) -> bool:
    """Tell whether a line names a table's columns: "P Pilote Châssis Tours Temps Écart"."""
    return len(_COLUMNS & set(context.tokens.norm[first:last])) >= 3


def _tells_standings(norm: list[str]) -> bool:
    """Tell whether a heading announces a championship's order: "Classement du Trophée après 3 meetings"."""
    words = set(norm)
    if "provisoire" in words:
        return not words & {"course", "manche", "grille"}
    if "apres" in words and words & ROUNDS:
        return True
    return bool(words & CUPS and words & {"classement", "classements", "general", "points", "situation"})


def label_scope(context: Context, first: int, rank: int, *, standings: bool) -> str | None:
    """Return the class that a list's own label names: "Sport 1.500 cmc : 1. X"."""
    tokens = context.tokens
    end = rank
    while end > first and tokens.text[end - 1] in ":–—-.(":
        end -= 1
    mark = tokens.text[end : end + 1]
    stopped = mark == ["."] and tokens.text[end + 1 : end + 2] in (["–"], ["—"], ["-"])
    dashed = stopped or mark in (["–"], ["—"])
    while first < end and tokens.text[first] in _BULLETS:
        first += 1
    end = _without_bracket(context, first, end)
    if not 0 < end - first <= _LONGEST_LABEL or not (mark == [":"] or dashed):
        return None
    norm = tokens.norm[first:end]
    if set(norm) & {
        "classement",
        "resultats",
        "resultat",
        "podium",
        "general",
        "scratch",
        "finale",
        "grille",
        "essais",
        "qualifications",
        "arrivee",
        "abandons",
    }:
        return None
    if (norm[0] in ("course", "manche") and len(norm) > 1) or "championnat" in norm:
        return None
    named = bool(context.classes_between(first, end)) or any(
        n in ("cmc", "cm3", "cc", "litres", "classe", "groupe", "categorie") for n in norm
    )
    return tokens.surface(first, end) if named or standings else None


def _without_bracket(context: Context, first: int, end: int) -> int:
    """Return the end of a label without the bracket behind it: "125 cmc (12 tours)"."""
    text = context.tokens.text
    if end - first < 2 or text[end - 1] != ")":
        return end
    opening = max((i for i in range(first, end) if text[i] == "("), default=first)
    return opening if opening > first else end


def default_scope(context: Context, block: int) -> str:
    """Return the class that a list's heading names."""
    scoped = context.scopes.get(block)
    return scoped[1] if scoped else OVERALL
