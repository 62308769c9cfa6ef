"""Findings: what a careful archivist would query.

Works on what the other components found; texts are in French, as the reports are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import joined
from extractor.lexicon.words import Term, layer, word_set
from extractor.pipeline.annotations import EntryFact, Layout, People, ResultFact
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.results.merge import FORMAL, trust
from extractor.values.numbers import cardinal

_SURE = 0.85  # a contradiction is worth a query only between statements that are each well founded
_SHORT = 160  # tokens
_EVERYDAY = word_set("findings_words", "everyday_machines")
_SURE_BESIDE_LIST = 0.8  # or where a formal list says otherwise
_NUMBERED = frozenset(("°", "º", "#", "cmc", "cm3", "cc"))  # cars have numbers, and classes by capacity
_MANY_WEAK = 5
_FEW = 60  # tokens
_COUNTED = word_set("findings_words", "counted")


@dataclass(slots=True)
class FindingFact:
    """A query. ``persons``, ``teams`` and ``results`` are indexes; ``evidence`` are character ranges."""

    code: str
    severity: str
    message: str
    persons: list[int] = field(default_factory=list)
    teams: list[int] = field(default_factory=list)
    results: list[int] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)


def find_findings(
    layout: Layout,
    people: People,
    discourse: Discourse,
    entries: list[EntryFact],
    results: list[ResultFact],
    conflicts: list[tuple[ResultFact, ResultFact]],
) -> list[FindingFact]:
    """Return the findings of a document."""
    found = list(_counts(layout, discourse))
    found += _person_variants(layout, people)
    found += _misread_variants(layout, people)
    found += _team_variants(layout, people)
    found += _conflicts(people, results, conflicts)
    found += _two_teams(layout, people, entries)
    found += _retired_classified(people, results)
    return found


def _counts(layout: Layout, discourse: Discourse) -> list[FindingFact]:
    """A count that does not fit the names: "l'un des trois pilotes Senior avec A, B, C et D"."""
    found = []
    norm = layout.tokens.norm
    for sentence in layout.sentences:
        for i in range(sentence.first, sentence.last - 1):
            value = cardinal(norm[i])
            if (
                value is None
                or not 2 <= value <= 9
                or norm[i + 1] not in _COUNTED
                or (norm[i].isdecimal() and len(norm[i]) > 1)
            ):
                continue
            refs = discourse.refs_between(i + 2, min(sentence.last, i + 14))
            if not refs:
                continue
            start = discourse.head(refs[0])
            if not set(norm[i + 2 : start]) & {":", "(", "avec", "sont", "etaient"}:
                continue
            group = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first]
            count = len({p for r in group for p in r.people})
            holder = 0
            one_of = norm[max(0, i - 3) : i]
            first = i
            if (
                one_of[-3:] == ["un", "des", "des"]
                or one_of[-2:] == ["un", "des"]
                or one_of[-2:] == ["un", "de"]
            ):
                subject = discourse.subject_ref(i, sentence)
                if subject and not {p for r in subject for p in r.people} & {
                    p for r in group for p in r.people
                }:
                    holder = len({p for r in subject for p in r.people})
                first = i - 3 if norm[i - 3] == "l'" else i - 2
            total = count + holder
            if count >= 2 and total != value:
                last = group[-1].outer if group[-1].outer > 0 else group[-1].last
                a, b = layout.tokens.start[first], layout.tokens.end[last - 1]
                counted = [*(subject or []), *group] if holder else group
                persons = [p for r in counted for p in r.people]
                quoted = layout.tokens.surface(first, min(i + 3, start))
                message = f"« {quoted} » mais {_word(total)} sont nommés"
                found.append(
                    FindingFact(
                        "count_mismatch", "warning", message, list(dict.fromkeys(persons)), evidence=[(a, b)]
                    )
                )
    return found


def _word(number: int) -> str:
    words = [
        "zéro",
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
    ]
    return words[number] if number < len(words) else str(number)


def _person_variants(layout: Layout, people: People) -> list[FindingFact]:
    """A second spelling of one name, merged with the first."""
    found = []
    for number, person in enumerate(people.persons):
        main = fold(person.name).replace("-", " ").split()
        for alias in person.aliases:
            words = fold(alias).replace("-", " ").split()
            if (
                len(words) == len(main)
                and sorted(words) != sorted(main)
                and len(words) > 1
                and words[0][0] != "."
                and "." not in alias
            ) or (
                len(words) == 1
                and len(main) > 1
                and words[0] not in main
                and "-" not in person.name
                and "père" not in alias
            ):
                found.append(_variant(layout, alias, person.name, persons=[number]))
    return [f for f in found if f.evidence]


def _team_variants(layout: Layout, people: People) -> list[FindingFact]:
    found = []
    for number, team in enumerate(people.teams):
        for alias in team.aliases:
            joined = fold(alias).replace(" ", "") == fold(team.name).replace(" ", "")
            if joined or len(alias.split()) == len(team.name.split()):
                variant = _variant(layout, alias, team.name, teams=[number])
                found.append(variant)
    return [f for f in found if f.evidence]


def _misread_variants(layout: Layout, people: People) -> list[FindingFact]:
    """A name that a damaged page spells otherwise than it is read."""
    tokens = layout.tokens
    found: dict[tuple[int, str], FindingFact] = {}
    for ref in people.refs if tokens.restored else ():
        if ref.form != "name" or len(ref.people) != 1:
            continue
        a, b = tokens.chars(ref.first, ref.last)
        read, written = (" ".join(text.split()) for text in (tokens.source[a:b], tokens.written(a, b)))
        if fold(joined(read)) != fold(joined(written)):
            message = f"« {written} » rattaché à « {read} »"
            fact = FindingFact("name_variant", "info", message, [ref.people[0]], evidence=[(a, b)])
            found.setdefault((ref.people[0], written), fact)
    return list(found.values())


def _variant(
    layout: Layout, alias: str, name: str, *, persons: list[int] | None = None, teams: list[int] | None = None
) -> FindingFact:
    at = layout.tokens.source.find(alias)
    evidence = [(at, at + len(alias))] if at >= 0 else []
    return FindingFact(
        "name_variant",
        "info",
        f"« {alias} » rattaché à « {name} »",
        persons or [],
        teams or [],
        evidence=evidence,
    )


def _conflicts(
    people: People, results: list[ResultFact], conflicts: list[tuple[ResultFact, ResultFact]]
) -> list[FindingFact]:
    """Two places for one driver, or two drivers in one place, of which one statement was kept."""
    found = []
    for kept, dropped in conflicts:
        if (
            kept.kind != "final"
            or kept.overrides
            or kept not in results
            or min(trust(kept), trust(dropped)) < (_SURE_BESIDE_LIST if _formal(kept, dropped) else _SURE)
        ):
            continue
        same = set(kept.people) & set(dropped.people)
        persons = list(dict.fromkeys((*kept.people, *dropped.people)))
        named = " et ".join(people.persons[p].name for p in (sorted(same) if same else persons)[:3])
        if same:
            places = f"{kept.position} retenue, {dropped.position} aussi écrite"
            message = f"{named} : deux places dans un même classement ({places})"
            code = "two_positions"
        else:
            message = f"place {kept.position} attribuée à plusieurs : {named}"
            code = "position_conflict"
        found.append(
            FindingFact(
                code,
                "warning",
                message,
                persons,
                results=[results.index(kept)],
                evidence=[kept.evidence[0], dropped.evidence[0]],
            )
        )
    return found


def _formal(*facts: ResultFact) -> bool:
    return any(fact.rule in FORMAL for fact in facts)


def _two_teams(layout: Layout, people: People, entries: list[EntryFact]) -> list[FindingFact]:
    """A driver in two teams."""
    teams: dict[int, dict[int, EntryFact]] = defaultdict(dict)
    for entry in entries:
        for person in entry.people:
            if entry.team is not None:
                teams[person].setdefault(entry.team, entry)
    found = []
    for person, held in teams.items():
        if len(held) > 1:
            named = ", ".join(people.teams[t].name for t in held)
            evidence = [layout.tokens.chars(*entry.evidence[0]) for entry in held.values()]
            found.append(
                FindingFact(
                    "two_teams",
                    "warning",
                    f"{people.persons[person].name} : plusieurs équipes ({named})",
                    [person],
                    list(held),
                    evidence=evidence,
                )
            )
    return found


def _retired_classified(people: People, results: list[ResultFact]) -> list[FindingFact]:
    """Somebody who retired and is classified in the same session."""
    out = {(r.session, p): r for r in results if r.status == "dnf" for p in r.people}
    found = []
    for number, result in enumerate(results):
        if result.kind != "final" or result.position is None:
            continue
        for person in result.people:
            retired = out.get((result.session, person))
            if retired is not None:
                named = people.persons[person].name
                message = f"{named} : abandon et {result.position}e place dans la même épreuve"
                found.append(
                    FindingFact(
                        "retired_classified",
                        "warning",
                        message,
                        [person],
                        results=[number],
                        evidence=[result.evidence[0], retired.evidence[0]],
                    )
                )
    return found


def is_race_report(norms: list[str], terms: Callable[[str], Mapping[int, list[Term]]] | None = None) -> bool:
    """Tell whether a text speaks of motor racing at all.

    Args:
        norms: Its folded tokens.
        terms: Returns the terms of a layer in it, where they are known (:meth:`Tokens.terms`).

    Enough different words of the trade, and more than of another sport. Words of machines that news of every
    kind have (:data:`_EVERYDAY`) and words that any contest has do not suffice: in a novel's chapter
    carriages, crews and a victory come together as well.
    """
    found = _Trade.of(norms, terms or (lambda name: layer(name).find_all(norms)))
    if len(found.other_sport) > len(found.strong):
        return False
    many = (
        len(found.strong) >= 2
        or (len(found.strong) >= 1 and len(found.weak) >= 2)
        or len(found.weak) >= _MANY_WEAK
    )
    borne_out = found.is_of_racing() or (len(norms) <= _FEW and found.may_be_of_racing())
    return (many and borne_out) or (len(norms) <= _SHORT and found.is_short_report())


def _longest(found: Mapping[int, list[Term]]) -> Iterator[Term]:
    """Yield the longest terms from left to right; no two overlap."""
    until = 0
    for start in sorted(found):
        if start >= until:
            yield found[start][0]
            until = found[start][0].end


class _Trade(NamedTuple):
    """The words of the trade in a text, each counted once."""

    strong: set[str]
    weak: set[str]
    contest: set[str]
    other_sport: set[str]
    makes: set[str]
    numbered: bool

    @classmethod
    def of(cls, norms: list[str], known: Callable[[str], Mapping[int, list[Term]]]) -> _Trade:
        """Return those of a text."""
        words: dict[str, set[str]] = defaultdict(set)
        racing = known("racing")
        for term in _longest(racing):
            words[term.category].add(norms[term.start])
        for terms in racing.values():  # "course" is both weak and of contests
            words["contest"].update(norms[term.start] for term in terms if term.category == "contest")
        makes = {norms[t.start] for t in _longest(known("names")) if t.category == "make"}
        numbered = any(norm in _NUMBERED for norm in norms)
        return cls(
            words["strong"], words["weak"], words["contest"], words["other_sport"], makes, numbered=numbered
        )

    @property
    def telling(self) -> set[str]:
        """Words that only racing has."""
        return self.strong - _EVERYDAY

    def is_of_racing(self) -> bool:
        """Tell whether words that only racing has, makes and words of contests bear out the others."""
        return (
            len(self.telling) > 1
            or len(self.contest) > 2
            or len(self.makes) > 1
            or sum(map(bool, (self.telling, self.contest, self.makes))) > 1
            or len(self.weak) >= _MANY_WEAK
            or (bool(self.telling) and len(self.strong) > 2)
        )

    def may_be_of_racing(self) -> bool:
        """Tell the same of a few lines, in which words of the trade do not come together by chance."""
        return bool(self.telling or self.makes) or len(self.contest) > 1

    def is_short_report(self) -> bool:
        """Tell whether a note of a few lines speaks of a contest of machines: "A (Ferrari) bat B (Gordini)".

        A contest alone is any sport's, a machine alone any accident's: there must be both, and everyday words
        such as "voiture" show a contest of machines only beside a make or two words of contests.
        """
        if not self.contest:
            return False
        if self.telling or len(self.makes) > 1 or (self.makes and self.numbered):
            return True
        return bool(self.strong) and (len(self.contest) > 1 or bool(self.makes))
