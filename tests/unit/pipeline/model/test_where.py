"""Sentences in order, inside the document, each with the session that it speaks of."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from extractor.corpus.noise import misread
from extractor.pipeline import read
from extractor.pipeline.model.location import NONE
from extractor.pipeline.model.where import Place, place_at, places

REPORT = """Course de Brumeval : Marchal d'un souffle

Qualifications

Louis Marchal (Écurie Brume, n° 12) signe la pole position devant Jean Tavernier (Team Sillage, n° 7).
Le public attend sous une pluie continuelle que les commissaires libèrent enfin les voitures.

Course

Louis Marchal remporte la course devant Jean Tavernier. Paul Ortolan percute le mur et abandonne.
Les mécaniciens travaillent encore quand la nuit tombe sur le circuit, et personne ne songe au retour.
Henri Vasseur termine troisième après une course disputée dans le peloton avec plusieurs concurrents.
"""


def hold(text: str, found: list[Place]) -> None:
    assert found
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
    for one, after in pairwise(found):
        assert one.end <= after.start


def test_sentences_know_their_sessions() -> None:
    doc = read(REPORT, model=NONE)
    found = places(doc)
    hold(REPORT, found)
    kinds = {session.id: session.kind for session in doc._.record.sessions}
    said = {REPORT[one.start : one.end][:13]: one for one in found}
    assert kinds[str(said["Louis Marchal"].session)] == "race"  # the last that begins so
    (pole,) = (one for one in found if "pole" in REPORT[one.start : one.end])
    assert kinds[str(pole.session)] == "qualifying"
    assert said["Course de Bru"].block == "title"
    assert {one.scope for one in found} == {"overall"}


def test_every_session_named_exists() -> None:
    doc = read(REPORT, model=NONE)
    known = {session.id for session in doc._.record.sessions}
    assert {one.session for one in places(doc)} - {None} <= known


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_damaged_page_has_its_sentences_where_it_has_them(seed: int) -> None:
    chance = random.Random(seed)
    printed = REPORT.replace("mécaniciens", "mécani-\nciens").replace("concurrents", "concur-\nrents")
    text, _ = misread(printed, chance, 0.06)
    doc = read(text, model=NONE)
    assert "-\n" in text
    assert doc._.layout.tokens.view is not None  # it is read as it was printed
    assert doc._.layout.tokens.source != text
    found = places(doc)
    hold(text, found)
    for fact in doc._.record.facts():
        assert place_at(found, fact.evidence[0].start) is not None


def test_a_place_in_the_text_is_in_one_sentence_or_between_two() -> None:
    some = [Place(2, 9, "s1", "overall", "text"), Place(10, 20, None, "Junior", "list")]
    found = [place_at(some, at) for at in (0, 2, 8, 9, 10, 19, 20)]
    assert found == [None, some[0], some[0], None, some[1], some[1], None]
    assert place_at([], 0) is None


@pytest.mark.parametrize("text", ["", "\n \n", "Une recette : battre les œufs. Servir froid."])
def test_a_text_without_a_race_has_sentences_without_sessions(text: str) -> None:
    assert all(one.session is None for one in places(read(text, model=NONE)))
