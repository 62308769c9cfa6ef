"""The generator's French, and the phrases it is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.clock import Clock, iso, measure
from extractor.corpus.generator.grammar import before, begins_with_vowel, ordinal, parted
from extractor.corpus.generator.report import generate_one
from extractor.corpus.generator.templates import Node, Options, Verb, flat, parse, topics
from extractor.corpus.generator.verbs import conjugated
from extractor.lexicon.fold import fold

TEXTS = Path(__file__).parents[3] / "corpus" / "texts"
RUN = 12


@pytest.mark.parametrize(
    ("preposition", "article", "text", "expected"),
    [
        ("de", "", "Yves", "d'"),
        ("de", "", "Hans", "de "),
        ("de", "", "Hervé", "d'"),
        ("de", "le", "Breton", "du "),
        ("de", "le", "Auvergnat", "de l'"),
        ("à", "les", "Anglais", "aux "),
        ("à", "la", "Bretonne", "à la "),
        ("que", "", "Anne", "qu'"),
        ("", "le", "Italien", "l'"),
    ],
)
def test_prepositions(preposition: str, article: str, text: str, expected: str) -> None:
    assert before(preposition, article, text) == expected


def test_places_with_an_article() -> None:
    assert parted("Le Mans") == ("le", "Mans")
    assert parted("Lédenon") == ("", "Lédenon")
    assert not begins_with_vowel("hisser")


@pytest.mark.parametrize(
    ("lemma", "tense", "feminine", "plural", "expected"),
    [
        ("s'imposer", "perfect", True, False, "s'est imposée"),
        ("s'adjuger", "perfect", True, False, "s'est adjugé"),
        ("se hisser", "present", False, False, "se hisse"),
        ("partir", "perfect", False, True, "sont partis"),
        ("l'emporter", "simple", False, True, "l'emportèrent"),
        ("devancer", "imperfect", False, False, "devançait"),
        ("mener", "present", False, False, "mène"),
        ("ne pas repartir", "perfect", True, False, "n'est pas repartie"),
        ("mettre", "pluperfect", False, False, "avait mis"),
    ],
)
def test_verbs(lemma: str, tense: str, feminine: bool, plural: bool, expected: str) -> None:
    assert conjugated(lemma, tense, feminine, plural) == expected


def test_ordinals() -> None:
    assert [ordinal(4, style) for style in ("e", "ème", "words")] == ["4e", "4ème", "quatrième"]
    assert ordinal(1, "words", feminine=True) == "première"


@pytest.mark.parametrize(
    ("notation", "unit", "time", "expected"),
    [
        ("prime", 1, 117_675, "1'57\"675"),
        ("colon", 10, 86_720, "1:26.72"),
        ("old", 200, 372_400, "6 m. 12 s. 2/5"),
        ("prime", 100, 9_100_200, "2h31'40\"2"),
        ("letters", 1, 1_500, "1s500"),
    ],
)
def test_times(notation: str, unit: int, time: int, expected: str) -> None:
    assert Clock(notation, unit).time(time) == expected


def test_durations_of_records() -> None:
    assert iso(9_100_200) == "PT2H31M40.200S"
    assert measure("PT2H0M3.500S") == "2:0:3.500"


def _verbs(nodes: tuple[Node, ...]) -> list[Verb]:
    found: list[Verb] = []
    for node in nodes:
        if isinstance(node, Options):
            for wording in node.wordings:
                found += _verbs(wording)
        elif isinstance(node, Verb):
            found.append(node)
    return found


def test_every_phrase_can_be_read_and_conjugated() -> None:
    phrases = [phrase for lists in topics().values() for phrases in lists.values() for phrase in phrases]
    assert len(phrases) > 500
    for phrase in phrases:
        assert not re.search(r"(?<![{\w])(?:à|de|que) \{[ABC]\}", phrase), phrase
        template = parse(phrase)
        assert flat(template.nodes, Chance("x")) or not phrase
        for verb in _verbs(template.nodes):
            assert conjugated(verb.lemma, "perfect", True, True)


def test_no_slip_of_the_pen() -> None:
    slips = re.compile(
        r" [.,]|\.\.|,,|\b[dlnsjm]' |\bde le\b|\bà le\b|\bde les\b|\bà les\b|\bde [aeiou]\w|[{}\[\]]|\bNone\b"
        r"|\bsi il\b|\bque [aeiouéè]\w",
    )  # fmt: skip
    for number in range(150):
        text = generate_one(21, number).record.document.text
        found = slips.search(text)
        assert found is None, (number, text[max(0, found.start() - 40) : found.end() + 40])


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [fold(word) for word in re.findall(r"\w+", text)]
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_no_phrase_is_taken_from_the_corpus() -> None:
    files = [path for split in ("train", "dev") for path in (TEXTS / split).glob("*.report")]
    if not files:
        pytest.skip("the texts are not here")
    own = {
        run for lists in topics().values() for phrases in lists.values() for p in phrases for run in _runs(p)
    }
    for path in files:
        text = re.sub(r"\|[^\]\[|<>\n]*\]\]|\[\[|</?[a-z]\w*>", "", path.read_text(encoding="utf-8"))
        assert not own & _runs(text), path.name
