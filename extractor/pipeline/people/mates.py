"""Team-mates: "A et son équipier B", "B, son équipier", "lui et ses équipiers B et C" drive for one team."""

from __future__ import annotations

from collections import defaultdict

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, Sentence
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link

_MATES = word_set("people_words", "team_mates")
_OWNED = frozenset(("son", "sa", "ses"))
_BACK = 45  # tokens from "B, son équipier" back to whose he is


def mate_links(discourse: Discourse, links: list[Link]) -> list[Link]:
    """Give team-mates the team of whom the text speaks of, or the other way round."""
    norm = discourse.tokens.norm
    team: dict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.team is not None:
            for person in link.people:
                team[person].add(link.team)
    found: list[Link] = []
    for i, word in enumerate(norm):
        if word not in _MATES or i < 2 or not _OWNED & set(norm[i - 2 : i]):
            continue
        sentence = discourse.layout.sentences[discourse.sentence_at(i)]
        pair = _named_behind(discourse, i, sentence) or _named_before(discourse, i)
        if pair is None:
            continue
        owner, mates = pair
        people = tuple(dict.fromkeys(p for r in mates for p in r.people))
        if len(owner.people) != 1 or owner.people[0] in people:
            continue
        mine, theirs = team[owner.people[0]], {t for p in people for t in team[p]}
        first, last = min(owner.first, mates[0].first), max(owner.last, mates[-1].last)
        if len(mine) == 1 and not theirs:
            found += (Link((p,), first, last, team=next(iter(mine)), sure=0.7) for p in people)
        elif len(theirs) == 1 and not mine:
            found.append(Link(owner.people, first, last, team=next(iter(theirs)), sure=0.7))
    return found


def _named_behind(discourse: Discourse, i: int, sentence: Sentence) -> tuple[Ref, list[Ref]] | None:
    """Read "A et son équipier B": the mates are named right behind the word."""
    norm = discourse.tokens.norm
    refs = discourse.refs_between(i + 1, min(i + 4, sentence.last))
    if not refs or refs[0].form != "name":
        return None
    earlier = [r for r in discourse.refs_between(sentence.first, i) if r.form == "name"]
    mates = [refs[0]]
    if norm[i - 1] == "ses":
        mates = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first]
        earlier = earlier or _latest(discourse, sentence.first)
    if not earlier or (len(mates) == 1 and len(mates[0].people) != 1):
        return None
    joined = (
        norm[i - 2] in ("et", "avec", ",")
        and (earlier[-1].outer if earlier[-1].outer > 0 else earlier[-1].last) >= i - 3
    )
    return earlier[-1] if joined else earlier[0], mates


def _named_before(discourse: Discourse, i: int) -> tuple[Ref, list[Ref]] | None:
    """Read "B, son équipier, était troisième": whose he is has been named last."""
    norm = discourse.tokens.norm
    if norm[i - 2] != "," or norm[i + 1 : i + 2] not in ([","], ["."], [")"]):
        return None
    mate = discourse.ref_ending(i - 2)
    if mate is None or mate.form != "name" or len(mate.people) != 1:
        return None
    earlier = [r for r in _latest(discourse, mate.first) if r.people != mate.people]
    return (earlier[-1], [mate]) if earlier else None


def _latest(discourse: Discourse, token: int) -> list[Ref]:
    """Return who was named last before a token."""
    return [r for r in discourse.refs_between(max(0, token - _BACK), token) if r.form == "name"][-1:]
