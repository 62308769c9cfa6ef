"""What the extractor queries is said in the reader's language."""

from __future__ import annotations

import pytest

from extractor.messages import sentences
from extractor.pipeline import described, placing
from extractor.record import Finding
from extractor.review.queries import SHAPES, WORDS, in_language


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("name_variant", "« P. Marshal » rattaché à « Paul Marchal »", '"P. Marshal" taken for "Paul Marchal"'),
        ("count_mismatch", "« l'un des trois pilotes » mais quatre sont nommés", "\"l'un des trois pilotes\", yet four are named"),
        ("count_mismatch", "« les deux » mais 14 sont nommés", '"les deux", yet 14 are named'),
        (
            "two_positions",
            "Luc Tessier : deux places dans un même classement (2 retenue, 3 aussi écrite)",
            "Luc Tessier: two places in one classification (2 kept, 3 written too)",
        ),
        ("position_conflict", "place 2 attribuée à plusieurs : A et B", "place 2 given to several: A et B"),
        ("unread_page", "pages 3, 7-9 : page endommagée", "pages 3, 7-9: the page is damaged"),
        ("unread_page", "page 3 : pas de texte", "page 3: no text"),
        (
            "low_quality_page",
            "page 3 : reconnaissance peu sûre (moins de 60% en moyenne)",
            "page 3: recognised with little certainty (less than 60% on average)",
        ),
        ("not_french", "ce qui n'est pas en français n'est pas lu", "what is not in French is not read"),
        (
            "container_contradicts",
            "titre : « A » dans le texte, « B » selon le fichier (pdf)",
            'title: "A" in the text, "B" by the file (pdf)',
        ),
        ("name_variant", "d'une version plus ancienne", "d'une version plus ancienne"),
        ("inconnu", "« A » rattaché à « B »", "« A » rattaché à « B »"),
    ],
)  # fmt: skip
def test_a_query_is_said_in_english(code: str, french: str, english: str) -> None:
    finding = Finding(code=code, severity="info", message=french)
    assert in_language(finding, "fr") == finding
    assert in_language(finding, "en").message == english


def test_every_shape_and_word_is_known_in_both_languages() -> None:
    for language in ("fr", "en"):
        known = sentences(language)
        assert {f"query.{shape}" for shapes in SHAPES.values() for shape in shapes} <= known.keys()
        assert {key.removeprefix("query.word.") for key in known if key.startswith("query.word.")} == set(
            WORDS
        )


def test_the_words_that_the_extractor_puts_into_gaps_are_all_known() -> None:
    french = {said for key, said in sentences("fr").items() if key.startswith("query.word.")}
    assert {*placing._REASONS.values(), *described._FIELDS.values()} <= french
