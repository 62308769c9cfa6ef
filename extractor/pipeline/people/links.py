"""Who goes with which team, number, car and class: what brackets, "de", "chez" and "sur" tie together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link
from extractor.pipeline.people.tables import row_links

_INSIDE = word_set("people_words", "inside_chain")
_TO_PERSON = word_set("people_words", "from_thing_to_person")
_TO_THING = word_set("people_words", "from_person_to_thing")
_MATES = word_set("people_words", "mates")
_ENTERED = word_set("people_words", "entered")
_JOINED = word_set("people_words", "joined")
_HANDLES = word_set("people_words", "handles")
_DRIVEN = word_set("people_words", "driven")
_LEADS = word_set("people_words", "leads")
_TYING = word_set("people_words", "tying")

__all__ = ["Link", "find_links", "found_between"]

_TEAM_MATES = frozenset(["equipier", "coequipier", "equipiere", "coequipiere"])
_MAX_BETWEEN = 9
_THINGS = ("team", "car", "number")


@dataclass(slots=True)
class _Chain:
    """Things named in one breath: "l'Audi R8 #6 du Team X"."""

    names: list[Name]

    @property
    def first(self) -> int:
        return self.names[0].first

    @property
    def last(self) -> int:
        return self.names[-1].last


def find_links(discourse: Discourse, found: list[Name], team_of: dict[int, int]) -> list[Link]:
    """Return the ties of a document.

    Args:
        discourse: Grammar of the document.
        found: Its names, in reading order.
        team_of: The team of each team name, by the name's first token.
    """
    links: list[Link] = []
    bracketed: set[int] = set()
    inner: dict[int, list[Name]] = defaultdict(list)
    starts = {ref.outer: ref for ref in discourse.refs if ref.outer > ref.last}
    for ref in discourse.refs:
        if ref.outer > ref.last:
            for name in found_between(found, ref.last, ref.outer):
                inner[ref.outer].append(name)
                bracketed.add(name.first)
    for outer, names in inner.items():
        holder = starts.get(outer)
        if holder is None:
            continue
        link = _link(holder.people, names, holder.first, outer, discourse, team_of, 0.92)
        if link is not None:
            links.append(link)
    chains = _chains(discourse, found, bracketed)
    for index, chain in enumerate(chains):
        tied = _tie(discourse, chain, team_of)
        if not tied:
            limit = chains[index + 1].first if index + 1 < len(chains) else len(discourse.tokens)
            tied = _told(discourse, chain, limit, team_of)
        links += tied
    _by_number(links, chains, inner, team_of)
    links += row_links(discourse, team_of)
    links += _mates(discourse, links)
    return links


def _by_make(links: list[Link], chains: list[_Chain], team_of: dict[int, int]) -> None:
    """Let the only Ferrari of a report, once told with its team, tell that of the only crew in a Ferrari."""
    told: dict[str, set[tuple[int, str | None]]] = defaultdict(set)
    plain: dict[str, int] = defaultdict(int)
    for chain in chains:
        makes = [n.value.lower().split()[0] for n in chain.names if n.kind == "car" and n.value]
        whose = [team_of[n.first] for n in chain.names if n.kind == "team" and n.first in team_of]
        numbers = [n.value for n in chain.names if n.kind == "number"]
        if len(makes) == 1 and len(whose) == 1:
            told[makes[0]].add((whose[0], numbers[0] if numbers else None))
        elif len(makes) == 1 and numbers:
            plain[makes[0]] += 1
    crews: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for link in links:
        if link.car:
            crews[link.car.lower().split()[0]].add(link.people)
    bound = {link.team for link in links if link.team is not None}
    for link in links:
        if link.car is None or link.team is not None or link.number is not None or len(link.people) < 2:
            continue
        make = link.car.lower().split()[0]
        teams = {team for team, _ in told[make]}
        if len(teams) == 1 and len(crews[make]) == 1 and not plain[make] and not teams & bound:
            link.team, link.number = next(((t, n) for t, n in told[make] if n), next(iter(told[make])))
            link.sure = 0.65


def _mates(discourse: Discourse, links: list[Link]) -> list[Link]:
    """Give "son équipier B" the team of whom the sentence speaks of, or the other way round."""
    norm = discourse.tokens.norm
    team: dict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.team is not None:
            for person in link.people:
                team[person].add(link.team)
    found: list[Link] = []
    for i, word in enumerate(norm):
        if word not in _TEAM_MATES or i < 2 or not {"son", "sa"} & set(norm[i - 2 : i]):
            continue
        sentence = discourse.layout.sentences[discourse.sentence_at(i)]
        refs = discourse.refs_between(i + 1, min(i + 4, sentence.last))
        if not refs or refs[0].form != "name":
            continue
        mate = refs[0]
        earlier = [r for r in discourse.refs_between(sentence.first, i) if r.form == "name"]
        if not earlier or len(mate.people) != 1:
            continue
        joined = (
            norm[i - 2] in ("et", "avec", ",")
            and (earlier[-1].outer if earlier[-1].outer > 0 else earlier[-1].last) >= i - 3
        )
        owner = earlier[-1] if joined else earlier[0]
        if len(owner.people) != 1 or owner.people == mate.people:
            continue
        mine, theirs = team[owner.people[0]], team[mate.people[0]]
        if len(mine) == 1 and not theirs:
            found.append(Link(mate.people, owner.first, mate.last, team=next(iter(mine)), sure=0.7))
        elif len(theirs) == 1 and not mine:
            found.append(Link(owner.people, owner.first, mate.last, team=next(iter(theirs)), sure=0.7))
    return found


def _by_number(
    links: list[Link], chains: list[_Chain], inner: dict[int, list[Name]], team_of: dict[int, int]
) -> None:
    """Let a car number that is told with its team once ("la n°31 du Team X") tell it wherever it stands."""
    teams: dict[str, set[int]] = defaultdict(set)
    numbers: dict[int, set[str]] = defaultdict(set)
    for names in (*(chain.names for chain in chains), *inner.values()):
        told = [n.value for n in names if n.kind == "number"]
        whose = [team_of[n.first] for n in names if n.kind == "team" and n.first in team_of]
        if len(told) == 1 and len(whose) == 1:
            teams[told[0]].add(whose[0])
            numbers[whose[0]].add(told[0])
    for link in links:
        if link.number is not None and link.number in teams:
            numbered = teams[link.number]
            if link.team is None and len(numbered) == 1:
                link.team = next(iter(numbered))
                link.sure = min(link.sure, 0.75)
    _by_make(links, chains, team_of)
    driven = {link.number for link in links if link.number is not None}
    has_number = {p for link in links if link.number is not None for p in link.people}
    for link in links:
        if link.team is None or link.number is not None or set(link.people) & has_number:
            continue
        free = numbers[link.team]
        crews = {other.people for other in links if other.team == link.team}
        if len(free) == 1 and not free & driven and len(crews) == 1:
            link.number = next(iter(free))


def found_between(found: list[Name], first: int, last: int) -> list[Name]:
    """Return the names inside a token range; ``found`` is sorted."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle].first < first:
            low = middle + 1
        else:
            high = middle
    names = []
    while low < len(found) and found[low].first < last:
        if found[low].last <= last:
            names.append(found[low])
        low += 1
    return names


def _link(
    people: tuple[int, ...],
    names: list[Name],
    first: int,
    last: int,
    discourse: Discourse,
    team_of: dict[int, int],
    sure: float,
) -> Link | None:
    link = Link(people, first, last, sure=sure)
    for name in names:
        if name.kind == "team" and link.team is None:
            link.team = team_of.get(name.first)
        elif name.kind == "number" and link.number is None:
            link.number = name.value
        elif name.kind == "car" and link.car is None:
            link.car = discourse.tokens.surface(name.first, name.last)
        elif name.kind == "class":
            link.classes.append(discourse.tokens.surface(name.first, name.last))
    if link.team is None and link.number is None and link.car is None and not link.classes:
        return None
    return link


def _chains(discourse: Discourse, found: list[Name], bracketed: set[int]) -> list[_Chain]:
    chains: list[_Chain] = []
    norm = discourse.tokens.norm
    for name in found:
        if name.kind not in _THINGS or name.first in bracketed:
            continue
        if (
            chains
            and 0 <= name.first - chains[-1].last <= 5
            and all(n in _INSIDE for n in norm[chains[-1].last : name.first])
        ):
            previous = chains[-1]
            if "," not in norm[previous.last : name.first] and not any(
                n.kind == name.kind for n in previous.names
            ):
                previous.names.append(name)
                continue
        chains.append(_Chain([name]))
    return chains


def _tie(discourse: Discourse, chain: _Chain, team_of: dict[int, int]) -> list[Link]:
    """Tie a chain to the people on its right ("la #24 de X et Y") or its left ("X, chez Y")."""
    right = _right(discourse, chain)
    if right is not None:
        people, last, named = right
        link = _link(people, chain.names, chain.first, last, discourse, team_of, 0.85)
        if link is not None:
            link.owner_from, link.owner_to = chain.first, named
        return [link] if link else []
    left = _left(discourse, chain)
    if left is not None:
        people, first = left
        link = _link(people, chain.names, first, chain.last, discourse, team_of, 0.75)
        return [link] if link else []
    wheel = _at_the_wheel(discourse, chain)
    if wheel is not None:
        people, first = wheel
        link = _link(people, chain.names, first, chain.last, discourse, team_of, 0.75)
        return [link] if link else []
    return _announced(discourse, chain, team_of)


def _announced(discourse: Discourse, chain: _Chain, team_of: dict[int, int]) -> list[Link]:
    """Read "le pensionnaire du Team X, A", "engagés par le Team X, A et B", "son équipier du Team X, B"."""
    norm = discourse.tokens.norm
    if norm[chain.last : chain.last + 1] != [","]:
        return []
    before = norm[max(0, chain.first - 6) : chain.first]
    mates = _MATES & set(before)
    if not mates and not _ENTERED & set(before):
        return []
    i = chain.last + 1
    while i < len(norm) and i < chain.last + 4 and norm[i] in ("le", "la", "l'", "les"):
        i += 1
    refs = discourse.refs_between(chain.last + 1, i + 3)
    if (
        not refs
        or refs[0].form != "name"
        or not all(
            n in ("le", "la", "l'", "les") or discourse.tokens.shape[k] == "C"
            for k, n in enumerate(norm[chain.last + 1 : refs[0].first], chain.last + 1)
        )
    ):
        return []
    group = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first] if not mates else [refs[0]]
    people = _reinforced(discourse, tuple(dict.fromkeys(p for r in group for p in r.people)), group[-1])
    link = _link(people, chain.names, chain.first, group[-1].last, discourse, team_of, 0.85)
    links = [link] if link else []
    if mates - {"pensionnaire", "pensionnaires", "societaire"} and set(before) & {"son", "sa"}:
        sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
        subject = discourse.subject_ref(chain.first, sentence) or []
        both = tuple(dict.fromkeys(p for r in subject if r.form == "name" for p in r.people))
        mate = _link(both, chain.names, chain.first, chain.last, discourse, team_of, 0.75) if both else None
        if mate is not None and mate.team is not None:
            mate.number = None
            links.append(mate)
    return links


def _reinforced(discourse: Discourse, people: tuple[int, ...], last: Ref) -> tuple[int, ...]:
    """Add whom "associés à C" or "épaulé par C" joins to a crew."""
    norm = discourse.tokens.norm
    i = max(last.last, last.outer)
    i += norm[i : i + 1] == [","]
    if (
        norm[i : i + 1]
        and norm[i] in _JOINED
        and norm[i + 1 : i + 2] in (["a"], ["par"], ["de"], ["avec"], ["au"])
    ):
        refs = discourse.refs_between(i + 2, i + 6)
        if (
            refs
            and refs[0].form == "name"
            and all(
                n in ("le", "la", "l'") or discourse.tokens.shape[k] == "C"
                for k, n in enumerate(norm[i + 2 : refs[0].first], i + 2)
            )
        ):
            group = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first]
            return tuple(dict.fromkeys((*people, *(p for r in group for p in r.people))))
    return people


def _told(discourse: Discourse, chain: _Chain, limit: int, team_of: dict[int, int]) -> list[Link]:
    """Read a car or team whose driver the sentence names further off.

    "X hisse la #24 du Team Y", "X ..., sa Ligier n°9", "la #15 du Team Y prend la 2e place grâce à X",
    "la n°31, avec X au volant".
    """
    norm = discourse.tokens.norm
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    whole = any(n.kind != "car" for n in chain.names)
    if not whole:
        return []
    i = chain.first - 1
    owned = i >= sentence.first and norm[i] in ("sa", "leur")
    if i >= sentence.first and (owned or norm[i] in ("la", "le", "l'")):
        handled = any(n in _HANDLES for n in norm[max(sentence.first, i - 4) : i])
        if chain.names[0].kind != "team" and (owned or handled):
            refs = [r for r in discourse.subject_ref(i, sentence) or [] if r.first >= sentence.first]
            if refs and all(r.form == "name" for r in refs):
                people = tuple(dict.fromkeys(p for r in refs for p in r.people))
                link = _link(people, chain.names, refs[0].first, chain.last, discourse, team_of, 0.75)
                return [link] if link else []
    refs = discourse.refs_between(chain.last, min(sentence.last, chain.last + 16, limit))
    if not refs or refs[0].form != "name" or any(n == "," for n in norm[chain.last + 2 : refs[0].first]):
        return []
    ref = refs[0]
    lead = norm[max(chain.last, ref.first - 2) : ref.first]
    group = [r for r in discourse.group(ref) if r.first >= ref.first]
    after = max(group[-1].last, group[-1].outer)
    wheel = lead[-1:] == ["avec"] and set(norm[after : after + 3]) & {"volant", "guidon", "commandes"}
    thanks = lead in (["grace", "a"], ["mains", "de"]) and chain.first - sentence.first <= 8
    if wheel or thanks:
        people = tuple(dict.fromkeys(p for r in group for p in r.people))
        link = _link(people, chain.names, chain.first, after, discourse, team_of, 0.75)
        return [link] if link else []
    return []


def _at_the_wheel(discourse: Discourse, chain: _Chain) -> tuple[tuple[int, ...], int] | None:
    """Read "X et Y débloquent leur compteur au volant de la Norma #4 de Team Z"."""
    norm = discourse.tokens.norm
    before = norm[max(0, chain.first - 4) : chain.first]
    upon = before[-2:] in (["sur", "la"], ["sur", "sa"], ["sur", "l'"], ["sur", "une"])
    upon = upon and chain.names[0].kind == "car" and len(chain.names) > 1
    upon = upon and not set(norm[max(0, chain.first - 9) : chain.first]) & _LEADS
    if not upon and not set(before) & {"volant", "guidon", "commandes", "manettes"}:
        return None
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    refs = discourse.subject_ref(chain.first, sentence)
    if not refs or refs[0].first < sentence.first:
        return None
    return tuple(dict.fromkeys(p for ref in refs for p in ref.people)), refs[0].first


def _right(discourse: Discourse, chain: _Chain) -> tuple[tuple[int, ...], int, int] | None:
    norm = discourse.tokens.norm
    i = chain.last
    if i >= len(norm) or (norm[i] not in _TO_PERSON and norm[i] != ","):
        return None
    refs = discourse.refs_between(i, i + _MAX_BETWEEN)
    if not refs or refs[0].form != "name":
        return None
    ref = refs[0]
    between = norm[i : discourse.head(ref)]
    if between[:1] == [","] and len(between) > 2 and between[1] in _DRIVEN:
        between = between[1:]  # "la n°71 du Team X, pilotée par A et B"
    if not between or between[0] == "," or not all(n in _TO_PERSON for n in between):
        return None
    group = [r for r in discourse.group(ref) if r.first >= ref.first]
    listed = (
        between == ["("]
        or "equipage" in between
        or (len(group) > 1 and between[0] in ("de", "d'", "des", *_DRIVEN))
    )
    if between[0] in (":", "-", "–") and len(group) < 2:
        return None
    chosen = group if listed else [ref]
    people = tuple(dict.fromkeys(p for r in chosen for p in r.people))
    return _reinforced(discourse, people, chosen[-1]), chosen[-1].last, ref.first


def _left(discourse: Discourse, chain: _Chain) -> tuple[tuple[int, ...], int] | None:
    norm = discourse.tokens.norm
    start = chain.first
    for back in range(1, _MAX_BETWEEN + 1):
        i = start - back + 1
        ref = discourse.ref_ending(i)
        if ref is not None:
            between = norm[i:start]
            if (
                between == [","]
                and chain.names[0].kind == "number"
                and norm[chain.last : chain.last + 1]
                in (
                    [")"],
                    [","],
                    ["–"],
                )
            ):
                group = [r for r in discourse.group(ref) if r.last <= start]
                if norm[group[0].first - 1 : group[0].first] != ["("]:
                    group = [ref]
                return tuple(dict.fromkeys(p for r in group for p in r.people)), group[0].first
            if (
                between
                and all(n in _TO_THING for n in between)
                and between != [","]
                and between not in (["de"], ["et"], ["d'"], [",", "la"], [",", "le"], [",", "l'"])
            ):
                return (ref.people, ref.first) if between[0] == "(" or set(between) & _TYING else None
            return None
        if i - 1 < 0 or norm[i - 1] not in _TO_THING:
            return None
    return None
