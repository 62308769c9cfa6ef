"""Somebody before a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from extractor.review.decisions import FIRST, Reading
from extractor.review.reviewed import Reviewed
from extractor.review.store import Store
from tools import desk_in_browser as desk


class Visit:
    """Somebody before a browser of their own.

    Args:
        browser: Chromium.
        url: The desk's.
        name: Theirs, as if it had been given before.
        options: Of the browser's context.
    """

    def __init__(self, browser: Any, url: str, name: str, **options: Any) -> None:
        chosen: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR", **options}
        self.url = url
        self.context = browser.new_context(reduced_motion="reduce", **chosen)
        self.context.add_cookies([{"name": "parcferme_reviewer", "value": quote(name), "url": url}])
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def see(self, page: str, **query: str) -> Any:
        """Go to a page by its address; return it."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        self.page.goto(f"{self.url}/{page}?{asked}")
        (desk.wait_desk if page == "document" else desk.wait_idle)(self.page)
        return self.page

    def document(self, key: str, reading: int = FIRST) -> Visit:
        """Open a document."""
        self.see("document", key=key, **({} if reading == FIRST else {"reading": str(reading)}))
        return self

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type."""
        self.page.keyboard.type(text)

    def find(self, said: str) -> None:
        """Select what the text says somewhere, as the search does."""
        self.press("/")
        self.page.wait_for_function("document.activeElement.type === 'search'")
        self.type(said)
        self.press("Escape")
        self.page.wait_for_function(f"said => {desk.DESK}.range?.text === said", arg=said)

    def ask(self, expression: str) -> Any:
        """Return what the document page knows."""
        return desk.ask(self.page, expression)

    def until(self, condition: str) -> None:
        """Wait until the document page knows something."""
        self.page.wait_for_function(f"(() => {{ const desk = {desk.DESK}; return {condition}; }})()")

    def saved(self) -> None:
        """Wait until everything is said to be saved."""
        desk.wait_saved(self.page)


Visiting = Callable[..., Visit]


def state(server: desk.Running, key: str, reading: Reading = FIRST) -> Reviewed:
    """Return what a reading has become, from the database."""
    with Store.open(str(server.database)) as store:
        return store.state(key, reading).reviewed
