"""One crew of several: what is told of the last of an enumeration holds for all of it.

"A, B et C pour le Team X", "A, B et C (Team X) s'imposent", "Sur la Ferrari n° 72 du Team X, A, B et C",
"avec A, B et C, le Team X est sur le podium".
"""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.chains import Chain, make_link
from extractor.pipeline.people.link import Link

_WINS = word_set("people_words", "won_together")
_WIN_NOUNS = word_set("people_words", "win_of")
_SEATED = word_set("people_words", "seated_on")
_OF = frozenset(("de", "d'", "pour"))
_ARTICLES = frozenset(("la", "le", "l'", "une", "leur"))
_A_CREW = 3  # names from which on an enumeration with one car is a crew
_TO_VERB = 3  # tokens from a bracket to "s'imposent"


def joint_links(
    discourse: Discourse, found: list[Name], links: list[Link], team_of: dict[int, int]
) -> list[Link]:
    """Return the ties of crews whose last member alone is told with the team."""
    tied = {
        p for k in links if k.team is not None or k.number is not None or k.car is not None for p in k.people
    }
    joint: list[Link] = []
    for link in links:
        if link.team is None or len(link.people) != 1:
            continue
        ref = next(
            (r for r in discourse.refs_between(link.first, link.last) if r.people == link.people), None
        )
        if ref is None or ref.form != "name":
            continue
        group = [r for r in discourse.group(ref) if r.first <= ref.first]
        others = tuple(p for r in group[:-1] for p in r.people)
        if not others or set(others) & tied or any(r.outer > r.last for r in group[:-1]):
            continue
        if _one_crew(discourse, group, link):
            people = (*others, *link.people)
            joint.append(
                Link(people, group[0].first, link.last, team=link.team, number=link.number, sure=0.7)
            )
    return joint + _with_crew(discourse, found, team_of, tied)


def _one_crew(discourse: Discourse, group: list[Ref], link: Link) -> bool:
    """Tell whether an enumeration shares a car: it rides for one team, or wins one race."""
    norm = discourse.tokens.norm
    last = group[-1]
    if last.outer <= last.last and norm[last.last : last.last + 1] == ["pour"]:
        return not discourse.governed(group[0]) or len(group) >= _A_CREW
    if len(group) < _A_CREW:
        return False
    head = discourse.head(group[0])
    if norm[head - 1] in _OF and norm[head - 2] in _WIN_NOUNS:
        return True
    end = max(link.last, last.outer, last.last)
    return not discourse.governed(group[0]) and bool(_WINS & set(norm[end : end + _TO_VERB]))


def seated(discourse: Discourse, chain: Chain, team_of: dict[int, int]) -> list[Link]:
    """Read "Sur la Ferrari n° 72 du Team X, A, B et C": those behind the comma sit in it."""
    norm = discourse.tokens.norm
    i = chain.first
    if norm[chain.last : chain.last + 1] != [","] or norm[i - 1] not in _ARTICLES:
        return []
    sentence = discourse.layout.sentences[discourse.sentence_at(i)]
    opening = norm[sentence.first : i - 1]
    if not opening or len(opening) > _TO_VERB or not set(opening) & _SEATED:
        return []
    refs = discourse.refs_between(chain.last + 1, chain.last + 4)
    if not refs or refs[0].form != "name" or discourse.head(refs[0]) != chain.last + 1:
        return []
    people = tuple(
        dict.fromkeys(p for r in discourse.group(refs[0]) if r.first >= refs[0].first for p in r.people)
    )
    link = make_link(people, chain.names, chain.first, refs[0].last, discourse, team_of, 0.75)
    return [link] if link else []


def _with_crew(
    discourse: Discourse, found: list[Name], team_of: dict[int, int], tied: set[int]
) -> list[Link]:
    """Read "avec A, B et C, le Team X": those whom "avec" names before a team are its crew."""
    norm = discourse.tokens.norm
    links: list[Link] = []
    for name in found:
        i = name.first - 1
        if name.kind != "team" or name.first not in team_of or i < 1 or norm[i - 1 : i + 1] != [",", norm[i]]:
            continue
        ref = discourse.ref_ending(i - 1) if norm[i] in _ARTICLES else None
        if ref is None or ref.form != "name":
            continue
        group = [r for r in discourse.group(ref) if r.first <= ref.first]
        people = tuple(dict.fromkeys(p for r in group for p in r.people))
        led = norm[discourse.head(group[0]) - 1] == "avec"
        if led and len(people) >= _A_CREW and not set(people) & tied:
            links.append(Link(people, group[0].first, name.last, team=team_of[name.first], sure=0.7))
    return links
