"""Names: what is a proper name, and what bears it.

Requires ``doc._.layout``; assigns ``doc._.names``, a list of :class:`Name` in reading order, none
inside another save for what a bracket tells of the name before it.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon.words import names as name_list
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout, Name
from extractor.pipeline.names import brackets
from extractor.pipeline.names.bracket_kinds import settle
from extractor.pipeline.names.capacities import find_capacities
from extractor.pipeline.names.classify import after_number, classify
from extractor.pipeline.names.common_classes import find_common_classes, find_numbered_classes
from extractor.pipeline.names.entrants import enter
from extractor.pipeline.names.led_teams import complete
from extractor.pipeline.names.numbers import find_numbers
from extractor.pipeline.names.runs import PARTICLES, Run, Tagged, ordinary_words, runs, tag
from extractor.pipeline.names.solos import judge

_TEAM_TAILS = word_set("names_words", "team_tails")
_BEFORE_CREW = word_set("names_words", "before_crew")

_ENTRANTS = frozenset(("equipe", "ecurie", "team", "structure", "scuderia"))
_TITLES = word_set("names_words", "titles_in_names")
_CAR_ARTICLES = word_set("names_words", "before_machines")
_KIN = frozenset(("pere", "fils", "junior", "jr", "senior"))
_NO_MEMBER = frozenset(
    ("make", "model", "class", "place", "nation", "tyre", "month", "event_word", "series_cue", "circuit_cue")
)


@Language.factory("parcferme_names", requires=["doc._.layout"], assigns=["doc._.names"])
def make_names(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001
    """Create the component."""
    return NameFinder()


class NameFinder:
    """Finds and classifies names."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.names``."""
        doc._.names = find_names(doc._.layout)
        return doc


def find_names(layout: Layout) -> list[Name]:
    """Return the names of a layout in reading order."""
    tagged = tag(layout)
    found: list[Name] = []
    taken = -1
    for run in runs(tagged):
        if run.first < taken:
            run = Run([u for u in run.units if u.first >= taken], False, run.block, run.shouted)
            if not run.units:
                continue
        found += [_led(tagged, name) for name in classify(tagged, run)]
        if found and found[-1].kind in ("person", "other", "team", "car"):
            taken = max(taken, _attach_bracket(tagged, found))
    found += _lower_case(tagged, found)
    found += find_numbers(tagged, found)
    found += find_numbered_classes(tagged)
    found += find_capacities(tagged)
    found += find_common_classes(tagged)
    bare = [name for name in found if name.kind == "number" and name.sure < 0.5]
    if len(bare) < 3:  # "X (3)" may be a place or anything; many of them are starting numbers
        found = [name for name in found if name not in bare]
    found.sort(key=lambda name: (name.first, -name.last))
    _agree(tagged, found)
    _between_car_and_number(tagged, found)
    _before_number(tagged, found)
    enter(tagged, found)
    complete(tagged, found)
    settle(tagged, found)
    judge(tagged, found)
    _part_crews(tagged, found)
    _with_titles(tagged, found)
    for name in found:
        name.outer = max(name.outer, name.last)
    return found


def _led(tagged: Tagged, name: Name) -> Name:
    """Let the words before a name say that it is a team ("chez X", "Team X", "écurie X")."""
    tokens = tagged.tokens
    if name.kind not in ("other", "person", "car") or name.first == 0:
        return name
    if _driven_for(tagged, name):
        return Name(name.first, name.last, "team", tokens.surface(name.first, name.last), sure=0.8)
    if (name.kind == "other" or name.sure < 0.7) and after_number(tagged, name.first):
        return Name(name.first, name.last, "team", tokens.surface(name.first, name.last), sure=0.8)
    for back in range(1, 5):
        i = name.first - back
        if i < 0:
            break
        for term in tagged.terms.get(i, ()):
            if term.category == "team_lead" and term.end == name.first:
                if tokens.norm[name.first - 1] == "chez" and name.kind in ("person", "car"):
                    return name
                if name.kind == "car" and tokens.norm[i] not in _ENTRANTS:
                    return name
                last = _whole_team(tagged, name)
                return Name(name.first, last, "team", tokens.surface(name.first, last), sure=0.8)
    slash = tokens.text[name.first - 1] == "/" and name.first > 1
    if slash and (name.kind == "other" or name.sure < 0.7) and brackets.number_mark(tagged, name.last) > 0:
        return Name(name.first, name.last, "team", tokens.surface(name.first, name.last), sure=0.8)
    slash = slash and tokens.glued(name.first) and name.last - name.first + len(tokens.text[name.first]) > 2
    if slash and name.kind == "other" and "make" in _tags_before(tagged, name.first - 1):
        return Name(name.first, name.last, "team", tokens.surface(name.first, name.last), sure=0.8)
    return name


def _whole_team(tagged: Tagged, name: Name) -> int:
    """Return the end of a team's name that goes on in words of another kind: "team Océan Sport", "X GT"."""
    tokens = tagged.tokens
    last = name.last
    while (
        last < len(tokens)
        and tokens.shape[last] in "CU"
        and tokens.source[tokens.end[last - 1] : tokens.start[last]] == " "
        and ("team_cue" in tagged.tags(last) or _shouted_name(tagged, last))
    ):
        last += 1
    return last


def _shouted_name(tagged: Tagged, i: int) -> bool:
    """Tell whether a word in capitals is no ordinary one: it may go on with a name."""
    return tagged.tokens.shape[i] == "U" and tagged.tokens.norm[i] not in ordinary_words()


def _driven_for(tagged: Tagged, name: Name) -> bool:
    """Tell whether a nationality makes it an entrant: "le Suédois de Wolseley", "les Belges d'Apex Nord"."""
    tokens = tagged.tokens
    i = name.first - 1
    if tokens.norm[i] not in ("de", "d'", "du", "chez") or i < 2:
        nation = "nation" in tagged.tags(i) and tokens.norm[i - 1] in _ENTRANTS
        return nation and name.kind in ("car", "other")  # "l'écurie liégeoise Corvette Brume"
    if not any("nation" in tagged.tags(k) for k in (i - 1, i - 2)) or "nation" not in tagged.tags(i - 1):
        return False
    plural = tokens.norm[i - 2] == "les"
    if name.kind == "car":
        return tokens.norm[i - 2] in ("le", "la", "l'", "les", "du")
    return plural and (name.kind == "other" or name.sure < 0.7) and name.last - name.first > 1


def _bare_crew(tagged: Tagged, first: int, last: int) -> list[Name]:
    """Read a bracket that holds nothing but surnames: "(Marchal-Van Brum-Orsini)", "(Marchal, Brum)"."""
    tokens = tagged.tokens
    spread = any(tokens.text[i] in ",–" for i in range(first, last))
    if (
        not spread
        and tokens.norm[first] in name_list("first_names")
        and last - first > 1
        and tokens.text[first + 1] != "-"
    ):
        return []
    crew: list[Name] = []
    start = first
    for i in range(first, last + 1):
        if i == last or tokens.text[i] in ("-/" if not spread else "/,–") or tokens.norm[i] == "et":
            if i == start or (spread and tagged.tags(start) & _NO_MEMBER):
                return []
            if i - start > 4 or any(c.isdecimal() for c in tokens.surface(start, i)):
                return []
            crew.append(Name(start, i, "person", tokens.surface(start, i), sure=0.8))
            start = i + 1
        elif tokens.norm[i] in _KIN and i > start:
            continue
        elif tokens.shape[i] not in "CUI" and tokens.norm[i] not in PARTICLES and tokens.text[i] not in "-.":
            return []
    enough = 3 if spread and not all(_likely(tagged, name) for name in crew) else 2
    return (
        crew
        if len(crew) >= enough and not any("team_cue" in tagged.tags(i) for i in range(first, last))
        else []
    )


def _likely(tagged: Tagged, name: Name) -> bool:
    """Tell whether a lexicon knows a word of the name."""
    norms = tagged.tokens.norm[name.first : name.last]
    return any(n in name_list("surnames") or n in name_list("first_names") for n in norms)


def _tags_before(tagged: Tagged, i: int) -> set[str]:
    """Return the categories of the words glued together before token ``i``, such as a car's."""
    found: set[str] = set()
    for k in range(max(0, i - 5), i):
        if any(t.end <= i for t in tagged.terms.get(k, ())):
            found |= tagged.tags(k)
    return found


def _attach_bracket(tagged: Tagged, found: list[Name]) -> int:
    """Read the bracket behind the last name; return the token up to which the text is then read."""
    tokens = tagged.tokens
    name = found[-1]
    opening = name.last
    if opening >= len(tokens) or tokens.text[opening] not in "([":
        return -1
    limit = tagged.layout.blocks[-1].last
    end = brackets.closing(tagged, opening, limit)
    if end < 0:
        return -1
    if name.kind == "team" or name.kind == "car":
        crew = _bare_crew(tagged, opening + 1, end)
        found += crew
        return end + 1 if crew else -1
    if name.kind == "other" or (name.kind == "person" and name.sure < 0.7):
        crew = _bare_crew(tagged, opening + 1, end)
        if len(crew) >= 3:  # "Moto Relais (Dubois, Lenoir, Kowal)": who rides for it
            name.kind, name.sure = "team", 0.8
            found += crew
            return end + 1
    inner = list(brackets.read(tagged, opening + 1, end))
    if name.kind != "person" and not (name.kind == "other" and inner):
        return -1  # the bracket behind a team may hold its crew: leave it to the runs
    if any(n.kind == "team" and _is_people(tagged, n) for n in inner):
        return -1
    name.outer = end + 1
    found += inner
    return end + 1


def _is_people(tagged: Tagged, name: Name) -> bool:
    """Tell whether what looks like a team is a person: "(avec Jean Martin)"."""
    tokens = tagged.tokens
    words = [i for i in range(name.first, name.last) if tokens.shape[i] in "CU"]
    if len(words) < 2 or any("team_cue" in tagged.tags(i) for i in words):
        return False
    return tokens.norm[words[0]] in name_list("first_names") and tokens.norm[words[1]] in name_list(
        "surnames"
    )


def _lower_case(tagged: Tagged, found: list[Name]) -> list[Name]:
    """Return the places where a careless typist wrote a known full name without capitals."""
    norm, shape = tagged.tokens.norm, tagged.tokens.shape
    full: dict[str, set[tuple[str, ...]]] = {}
    for name in found:
        if name.kind == "person" and name.last - name.first > 1 and name.sure >= 0.9:
            words = tuple(norm[name.first : name.last])
            full.setdefault(words[0], set()).add(words)
    taken = {i for name in found if name.kind == "person" for i in range(name.first, name.last)}
    missed = []
    for i, word in enumerate(norm):
        if word in full and i not in taken:
            for words in full[word]:
                if tuple(norm[i : i + len(words)]) == words and "l" in shape[i : i + len(words)]:
                    missed.append(
                        Name(i, i + len(words), "person", tagged.tokens.surface(i, i + len(words)), sure=0.9)
                    )
                    break
    covered = {(name.first, name.last) for name in missed}
    found[:] = (
        [
            n
            for n in found
            if not any(
                first <= n.first and n.last <= last and n.kind in ("other", "person")
                for first, last in covered
            )
        ]
        if missed
        else found
    )
    return missed


def _part_crews(tagged: Tagged, found: list[Name]) -> None:
    """Part "Lambrecht-Gilson" where both are known by their full names."""
    tokens = tagged.tokens
    last_words = {
        tokens.norm[n.last - 1]
        for n in found
        if n.kind == "person" and n.last - n.first >= 2 and tokens.text[n.last - 2] != "-"
    }
    pairs = {
        (tokens.norm[n.first], tokens.norm[n.last - 1])
        for n in found
        if n.kind in ("person", "other")
        and n.last - n.first == 3
        and tokens.text[n.first + 1] == "-"
        and tokens.norm[n.first] not in name_list("first_names")
        and not tagged.tags(n.first, n.last)
        and not any(c.isdecimal() for c in n.value)
    }
    several = len(pairs) >= 2  # one double-barrelled surname is likely, two are crews
    parted: list[Name] = []
    for name in found:
        two = name.last - name.first == 3 and tokens.text[name.first + 1] == "-"
        known = two and tokens.norm[name.first] in last_words and tokens.norm[name.last - 1] in last_words
        paired = (
            two
            and several
            and (tokens.norm[name.first], tokens.norm[name.last - 1]) in pairs
            and (name.kind == "person" or _near_crew(tagged, name))
        )
        if name.kind in ("person", "other") and (known or paired):
            parted.append(
                Name(
                    name.first,
                    name.first + 1,
                    "person",
                    tokens.text[name.first],
                    outer=name.first + 1,
                    sure=0.9,
                )
            )
            parted.append(
                Name(name.last - 1, name.last, "person", tokens.text[name.last - 1], name.outer, sure=0.9)
            )
        else:
            parted.append(name)
    found[:] = parted


def _with_titles(tagged: Tagged, found: list[Name]) -> None:
    """Give people the titles that are part of their names: "comte Brumel", "Lord Sillage"."""
    tokens = tagged.tokens
    taken = {n.last for n in found if n.kind not in ("other", "event")}
    for name in found:
        i = name.first - 1
        particles = i > 0 and tokens.norm[i] in ("de", "d'")
        i -= particles
        if name.kind != "person" or i < 0 or tokens.norm[name.first] in name_list("first_names"):
            continue  # "le marquis Louis Brumel" bears the name without it
        if tokens.norm[i] in _TITLES and i + 1 not in taken:
            name.first, name.value = i, tokens.surface(i, name.last)
    people = {n.first for n in found if n.kind == "person"}
    found[:] = [n for n in found if n.kind not in ("other", "event") or n.first not in people]


def _between_car_and_number(tagged: Tagged, found: list[Name]) -> None:
    """Call a team what stands between car and number: "l'Oreca Helvia n°22"."""
    for car, name, number in zip(found, found[1:], found[2:], strict=False):
        if (
            car.kind == "car"
            and number.kind == "number"
            and car.last == name.first
            and name.last == number.first
            and name.kind == "other"
        ):
            name.kind, name.value, name.sure = "team", tagged.tokens.surface(name.first, name.last), 0.7


def _before_number(tagged: Tagged, found: list[Name]) -> None:
    """Call a car what stands between an article and a number: "la Brumocar n° 4"."""
    norm = tagged.tokens.norm
    for name, number in pairwise(found):
        if (
            name.kind in ("other", "series")
            and number.kind == "number"
            and name.last == number.first
            and name.first
            and norm[name.first - 1] in _CAR_ARTICLES
        ):
            name.kind, name.value = "car", tagged.tokens.surface(name.first, name.last)


def _near_crew(tagged: Tagged, name: Name) -> bool:
    """Tell whether a hyphenated pair stands where crews do: behind "de" or a comma, before a bracket."""
    norm = tagged.tokens.norm
    before = norm[name.first - 1] if name.first else ""
    return before in _BEFORE_CREW or norm[name.last : name.last + 1] in (["("], ["completent"], [","])


def _agree(tagged: Tagged, found: list[Name]) -> None:
    """Drop doubles, and let what is a team in one place be one everywhere."""
    tokens = tagged.tokens
    seen: set[tuple[int, int]] = set()
    unique: list[Name] = []
    for name in found:
        if (name.first, name.last) not in seen or name.kind == "car":
            unique.append(name)
            seen.add((name.first, name.last))
    found[:] = unique
    teams = {tuple(tokens.norm[n.first : n.last]) for n in found if n.kind == "team" and n.sure >= 0.8}
    people = {tuple(tokens.norm[n.first : n.last]) for n in found if n.kind == "person" and n.sure >= 0.7}
    heads = {key[:k] for key in teams for k in range(2, len(key)) if key[k] in _TEAM_TAILS}
    for name in found:
        key = tuple(tokens.norm[name.first : name.last])
        if key in heads and (name.kind == "other" or (name.kind == "person" and name.sure < 0.7)):
            name.kind, name.value, name.sure = "team", tokens.surface(name.first, name.last), 0.75
            continue
        unsure = name.kind == "person" and name.sure < 0.7
        if (name.kind in ("other", "event", "car") or unsure) and key in teams and key not in people:
            name.kind, name.value = "team", tokens.surface(name.first, name.last)
