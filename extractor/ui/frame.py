"""What stands around every page: the language switch, who reviews, the page's own language, a little style.

Streamlit draws its header itself and has no place in it for these, so a small component puts them there. It
also does what Python cannot do from afar: it tells the browser (and so screen readers) which language the
page is in, and keeps language and name in cookies of this site.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.messages import LANGUAGES
from extractor.ui import signing
from extractor.ui.context import PAGES
from extractor.ui.words import Words

COOKIE = "parcferme_lang"
THEME_COOKIE = "parcferme_theme"
THEMES = ("system", "light", "dark")
_THEME = "shell.theme"
_LANGUAGE = "shell.language"
_NAME = "parcferme.frame"


def language(started_with: str) -> str:
    """Return the language: what was switched to, else what this browser had, else what the app began with."""
    import streamlit as st

    asked = (st.session_state.get(_LANGUAGE), st.context.cookies.get(COOKIE), started_with)
    return next(one for one in (*asked, LANGUAGES[0]) if one in LANGUAGES)


def switch_to(wanted: str) -> None:
    """Speak another language from the next run on; what is none changes nothing."""
    import streamlit as st

    if wanted in LANGUAGES:
        st.session_state[_LANGUAGE] = wanted


def theme() -> str:
    """Return whether all is to be light, dark, or as the system has it."""
    import streamlit as st

    asked = (st.session_state.get(_THEME), st.context.cookies.get(THEME_COOKIE))
    return next((one for one in asked if one in THEMES), THEMES[0])


def switch_theme(wanted: str) -> None:
    """Be light or dark from the next run on; what is neither changes nothing."""
    import streamlit as st

    if wanted in THEMES:
        st.session_state[_THEME] = wanted


def draw(words: Words, reviewer: str | None, *, keep_name: bool) -> str | None:
    """Draw the frame; return the page that was asked for in it.

    Args:
        words: Of the language.
        reviewer: Who sits there; ``None`` where nobody has said.
        keep_name: Whether the browser is to remember the name.
    """
    chosen = theme()
    # Who follows the system needs no cookie for it.
    cookies = {COOKIE: words.language, THEME_COOKIE: "" if chosen == THEMES[0] else chosen}
    if keep_name:
        cookies[signing.COOKIE] = quote(reviewer or "", safe="")
    data: dict[str, Any] = {
        "language": words.language,
        "languages": list(LANGUAGES),
        "reviewer": reviewer,
        "cookies": cookies,
        "theme": chosen,
        "paths": ["/", *(f"/{page}" for page in PAGES)],
        "words": words.page("frame"),
    }
    pressed: Mapping[str, Any] = _component()(
        key=_NAME, data=data, on_language_change=_switch, on_page_change=_nothing
    )
    page = pressed.get("page")
    return page if isinstance(page, str) else None


def _component() -> Any:
    """Register the component: each run may be of another server, as in tests, so each does it."""
    import streamlit as st

    folder = Path(__file__).parent
    return st.components.v2.component(
        _NAME,
        js=(folder / "frame.js").read_text(encoding="utf-8"),
        css=(folder / "frame.css").read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def _switch() -> None:
    """Take the language that was pressed: before the script runs, which would lose its page in a new run."""
    import streamlit as st

    pressed = st.session_state.get(_NAME)
    switch_to(str(pressed.get("language")) if isinstance(pressed, Mapping) else "")


def _nothing() -> None:
    """Let Streamlit know that the value is listened to."""
