"""A bundle becomes a model that works with the rules, or is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractor.errors import ModelError
from extractor.neural.annotated import annotated
from extractor.neural.bundle import write_bundle
from extractor.neural.calibration import Calibrator
from extractor.neural.heads import Reader
from extractor.neural.runtime import NumpyEncoder
from extractor.pipeline import extract
from extractor.pipeline.model.deciding import Decisions, Weights
from extractor.pipeline.model.location import NONE
from extractor.pipeline.model.rescoring import load_rescorer, look
from extractor.pipeline.model.weighing import FEATURES
from extractor.record import RaceRecord
from tests.unit.neural.pages import brumeval
from tests.unit.neural.tiny import SHAPE, random_heads, random_weights
from tests.unit.pipeline.model.test_where import REPORT
from tests.unit.pipeline.model.thoughts import sentences, windowing

GROUPS = ("results.final", "results.rare", "retirements", "entries", "incidents.lenient", "quotes", "drivers")
KINDS = ("results.grid", "results.qualifying", "results.running", "results.championship", *GROUPS)


def believing(trust: float, proposed: float) -> Decisions:
    """Return decisions by who tells a fact alone."""
    weights = np.zeros(len(FEATURES) + 1)
    weights[FEATURES.index("proposed")], weights[-1] = proposed - trust, trust
    flat = Weights(np.zeros(len(FEATURES)), np.ones(len(FEATURES)), weights)
    bounds = dict.fromkeys(KINDS, 0.5)
    return Decisions(dict.fromkeys(GROUPS, flat), Calibrator.fit([], [], [], []), bounds, bounds)


def bundle(folder: Path, decisions: dict[str, Any]) -> Path:
    write_bundle(
        folder,
        version="1",
        config={"encoder": SHAPE},
        tokenizer=windowing().tokenizer.to_str(),
        encoder=random_weights(),
        heads=random_heads(),
        calibration=decisions,
    )
    return folder


def facts(record: RaceRecord) -> int:
    return sum(1 for _ in record.facts())


def test_rules_alone_where_no_candidate_is_believed(tmp_path: Path) -> None:
    rules = extract(REPORT, model=NONE)
    found = extract(REPORT, model=bundle(tmp_path / "model", believing(4.0, -4.0).to_json()))
    assert facts(found) == facts(rules) > 3
    assert {fact.confidence for fact in (*found.results, *found.quotes)} == {0.982}
    assert [r.drivers for r in found.results] == [r.drivers for r in rules.results]


def test_the_models_facts_where_they_are_believed(tmp_path: Path) -> None:
    rules = extract(REPORT, model=NONE)
    found = extract(REPORT, model=bundle(tmp_path / "model", believing(4.0, 3.0).to_json()))
    assert facts(found) > facts(rules)
    assert RaceRecord.model_validate_json(found.to_json()) == found
    assert {r.id for r in rules.results} <= {r.id for r in found.results}


def test_nothing_where_nobody_is_believed(tmp_path: Path) -> None:
    found = extract(REPORT, model=bundle(tmp_path / "model", believing(-4.0, -4.0).to_json()))
    assert (found.drivers, found.results, found.quotes) == ((), (), ())


def test_a_text_without_drivers_is_left_to_the_rules(tmp_path: Path) -> None:
    text = "Une recette : battre les œufs, « sans jamais les laisser reposer », puis servir froid."
    folder = bundle(tmp_path / "model", believing(4.0, 4.0).to_json())
    assert extract(text, model=folder) == extract(text, model=NONE)


def test_what_was_made_for_other_features_is_refused(tmp_path: Path) -> None:
    for number, kept in enumerate(({"features": ["told"]}, {}, {"features": list(FEATURES)})):
        with pytest.raises(ModelError) as refused:
            load_rescorer(bundle(tmp_path / str(number), kept))
        assert refused.value.code == "model_unreadable"
        assert str(tmp_path / str(number)) in str(refused.value)


def test_looking_decides_nothing() -> None:
    reader = Reader(windowing(), NumpyEncoder(SHAPE, random_weights()), random_heads())
    record = brumeval().record
    looked = look(reader, record, sentences(record.document.text))
    assert looked.record.results[: len(record.results)] == record.results
    assert annotated(looked.record).people == annotated(record).people
    kinds = {fact.kind for fact in looked.facts}
    assert {"results.final", "retirements", "entries", "quotes", "drivers"} <= kinds
    assert all(np.isfinite(fact.features).all() for fact in looked.facts)
