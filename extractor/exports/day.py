"""On which day an export is made."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def day_of_export() -> date:
    """Return today in UTC, or the day that ``SOURCE_DATE_EPOCH`` says, for exports that never change.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if told.isascii() and told.isdigit() and len(told) <= len("9999999999"):
        return datetime.fromtimestamp(int(told), UTC).date()
    return datetime.now(UTC).date()
