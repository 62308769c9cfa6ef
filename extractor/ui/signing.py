"""Who sits there: told by the institution's own sign-in (OIDC) where it is set up, else asked once.

Where ``.streamlit/secrets.toml`` has a part ``[auth]``, Streamlit asks the institution, and the name is the
one that it gives. Else the name is asked for once and kept in a cookie of the browser for a year. That is a
label, not a lock: who can reach the server can take any name. It is enough for one person at one machine and
for colleagues who trust each other.
"""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from extractor.errors import ParcFermeError
from extractor.ui.access import Access
from extractor.ui.words import Words

_LOG = logging.getLogger(__name__)

COOKIE = "parcferme_reviewer"
_LONGEST = 80
_NAMED = "shell.reviewer"
_TYPED = "signing.name"
_ENTERED = "shell.entered"


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in.

    Attributes:
        name: As decisions carry it.
        subject: What the institution knows them by, which does not change with the name; ``None`` where the
            name was only asked.
    """

    name: str
    subject: str | None = None


def tidy_name(name: str) -> str | None:
    """Return a name as it is kept, ``None`` where it is none: empty, too long, or of odd characters."""
    tidied = " ".join(unicodedata.normalize("NFC", name).split())
    return tidied if 0 < len(tidied) <= _LONGEST and tidied.isprintable() else None


def institution(user: Mapping[str, Any]) -> Person | None:
    """Return who the institution says it is.

    Args:
        user: ``st.user``: what the identity token holds.
    """
    if not user.get("is_logged_in"):
        return None
    told = (str(user.get(claim) or "") for claim in ("name", "preferred_username", "email", "sub"))
    name = next((tidied for one in told if (tidied := tidy_name(one))), None)
    if name is None:
        return None
    subject = f"{user.get('iss', '')}#{user.get('sub', '')}"
    return Person(name, subject)


def remembered(started_with: str | None) -> str | None:
    """Return the name that this session, this browser or the command gave."""
    import streamlit as st

    known = st.session_state.get(_NAMED)
    if known is None and not st.session_state.get("shell.forgotten"):
        cookie: object = st.context.cookies.get(COOKIE)
        known = (unquote(cookie) if isinstance(cookie, str) else "") or started_with
    return tidy_name(known) if isinstance(known, str) else None


def forget() -> None:
    """Ask for the name again in this session."""
    import streamlit as st

    st.session_state.pop(_NAMED, None)
    st.session_state["shell.forgotten"] = True


def keep(name: str) -> None:
    """Keep the name for this session; the frame puts it into the browser's cookie."""
    import streamlit as st

    st.session_state[_NAMED] = name
    st.session_state.pop("shell.forgotten", None)


def present(
    started_with: str | None, enter: Callable[[Person], str]
) -> tuple[Person | None, ParcFermeError | None]:
    """Return who sits there, or nobody, and why a name that was given cannot be had. Draws nothing.

    Args:
        started_with: Name that the command was given.
        enter: Puts somebody into the store and returns the name that decisions are to carry; raises
            ``ParcFermeError`` where the name cannot be had. It is asked once in a session.
    """
    import streamlit as st

    if _asks_institution():
        told, problem = _admitted(dict(st.user))
    else:
        name = remembered(started_with)
        told, problem = Person(name) if name else None, None
    if told is None:
        return None, problem
    entered = st.session_state.get(_ENTERED)
    if not (isinstance(entered, tuple) and entered[0] == told):
        try:
            entered = told, enter(told)
        except ParcFermeError as error:
            forget()
            return None, error
        st.session_state[_ENTERED] = entered
    if not _asks_institution():
        keep(entered[1])
    return Person(entered[1], told.subject), None


def _admitted(user: Mapping[str, Any]) -> tuple[Person | None, ParcFermeError | None]:
    """Return who signed in with the institution, and why they are not let in where they are not."""
    person = institution(user)
    if person is None:
        return None, None
    try:
        Access.from_secrets(_secrets()).check(user, time.time())
    except ParcFermeError as error:
        _LOG.warning("not let in: %s: %s", person.subject, error)
        return None, error
    return person, None


def _secrets() -> Mapping[str, Any]:
    """Return what Streamlit's settings of secrets hold, nothing where there are none."""
    import streamlit as st

    try:
        return dict(st.secrets)
    except FileNotFoundError:
        return {}


def ask(words: Words, known: Sequence[str], problem: ParcFermeError | None = None) -> None:
    """Draw what asks who sits there.

    Args:
        words: Of the language.
        known: Names of reviewers that the store knows, to choose from.
        problem: Why the name that was given cannot be had.
    """
    import streamlit as st

    with st.columns([1, 2, 1])[1]:
        st.title(words("signing.title"))
        if problem is not None:
            st.error(problem.in_language(words.language))
        if _asks_institution():
            _draw_institution(words)
        else:
            _draw_form(words, known)


def _asks_institution() -> bool:
    import streamlit as st

    return "is_logged_in" in st.user


def _draw_institution(words: Words) -> None:
    import streamlit as st
    from streamlit.errors import StreamlitAuthError

    st.write(words("signing.institution"))
    if st.user.get("is_logged_in") and st.button(words("signing.other_account"), key="signing.other"):
        st.logout()
    named = [name for name, value in dict(_secrets().get("auth", {})).items() if isinstance(value, Mapping)]
    for provider in named or [None]:
        label = words("signing.sign_in_with", provider=provider) if provider else words("signing.sign_in")
        if st.button(label, type="primary", key=f"signing.{provider}"):
            try:
                st.login(provider)
            except StreamlitAuthError as error:
                _LOG.error("sign-in: %s", error)
                st.error(words("signing.cannot"))


def _draw_form(words: Words, known: Sequence[str]) -> None:
    import streamlit as st

    st.write(words("signing.why"))
    if known:
        st.pills(
            words("signing.known"), known, key="signing.known", on_change=_choose, selection_mode="single"
        )
    with st.form("signing.form", border=False):
        st.text_input(words("signing.name"), max_chars=_LONGEST, autocomplete="name", key=_TYPED)
        sent = st.form_submit_button(words("signing.begin"), type="primary", on_click=_take)
    if sent and tidy_name(st.session_state.get(_TYPED, "")) is None:
        st.error(words("signing.no_name"))
    st.caption(words("signing.label_only"))


def _take() -> None:
    """Take the name that was typed: before the script runs, which would lose its page in a new run."""
    import streamlit as st

    name = tidy_name(st.session_state.get(_TYPED, ""))
    if name is not None:
        keep(name)


def _choose() -> None:
    import streamlit as st

    chosen = st.session_state.get("signing.known")
    if chosen:
        keep(chosen)
