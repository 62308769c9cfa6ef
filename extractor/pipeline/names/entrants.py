"""Who enters a car, behind its number: "la Honda n° 27 de l'ASM Vendôme, avec A et B"."""

from __future__ import annotations

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names import brackets
from extractor.pipeline.names.runs import Tagged, ordinary_words

_INSIDE = frozenset(("de", "du", "des", "d'", "la", "les", "l'", "le", "&", "-", "et"))
_CREW_AHEAD = word_set("names_words", "before_crew_of_entrant")
_ENDS = word_set("names_words", "entrant_ends")
_LONGEST = 7


def enter(tagged: Tagged, found: list[Name]) -> None:
    """Call a team what stands behind a car's number and "du", "de l'", "de chez"; ``found`` is sorted.

    Behind a mere "de" the driver may stand as well: there, what follows must name the crew.
    """
    entrants = [
        team
        for number in found
        if number.kind == "number" and (team := _behind(tagged, number, found)) is not None
    ]
    for team in entrants:
        found[:] = [
            n for n in found if n.last <= team.first or n.first >= team.last or n.kind in ("number", "team")
        ]
        if not any(n.first < team.last and team.first < n.last for n in found):
            found.append(team)
    found.sort(key=lambda name: (name.first, -name.last))


def _behind(tagged: Tagged, number: Name, found: list[Name]) -> Name | None:
    tokens, norm = tagged.tokens, tagged.tokens.norm
    i = number.last
    while i < len(norm) and norm[i] in ("de", "du", "des", "d'", "l'", "la", "chez"):
        i += 1
    lead = norm[number.last : i]
    if not lead or i >= len(norm) or tokens.shape[i] not in "CU":
        return None
    if "nation" in tagged.tags(i) or norm[i] in name_list("first_names") or "make" in tagged.tags(i):
        return None
    if any(n.first == i and n.kind == "person" and n.sure >= 0.7 for n in found):
        return None
    last = _end(tagged, i)
    if lead == ["des"] and not any("team_cue" in tagged.tags(k) for k in range(i, last)):
        return None
    if lead in (["de"], ["d'"]) and not _names_crew(tagged, last) and not _ends_as_entrant(tagged, i, last):
        return None
    return Name(i, last, "team", tokens.surface(i, last), sure=0.8)


def _end(tagged: Tagged, first: int) -> int:
    """Return where the entrant's name ends: at a comma, a small letter, or "de" before who drives."""
    tokens, norm = tagged.tokens, tagged.tokens.norm
    i = last = first
    while i < len(norm) and i - first < _LONGEST:
        if norm[i] in _INSIDE and tokens.shape[i] == "U":
            i += 1  # "L'ÉCURIE DES ORMES"
        elif _ordinary(tagged, i) and i > first:
            break
        elif tokens.shape[i] in "CUIe" or (tokens.shape[i] == "d" and i == last):
            if i > first and norm[i] in name_list("first_names") and norm[i - 1] in _INSIDE:
                break
            i = last = i + 1
        elif norm[i] in _INSIDE:
            i += 1
        else:
            break
    return last


def _ordinary(tagged: Tagged, i: int) -> bool:
    """Tell whether a word in capitals is an ordinary one, in a text that has no small letters."""
    upper = tagged.tokens.shape[i] in "UI"
    return upper and tagged.tokens.norm[i] in ordinary_words() and "team_cue" not in tagged.tags(i)


def _ends_as_entrant(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether a name of several words ends as entrants' names do: "Brume GT"."""
    return last - first > 1 and tagged.tokens.norm[last - 1] in _ENDS


def _names_crew(tagged: Tagged, i: int) -> bool:
    """Tell whether what follows an entrant names its crew: ", avec A", "pour A", "(A, B)", "de A et B"."""
    norm = tagged.tokens.norm
    if norm[i : i + 1] == ["("]:
        return _crew_bracket(tagged, i)
    if norm[i : i + 1] in (["de"], ["d'"]):
        return norm[i + 1 : i + 2] != [] and norm[i + 1] in name_list("first_names")
    return norm[i : i + 1] == ["pour"] or (
        norm[i : i + 1] == [","] and bool(_CREW_AHEAD & set(norm[i + 1 : i + 2]))
    )


def _crew_bracket(tagged: Tagged, opening: int) -> bool:
    """Tell whether a bracket names several people: "(Jean Martin, Paul Roux)"."""
    tokens = tagged.tokens
    end = brackets.closing(tagged, opening, tagged.layout.blocks[-1].last)
    if end < 0:
        return False
    given = sum(tokens.norm[k] in name_list("first_names") for k in range(opening + 1, end))
    return given >= 2 and any(tokens.text[k] in ",/" for k in range(opening + 1, end))
