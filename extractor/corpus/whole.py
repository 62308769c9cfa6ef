"""What must hold of the corpus as a whole: no repetition, splits apart, sealed splits untouched, coverage."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extractor.corpus.library import TEXTS
from extractor.corpus.metadata import Split
from extractor.corpus.overlap import overlaps
from extractor.corpus.problems import Problem
from extractor.corpus.report import Report
from extractor.lexicon.fold import fold

Corpus = Mapping[Split, Sequence[Report]]

SEALED: tuple[Split, ...] = ("test", "far")
SEAL_FILE = "SHA256SUMS"
GREATEST_SHARE = 0.10  # of one discipline
LEAST_OLD, LEAST_MIDDLE = 0.20, 0.20  # reports of races before 1970, and of 1970 to 1999
LEAST_DISCIPLINES, LEAST_STYLES, LEAST_FAR = 20, 15, 50
LEAST_REPORTS, LEAST_WORDS = 320, 110_000


def problems_of_corpus(corpus: Corpus, folder: Path) -> list[Problem]:
    """Return what is wrong with the corpus as a whole."""
    return [
        *_repeated(corpus),
        *_shared_names(corpus),
        *_not_far(corpus),
        *_coverage([report for reports in corpus.values() for report in reports]),
        *_broken_seals(folder),
    ]


def _repeated(corpus: Corpus) -> Iterator[Problem]:
    texts = ((r.name, r.draft.marked.text) for reports in corpus.values() for r in reports)
    for overlap in overlaps(texts):
        where = {"first": overlap.first, "second": overlap.second, "words": overlap.words}
        yield Problem("shared_passage", None, where)


def _shared_names(corpus: Corpus) -> Iterator[Problem]:
    """Full names, teams and authors belong to one split each."""
    owner: dict[str, tuple[Split, str]] = {}
    for split, reports in corpus.items():
        for report in reports:
            people = [d.name for d in report.record.drivers if " " in d.name]
            for name in {*people, *(t.name for t in report.record.teams), report.metadata.author}:
                first, document = owner.setdefault(fold(name), (split, report.name))
                if first != split:
                    where = {"name": name, "first": document, "second": report.name}
                    yield Problem("shared_name", None, where)


def _not_far(corpus: Corpus) -> Iterator[Problem]:
    """A far report has a discipline, an era or a style that occurs nowhere else."""
    near = [r.metadata for split, reports in corpus.items() if split != "far" for r in reports]
    known = {*(m.discipline for m in near), *(m.era for m in near), *(m.style for m in near)}
    for report in corpus.get("far", ()):
        about = report.metadata
        if {about.discipline, about.era, about.style} <= known:
            yield Problem("not_far", None, {"name": report.name})


def _coverage(reports: Sequence[Report]) -> Iterator[Problem]:
    count, words = len(reports), sum(len(r.draft.marked.text.split()) for r in reports)
    disciplines = Counter(r.metadata.discipline for r in reports)
    old = sum(r.metadata.year < 1970 for r in reports) / count
    middle = sum(1970 <= r.metadata.year < 2000 for r in reports) / count
    largest, most = disciplines.most_common(1)[0]
    asked = [
        ("reports", count, LEAST_REPORTS),
        ("words", words, LEAST_WORDS),
        ("disciplines", len(disciplines), LEAST_DISCIPLINES),
        ("styles", len({r.metadata.style for r in reports}), LEAST_STYLES),
        ("before 1970", round(old, 3), LEAST_OLD),
        ("1970 to 1999", round(middle, 3), LEAST_MIDDLE),
    ]
    for what, found, least in asked:
        if found < least:
            yield Problem("too_little", None, {"what": what, "found": found, "least": least})
    if most / count > GREATEST_SHARE:
        yield Problem("too_much", None, {"what": largest, "found": round(most / count, 3)})


def seal(folder: Path) -> str:
    """Return the hashes of the report files that nobody may change, as ``sha256sum`` writes them."""
    lines = []
    for split in SEALED:
        for path in sorted((folder / TEXTS / split).glob("*.report")):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines)


def _broken_seals(folder: Path) -> Iterator[Problem]:
    path = folder / SEAL_FILE
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if kept != seal(folder):
        changed = {line.split()[-1] for line in {*kept.splitlines()} ^ {*seal(folder).splitlines()}}
        yield Problem("seal_broken", None, {"files": ", ".join(sorted(changed)), "seals": SEAL_FILE})
