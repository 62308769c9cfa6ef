"""Which names are classes of the race told: "Junior", "Challengers Cup", "En F2, ..."."""

from __future__ import annotations

from extractor.lexicon.fold import fold
from extractor.lexicon.words import layer
from extractor.pipeline.annotations import Name
from extractor.pipeline.results.designations import designations
from extractor.pipeline.tokens import Tokens

_ROUNDS = frozenset(("finale", "finales", "manche", "serie", "poule", "demi", "quart", "course"))


def race_classes(names: list[Name], tokens: Tokens) -> list[Name]:
    """Return the names of classes in reading order; ``tokens`` are the document's."""
    norm = tokens.norm
    class_words = layer("names").words("class")
    series = [n for n in names if n.kind == "series"]
    found = [n for n in names if n.kind == "class"]
    found += [n for n in series if n.last - n.first == 1 and norm[n.first] in class_words]
    found = [n for n in found if not _heat_group(n, norm)]
    found += [n for n in series if _class_cup(n, norm, class_words)]
    found += [part for n in series if (part := _class_in(n, norm, class_words)) is not None]
    found += [n for n in series if _opens_with_class(n, norm)]
    taken = {i for n in (*found, *(n for n in names if n.kind == "person")) for i in range(n.first, n.last)}
    told = [n for n in designations(tokens) if not taken & set(range(n.first, n.last))]
    found += [n for n in told if not _heat_group(n, norm)]
    return sorted(found, key=lambda n: n.first)


def _heat_group(name: Name, norm: list[str]) -> bool:
    """Tell whether a letter names a heat's group, no class: "quart de finale du groupe A"."""
    i = name.first - 1
    if name.last - name.first == 1 and len(norm[name.first]) == 1 and norm[i] in _ROUNDS:
        return True  # "finale A"
    if norm[i] == "groupe":
        i -= 1
    return (
        i > 0 and norm[i] == "du" and norm[i - 1] in ("finale", "manche", "serie", "ligne", "quart", "demi")
    )


def _class_cup(name: Name, norm: list[str], class_words: frozenset[str]) -> bool:
    """Tell whether a cup is a class of a bigger race: "Challengers Cup", "Gentlemen Drivers Cup"."""
    if not 1 < name.last - name.first <= 3 or norm[name.last - 1] not in (
        "cup",
        "trophy",
        "challenge",
        "coupe",
    ):
        return False
    return any(
        word in class_words or word.rstrip("s") in class_words for word in norm[name.first : name.last - 1]
    )


def _class_in(name: Name, norm: list[str], class_words: frozenset[str]) -> Name | None:
    """Return the class that a series' name ends with: "Mitjet Challenge Junior"."""
    last = name.last - 1
    if name.last - name.first > 1 and norm[last] in class_words and not norm[last][-1].isdecimal():
        return Name(last, name.last, "class")
    return None


def _opens_with_class(name: Name, norm: list[str]) -> bool:
    """Tell whether a series of one word is a class of the race told here: "En F2, ..."."""
    return (
        name.last - name.first == 1
        and norm[name.first - 1] == "en"
        and norm[name.last : name.last + 1] == [","]
        and (name.first < 2 or norm[name.first - 2] in (".", "!", "?", ";"))
    )


def same_scope(a: str, b: str) -> bool:
    """Tell whether two names of classes mean the same class."""
    left, right = set(fold(a).split()), set(fold(b).split())
    return left == right or (
        bool(left and right) and (left <= right or right <= left) and "overall" not in left | right
    )
