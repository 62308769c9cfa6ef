"""The corpus in figures: counted, shown, drawn, and told on a page."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from extractor.cli.main import main
from extractor.corpus.build import load_splits
from extractor.corpus.metadata import SPLITS
from extractor.corpus.statistics.counts import DIMENSIONS, KINDS, Statistics, count
from extractor.corpus.statistics.figures import Figure, drawing, figures
from extractor.corpus.statistics.page import page
from extractor.corpus.statistics.words import kind, number, share, words_of
from extractor.errors import ExitCode
from extractor.messages import LANGUAGES
from tests.conftest import ROOT
from tests.unit.corpus.test_build import corpus_folder, the_corpus

Captured = pytest.CaptureFixture[str]
PAGE = ROOT / "docs" / "corpus.md"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return corpus_folder(tmp_path / "c", ("train", "dev", "far"))


@pytest.fixture
def statistics(folder: Path) -> Statistics:
    return count(load_splits(folder))


def test_reports_words_and_facts_are_counted(statistics: Statistics) -> None:
    words = len(load_words())
    assert statistics.whole.size == 3
    assert (statistics.whole.words.min, statistics.whole.words.max) == (words, words)
    assert statistics.whole.words.total == 3 * words
    assert statistics.whole.facts == 3 * (2 + 3 + 1 + 1)
    assert statistics.facts["results.final"] == {"train": 3, "dev": 3, "far": 3}
    assert statistics.facts["mentions.pronoun"]["far"] == 1
    assert statistics.facts["incidents.mechanical"]["dev"] == 1


def load_words() -> list[str]:
    from extractor.corpus.markup import read_marks
    from tests.unit.corpus.conftest import TEXT

    return read_marks(TEXT).text.split()


def test_the_corpus_is_cut_every_way(statistics: Statistics) -> None:
    assert tuple(statistics.slices) == DIMENSIONS
    assert [part.value for part in statistics.slices["split"]] == ["train", "dev", "far"]
    assert [part.value for part in statistics.slices["era"]] == ["1950s", "1960s", "1970s"]
    (hills,) = statistics.slices["discipline"]
    assert (hills.value, hills.size, statistics.share(hills)) == ("hill_climb", 3, 1.0)


def test_every_class_of_length_has_its_place(statistics: Statistics) -> None:
    assert sum(sum(found.values()) for found in statistics.lengths.values()) == 3
    assert list(statistics.lengths) == ["0–99"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_and_dimension_has_words(lang: str) -> None:
    words = words_of(lang)
    assert set(words["kinds"]) == set(KINDS)
    assert set(words["dimension"]) == set(DIMENSIONS)
    assert set(words) == set(words_of("en"))


def test_numbers_are_written_as_each_language_does() -> None:
    assert [number(12345, lang) for lang in LANGUAGES] == ["12\u202f345", "12,345"]
    assert [number(379.5, lang) for lang in LANGUAGES] == ["379,5", "379.5"]
    assert [share(0.125, lang) for lang in LANGUAGES] == ["12,5\N{NO-BREAK SPACE}%", "12.5%"]
    assert [kind("results.final", lang) for lang in LANGUAGES] == ["Résultats : final", "Results: final"]


def test_the_command_shows_tables_and_writes_figures(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "figures.json"
    assert main(["corpus", "stats", str(folder), "--json", str(out), "--lang", "en"]) == ExitCode.OK
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("By discipline", "hill_climb", "1970s", "chronicle", "Quotes"))
    assert "\x1b" not in shown
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["documents"] == 3
    assert written["slices"]["author"]["a00"]["splits"] == {"train": 1, "dev": 1, "far": 1}
    assert written["slices"]["split"]["far"]["share"] == 0.3333
    assert main(["corpus", "stats", str(folder)]) == ExitCode.OK
    assert "Par discipline" in capsys.readouterr().out


def test_no_text_of_a_report_is_shown(folder: Path, statistics: Statistics, capsys: Captured) -> None:
    main(["corpus", "stats", str(folder)])
    told = capsys.readouterr().out + json.dumps(statistics.to_dict()) + page(statistics, "corpus")
    told += "".join(map(drawing, figures(statistics)))
    assert not any(word in told for word in ("Lorieux", "LORIEUX", "Fargeat", "magnéto"))


def test_the_page_and_its_drawings_are_written(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "docs" / "corpus.md"
    assert main(["corpus", "stats", str(folder), "--page", str(path)]) == ExitCode.OK
    assert main(["corpus", "stats", str(folder), "--plots", str(tmp_path / "plots")]) == ExitCode.OK
    text = path.read_text(encoding="utf-8")
    drawn = sorted(path.with_suffix("").glob("*.svg"))
    assert [one.name for one in drawn] == sorted(one.name for one in (tmp_path / "plots").iterdir())
    assert all(f"](corpus/{one.name})" in text for one in drawn)
    assert "[corpus/README.md](../c/README.md)" in text
    assert "| `far` | 1 | 33.3% |" in text
    assert "$" not in text


def test_drawings_say_in_words_what_they_show(statistics: Statistics) -> None:
    for figure in figures(statistics):
        root = ElementTree.fromstring(drawing(figure))
        assert root.get("role") == "img"
        assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (figure.title, figure.told)
        labels = [element.text for element in root.iter(f"{SVG}text")]
        assert {figure.title, *SPLITS} <= set(labels)
        assert all(label.replace("_", " ") in labels for label in figure.rows)


def test_bars_are_as_long_as_their_figures_and_stay_on_the_page() -> None:
    figure = Figure("x", "A < B & C", {"a_b": {"train": 30, "far": 10}, "c": {"dev": 20}, "d": {}})
    root = ElementTree.fromstring(drawing(figure))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]
    widths = [float(bar.get("width", 0)) for bar in bars]
    assert widths == pytest.approx([3 * widths[1], widths[1], 2 * widths[1]], abs=0.2)
    assert max(float(bar.get("x", 0)) + width for bar, width in zip(bars, widths, strict=True)) < 700
    assert [bar.findtext(f"{SVG}title") for bar in bars] == ["a_b, train: 30", "a_b, far: 10", "c, dev: 20"]


def test_a_drawing_of_nothing_is_a_drawing() -> None:
    ElementTree.fromstring(drawing(Figure("x", "Rien", {})))


def test_the_page_kept_is_what_the_reports_give() -> None:
    if not PAGE.exists():
        pytest.skip("the page has not been written")
    statistics = count(the_corpus())
    assert PAGE.read_text(encoding="utf-8") == page(statistics, "corpus"), "parcferme corpus stats --page"
    for figure in figures(statistics):
        kept = PAGE.with_suffix("") / f"{figure.name}.svg"
        assert kept.read_text(encoding="utf-8") == drawing(figure), kept.name
