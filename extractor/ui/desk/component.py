"""The document page's component: plain JavaScript modules, joined at start; nothing is built.

The files share one module scope and are joined in the order of :func:`modules`, so that no name may stand in
two of them (a test looks). ``frame.js`` comes last: for the right half it calls ``mountFacts(desk, host)``,
which ``facts.js`` has.

The component lives in the page itself, not in a shadow root. Selecting text is half of its work, and what is
selected inside of a shadow root is told in three different ways by three browsers; the focus and what it is
labelled by are whole; and Streamlit's own letters (R, C) leave fields alone, which inside of a shadow root it
takes for no fields. In return every rule in the style sheet begins with ``.desk``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

#: These first, in this order; then whatever else lies here, by name; :data:`LAST` last.
FIRST = (
    "dom.js", "units.js", "outbox.js", "state.js", "text.js", "caret.js", "adding.js", "search.js",
    "image.js", "keys.js", "dialogs.js", "bars.js",
)  # fmt: skip
LAST = "frame.js"


def modules() -> tuple[str, ...]:
    """Return the names of all modules in the order in which they are joined."""
    others = sorted(path.name for path in HERE.glob("*.js") if path.name not in (*FIRST, LAST))
    return (*FIRST, *others, LAST)


def styles() -> tuple[str, ...]:
    """Return the names of the style sheets: that of the frame first."""
    return tuple(
        sorted((path.name for path in HERE.glob("*.css")), key=lambda name: (name != "desk.css", name))
    )


def script() -> str:
    """Return the component's JavaScript: one module, whose default export Streamlit calls."""
    return _joined(modules())


def style() -> str:
    """Return the component's style sheet."""
    return _joined(styles())


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


@cache
def _component() -> Callable[..., Any]:
    import streamlit as st

    return st.components.v2.component("parcferme_desk", js=script(), css=style(), isolate_styles=False)


def desk(data: Mapping[str, Any], *, key: str) -> Any:
    """Draw the desk and return what it says: ``outbox``, ``page`` and ``go``, ``None`` where it says nothing.

    Args:
        data: As :func:`extractor.ui.desk.protocol.page_data` makes it.
        key: Of the element; the same for the same document and reading, so that its DOM stays.
    """
    return _component()(
        key=key,
        # In one piece: Streamlit looks into every value of the first level for tables, which takes its time.
        data={"state": dict(data)},
        on_outbox_change=_noted,
        on_page_change=_noted,
        on_go_change=_noted,
    )


def _noted() -> None:
    """Streamlit wants something to call for every value that a component may have."""
