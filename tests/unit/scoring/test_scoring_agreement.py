"""Our scoring against an independent implementation of the same rules, where that is at hand.

It works on flat gold facts; both must come to the same counts, kind by kind.
"""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest
from perturb import perturbed

from extractor.records_io import read_record
from extractor.scoring import score_records
from extractor.scoring.document import KINDS, score_facts
from extractor.scoring.facts import Facts, facts_of_record
from extractor.scoring.flat import FlatFacts, facts_of_flat, flatten, locate
from extractor.scoring.names import fold

SHARED = Path(__file__).parents[4] / "shared"
SCORER = SHARED / "tools" / "score_facts.py"
EXAMPLE = SHARED / "example" / "albi-2021.record.json"
REAL = sorted((SHARED / "real").glob("*.json"))

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the independent scorer is not at hand")

#: The other scorer does not count these.
OURS_ALONE = {"results.fastest_lap", "mentions.exact", "mentions.overlap"}


@pytest.fixture(scope="module")
def other():
    spec = importlib.util.spec_from_file_location("score_facts", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counted_by(other, flat, pred, text):
    tallies = defaultdict(other.Tally)
    other.score_doc(flat, pred, text, tallies)
    return {kind: (t.tp, t.fp, t.fn) for kind, t in tallies.items() if not kind.startswith("_")}


def counted(scores):
    return {kind: (t.tp, t.fp, t.fn) for kind, t in scores.tallies.items() if kind not in OURS_ALONE}


def found_by_words(quote, text):
    return locate(quote, text) == locate(quote.model_copy(update={"spans": ()}), text)


def check_agreement(other, gold, pred):
    flat = flatten(gold)
    text = gold.document.text
    expected = counted_by(other, flat.model_dump(mode="json"), pred.model_dump(mode="json"), text)
    assert counted(score_facts(facts_of_record(gold), facts_of_record(pred))) == expected
    assert counted(score_facts(facts_of_flat(flat, text), facts_of_record(pred))) == expected


def test_every_kind_is_compared(other):
    gold = read_record(EXAMPLE)
    kinds = counted_by(other, flatten(gold).model_dump(), gold.model_dump(mode="json"), gold.document.text)
    assert kinds.keys() == set(KINDS) - OURS_ALONE


def test_on_the_example(other):
    check_agreement(other, read_record(EXAMPLE), read_record(EXAMPLE))


@pytest.mark.parametrize("seed", range(60))
def test_on_perturbed_examples(other, seed):
    random = Random(seed)
    example = read_record(EXAMPLE)
    gold = perturbed(example, random, random.randrange(20))
    pred = perturbed(example, random, random.randrange(80))
    names = [fold(named.name) for named in (*gold.drivers, *gold.teams)]
    if len(set(names)) < len(names):
        pytest.skip("flat facts cannot tell namesakes apart")
    if not all(found_by_words(quote, gold.document.text) for quote in flatten(gold).quotes):
        pytest.skip("flat facts cannot tell apart quotes that begin alike")
    check_agreement(other, gold, pred)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_on_real_gold(other, path):
    """A record of another race matches little, and nothing is missed only where nothing is wanted."""
    flat = json.loads(path.read_text(encoding="utf-8"))
    pred = read_record(EXAMPLE)
    text = pred.document.text
    ours = score_facts(facts_of_flat(FlatFacts.model_validate(flat), text), facts_of_record(pred))
    assert counted(ours) == counted_by(other, flat, pred.model_dump(mode="json"), text)
    nothing = score_facts(facts_of_flat(FlatFacts.model_validate(flat), text), Facts())
    assert counted(nothing) == counted_by(other, flat, {}, text)


def test_the_composite_agrees(other, tmp_path):
    random = Random(7)
    example = read_record(EXAMPLE)
    triples = []
    for name in ("a", "b", "c"):
        gold, pred = perturbed(example, random, 5), perturbed(example, random, 30)
        triples.append((name, gold, pred))
        for kind, content in (("gold", flatten(gold)), ("pred", pred), ("text", None)):
            (tmp_path / kind).mkdir(exist_ok=True)
            target = tmp_path / kind / name
            if content is None:
                target.with_suffix(".txt").write_text(gold.document.text, encoding="utf-8", newline="")
            else:
                target.with_suffix(".json").write_text(content.model_dump_json(), encoding="utf-8")
    _, _, _, composite = other.run(tmp_path / "gold", tmp_path / "pred", tmp_path / "text")
    assert score_records(triples).composite == pytest.approx(composite)
