"""What every page is given: the store, who is reviewing, the language, and ways to other pages.

A page module has ``show(context: Context) -> None`` and draws itself. It learns of nothing else: what it
keeps between two runs is in ``st.session_state`` under keys that begin with the page's name. The document
that is asked for stands in the address (``?key=…&reading=1``), so that links and reloading work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast, get_args
from urllib.parse import urlencode

from extractor.review.decisions import FIRST, Reading
from extractor.ui.words import Words

if TYPE_CHECKING:
    from extractor.review.store import Store  # type: ignore[import-not-found,unused-ignore]

PageName = Literal[
    "queue", "document", "settling", "dashboard", "season", "authority", "learning", "exchange", "settings"
]  # fmt: skip
PAGES: tuple[PageName, ...] = get_args(PageName)
KEY = "key"
READING = "reading"
_REGISTER = "shell.pages"


@dataclass(frozen=True)
class Context:
    """What a page needs.

    Attributes:
        store: Where documents and decisions are; one for the whole process, used from several threads.
        reviewer: Name of who sits there.
        language: ``fr`` or ``en``.
        words: Its words: ``context.words("queue.title")``.
        is_local: The app listens on this machine's own address alone.
    """

    store: Store
    reviewer: str
    language: str
    words: Words = field(default_factory=Words)
    is_local: bool = True

    @classmethod
    def of(cls, store: Store, reviewer: str, language: str = "fr", *, is_local: bool = True) -> Context:
        """Return a context with the words of its language; tests of pages begin here."""
        return cls(store, reviewer, language, Words(language), is_local)

    def asked_document(self) -> tuple[str, Reading] | None:
        """Return key and reading of the document that the address names, ``None`` where it names none.

        A reading that is none is taken for the first: addresses are typed and pasted.
        """
        import streamlit as st

        key = st.query_params.get(KEY)
        if not key:
            return None
        reading = st.query_params.get(READING, str(FIRST))
        return key, cast(Reading, int(reading) if reading in ("0", "1", "2") else FIRST)

    def document_link(self, key: str, reading: Reading = FIRST) -> str:
        """Return the address of a document, from any page of the app."""
        return "document?" + urlencode(document_query(key, reading))

    def open_document(self, key: str, reading: Reading = FIRST) -> None:
        """Go to a document; ends the run of the script."""
        self.go("document", **document_query(key, reading))

    def go(self, page: PageName, **query: str) -> None:
        """Go to a page; ends the run of the script.

        Where a page is tested by itself, there is nowhere to go: the address is set, and the run ends.
        """
        import streamlit as st

        known = registered().get(page)
        if known is not None:
            st.switch_page(known, query_params=query)
        st.query_params.from_dict({"page": page, **query})
        st.stop()


def document_query(key: str, reading: Reading = FIRST) -> dict[str, str]:
    """Return what the address of a document says behind its ``?``."""
    return {KEY: key} if reading == FIRST else {KEY: key, READING: str(reading)}


def register(pages: dict[PageName, Any]) -> None:
    """Tell :meth:`Context.go` where the pages are; the app does this in every run."""
    import streamlit as st

    st.session_state[_REGISTER] = pages


def registered() -> dict[PageName, Any]:
    """Return the pages that were told of: Streamlit's page by name."""
    import streamlit as st

    return cast("dict[PageName, Any]", st.session_state.get(_REGISTER, {}))
