"""Classes spoken of as "la classe" alone, under a heading that names them."""

from __future__ import annotations

import pytest
from marked import cases, read

RALLY = (
    "Le rallye de Brumeval comptait six spéciales. Jean Tavernier remporte le rallye devant Luc Barnier.\n\n"
)

UNDER_A_HEADING = {
    "a headline behind a colon": RALLY
    + "Deux roues motrices : première pour Marchal\n\nSeptième au scratch, Louis Marchal a gagné la classe.",
    "a dash": RALLY
    + "Groupe N – la belle affaire\n\nSeptième au scratch, Louis Marchal a remporté la catégorie.",
    "the heading alone": RALLY + "Deux roues motrices\n\nLouis Marchal a gagné la classe.",
    "several words": RALLY
    + "Deux roues motrices : un nouveau venu\n\nIl pleuvait. Louis Marchal gagne la classe.",
    "the category": RALLY + "Groupe A\n\nLouis Marchal remporte la catégorie.",
}


@cases(UNDER_A_HEADING)
def test_the_class_is_the_heading_s(case: str) -> None:
    scopes = {r.scope for r in read(case).record.results if r.kind == "final" and r.scope != "overall"}
    assert scopes in ({"Deux roues motrices"}, {"Groupe N"}, {"Groupe A"})


@pytest.mark.parametrize(
    "head",
    ["La joie de Marchal", "Le soir venu", "Classement : tout le monde content"],
)
def test_a_heading_that_names_no_class_gives_none(head: str) -> None:
    found = read(RALLY + f"{head}\n\nSeptième au scratch, Louis Marchal a gagné la classe.")
    assert head not in {r.scope for r in found.record.results}
    assert head.split(" :", maxsplit=1)[0] not in {r.scope for r in found.record.results}


def test_a_class_named_beside_it_is_not_overruled() -> None:
    found = read(
        RALLY + "Groupe A\n\nEn classe 7, Paul Orsini est sorti de la route. Louis Marchal a gagné la classe."
    )
    assert all(r.scope != "Groupe A" for r in found.record.results if r.position == 1)
