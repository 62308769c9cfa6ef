"""The browser in which pages are tried: one for each file of tests, closed when its last test is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tools import desk_in_browser as desk


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a page. Closed with its file, for no other event loop runs beside Playwright's."""
    pytest.importorskip("playwright.sync_api")
    if desk.chromium() is None:
        pytest.skip("no Chromium at hand")
    with desk.browsing() as started:
        yield started
