"""What the rules, the model and each part of its making are worth, on the corpus, in one table.

    python -m benchmarks.ablation [--model FOLDER] [--model-only] [--no-logic] [--halves] [NAME=FOLDER ...]
                                  [--splits dev test far] [--jobs 2]
                                  [--out docs/scores/ablation.json] [--page PAGE] [--kept]

Ways of reading are the rows: the rules, and rules and model together. ``--model-only`` adds the model without
the rules, ``--no-logic`` both together without race logic, ``--halves`` the model that only leaves out facts
of the rules, and the one that only adds some. Each NAME=FOLDER adds the rules together with another model, as
"without pretraining=training/scratch/candidate". The rules read each report once, and every model goes on
from there, as it does in ``parcferme extract``. Rows kept from earlier runs stay, as long as the rules still
score the same on the same reports. Of no split anything is kept but totals.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.report import Report
from extractor.errors import ParcFermeError
from extractor.record import RaceRecord
from extractor.scoreboard.board import Board, score_readings
from extractor.scoreboard.bootstrap import COMPOSITE
from extractor.scoreboard.paired import differences
from extractor.scoreboard.reading import Fault, Reading, load_reports
from extractor.scoreboard.releases import release_text, with_board
from extractor.scoring.report import HEADLINE
from extractor.scoring.words import figure, words_of
from extractor.training.table import signed

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractor.neural.bundle import Bundle
    from extractor.neural.heads import Reader

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "scores" / "ablation.json"
BEGIN, END = "<!-- ablation: begin -->", "<!-- ablation: end -->"
RULES, TOGETHER, ALONE, NO_LOGIC = "rules", "together", "model alone", "together, no race logic"
LEAVING, ADDING = "together, nothing added", "together, nothing left out"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_DECIMALS = 4

Figures = dict[str, Any]
Kind = Literal["together", "no_logic", "leaving", "adding", "alone"]
_NAMES: dict[Kind, str] = {
    "together": TOGETHER,
    "no_logic": NO_LOGIC,
    "leaving": LEAVING,
    "adding": ADDING,
    "alone": ALONE,
}
_Rescore = Callable[[RaceRecord, "Doc"], RaceRecord]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of reading.

    Attributes:
        name: What it is called in the table.
        folder: The model, ``None`` for the rules alone.
        kind: What the model does: works with the rules, the same without race logic, the same but only leaves
            out or only adds facts, or reads by itself.
    """

    name: str
    folder: Path | None = None
    kind: Kind = "together"


# ----------------------------------------------------------------------------------------------- reading


def boards(reports: Sequence[tuple[Split, Report]], ways: Sequence[Way], jobs: int) -> dict[str, Board]:
    """Read all reports in every way and return the scores by the names of the ways.

    Raises:
        ModelError: A model is damaged or gone.
    """
    texts = [report.record.document.text for _, report in reports]
    with _mapped(ways, jobs) as read_all:
        rows = list(read_all(texts))
    return {
        way.name: score_readings(
            Reading(split, report, row[number]) for (split, report), row in zip(reports, rows, strict=True)
        )
        for number, way in enumerate(ways)
    }


_Row = list[RaceRecord | Fault]


@contextmanager
def _mapped(ways: Sequence[Way], jobs: int) -> Iterator[Callable[[Sequence[str]], Iterator[_Row]]]:
    if jobs <= 1:
        readers = Readers(ways)
        yield lambda texts: map(readers.read, texts)
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=fresh, initializer=_begin, initargs=(ways,)) as pool:
        yield lambda texts: pool.map(_read_here, texts)


_here: list[Readers] = []


def _begin(ways: Sequence[Way]) -> None:
    _here.append(Readers(ways))


def _read_here(text: str) -> _Row:
    return _here[0].read(text)


class Readers:
    """All ways of reading, ready to read.

    Args:
        ways: The ways. Models are loaded at once, each once.
    """

    def __init__(self, ways: Sequence[Way]) -> None:
        self._rescorers = [_rescorer(way) for way in ways]

    def read(self, text: str) -> _Row:
        """Return what each way makes of a text; a way that fails costs itself alone."""
        from extractor.pipeline import read

        try:
            doc = read(text, model="none")
        except Exception as error:
            return [_fault(error)] * len(self._rescorers)
        return [_rescored(rescore, doc) for rescore in self._rescorers]


def _rescored(rescore: _Rescore, doc: Doc) -> RaceRecord | Fault:
    try:
        return rescore(doc._.record, doc)
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> Fault:
    return Fault(type(error).__name__, "", traceback.format_exc())


def _rescorer(way: Way) -> _Rescore:
    from extractor.pipeline.model.alone import read_alone
    from extractor.pipeline.model.rescoring import Together, decisions_of

    if way.folder is None:
        return lambda record, doc: record  # noqa: ARG005
    bundle, reader = _opened(way.folder)
    if way.kind == "alone":
        return lambda record, doc: read_alone(reader, record.document)  # noqa: ARG005
    decisions = decisions_of(bundle)
    if way.kind == "leaving":
        decisions = replace(decisions, add={})  # what has no threshold is not added
    elif way.kind == "adding":
        decisions = replace(decisions, keep={})  # and is not left out
    return Together(reader, decisions, logic=way.kind != "no_logic").rescore


@cache
def _opened(folder: Path) -> tuple[Bundle, Reader]:
    from extractor.neural.bundle import open_bundle
    from extractor.pipeline.model.rescoring import reader_of

    bundle = open_bundle(folder)
    return bundle, reader_of(bundle)


# ----------------------------------------------------------------------------------------------- figures


def figures(read: Mapping[str, Board], versions: Mapping[str, str]) -> Figures:
    """Return what is kept of some boards.

    Args:
        read: Scores by the name of the way; :data:`RULES` is one of them.
        versions: Version of the model of each way that has one.
    """
    ways = {name: _way(board, read[RULES], versions.get(name)) for name, board in read.items()}
    return {"ways": ways}


def _way(board: Board, rules: Board, version: str | None) -> Figures:
    kept = with_board(None, "", board, model=version)["splits"]
    return {
        "model": version,
        "splits": {
            split: {
                "documents": found["documents"],
                "corpus": found["corpus"],
                "faults": len(found["faults"]),
                COMPOSITE: found[COMPOSITE],
                "kinds": {kind: _without_counts(found["kinds"][kind]) for kind in HEADLINE},
                "gain": _gains(board.of(split), rules.of(split)),
                "calibration": {
                    name: found["calibration"]["all"][name] for name in ("facts", "said", "true", "ece")
                },
            }
            for split, found in kept.items()
        },
    }


def _without_counts(kind: Mapping[str, Any]) -> Figures:
    return {name: kind[name] for name in ("precision", "recall", "f1", "low", "high")}


def _gains(board: Board, rules: Board) -> Figures:
    """Return the differences to the rules, with their 95 % intervals over the same draws of documents."""
    both = ([document.scores for document in one.documents] for one in (rules, board))
    found = differences(*both)
    return {kind: _gain(found[kind].gain, found[kind].interval) for kind in (COMPOSITE, *HEADLINE)}


def _gain(gain: float | None, ends: tuple[float, float] | None) -> dict[str, float | None]:
    low, high = ends or (None, None)
    named = {"f1": gain, "low": low, "high": high}
    return {name: None if one is None else round(one, _DECIMALS) for name, one in named.items()}


def joined(old: Figures | None, new: Figures) -> Figures:
    """Return new figures with earlier rows, where the rules scored the same on the same reports."""
    if old is None or old["ways"].get(RULES) != new["ways"][RULES]:
        return new
    return {"ways": old["ways"] | new["ways"]}


# ------------------------------------------------------------------------------------------------ tables


def tables(kept: Figures) -> str:
    """Return the figures as Markdown, a table for each split."""
    splits = [s for s in SPLITS if any(s in way["splits"] for way in kept["ways"].values())]
    return "\n\n".join(_table(kept, split) for split in splits)


def _table(kept: Figures, split: Split) -> str:
    names = words_of("en")["kinds"]
    head = ["", "mean F1", "beside the rules", *(names[kind] for kind in HEADLINE), "ECE"]
    rows = {name: way["splits"][split] for name, way in kept["ways"].items() if split in way["splits"]}
    lines = [_line(head), "|---" + "|--:" * (len(head) - 1) + "|"]
    lines += [_line([name, *_cells(name, row)]) for name, row in rows.items()]
    documents = next(iter(rows.values()))["documents"]
    return f"`{split}`, {documents} reports:\n\n" + "\n".join(lines)


def _cells(name: str, row: Figures) -> Iterator[str]:
    yield f"**{_with_ends(row[COMPOSITE])}**"
    yield "" if name == RULES else _with_ends(row["gain"][COMPOSITE], signed)
    yield from (_with_ends(row["kinds"][kind]) for kind in HEADLINE)
    yield figure(row["calibration"]["ece"], "en")


def _with_ends(found: Mapping[str, float | None], told: Callable[[float | None, str], str] = figure) -> str:
    if found["low"] is None:
        return told(found["f1"], "en")
    return f"{told(found['f1'], 'en')} [{told(found['low'], 'en')}, {told(found['high'], 'en')}]"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def with_tables(page: str, kept: Figures) -> str:
    """Return a page with the tables between its marks brought up to date.

    Raises:
        ValueError: It has no such marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{tables(kept)}\n{END}{after}"


# ------------------------------------------------------------------------------------------ command line


def ways_of(model: Path | None, kinds: Sequence[Kind], others: Sequence[str]) -> list[Way]:
    """Return the ways that are asked for, the rules first.

    Args:
        model: Folder of the model, ``None`` for none.
        kinds: What it is to do.
        others: Names and folders of other models, as NAME=FOLDER.

    Raises:
        ModelError: A folder holds no model.
        ValueError: Something that should be NAME=FOLDER is not, or a name is taken twice.
    """
    from extractor.pipeline.model.location import find_bundle

    found = [Way(RULES)]
    if model is not None:
        found += [Way(_NAMES[kind], model, kind) for kind in kinds]
    for other in others:
        name, _, folder = other.partition("=")
        if not (name and folder):
            raise ValueError(f"not NAME=FOLDER: {other}")
        found.append(Way(name, find_bundle(Path(folder))))
    if len({way.name for way in found}) < len(found):
        raise ValueError("two ways have the same name")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, keep and print; return the exit status."""
    options = _parser().parse_args(arguments)
    os.environ |= {name: os.environ.get(name, "1") for name in _THREADS}
    kept = json.loads(options.out.read_text(encoding="utf-8")) if options.out.exists() else None
    try:
        if not options.kept:
            new = _measured(options)
            if kept is not None and set(joined(kept, new)["ways"]) < {*kept["ways"], *new["ways"]}:
                print("rules or reports have changed: earlier rows are dropped", file=sys.stderr)
            kept = joined(kept, new)
            options.out.write_text(release_text(kept), encoding="utf-8")
        if kept is None:
            raise ValueError(f"nothing is kept in {options.out}")
        if options.page:
            page = with_tables(options.page.read_text(encoding="utf-8"), kept)
            options.page.write_text(page, encoding="utf-8")
    except ParcFermeError as error:
        print(error.in_language("en"), file=sys.stderr)
        return error.exit_code
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(tables(kept))
    return 0


def _measured(options: argparse.Namespace) -> Figures:
    from extractor.neural.bundle import open_bundle
    from extractor.pipeline.model.location import find_bundle

    model = find_bundle(options.model)
    asked: dict[Kind, bool] = {
        "alone": options.model_only,
        "together": True,
        "no_logic": options.no_logic,
        "leaving": options.halves,
        "adding": options.halves,
    }
    ways = ways_of(model, [kind for kind, wanted in asked.items() if wanted], options.others)
    versions = {way.name: open_bundle(way.folder).version for way in ways if way.folder}
    reports = load_reports(options.corpus, options.splits)
    return figures(boards(reports, ways, options.jobs), versions)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__)
    parser.add_argument("others", nargs="*", metavar="NAME=FOLDER", help="another model, with the rules")
    parser.add_argument("--model", help="the model, instead of the shipped one; none for none")
    parser.add_argument("--model-only", action="store_true", help="a row for the model without the rules")
    parser.add_argument("--no-logic", action="store_true", help="a row for both without race logic")
    parser.add_argument("--halves", action="store_true", help="rows for leaving out and for adding alone")
    parser.add_argument("--splits", nargs="+", choices=SPLITS, default=["dev", "test", "far"])
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=KEPT)
    parser.add_argument("--page", type=Path, help=f"a page to put the tables into, between {BEGIN} and {END}")
    parser.add_argument("--kept", action="store_true", help="read nothing anew, show what is kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
