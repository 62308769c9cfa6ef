from __future__ import annotations

import io
import unicodedata

import pytest
from exports_records import HOSTILE, hostile, sample
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from extractor.exports.figures import duration
from extractor.exports.plain import one_line, shortened
from extractor.exports.table import render_table
from extractor.exports.words import _tables


def shown(record, lang="fr", width=140):
    console = Console(file=io.StringIO(), width=width)
    render_table(record, console, lang)
    return console.file.getvalue()


def test_what_a_reader_wants_to_see():
    table = shown(sample())
    for words in (
        "Nogaro", "Coupe · 2021 · manche 3 · 01/05/2021", "Course 1", "terminée", "Classement final · Général",
        "Classement final · Junior", "Anna Martin", "Écurie Bleue", "25'12\"345", "+1,5\N{NARROW NO-BREAK SPACE}s", "+1 tour · 25,5 pts",
        "Abandon", "déduit", "Tête-à-queue", "tour 3, chicane", "→ abandon", "Anna Martin : « Je suis ravie",
        "Locuteur inconnu : « ravie »", "Attention : À voir",
    ):  # fmt: skip
        assert words in table


def test_in_english():
    table = shown(sample(), "en")
    for words in (
        "Final classification · Overall",
        "25:12.345",
        "Retired",
        "inferred",
        "Spin",
        "lap 3",
        "+1 lap",
        "To check",
    ):
        assert words in table


def test_places_come_in_order_and_those_who_fell_out_last():
    table = shown(sample())
    places = [table.index(name + " ") for name in ("Anna Martin  ", "Bob Petit  ", "Carl Durand  ")]
    assert places == sorted(places)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_steers_the_terminal(words):
    table = shown(hostile(words))
    assert all(
        c == "\n" or c.isprintable() or c in "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}" for c in table
    )


def test_markup_of_the_terminal_library_is_only_words():
    assert "[red]Anna[/red]" in shown(hostile("[red]Anna[/red]"))


@given(st.text())
def test_one_line_is_one_printable_line(text):
    line = one_line(text)
    assert all(c.isprintable() or unicodedata.category(c) == "Zs" for c in line)
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("written", "shown_as"),
    [
        ("\x1b[1;31mAnna\x1b[0m", "Anna"),
        ("\x1b]8;;http://x\x1b\\lien\x1b]8;;\x1b\\", "lien"),
        ("a\tb\nc", "a b c"),
        ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("Pa\N{SOFT HYPHEN}ris", "Paris"),
    ],
)
def test_escape_sequences_go_and_words_stay(written, shown_as):
    assert one_line(written) == shown_as


def test_shortened_between_words():
    assert shortened("un deux trois", 20) == "un deux trois"
    assert shortened("un deux trois", 9) == "un deux…"


@pytest.mark.parametrize(
    ("iso", "fr", "en"),
    [
        ("PT25M12.345S", "25'12\"345", "25:12.345"),
        ("PT1H2M3S", "1h02'03\"", "1:02:03"),
        ("PT1H3S", "1h00'03\"", "1:00:03"),
        ("PT4M", "4'", "4:00"),
        ("PT9M5S", "9'05\"", "9:05"),
        ("PT1.5S", "1,5\N{NARROW NO-BREAK SPACE}s", "1.5 s"),
    ],
)
def test_durations(iso, fr, en):
    assert duration(iso, "fr") == fr
    assert duration(iso, "en") == en


def test_both_languages_have_the_same_words():
    tables = _tables()

    def keys(table, prefix=""):
        for name, value in table.items():
            yield from keys(value, f"{prefix}{name}.") if isinstance(value, dict) else [prefix + name]

    assert set(keys(tables["fr"])) == set(keys(tables["en"]))
