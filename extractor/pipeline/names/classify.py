"""What bears a name: a run of capitals cut into people, teams, cars, classes, circuits, series and places."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import layer, names, word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.brackets import car_extent, number_mark
from extractor.pipeline.names.pieces import read_pieces
from extractor.pipeline.names.runs import LETTERED, PARTICLES, THINGS, Run, Tagged, Unit
from extractor.pipeline.names.wholes import read_whole, with_digits

_IN_PLACES = word_set("names_words", "in_place_names")
_TEAM_TAILS = word_set("names_words", "entrant_ends") | word_set("names_words", "team_tails")
_OF_PLACES = frozenset(("ecurie", "team", "scuderia", "garage", "equipe", "transports", "karting"))
_TEAM_HEADS = frozenset(("team", "ecurie", "scuderia", "squadra"))


def classify(tagged: Tagged, run: Run) -> Iterator[Name]:
    """Yield the names in a run from left to right; single unknown words as ``other``, to be judged later."""
    numbered = run.first != tagged.layout.blocks[run.block].first and after_number(tagged, run.first)
    numbered = numbered and tagged.tokens.norm[run.first] not in ("d'", "de", "du")  # "N° 2 D'ANTHONY BRUMEL"
    units = list(run.units) if numbered and not run.units[0].digit else _trimmed(tagged, run)
    if not units:
        return
    if (
        numbered
        and not _is_person(tagged, units)
        and (
            not units[0].tags & {"make", "model", "class"}
            or (len(units) > 1 and _car_before(tagged, run.first))
        )
    ):
        yield from _entrant(tagged, run, units)
        return
    for crew in _crews(tagged, units):
        yield from _owned(tagged, run, crew)
        run.opens = False


def after_number(tagged: Tagged, first: int) -> bool:
    """Tell whether a car number stands right before: "la #31 Deuche Brumeuse"."""
    if first == 0 or tagged.tokens.shape[first - 1] != "d":
        return False
    return any(first - back >= 0 and number_mark(tagged, first - back) == first - 1 for back in (2, 3, 4))


def _car_before(tagged: Tagged, first: int) -> bool:
    """Tell whether the number before a token stands behind a make: "la Porsche 991 n°34 Alpha Sillage"."""
    return any("make" in tagged.tags(i) for i in range(max(0, first - 9), first - 2))


def _is_person(tagged: Tagged, units: list[Unit]) -> bool:
    head = units[0]
    given = head.given and head.norms[0] not in tagged.stops and "make" not in head.tags
    return head.initial or (given and not any("team_cue" in u.tags for u in units))


def _entrant(tagged: Tagged, run: Run, units: list[Unit]) -> Iterator[Name]:
    """Read what follows a car number: the entrant, and after "de" who drives ("n°3 Team X de A")."""
    cut = len(units)
    for j in range(len(units) - 2, 0, -1):
        if (
            units[j].particle
            and units[j].norms[0] in ("de", "d'")
            and not all(u.particle for u in units[1:j])
        ):
            cut = j
            break
        if units[j].particle and units[j].norms[0] in ("de", "d'") and _opens_crew(tagged, units[j + 1 :]):
            cut = j
            break
    owner = units[:cut]
    while owner and owner[-1].particle:
        owner.pop()
    first, last = owner[0].first, owner[-1].last
    if cut == len(units):
        last = _to_bracket(tagged, with_digits(tagged, last))
    yield Name(first, last, "team", tagged.tokens.surface(first, last), sure=0.85)
    if cut < len(units):
        run.opens = False
        for crew in _crews(tagged, units[cut + 1 :]):
            yield from _named(tagged, run, crew)


def _to_bracket(tagged: Tagged, last: int) -> int:
    """Return the end of an entrant's name that ends in small letters: "#3 Les Amis d'hier (A-B-C)"."""
    tokens = tagged.tokens
    for end in range(last, min(last + 4, len(tokens))):
        if tokens.text[end] == "(":
            return end
        if tokens.shape[end] not in "le" or tokens.norm[end] in ("de", "du", "et", "a", "est", "qui"):
            break
    return last


def _opens_crew(tagged: Tagged, units: list[Unit]) -> bool:
    """Tell whether a name goes on as a crew does: "A / B", "A et B"."""
    following = tagged.tokens.norm[units[-1].last : units[-1].last + 1]
    return following in (["/"], ["et"], ["-"]) or units[0].given


def _owned(tagged: Tagged, run: Run, units: list[Unit]) -> Iterator[Name]:
    cut = _owner(tagged, units)
    if cut < 0:
        yield from _named(tagged, run, units[:-cut])
        run.opens = False
        yield from _owned(tagged, run, units[-cut:])
    elif cut:  # "Violet 1 BRM Racing Team de Paolo Orsini": a thing, then whose
        yield from _named(tagged, run, units[:cut])
        run.opens = False
        rest = units[cut + 1 :]
        while len(rest) > 1 and rest[0].particle:
            rest = rest[1:]  # "Ford Escort de la Scuderia Brume"
        if len(rest) == 1 and any(u.tags & {"make", "model"} for u in units[:cut]):
            run.shouted = False  # "LA SAUBER DE BRUMEL": whoever owns a car is a name
        yield from _owned(tagged, run, rest)
    else:
        yield from _named(tagged, run, units)


def _named(tagged: Tagged, run: Run, units: list[Unit]) -> Iterator[Name]:
    if len(units) == 1 and "crew" in units[0].tags:
        yield Name(
            units[0].first,
            units[0].last,
            "person",
            tagged.tokens.surface(units[0].first, units[0].last),
            sure=0.8,
        )
        return
    whole = read_whole(tagged, units)
    yield from read_pieces(tagged, run, units) if whole is None else whole


def _owner(tagged: Tagged, units: list[Unit]) -> int:
    """Return the index of the "de" between a thing and the person who drives it, or 0."""
    for j in range(2, len(units) - 1):
        if (
            units[j].norms[0] in _TEAM_HEADS
            and "make" in units[0].tags
            and car_extent(tagged, units[0].first, units[j].first) == units[j].first
            and units[j - 1].first > units[0].first
        ):
            return -j  # "Audi R8 LMS Team Sillage"
    for j in range(1, len(units) - 1):
        left, right = units[:j], units[j + 1 :]
        if (
            units[j].norms[0] == "du"
            and units[j].particle
            and "team_cue" in right[0].tags
            and any(u.tags & {"make", "model"} for u in left)
        ):
            return j  # "Hummer H3 du Team Sahara"
        if units[j].norms[0] not in ("de", "d'") or not units[j].particle or units[j + 1].tags & THINGS:
            continue
        if left[0].tags & {"series_cue", "event_cue", "circuit_cue"}:
            continue
        club = left[0].norms[0] in _OF_PLACES or left[0].norms[-1] == "club"
        if club and not (right[0].given or (j > 1 and _slashed(tagged, units)) or _after_whole(left, right)):
            continue  # "Ecurie Val d'Amblève"
        if any(u.tags & {"make", "model", "team_cue"} for u in left):
            return j
        if right[0].given and len(right) > 1 and not all(u.given for u in left):
            return j
        if len(left) == 1 and len(right) == 1 and not left[0].given:
            return j
    return 0


def _after_whole(left: list[Unit], right: list[Unit]) -> bool:
    """Tell whether a known surname follows a name that has its "de" already: "Écurie des Dômes de Brumel"."""
    parted = any(u.particle for u in left) and not left[-1].particle
    return parted and len(right) == 1 and set(right[0].norms) <= names("surnames")


def _slashed(tagged: Tagged, units: list[Unit]) -> bool:
    return tagged.tokens.text[units[-1].last : units[-1].last + 1] == ["/"]


def _crews(tagged: Tagged, units: list[Unit]) -> Iterator[list[Unit]]:
    """Cut "Marc Brumel-Paul Orsini-Luc Lemaire" into people: where a hyphen stands before a first name."""
    crew: list[Unit] = []
    for k, unit in enumerate(units):
        if len(unit.norms) >= 3 and (not unit.given or _of_car(tagged, unit)) and _chain_of_surnames(unit):
            yield from _surname_chain(unit, units[k + 1 :] if unit.norms[-1] in PARTICLES else [])
            if unit.norms[-1] in PARTICLES:
                return
            continue
        if crew and k + 1 < len(units) and crew[0].norms[0] not in _TEAM_HEADS and _parts_people(unit, crew):
            cut = unit.first + 1
            crew.append(Unit(unit.first, cut, unit.norms[:1], unit.upper))
            yield crew
            crew = [Unit(cut + 1, unit.last, unit.norms[1:], unit.upper, given=True)]
        else:
            crew.append(unit)
    if crew:
        yield crew


def _of_car(tagged: Tagged, unit: Unit) -> bool:
    """Tell whether a car stands before, and a first name may be a surname: "la n°17 de Denis-Brum"."""
    tokens = tagged.tokens
    i = unit.first - 2
    return i > 0 and tokens.norm[i + 1] in ("de", "d'") and tokens.shape[i] in "dCU"


def _chain_of_surnames(unit: Unit) -> bool:
    """Tell whether three or more words joined by hyphens are a crew: "Schmitz-Remacle-Bodson"."""
    stops = layer("stopwords").words("stop")
    if any(n in stops for n in unit.norms[:-1]) or (
        unit.norms[-1] in stops
        and unit.norms[-1] not in PARTICLES
        and unit.norms[-1] not in names("surnames")
    ):
        return False
    inside = PARTICLES | _IN_PLACES
    if set(unit.norms) & _TEAM_TAILS:
        return False  # "Brume-Sport-Kart"
    return (
        not unit.tags
        and unit.last - unit.first >= 5
        and not any(n in inside for n in unit.norms[:-1])
        and not any(c.isdecimal() for n in unit.norms for c in n)
    )


def _surname_chain(unit: Unit, rest: list[Unit]) -> Iterator[list[Unit]]:
    token = unit.first
    for norm in unit.norms:
        last = norm == unit.norms[-1] and bool(rest)
        yield [
            Unit(token, rest[-1].last if last else token + 1, (norm,), unit.upper, tags=frozenset(("crew",)))
        ]
        token += 2


def _parts_people(unit: Unit, crew: list[Unit]) -> bool:
    given = names("first_names")
    compound = len(unit.norms) == 3 and unit.norms[2] in given  # "Brumel-Anne-Marie Orsini"
    if not (len(unit.norms) == 2 or compound) or unit.norms[1] not in given:
        return False
    if unit.last - unit.first != 2 * len(unit.norms) - 1:
        return False
    return any(u.given for u in crew) and not (
        unit.given and crew[-1] is crew[0] and unit.norms[0] not in names("surnames")
    )


def _trimmed(tagged: Tagged, run: Run) -> list[Unit]:
    """Drop what only looks like a name: a sentence's first word, trailing particles and digits."""
    units = list(run.units)
    tokens = tagged.tokens
    while units and (
        units[0].particle or units[0].digit or ((run.opens or units[0].upper) and _is_stop(tagged, units[0]))
    ):
        if units[0].given and len(units) > 1 and units[0].norms[0] not in tagged.stops:
            break
        if _is_initial(tagged, units):
            break
        if (
            units[0].norms[0] in _TEAM_HEADS
            and len(units) > 1
            and not units[1].particle
            and not units[1].digit
        ):
            break  # "Team Sillage (A-B-C)" at the head of its line
        units.pop(0)
        run.opens = False
    while units and units[0].particle:
        units.pop(0)
    if len(units) > 2 and units[0].initial and units[0].norms == ("m",) and units[1].given:
        units.pop(0)  # "M. Robert Chastenet"
    while units and (units[-1].particle or (units[-1].digit and tokens.shape[units[-1].first] != "d")):
        units.pop()
    return units


def _is_initial(tagged: Tagged, units: list[Unit]) -> bool:
    """Tell whether a letter and a full stop open a name, though the letter is a word: "Y. Orsini"."""
    head = units[0]
    before = tagged.tokens.norm[head.first - 1] if head.first else ""
    return head.initial and head.last - head.first > 1 and len(units) > 1 and before not in LETTERED


def _is_stop(tagged: Tagged, unit: Unit) -> bool:
    return all(norm in tagged.stops for norm in unit.norms) and not (
        unit.norms[0] in ("le", "la") and unit.upper
    )
