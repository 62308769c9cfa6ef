"""Slips of the annotator: what a report file says that is unlikely to be meant.

All of it is doubt, not error: ``accept CODE: reason`` in the block of facts settles it. A name that is not
marked everywhere is the exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.corpus.evidence import occurrences
from extractor.corpus.problems import Problem
from extractor.corpus.report import Report
from extractor.lexicon.fold import fold
from extractor.record import RaceRecord, Result

_LEAST_WORDS, _MOST_WORDS = 150, 1200
_QUOTED = re.compile(r"«\s*([^«»]{40,}?)\s*»|“([^“”]{40,}?)”")
_GIVEN = r"[A-ZÉÈÎ][a-zéèêëïîôüç]+(?:-[A-ZÉÈ][a-zéèêëïîôüç]+)?"
_PERSON = re.compile(rf"\b{_GIVEN} (?:(?:de|van|von|le|La|Le|De) )?[A-ZÉÈÎ][\w'’-]{{2,}}")


def problems_of(report: Report, first_names: frozenset[str] = frozenset()) -> list[Problem]:
    """Return what is wrong or doubtful in a report that compiles.

    Args:
        report: The report, before noise.
        first_names: First names, folded, by which an unmarked person may be known.
    """
    found = [*_length(report), *_places(report.record), *_idle(report), *_retired(report.record)]
    found += [*_labels(report), *_times(report.record), *_quotes(report)]
    found += [*_unmarked(report), *_people(report, first_names)]
    return [problem for problem in found if not (problem.doubt and problem.code in report.draft.accepted)]


def _doubt(code: str, line: int | None = None, **parameters: object) -> Problem:
    return Problem(code, line, parameters, doubt=True)


def _length(report: Report) -> Iterator[Problem]:
    words = len(report.draft.marked.text.split())
    if not _LEAST_WORDS <= words <= _MOST_WORDS:
        yield _doubt("length", words=words, least=_LEAST_WORDS, most=_MOST_WORDS)


def _unmarked(report: Report) -> Iterator[Problem]:
    marked = report.draft.marked
    inside = [(mark.start, mark.end) for mark in marked.marks]
    names = {marked.text[mark.start : mark.end] for mark in marked.marks if mark.form == "name" and mark.keys}
    for name in sorted(names):
        if len(name) < 3:
            continue
        for start, end in occurrences(marked.text, name):
            if not any(a <= start and end <= b for a, b in inside):
                near = " ".join(marked.text[max(0, start - 25) : end + 25].split())
                yield Problem("unmarked_name", None, {"name": name, "near": near})


def _people(report: Report, first_names: frozenset[str]) -> Iterator[Problem]:
    marked = report.draft.marked
    for match in _PERSON.finditer(marked.text):
        if fold(match[0].split()[0]) not in first_names:
            continue
        if not any(mark.start < match.end() and match.start() < mark.end for mark in marked.marks):
            yield _doubt("unmarked_person", name=match[0])


def _quotes(report: Report) -> Iterator[Problem]:
    marked = report.draft.marked
    spoken = [stretch for fact in report.draft.quotes for stretch in fact.evidence]
    for match in _QUOTED.finditer(marked.text):
        start, end = match.span(1) if match[1] else match.span(2)
        if not any(a < end and start < b for a, b in spoken):
            yield _doubt("unmarked_quote", words=marked.text[start : start + 50])
    for start, end in spoken:
        if marked.text[start] in '«“"»' or marked.text[end - 1] in '«“"»':
            yield _doubt("marks_in_quote", words=marked.text[start : start + 50])


def _places(record: RaceRecord) -> Iterator[Problem]:
    names = {driver.id: driver.name for driver in record.drivers}
    held: dict[tuple[object, ...], list[Result]] = {}
    for result in record.results:
        if result.kind != "running" and result.position is not None:
            key = (result.session, result.kind, result.scope, result.position)
            held.setdefault(key, []).append(result)
    for (_, kind, scope, position), results in held.items():
        if len(results) > 1:
            crews = " / ".join("+".join(names[d] for d in result.drivers) for result in results)
            yield _doubt("two_holders", kind=kind, scope=scope, place=position, crews=crews)


def _times(record: RaceRecord) -> Iterator[Problem]:
    lists: dict[tuple[object, ...], list[tuple[int, str]]] = {}
    for result in record.results:
        if result.kind in ("final", "qualifying") and result.position and result.time:
            lists.setdefault((result.session, result.kind, result.scope), []).append(
                (result.position, result.time)
            )
    for (_, kind, scope), rows in lists.items():
        rows.sort()
        times = [_seconds(time) for _, time in rows]
        if times != sorted(times):
            yield _doubt("times_disorder", kind=kind, scope=scope)


def _seconds(duration: str) -> float:
    parts = re.findall(r"([\d.]+)([HMS])", duration)
    return sum(float(n) * {"H": 3600, "M": 60, "S": 1}[unit] for n, unit in parts)


def _idle(report: Report) -> Iterator[Problem]:
    record = report.record
    busy = {d for result in record.results for d in result.drivers}
    busy |= {d for entry in record.entries for d in entry.drivers}
    busy |= {p.driver for incident in record.incidents for p in incident.participants if p.driver}
    busy |= {quote.speaker for quote in record.quotes if quote.speaker}
    for driver in record.drivers:
        if driver.id not in busy:
            yield _doubt("idle_driver", name=driver.name)


def _retired(record: RaceRecord) -> Iterator[Problem]:
    names = {driver.id: driver.name for driver in record.drivers}
    out = {(r.session, d) for r in record.results if r.status != "classified" for d in r.drivers}
    for incident in record.incidents:
        if incident.type != "retirement":
            continue
        for participant in incident.participants:
            if participant.driver and (incident.session, participant.driver) not in out:
                yield _doubt("retired_without_result", name=names[participant.driver])


def _labels(report: Report) -> Iterator[Problem]:
    used = {stretch for fact in report.draft.facts() for stretch in fact.evidence}
    for label, stretches in report.draft.marked.labels.items():
        if not any(a <= start and end <= b for start, end in used for a, b in stretches):
            yield _doubt("unused_label", label=label)
    known = report.draft.keys()
    for mark in report.draft.marked.marks:
        for key in mark.keys:
            if key not in known:
                yield Problem("undeclared_key", None, {"key": key})
