"""``transformers`` without its own bars and reports: what the user is told, we tell."""

from __future__ import annotations

from typing import Any


def hush_transformers() -> None:
    """Switch off bars and everything short of an error."""
    from transformers.utils import logging

    untyped: Any = logging
    untyped.disable_progress_bar()
    untyped.set_verbosity_error()
