"""The page that tells what the corpus holds: ``docs/corpus.md``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from string import Template

from extractor.corpus.metadata import SPLITS
from extractor.corpus.statistics.counts import Slice, Statistics
from extractor.corpus.statistics.figures import Figure, figures
from extractor.corpus.statistics.words import kind, number, share


def page(statistics: Statistics, plots: str, card: str = "../corpus/README.md") -> str:
    """Return the page, in Markdown.

    Args:
        statistics: What it tells.
        plots: The folder of the drawings, as seen from the page.
        card: The corpus's own page, as seen from this one.
    """
    template = files("extractor.corpus.statistics").joinpath("page.md").read_text(encoding="utf-8")
    drawn = {figure.name: _image(figure, plots) for figure in figures(statistics)}
    return Template(template).substitute(
        documents=number(statistics.whole.size, "en"),
        words=number(statistics.whole.words.total, "en"),
        card=card,
        splits=_slices(statistics, "split"),
        disciplines=f"{drawn['disciplines']}\n\n{_slices(statistics, 'discipline')}",
        eras=drawn["eras"],
        styles=drawn["styles"],
        noises=_slices(statistics, "noise"),
        lengths=drawn["lengths"],
        facts=f"{drawn['facts']}\n\n{_facts(statistics)}",
    )


def _image(figure: Figure, plots: str) -> str:
    return f"![{figure.title}: {figure.told}]({plots}/{figure.name}.svg)"


def _slices(statistics: Statistics, dimension: str) -> str:
    parts = [(f"`{part.value}`", part) for part in statistics.slices[dimension]]
    rows = (_cells(statistics, name, part) for name, part in [*parts, ("all", statistics.whole)])
    return _table((dimension, "reports", "share", "words", "shortest", "median", "longest", "facts"), rows)


def _cells(statistics: Statistics, name: str, part: Slice) -> list[str]:
    lengths = part.words
    figures = (lengths.total, lengths.min, lengths.median, lengths.max, part.facts)
    told = [number(part.size, "en"), share(statistics.share(part), "en")]
    return [name, *told, *(number(figure, "en") for figure in figures)]


def _facts(statistics: Statistics) -> str:
    rows = []
    for name, found in statistics.facts.items():
        counts = [*(found.get(split, 0) for split in SPLITS), sum(found.values())]
        rows.append([kind(name, "en"), *(number(one, "en") for one in counts)])
    return _table(("kind", *SPLITS, "all"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rules = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rules, *rows))
