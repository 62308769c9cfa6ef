"""The lines of ``parcferme authority report``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from extractor.authority.file import AuthorityFile
from extractor.authority.report import KindReport, Pairwise, Report
from extractor.messages import Messages


def lines(report: Report, messages: Messages) -> Iterator[str]:
    """Yield what was linked, and how right it is where a gold list was given."""
    total = Pairwise()
    for kind, one in report.kinds.items():
        yield from _kind(messages(f"authority.report.{kind}"), one, messages)
        total += one.pairwise or Pairwise()
    if report.gold:
        yield _pairwise(messages("authority.report.together"), total, messages)
    if report.unknown:
        yield messages("authority.report.unknown", unknown=report.unknown)
    yield messages(
        "authority.report.file",
        redirections=report.redirections,
        decisions=report.decisions,
        overruled=report.overruled,
    )


def _kind(name: str, one: KindReport, messages: Messages) -> Iterator[str]:
    yield messages(
        "authority.report.kind",
        name=name,
        appearances=one.appearances,
        entities=one.entities,
        linked=one.linked,
        automatic=one.automatic,
        decided=one.decided,
        doubtful=one.doubtful,
    )
    if one.identified:
        told = one.identified
        yield messages(
            "authority.report.identified",
            decided=told.get("decided", 0),
            proposed=told.get("proposed", 0),
            candidates=told.get("candidate", 0),
        )
    if one.pairwise is not None:
        yield _pairwise(name, one.pairwise, messages)


def _pairwise(name: str, one: Pairwise, messages: Messages) -> str:
    shown = ["—" if value is None else f"{value:.3f}" for value in (one.precision, one.recall)]
    return messages(
        "authority.report.pairwise", name=name, precision=shown[0], recall=shown[1], pairs=one.true
    )


def doubtful_lines(file: AuthorityFile, most: int, messages: Messages) -> Iterator[str]:
    """Yield the doubtful pairs, the likeliest first, with what tells most."""
    for one in islice(file.candidates(), most):
        left, right = file.entity(one.one_entity), file.entity(one.other_entity)
        if left is None or right is None:
            continue
        reasons = ", ".join(reason_said(reason.name, reason.weight, messages) for reason in one.reasons[:4])
        yield messages(
            "authority.report.doubt",
            probability=f"{one.probability:.2f}",
            one=f"{left.name} ({years(left.first_year, left.last_year)})",
            other=f"{right.name} ({years(right.first_year, right.last_year)})",
            reasons=reasons,
        )


def years(first: int | None, last: int | None) -> str:
    """Return a stretch of years: "1962–1968", "1962", "?"."""
    if first is None:
        return "?"
    return str(first) if first == last else f"{first}–{last}"


def reason_said(name: str, weight: float, messages: Messages) -> str:
    """Return a reason in words, with a sign that says for which side it speaks."""
    said = messages(f"authority.reason.{name}")
    return f"{'+' if weight >= 0 else '−'} {said}"
