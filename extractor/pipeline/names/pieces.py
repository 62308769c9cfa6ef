"""A run of capitals read piece by piece: people, cars, classes and what cannot be told yet."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import layer, names, word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.brackets import car_extent
from extractor.pipeline.names.runs import THINGS, Run, Tagged, Unit

_HOLDING = word_set("names_words", "joining_particles")
_MAX_SURNAME = 3
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
_TITLES_OF = word_set("names_words", "titles_of")
_GIVEN_MODELS = word_set("names_words", "cars_with_first_names")


def read_pieces(tagged: Tagged, run: Run, units: list[Unit]) -> Iterator[Name]:
    """Yield the names in a run, each from the words that make it up."""
    k = 0
    tokens = tagged.tokens
    kind: str | None
    while k < len(units):
        unit = units[k]
        if unit.particle or unit.digit:
            k += 1
            continue
        if _called_first(tagged, units, k):
            k += 1  # "du Saxon Lothar Brumel"
            continue
        person = _person(run, units, k)
        if person > k and k == 0 and "place" in unit.tags and _of_a_title(tagged, units):
            person = k  # "Championnat de France de Drift", "le champion de France Paul Jouvion"
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


def _of_a_title(tagged: Tagged, units: list[Unit]) -> bool:
    """Tell whether the first unit is the country of a title: "de" on both sides, or behind a title."""
    first, norm = units[0].first, tagged.tokens.norm
    if first < 2 or norm[first - 1] not in ("de", "d'", "du", "en"):
        return False
    return (len(units) > 1 and units[1].particle) or norm[first - 2] in _TITLES_OF


def _called_first(tagged: Tagged, units: list[Unit], k: int) -> bool:
    """Tell whether an unknown word with an article says what somebody is, and the full name follows."""
    if k or len(units) != 3 or any(u.particle or u.digit or u.initial for u in units):
        return False
    head, given, surname = units
    article = tagged.tokens.norm[head.first - 1] in ("le", "la", "l'", "du", "au") if head.first else False
    known = head.given or _known_surname(head) or bool(head.tags)
    return article and not known and given.given and not surname.given and not surname.tags


def _elided(tagged: Tagged, first: int) -> bool:
    """Tell whether a capital "L'" inside a sentence opens the name: "de L’Espace Brume" is no person."""
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
    """Tell whether particles hold a name together: "Louis de Brume", not "Rousset de Lyon"."""
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
    if unit.tags & THINGS:
        return _name_despite(unit, opening=opening)
    return not any(c.isdecimal() for c in unit.norms[0]) and not unit.tags & {"team_cue"}


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
