"""Ordinals, cardinals, race times and gaps."""

from __future__ import annotations

import pytest
from marked import cases
from pydantic import TypeAdapter

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import split_words
from extractor.record import Duration
from extractor.values.numbers import cardinal, ordinal, ordinal_at
from extractor.values.times import duration, gap

ORDINALS = {
    "1er": 1, "1ère": 1, "1re": 1, "2e": 2, "2ème": 2, "2nd": 2, "2nde": 2, "3è": 3, "3éme": 3, "10ème": 10, "12e": 12, "21e": 21, "100e": 100,
    "premier": 1, "Première": 1, "second": 2, "seconde": 2, "deuxième": 2, "troisième": 3, "neuvième": 9, "dixième": 10, "treizième": 13, "seizième": 16,
    "vingtième": 20, "trentième": 30, "XIVe": 14, "IIIe": 3, "IXe": 9, "XXIIe": 22,
}  # fmt: skip


@pytest.mark.parametrize(("word", "value"), ORDINALS.items())
def test_ordinals(word: str, value: int) -> None:
    assert ordinal(fold(word)) == value


@pytest.mark.parametrize(
    "word", ["", "0e", "e", "er", "vie", "mie", "ème", "1", "a3e", "2h", "3eme2", "1.", "x", "rive"]
)
def test_no_ordinals(word: str) -> None:
    assert ordinal(word) is None


LONGER = {
    "dix-septième": 17, "dix-huitième place": 18, "vingt et unième": 21, "vingt-deuxième": 22, "vingt-et-unième": 21, "trente-troisième": 33, "cinquante-neuvième": 59,
    "3 ème": 3, "1 er": 1, "12 e place": 12,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), LONGER.items())
def test_ordinals_of_several_words(text: str, value: int) -> None:
    norms = [fold(word) for word in split_words(text)]
    found = ordinal_at(norms, 0)
    assert found is not None
    assert found[0] == value


MORE = {
    "soixantième": ("soixantième", 60),
    "soixante-dixième": ("soixante-dixième", 70),
    "quatre-vingtième": ("quatre-vingtième", 80),
}


@cases(MORE)
def test_high_ordinals_in_words(case: tuple[str, int]) -> None:
    text, value = case
    found = ordinal_at([fold(word) for word in split_words(text)], 0)
    assert found is not None
    assert found[0] == value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("un", 1),
        ("une", 1),
        ("deux", 2),
        ("seize", 16),
        ("vingt", 20),
        ("42", 42),
        ("0", 0),
        ("12345", None),
        ("beaucoup", None),
    ],
)
def test_cardinals(word: str, value: int | None) -> None:
    assert cardinal(word) == value


DURATIONS = {
    "1'57.675": "PT1M57.675S",
    "2'26''249": "PT2M26.249S",
    "3'09\"74": "PT3M9.740S",
    "1:26.722": "PT1M26.722S",
    "3:09.74": "PT3M9.740S",
    "1.44.419": "PT1M44.419S",
    "1mn35": "PT1M35.000S",
    "1 min 35 s": "PT1M35.000S",
    "25'12\"345": "PT25M12.345S",
    "25’12”3": "PT25M12.300S",
    "25′12″3": "PT25M12.300S",
    "1h02'03\"4": "PT1H2M3.400S",
    "1 h 02 min 3 s": "PT1H2M3.000S",
    "1:02:03.4": "PT1H2M3.400S",
    "6h00'12": "PT6H0M12.000S",
    "59'59\"999": "PT59M59.999S",
    "1'2": "PT1M2.000S",
}


@pytest.mark.parametrize(("text", "iso"), DURATIONS.items())
def test_race_times(text: str, iso: str) -> None:
    assert duration(text) == iso


GAPS = {
    '1"5': "PT1.500S",
    "1''5": "PT1.500S",
    "1,5''": "PT1.500S",
    "0.046": "PT0.046S",
    "6s5": "PT6.500S",
    "27 secondes": "PT27.000S",
    "3,204 s": "PT3.204S",
    "12s": "PT12.000S",
    "12''": "PT12.000S",
    "1'12\"3": "PT1M12.300S",
    "12 secondes": "PT12.000S",
}


@pytest.mark.parametrize(("text", "iso"), GAPS.items())
def test_gaps(text: str, iso: str) -> None:
    assert gap(text) == iso


@pytest.mark.parametrize("text", ["", "12", "un tour", "abc", "1'99\"9", "--", "1 tour", "'", "::"])
def test_what_is_no_time(text: str) -> None:
    assert gap(text) is None


def test_a_clock_time_is_no_race_time() -> None:
    assert duration("2003") is None
    assert duration("13") is None


@pytest.mark.parametrize("text", [*DURATIONS, *GAPS])
def test_every_time_fits_the_record(text: str) -> None:
    """The record takes nothing but ISO 8601 durations with at most three decimals."""
    iso = gap(text)
    assert iso is not None
    assert TypeAdapter(Duration).validate_python(iso) == iso


WORDS = {
    "thousandths": ("46 millièmes", "PT0.046S"),
    "of a second": ("7 centièmes de seconde", "PT0.070S"),
    "2/10e": ("2/10e", "PT0.200S"),
    "tenths": ("3 dixièmes", "PT0.300S"),
    "more than a second": ("15 dixièmes", "PT1.500S"),
    "minutes": ("2 minutes", "PT2M0.000S"),
    "minute and seconds": ("1 minute 12", "PT1M12.000S"),
    "s with blanks": ("1'26 s 722", "PT1M26.722S"),
}


@cases(WORDS)
def test_gaps_in_words(case: tuple[str, str]) -> None:
    text, iso = case
    assert gap(text) == iso
