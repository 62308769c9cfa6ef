"""A text under other names, or spoilt as a scan is: every span keeps to its words."""

from __future__ import annotations

import random
import re

import pytest

from extractor.neural.annotated import Annotated, annotated
from extractor.training.augment import renamed, spoilt
from tests.unit.neural.pages import brumeval

BEFORE = annotated(brumeval().record)
SEEDS = range(6)


def spans(text: Annotated) -> list[str]:
    """Return the text of all stretches, in one order."""
    stretches = [
        *((one.start, one.end) for person in text.people for one in person),
        *(one for team in text.teams for one in team),
        *(one for claim in text.claims for one in claim.evidence),
        *(part for speech in text.speeches for part in speech.parts),
        *text.sessions,
        *(one for _, one in text.happenings),
        *(one for forms in text.classes for one in forms),
    ]
    return [text.text[a:b] for a, b in stretches]


def dictionary(after: Annotated) -> dict[str, str]:
    """Return which word of the names became which."""
    pairs: dict[str, str] = {}
    for old, new in zip(BEFORE.people, after.people, strict=True):
        for one, other in zip(old, new, strict=True):
            before = BEFORE.text[one.start : one.end].split()
            for word, changed in zip(before, after.text[other.start : other.end].split(), strict=True):
                assert pairs.setdefault(word, changed) == changed
    return pairs


@pytest.mark.parametrize("seed", SEEDS)
def test_new_names_stand_wherever_the_old_ones_stood(seed: int) -> None:
    after = renamed(BEFORE, random.Random(seed))
    new = dictionary(after)

    def told_anew(text: str) -> str:
        return re.sub(r"\w+", lambda m: new.get(m.group(), m.group()), text)

    assert after.text == told_anew(BEFORE.text)
    assert spans(after) == [told_anew(one) for one in spans(BEFORE)]
    assert all(word[0].isupper() for word in new.values())


def test_most_names_are_new_and_teams_stay() -> None:
    changes = [dictionary(renamed(BEFORE, random.Random(seed))) for seed in SEEDS]
    pairs = [pair for one in changes for pair in one.items()]
    assert sum(old != new for old, new in pairs) > 0.6 * len(pairs)
    assert len({one["Marchal"] for one in changes}) > 2
    assert all("Team Sillage" in spans(renamed(BEFORE, random.Random(seed))) for seed in SEEDS)


def test_the_same_chance_gives_the_same_names() -> None:
    one, other = (renamed(BEFORE, random.Random(4)) for _ in range(2))
    assert one == other
    assert one.text != BEFORE.text


def test_capitals_stay_capitals_and_facts_stay_facts() -> None:
    upper = BEFORE.text.upper()
    text = BEFORE.moved(upper, range(len(upper) + 1))
    after = renamed(text, random.Random(1))
    assert after.text.isupper()
    assert [(c.label, c.people, c.fact) for c in after.claims] == [
        (c.label, c.people, c.fact) for c in BEFORE.claims
    ]
    assert after.entries == BEFORE.entries


def test_nominals_are_not_renamed() -> None:
    page = brumeval()
    page.columns["drivers"][0]["mentions"] = [{**page.span("Louis Marchal"), "form": "nominal"}]
    after = renamed(annotated(page.record), random.Random(2))
    assert after.text.startswith(BEFORE.text[:50])
    assert "Louis Marchal" in after.text


def letters(text: str) -> str:
    return re.sub(r"-\n|\s+", "", text)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrapped_text_keeps_its_spans_on_their_words(seed: int) -> None:
    after = spoilt(BEFORE, random.Random(seed), 0.0)
    assert letters(after.text) == letters(BEFORE.text)
    assert [letters(one) for one in spans(after)] == [letters(one) for one in spans(BEFORE)]
    assert max(map(len, after.text.split("\n"))) < max(map(len, BEFORE.text.split("\n")))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_misread_text_keeps_its_spans_on_their_words(seed: int) -> None:
    clean = spoilt(BEFORE, random.Random(seed), 0.0)
    after = spoilt(BEFORE, random.Random(seed), 0.03)
    assert after.text != clean.text
    for one, other in zip(spans(clean), spans(after), strict=True):
        assert alike(one, other), (one, other)


def alike(one: str, other: str) -> bool:
    """Tell whether most letters are where they were; whole words may be lost."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same >= 0.6 * max(len(one), len(other))


def test_both_together() -> None:
    after = spoilt(renamed(BEFORE, random.Random(5)), random.Random(5), 0.01)
    assert len(spans(after)) == len(spans(BEFORE))
    assert all(spans(after))
