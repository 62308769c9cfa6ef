from __future__ import annotations

import pytest

from extractor.scoring.names import fold, forms, same, same_crew, same_name, same_set, some_shared


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Valéry FOURENÇO", "valery fourenco"),
        ("AB’S Racing", "ab s racing"),
        ("Petit–Blanc", "petit blanc"),
        ("  « Mick » ", "mick"),
        ("Straße", "strasse"),
        ("***", ""),
    ],
)
def test_folding_leaves_words(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Valéry Fourenço", "VALERY FOURENCO"),
        ("Valéry Fourenço", "Valéry Forenço"),  # 15 characters forgive two edits
        ("Fourenço Valéry", "Valéry Fourenço"),  # surname first
        ("Durand", "Durant"),  # six forgive one
        ("Grille Libre 64", "Grille-Libre 64"),
    ],
)
def test_one_name(a, b):
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Petit", "Petot"),  # five forgive none
        ("Durand", "Dupond"),  # two edits in six
        ("Jean Martin", "Martin"),  # a surname alone is an alias, not a spelling
        ("", ""),
        ("—", "…"),
        ("#78", "#87"),
    ],
)
def test_two_names(a, b):
    assert not same_name(a, b)
    assert not same_name(b, a)


def test_any_alias_will_do():
    assert same(forms("Jules Gounon", "Gounon"), forms("J. Gounon", "GOUNON"))


def test_sets_want_everybody_once():
    a, b, c = forms("Anna"), forms("Bob"), forms("Carl")
    assert same_set([a, b], [b, a])
    assert not same_set([a, b], [a])
    assert not same_set([a, a], [a, c])
    assert same_set([], [])


def test_a_member_stands_for_the_crew_but_nobody_does_not():
    a, b, c = forms("Anna"), forms("Bob"), forms("Carl")
    assert same_crew([a], [a, b])
    assert same_crew([a, b, c], [c])
    assert not same_crew([a, b], [a, c])
    assert not same_crew([], [a])
    assert same_crew([], [])


def test_somebody_shared():
    a, b, c = forms("Anna"), forms("Bob"), forms("Carl")
    assert some_shared([a, b], [b, c])
    assert not some_shared([a], [b])
    assert not some_shared([], [])
