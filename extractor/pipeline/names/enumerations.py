"""Unknown names among known ones: "Broc Perkins, Marc Brumel et Kota Nozaki" are three people."""

from __future__ import annotations

from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_LINKS = ([","], ["et"], ["&"], [",", "et"], ["et", "de"], ["et", "d'"], [",", "de"], [",", "d'"])
_LAST_LINKS = frozenset(("et", "&"))
_SURE = 0.9  # a name that the lists know
_JUDGED = 0.75
_THINGS = frozenset(
    ("team_cue", "make", "model", "class", "series_cue", "event_cue", "circuit_cue", "nation")
)


def find_enumerated(tagged: Tagged, found: list[Name]) -> None:
    """Make people of unknown full names that stand in an enumeration with a known one; ``found`` is sorted.

    An enumeration ends in "et" and holds nothing but full names. Lists, in which a comma parts a driver from
    his car or team, are read elsewhere.
    """
    chain: list[Name] = []
    for name in [*found, None]:
        if name is not None and chain and _follows(tagged, chain[-1], name) and _is_full(tagged, name):
            chain.append(name)
            continue
        _settle(tagged, chain)
        chain = [name] if name is not None and _is_full(tagged, name) else []


def _settle(tagged: Tagged, chain: list[Name]) -> None:
    unknown = [name for name in chain if name.sure < _JUDGED]
    if not unknown or not any(name.kind == "person" and name.sure >= _SURE for name in chain):
        return
    if not set(tagged.tokens.norm[chain[-2].last : chain[-1].first]) & _LAST_LINKS:
        return
    for name in unknown:
        name.kind, name.sure = "person", _JUDGED


def _follows(tagged: Tagged, left: Name, right: Name) -> bool:
    return tagged.tokens.norm[left.last : right.first] in _LINKS and left.outer <= left.last


def _is_full(tagged: Tagged, name: Name) -> bool:
    """Tell whether a name has two words or more that may be a person's."""
    if name.kind not in ("person", "other") or name.last - name.first < 2:
        return False
    if name.kind == "person" and name.sure >= _JUDGED:
        return True
    tokens = tagged.tokens
    words = [i for i in range(name.first, name.last) if tokens.text[i] not in "-.'’"]
    return len(words) > 1 and all(
        tokens.text[i].isalpha() and tokens.norm[i] not in tagged.stops and not tagged.tags(i) & _THINGS
        for i in words
    )
