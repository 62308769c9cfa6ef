"""Any Unicode text whatever gives a valid record or a clear error, never anything else."""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from prose import ANY_TEXT, ANY_UNICODE, FRAGMENTS, OPENING, cuttings, race_prose, repeated

import extractor
from extractor.errors import InputError
from extractor.record import RaceRecord

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "val-de-brume.txt"

FEW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY = settings(FEW, max_examples=3000, derandomize=False)


def hold(text: str) -> None:
    """Check everything that must hold of the record of a text, whatever it says."""
    if not is_unicode(text):
        with pytest.raises(InputError):
            extractor.extract(text)
        return
    record = extractor.extract(text)
    assert record.document.text == text
    assert record.coverage.characters == len(text)
    assert 0 <= record.coverage.characters_read <= len(text)
    for span in record.spans():
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for fact in record.facts():
        assert fact.evidence
        assert 0.0 <= fact.confidence <= 1.0
    assert all(driver.name.strip() for driver in record.drivers)
    # Validation from outside holds every invariant of the record again.
    assert RaceRecord.model_validate_json(record.to_json()) == record
    assert extractor.extract(text).to_json() == record.to_json()


def is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


@given(ANY_TEXT)
@FEW
def test_any_text(text: str) -> None:
    hold(text)


@given(ANY_UNICODE)
@example("\ud800")
@example("Louis Marchal gagne la course\udfff sur le circuit.")
@FEW
def test_any_unicode_even_half_characters(text: str) -> None:
    hold(text)


@given(race_prose())
@FEW
def test_pieces_of_reports(text: str) -> None:
    hold(text)


@given(cuttings())
@settings(FEW, max_examples=300)
def test_cuttings_of_reports(text: str) -> None:
    hold(text)


@given(repeated())
@FEW
def test_one_thing_over_and_over(text: str) -> None:
    hold(text)


@pytest.mark.slow
@given(ANY_UNICODE)
@MANY
def test_any_unicode_at_length(text: str) -> None:
    hold(text)


@pytest.mark.slow
@given(race_prose(200))
@MANY
def test_pieces_of_reports_at_length(text: str) -> None:
    hold(text)


@pytest.mark.slow
@given(cuttings())
@MANY
def test_cuttings_of_reports_at_length(text: str) -> None:
    hold(text)


@pytest.mark.slow
@given(repeated())
@MANY
def test_one_thing_over_and_over_at_length(text: str) -> None:
    hold(text)


ODD = {
    "empty": "",
    "blanks": " \n\t\r\n ",
    "nul": "\x00Louis\x00Marchal\x00",
    "byte order mark": "\ufeffLouis Marchal gagne la course sur le circuit.",
    "right to left": "\u202eLouis Marchal\u202c gagne la course de voitures sur le circuit, שלום.",
    "combining": "Louis Marcha\u0301\u0301\u0301l gagne la course de voitures sur le circuit de Bru\u0302meval.",
    "emoji": "🏁 Louis Marchal 🏆 gagne la course de voitures sur le circuit 👨‍👩‍👧‍👦 !",
    "long word": "Les pilotes sur le circuit : " + "Marchal" * 20_000,
    "long lower word": "Les pilotes sur le circuit : " + "x" * 100_000,
    "long number": "Les pilotes sur le circuit : " + "9" * 10_000 + "e place",
    "many quote marks": "Les pilotes sur le circuit : " + "«" * 5_000,
    "many straight marks": "Les pilotes sur le circuit : " + '" ' * 5_000,
    "many brackets": "Les pilotes sur le circuit : Louis Marchal " + "(" * 5_000,
    "bracket pairs": "Les pilotes sur le circuit : Louis Marchal " + "()" * 3_000,
    "many line ends": "Les pilotes sur le circuit" + "\n" * 20_000 + "Louis Marchal gagne.",
    "many dots": "Les pilotes sur le circuit : Louis Marchal gagne" + "." * 10_000,
    "many initials": "Les pilotes sur le circuit : " + "A. " * 3_000,
    "hyphens": "Les pilotes sur le circuit : " + "Marchal-" * 3_000,
    "particles": "Les pilotes sur le circuit : Louis " + "de la " * 3_000,
    "numbers of cars": "Les pilotes sur le circuit : " + "#12 " * 3_000,
    "ranks": "Les pilotes sur le circuit : " + " ".join(f"{n}. Louis Marchal" for n in range(1, 1_000)),
    "tabs": "Les pilotes sur le circuit\n" + "1\tLouis\tMarchal\t" * 1_000,
}


@pytest.mark.parametrize("label", ODD)
def test_odd_texts(label: str) -> None:
    hold(ODD[label])


def test_half_a_character_is_a_clear_error() -> None:
    with pytest.raises(InputError) as caught:
        extractor.extract("Louis Marchal gagne\ud83d la course", source="a.txt")
    for language in ("fr", "en"):
        line = caught.value.in_language(language)
        assert "a.txt" in line
        assert "19" in line


_IN_PROCESS = """
import json, sys
import extractor
texts = json.loads(sys.stdin.read())
print(json.dumps([json.loads(extractor.extract(text).to_json()) for text in texts]))
"""


def in_process(texts: list[str], seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", _IN_PROCESS],
        input=json.dumps(texts),
        capture_output=True,
        check=True,
        timeout=300,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    ).stdout


def test_the_seed_of_hashing_changes_nothing() -> None:
    chance = random.Random(7)
    texts = [SAMPLE.read_text(encoding="utf-8")]
    texts += [OPENING + " ".join(chance.choices(FRAGMENTS, k=120)) for _ in range(20)]
    texts += [
        path.read_text(encoding="utf-8")
        for path in sorted((Path(__file__).parents[1] / "golden" / "dev").glob("*.txt"))
    ]
    assert in_process(texts, "1") == in_process(texts, "4242")


def seconds(text: str) -> float:
    """Return the least time that reading takes out of two."""
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        extractor.extract(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [*FRAGMENTS, SAMPLE.read_text(encoding="utf-8")],
    ids=[f"piece-{n}" for n in range(len(FRAGMENTS))] + ["report"],
)
def test_eight_times_the_text_takes_about_eight_times_as_long(piece: str) -> None:
    """Generous: quadratic reading would take 64 times as long."""
    times = max(1, 4_000 // len(piece))
    short = OPENING + f"{piece} " * times
    long = OPENING + f"{piece} " * (times * 8)
    assert seconds(long) < 24 * seconds(short) + 0.05


@pytest.mark.slow
def test_mixed_pieces_are_read_in_linear_time() -> None:
    chance = random.Random(11)
    pieces = chance.choices(FRAGMENTS, k=16_000)
    lengths = [" ".join(itertools.islice(pieces, count)) for count in (2_000, 16_000)]
    short, long = (seconds(OPENING + text) for text in lengths)
    assert long < 24 * short + 0.05
