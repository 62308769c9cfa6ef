"""What the first visit would have to wait for, done before the server answers: libraries, database, sums."""

from __future__ import annotations

import importlib
import logging
import threading
from typing import Final

from extractor.errors import ParcFermeError
from extractor.ui.start import Start

_LOG = logging.getLogger(__name__)
#: What drawing the queue loads, Streamlit's own reasons included: it asks pandas what a value is.
_MODULES: Final = (
    "extractor.ui.app",
    "extractor.ui.queue_page",
    "extractor.ui.document_page",
    "extractor.review.store",
    "extractor.review.apply",
    "extractor.review.logic",
    "PIL.Image",
    "pandas",
    "streamlit.elements.code",
    "streamlit.elements.lib.image_utils",
    "streamlit.material_icon_names",
)


def warm(start: Start, may_open: threading.Event) -> None:
    """Load what pages need, open the store, and add up what the queue shows.

    What cannot be had now is told where it is asked for: a first visit comes to the same end, later.

    Args:
        start: What the app was started with.
        may_open: Set when the database may be opened.
    """
    for name in _MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            _LOG.info("%s is not there to be loaded", name)
    _draw_nothing()
    may_open.wait()
    from extractor.ui import app, queue_page

    try:
        queue_page.prepare(app.open_store(start.database))
    except ParcFermeError as error:
        _LOG.info("not ready yet: %s", error)


def _draw_nothing() -> None:
    """Draw once for nobody: at the first thing drawn, Streamlit looks round the whole process."""
    import streamlit as st

    st.empty()
