"""A text as the heads see it: tokens, mentions and pairs as arrays, with what is right where gold is known.

What the rules read goes in as features, so that the heads learn when the rules are to be trusted. Without it
(``read=None``) they stand alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extractor.neural.annotated import Annotated, Claim, Reference, Stretch
from extractor.neural.labels import CLAIMS, FORMS, LAYERS
from extractor.neural.windows import Tokens, Windowing

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

#: Features of a mention beside what the rules claim of it.
MENTION_FEATURES = len(FORMS) + 5
#: Features of a pair of a mention with a team, and of a mention with a speech.
PAIR_FEATURES = 8
_NEAR = 400  # characters within which a team or a speaker is looked for
_NEAREST = 8
_AROUND = 12  # candidates looked at on each side
_FAR = 2_000  # within which a class is looked for: it may stand above a list
# How much it counts that a claim which is true of somebody is not made at this mention of him: the
# annotators marked where it is told best, not each place.
_ELSEWHERE = 0.1
_BORROWED = 300


def span_of(tokens: Tokens, stretch: Stretch) -> tuple[int, int]:
    """Return first and last token of a stretch of text, the last one included; there is always one."""
    first, end = tokens.covering(*stretch)
    first = min(first, len(tokens) - 1)
    return first, max(first, min(end, len(tokens)) - 1)


@dataclass(slots=True)
class Mention:
    """A reference to somebody, with the people it means by gold and by the rules."""

    start: int
    end: int
    form: str
    gold: set[int] = field(default_factory=set)
    read: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Pairs:
    """Pairs of a mention (``left``) with something else (``right``, whose tokens are ``spans``)."""

    left: Integers
    right: Integers
    spans: Integers  # (pairs, 2)
    features: Floats
    wanted: Floats


@dataclass(slots=True)
class Example:
    """One text. ``M`` mentions, ``C`` claims.

    Attributes:
        tags: One array of tag numbers for each layer; empty without gold.
        spans: (M, 2), first and last token.
        features: (M, MENTION_FEATURES).
        told: (M, C), what the rules claim at this mention.
        known: (M, C), what they claim of its bearer anywhere.
        wanted, weights: (M, C), what gold claims and how much it counts.
    """

    text: str
    tokens: Tokens
    mentions: list[Mention]
    tags: dict[str, Integers]
    spans: Integers
    features: Floats
    told: Floats
    known: Floats
    wanted: Floats
    weights: Floats
    entries: Pairs
    speakers: Pairs
    scopes: Pairs


def example(windowing: Windowing, *, gold: Annotated | None, read: Annotated | None) -> Example:
    """Return the arrays of a text of which gold, the rules' reading or both are known."""
    one = gold or read
    assert one is not None
    tokens = windowing.tokens(one.text)
    mentions = _mentions(gold, read)
    told, _ = _claimed(mentions, read, "read")
    wanted, weights = _claimed(mentions, gold, "gold")
    return Example(
        text=one.text,
        tokens=tokens,
        mentions=mentions,
        tags={} if gold is None else tags_of(tokens, gold),
        spans=_spans(tokens, [(m.start, m.end) for m in mentions]),
        features=_features(mentions, read is not None, len(one.text)),
        told=told,
        known=_known(mentions, read),
        wanted=wanted,
        weights=weights,
        entries=_entries(tokens, mentions, gold, read),
        speakers=_speakers(tokens, mentions, gold, read),
        scopes=_scopes(tokens, mentions, gold, read),
    )


# --- tags


def tags_of(tokens: Tokens, gold: Annotated) -> dict[str, Integers]:
    """Return the tags of each layer."""
    tags = {layer: np.zeros(len(tokens), np.int64) for layer in LAYERS}
    if not len(tokens):
        return tags
    for layer, begin, stretch in _tagged(gold):
        _tag(tags[layer], tokens, stretch, begin)
    for kind, stretch in gold.happenings:
        first, last = span_of(tokens, stretch)
        tags["happenings"][first : last + 1] = LAYERS["happenings"].index(kind)
    return tags


def _tagged(gold: Annotated) -> Iterable[tuple[str, int, Stretch]]:
    """Yield what is tagged in which layer, and the tag that it begins with."""
    names = LAYERS["names"]
    for _, one in _references(gold):
        if one.form != "pronoun":
            kind = "driver" if one.form == "name" else "nominal"
            yield "names", names.index(f"B-{kind}"), (one.start, one.end)
    for team in gold.teams:
        yield from (("names", names.index("B-team"), stretch) for stretch in team)
    yield from (("speech", 1, part) for speech in gold.speeches for part in speech.parts)
    yield from (("sessions", 1, stretch) for stretch in gold.sessions)
    yield from (("classes", 1, stretch) for stretches in gold.classes for stretch in stretches)


def _tag(tags: Integers, tokens: Tokens, stretch: Stretch, begin: int) -> None:
    first, last = span_of(tokens, stretch)
    tags[first + 1 : last + 1] = begin + 1
    tags[first] = begin


# --- mentions


def _mentions(gold: Annotated | None, read: Annotated | None) -> list[Mention]:
    found: dict[Stretch, Mention] = {}
    for who, one in _references(read):
        found.setdefault((one.start, one.end), Mention(one.start, one.end, one.form)).read.add(who)
    for who, one in _references(gold):
        over = [m for m in found.values() if m.start < one.end and one.start < m.end]
        for mention in over or [
            found.setdefault((one.start, one.end), Mention(one.start, one.end, one.form))
        ]:
            mention.gold.add(who)
    return sorted(found.values(), key=lambda m: (m.start, m.end))


def _references(text: Annotated | None) -> Iterable[tuple[int, Reference]]:
    if text is not None:
        for who, person in enumerate(text.people):
            for one in person:
                yield who, one


def _spans(tokens: Tokens, stretches: Iterable[Stretch]) -> Integers:
    return np.array([span_of(tokens, stretch) for stretch in stretches], np.int64).reshape(-1, 2)


def _features(mentions: list[Mention], ruled: bool, length: int) -> Floats:
    features = np.zeros((len(mentions), MENTION_FEATURES), np.float32)
    seen: set[int] = set()
    for row, one in zip(features, mentions, strict=True):
        row[FORMS.index(one.form)] = 1
        row[len(FORMS) :] = (
            ruled,
            bool(one.read),
            len(one.read) > 1,
            bool(one.read - seen),
            one.start / max(length, 1),
        )
        seen |= one.read
    return features


# --- claims


def owned(mentions: list[Mention], side: str) -> dict[int, list[int]]:
    """Return the mentions of each person, by gold or as read."""
    own: dict[int, list[int]] = {}
    for k, mention in enumerate(mentions):
        for who in getattr(mention, side):
            own.setdefault(who, []).append(k)
    return own


def places_of(mentions: list[Mention], own: Mapping[int, Sequence[int]], claim: Claim) -> list[int]:
    """Return the mentions at which a claim is made: in its evidence, else the nearest one of each bearer."""
    places: list[int] = []
    for who in claim.people:
        mine = own.get(who, ())
        inside = [
            k for k in mine if any(mentions[k].start < b and a < mentions[k].end for a, b in claim.evidence)
        ]
        if not inside and mine:
            far, nearest = min((min(_gap(mentions[k], e) for e in claim.evidence), k) for k in mine)
            inside = [nearest] if far < _BORROWED else []
        places += inside
    return places


def _gap(mention: Mention, stretch: Stretch) -> int:
    return _between((mention.start, mention.end), stretch)


def _between(one: Stretch, other: Stretch) -> int:
    return max(0, other[0] - one[1], one[0] - other[1])


def _nearest(one: Stretch, others: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Return distance and number of the stretches nearest to one; ``others`` are in the order of the text."""
    low = max(0, bisect_left(others, one) - _AROUND)
    high = bisect_right(others, (one[1], one[1])) + _AROUND
    if high - low > 4 * _AROUND:  # a long speech: what stands at its ends
        numbers = [*range(low, low + 2 * _AROUND), *range(high - 2 * _AROUND, min(high, len(others)))]
    else:
        numbers = list(range(low, min(high, len(others))))
    return sorted((_between(one, others[j]), j) for j in numbers)[:_NEAREST]


def _claimed(mentions: list[Mention], text: Annotated | None, side: str) -> tuple[Floats, Floats]:
    made = np.zeros((len(mentions), len(CLAIMS)), np.float32)
    weights = np.ones_like(made)
    if text is None:
        return made, weights
    own = owned(mentions, side)
    for claim in text.claims:
        for who in claim.people:
            for k in own.get(who, ()):
                if not made[k, claim.label]:
                    weights[k, claim.label] = _ELSEWHERE
        for k in places_of(mentions, own, claim):
            made[k, claim.label] = 1
            weights[k, claim.label] = 0.0 if claim.optional else 1.0
    return made, weights


def _known(mentions: list[Mention], read: Annotated | None) -> Floats:
    known = np.zeros((len(mentions), len(CLAIMS)), np.float32)
    if read is None:
        return known
    of_person = np.zeros((len(read.people), len(CLAIMS)), np.float32)
    for claim in read.claims:
        of_person[list(claim.people), claim.label] = 1
    for row, mention in zip(known, mentions, strict=True):
        for who in mention.read:
            np.maximum(row, of_person[who], out=row)
    return known


# --- pairs


def _entries(
    tokens: Tokens, mentions: list[Mention], gold: Annotated | None, read: Annotated | None
) -> Pairs:
    stretches: dict[Stretch, tuple[set[int], set[int]]] = {}
    for side, text in enumerate((gold, read)):
        for number, team in enumerate(text.teams if text else ()):
            for stretch in team:
                stretches.setdefault(stretch, (set(), set()))[side].add(number)
    teams = sorted(stretches)
    rows = []
    for k, mention in enumerate(mentions):
        near = _nearest((mention.start, mention.end), teams)
        for rank, (gap, j) in enumerate(near):
            if gap > _NEAR:
                break
            of_gold, of_rules = stretches[teams[j]]
            ruled = read is not None and any((p, t) in read.entries for p in mention.read for t in of_rules)
            right = gold is not None and any((p, t) in gold.entries for p in mention.gold for t in of_gold)
            rows.append(
                (k, j, teams[j], rank, gap, mention.start < teams[j][0], ruled, bool(of_rules), right)
            )
    return _pairs(tokens, rows)


def _speakers(
    tokens: Tokens, mentions: list[Mention], gold: Annotated | None, read: Annotated | None
) -> Pairs:
    source = read or gold
    assert source is not None
    where = [(mention.start, mention.end) for mention in mentions]
    rows = []
    for j, speech in enumerate(source.speeches):
        stretch = (speech.parts[0][0], speech.parts[-1][1])
        near = _nearest(stretch, where)
        right = _same_speech(speech.parts, gold)
        for rank, (gap, k) in enumerate(near):
            if gap <= _NEAR:
                ruled = read is not None and speech.speaker in mentions[k].read
                before = mentions[k].start < stretch[0]
                rows.append(
                    (k, j, stretch, rank, gap, before, ruled, read is not None, right in mentions[k].gold)
                )
    return _pairs(tokens, rows)


def _scopes(tokens: Tokens, mentions: list[Mention], gold: Annotated | None, read: Annotated | None) -> Pairs:
    """Pair mentions with the classes named around them: of which class is what is claimed here?"""
    stretches = sorted({s for text in (gold, read) if text for one in text.classes for s in one})
    right = _claimed_scopes(mentions, gold, "gold")
    ruled = _claimed_scopes(mentions, read, "read")
    known = {s for one in read.classes for s in one} if read else set()
    rows = []
    for k, mention in enumerate(mentions):
        near = _nearest((mention.start, mention.end), stretches)
        for rank, (gap, j) in enumerate(near):
            if gap > _FAR:
                break
            here = stretches[j]
            before = mention.start > here[0]
            rows.append((k, j, here, rank, gap, before, here in ruled[k], here in known, here in right[k]))
    return _pairs(tokens, rows)


def _claimed_scopes(mentions: list[Mention], text: Annotated | None, side: str) -> list[set[Stretch]]:
    """Return for each mention all places of the classes in which something is claimed there."""
    found: list[set[Stretch]] = [set() for _ in mentions]
    own = owned(mentions, side)
    for claim in text.claims if text else ():
        if text is not None and claim.scope >= 0:
            for k in places_of(mentions, own, claim):
                found[k].update(text.classes[claim.scope])
    return found


def _same_speech(parts: tuple[Stretch, ...], gold: Annotated | None) -> int:
    for speech in gold.speeches if gold else ():
        if any(a < d and c < b for a, b in parts for c, d in speech.parts):
            return speech.speaker
    return -1


def _pairs(tokens: Tokens, rows: list[tuple[int, int, Stretch, int, int, bool, bool, bool, bool]]) -> Pairs:
    features = np.array(
        [
            (rank / _NEAREST, rank == 0, gap / _NEAR, gap < 5, gap < 40, before, ruled, known)
            for _, _, _, rank, gap, before, ruled, known, _ in rows
        ],
        np.float32,
    ).reshape(-1, PAIR_FEATURES)
    return Pairs(
        left=np.array([row[0] for row in rows], np.int64),
        right=np.array([row[1] for row in rows], np.int64),
        spans=_spans(tokens, [row[2] for row in rows]),
        features=features,
        wanted=np.array([row[8] for row in rows], np.float32),
    )
