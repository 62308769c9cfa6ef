"""Whatever the model thinks of whatever text: the record that comes of it is valid, and says where."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import cuttings, race_prose

from extractor.neural.annotated import annotated
from extractor.pipeline import read
from extractor.pipeline.model.location import NONE
from extractor.pipeline.model.proposals import MARK, propose
from extractor.pipeline.model.settling import settle, with_candidates
from extractor.pipeline.model.speeches import with_speakers, with_speeches
from extractor.pipeline.model.weighing import weigh
from extractor.pipeline.model.where import places
from extractor.record import RaceRecord
from extractor.training.augment import renamed, spoilt
from tests.property.test_any_text import FEW, MANY
from tests.unit.pipeline.model.thoughts import Thought

SEEDS = st.integers(0, 1 << 30)
TEXTS = st.one_of(race_prose(), cuttings())


@dataclass(frozen=True)
class Half:
    def least(self, kind: str, *, proposed: bool) -> float:
        return 0.5


@given(TEXTS, SEEDS)
@settings(FEW, max_examples=15)
def test_any_thought_of_any_text_gives_a_valid_record(text: str, seed: int) -> None:
    hold(text, seed)


@pytest.mark.slow
@given(TEXTS, SEEDS)
@settings(MANY, max_examples=300)
def test_any_thought_of_any_text_at_length(text: str, seed: int) -> None:
    hold(text, seed)


def hold(text: str, seed: int) -> None:
    """Check what must hold of the record, whatever the model thinks."""
    doc = read(text, model=NONE)
    record: RaceRecord = doc._.record
    where = places(doc)
    assert all(0 <= one.start < one.end <= len(text) for one in where)
    assert [one.start for one in where] == sorted(one.start for one in where)
    thought = Thought(record)
    thought.anything(seed)
    record, spoken = with_speeches(record, thought.sight)
    thought = Thought(record)
    thought.anything(seed)
    found = propose(record, thought.opinion, where)
    both = with_speakers(with_candidates(record, found), thought.opinion)
    both = RaceRecord.model_validate(both.model_dump())
    facts = weigh(both, thought.opinion, where, found.chances | spoken)
    chance = random.Random(seed)
    chances = {(fact.kind, fact.ids): chance.random() for fact in facts}
    kept = settle(both, chances, Half())
    settled = RaceRecord.model_validate(kept.model_dump())
    for fact in settled.facts():
        assert not fact.id.startswith(MARK)
        assert 0 < fact.confidence < 1
    for group in (settled.results, settled.incidents, settled.entries, settled.quotes):
        assert [fact.id[1:] for fact in group] == [str(number) for number in range(1, len(group) + 1)]


@given(TEXTS, SEEDS)
@FEW
def test_a_text_that_is_changed_keeps_its_spans_in_it(text: str, seed: int) -> None:
    before = annotated(read(text, model=NONE)._.record)
    chance = random.Random(seed)
    for after in (renamed(before, chance), spoilt(before, chance, 0.03)):
        moved = [(one.start, one.end) for person in after.people for one in person]
        moved += [stretch for claim in after.claims for stretch in claim.evidence]
        moved += [part for speech in after.speeches for part in speech.parts]
        assert all(0 <= start <= end <= len(after.text) for start, end in moved)
        assert [len(person) for person in after.people] == [len(person) for person in before.people]
