"""Race logic on a reviewed record."""

from __future__ import annotations

from extractor.record import Finding, RaceRecord


def findings(record: RaceRecord) -> tuple[Finding, ...]:
    """Return what a careful archivist would query in a record as it stands."""
    return record.findings
