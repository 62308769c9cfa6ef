"""Bytes to characters: every encoding in which reports come, and every way in which that fails."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import InputError, UsageError
from extractor.readers.text import decode

SHORT = "Théo gagne."
REPORT = "L’équipe « Œuf » a terminé 3e — à 2,5 s.\r\nCoût : 30 €\rNoël où ça ?\n\n\tÀ bientôt…"
FRENCH = [
    SHORT,
    "Noël",
    "Pôle pour Éric",
    "Doublé pour l'écurie à Nogaro : Réza s'impose.",
    "Le pilote corse a été percuté dès le départ ; la course est neutralisée.",
    "ÉCURIE DES CÎMES — GARÇON EN TÊTE",
    REPORT,
]


@pytest.mark.parametrize("text", FRENCH)
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("cp1252", b""),
    ],
)
def test_french_comes_through_character_for_character(text: str, encoding: str, mark: bytes) -> None:
    read, _ = decode(mark + text.encode(encoding), source="x")
    assert read == text


@pytest.mark.parametrize("text", [text for text in FRENCH if text.isascii() or max(text) <= "\xff"])
def test_latin_1_comes_through(text: str) -> None:
    assert decode(text.encode("latin-1"), source="x")[0] == text


def test_the_encoding_is_named() -> None:
    assert decode(b"plain", source="x")[1] == "utf-8"
    assert decode(codecs.BOM_UTF16_BE + SHORT.encode("utf-16-be"), source="x")[1] == "utf-16-be"
    assert decode(REPORT.encode("cp1252"), source="x")[1] == "cp1252"


def test_an_accent_far_into_a_plain_text_is_still_seen() -> None:
    text = "La course. " * 50_000 + "Il a gagné l’épreuve."
    assert decode(text.encode("cp1252"), source="x")[0] == text


def test_the_users_encoding_wins() -> None:
    assert decode("Théo".encode("mac_roman"), source="x", encoding="mac_roman") == ("Théo", "mac-roman")
    assert decode(codecs.BOM_UTF8 + "Théo".encode(), source="x", encoding="UTF8") == ("Théo", "utf-8")
    assert decode("Théo".encode("utf-16"), source="x", encoding="utf-16") == ("Théo", "utf-16")


@pytest.mark.parametrize("encoding", ["base64", "rot13", "klingon", "utf-8\x00"])
def test_what_is_no_text_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(UsageError) as caught:
        decode(b"text", source="x", encoding=encoding)
    assert caught.value.code == "no_such_encoding"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("Éric a gagné à Nogaro".encode() + b"\xe9", "damaged_text", id="a byte too many"),
        pytest.param("Éric a gagné à Nogaro, Zoé".encode()[:-1], "damaged_text", id="cut in a character"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00b", "damaged_text", id="odd number of bytes"),
        pytest.param(codecs.BOM_UTF8 + b"caf\xe9", "damaged_text", id="mark of UTF-8, text in Latin-1"),
        pytest.param(b"\x00\x01\x02\x03" * 20, "binary", id="zeros"),
        pytest.param(bytes(range(256)) * 4, "binary", id="every byte"),
        pytest.param(b"\x01\x02\x03\x04 abc", "binary", id="control characters"),
        pytest.param(codecs.BOM_UTF8 + b"a\x00b", "binary", id="a zero in UTF-8"),
        pytest.param(
            "Le départ a été donné à l'été".encode("mac_roman"), "unknown_encoding", id="old Macintosh"
        ),
        pytest.param("Победил Иван Петров".encode("cp1251"), "unknown_encoding", id="Cyrillic"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, source="x.txt")
    assert (caught.value.code, caught.value.source) == (code, "x.txt")


def test_damage_is_located() -> None:
    with pytest.raises(InputError) as caught:
        decode(codecs.BOM_UTF8 + "Été ".encode() + b"\xff", source="x")
    assert caught.value.parameters["position"] == 9


def test_page_breaks_and_the_end_mark_of_dos_are_text() -> None:
    text = "Page 1\x0cPage 2\x0b\x1a"
    assert decode(text.encode(), source="x")[0] == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")))
def test_any_text_in_utf_8_comes_through(text: str) -> None:
    assert decode(text.encode(), source="x") == (text, "utf-8")


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_text_or_a_clear_error(content: bytes) -> None:
    with suppress(InputError):
        text, encoding = decode(content, source="x")
        assert text.encode() is not None
        assert codecs.lookup(encoding)


@pytest.mark.parametrize("text", ['{"format": "race-record/1"}', '\n[ {"format":"race-record/1"}]'])
def test_a_record_is_no_report(text: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(text.encode(), source="x.json")
    assert caught.value.code == "a_record"
