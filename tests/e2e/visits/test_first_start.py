"""Somebody starts the desk for the first time: no database, no name, nothing to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.review.store import Store
from tools import desk_in_browser as desk

SAMPLE = 12


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[desk.Running]:
    with desk.running(tmp_path) as started:
        yield started


def test_from_nothing_to_a_full_queue_in_the_other_language_and_in_the_dark(
    empty: desk.Running, browser: Any, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page.goto(empty.url)
    page.get_by_label("Votre nom").fill("Odile Ferrand")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Charger les douze comptes rendus").click()
    rows = page.locator(".pf-table a[data-to]")
    rows.nth(SAMPLE - 1).wait_for(timeout=120_000)

    # Files of one's own, one of them good for nothing.
    (tmp_path / "biscarrosse.txt").write_text("Course 1 : Anna Marchal gagne devant Paul Obry.\n", "utf-8")
    (tmp_path / "vide.txt").write_text("")
    page.get_by_role("link", name="Import et export").click()
    page.get_by_role("heading", name="Import et export").wait_for(timeout=30_000)
    chosen = [str(tmp_path / name) for name in ("biscarrosse.txt", "vide.txt")]
    page.locator('input[type="file"]').first.set_input_files(chosen)
    page.get_by_text("vide.txt").first.wait_for()
    page.get_by_role("button", name="Importer ces fichiers").click()
    page.get_by_text(
        "Terminé : 1 nouveau(x), 0 relu(s) par un autre modèle, 0 déjà là, 1 échec(s)."
    ).wait_for(timeout=120_000)
    page.get_by_role("link", name="File", exact=True).click()
    rows.nth(SAMPLE).wait_for(timeout=30_000)
    with Store.open(str(empty.database)) as store:
        queue = store.queue()
    assert queue.total == SAMPLE + 1
    assert {row.status for row in queue.rows} == {"new"}

    # The language of everything, the browser's memory included.
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Review queue").wait_for(timeout=30_000)
    assert page.evaluate("document.documentElement.lang") == "en"
    rows.first.click()
    desk.wait_desk(page)
    assert page.get_by_role("button", name="Mark reviewed").count() == 1
    page.reload()
    desk.wait_desk(page)
    assert page.evaluate("document.documentElement.lang") == "en"

    # The dark, as soon as the system asks for it.
    assert not page.evaluate("document.querySelector('.desk').classList.contains('is-dark')")
    page.emulate_media(color_scheme="dark")
    page.reload()
    desk.wait_desk(page)
    assert page.evaluate("document.querySelector('.desk').classList.contains('is-dark')")

    # Light by choice, whatever the system asks for, on every page.
    address = page.url
    page.goto(f"{empty.url}/settings")
    page.get_by_text("Light", exact=True).click()
    page.wait_for_function("localStorage.getItem('stActiveTheme-/settings-v2') === '\"Light\"'")
    page.goto(address)
    desk.wait_desk(page)
    assert not page.evaluate("document.querySelector('.desk').classList.contains('is-dark')")
    page.close()
