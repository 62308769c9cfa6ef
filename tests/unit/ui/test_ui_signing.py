"""Who sits there: a name that is one, or the person that the institution says it is."""

from __future__ import annotations

import pytest

from extractor.ui.signing import Person, institution, tidy_name


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("Odile Ferrand", "Odile Ferrand"),
        ("  Odile \t Ferrand\n", "Odile Ferrand"),
        ("Zoe\u0308 Ma\u00ebl", "Zo\u00eb Ma\u00ebl"),
        ("", None),
        (" \u00a0 ", None),
        ("x" * 81, None),
        ("Odile\u202eFerrand", None),
        ("Odile\x00", None),
        ("<b>Odile</b>", "<b>Odile</b>"),
    ],
)
def test_a_name_is_kept_tidily_or_not_at_all(name: str, tidied: str | None) -> None:
    assert tidy_name(name) == tidied


def test_the_institution_tells_the_name_and_what_does_not_change_with_it() -> None:
    user = {"is_logged_in": True, "name": "Odile Ferrand", "iss": "https://connexion.example", "sub": "42"}
    assert institution(user) == Person("Odile Ferrand", "https://connexion.example#42")


def test_where_there_is_no_name_the_next_best_is_taken() -> None:
    user = {"is_logged_in": True, "name": " ", "email": "odile@archives.example", "sub": "42"}
    signed_in = institution(user)
    assert signed_in is not None
    assert signed_in.name == "odile@archives.example"


def test_who_has_not_signed_in_is_nobody() -> None:
    assert institution({"is_logged_in": False}) is None
    assert institution({}) is None
