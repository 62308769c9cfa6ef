"""Dirt that a machine read as signs, and what it puts into sentences and lists, is seen through."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.pipeline.dirt import dirt
from extractor.pipeline.reading import PassedOver, read
from extractor.pipeline.restoring.slips import slips
from extractor.pipeline.view import View
from extractor.readers import SourceText, Word


def mended(text: str) -> str:
    """Return a text with the slips of a machine taken out."""
    return View(text, slips(text)).text


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("vingt- quatre au but, direz- vous", "vingt-quatre au but, direz-vous"),
        (
            "chez le notaire. qui menait, impossible à. tenir",
            "chez le notaire qui menait, impossible à. tenir",
        ),
        ("onze voitures arrivées.sans peine", "onze voitures arrivées sans peine"),
        ("présenter ‘Edmond Rouleau, _puis .on repart", "présenter Edmond Rouleau, puis on repart"),
        ("le doyen de 1'épreuve", "le doyen de l'épreuve"),
        (
            "11 nous dit tout. T1 gagne. || convient de partir",
            "Il nous dit tout. Il gagne. Il convient de partir",
        ),
        (
            "4. R. Dhont, 52 m. ; 2. J. Sallier ; 3. A. Brehier",
            "1. R. Dhont, 52 m. ; 2. J. Sallier ; 3. A. Brehier",
        ),
        ("1. Bossis\n-2. Delmas\n3..Guet", "1. Bossis\n2. Delmas\n3.Guet"),
        ("1. Bossis ; 2. Delmas ; 53. Guet", "1. Bossis ; 2. Delmas ; 3. Guet"),
    ],
)
def test_slips(read_as: str, printed: str) -> None:
    assert mended(read_as) == printed


@pytest.mark.parametrize(
    "text",
    [
        "M. de Lorme, n. 7, à 1'20 du vainqueur. 11 tours plus tard",
        "le club dit ‘la Puce’ gagne, 11 voitures au départ",
        "1) Bossis\n2) Delmas\n4) Guet",
        "7. Bossis ; 12. Delmas ; 30. Guet",
        "Il gagne. 12 pilotes. Puis 3 autres",
        "à l'arrivée... puis plus rien",
    ],
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert mended(text) == text


def page(line: str, unsure: dict[str, float]) -> SourceText:
    """Return a line as a machine read it; ``unsure`` has how sure it was of some words."""
    words, at = [], 0
    for k, part in enumerate(line.split()):
        at = line.index(part, at)
        words.append(Word(at, at + len(part), 1, 10.0 * k, 0, 9, 9, unsure.get(part, 0.95)))
        at += len(part)
    return SourceText.of(line, source="scan.png", media_type="image/png", words=tuple(words))


def test_lone_signs_of_which_the_machine_was_unsure_are_dirt() -> None:
    source = page("* CADET ; Jean Tavernier ; Paul - Ortolan |", {"*": 0.0, "|": 0.3, "-": 0.9})
    assert (
        read(source.text, PassedOver(tuple(dirt(source)))).source == "CADET ; Jean Tavernier ; Paul - Ortolan"
    )
    sure = page("CADET ; Jean Tavernier", {";": 0.9})
    assert not list(dirt(sure))
    unsure = page("CADET ; Jean Tavernier", {";": 0.1, "Jean": 0.1})
    assert read(unsure.text, PassedOver(tuple(dirt(unsure)))).source == "CADET Jean Tavernier"


@pytest.mark.parametrize("written", ["tête-à-\nqueue", "tête-\nà-queue", "va-t-\nil"])
def test_a_word_of_several_hyphens_keeps_them(written: str) -> None:
    at = written.index("\n")
    assert read(f"un {written} ici", PassedOver(joins=((3 + at, 4 + at),))).source == (
        f"un {written} ici".replace("\n", "")
    )


def test_a_typewriter_has_no_dash() -> None:
    assert read("F1-- La victoire revient à Bossis.\nCLASSIC - Une course de plus.").source == (
        "F1 – La victoire revient à Bossis.\nCLASSIC – Une course de plus."
    )
    crew = "1\tBossis - Delmas\tPorsche\nBOSSIS - DELMAS\nBossis - Delmas gagnent"
    assert read(crew).source == crew


SPELT_FOUR_WAYS = """GRAND PRIX DU VAL : TAVERNIER DEVANT TOUS

Jean Tavernier remporte la première manclie devant Louis Marchal et Paul Ortolan. Parti en tête, Jean Tavemier
n'a jamais été inquiété, et la victoirc lui revient de droit au terme des douze tours.

Louis Marchal, deuxièrne, a longternps suivi le sillage de Jean Taveruier. Le deruier tour a vu l'abandon de Paul
Ortolan sur casse moteur, et un accrocliage entre deux attardés.

Jean Tavcrnier retrouvera Louis Marchai le rnois prochain. Les frères Marc et Marcel Delmas étaient septième et
huitième ; Pierre Lambert et Pierre Lombert suivaient.
"""


def test_a_driver_spelt_four_ways_is_one_and_two_who_stand_together_are_two() -> None:
    record = extract(SPELT_FOUR_WAYS, model="none")
    names = {driver.name: set(driver.aliases) for driver in record.drivers}
    assert {"Jean Tavemier", "Jean Taveruier", "Jean Tavcrnier"} <= names["Jean Tavernier"]
    assert names["Louis Marchal"] == {"Louis Marchai"}
    assert {"Marc Delmas", "Marcel Delmas", "Pierre Lambert", "Pierre Lombert"} <= names.keys()
    told = [finding.message for finding in record.findings if finding.code == "name_variant"]
    for variant in ("Louis Marchai", "Jean Tavemier", "Jean Taveruier", "Jean Tavcrnier"):
        assert any(f"« {variant} »" in message for message in told)
    for span in record.spans():
        assert SPELT_FOUR_WAYS[span.start : span.end] == span.text
