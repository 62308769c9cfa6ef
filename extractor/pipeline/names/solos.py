"""Single capitals that no list explains: a surname, or nothing that concerns us."""

from __future__ import annotations

from collections import Counter

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name
from extractor.pipeline.names.befallen import meets_mishap
from extractor.pipeline.names.runs import Tagged
from extractor.pipeline.names.surnames import capitals, given_to, known_surname

_DETERMINERS = word_set("names_words", "determiners")
_NEAR = word_set("names_words", "before_person")
_RELATIVES = word_set("names_words", "relatives")
_TITLES = word_set("names_words", "forms_of_address")
_LARGE = word_set("names_words", "large_particles")
_SMALL = word_set("names_words", "small_particles")
_PLACE_LEAD = word_set("names_words", "before_place")
_VERBS = word_set("names_words", "what_people_do")
_TOWN_LINKS = word_set("names_words", "town_links")
_PLACE_NOUNS = word_set("names_words", "place_nouns")
_PEOPLE_FROM = word_set("names_words", "people_from")
_CLASS_NOUNS = word_set("names_words", "before_class_letter")
_BEFORE_DEMONYM = word_set("names_words", "before_demonym")
_THINGS = word_set("names_words", "things_of_people")
_THE = frozenset(("la", "le", "l'"))
_MARGINS = word_set("names_words", "margins")

THRESHOLD = 1.9
_LEAST_RANKS = 3  # numbers in a line that make it a list of several items
_DESIGNATIONS = word_set("names_words", "car_designations", folded=False)
_TELLING = frozenset(("win", "light", "kind", "leads", "order", "podium", "goes"))
_WORDS = frozenset(("event", "place", "circuit"))
_FAMILY = frozenset(["freres", "frangins", "soeurs", "frangines", "cousins"])


def judge(tagged: Tagged, found: list[Name]) -> None:
    """Settle every ``other``: known surnames and likely people become ``person``."""
    tokens = tagged.tokens
    parts = _parts(tagged, found)
    seen = Counter(tokens.norm[n.first] for n in found if n.kind == "other")
    anchors = sum(n.kind == "person" for n in found)
    towns = {tokens.norm[n.first] for n in found if n.kind == "other" and _town(tagged, n)}
    towns |= _hyphenated(tagged, found)
    for index, name in enumerate(found):
        if name.kind == "car" and name.last - name.first == 1 and _among_people(tagged, found, index):
            name.kind, name.sure = "person", 0.6  # "la Ducati de Moretti, Pagani et Ruiz"
            continue
        if name.kind in _WORDS and name.last - name.first == 1 and _drives(tagged, found, index):
            name.kind, name.sure = "person", 0.6  # "2. Chemin (Porsche 904)", "3. Place, Clio"
            continue
        if name.kind in ("event", "car", "class", "place", "nation") and name.last - name.first == 1:
            if (
                tokens.norm[name.first] in parts
                and tokens.norm[name.first - 1] not in _DETERMINERS
                and name.kind != "event"
            ):
                name.kind = "person" if not _place_context(tagged, name) else name.kind
            continue
        if name.kind == "person" and name.sure < 0.7 and not _plausible(tagged, name):
            name.kind = "other"
            continue
        if name.kind != "other":
            continue
        if tuple(tokens.norm[name.first : name.last]) in parts or _core(tagged, name) in parts:
            name.kind, name.sure = "person", 0.9
        elif (
            _score(tagged, found, index, seen, anchors) - 2.0 * (tokens.norm[name.first] in towns)
            >= THRESHOLD
        ):
            name.kind, name.sure = "person", 0.6


def _hyphenated(tagged: Tagged, found: list[Name]) -> set[str]:
    """Return the parts of hyphenated places: "Croix" of "Croix-en-Ternois"."""
    parts: set[str] = set()
    for name in found:
        words = tagged.tokens.norm[name.first : name.last]
        place = name.kind in ("place", "circuit") or (name.kind == "other" and set(words) & _TOWN_LINKS)
        if place and "-" in words:
            parts.update(w for w in words if len(w) > 3)
    return parts


def _among_people(tagged: Tagged, found: list[Name], index: int) -> bool:
    """Tell whether what looks like a make stands in an enumeration of people."""
    if not 0 < index < len(found) - 1:
        return False
    left, name, right = found[index - 1 : index + 2]
    norm = tagged.tokens.norm
    return (
        left.kind == "person"
        and right.kind in ("person", "other")
        and norm[left.last : name.first] == [","]
        and norm[name.last : right.first] in (["et"], [","])
        and norm[left.first - 1] not in ("la", "une", "l'")
        and any(norm[k] in ("de", "d'") for k in range(max(0, left.first - 4), left.first))
    )


def _town(tagged: Tagged, name: Name) -> bool:
    """Tell whether the words before make a name a place: "à Atar", "en Baltique", not "face à X"."""
    norm = tagged.tokens.norm
    i = name.first - 1
    if i < 1:
        return False
    if norm[i] in ("en", "vers", "pres"):
        return True
    if norm[i] in ("de", "d'") and norm[i - 1] in _PLACE_NOUNS:
        return True
    if norm[i] in ("de", "d'") and norm[i - 1] == "," and norm[name.last : name.last + 1] in ([","], ["."]):
        return True
    if norm[i] == "entre" and set(norm[max(0, i - 5) : i]) & {
        "etape",
        "liaison",
        "secteur",
        "speciale",
        "route",
    }:
        return True
    if norm[i] in ("de", "d'") and (norm[i - 1] in _PEOPLE_FROM or _somebody_from(tagged, i - 1)):
        return True
    return norm[i] == "a" and not given_to(norm, i) and not norm[i - 1].endswith(("ent", "ait", "er"))


def _somebody_from(tagged: Tagged, i: int) -> bool:
    """Tell whether a nationality stands for somebody whose home follows: "le Breton de Lausanne"."""
    norm = tagged.tokens.norm
    return "nation" in tagged.tags(i) and i > 0 and norm[i - 1] in ("le", "la", "l'")


def _plausible(tagged: Tagged, name: Name) -> bool:
    """Weigh whether two capitals, neither a first name, are a person: "Ulf Brumland", not "Apex Ghost"."""
    tokens = tagged.tokens
    norms = [n for n in tokens.norm[name.first : name.last] if n not in "-."]
    led = any("nation" in tagged.tags(i) for i in range(max(0, name.first - 2), name.first))
    large = tokens.shape[name.first] in "CU" and norms[0] in _LARGE
    words = norms[large:] if large else [n for n in norms if n not in _SMALL]
    if any(n in tagged.stops for n in words) and tokens.norm[name.first] not in ("le", "la") and not led:
        return False
    surnames, first_names = name_list("surnames"), name_list("first_names")
    score = 1.0 * any(n in surnames or n in first_names for n in norms) + 0.6 * (norms[-1] in surnames)
    before = tokens.norm[name.first - 1] if name.first else ""
    after = tokens.text[name.last] if name.last < len(tokens) else ""
    score += (
        1.0 * (after == "(")
        + 0.8 * (before in _NEAR)
        + 0.8 * (after in "/," and before in ("/", ",", "et"))
        + 1.0 * _ranked(tagged, name.first)
    )
    leads = {c for i in range(max(0, name.first - 2), name.first) for c in tagged.tags(i)}
    score += 1.2 * bool(leads & {"nation", "person_lead"})
    if "nation" not in leads and before in _DETERMINERS:
        score -= 1.5
    score += 0.6 * (large or len(words) < len(norms))
    score -= 1.0 * (before in _PLACE_LEAD or before in ("#", "le", "n", "dans", "sur"))
    following = tokens.norm[name.last] if name.last < len(tokens) else ""
    score += 0.8 * (following in _VERBS)
    score += 1.0 * (before == "," and following == "et")
    return score >= 1.0


def _parts(tagged: Tagged, found: list[Name]) -> set[object]:
    """Return the surnames (and what may pass for them) of the people with full names."""
    tokens = tagged.tokens
    parts: set[object] = set()
    for name in found:
        if name.kind != "person" or name.last - name.first < 2:
            continue
        norms = [n for n in tokens.norm[name.first : name.last] if n not in ".-"]
        for k in range(1, len(norms)):
            parts.add(tuple(norms[k:]))
            if len(norms[k]) > 2:
                parts.add(norms[k])
        if len(norms[0]) > 1:
            parts.add(norms[0])
        hyphen = tuple(tokens.norm[name.first : name.last])
        for k in range(1, len(hyphen)):
            parts.add(hyphen[k:])
    return parts


def _core(tagged: Tagged, name: Name) -> object:
    return tagged.tokens.norm[name.first] if name.last - name.first == 1 else None


def _place_context(tagged: Tagged, name: Name) -> bool:
    return name.first > 0 and tagged.tokens.norm[name.first - 1] in _PLACE_LEAD


def _score(tagged: Tagged, found: list[Name], index: int, seen: Counter[str], anchors: int) -> float:
    """Weigh the evidence that a single capital is a competitor's surname."""
    tokens = tagged.tokens
    name = found[index]
    first, last = name.first, name.last
    norm = tokens.norm[first]
    if len(norm) == 1 and _is_class_letter(tagged, first):
        name.kind = "class"
        return -9.0
    if (
        any(c.isdecimal() for c in norm)
        or len(norm) < 2
        or norm in ("mm", "mlles", "mmes")
        or tokens.text[first] in _DESIGNATIONS
        or (set(norm) <= set("ivx") and tokens.shape[first] == "U")
        or (last < len(tokens) and set(tokens.norm[last]) <= set("ivx") and tokens.shape[last] in "UI")
    ):
        return -9.0  # "Henri IV" among others
    before = tokens.norm[first - 1] if first else ""
    after = tokens.text[last] if last < len(tokens) else ""
    key = "-".join(n for n in tokens.norm[first:last] if n != "-")
    score = 1.0 if name.sure > 0 else -0.6
    score += 0.8 if key in name_list("surnames") else 0.0
    score += 0.3 if key in name_list("first_names") else 0.0
    score += known_surname(tagged, name)
    score += _qualified(found, index)
    if tokens.shape[first] == "U" and len(norm) >= 5:
        score += capitals(tagged, first, before)
    score -= 1.0 if tokens.shape[first] == "U" and len(norm) <= 4 else 0.0
    score += min(seen[norm], 3) * 0.4 if seen[norm] > 1 else 0.0
    score += _context(tagged, first, last, before, after)
    score += 2.0 if before in _RELATIVES and tokens.norm[first - 2] in ("sa", "son") else 0.0
    score += 1.5 if _ranked(tagged, first) else 0.0
    score += 1.5 if _behind_demonym(tagged, first) else 0.0
    score += 1.3 if _heads_item(tagged, found, index) else 0.0
    score -= 2.0 if _car_field(tagged, first, last) else 0.0
    score += 0.9 if before in ('"', "«", "“", "‘", "'") and after in ('"', "»", "”", "’", "'") else 0.0
    score += 2.6 if _paired(tagged, found, index) else 0.0
    score += 1.5 if _owns(tagged, found, index) else 0.0
    score += 3.0 if score > -1.0 and before not in _DETERMINERS and meets_mishap(tokens, first, last) else 0.0
    score -= 0.3 if anchors >= 6 else 0.0
    return score


def _behind_demonym(tagged: Tagged, first: int) -> bool:
    """Tell whether a name stands behind the word for where somebody comes from: "le Belge Vandenhove"."""
    tokens = tagged.tokens
    if first < 2 or tokens.shape[first - 1] != "C" or tokens.norm[first - 2] not in _BEFORE_DEMONYM:
        return False
    tags = tagged.tags(first - 1)
    return "nation" in tags and not ("place" in tags and tokens.norm[first - 2] == "la")  # "la Suisse"


def _qualified(found: list[Name], index: int) -> float:
    """Weigh the bracket behind a name: a car, team or number in it speaks for a person."""
    name = found[index]
    if name.outer <= name.last:
        return 0.0
    inner = found[index + 1] if index + 1 < len(found) else name
    return 2.2 if inner.first < name.outer and inner.kind in ("car", "team", "number") else 1.2


def _is_class_letter(tagged: Tagged, i: int) -> bool:
    """Tell whether a single capital names a class: « B », "en A", "pilotes B"."""
    tokens = tagged.tokens
    while i > 0 and tokens.text[i - 1] in "«“\"‘'":
        i -= 1
    return i > 0 and tokens.norm[i - 1] in _CLASS_NOUNS


def _context(tagged: Tagged, first: int, last: int, before: str, after: str) -> float:
    tokens = tagged.tokens
    if before in _DETERMINERS:
        return -2.5
    if before in _TITLES:
        return 2.5
    if before in _FAMILY:
        return 2.0
    if (before in _PLACE_LEAD and before != "a") or before in ("du", "dans"):
        return -1.5
    leads = any(
        term.category == "person_lead" and term.end == first
        for i in range(max(0, first - 3), first)
        for term in tagged.terms.get(i, ())
    )
    score = 1.0 if leads else 0.3 if before in _NEAR else 0.0
    following = tokens.norm[last] if last < len(tokens) else ""
    if following in ("pere", "fils") and tokens.norm[last + 1 : last + 2] == ["et"]:
        score += 2.0
    if following in _VERBS or any(
        t.category in _TELLING and t.end <= last + 4 for t in tokens.terms("results").get(last, ())
    ):
        score += 0.9
    if after == "(":
        score += 0.4
    if before == "a":
        score += 0.4 if given_to(tokens.norm, first - 1) else -0.8
    if before in ("de", "d'") and tokens.norm[first - 2] in _THINGS and tokens.norm[first - 3] in _THE:
        score += 1.0  # "la voiture de Brumel", "de la part de Brumel"
    if before == "sur" and not set(tokens.norm[max(0, first - 5) : first]) & _MARGINS:
        score -= 1.0
    return score


def _ranked(tagged: Tagged, first: int) -> bool:
    """Tell whether a rank stands before the name, as in a list: "1. X", "2e X", "3 - X"."""
    tokens = tagged.tokens
    i = first - 1
    while i >= 0 and tokens.text[i] in ".-–:)°":
        i -= 1
    if i < 0 or tokens.shape[i] != "d" or first - i > 3:
        return False
    if i + 1 == first and tokens.text[i].isdecimal():
        return any(b.kind == "list" and b.first <= i < b.last for b in tagged.layout.blocks)
    digits = tokens.text[i].rstrip("erèmndEÈRMND")
    return digits.isdecimal() and int(digits) < 100 and (i + 1 < first or not tokens.text[i].isdecimal())


def _heads_item(tagged: Tagged, found: list[Name], index: int) -> bool:
    """Tell whether an item of a list begins with the name alone: "1. X, 12'30", "2. X (Fiat)", "3 X Clio"."""
    tokens = tagged.tokens
    first, last = found[index].first, found[index].last
    if not _ranked(tagged, first):
        return False
    if not _among_items(tagged, first):
        return False
    if last >= len(tokens) or "\n" in tokens.source[tokens.end[last - 1] : tokens.start[last]]:
        return True
    if found[index + 1 : index + 2] and (found[index + 1].first, found[index + 1].kind) == (last, "car"):
        return True
    return tokens.text[last] in (",", ";", ".", "(", "/", "–", "-", ":", "[") or tokens.shape[last] == "d"


def _drives(tagged: Tagged, found: list[Name], index: int) -> bool:
    """Tell whether an ordinary word heads an item of a list and has a car: there it is a surname."""
    if index + 1 == len(found) or not _heads_item(tagged, found, index):
        return False
    between = tagged.tokens.text[found[index].last : found[index + 1].first]
    return found[index + 1].kind == "car" and between in ([], ["("], [","])


def _car_field(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether a word stands between commas behind a name and before its time: "2. X, Norton, 12'3"."""
    tokens = tagged.tokens
    if first < 2 or tokens.text[first - 1] != "," or tokens.text[last : last + 1] != [","]:
        return False
    timed = tokens.shape[last + 1 : last + 2] == ["d"] or tokens.norm[last + 1 : last + 2] == ["a"]
    return timed and any(b.kind == "list" and b.first <= first < b.last for b in tagged.layout.blocks)


def _among_items(tagged: Tagged, token: int) -> bool:
    """Tell whether a token stands in a list of several items, on one line or on lines that follow."""
    blocks = tagged.layout.blocks
    for number, block in enumerate(blocks):
        if block.kind == "list" and block.first <= token < block.last:
            beside = [*blocks[max(0, number - 1) : number], *blocks[number + 1 : number + 2]]
            inside = tagged.tokens.text[block.first : block.last]
            ranks = sum(shape == "d" for shape in tagged.tokens.shape[block.first : block.last])
            return ";" in inside or ranks >= _LEAST_RANKS or any(b.kind == "list" for b in beside)
    return False


def _owns(tagged: Tagged, found: list[Name], index: int) -> bool:
    """Tell whether the name follows a car or team and "de": "la M3 de Martin"."""
    tokens = tagged.tokens
    name = found[index]
    if index == 0 or tokens.norm[name.first - 1] not in ("de", "d'"):
        return False
    previous = found[index - 1]
    return previous.last == name.first - 1 and (
        previous.kind in ("car", "team", "number")
        or (previous.kind == "class" and tokens.norm[previous.first - 1] == "la")
    )


def _crew_item(tagged: Tagged, found: list[Name], left: Name) -> bool:
    """Tell whether an item of a list gives a crew and its car or number: "2. X – Y, Aronde n° 12"."""
    if not (_ranked(tagged, left.first) and _among_items(tagged, left.first)):
        return False
    tokens, index = tagged.tokens, found.index(left)
    for other in found[index + 2 : index + 4]:
        if "\n" in tokens.source[tokens.end[left.last - 1] : tokens.start[other.first]]:
            return False
        if other.kind in ("car", "number"):
            return True
    return False


def _paired(tagged: Tagged, found: list[Name], index: int) -> bool:
    """Tell whether a slash joins the name to another capital that is no thing: a crew."""
    tokens = tagged.tokens
    name = found[index]
    for other in found[max(0, index - 1) : index] + found[index + 1 : index + 2]:
        left, right = sorted((name, other), key=lambda n: n.first)
        between = tokens.text[left.last : right.first]
        if between in (["/"], ["-"]) and other.kind in ("other", "person"):
            return True
        if (
            between in (["–"], ["—"])
            and other.kind in ("other", "person")
            and _crew_item(tagged, found, left)
        ):
            return True
        if (
            between == ["et"]
            and other.kind in ("other", "person")
            and tokens.norm[name.first] not in tagged.stops
        ):
            following = tokens.norm[right.last] if right.last < len(tokens) else ""
            if other.kind == "person" or following.endswith(("ent", "ont")) or following in ("se", "s'"):
                return True
    return False
