"""The desk on a PostgreSQL server, as an institution has it: two people find, decide and take back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desk_reports import landes
from desk_visits import Visit

from extractor.review.store import Store
from tests.postgres import Server
from tools import desk_in_browser as desk


def test_two_people_review_on_one_postgresql(
    postgres: Server, reports: Path, browser: Any, tmp_path: Path
) -> None:
    url = postgres.database()
    with Store.open(url) as store:
        key = store.add_document(landes(), model="regles-1", origin="carton-3.txt").key
    with desk.running(tmp_path, str(reports), "--db", url) as server:
        server.wait(lambda: "import terminé" in server.said)
        odile, lucien = (Visit(browser, server.url, name) for name in ("Odile Ferrand", "Lucien Maréchal"))

        page = odile.see("queue")
        text = page.get_by_label("Chercher", exact=True)
        text.fill("biscarr")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "q=biscarr" in address)
        desk.wait_idle(page)
        found = page.locator(".pf-table a[data-to]")
        assert found.count() == 1
        found.first.click()
        desk.wait_desk(page)
        odile.press("n", "a", "n", "x")
        odile.saved()

        lucien.document(key)
        lucien.page.get_by_text("Odile Ferrand relit ce document").wait_for()
        assert not lucien.ask("desk.mayDecide")
        odile.press("u")
        odile.saved()
        odile.press("[")
        page.get_by_text("Documents relus").first.wait_for(timeout=30_000)
        lucien.document(key)
        lucien.until("desk.mayDecide")
        lucien.press("n", "a", "f")
        lucien.until("desk.status === 'reviewed'")
        lucien.saved()
        for one in (odile, lucien):
            one.context.close()
            assert one.faults == []
    with Store.open(url) as store:
        made = [(one.reviewer, one.change.action) for one in store.decisions(key)]
        assert "streamlit" not in server.said.lower()  # the terminal is for what we say
        assert store.document(key).newer is False
        assert store.state(key).reviewed.status == "reviewed"
        assert store.totals().documents == 1 + len(list(reports.iterdir()))
        assert store.locks() == ()
    names = ["Odile Ferrand"] * 3 + ["Lucien Maréchal"] * 2
    assert made == list(zip(names, ["accept", "reject", "undo", "accept", "status"], strict=True))
