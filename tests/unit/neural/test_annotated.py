"""What a record says of its text, as spans and numbers, and how it moves with the text."""

from __future__ import annotations

from extractor.neural.annotated import Annotated, annotated
from extractor.neural.labels import CLAIMS
from tests.unit.neural.pages import Page, brumeval


def words(text: Annotated, stretch: tuple[int, int]) -> str:
    return text.text[slice(*stretch)]


def test_people_and_teams_are_where_they_are_named() -> None:
    found = annotated(brumeval().record)
    people = [[words(found, (one.start, one.end)) for one in person] for person in found.people]
    assert people == [["Louis Marchal", "Marchal", "Louis Marchal"], ["Jean Tavernier"], ["Paul Ortolan"]]
    assert [[words(found, one) for one in team] for team in found.teams] == [
        ["Écurie Brume"],
        ["Team Sillage"],
    ]
    assert found.entries == {(0, 0), (1, 1)}


def test_facts_are_claims_of_people() -> None:
    found = annotated(brumeval().record)
    assert [(c.fact, CLAIMS[c.label], c.people, c.scope) for c in found.claims] == [
        ("r1", "final:1", (0,), -1),
        ("r2", "final:2", (1,), -1),
        ("r3", "final:1", (1,), 0),
        ("r4", "final:dnf", (2,), -1),
        ("i1", "incident:mechanical", (2,), -1),
    ]
    assert words(found, found.claims[1].evidence[0]) == "devant Jean Tavernier"


def test_a_class_is_wherever_it_is_named_as_a_word() -> None:
    page = Page("Louis Marchal gagne en Junior. JUNIOR : les Juniors et le junior.")
    page.session()
    page.result("final", 1, page.driver("Louis Marchal"), said="gagne en Junior", scope="Junior")
    found = annotated(page.record)
    assert [[words(found, one) for one in forms] for forms in found.classes] == [
        ["Junior", "JUNIOR", "junior"]
    ]


def test_other_forms_of_a_class_are_the_same_class() -> None:
    page = Page("Louis Marchal gagne en Groupe N. Au Gr. N, Jean Tavernier est deuxième.")
    page.session()
    who = page.driver("Louis Marchal")
    page.result("final", 1, who, said="gagne", scope="Groupe N", scope_aliases=("Gr. N",))
    page.entry(page.driver("Jean Tavernier"), said="Jean Tavernier", classes=("Groupe N",))
    found = annotated(page.record)
    assert [[words(found, one) for one in forms] for forms in found.classes] == [["Groupe N", "Gr. N"]]
    assert found.claims[0].scope == 0


def test_who_speaks_and_what_happens() -> None:
    page = Page("« Quelle course », dit-il. « Je suis content. » La voiture de sécurité sort après un choc.")
    page.session()
    page.quote("Quelle course", "Je suis content.")
    page.incident("safety_car", said="La voiture de sécurité sort")
    page.incident("collision", said="un choc")
    found = annotated(page.record)
    (speech,) = found.speeches
    assert (speech.speaker, [words(found, part) for part in speech.parts]) == (
        -1,
        ["Quelle course", "Je suis content."],
    )
    assert [(kind, words(found, one)) for kind, one in found.happenings] == [
        ("safety_car", "La voiture de sécurité sort"),
        ("incident", "un choc"),
    ]
    assert found.claims == ()  # nobody is named


def test_one_who_takes_part_twice_is_claimed_once() -> None:
    page = Page("Louis Marchal part en tête-à-queue.")
    page.session()
    who = page.driver("Louis Marchal")
    page.incident("spin", who, who, said="part en tête-à-queue")
    assert [claim.people for claim in annotated(page.record).claims] == [(0,)]


def test_everything_moves_with_its_words() -> None:
    before = annotated(brumeval().record)
    gap = 7
    after = before.moved("-" * gap + before.text, range(gap, gap + len(before.text) + 1))
    assert [words(before, s) for s in stretches(before)] == [words(after, s) for s in stretches(after)]
    assert (after.entries, [c.people for c in after.claims]) == (
        before.entries,
        [c.people for c in before.claims],
    )


def stretches(text: Annotated) -> list[tuple[int, int]]:
    """Return all stretches of a text, in one order."""
    return [
        *((one.start, one.end) for person in text.people for one in person),
        *(one for team in text.teams for one in team),
        *(one for claim in text.claims for one in claim.evidence),
        *(part for speech in text.speeches for part in speech.parts),
        *text.sessions,
        *(one for _, one in text.happenings),
        *(one for forms in text.classes for one in forms),
    ]
