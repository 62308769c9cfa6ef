"""What is not in French is not read, and said; French of any age and state is."""

from __future__ import annotations

import sys

import pytest

import extractor
from extractor.pipeline.tongues import not_french
from extractor.readers import Page, Skipped, SourceText, Unread, Word

FRENCH = (
    "Jean Tavernier (Porsche) s'est imposé en course 1 devant Louis Marchal et Paul Ortolan. Parti en pole position, "
    "le pilote de l'Écurie du Lac a mené tous les tours. Louis Marchal a abandonné en course 2 sur casse moteur."
)
ENGLISH = (
    "Jean Tavernier won race 1 ahead of Louis Marchal and Paul Ortolan. The driver started from pole position and led "
    "all the laps. Louis Marchal retired from the second race with a broken engine, and he was not happy about it."
)
DUTCH = (
    "Jean Tavernier won de eerste wedstrijd voor Louis Marchal. De rijder van het team had een ronde voorsprong, maar "
    "zijn motor werd te warm en hij moest het tijdens de tweede wedstrijd opgeven, zoals dat ook bij de proeven was."
)
LATIN = (
    "Anno Domini millesimo quadringentesimo, rex cum suis militibus ad flumen pervenit, quod inter duas civitates est; "
    "sed hostes non erant ibi, et ille qui urbem tenebat atque portas clauserat, nec arma nec pacem petebat."
)
OLD = (
    "Les voitures estoient au nombre de douze, & chacun avoit payé son escot ; le sieur de la Mare, qui couroit pour la "
    "premiere fois, ne put aller plus loin que le village, où sa machine prit feu devant tout le monde assemblé."
)
DAMAGED = (
    "La coursc a etc gagnce par le pilotc dc Ronen, qni avait pris le dépnrt en denxième 1igne. Lc Parisien Marchal, "
    "viclime d'nne panne au troisièmc tonr, a dû abandonncr devant les stands et n'a pas pu repartir."
)
LIST = "1. Tavernier (Porsche) 2. Marchal (Alpine) 3. Ortolan (Lola) 4. Smith (Lotus) 5. Van der Brume (Ford)"


def foreign(text: str) -> list[str]:
    return [text[a:b] for a, b in not_french(text).stretches]


@pytest.mark.parametrize(
    "text", [FRENCH, OLD, DAMAGED, LIST, f"{FRENCH}\n\n{LIST}", "", "Tavernier\n\nThe Kart Team"]
)
def test_french_of_any_age_and_lists_are_read(text: str) -> None:
    assert foreign(text) == []


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (DUTCH, "nl"), (LATIN, "la")])
def test_a_document_in_another_language_is_told(text: str, language: str) -> None:
    found = not_french(f"TAVERNIER\n\n{text}\n\n{text}")
    assert found.language == language
    assert found.stretches == ((0, len(f"TAVERNIER\n\n{text}\n\n{text}")),)


@pytest.mark.parametrize("other", [ENGLISH, DUTCH, LATIN])
def test_a_translation_below_is_left_out(other: str) -> None:
    assert foreign(f"TAVERNIER GAGNE\n\n{FRENCH}\n\n{other}\n\n{LIST}") == [other]
    assert foreign(f"{FRENCH}\n\n{other}\n\nTAVERNIER\n\n{other}\n\n{FRENCH}") == [
        f"{other}\n\nTAVERNIER\n\n{other}"
    ]


def test_its_heading_goes_with_it() -> None:
    assert foreign(f"{FRENCH}\n\nWhat the winner had to say\n\n{ENGLISH}")[0].startswith("What the winner")


def test_a_foreign_phrase_in_french_prose_is_french() -> None:
    assert foreign(f"{FRENCH} « The car was perfect and I had the pace », disait Smith à l'arrivée.") == []


def test_plain_french_does_not_load_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert foreign(f"{FRENCH}\n\n{OLD}\n\n{DAMAGED}\n\n{ENGLISH}") == [ENGLISH]


def test_a_record_of_another_language_is_empty_and_says_so() -> None:
    record = extractor.extract(ENGLISH, model="none")
    assert (record.document.language, record.drivers, record.results) == ("en", (), ())
    assert record.coverage.characters_read == 0
    assert [(one.reason, one.text) for one in record.coverage.skipped] == [("not_french", ENGLISH)]
    assert [one.code for one in record.findings] == ["not_french"]


def test_of_a_mixed_document_the_french_is_read() -> None:
    alone = extractor.extract(FRENCH, model="none")
    record = extractor.extract(f"{FRENCH}\n\n{ENGLISH}", model="none")
    assert record.document.language == "fr"
    assert record.results == alone.results
    assert record.drivers == alone.drivers
    assert record.coverage.characters_read == len(FRENCH) + 2
    (finding,) = [one for one in record.findings if one.code == "not_french"]
    assert [span.text for span in finding.evidence] == [ENGLISH]


def test_what_is_left_out_twice_counts_once() -> None:
    text = f"{FRENCH}\n\n{ENGLISH}"
    end = len(FRENCH) + 2 + 40
    source = SourceText.of(
        text, source="a.html", media_type="text/html", skipped=(Skipped(len(FRENCH) + 2, end, "advert"),)
    )
    assert extractor.extract(source, model="none").coverage.characters_read == len(FRENCH) + 2


def test_pages_without_text_and_pages_read_badly_are_findings() -> None:
    words, at = [], 0
    for part in FRENCH.split():
        start = FRENCH.index(part, at)
        at = start + len(part)
        words.append(Word(start, at, 1, start, 0, len(part), 10, confidence=0.4))
    source = SourceText.of(
        FRENCH,
        source="scan.pdf",
        media_type="application/pdf",
        pages=(Page(1, 0, len(FRENCH), 300, 24, "pixel"),),
        words=tuple(words),
        unread=(Unread("blank_page", 2), *(Unread("unreadable_page", n) for n in (3, 5, 6, 7))),
    )
    found = {one.code: one.message for one in extractor.extract(source, model="none").findings}
    assert found["unread_page"] == "pages 3, 5-7 : illisible"
    assert found["low_quality_page"].startswith("page 1 : ")
