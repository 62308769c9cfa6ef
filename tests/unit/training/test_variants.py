"""A gold record in a changed text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError
from small_corpus import record

from extractor.neural.annotated import Annotated, annotated
from extractor.training.variants import changed, variant


def shouted(text: Annotated) -> Annotated:
    """Double every letter r."""
    offsets, length = [], 0
    for letter in text.text:
        offsets.append(length)
        length += 1 + (letter == "r")
    return text.moved(text.text.replace("r", "rr"), [*offsets, length])


def test_facts_go_where_their_text_went() -> None:
    one = record("")
    new = changed(one, shouted)
    assert new.document.text == one.document.text.replace("r", "rr")
    assert [d.name for d in new.drivers] == ["Théo Varrnierr", "Zoé Lacaze", "Luc Ferrrrand"]
    assert new.quotes[0].text == "La voiturre était parrfaite"
    assert [e.text for e in new.incidents[0].evidence] == ["Luc Ferrrrand parrt en tête-à-queue"]
    assert new.incidents[0].participants[0].text == "Luc Ferrrrand"
    assert new.document.sha256 != one.document.sha256
    assert new.coverage.characters == len(new.document.text)
    assert annotated(new).claims[0].people == annotated(one).claims[0].people


def test_a_change_that_swallows_a_fact_is_no_record() -> None:
    def cut(text: Annotated) -> Annotated:
        half = len(text.text) // 2
        return text.moved(text.text[:half], [min(at, half) for at in range(len(text.text) + 1)])

    with pytest.raises(ValidationError):
        changed(record(""), cut)


def test_a_variant_has_other_names_and_the_same_facts() -> None:
    one = record("")
    new = variant(one, "albi", seed=0, number=0)
    assert new is not None
    assert {d.name for d in new.drivers}.isdisjoint(d.name for d in one.drivers)
    assert [(r.kind, r.position, r.drivers) for r in new.results] == [
        (r.kind, r.position, r.drivers) for r in one.results
    ]
    assert new == variant(one, "albi", seed=0, number=0)
    others = [variant(one, "albi", seed=0, number=1), variant(one, "albi", seed=1, number=0)]
    assert new not in others


def test_a_record_that_is_not_changed_stays_as_it_is() -> None:
    one = record("")
    same = changed(one, lambda text: text)
    assert same == one.model_copy(update={"document": same.document})
    assert same.document == one.document.model_copy(update={"title": None})
    assert replace(annotated(one)) == annotated(same)
