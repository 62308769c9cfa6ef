"""The team that speaks of itself: in its release, cars told by number and "notre pilote" are its own."""

from __future__ import annotations

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import Name, Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link

_OURS = frozenset(("notre", "nos"))
_OUR_PEOPLE = word_set("people_words", "our_people")
_RELEASES = word_set("people_words", "releases")
_FIELDS = word_tuple("people_words", "fields_cars")
_ORGANISERS = word_set("people_words", "organisers")
_HEAD = 3  # blocks that may bear the letterhead
_NEAR = 4  # tokens between "notre" and whom it speaks of
_MOST_CARS = 4


def own_links(
    discourse: Discourse, found: list[Name], links: list[Link], team_of: dict[int, int]
) -> list[Link]:
    """Return the ties of a release's own drivers to the team that speaks."""
    name = _speaking(discourse, found, team_of)
    if name is None:
        return []
    team = team_of[name.first]
    tied = {p for link in links if link.team is not None for p in link.people}
    numbered = [
        link
        for link in links
        if link.team is None and link.number is not None and not tied & set(link.people)
    ]
    if len({link.number for link in numbered}) > _MOST_CARS:
        numbered = []  # so many numbers are everybody's
    own = [Link(link.people, link.first, link.last, team=team, sure=0.65) for link in numbered]
    own += [
        Link(ref.people, ref.first, ref.last, team=team, sure=0.65)
        for ref in _called_ours(discourse)
        if not tied & set(ref.people)
    ]
    return own


def _speaking(discourse: Discourse, found: list[Name], team_of: dict[int, int]) -> Name | None:
    """Return the team that issued the text, where its head names it, or that says what it entered."""
    norm = discourse.tokens.norm
    teams = [
        n
        for n in found
        if n.kind == "team" and n.first in team_of and not _ORGANISERS & set(norm[n.first : n.last])
    ]
    if not teams or not _is_release(discourse):
        return None
    fielding = [n for n in teams if any(w.startswith(_FIELDS) for w in norm[n.last : n.last + 2])]
    if fielding:
        return fielding[0]
    return _letterhead(discourse, teams, team_of)


def _letterhead(discourse: Discourse, teams: list[Name], team_of: dict[int, int]) -> Name | None:
    """Return the team that the head of a text names alone."""
    norm = discourse.tokens.norm
    for block in discourse.layout.blocks[:_HEAD]:
        headed = [
            n for n in teams if n.first < block.last and norm[n.first - 1 : n.first] not in (["("], ["chez"])
        ]
        if headed:
            return headed[0] if len({team_of[n.first] for n in headed}) == 1 else None
    return None


def _is_release(discourse: Discourse) -> bool:
    """Tell whether a team or club speaks: "communiqué", or "notre" and "nos" in the text."""
    norm = discourse.tokens.norm
    blocks = discourse.layout.blocks
    head = norm[: blocks[min(_HEAD, len(blocks)) - 1].last]
    ours = sum(
        word in _OURS and norm[i + 1 : i + 2] != [] and norm[i + 1] in _OUR_PEOPLE
        for i, word in enumerate(norm)
    )
    return bool(_RELEASES & set(head)) or ours >= 1


def _called_ours(discourse: Discourse) -> list[Ref]:
    """Return the people of "notre pilote A", "nos sociétaires A et B", "A, notre second pilote"."""
    norm = discourse.tokens.norm
    called: list[Ref] = []
    for i, word in enumerate(norm[:-2]):
        if word not in _OURS or not _OUR_PEOPLE & set(norm[i + 1 : i + 3]):
            continue
        behind = [r for r in discourse.refs_between(i + 1, i + 1 + _NEAR) if r.form == "name"]
        before = discourse.ref_ending(i - 1) if i and norm[i - 1] == "," else None
        if behind:
            called += [r for r in discourse.group(behind[0]) if r.first >= behind[0].first]
        elif before is not None and before.form == "name":
            called.append(before)
    return called
