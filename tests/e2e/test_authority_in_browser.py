"""Who is who as it is used: a real server, a real browser, answers by keyboard alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

from benchmarks.review_page import served

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "ui"))
from test_ui_authority_page import question
from ui_builders import fill, opened

pytestmark = [pytest.mark.slow]


def test_questions_are_answered_and_taken_back_by_keyboard(browser: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'qui.db'}"
    fill(url)
    opened(url).ask_authority(
        [question("Jean Marceline", "<b>Marceline</b>", 0.5), question("Paul Bréguet", "P. Breguet", 0.7)]
    )
    with served(url) as address:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/authority")
        page.get_by_text("<b>Marceline</b>", exact=True).first.wait_for()
        page.wait_for_timeout(2000)
        page.keyboard.press("s")
        page.get_by_role("button", name="Reprendre ma dernière réponse").wait_for()
        page.get_by_text("Paul Bréguet", exact=True).first.wait_for()
        page.wait_for_timeout(2000)
        page.keyboard.press("d")
        page.get_by_text("Rien à trancher ici.").wait_for()
        page.wait_for_timeout(2000)
        page.keyboard.press("u")
        page.get_by_text("Paul Bréguet", exact=True).first.wait_for()
    assert [one.action for one in opened(url).authority_decisions()] == ["same", "different", "undo"]
