from __future__ import annotations

from extractor.scoring.facts import SessionFact as S
from extractor.scoring.sessions import map_sessions


def test_labels_first_whatever_the_order():
    gold = [S("g1", "race", "Course 1"), S("g2", "race", "Course 2")]
    pred = [S("p1", "race", "COURSE 2"), S("p2", "race", "course 1")]
    assert map_sessions(gold, pred) == {"p1": "g2", "p2": "g1"}


def test_numbers_where_labels_differ():
    gold = [S("g1", "stage", "ES3", 3), S("g2", "stage", "ES4", 4)]
    pred = [S("p1", "stage", "spéciale 4", 4), S("p2", "stage", None, 3)]
    assert map_sessions(gold, pred) == {"p1": "g2", "p2": "g1"}


def test_a_number_says_nothing_about_another_kind():
    assert map_sessions([S("g1", "heat", None, 1)], [S("p1", "race", None, 1)]) == {}


def test_labels_within_one_another_when_the_kind_agrees():
    gold = [S("g1", "qualifying", "Q1"), S("g2", "qualifying", "essais qualificatifs")]
    assert map_sessions(gold, [S("p1", "qualifying", "qualificatifs")]) == {"p1": "g2"}


def test_the_rest_in_order_within_a_family():
    gold = [S("g1", "qualifying"), S("g2", "overall", "rallye"), S("g3", "race")]
    pred = [S("p1", "final", "la finale"), S("p2", "leg"), S("p3", "practice")]
    assert map_sessions(gold, pred) == {"p1": "g2", "p2": "g3"}


def test_one_to_one():
    assert map_sessions([S("g1", "race")], [S("p1", "race"), S("p2", "race")]) == {"p1": "g1"}
