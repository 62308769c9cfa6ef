"""The record of each file against the record of the plain text, and both against gold."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.archives.render import BOUNDS, Rendering
from benchmarks.archives.texts import Alignment, without
from extractor.errors import ParcFermeError
from extractor.record import RaceRecord
from extractor.scoring.document import Scores, align_facts, score_facts
from extractor.scoring.facts import Facts, Ranges, facts_of_record, merged
from extractor.scoring.report import HEADLINE, composite


@dataclass(frozen=True, slots=True)
class Compared:
    """One file.

    Attributes:
        name: Of the report.
        format: What it is rendered as.
        kind: The file's suffix.
        plain: The file's record, scored with the plain text's record for truth.
        gold: The file's record, scored with the gold record.
        plain_gold: The plain text's record, scored with the gold record.
        share: How much of the plain text is in the file's text.
        lost: Facts of the plain text that the file does not give, and the other way round, in words.
        error: Why there is no record.
    """

    name: str
    format: str
    kind: str
    plain: Scores
    gold: Scores
    plain_gold: Scores
    share: float = 0.0
    lost: tuple[str, ...] = ()
    error: str | None = None
    record: RaceRecord | None = field(default=None, repr=False)

    @property
    def f1(self) -> float:
        """Mean F1 over the headline kinds against the plain text; 1 where both have no facts."""
        figure = composite(self.plain)
        return 1.0 if figure is None else figure


def compare(renderings: Sequence[Rendering], model: str | None) -> list[Compared]:
    """Read every file and compare; files that cannot be read count as empty records."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_compared, [(one, model) for one in renderings], chunksize=4))


_PLAIN: dict[tuple[str, str | None], RaceRecord] = {}


def _compared(job: tuple[Rendering, str | None]) -> Compared:
    import extractor
    from extractor.readers import ReadOptions

    rendering, model = job
    report = rendering.report
    if (report.name, model) not in _PLAIN:
        _PLAIN[report.name, model] = extractor.extract(report.text, model=model)
    plain = _PLAIN[report.name, model]
    gold, told = facts_of_record(report.gold), facts_of_record(plain)
    plain_gold = score_facts(gold, told)
    place = partial(Compared, report.name, rendering.format, rendering.path.suffix[1:], plain_gold=plain_gold)
    try:
        record = extractor.extract_file(rendering.path, options=ReadOptions(jobs=1), model=model)
    except Exception as error:  # whatever a reader does wrong is a finding, and not the end
        none = Facts()
        return place(plain=score_facts(told, none), gold=score_facts(gold, none), error=_told(error))
    aligned = Alignment(report.text, record.document.text)
    skipped = merged((span.start, span.end) for span in record.coverage.skipped)
    pred = without_skipped(facts_of_record(record), skipped)
    truth = without_skipped(carried(told, aligned), skipped)
    return place(
        plain=score_facts(truth, pred),
        gold=score_facts(without_skipped(carried(gold, aligned), skipped), pred),
        share=aligned.share(),
        lost=tuple(_differences(truth, pred)),
        record=record,
    )


def _told(error: Exception) -> str:
    if isinstance(error, ParcFermeError):
        return f"{type(error).__name__}: {error.code}"
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"


def carried(facts: Facts, aligned: Alignment) -> Facts:
    """Return facts with their quotes where they stand in the other text; mentions are not compared."""
    quotes = tuple(replace(quote, ranges=aligned.ranges(quote.ranges)) for quote in facts.quotes)
    return replace(facts, quotes=quotes, mentions=None)


def without_skipped(facts: Facts, skipped: Ranges) -> Facts:
    """Return facts whose quotes have no running heads in them."""
    quotes = tuple(replace(quote, ranges=without(quote.ranges, skipped)) for quote in facts.quotes)
    return replace(facts, quotes=quotes, mentions=None)


def _differences(truth: Facts, pred: Facts) -> Iterator[str]:
    aligned = align_facts(truth, pred)
    for kind in HEADLINE:
        for sign, facts in (("-", aligned[kind].missed), ("+", aligned[kind].spurious)):
            for fact in facts:
                yield f"{sign} {kind} {fact}"


def summary(compared: Sequence[Compared]) -> dict[str, Any]:
    """Return the figures by format, worst documents named, ready for JSON."""
    formats: dict[str, Any] = {}
    for fmt in dict.fromkeys(one.format for one in compared):
        ones = [one for one in compared if one.format == fmt]
        formats[fmt] = _figures(ones, BOUNDS[fmt])
    return formats


def _figures(ones: list[Compared], bound: float) -> dict[str, Any]:
    total = sum((one.plain for one in ones), Scores())
    gold = composite(sum((one.gold for one in ones), Scores()))
    plain = composite(sum((one.plain_gold for one in ones), Scores()))
    worst = sorted(ones, key=lambda one: one.f1)[:3]
    return {
        "documents": len(ones),
        "f1": composite(total),
        "f1_mean_of_documents": mean(one.f1 for one in ones),
        "bound": bound,
        "below": sum(one.f1 < bound for one in ones),
        "kinds": {kind: total.tallies[kind].f1 for kind in HEADLINE},
        "gold_f1": gold,
        "plain_gold_f1": plain,
        "of_plain_against_gold": gold / plain if gold is not None and plain else None,
        "text_share": mean(one.share for one in ones),
        "errors": {one.name: one.error for one in ones if one.error},
        "worst": {f"{one.name}.{one.kind}": round(one.f1, 3) for one in worst},
    }


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table in Markdown."""
    columns = ("format", "files", "F1", "bound", "below", *HEADLINE, "of gold", "text", "errors", "worst")
    rows = ["| " + " | ".join(columns) + " |", "|---|" + "---:|" * (len(columns) - 2) + "---|"]
    for fmt, one in figures.items():
        cells = [fmt, one["documents"], _figure(one["f1"]), one["bound"], one["below"]]
        cells += [_figure(one["kinds"][kind]) for kind in HEADLINE]
        cells += [_figure(one["of_plain_against_gold"]), _figure(one["text_share"]), len(one["errors"])]
        cells.append(", ".join(f"{name} {f1:.2f}" for name, f1 in one["worst"].items() if f1 < 1))
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows) + "\n"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def write_differences(compared: Sequence[Compared], path: Path) -> None:
    """Write what each file's record lacks and has too much, document by document."""
    lines = []
    for one in compared:
        if one.lost or one.error:
            lines.append(f"## {one.format} {one.name} {one.f1:.3f} {one.error or ''}")
            lines += one.lost
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
