"""A run of capitals that is one thing, where a word in it says so: a team, a series, a circuit."""

from __future__ import annotations

from extractor.lexicon.words import names, word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import THINGS, Tagged, Unit

_STRONG_TEAM = word_set("names_words", "strong_team")
_TO_CIRCUIT = word_set("names_words", "before_circuit")
_OF = frozenset(("d'", "de", "du", "des"))
_CIRCUITS = word_set("names_words", "circuit_nouns")
_NO_TEAM_ALONE = word_set("names_words", "no_team_alone")


def _peel(units: list[Unit]) -> int:
    """Return where a person begins at the end of a series or event ("Sprint Cup by Brumo Luc Lemaire")."""
    if len(units) < 3 or units[-2].particle or (units[-2].tags | units[-1].tags) & THINGS:
        return len(units)
    if units[-2].given:
        return len(units) - 2
    return len(units)


def read_whole(tagged: Tagged, units: list[Unit]) -> list[Name] | None:
    """Classify the run as one thing, where a word in it says so."""
    first, last = units[0].first, units[-1].last
    tokens = tagged.tokens
    head = units[0].tags
    previous = tagged.tags(first - 1) if first else frozenset()
    if "series_cue" in head or "event_cue" in head:
        return _with_person(tagged, units, "series" if "series_cue" in head else "event")
    if "circuit_cue" in head and len(units) > 1:
        return [Name(first, last, "circuit", tokens.surface(first, last))]
    if _preceded_by_circuit(tagged, first) or _goes_on_with_circuit(tagged, first):
        return [Name(first, last, "circuit", tokens.surface(first, last))]
    series = any("series_cue" in u.tags for u in units[1:])
    if series and any(u.norms == ("by",) for u in units):
        return _with_person(tagged, units, "series")
    team = _team(tagged, units)
    if team is not None:
        return team
    if "make" in previous and not units[0].given and len(units) == 1 and units[0].tags & {"model"}:
        return [Name(first, last, "car", tokens.surface(first, last))]
    if series and not (units[0].given and len(units) > 2 and "series_cue" not in units[2].tags):
        return _with_person(tagged, units, "series")
    return None


def _with_person(tagged: Tagged, units: list[Unit], kind: str) -> list[Name]:
    cut = _peel(units)
    first, last = units[0].first, units[cut - 1].last
    found = [Name(first, last, kind, tagged.tokens.surface(first, last))]  # type: ignore[arg-type]
    if cut < len(units):
        first, last = units[cut].first, units[-1].last
        found.append(Name(first, last, "person", tagged.tokens.surface(first, last)))
    return found


def _preceded_by_circuit(tagged: Tagged, first: int) -> bool:
    tokens = tagged.tokens
    i = first - 1
    while i >= 0 and first - i <= 3 and tokens.norm[i] in _TO_CIRCUIT:
        i -= 1
    return i >= 0 and "circuit_cue" in tagged.tags(i) and tokens.norm[i] in _CIRCUITS


def _goes_on_with_circuit(tagged: Tagged, first: int) -> bool:
    """Tell whether a name ends that of a circuit: "le circuit du Clos d'Ambre"."""
    tokens = tagged.tokens
    if first < 2 or tokens.norm[first - 1] not in _OF or tokens.shape[first - 2] != "C":
        return False
    return _preceded_by_circuit(tagged, first - 2)


def _team(tagged: Tagged, units: list[Unit]) -> list[Name] | None:
    """Return the team that a run names, with the person before it where there is one."""
    tokens = tagged.tokens
    cues = [k for k, u in enumerate(units) if ("team_cue" in u.tags and not u.particle) or u.norms == ("by",)]
    if not cues:
        return None
    if any("series_cue" in u.tags for u in units) and not any(
        set(u.norms) & {"racing", "team", "motorsport"} for u in units
    ):
        return None
    cues = [k for k in cues if "event_word" not in units[k].tags]
    if not cues:
        return None
    strong = [k for k in cues if set(units[k].norms) & _STRONG_TEAM]
    if not strong and (len(units) == 1 or (units[0].given and len(units) <= 2)):
        return None
    if not strong and cues == [0] and not _shop(units):
        return None
    if not strong and "class" in units[0].tags:
        return None  # "X30 Junior"
    if (
        len(units) == 1
        and with_digits(tagged, units[0].last) > units[0].last
        and units[0].norms[0] in ("garage", "team", "ecurie", "atelier")
    ):
        last = with_digits(tagged, units[0].last)
        return [
            Name(units[0].first, last, "team", tokens.surface(units[0].first, last), sure=0.9)
        ]  # "Garage 59"
    if len(units) == 1 and units[0].norms[0] in _NO_TEAM_ALONE:
        return []
    start = _start(units, cues)
    cut = _before_person(units, start)
    if cut < len(units):  # "Écurie des Vosges Jean-Marie Brumel"
        team, person = (units[start].first, units[cut - 1].last), (units[cut].first, units[-1].last)
        return [
            Name(*team, "team", tokens.surface(*team), sure=0.9),
            Name(*person, "person", tokens.surface(*person)),
        ]
    first, last = units[start].first, with_digits(tagged, units[-1].last)
    return [Name(first, last, "team", tokens.surface(first, last), sure=0.9)]


def _start(units: list[Unit], cues: list[int]) -> int:
    """Return the unit at which the team's name begins: "Récital de Meridian Racing" begins at the third."""
    start = 0
    if (
        len(units) > 3
        and units[1].norms[0] in ("de", "du", "d'")
        and not units[0].tags & {"team_cue"}
        and min(cues) > 1
        and units[0].norms[0] not in names("surnames")
    ):
        start = 2  # "Récital de Meridian Racing"
        while start < len(units) - 1 and units[start].particle:
            start += 1
    if units[0].tags & {"event_word"} and len(units) > 2 and 0 not in cues:
        start = 1
    return start


def _before_person(units: list[Unit], start: int) -> int:
    """Return where somebody's full name follows the name of a team; the number of units where none does."""
    plain = [k for k in range(start, len(units)) if not units[k].particle and not units[k].digit]
    named = [k for k in plain if "team_cue" not in units[k].tags]
    for k in named[1:]:
        known = set(units[-1].norms) <= names("surnames")
        if k == len(units) - 2 and units[k].given and known and not units[k - 1].particle:
            return k
    return len(units)


def _shop(units: list[Unit]) -> bool:
    """Tell whether a word like "Moto" heads the name of a team: "Moto Relais Nord", "Moto-Club d'Orge"."""
    if units[0].norms[-1] == "club" and len(units[0].norms) > 1:
        return len(units) > 1 and not units[-1].digit
    return (
        units[0].norms[0] in ("moto", "club", "speed", "pit", "track")
        and len(units) >= 3
        and not any(u.given or u.tags & THINGS for u in units[1:3])
    )


def with_digits(tagged: Tagged, last: int) -> int:
    """Return the end of a team's name with the number that belongs to it: "Pole Brume 81", "Garage 59"."""
    tokens = tagged.tokens
    if (
        last < len(tokens)
        and tokens.text[last].isdecimal()
        and len(tokens.text[last]) <= 3
        and not tokens.glued(last)
    ):
        follows = tokens.text[last + 1] if last + 1 < len(tokens) else "."
        if follows in ").,;:’'»/–|" or tokens.norm[last + 1] in ("de", "et", "d'", "qui"):
            return last + 1
    return last
