"""What bears a name: a run of capitals cut into people, teams, cars, classes, circuits, series and places."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import layer, names, word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.brackets import car_extent, number_mark
from extractor.pipeline.names.runs import PARTICLES, Run, Tagged, Unit

_STRONG_TEAM = word_set("names_words", "strong_team")
_GRAND = word_set("names_words", "large_particles")
_IN_PLACES = word_set("names_words", "in_place_names")
_TO_CIRCUIT = word_set("names_words", "before_circuit")
_CIRCUITS = word_set("names_words", "circuit_nouns")
_NO_TEAM_ALONE = word_set("names_words", "no_team_alone")
_HOLDING = word_set("names_words", "joining_particles")

# Categories that keep a unit out of a person's name.
_THINGS = frozenset(
    (
        "make",
        "model",
        "tyre",
        "series_cue",
        "event_cue",
        "circuit_cue",
        "place",
        "nation",
        "month",
        "class",
        "event_word",
        "title",
    )
)
_TEAM_HEADS = frozenset(("team", "ecurie", "scuderia", "squadra"))
_MAX_SURNAME = 3


def classify(tagged: Tagged, run: Run) -> Iterator[Name]:
    """Yield the names in a run from left to right; single unknown words as ``other``, to be judged later."""
    numbered = run.first != tagged.layout.blocks[run.block].first and after_number(tagged, run.first)
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
    for crew in _crews(units):
        yield from _owned(tagged, run, crew)
        run.opens = False


def after_number(tagged: Tagged, first: int) -> bool:
    """Tell whether a car number stands right before: "la #31 Deuche Brumeuse"."""
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
        last = _to_bracket(tagged, _with_digits(tagged, last))
    yield Name(first, last, "team", tagged.tokens.surface(first, last), sure=0.85)
    if cut < len(units):
        run.opens = False
        for crew in _crews(units[cut + 1 :]):
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
    elif cut:  # "Orange 1 FFF Racing Team de Giovanni Venturini": a thing, then whose
        yield from _named(tagged, run, units[:cut])
        run.opens = False
        yield from _owned(tagged, run, units[cut + 1 :])
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
    whole = _whole(tagged, units)
    yield from _pieces(tagged, run, units) if whole is None else whole


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
        if units[j].norms[0] not in ("de", "d'") or not units[j].particle or units[j + 1].tags & _THINGS:
            continue
        if left[0].tags & {"series_cue", "event_cue", "circuit_cue"}:
            continue
        if left[0].norms[0] in ("ecurie", "team", "scuderia", "garage", "equipe") and not (
            right[0].given or (j > 1 and _slashed(tagged, units))
        ):
            continue  # "Ecurie Val d'Amblève"
        if any(u.tags & {"make", "model", "team_cue"} for u in left):
            return j
        if right[0].given and len(right) > 1 and not all(u.given for u in left):
            return j
        if len(left) == 1 and len(right) == 1 and not left[0].given:
            return j
    return 0


def _slashed(tagged: Tagged, units: list[Unit]) -> bool:
    return tagged.tokens.text[units[-1].last : units[-1].last + 1] == ["/"]


def _crews(units: list[Unit]) -> Iterator[list[Unit]]:
    """Cut "Marc Brumel-Paul Orsini-Luc Lemaire" into people: where a hyphen stands before a first name."""
    crew: list[Unit] = []
    for k, unit in enumerate(units):
        if len(unit.norms) >= 3 and not unit.given and _chain_of_surnames(unit):
            yield from _surname_chain(unit, units[k + 1 :] if unit.norms[-1] in PARTICLES else [])
            if unit.norms[-1] in PARTICLES:
                return
            continue
        if crew and k + 1 < len(units) and _parts_people(unit, crew):
            cut = unit.first + 1
            crew.append(Unit(unit.first, cut, unit.norms[:1], unit.upper))
            yield crew
            crew = [Unit(cut + 1, unit.last, unit.norms[1:], unit.upper, given=True)]
        else:
            crew.append(unit)
    if crew:
        yield crew


def _chain_of_surnames(unit: Unit) -> bool:
    """Tell whether three or more words joined by hyphens are a crew: "Schmitz-Remacle-Bodson"."""
    stops = layer("stopwords").words("stop")
    if any(n in stops for n in unit.norms[:-1]) or (
        unit.norms[-1] in stops and unit.norms[-1] not in PARTICLES
    ):
        return False
    inside = PARTICLES | _IN_PLACES
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
    if len(unit.norms) != 2 or unit.last - unit.first != 3 or unit.norms[1] not in names("first_names"):
        return False
    return crew[0].given and not (
        unit.given and crew[-1] is crew[0] and unit.norms[0] not in names("surnames")
    )


def _peel(units: list[Unit]) -> int:
    """Return where a person begins at the end of a series or event ("Sprint Cup by Brumo Luc Lemaire")."""
    if len(units) < 3 or units[-2].particle or (units[-2].tags | units[-1].tags) & _THINGS:
        return len(units)
    if units[-2].given:
        return len(units) - 2
    return len(units)


def _trimmed(tagged: Tagged, run: Run) -> list[Unit]:
    """Drop what only looks like a name: a sentence's first word, trailing particles and digits."""
    units = list(run.units)
    tokens = tagged.tokens
    while units and (
        units[0].particle or units[0].digit or ((run.opens or units[0].upper) and _is_stop(tagged, units[0]))
    ):
        if units[0].given and len(units) > 1 and units[0].norms[0] not in tagged.stops:
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


def _grand(tagged: Tagged, run: Run, units: list[Unit]) -> bool:
    """Tell whether a run begins with a particle written large that belongs to a surname."""
    head, tokens = units[0], tagged.tokens
    if head.norms[0] not in _GRAND or head.last - head.first != 1 or head.digit or len(units) > 3:
        return False
    if run.shouted or units[1].particle or units[1].given or units[1].tags & _THINGS:
        return False
    before = tokens.text[head.first - 1] if head.first else "."
    if run.opens and before not in (".", "-", "–", ")", "/"):
        return False
    return not run.opens or tokens.shape[head.first - 2 : head.first - 1] == ["d"]


def _is_stop(tagged: Tagged, unit: Unit) -> bool:
    return all(norm in tagged.stops for norm in unit.norms) and not (
        unit.norms[0] in ("le", "la") and unit.upper
    )


def _whole(tagged: Tagged, units: list[Unit]) -> list[Name] | None:
    """Classify the run as one thing, where a word in it says so."""
    first, last = units[0].first, units[-1].last
    tokens = tagged.tokens
    head = units[0].tags
    previous = tagged.tags(first - 1) if first else frozenset()
    if "series_cue" in head or "event_cue" in head:
        return _with_person(tagged, units, "series" if "series_cue" in head else "event")
    if "circuit_cue" in head and len(units) > 1:
        return [Name(first, last, "circuit", tokens.surface(first, last))]
    if _preceded_by_circuit(tagged, first):
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
        and _with_digits(tagged, units[0].last) > units[0].last
        and units[0].norms[0] in ("garage", "team", "ecurie", "atelier")
    ):
        last = _with_digits(tagged, units[0].last)
        return [
            Name(units[0].first, last, "team", tokens.surface(units[0].first, last), sure=0.9)
        ]  # "Garage 59"
    if len(units) == 1 and units[0].norms[0] in _NO_TEAM_ALONE:
        return []
    start = 0
    if (
        len(units) > 3
        and units[1].norms[0] in ("de", "du", "d'")
        and not units[0].tags & {"team_cue"}
        and min(cues) > 1
        and units[0].norms[0] not in names("surnames")
    ):
        start = 2  # "Récital de Meridian Racing"
    if units[0].tags & {"event_word"} and len(units) > 2 and 0 not in cues:
        start = 1
    first, last = units[start].first, _with_digits(tagged, units[-1].last)
    return [Name(first, last, "team", tokens.surface(first, last), sure=0.9)]


def _shop(units: list[Unit]) -> bool:
    """Tell whether a word like "Moto" heads the name of a team: "Moto Relais Nord"."""
    return (
        units[0].norms[0] in ("moto", "club", "speed", "pit", "track")
        and len(units) >= 3
        and not any(u.given or u.tags & _THINGS for u in units[1:3])
    )


def _with_digits(tagged: Tagged, last: int) -> int:
    """Return the end of a team's name with the number that belongs to it: "Pole Position 81", "Garage 59"."""
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


def _pieces(tagged: Tagged, run: Run, units: list[Unit]) -> Iterator[Name]:
    k = 0
    tokens = tagged.tokens
    kind: str | None
    while k < len(units):
        unit = units[k]
        if unit.particle or unit.digit:
            k += 1
            continue
        person = _person(run, units, k)
        if person > k and k == 0 and "place" in unit.tags and _after_of(tagged, units):
            person = k  # "Championnat de France de Drift"
        if person > k:
            first, last = unit.first, units[person - 1].last
            sure = 1.0 if any(u.given or u.initial for u in units[k:person]) else 0.6
            kind = "team" if sure < 1 and _elided(tagged, first) else "person"
            yield Name(first, last, kind, tokens.surface(first, last), sure=sure)  # type: ignore[arg-type]
            k = person
            continue
        kind = _thing(unit)
        if kind == "car":
            end = car_extent(tagged, unit.first, min(units[-1].last + 2, len(tokens)))
            yield Name(unit.first, end, "car", tokens.surface(unit.first, end))
            while k < len(units) and units[k].first < end:
                k += 1
            continue
        last = max(
            (t.end for t in tagged.terms.get(unit.first, ()) if t.category in unit.tags), default=unit.last
        )
        last = min(max(last, unit.last), units[-1].last)
        if kind is not None:
            yield Name(unit.first, last, kind, tokens.surface(unit.first, last))  # type: ignore[arg-type]
        elif not run.shouted or _known_surname(unit):
            yield Name(
                unit.first,
                unit.last,
                "other",
                tokens.surface(unit.first, unit.last),
                sure=0.0 if run.opens and k == 0 else 0.5,
            )
        k += 1
        while k < len(units) and units[k].first < last:
            k += 1


def _after_of(tagged: Tagged, units: list[Unit]) -> bool:
    """Tell whether "de" stands before and behind the first unit."""
    first = units[0].first
    return (
        first > 0
        and tagged.tokens.norm[first - 1] in ("de", "d'", "du", "en")
        and len(units) > 1
        and units[1].particle
    )


def _elided(tagged: Tagged, first: int) -> bool:
    """Tell whether a capital "L'" inside a sentence opens the name: "de L’Espace Bienvenue" is no person."""
    tokens = tagged.tokens
    return (
        first > 1
        and tokens.text[first - 1][:1] == "L"
        and tokens.shape[first - 1] == "e"
        and tokens.shape[first - 2] == "l"
    )


def _thing(unit: Unit) -> str | None:
    tags = unit.tags
    for category, kind in (
        ("make", "car"),
        ("model", "car"),
        ("class", "class"),
        ("place", "place"),
        ("nation", "nation"),
        ("tyre", "place"),
    ):
        if category in tags:
            return kind
    if tags & {"series_cue", "event_cue", "month", "event_word", "title", "circuit_cue", "team_cue"}:
        return "event"
    return None


def _person(run: Run, units: list[Unit], k: int) -> int:
    """Return the end of the person's name that begins at unit ``k``, or ``k``."""
    head = units[k]
    if _nameable(head, opening=True):
        given = k
        while (
            given < len(units)
            and (units[given].given or units[given].initial)
            and _nameable(units[given], opening=given == k)
        ):
            given += 1
        if given > k:
            end = _surname_end(run, units, given)
            if end > given:
                return end
            if given - k >= 2:
                return k if all(u.initial for u in units[k:given]) else given
            if given == k + 1 and units[k].initial:
                return k
            return k
        end = _surname_end(run, units, k)
        if run.shouted:
            return end if any(u.given for u in units[k + 1 : end]) and _known_surname(head) else k
        plain = [u for u in units[k:end] if not u.particle]
        if any(u.upper and len(u.norms[0]) <= 4 for u in plain) and not plain[-1].given:
            return k  # an abbreviation: "RTBF Auvio"
        if any(len(u.norms[0]) < 2 for u in plain) or any(
            set(u.norms) <= layer("stopwords").words("stop") for u in plain[1:]
        ):
            return k
        if 2 <= len(plain) <= 4 and not any(u.digit for u in units[k:end]):
            return end
    return k


def _surname_end(run: Run, units: list[Unit], k: int) -> int:
    """Return the end of the surname that begins at unit ``k`` (particles allowed), or ``k``."""
    end, words = k, 0
    while end < len(units) and words < _MAX_SURNAME:
        j = end
        while j < len(units) and units[j].particle:
            j += 1
        if j >= len(units) or not _nameable(units[j], opening=False) or units[j].digit:
            break
        if j > end and not _joins(units, k, end, j):
            break
        if run.shouted and words and not _known_surname(units[j]):
            break
        if words and "make" in units[j].tags:
            break  # "Tim Ostermann Lola Judd"
        end, words = j + 1, words + 1
    return end


def _joins(units: list[Unit], k: int, end: int, j: int) -> bool:
    """Tell whether particles hold a name together: "Joffrey de Narda", not "Rousset de Lyon"."""
    joined = [u.norms[0] for u in units[end:j]]
    if "by" in joined or "of" in joined or "&" in joined:
        return False
    if all(p in _HOLDING for p in joined):
        return True
    if joined in (["du"], ["des"], ["de"], ["d'"], ["de", "la"], ["de", "l'"], ["de", "le"]):
        if end == k + 1 == 1 and joined in (["de"], ["d'"]) and len(units) == 3:
            return _christened(units)
        return end == k and (k == 0 or units[k - 1].given) and not units[j].tags & {"place"}
    return joined[0] in ("van", "von", "der", "de") and end == k


def _christened(units: list[Unit]) -> bool:
    """Tell whether "Pim de Haan" is one name although no list knows the first name."""
    head, surname = units[0], units[2]
    return (
        not head.upper
        and len(head.norms) == 1
        and 3 <= len(head.norms[0]) <= 7
        and not head.tags
        and not surname.tags
        and head.norms[0] not in names("surnames")
    )


def _nameable(unit: Unit, *, opening: bool) -> bool:
    if unit.particle or unit.digit:
        return False
    if unit.initial:
        return True
    if unit.upper and set(unit.norms[0]) <= set("ivx"):
        return False
    if unit.tags & _THINGS:
        return _name_despite(unit, opening=opening)
    return not any(c.isdecimal() for c in unit.norms[0]) and not unit.tags & {"team_cue"}


_HARD = frozenset(
    (
        "make",
        "event_word",
        "month",
        "circuit_cue",
        "series_cue",
        "event_cue",
        "title",
        "tyre",
        "class",
        "model",
    )
)


# Cars that bear a first name in use; what follows ("Leon Cupra", "Léon Martin") tells which is meant.
_GIVEN_MODELS = frozenset(("leon", "zoe", "megane", "elise", "giulia", "silvia", "lola", "morgan"))


def _name_despite(unit: Unit, *, opening: bool) -> bool:
    """Some words of the lexicon are people's names too: Lorraine, Martini, Laval, Corse."""
    if len(unit.norms) > 1 and unit.given:
        return True
    if opening:
        hard = {"event_word", "month", "series_cue", "event_cue", "class", "tyre"}
        if unit.norms[0] not in _GIVEN_MODELS:
            hard.add("model")
        return unit.given and not unit.tags & hard
    return (
        _known_surname(unit)
        and not unit.tags & {"event_word", "series_cue", "event_cue", "class", "model", "circuit_cue"}
    ) or (unit.upper and not unit.tags & _HARD)


def _known_surname(unit: Unit) -> bool:
    surnames = names("surnames")
    return "-".join(unit.norms) in surnames or all(
        n in surnames or n in names("first_names") for n in unit.norms
    )
