"""Settings: who reviews, in which language, light or dark, and where everything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.messages import LANGUAGES

if TYPE_CHECKING:
    from extractor.ui.context import Context


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    words = context.words
    st.title(words("settings.title"))
    mine, kept = st.columns(2, gap="large")
    with mine:
        _reviewer(context)
        _language(context)
        _look(context)
    with kept:
        _database(context)


def _reviewer(context: Context) -> None:
    import streamlit as st

    from extractor.ui import signing

    words = context.words
    st.header(words("settings.reviewer"))
    st.markdown(words("settings.you_are"))
    st.text(context.reviewer)
    if "is_logged_in" in st.user:
        if st.button(words("settings.sign_out"), key="settings.sign_out"):
            st.logout()
    elif st.button(words("settings.other_name"), key="settings.other_name"):
        signing.forget()
        st.rerun()


def _language(context: Context) -> None:
    import streamlit as st

    from extractor.ui import frame

    words = context.words
    st.header(words("settings.language"))
    wanted = st.radio(
        words("settings.language"),
        LANGUAGES,
        index=LANGUAGES.index(context.language),
        format_func=lambda language: words(f"frame.{language}"),
        horizontal=True,
        label_visibility="collapsed",
        key=f"settings.language.{context.language}",
    )
    if wanted != context.language:
        frame.switch_to(wanted)
        st.rerun()


def _look(context: Context) -> None:
    import streamlit as st

    from extractor.ui import frame

    words = context.words
    st.header(words("settings.look"))
    now = frame.theme()
    wanted = st.radio(
        words("settings.look"),
        frame.THEMES,
        index=frame.THEMES.index(now),
        format_func=lambda theme: words(f"settings.theme.{theme}"),
        horizontal=True,
        label_visibility="collapsed",
        key=f"settings.theme.{now}",
    )
    if wanted != now:
        frame.switch_theme(wanted)
        st.rerun()
    st.caption(words("settings.look_how"))


def _database(context: Context) -> None:
    import streamlit as st

    import extractor

    words = context.words
    totals = context.store.totals()
    st.header(words("settings.database"))
    st.text(context.store.name)
    st.write(words.several("settings.documents", totals.documents))
    st.write(words.several("settings.decisions", totals.decisions))
    st.header(words("settings.reviewers"))
    names = [one.name for one in context.store.reviewers()]
    st.text("\n".join(names))
    st.header(words("settings.program"))
    st.text(f"Parc Fermé {extractor.__version__}")
    st.write(words("settings.local" if context.is_local else "settings.open"))
