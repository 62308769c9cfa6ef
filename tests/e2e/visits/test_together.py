"""Several people at one desk: one document for two, and two readings of which a third person makes one."""

from __future__ import annotations

import time

from desk_visits import Visit, Visiting, state

from extractor.review.decisions import FIRST, SECOND, SETTLED
from extractor.review.store import Store
from extractor.ui.presence import GRACE
from tools import desk_in_browser as desk


def actions(server: desk.Running, key: str) -> list[tuple[str, str]]:
    with Store.open(str(server.database)) as store:
        return [(one.reviewer, one.change.action) for one in store.decisions(key)]


def test_a_document_that_somebody_reviews_is_reserved_and_free_again_when_they_leave(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    odile = visit("Odile Ferrand").document(key)
    lucien = visit("Lucien Maréchal").document(key)
    banner = lucien.page.get_by_text("Odile Ferrand relit ce document")
    banner.wait_for()
    lucien.press("n", "a")
    assert lucien.ask("desk.outbox.pending.length") == 0
    odile.press("n", "a")
    odile.saved()
    odile.press("[")
    odile.page.get_by_text("Documents relus").first.wait_for(timeout=30_000)
    lucien.document(key)
    lucien.until("desk.mayDecide")
    assert banner.count() == 0
    lucien.press("n", "a")
    lucien.saved()
    assert actions(server, key) == [("Odile Ferrand", "accept"), ("Lucien Maréchal", "accept")]


def test_a_document_whose_page_was_closed_is_free_within_moments(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    odile = visit("Odile Ferrand").document(key)
    twice = odile.context.new_page()  # the same document in a second tab of hers
    twice.goto(odile.page.url)
    desk.wait_desk(twice)
    lucien = visit("Lucien Maréchal").document(key)
    assert not lucien.ask("desk.mayDecide")
    odile.page.close()
    lucien.page.wait_for_timeout(1000 * (GRACE + 2))
    with Store.open(str(server.database)) as store:
        assert [lock.holder for lock in store.locks() if lock.key == key] == ["Odile Ferrand"]
        began = time.monotonic()
        odile.context.close()
        while any(lock.key == key for lock in store.locks()):
            assert time.monotonic() < began + 20
            time.sleep(0.1)


def test_two_who_save_at_once_both_keep_what_they_decided(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    """One name at two machines, which no lock keeps apart."""
    office, home = visit("Odile Ferrand").document(key), visit("Odile Ferrand").document(key)
    for _ in range(3):
        office.press("n", "a")
    home.page.evaluate(f"{desk.DESK}.focus('q1', 'key')")
    home.press("x")
    home.page.evaluate(f"{desk.DESK}.focus('r4', 'key')")
    home.press("m")
    home.type("Au 5e tour, d'après le Bulletin.")
    home.press("Control+Enter")
    office.saved()
    for _ in range(20):
        waits = f"() => {desk.DESK}.outbox.pending.length === 0 || {AGAIN}"
        home.page.wait_for_function(waits, timeout=30_000)
        if home.ask("desk.outbox.pending.length") == 0:
            break
        home.page.get_by_role("button", name="Décider de même maintenant").click()
    home.saved()
    made = sorted(action for _, action in actions(server, key))
    assert made == ["accept", "accept", "accept", "note", "reject"]
    reviewed = state(server, key)
    assert reviewed.stranded == ()
    assert set(reviewed.gone) == {"q1"}
    assert reviewed.marks["r4"].note == "Au 5e tour, d'après le Bulletin."


AGAIN = (
    "[...document.querySelectorAll('.desk button')].some((one) => one.offsetParent &&"
    " one.textContent.startsWith('Décider de même'))"
)


def read(reader: Visit, key: str, reading: int, rejected: str) -> None:
    """Go through a document, reject one fact and accept the others."""
    reader.document(key, reading)
    reader.page.evaluate(f"{desk.DESK}.focus('{rejected}', 'key')")
    reader.press("x")
    for _ in range(40):
        reader.press("n")
        if reader.ask("desk.order().every((id) => desk.decided(id))"):
            break
        reader.press("a")
    reader.press("f")
    reader.until("desk.status === 'reviewed'")
    reader.saved()


def test_two_readings_that_differ_are_settled_side_by_side(
    server: desk.Running, visit: Visiting, key: str
) -> None:
    with Store.open(str(server.database)) as store:
        store.assign_double([key])
    read(visit("Odile Ferrand"), key, FIRST, "r2")
    lucien = visit("Lucien Maréchal")
    lucien.document(key, SECOND)
    assert lucien.ask("desk.gone.r2 === undefined")  # neither sees what the other decided
    read(lucien, key, SECOND, "i1")

    solene = visit("Solène Aubry")
    page = solene.see("settling")
    page.locator(f'.pf-table a[data-to="{key}"]').click()
    page.locator(".pf-settle .card").wait_for(timeout=30_000)
    entries = page.locator(".pf-settle .entry")
    settled = page.locator(".pf-settle .entry", has_text="réglé par Solène Aubry")
    assert entries.count() == 2
    for count, key_ in ((1, "1"), (2, "2")):
        page.wait_for_function(
            "document.querySelector('.pf-settle').contains(document.activeElement)"
            " && document.querySelector('.pf-settle').getAttribute('aria-busy') !== 'true'"
        )
        solene.press(key_)
        settled.nth(count - 1).wait_for(timeout=30_000)
    page.get_by_text("Tout est réglé").wait_for()
    reviewed = state(server, key, SETTLED)
    first, second = state(server, key, FIRST), state(server, key, SECOND)
    assert (set(first.gone), set(second.gone)) == ({"r2"}, {"i1"})
    # One point as the first reading has it, one as the second.
    kept = {one.id for one in reviewed.record.results} & {"r2"}, {one.id for one in reviewed.record.incidents}
    assert len(kept[0]) == len(kept[1])
    solene.press("q")
    page.locator(".pf-table tr", has_text="Réglé").first.wait_for(timeout=30_000)
