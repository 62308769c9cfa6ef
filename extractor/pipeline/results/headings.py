"""What stands above or before a list: which order it gives, and in which class."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.results.context import NO_CLASS, OVERALL, Context

_LONGEST_LABEL = 6
_LONGEST_CLASS = 3
_LEAST_CAPACITY, _MOST_CAPACITY = 50, 5000
_DISTANCES = frozenset(("tours", "km", "kilomètres", "m", "mètres", "milles"))
_BULLETS = frozenset("–—-•*▪●·")
_MARKS = frozenset(":–—-.(")
_ENDS = frozenset(";!?–—")
_ABBREVIATED = frozenset(("gr", "cl", "cat", "div", "m", "n", "km"))
_NO_CLASS_LIST = word_set("results_words", "no_class_list")
_CLASS_SIGNS = word_set("results_words", "class_signs")
_COLUMNS = word_set("results_words", "columns")
_ON_THE_WAY = word_set("results_words", "on_the_way")
_AT_THE_END = word_set("results_words", "at_the_end")
CUPS = word_set("results_words", "cups")
QUALIFYING = word_set("results_words", "qualifying")
ROUNDS = word_set("results_words", "rounds")


def heading_kind(context: Context, first: int, last: int, *, label: bool = False) -> str | None:
    """Return the kind of order that a heading or a list's own label announces."""
    if label and set(context.tokens.norm[first:last]) & {"championnat", "championnats"}:
        return "championship"
    words = set(context.tokens.norm[first:last])
    if label and words & _ON_THE_WAY and not words & _AT_THE_END:
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


def label_start(context: Context, low: int, rank: int) -> int:
    """Return where the label before a list's first rank begins, ``rank`` itself where there is none.

    Args:
        context: Words around a position.
        low: The token before which no label begins: the end of the name before.
        rank: The token of the rank.
    """
    tokens = context.tokens
    end = _label_end(context, low, rank)
    first = end
    while first > low and not _opens_label(context, first):
        first -= 1
    while first < end and tokens.text[first] in _BULLETS:
        first += 1
    return first if first < end < rank and tokens.text[first] not in ",)" else rank


def _label_end(context: Context, low: int, rank: int) -> int:
    end = rank
    while end > low and context.tokens.text[end - 1] in _MARKS:
        end -= 1
    return end


def _opens_label(context: Context, i: int) -> bool:
    """Tell whether a token opens a line, an item or a sentence."""
    tokens = context.tokens
    before = tokens.text[i - 1]
    if context.opens_block(i) or before in _ENDS:
        return True
    return before == "." and tokens.shape[i] in "CUdI" and tokens.norm[i - 2] not in _ABBREVIATED


def session_named(context: Context, first: int, rank: int) -> int | None:
    """Return the session that a list's label names."""
    named = context.sessions_between(first, rank)
    return named[-1] if named else None


def label_class(context: Context, first: int, rank: int) -> tuple[int, int]:
    """Return the tokens of a label that may name a class, without mark and distance: "125 cmc, 9 tours :"."""
    tokens = context.tokens
    end = _label_end(context, first, rank)
    mark = tokens.text[end : end + 1]
    stopped = mark == ["."] and tokens.text[end + 1 : end + 2] in (["–"], ["—"], ["-"])
    if mark != [":"] and not stopped and mark not in (["–"], ["—"]):
        return first, first
    end = next((i for i in range(first + 1, end) if tokens.text[i] in ",("), end)
    return first, end - (tokens.text[end - 1] == ".")


def label_scope(context: Context, first: int, rank: int, *, standings: bool) -> str | None:
    """Return the class that a list's own label names: "Sport 1.500 cmc : 1. X"."""
    tokens = context.tokens
    first, end = label_class(context, first, rank)
    norm = tokens.norm[first:end]
    if not norm or "championnat" in norm:
        return None
    classes = context.classes_between(first, end)
    if set(norm) & _NO_CLASS_LIST:
        return _class_in(context, classes[-1].first, end) if classes else None
    if end - first > _LONGEST_LABEL or (norm[0] in ("course", "manche") and len(norm) > 1):
        return None
    told = (
        classes
        or (standings and not set(norm) & NO_CLASS)
        or set(norm) & _CLASS_SIGNS
        or _capacity(tokens.text[first : first + 2])
    )
    return tokens.surface(first, end) if told else None


def _capacity(words: list[str]) -> bool:
    """Tell whether a label begins with a cylinder capacity: "500 inter", "1.300 nationaux"."""
    digits = words[0].replace(".", "") if words else ""
    if not digits.isdecimal() or len(words) < len(("500", "inter")) or words[1].lower() in _DISTANCES:
        return False
    return _LEAST_CAPACITY <= int(digits) <= _MOST_CAPACITY and int(digits) % 25 == 0


def _class_in(context: Context, first: int, end: int) -> str:
    """Return the class in a label that names a session too: "Finale Division 1 (6 tours)"."""
    tokens = context.tokens
    last = first + 1
    while last < end and last - first < _LONGEST_CLASS and tokens.shape[last] in "dIUC":
        last += 1
    return tokens.surface(first, last)


def default_scope(context: Context, block: int) -> str:
    """Return the class that a list's heading names."""
    scoped = context.scopes.get(block)
    return scoped[1] if scoped else OVERALL
