"""Ranks that stand before a name: "1. X", "2e Y", "3 ... Z", "P4 | ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref
from extractor.pipeline.results.context import Context
from extractor.values.numbers import ordinal

_MAX_TO_NAME = 8
_WIDEST_GAP = 3  # ranks that a list may leave out
_LETTERED = re.compile(r"[Pp](\d{1,2})$")
_NUMBER_TO_NAME = word_set("people_words", "from_number_to_name")
_RANK_TO_NAME = word_set("results_words", "from_rank_to_name")
_MARKS = frozenset((".", ")", ":", "-", "–", "°", "/", "|", "...", "…"))
_BULLETS = frozenset("|•*▪●◦-–—(")
_NAME_MARKS = frozenset(".):-–°º|#/«“…")


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
    return not bare or 0 <= step <= _WIDEST_GAP or new_line(context, i)


def _first_cell(context: Context, i: int, first: int) -> bool:
    """Tell whether a token opens its row, behind a frame's bar at most.

    That is where a table has its ranks.
    """
    if i > first and context.tokens.text[i - 1] == "|":
        i -= 1
    return i == first or new_line(context, i)


def _rank(context: Context, i: int, first: int) -> int | None:
    tokens = context.tokens
    text = tokens.text[i]
    if tokens.shape[i] != "d":
        lettered = _LETTERED.match(text) if text[0] in "Pp" else None
        if lettered and (i == first or new_line(context, i)):
            return int(lettered[1])  # "P4 | ..."
        return None
    if text.isdecimal():
        if len(text) > 3 or int(text) == 0:
            return None
        follows = tokens.text[i + 1] if i + 1 < len(tokens) else ""
        before = tokens.text[i - 1] if i > first else ""
        if follows == "/" and tokens.glued(i + 1) and tokens.shape[i + 2 : i + 3] == ["d"]:
            return None  # "48 s. 2/5"
        marked = follows in _MARKS or follows == "er"
        opens = (
            i == first
            or before in (";", ",", "-", "–", ":", "|", "/", ".", "(", "…", "•")
            or new_line(context, i)
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
        if new_line(context, i) and _numbered_name(context, i + 1):
            return int(text)
        return (
            int(text)
            if (marked and opens) or (new_line(context, i) and tokens.shape[i + 1 : i + 2] in (["C"], ["U"]))
            else None
        )
    value = ordinal(tokens.norm[i])
    if value is None:
        return None
    before = tokens.text[i - 1] if i > first else ""
    opens = i == first or before in (";", ",", "-", "–", ":", "|", ".", "•", "(") or new_line(context, i)
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
        or new_line(context, i)
    ):
        return False
    i += 1 + (tokens.text[i + 1 : i + 2] == ["."])
    return tokens.shape[i : i + 1] in (["C"], ["U"]) and not new_line(context, i)


def new_line(context: Context, i: int) -> bool:
    """Tell whether a token is the first of its line."""
    tokens = context.tokens
    return i == 0 or "\n" in tokens.source[tokens.end[i - 1] : tokens.start[i]]


def _name_after(context: Context, i: int, last: int) -> Ref | None:
    if context.table_at(i) and context.tokens.text[i] == "|":
        return _name_in_row(context, i, last)
    for step, k in enumerate(range(i, min(last, i + _MAX_TO_NAME))):
        ref = context.discourse.ref_at(k)
        if ref is not None and ref.form in ("name", "car"):
            return _behind_number(context, ref, last) if ref.form == "car" else ref
        if not _leads_on(context, k, step) or (new_line(context, k) and context.tokens.shape[k] in "pd"):
            return None  # a bullet or the next rank
    return None


def _leads_on(context: Context, i: int, step: int) -> bool:
    """Tell whether a token may stand between a rank and its name: "2. M. Y. X", "4. la 36, X", "3 ... X"."""
    tokens = context.tokens
    if tokens.text[i][0] in _NAME_MARKS or tokens.norm[i] in _RANK_TO_NAME:
        return True
    if tokens.shape[i] == "d":
        return (step > 0 and tokens.text[i - 1] != ":") or _numbered_name(context, i)
    if tokens.text[i] == ",":
        return step > 0 and tokens.shape[i - 1] == "d"
    initial = tokens.shape[i] == "I" or (tokens.shape[i] == "C" and len(tokens.text[i]) < len("Xyz"))
    return initial and tokens.text[i + 1 : i + 2] in (["."], ["-"])


def _name_in_row(context: Context, i: int, last: int) -> Ref | None:
    """Return the first name in the cells behind a rank."""
    end = i + 1
    while end < last and not new_line(context, end):
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


def opens_line(context: Context, i: int) -> bool:
    """Tell whether a rank is the first of its line, behind a bullet or a frame's bar at most."""
    while i > 0 and not new_line(context, i) and context.tokens.text[i - 1] in _BULLETS:
        i -= 1
    return new_line(context, i)
