"""The lexicon: every table loads, every entry stands for its forms, terms are found in text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from extractor.lexicon.fold import fold
from extractor.lexicon.paradigms import PARADIGMS, expand
from extractor.lexicon.tokenize import split_words
from extractor.lexicon.words import Layer, Term, layer, names, table

TABLES = sorted(
    f.name.removesuffix(".toml")
    for f in resources.files("extractor.lexicon").iterdir()
    if f.name.endswith(".toml")
)


def entries(tables: dict[str, Any]) -> Iterator[str]:
    """Yield the entries of a table and of the tables inside it."""
    for part in tables.values():
        if isinstance(part, dict):
            yield from entries(part)
        elif isinstance(part, list):
            yield from (entry for entry in part if isinstance(entry, str))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_loads(name: str) -> None:
    assert table(name)


@pytest.mark.parametrize("name", TABLES)
def test_every_entry_stands_for_forms(name: str) -> None:
    for entry in entries(table(name)):
        forms = expand(fold(entry))
        assert forms, entry
        assert all(form == fold(form) for form in forms), entry
        assert not any(set("{}+") & set(form) for form in forms), entry
        assert all(split_words(form) for form in forms), f"{entry!r} has an empty form"


@pytest.mark.parametrize("name", TABLES)
def test_no_entry_has_blanks_around_it(name: str) -> None:
    prefixes = set(table(name).get("start", {}).get("words", ()))  # there a blank says where the word ends
    assert [entry for entry in entries(table(name)) if entry != entry.strip() and entry not in prefixes] == []


def found(toml: str, text: str) -> list[tuple[str, str]]:
    norms = [fold(word) for word in split_words(text)]
    return [(" ".join(norms[t.start : t.end]), t.value) for t in Layer(tomllib.loads(toml)).find(norms)]


FORMS = {
    "abandonn{er}": "abandonner abandonne abandonnent abandonnait abandonna abandonnèrent abandonné abandonnée abandonnés abandonnant abandonnera",
    "fin{ir}": "finir finit finissent finissait finirent fini finissant",
    "perd{re}": "perdre perd perdent perdait perdit perdu perdant",
    "t{enir}": "tenir tient tiennent tenait tint tenu tenant",
    "pr{endre}": "prendre prend prennent prenait prit pris prenant",
    "m{ettre}": "mettre met mettent mettait mit",
    "s{ortir}": "sortir sort sortent sortait sortit sorti",
    "p{artir}": "partir part partent partait partit parti partis",
    "c{ourir}": "courir court couraient courut",
    "f{aire}": "faire fait font faisait fit fera",
    "pilote{s}": "pilote pilotes",
    "vainqueu{r,rs}": "vainqueur vainqueurs",
    "premi{er,ère}": "premier première",
    "meneu{r}".replace("{r}", "r{s}"): "meneur meneurs",
    "boss{eur}": "bosseur bosseuse bosseuses",
    "direc{teur}": "directeur directrice",
    "nation{al}": "national nationale nationaux",
    "chang{er}": "change changeait changea changé changeant",
}


@pytest.mark.parametrize(("entry", "forms"), FORMS.items())
def test_paradigms(entry: str, forms: str) -> None:
    assert {fold(form) for form in forms.split()} <= {fold(form) for form in expand(fold(entry))}


def test_reflexives_have_their_compound_tenses() -> None:
    forms = set(expand("s'impos{er}"))
    assert {
        "s'impose",
        "s'imposait",
        "s'imposer",
        "s'est impose",
        "s'etait impose",
        "se sont imposes",
        "s'etaient imposes",
        "m'impose",
        "nous imposons",
    } <= forms
    assert {"se perd", "s'est perdu", "se perdait"} <= set(expand("se perd{re}"))


def test_slots_multiply() -> None:
    assert set(expand("drapeau{x} jaune{s}")) == {
        "drapeau jaune",
        "drapeaux jaune",
        "drapeau jaunes",
        "drapeaux jaunes",
    }


def test_a_space_in_an_alternative_stays() -> None:
    assert set(expand("{pas ,}prendre le départ")) == {"pas prendre le départ", "prendre le départ"}


def test_an_unknown_paradigm_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown paradigm"):
        expand("abandonn{quoi}")


@pytest.mark.parametrize("name", PARADIGMS)
def test_no_paradigm_repeats_a_form(name: str) -> None:
    assert len(set(PARADIGMS[name])) == len(PARADIGMS[name])


TRIGGERS = """
[trigger.spin]
words = ["tête-à-queue", "part{s} à la faute"]
[trigger.fire]
words = ["prend{s} feu"]
[neutral]
words = ["drapeau{x} jaune{s}", "drapeau"]
"""


def test_terms_are_found_folded_and_longest_first() -> None:
    text = "Tête-à-queue ! La voiture PREND FEU sous drapeaux jaunes, puis un drapeau."
    assert found(TRIGGERS, text) == [
        ("tete - a - queue", "spin"),
        ("prend feu", "fire"),
        ("drapeaux jaunes", "neutral"),
        ("drapeau", "neutral"),
    ]


def test_terms_do_not_match_inside_words() -> None:
    assert found(TRIGGERS, "Les porte-drapeaux et le drapeautage.") == []


def test_find_all_gives_overlapping_terms() -> None:
    norms = ["drapeau", "jaune"]
    terms = Layer(tomllib.loads(TRIGGERS)).find_all(norms)
    assert terms == {0: [Term(0, 2, "neutral", "neutral"), Term(0, 1, "neutral", "neutral")]}


def test_layers_are_read_once() -> None:
    assert layer("results") is layer("results")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Élève", "eleve"),
        ("L’été", "l'été"),
        ("CŒUR", "coeur"),
        ("Ørsted", "orsted"),
        ("Müller", "muller"),
        ("ﬁn", "fin"),
        ("Straße", "strasse"),
    ],
)
def test_folding(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_folding_is_settled_after_once() -> None:
    for word in ("Élève", "L’été", "CŒUR", "İstanbul", "ẞ", "Ǆ", "ﬃ", "①", "n°", "Ⅳ"):
        assert fold(fold(word)) == fold(word)


TOKENS = {
    "l'Audi": ["l'", "Audi"],
    "l’Audi": ["l’", "Audi"],
    "aujourd'hui": ["aujourd'hui"],
    "tête-à-queue": ["tête", "-", "à", "-", "queue"],
    "25'12\"345": ["25'12\"345"],
    "1.44.419": ["1.44.419"],
    "1'57.675.": ["1'57.675", "."],
    "12 km/h": ["12", "km", "/", "h"],
    "#24": ["#", "24"],
    "n°7": ["n", "°", "7"],
    "2ème": ["2ème"],
    "fin...": ["fin", "..."],
    "lorsqu'il": ["lorsqu'", "il"],
    "10:34": ["10:34"],
}


@pytest.mark.parametrize(("text", "tokens"), TOKENS.items())
def test_tokens(text: str, tokens: list[str]) -> None:
    assert split_words(text) == tokens


@pytest.mark.parametrize("name", ["first_names", "surnames"])
def test_name_lists_are_folded(name: str) -> None:
    listed = names(name)
    assert len(listed) > 1000
    assert all(word == fold(word) for word in listed)
