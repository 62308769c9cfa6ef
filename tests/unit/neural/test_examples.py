"""A text as the heads see it: what is claimed at which mention, and who is paired with what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer

from extractor.neural.annotated import Annotated, annotated
from extractor.neural.examples import Example, Pairs, example, span_of
from extractor.neural.labels import CLAIM_NUMBER, CLAIMS, FORMS, LAYERS
from extractor.neural.windows import Windowing
from tests.unit.neural.pages import Page, brumeval


@pytest.fixture(scope="module")
def windowing(tokenizer: Tokenizer) -> Windowing:
    return Windowing(tokenizer)


def words(one: Example, mention: int) -> str:
    return one.text[one.mentions[mention].start : one.mentions[mention].end]


def claims(one: Example, rows: np.ndarray) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    """Return mention and claim wherever an array is set."""
    return [(words(one, k), CLAIMS[c]) for k, c in np.argwhere(rows > 0).tolist()]


def pairs(one: Example, found: Pairs) -> set[tuple[str, str]]:
    """Return the words of the pairs that are wanted."""
    return {
        (words(one, int(k)), spelt(one, span))
        for k, span, wanted in zip(found.left, found.spans, found.wanted, strict=True)
        if wanted
    }


def spelt(one: Example, span: np.ndarray) -> str:  # type: ignore[type-arg]
    """Return the text of first to last token."""
    return one.text[one.tokens.starts[span[0]] : one.tokens.ends[span[1]]]


# --- tokens and tags


def test_every_mention_is_covered_by_its_tokens(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    assert len(one.mentions) == 5
    for k, span in enumerate(one.spans):
        assert spelt(one, span) == words(one, k)


def test_tags_stand_on_the_words(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)

    def tagged(layer: str, tag: str) -> list[str]:
        """Return the tokens of a tag put together where they follow each other."""
        (at,) = np.nonzero(one.tags[layer] == LAYERS[layer].index(tag))
        runs = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else []
        return [spelt(one, run[[0, -1]]) for run in runs]

    assert [word[0] for word in tagged("names", "B-driver")] == ["L", "J", "P", "M", "L"]
    assert [word[0] for word in tagged("names", "B-team")] == ["É", "T"]
    assert all(word.endswith(("Brume", "Sillage", "e")) for word in tagged("names", "I-team"))
    (begun,) = tagged("speech", "B")
    (spoken,) = tagged("speech", "I")
    assert "La voiture était vraiment parfaite".startswith(begun)
    assert spoken.endswith("parfaite")
    assert tagged("happenings", "incident") == ["Paul Ortolan abandonne, moteur cassé"]
    (junior,) = tagged("classes", "B")
    assert "Junior".startswith(junior)
    assert not tagged("happenings", "safety_car")


def test_nominals_have_tags_of_their_own_and_pronouns_none(windowing: Windowing) -> None:
    page = Page("Le poleman gagne. Il est ravi.")
    page.driver("poleman", nominal=("Le poleman",))
    page.columns["drivers"][0]["mentions"] = [
        {**page.span("Le poleman"), "form": "nominal"},
        {**page.span("Il"), "form": "pronoun"},
    ]
    one = example(windowing, gold=annotated(page.record), read=None)
    names = LAYERS["names"]
    assert one.tags["names"][0] == names.index("B-nominal")
    at, _ = span_of(one.tokens, (18, 20))
    assert one.tags["names"][at] == names.index("O")


def test_without_gold_nothing_is_tagged_or_wanted(windowing: Windowing) -> None:
    one = example(windowing, gold=None, read=annotated(brumeval().record))
    assert one.tags == {}
    assert not one.wanted.any()
    assert not one.entries.wanted.any()
    assert one.told.any()


def test_a_text_without_anybody_has_arrays_of_no_rows(windowing: Windowing) -> None:
    one = example(windowing, gold=Annotated("Rien."), read=Annotated("Rien."))
    assert one.spans.shape == (0, 2)
    assert one.wanted.shape == one.told.shape == (0, len(CLAIMS))
    assert one.entries.spans.shape == (0, 2)
    assert len(example(windowing, gold=Annotated(""), read=None).tokens) == 0


# --- claims


def test_claims_are_made_at_the_mentions_in_their_evidence(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    assert claims(one, one.wanted) == [
        ("Louis Marchal", "final:1"),
        ("Jean Tavernier", "final:1"),
        ("Jean Tavernier", "final:2"),
        ("Paul Ortolan", "final:dnf"),
        ("Paul Ortolan", "incident:mechanical"),
    ]


def test_a_true_claim_that_is_not_made_here_counts_little(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    weights = one.weights[:, CLAIM_NUMBER["final:1"]]
    by_words = [(words(one, k), round(float(weight), 2)) for k, weight in enumerate(weights)]
    assert by_words == [
        ("Louis Marchal", 1.0),
        ("Jean Tavernier", 1.0),
        ("Paul Ortolan", 1.0),
        ("Marchal", 0.1),
        ("Louis Marchal", 0.1),
    ]


def test_evidence_without_a_mention_borrows_the_nearest_one(windowing: Windowing) -> None:
    page = Page("Louis Marchal part devant. Marchal tient bon. La victoire est à lui ! Louis Marchal exulte.")
    page.session()
    page.result("final", 1, page.driver("Louis Marchal", "Marchal"), said="La victoire est à lui")
    one = example(windowing, gold=annotated(page.record), read=None)
    made = one.wanted[:, CLAIM_NUMBER["final:1"]]
    assert made.tolist() == [0, 0, 1]  # three characters away, the one before eleven


def test_a_mention_far_away_lends_nothing(windowing: Windowing) -> None:
    page = Page("Louis Marchal est là." + " Le public attend sous la pluie." * 20 + " Il gagne.")
    page.session()
    page.result("final", 1, page.driver("Louis Marchal"), said="Il gagne")
    one = example(windowing, gold=annotated(page.record), read=None)
    assert not one.wanted.any()
    assert one.weights[0, CLAIM_NUMBER["final:1"]] == pytest.approx(0.1)


def test_an_optional_claim_counts_nothing(windowing: Windowing) -> None:
    page = Page("Louis Marchal gagne.")
    page.session()
    page.result("final", 1, page.driver("Louis Marchal"), said="Louis Marchal gagne", optional=True)
    one = example(windowing, gold=annotated(page.record), read=None)
    assert one.weights[0, CLAIM_NUMBER["final:1"]] == 0
    assert one.weights[0].sum() == len(CLAIMS) - 1


def test_a_claim_of_a_crew_is_made_at_each_of_them(windowing: Windowing) -> None:
    page = Page("Marchal et Tavernier gagnent.")
    page.session()
    page.result("final", 1, page.driver("Marchal"), page.driver("Tavernier"), said=page.text)
    one = example(windowing, gold=annotated(page.record), read=None)
    assert claims(one, one.wanted) == [("Marchal", "final:1"), ("Tavernier", "final:1")]


# --- what the rules read


def both(windowing: Windowing, gold: Page, read: Page) -> Example:
    return example(windowing, gold=annotated(gold.record), read=annotated(read.record))


def two_readings() -> tuple[Page, Page]:
    text = "Louis Marchal (Écurie Brume) gagne, Paul Ortolan est deuxième. Marchal sourit."
    gold, read = Page(text), Page(text)
    for page, name in ((gold, "Louis Marchal"), (read, "Marchal")):
        page.session()
        page.driver(name, "Marchal")
        page.team("Écurie Brume")
    gold.driver("Paul Ortolan")
    gold.result("final", 1, "d1", said="Louis Marchal (Écurie Brume) gagne")
    gold.result("final", 2, "d2", said="Paul Ortolan est deuxième")
    gold.entry("d1", team="t1", said="Louis Marchal (Écurie Brume)")
    read.result("final", 2, "d1", said="Marchal sourit")
    return gold, read


def test_mentions_are_those_of_the_rules_and_those_that_they_missed(windowing: Windowing) -> None:
    one = both(windowing, *two_readings())
    assert [(words(one, k), m.gold, m.read) for k, m in enumerate(one.mentions)] == [
        ("Marchal", {0}, {0}),
        ("Paul Ortolan", {1}, set()),
        ("Marchal", {0}, {0}),
    ]


def test_what_is_right_and_what_the_rules_tell_are_kept_apart(windowing: Windowing) -> None:
    one = both(windowing, *two_readings())
    assert claims(one, one.wanted) == [("Marchal", "final:1"), ("Paul Ortolan", "final:2")]
    assert np.argwhere(one.told).tolist() == [[2, CLAIM_NUMBER["final:2"]]]
    assert np.argwhere(one.known).tolist() == [[0, CLAIM_NUMBER["final:2"]], [2, CLAIM_NUMBER["final:2"]]]


def test_features_say_the_form_and_what_the_rules_know(windowing: Windowing) -> None:
    one = both(windowing, *two_readings())
    assert one.features[:, : len(FORMS)].tolist() == [[1, 0, 0]] * 3
    ruled, known, several, new = one.features[:, len(FORMS) : -1].T.tolist()
    assert ruled == [1, 1, 1]
    assert known == [1, 0, 1]
    assert several == [0, 0, 0]
    assert new == [1, 0, 0]
    places = one.features[:, -1]
    assert (np.diff(places) > 0).all()
    assert 0 <= places.min() <= places.max() < 1


def test_without_the_rules_the_features_do_not_speak_of_them(windowing: Windowing) -> None:
    gold, _ = two_readings()
    one = example(windowing, gold=annotated(gold.record), read=None)
    assert not one.features[:, len(FORMS) : -1].any()
    assert not one.told.any()
    assert not one.known.any()
    assert not one.entries.features[:, 6:].any()


# --- pairs


def test_who_drives_for_whom(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    assert pairs(one, one.entries) == {
        ("Louis Marchal", "Écurie Brume"),
        ("Marchal", "Écurie Brume"),
        ("Jean Tavernier", "Team Sillage"),
    }
    assert len(one.entries.left) == 10  # each mention with each team


def test_pairs_by_gold_hold_for_the_names_that_the_rules_found(windowing: Windowing) -> None:
    one = both(windowing, *two_readings())
    assert pairs(one, one.entries) == {("Marchal", "Écurie Brume")}
    known = {
        words(one, int(k)): row[7] for k, row in zip(one.entries.left, one.entries.features, strict=True)
    }
    assert known == {"Marchal": 1, "Paul Ortolan": 1}  # the rules know the team
    assert not one.entries.features[:, 6].any()  # and no entry


def test_a_team_too_far_away_makes_no_pair(windowing: Windowing) -> None:
    page = Page("Écurie Brume." + " Le public attend sous la pluie." * 15 + " Louis Marchal gagne.")
    page.driver("Louis Marchal")
    page.team("Écurie Brume")
    one = example(windowing, gold=annotated(page.record), read=None)
    assert len(one.entries.left) == 0


def test_the_nearest_is_the_first_of_its_pairs(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    at = [k for k, left in enumerate(one.entries.left) if words(one, int(left)) == "Jean Tavernier"]
    nearest = [spelt(one, one.entries.spans[k]) for k in at if one.entries.features[k, 1]]
    assert nearest == ["Team Sillage"]


def test_who_speaks(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    wanted = pairs(one, one.speakers)
    assert wanted == {
        ("Louis Marchal", "La voiture était vraiment parfaite"),
        ("Marchal", next(iter(wanted))[1]),
    }


def test_a_speech_of_the_rules_is_spoken_by_whom_gold_says(windowing: Windowing) -> None:
    gold, read = brumeval(), brumeval()
    gold.columns["quotes"][0]["speaker"] = "d2"
    read.columns["quotes"][0] |= {
        "evidence": [read.span("était vraiment parfaite")],
        "text": "était vraiment parfaite",
    }
    one = both(windowing, gold, read)
    assert pairs(one, one.speakers) == {("Jean Tavernier", "était vraiment parfaite")}
    ruled = {
        words(one, int(k)) for k, row in zip(one.speakers.left, one.speakers.features, strict=True) if row[6]
    }
    assert ruled == {"Louis Marchal", "Marchal"}


def test_a_speech_of_nobody_known_is_nobodys(windowing: Windowing) -> None:
    page = brumeval()
    page.columns["quotes"][0] |= {"speaker": None, "speaker_role": "unknown"}
    one = both(windowing, page, page)
    assert len(one.speakers.left) > 0
    assert not one.speakers.wanted.any()
    assert not one.speakers.features[:, 6].any()


def test_of_which_class_something_is_told(windowing: Windowing) -> None:
    one = example(windowing, gold=annotated(brumeval().record), read=None)
    # He who is told to be first of the Juniors is told to be second of all, at the same mention.
    assert pairs(one, one.scopes) == {("Jean Tavernier", "Junior")}
    assert {words(one, int(k)) for k in one.scopes.left} == {
        "Louis Marchal",
        "Marchal",
        "Jean Tavernier",
        "Paul Ortolan",
    }


def test_a_class_may_stand_far_above_a_list(windowing: Windowing) -> None:
    page = Page("Junior\n" + "Le public attend sous la pluie.\n" * 30 + "1. Louis Marchal")
    page.session()
    page.result("final", 1, page.driver("Louis Marchal"), said="1. Louis Marchal", scope="Junior")
    one = example(windowing, gold=annotated(page.record), read=annotated(page.record))
    assert pairs(one, one.scopes) == {("Louis Marchal", "Junior")}
    assert one.scopes.features[0, 6:].tolist() == [1, 1]  # as the rules say


def test_a_class_that_only_the_model_sees_is_not_known(windowing: Windowing) -> None:
    read = annotated(brumeval().record)
    bare = replace(read, claims=(), classes=())
    at = read.text.index("Junior")
    seen = example(windowing, gold=None, read=replace(bare, classes=(((at, at + 6),),)))
    assert len(seen.scopes.left) == 5
    assert not seen.scopes.features[:, 6].any()
    assert len(example(windowing, gold=None, read=bare).scopes.left) == 0
