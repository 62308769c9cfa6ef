"""Findings: what a careful archivist would query."""

from __future__ import annotations

from marked import cases, read

from extractor.lexicon.fold import fold
from extractor.lexicon.tokenize import split_words
from extractor.pipeline.findings import is_race_report

THERE = {
    "count below the names": (
        "Louis Marchal gagne. Les deux pilotes Senior sont Jean Tavernier, Paul Orsini et Luc Lemaire.",
        "count_mismatch",
    ),
    "count above the names": ("Trois pilotes abandonnent : Jean Tavernier et Paul Orsini.", "count_mismatch"),
    "slip in a name": ("Bastien Lourençal mène. Bastien Lourencel gagne la course.", "name_variant"),
    "team in two typographies": (
        "Louis Marchal (Brume Compétition) devance Jean Tavernier (BrumeCompétition).",
        "name_variant",
    ),
    "retired and classified": (
        "Louis Marchal abandonne au 3e tour.\n\nClassement : 1. Jean Tavernier ; 2. Paul Orsini ; 3. Louis Marchal.",
        "retired_classified",
    ),
    "two teams": (
        "Louis Marchal (Écurie Brume) mène. Plus tard, Louis Marchal (Team Sillage) gagne.",
        "two_teams",
    ),
    "two positions": (
        "Classement : 1. Jean Tavernier ; 2. Paul Orsini ; 3. Louis Marchal.\n\nRappel du classement : 1. Jean Tavernier ; 2. Louis Marchal ; 3. Paul Orsini.",
        "two_positions",
    ),
    "two positions in prose and list": (
        "Louis Marchal termine deuxième. Jean Tavernier gagne.\n\nClassement : 1. Jean Tavernier ; 2. Paul Orsini ; 3. Louis Marchal.",
        "two_positions",
    ),
}


@cases(THERE)
def test_findings(case: tuple[str, str]) -> None:
    text, code = case
    assert code in read(text).findings


FINE = {
    "a plain report": "Louis Marchal (Écurie Brume) gagne devant Jean Tavernier (Team Sillage) et Paul Orsini (Garage Lemaire).",
    "counts that fit": "Deux pilotes abandonnent : Jean Tavernier et Paul Orsini.",
    "surname after full name": "Louis Marchal mène. Marchal gagne.",
    "penalty after the flag": "Louis Marchal, deuxième sur la route, rétrograde au quatrième rang après une pénalité.",
    "brothers": "Michel Gaudron gagne devant Pierre Gaudron.",
    "two races": "Course 1\n\nLouis Marchal gagne devant Jean Tavernier.\n\nCourse 2\n\nJean Tavernier gagne devant Louis Marchal.",
    "retired in one race, classified in the other": "Course 1\n\nLouis Marchal abandonne.\n\nCourse 2\n\nLouis Marchal gagne.",
}


@cases(FINE)
def test_nothing_to_query(case: str) -> None:
    assert read(case).findings == set()


def test_a_finding_points_at_what_it_is_about() -> None:
    record = read("Bastien Lourençal mène. Bastien Lourencel gagne la course.").record
    (finding,) = [f for f in record.findings if f.code == "name_variant"]
    assert finding.about == (record.drivers[0].id,)
    assert finding.evidence[0].text in ("Bastien Lourençal", "Bastien Lourencel")
    assert "Lourençal" in finding.message
    assert "Lourencel" in finding.message


@cases(THERE)
def test_findings_are_told_in_one_line(case: tuple[str, str]) -> None:
    text, code = case
    findings = read(text).record.findings
    assert code in {finding.code for finding in findings}
    for finding in findings:
        assert "\n" not in finding.message
        assert finding.evidence


RACES = {
    "circuit": "Louis Marchal gagne la course de voitures sur le circuit de Brumeval.",
    "rally": "Les équipages du rallye ont disputé huit spéciales.",
    "bikes": "Les motos de la catégorie Superbike ont tourné sur le circuit.",
    "karting": "En karting, la finale des Cadets a souri à Louis Marchal devant les autres pilotes.",
    "old": "Les bolides ont pris le départ, plusieurs abandons pour magnéto et bielle.",
}


@cases(RACES)
def test_what_is_a_race_report(case: str) -> None:
    assert is_race_report([fold(word) for word in split_words(case)])
