"""Every page by day and by night: letters that can be read, names for whoever hears the page, a way for the keyboard."""

from __future__ import annotations

import pytest
from desk_eyes import judged, missed, nameless, poor
from desk_visits import Visiting

PAGES = ("", "document", "settling", "dashboard", "season", "authority", "learning", "exchange", "settings")
DIALOGS = ("e", "m", "g", "b", "s", "y", "?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_and_worked(visit: Visiting, key: str, scheme: str) -> None:
    here = visit("Camille Aubert", color_scheme=scheme)
    found = {}
    for name in PAGES:
        page = here.see(name, key=key) if name == "document" else here.see(name)
        if name == "document":
            here.press("n")
        found[name] = poor(page) + nameless(page)
        if scheme == "light":
            found[name] += judged(page)
            found[name] += [f"Tab: {one}" for one in missed(page)]
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_dialog_can_be_read_and_gives_the_focus_back(visit: Visiting, key: str, scheme: str) -> None:
    here = visit("Camille Aubert", color_scheme=scheme).document(key)
    here.press("n")
    found = {}
    for letter in DIALOGS:
        here.press(letter)
        here.page.locator("dialog[open]").wait_for()
        found[letter] = (
            poor(here.page) + nameless(here.page) + (judged(here.page) if scheme == "light" else [])
        )
        top = here.page.locator("dialog[open] h2, dialog[open] .title").first.bounding_box()
        if top is None or top["y"] < 0:
            found[letter].append("its title is out of sight")
        here.press("Escape")
        here.page.locator("dialog[open]").wait_for(state="hidden")
        if not here.page.evaluate("document.querySelector('.desk').contains(document.activeElement)"):
            found[letter].append("the focus is lost")
    assert {name: faults for name, faults in found.items() if faults} == {}
