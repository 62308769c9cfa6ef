"""What each release scored, kept beside the documentation: ``docs/scores/VERSION.json``.

The same scores always give the same file. Of ``dev`` the tallies of every report are kept, so that a later
state of the program can be compared on the very same reports; of the hidden splits sums alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import InputError, UsageError
from extractor.neural.reliability import Reliability
from extractor.scoreboard.board import Board, ScoredDocument
from extractor.scoreboard.bootstrap import COMPOSITE, Interval, intervals
from extractor.scoring.document import KINDS, Scores
from extractor.scoring.report import HEADLINE, composite
from extractor.scoring.tally import Tally

FOLDER = Path("docs/scores")
#: The split whose reports are kept one by one.
WATCHED = "dev"
_VERSION = re.compile(r"\d+(?:\.\d+)+(?:[.-]?[a-z]+\.?\d*)?")
_DECIMALS = 4

Release = dict[str, Any]


def checked_version(version: str) -> str:
    """Return a version that can be a file's name and be put in order.

    Raises:
        UsageError: It can not.
    """
    if not _VERSION.fullmatch(version):
        raise UsageError("bad_version", version=version)
    return version


def with_board(release: Release | None, version: str, board: Board, *, model: str | None = None) -> Release:
    """Return a release with the splits of a board put in; its other splits stay.

    Args:
        release: What is kept of the release so far.
        version: Its version.
        board: The scores.
        model: Version of the model that the rules worked with; ``None`` where they worked alone.
    """
    splits = dict(release["splits"]) if release else {}
    splits |= {split: {"model": model, **_kept(board.of(split))} for split in board.splits}
    return {"version": version, "splits": dict(sorted(splits.items()))}


def release_text(release: Release) -> str:
    """Return a release as JSON text, one line for each kind, slice and report."""
    return "".join(_indented(release, 0)) + "\n"


def read_release(path: Path) -> Release | None:
    """Return the release kept in a file; ``None`` where there is no such file.

    Raises:
        InputError: It holds something else.
    """
    if not path.exists():
        return None
    try:
        release = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError("not_scores", source=str(path)) from error
    if not (isinstance(release, dict) and isinstance(release.get("splits"), dict)):
        raise InputError("not_scores", source=str(path))
    return {**release, "version": path.name.removesuffix(".json")}


def read_releases(folder: Path) -> list[Release]:
    """Return the releases kept in a folder, the newest first; files of other names are something else."""
    paths = (path for path in folder.glob("*.json") if _VERSION.fullmatch(path.stem))
    releases = [release for path in paths if (release := read_release(path))]
    return sorted(releases, key=lambda release: _order(release["version"]), reverse=True)


def _order(version: str) -> tuple[tuple[int, ...], bool, str, int]:
    """Put numbers in order, and what is called ``rc`` or the like before what it leads up to."""
    numbers, suffix, count = re.match(r"([\d.]+)[.-]?([a-z]*)\.?(\d*)", version).groups()  # type: ignore[union-attr]
    return tuple(int(n) for n in numbers.split(".") if n), not suffix, suffix, int(count or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of the program on the same reports.

    Attributes:
        names: The reports that both have read.
        then: Scores of the earlier one.
        now: Scores of the later one.
        floor: Lower end of the earlier one's interval, ``None`` where there are too few reports.
    """

    names: tuple[str, ...]
    then: Scores
    now: Scores
    floor: float | None

    @property
    def has_fallen(self) -> bool:
        """Whether the composite is below what chance would explain."""
        found = composite(self.now)
        return self.floor is not None and (found is None or found < self.floor)

    def fallen_kinds(self) -> Iterator[tuple[str, float, float]]:
        """Yield the kinds of fact whose F1 is lower now, with both figures, the deepest fall first."""
        both = ((kind, self.then.tallies[kind].f1, self.now.tallies[kind].f1 or 0.0) for kind in KINDS)
        fallen = [(kind, then, now) for kind, then, now in both if then is not None and now < then]
        yield from sorted(fallen, key=lambda one: one[2] - one[1])


def compared(release: Release, board: Board) -> Comparison:
    """Compare a board with what a release scored on the same reports, their text and gold unchanged."""
    reports = release["splits"].get(WATCHED, {}).get("reports", {})
    documents = {document.name: document for document in board.documents if document.split == WATCHED}
    names = tuple(name for name in sorted(documents) if _is_same(documents[name], reports.get(name)))
    then = [_scores(reports[name]["tallies"]) for name in names]
    ends = intervals(then)[COMPOSITE]
    return Comparison(
        names,
        sum(then, Scores()),
        sum((documents[name].scores for name in names), Scores()),
        ends[0] if ends else None,
    )


def _is_same(document: ScoredDocument, kept: Mapping[str, Any] | None) -> bool:
    return kept is not None and kept["gold"] == document.fingerprint


def _kept(board: Board) -> Release:
    kept: Release = {
        "documents": len(board.documents),
        "corpus": _fingerprint(board),
        "composite": {"f1": _rounded(board.report.composite), **_ends(board.intervals[COMPOSITE])},
        "kinds": {kind: _kind(board, kind) for kind in KINDS},
        "slices": {
            dimension: {
                one.value: {"documents": one.size, "composite": _rounded(composite(one.scores))}
                for one in slices
            }
            for dimension, slices in board.slices.items()
        },
        "calibration": {
            "all": _reliability(board.calibration.total),
            **{kind: _reliability(found) for kind, found in board.calibration.kinds.items()},
        },
        "faults": sorted(document.name for document in board.faults),
    }
    if board.splits == (WATCHED,):
        kept["reports"] = {
            document.name: {"gold": document.fingerprint, "tallies": _tallies(document.scores)}
            for document in sorted(board.documents, key=lambda d: d.name)
        }
    return kept


def _reliability(found: Reliability) -> dict[str, Any]:
    """Return what confidences are worth, a bin as [facts, said, true]."""
    figures = {name: _rounded(value) for name, value in found.to_dict().items() if name != "bins"}
    return figures | {"bins": [[one.count, _rounded(one.said), _rounded(one.true)] for one in found.bins]}


def _kind(board: Board, kind: str) -> dict[str, Any]:
    figures = {name: _rounded(value) for name, value in board.total.tallies[kind].to_dict().items()}
    return figures | (_ends(board.intervals[kind]) if kind in HEADLINE else {})


def _ends(interval: Interval | None) -> dict[str, float | None]:
    low, high = interval or (None, None)
    return {"low": _rounded(low), "high": _rounded(high)}


def _rounded(value: float | None) -> float | None:
    return round(value, _DECIMALS) if isinstance(value, float) else value


def _fingerprint(board: Board) -> str:
    """Return which texts and gold records were scored, in one word."""
    known = sorted((document.name, document.fingerprint) for document in board.documents)
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:12]


def _tallies(scores: Scores) -> dict[str, list[int]]:
    """Return the counts of the kinds that have any."""
    tallies = ((kind, scores.tallies[kind]) for kind in KINDS)
    return {kind: [t.tp, t.fp, t.fn] for kind, t in tallies if t != Tally()}


def _scores(tallies: Mapping[str, list[int]]) -> Scores:
    return Scores({kind: Tally(*tallies.get(kind, (0, 0, 0))) for kind in KINDS})


def _indented(value: Any, depth: int) -> Iterator[str]:
    """Yield JSON text with objects in objects spread over lines and the innermost ones on one."""
    if not isinstance(value, dict) or not any(isinstance(inner, dict) for inner in value.values()):
        yield json.dumps(value, ensure_ascii=False)
        return
    margin = "  " * depth
    if set(value) == {"gold", "tallies"}:  # a report
        yield json.dumps(value, ensure_ascii=False)
        return
    yield "{"
    for number, (key, inner) in enumerate(value.items()):
        yield f"{',' if number else ''}\n{margin}  {json.dumps(key, ensure_ascii=False)}: "
        yield from _indented(inner, depth + 1)
    yield f"\n{margin}}}"
