"""Names of places that look like people: a circuit's, a stage's ("ES 3 de Brumeval/Sillac"), "(Loiret)"."""

from __future__ import annotations

import re

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_KNOWN = 0.9  # a person whom the lists know keeps the name: circuits are named after drivers
_STAGE = re.compile(r"(?:es|ss|speciale|prologue)\d*$")
_MEASURES = word_set("names_words", "lengths_of_stages")
_DEPARTMENTS = word_set("metadata_words", "wide_places")
_STORMS = word_set("names_words", "storms")
_PARTED = ("/", "-", "–", "—")
_OF = frozenset(("de", "d'", "du", "des"))
_TO_NAME = 4  # tokens from "ES" to the name of the stage: "ES n° 3 – X"
_TO_LENGTH = 5  # tokens from that name to its length: "X – Y (12,4 km"
_UNSURE = ("person", "other")


def find_grounds(tagged: Tagged, found: list[Name]) -> None:
    """Make places of unknown names that a circuit bears, that name a stage or that a bracket locates."""
    _circuits(tagged, found)
    norm, text = tagged.tokens.norm, tagged.tokens.text
    for k, name in enumerate(found):
        if name.kind in ("event", "other") and _STAGE.match(norm[name.first]):
            _stage(tagged, found, k)
        elif name.kind in _UNSURE and name.sure < _KNOWN and text[name.first - 1] == "(":
            if (
                text[name.last : name.last + 1] == [")"]
                and "".join(norm[name.first : name.last]) in _DEPARTMENTS
            ):
                name.kind = "place"
        elif name.kind in _UNSURE and name.last - name.first == 1 and _home_of_team(tagged, name):
            name.kind = "place"
        elif name.kind in _UNSURE and norm[name.first - 1] in _STORMS:
            name.kind = "event"


def _circuits(tagged: Tagged, found: list[Name]) -> None:
    norm = tagged.tokens.norm
    circuits = {tuple(norm[name.first : name.last]) for name in found if name.kind == "circuit"}
    ends = {words[k:] for words in circuits for k in range(len(words) - 1)}
    for name in found if ends else ():
        doubtful = name.kind == "person" and name.sure < _KNOWN and name.last - name.first > 1
        if doubtful and tuple(norm[name.first : name.last]) in ends:
            name.kind = "place"


def _stage(tagged: Tagged, found: list[Name], k: int) -> None:
    """Make places of what names a stage: behind "de", or before its length in kilometres."""
    tokens = tagged.tokens
    last = found[k].last
    start, of = last, False
    while start < len(tokens) - 1 and start - last < _TO_NAME and tokens.shape[start] in "dpl":
        if tokens.shape[start] == "l" and tokens.norm[start] not in _OF:
            break
        of = tokens.norm[start] in _OF
        start += 1
    named: list[Name] = []
    end = start
    for name in found[k + 1 : k + 4]:
        parted = bool(named) and name.first == end + 1 and tokens.text[end] in _PARTED
        if name.kind not in _UNSURE or not (name.first == start or parted):
            break
        named.append(name)
        end = name.last
    measured = any(
        tokens.shape[i] == "d" and tokens.norm[i + 1] in _MEASURES
        for i in range(end, min(end + _TO_LENGTH, len(tokens) - 1))
    )
    if of or measured:
        for name in named:
            if name.sure < _KNOWN:
                name.kind, name.outer = "place", name.last


def _home_of_team(tagged: Tagged, name: Name) -> bool:
    """Tell whether a lone name behind "l'équipe de" is where a team is at home: "l'équipe de Brumeval"."""
    norm = tagged.tokens.norm
    return name.first > 1 and norm[name.first - 1] in ("de", "d'") and norm[name.first - 2] in _TEAM_NOUNS


_TEAM_NOUNS = word_set("names_words", "teams_with_homes")
