"""One review desk and one browser for all journeys; every journey has a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_reports import landes
from desk_visits import Visit, Visiting

from extractor.review.store import Store
from tools import desk_in_browser as desk

pytest.importorskip("playwright.sync_api")
pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "example" / "albi-2021.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these start servers and browsers."""
    missing = pytest.mark.skipif(desk.chromium() is None, reason="no Chromium at hand")
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)
            item.add_marker(missing)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports to be imported: one of ours, and the shared example where there is one."""
    folder = tmp_path_factory.mktemp("journeys") / "1964"
    folder.mkdir()
    own = ROOT / "examples" / "val-de-brume.txt"
    for report in (own, SHARED):
        if report.exists():
            (folder / report.name).write_bytes(report.read_bytes())
    return folder


@pytest.fixture(scope="session")
def server(reports: Path) -> Iterator[desk.Running]:
    """The desk, with the reports imported by the command."""
    with desk.running(reports.parent, str(reports)) as started:
        started.wait(lambda: "import terminé" in started.said)
        yield started


@pytest.fixture
def visit(browser: Any, server: desk.Running) -> Iterator[Visiting]:
    """Let somebody come: ``visit("Odile Ferrand")``; their browser must never complain."""
    visits: list[Visit] = []

    def come(name: str, url: str = "", **options: Any) -> Visit:
        visits.append(Visit(browser, url or server.url, name, **options))
        return visits[-1]

    yield come
    for one in visits:
        one.context.close()
    assert [fault for one in visits for fault in one.faults] == []


@pytest.fixture
def key(server: desk.Running, request: pytest.FixtureRequest) -> str:
    """A report of this journey's own."""
    with Store.open(str(server.database)) as store:
        added = store.add_document(landes(), model="regles-1", origin=request.node.name)
        store.summarise_all()
    return added.key
