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
from extractor.pipeline.names.crews import bare_crew, part_crews
from extractor.pipeline.names.entrants import enter
from extractor.pipeline.names.enumerations import find_enumerated
from extractor.pipeline.names.grounds import find_grounds
from extractor.pipeline.names.led_teams import complete
from extractor.pipeline.names.masculine import find_masculine
from extractor.pipeline.names.numbers import find_numbers
from extractor.pipeline.names.repeated import find_repeated
from extractor.pipeline.names.runs import Run, Tagged, ordinary_words, runs, tag
from extractor.pipeline.names.solos import judge

_TEAM_TAILS = word_set("names_words", "team_tails")

_ENTRANTS = frozenset(("equipe", "ecurie", "team", "structure", "scuderia"))
_TITLES = word_set("names_words", "titles_in_names")
_CAR_ARTICLES = word_set("names_words", "before_machines")


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
    find_masculine(tagged, found)
    find_enumerated(tagged, found)
    find_grounds(tagged, found)
    find_repeated(tagged, found)
    judge(tagged, found)
    part_crews(tagged, found)
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
        crew = bare_crew(tagged, opening + 1, end)
        found += crew
        return end + 1 if crew else -1
    if name.kind == "other" or (name.kind == "person" and name.sure < 0.7):
        crew = bare_crew(tagged, opening + 1, end)
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
    if tokens.norm[words[0]] in tagged.stops:
        return False  # "Les Paniers du Val"
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


def _called_monsieur(tagged: Tagged) -> bool:
    """Tell whether the text calls somebody "M. Jean Brumel": there, "M. Brumel" is no initial either."""
    norm = tagged.tokens.norm
    given = name_list("first_names")
    return any(
        word == "m" and norm[i + 1] == "." and norm[i + 2] in given and len(norm[i + 2]) > 1
        for i, word in enumerate(norm[:-2])
    )


def _initials(tagged: Tagged, found: list[Name]) -> bool:
    """Tell whether the text gives first names by their initials, so that "M." may be one."""
    tokens = tagged.tokens
    return any(
        n.kind == "person" and tokens.text[n.first + 1 : n.first + 2] == ["."] and tokens.norm[n.first] != "m"
        for n in found
    )


def _with_titles(tagged: Tagged, found: list[Name]) -> None:
    """Give people the titles that are part of their names: "comte Brumel", "Lord Sillage"."""
    tokens = tagged.tokens
    taken = {n.last for n in found if n.kind not in ("other", "event")}
    monsieur = _called_monsieur(tagged) or not _initials(tagged, found)
    for name in found:
        i = name.first - 1
        particles = i > 0 and tokens.norm[i] in ("de", "d'")
        i -= particles
        if name.kind != "person" or i < 0 or tokens.norm[name.first] in name_list("first_names"):
            continue  # "le marquis Louis Brumel" bears the name without it
        if tokens.norm[i] in _TITLES and i + 1 not in taken:
            name.first, name.value = i, tokens.surface(i, name.last)
        elif (
            monsieur and tokens.norm[name.first : name.first + 2] == ["m", "."] and name.last - name.first > 2
        ):
            name.first += 2  # "M. Brumel" is Monsieur where nobody else has an initial
            name.value = tokens.surface(name.first, name.last)
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
