"""The review desk: who sits there, in which language, at which page.

Run by ``parcferme review``, or by ``streamlit run app.py``. Nothing is computed here; every page is a module
of its own, imported when somebody goes there.
"""

from __future__ import annotations

import importlib
import logging
import threading
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ParcFermeError
from extractor.ui import frame, imports, presence, signing
from extractor.ui.context import PAGES, Context, PageName, register
from extractor.ui.start import Start
from extractor.ui.words import Words

if TYPE_CHECKING:
    from extractor.review.store import Store

_LOG = logging.getLogger(__name__)
_ICON = str(Path(__file__).with_name("flag.png"))  # a named one would be fetched from a foreign server
_stores: dict[str | None, Store] = {}
_opening = threading.Lock()
_ICONS: dict[PageName, str] = {
    "queue": ":material/inbox:",
    "document": ":material/article:",
    "settling": ":material/balance:",
    "dashboard": ":material/monitoring:",
    "season": ":material/emoji_events:",
    "authority": ":material/badge:",
    "learning": ":material/school:",
    "exchange": ":material/swap_horiz:",
    "settings": ":material/settings:",
}


def main(start: Start | None = None) -> None:
    """Draw the app: one run of the script.

    Args:
        start: What the app was started with; the environment says it where ``None``.
    """
    import streamlit as st

    start = start or Start.from_environment()
    words = Words(frame.language(start.language))
    st.set_page_config(page_title=words("shell.name"), page_icon=_ICON, layout="wide")
    try:
        store = open_store(start.database)
        who, problem = signing.present(start.reviewer, lambda who: store.reviewer(who.name, who.subject).name)
        known = [] if who is not None else [one.name for one in store.reviewers()]
    except ParcFermeError as error:
        _frame(words, None)
        st.error(f"{words('shell.no_store')} {error.in_language(words.language)}")
        return
    context = None if who is None else Context(store, who.name, words.language, words, start.is_local)
    # First of all, and while the name is asked for too: an address that no page answers to is forgotten.
    chosen = _navigation(words, context)
    st.set_page_config(page_title=f"{chosen.title} · {words('shell.name')}")
    to_page = _frame(words, who)
    if context is None:
        signing.ask(words, known, problem)
        return
    if to_page in PAGES:
        context.go(to_page)
    chosen.run()


def _frame(words: Words, who: signing.Person | None) -> str | None:
    """Draw what stands around the page; return the page that was asked for in it."""
    return frame.draw(words, who.name if who else None, keep_name=who is not None and who.subject is None)


def open_store(database: str | None) -> Store:
    """Return the store, one for all who are connected to this server; one that fails is tried anew.

    Raises:
        ParcFermeError: It cannot be opened.
    """
    with _opening:
        if database not in _stores:
            from extractor.review.store import Store

            _stores[database] = Store.open(database)
        return _stores[database]


def _navigation(words: Words, context: Context | None) -> Any:
    """Return the page that the address asks for, and tell :meth:`Context.go` of all."""
    import streamlit as st

    pages: dict[PageName, Any] = {
        name: st.Page(
            partial(_shown, name, context),
            title=words(f"shell.nav.{name}"),
            icon=_ICONS[name],
            url_path=name,
            default=name == "queue",
        )
        for name in PAGES
    }
    register(pages)
    return st.navigation(list(pages.values()), position="hidden" if context is None else "top")


def _shown(name: PageName, context: Context | None) -> None:
    """Draw one page; what goes wrong in it is said, and never taken for the user's fault."""
    import streamlit as st

    if context is None:
        return
    try:
        if name != "document":
            presence.leave()
        if name == "queue" and not context.store.keys(limit=1):
            imports.welcome(context)
            return
        if name not in ("exchange", "document"):  # one tells of imports itself, the other is for work
            imports.banner(context)
        importlib.import_module(f"extractor.ui.{name}_page").show(context)
    except ParcFermeError as error:
        st.error(error.in_language(context.language))
    except Exception as error:
        _LOG.error("page %s: %s", name, traceback.format_exc())
        st.error(context.words("shell.fault", fault=type(error).__name__))
