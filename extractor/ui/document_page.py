"""A document under review: its text or its pages on the left, its facts on the right, all answered by keys.

The component draws everything (:mod:`extractor.ui.desk`). It stands in a fragment: a decision runs the few
lines of this page again and nothing else of the app.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final, cast

import streamlit as st

from extractor.errors import ParcFermeError
from extractor.review.decisions import SETTLED, Reading
from extractor.review.doubling import may_be_opened_settled
from extractor.ui import newer, presence
from extractor.ui.context import Context
from extractor.ui.desk.component import desk
from extractor.ui.desk.session import DeskSession

_SESSION: Final = "document.session"
_LANGUAGE: Final = "document.language"
#: Seconds between two looks at what others did; the lock is renewed then.
TICK: Final = 20
#: What a browser draws and cannot run anything from.
_IMAGES: Final = frozenset(("image/png", "image/jpeg", "image/webp", "image/gif"))


def show(context: Context) -> None:
    """Draw the page of the document that the address names."""
    asked = context.asked_document()
    if asked is None:
        _say(context, "desk.none_asked")
        return
    try:
        session = _session(context, asked[0], _reading(context, *asked))
    except ParcFermeError as error:
        if error.code != "store_no_document":
            raise
        _say(context, "desk.unknown_document")
        return
    newer.of_document(context, session)
    _desk(context, session)


def _reading(context: Context, key: str, asked: Reading) -> Reading:
    """Return the reading to be opened: readings are blind, so each reviewer has one, whatever is asked for.

    The settled one is opened by name alone, and not before both are done: it shows what the first reader did.
    """
    if asked == SETTLED and may_be_opened_settled(context.store, key):
        return SETTLED
    return context.store.reading_for(key, context.reviewer)


def _say(context: Context, key: str) -> None:
    st.info(context.words(key))
    if st.button(context.words("desk.to_queue"), type="primary"):
        context.go("queue")


def _session(context: Context, key: str, reading: Reading) -> DeskSession:
    """Return the open reading; another document gives the lock on the one before back."""
    wanted = (context.store.name, key, reading, context.reviewer)
    opened, session = st.session_state.get(_SESSION, (None, None))
    if opened != wanted:
        if session is not None:
            cast(DeskSession, session).leave()
        session = DeskSession(context.store, key, reading, context.reviewer, context.words)
        st.session_state[_SESSION] = (wanted, session)
    session = cast(DeskSession, session)
    session.words = context.words
    return session


@st.fragment(run_every=TICK)
def _desk(context: Context, session: DeskSession) -> None:
    """Save what the browser sent, then draw.

    Nothing of Streamlit's is called while saving: it ends a run where the next one is asked for.
    """
    origin = session.origin
    presence.hold(session)
    key = element_key(origin.document, origin.reading, origin.reviewer)
    said = _said(key)
    session.receive(said.get("outbox"))
    session.poll()
    result = desk(session.data(_image_urls(context, session, said.get("page"))), key=key)
    to = result.go.get("to") if isinstance(result.go, dict) else None
    if to == "queue":
        _leave(session)
        context.go("queue")
    elif to == "next":
        following = _leave(session)
        if following is not None:
            context.open_document(following, context.store.reading_for(following, context.reviewer))


def _leave(session: DeskSession) -> str | None:
    st.session_state.pop(_SESSION, None)
    presence.let_go()
    return session.leave()


def element_key(document: str, reading: Reading, reviewer: str) -> str:
    """Return the component's key: what belongs to one reading must never be taken for another's."""
    return "document." + hashlib.sha256(f"{document}\0{reading}\0{reviewer}".encode()).hexdigest()[:16]


def _said(key: str) -> dict[str, Any]:
    """Return what the component said last, before it is drawn again."""
    said = st.session_state.get(key)
    return dict(said) if said else {}


def _image_urls(context: Context, session: DeskSession, page: object) -> dict[int, str]:
    """Return where the browser finds the image of the page it asked for, and of that alone."""
    if not isinstance(page, int) or not session.has_image(page):
        return {}
    image = context.store.page(session.origin.document, page)
    if image is None or image.media_type not in _IMAGES:
        return {}
    from streamlit import runtime

    files = runtime.get_instance().media_file_mgr
    return {page: files.add(image.body, image.media_type, f"document.{session.origin.document}.{page}")}
