"""A reviewer's day: a document from the queue to "reviewed", and what is corrected on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_reports import TEXT, span
from desk_visits import Visit, Visiting, state

from extractor.record import RaceRecord
from extractor.review.store import Store
from tools import desk_in_browser as desk

expect = pytest.importorskip("playwright.sync_api").expect


def assert_spans_hold(record: RaceRecord) -> None:
    """A record that pydantic has built again has no span that says what the text does not."""
    RaceRecord.model_validate(record.model_dump())


def key_of(server: desk.Running, name: str) -> str:
    with Store.open(str(server.database)) as store:
        return next(row.key for row in store.queue().rows if (row.origin or "").endswith(name))


def go_through(here: Visit) -> None:
    """Go from doubtful fact to doubtful fact, accept each, and say that the document is done."""
    for _ in range(500):
        here.press("n")
        if here.ask("desk.order().every((id) => desk.decided(id))"):
            break
        here.press("a")
    here.press("f")
    here.until("desk.status === 'reviewed'")
    here.saved()


@pytest.mark.parametrize("name", ["val-de-brume.txt", "albi-2021.txt"])
def test_from_the_queue_to_a_reviewed_document_without_a_mouse(
    server: desk.Running, visit: Visiting, reports: Path, name: str
) -> None:
    if not (reports / name).exists():
        pytest.skip(f"{name} is not at hand")
    here = visit("Camille Aubert")
    page = here.see("")
    rows = page.locator(".pf-table a[data-to]")
    rows.first.wait_for(timeout=30_000)
    here.press("/")
    page.wait_for_function("document.activeElement.tagName === 'INPUT'")
    here.type(name)
    here.press("Enter")
    expect(rows).to_have_count(1, timeout=30_000)
    desk.wait_idle(page)
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('.pf-table a')"):
            break
        here.press("Tab")
    here.press("Enter")
    desk.wait_desk(page)

    # One of each: rejected and taken back, corrected, annotated; then whatever else is doubtful.
    here.press("n", "x", "u", "e")
    page.wait_for_selector("dialog[open]")
    here.press("Escape", "m")
    page.wait_for_selector("dialog[open] textarea, .desk textarea")
    here.type("Vu avec l'original.")
    here.press("Control+Enter")
    go_through(here)

    reviewed = state(server, key_of(server, name))
    assert reviewed.status == "reviewed"
    assert reviewed.stranded == ()
    facts = [*reviewed.record.results, *reviewed.record.incidents, *reviewed.record.quotes]
    assert len(facts) > 10
    assert {reviewed.marks[fact.id].verdict for fact in facts} == {"accepted"}
    assert [mark.note for mark in reviewed.marks.values() if mark.note] == ["Vu avec l'original."]
    here.press("[")
    page.get_by_text("Documents relus").first.wait_for(timeout=30_000)
    page.locator("tr", has_text=name).get_by_text("Relu").wait_for(timeout=30_000)


def test_an_incident_that_was_missed_is_added_from_the_text(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    here = visit("Camille Aubert").document(key)
    here.find("Zoé Duval part en tête-à-queue")
    here.press("Enter")
    here.page.wait_for_function("document.activeElement.getAttribute('role') === 'menuitem'")
    here.press("i")
    here.page.wait_for_selector("dialog[open]")
    here.page.get_by_label("Type", exact=True).select_option("spin")
    here.press("Control+Enter")
    here.saved()
    [_, added] = state(server, key).record.incidents
    assert (added.type, added.session, added.participants[0].driver) == ("spin", "s1", "d6")
    assert [one.text for one in added.evidence] == ["Zoé Duval part en tête-à-queue"]
    assert here.ask("desk.current") == added.id


def test_two_spellings_of_one_driver_become_one(server: desk.Running, visit: Visiting, key: str) -> None:
    here = visit("Camille Aubert").document(key)
    here.page.evaluate(f"{desk.DESK}.focus('d2', 'key')")
    here.press("y")
    dialog = here.page.locator("dialog[open]")
    dialog.wait_for()
    ticked = dialog.locator('[aria-selected="true"] .said-what').all_inner_texts()
    assert sorted(ticked) == ["Paul Obri", "Paul Obry"]
    here.press("Control+Enter")
    here.saved()
    record = state(server, key).record
    [merged] = [driver for driver in record.drivers if driver.name == "Paul Obry"]
    assert "Paul Obri" in merged.aliases
    assert [mention.text for mention in merged.mentions] == ["Paul Obry", "Paul Obri"]
    assert [one.driver for one in record.incidents[0].participants] == [merged.id]
    assert len(record.drivers) == 5


def test_a_letter_that_was_read_wrong_is_put_right_and_every_span_follows(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    here = visit("Camille Aubert").document(key)
    here.find("Larnbert")
    here.press("r")
    here.page.get_by_label("Il faut lire").fill("Lambert")
    here.press("Enter")
    here.saved()
    here.until("desk.data.text.includes('Lambert')")
    record = state(server, key).record
    assert record.document.text == TEXT.replace("Larnbert", "Lambert")
    assert_spans_hold(record)
    assert record.results[2].evidence[0].text == "Zoé Lambert, 3e"
    assert record.incidents[0].evidence[0].start == span("écope d'une pénalité")["start"] - 1
    assert record.drivers[2].name == "Zoé Lambert"
    shown = here.page.locator(".desk-text .seg", has_text="écope")
    assert "écope d'une pénalité" in shown.first.inner_text()


def test_what_was_done_is_taken_back_and_done_again_even_after_a_reload(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    here = visit("Camille Aubert").document(key)
    here.press("n")
    assert here.ask("desk.current") == "r3"
    here.press("a", "n", "x")
    assert here.ask("desk.gone.i1 !== undefined")
    here.press("u", "u")
    here.saved()
    reviewed = state(server, key)
    assert (len(reviewed.gone), [mark.verdict for mark in reviewed.marks.values() if mark.verdict]) == (0, [])
    here.press("Shift+U", "Shift+U")
    here.saved()
    assert set(state(server, key).gone) == {"i1"}
    here.page.reload()
    desk.wait_desk(here.page)
    here.press("Control+z")
    here.saved()
    here.until("!desk.gone.i1")
    reviewed = state(server, key)
    assert set(reviewed.gone) == set()
    assert reviewed.marks["r3"].verdict == "accepted"
