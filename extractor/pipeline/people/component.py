"""People and teams: one entity each over all spellings, and every reference to them.

Requires ``doc._.layout`` and ``doc._.names``; assigns ``doc._.people``.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Layout, Name, People, Person, Ref
from extractor.pipeline.names.runs import Tagged, tag
from extractor.pipeline.people.cluster import Clusters
from extractor.pipeline.people.past import Past
from extractor.pipeline.people.teams import cluster as cluster_teams

_CREW_NOUNS = word_set("people_words", "crew_nouns")

_OFFICIAL_DEEDS = word_set("people_words", "what_officials_do")
_CREW_LINKS = (["/"], ["-"], ["–"], ["&"])


@Language.factory("parcferme_people", requires=["doc._.layout", "doc._.names"], assigns=["doc._.people"])
def make_people(nlp: Language, name: str) -> PeopleFinder:  # noqa: ARG001
    """Create the component."""
    return PeopleFinder()


class PeopleFinder:
    """Gathers names into people and teams."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.people``."""
        doc._.people = find_people(doc._.layout, doc._.names)
        return doc


def find_people(layout: Layout, found: list[Name]) -> People:
    """Return the people and teams of a document."""
    tokens = layout.tokens
    tagged = tag(layout)
    persons = [n for n in found if n.kind == "person"]
    clusters = Clusters(tokens)
    of = clusters.assign(persons)
    people = People([entity.person() for entity in clusters.entities])
    _mark_officials(tagged, people, persons, of)
    team_names = [n for n in found if n.kind == "team"]
    people.teams, team_of = cluster_teams(tokens, team_names)
    people.team_refs = [(n.first, n.last, team_of[n.first]) for n in team_names]
    people.refs = _refs(tagged, people, persons, of)
    return people


def _refs(tagged: Tagged, people: People, persons: list[Name], of: dict[int, int]) -> list[Ref]:
    """Return one reference for each name, crews joined by slashes and hyphens into one."""
    tokens = tagged.tokens
    refs: list[Ref] = []
    for name in persons:
        one = (of[name.first],)
        who = _relatives(tagged, people, name, one) or one
        refs.append(Ref(name.first, name.last, who, "name", name.outer))
    joined: list[Ref] = []
    for ref in refs:
        if joined and _one_crew(tokens.text[joined[-1].outer : ref.first], joined[-1], ref):
            last = joined[-1]
            joined[-1] = Ref(
                last.first, ref.last, tuple(dict.fromkeys(last.people + ref.people)), "name", ref.outer
            )
        else:
            joined.append(ref)
    return _bracketed_crews(tagged, joined)


def _bracketed_crews(tagged: Tagged, refs: list[Ref]) -> list[Ref]:
    """Join "A et B (car – team)": two names, one bracket, one car.

    A bracket of a team alone may be B's own: then two such pairs in the document must show
    that cars are shared.
    """
    tokens = tagged.tokens
    bracketed = {p for ref in refs if ref.outer > ref.last for p in ref.people}
    pairs: list[tuple[int, bool]] = []
    for k, (left, right) in enumerate(pairwise(refs)):
        between = tokens.text[left.last : right.first]
        if (
            left.outer > left.last
            or right.outer <= right.last
            or between not in (["et"], ["&"])
            or set(left.people) & bracketed
        ):
            continue
        inside = tokens.text[right.last : right.outer]
        marked = (
            "#" in inside
            or "°" in inside
            or (("–" in inside or "-" in inside or "," in inside) and len(inside) > 5)
        )
        pairs.append((k, marked or _as_one(tagged, left.first)))
    if not pairs:
        return refs
    shared = len(pairs) >= 2
    joint = {k for k, marked in pairs if marked or shared}
    joined: list[Ref] = []
    for k, ref in enumerate(refs):
        if k - 1 in joint and joined:
            left = joined[-1]
            joined[-1] = Ref(
                left.first, ref.last, tuple(dict.fromkeys(left.people + ref.people)), "name", ref.outer
            )
        else:
            joined.append(ref)
    return joined


def _as_one(tagged: Tagged, first: int) -> bool:
    """Tell whether two people are announced as one crew: "les Allemands A et B", "le duo A et B"."""
    norm = tagged.tokens.norm
    if first < 2:
        return False
    if norm[first - 1] in _CREW_NOUNS:
        return True
    return norm[first - 2] in ("les", "aux", "des") and "nation" in tagged.tags(first - 1)


def _one_crew(between: list[str], left: Ref, right: Ref) -> bool:
    return between in _CREW_LINKS and left.people != right.people


def _relatives(tagged: Tagged, people: People, name: Name, who: tuple[int, ...]) -> tuple[int, ...]:
    """Read "Brumel père et fils" and "Jean et Paul Martin"."""
    norm = tagged.tokens.norm
    if (
        name.first
        and norm[name.first - 1] in ("les", "freres", "famille", "soeurs", "couple")
        and name.last - name.first <= 3
    ):
        words = tagged.tokens.surface(name.first, name.last)
        family = tuple(k for k, p in enumerate(people.persons) if fold(p.name).endswith(" " + fold(words)))
        if len(family) == 2:
            return family  # "Les Kergoat"
    after = norm[name.last : name.last + 3]
    if after[:2] == ["pere", "et"] and after[2:] in (["fils"], ["fille"]):
        father = people.persons[who[0]]
        surname, child = father.name, after[2]
        father.aliases = [surname, *father.aliases, f"{surname} père et {child}"]
        father.name = f"{surname} père"
        people.persons.append(Person(f"{surname} {child}", [surname]))
        return who[0], len(people.persons) - 1
    return ()


def _mark_officials(tagged: Tagged, people: People, persons: list[Name], of: dict[int, int]) -> None:
    """Find out who does not compete: managers, officials, those named for their past."""
    verdict: dict[int, list[bool]] = {}
    remembered: dict[int, bool] = {}
    past = Past(tagged.layout)
    drives: set[int] = set()
    for name in persons:
        verdict.setdefault(of[name.first], []).append(_official(tagged, name))
        if _listed(tagged, name):
            drives.add(of[name.first])
        remembered[of[name.first]] = remembered.get(of[name.first], True) and past.holds(name)
    for number, votes in verdict.items():
        office = sum(votes) * 2 >= len(votes) and any(votes) and number not in drives
        if office or remembered[number]:
            people.persons[number].competes = False


def _listed(tagged: Tagged, name: Name) -> bool:
    """Tell whether a name stands in an item of a list behind its rank: he drives, whatever his office."""
    blocks, tokens = tagged.layout.blocks, tagged.tokens
    k = bisect_right(blocks, name.first, key=lambda block: block.first) - 1
    if k < 0 or blocks[k].kind not in ("list", "table"):
        return False
    before = tokens.shape[max(blocks[k].first, name.first - 3) : name.first]
    return "d" in before


def _official(tagged: Tagged, name: Name) -> bool:
    """Tell whether an office stands beside the name."""
    norm = tagged.tokens.norm
    first = (
        name.first - 2 if norm[name.first - 2 : name.first] == ["m", "."] and name.first > 1 else name.first
    )
    before = range(max(0, first - 7), first)
    for i in before:
        for term in tagged.terms.get(i, ()):
            if term.category != "official":
                continue
            between = norm[term.end : first]
            if "," not in between and not set(between) & {".", "et", "devant", "a"}:
                return True
            if (
                between[-1:] == [","]
                and not set(between[:-1]) & {".", ",", "devant", "a"}
                and norm[term.start - 1] in ("le", "la", "l'", "son", "sa", "notre", "leur")
            ):
                return True
    if (
        name.first > 1
        and norm[name.first - 1] in ("de", "d'")
        and norm[name.first - 2] in ("ecurie", "hommes", "poulains")
    ):
        return True  # "l'écurie de Peter Marsden"
    if _thanked(tagged, name):
        return True
    i = name.outer if name.outer > 0 else name.last
    if norm[i : i + 2] == [",", "qui"] and set(norm[i + 2 : i + 4]) & _OFFICIAL_DEEDS:
        return True  # "M. X, qui a prêté le terrain"
    if i < len(norm) and norm[i] in (",", "(", "-", "–"):
        for k in range(i + 1, min(i + 4, len(norm))):
            if any(
                t.category == "official" and tagged.tokens.shape[min(t.end, len(norm) - 1)] not in "CU"
                for t in tagged.terms.get(k, ())
            ):
                return True
    return False


def _thanked(tagged: Tagged, name: Name) -> bool:
    """Tell whether a name is thanked, or gave a cup: "Merci à Mme X", "la coupe de M. X"."""
    norm = tagged.tokens.norm
    before = [n for n in norm[max(0, name.first - 6) : name.first] if n not in ("m", ".", "mme", "mlle")]
    led = len(before) > 1 and before[-2:] in (["merci", "a"], ["merci", "aussi"], ["signe", ","])
    addressed = norm[name.first : name.first + 1] == ["m"] or norm[name.first - 2 : name.first] == ["m", "."]
    cup = before[-2:] in (["coupe", "de"], ["coupes", "de"], ["bouquet", "de"], ["terrain", "de"])
    return led or (cup and addressed)
