"""The component of the adjudication page: both readings of one fact side by side, worked by keyboard.

What is pressed travels to Python as one action with an id of its own; until the answer is there the page
takes no other, so that none is lost and none is done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any


def settle(data: Mapping[str, Any], *, key: str, on_act: Callable[[], None]) -> None:
    """Draw the component.

    Args:
        data: As :func:`extractor.ui.settling.view.page_data` makes it.
        key: Of the element; what was pressed stands in the session's state under it, as ``act``.
        on_act: Called before the next run when something was pressed.
    """
    import streamlit as st

    component = st.components.v2.component(
        "parcferme.settling", js=_file("settling.js"), css=_file("settling.css"), isolate_styles=False
    )
    component(key=key, data=dict(data), on_act_change=on_act)


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
