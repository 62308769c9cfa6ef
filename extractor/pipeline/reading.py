"""Reading a text: its tokens, through a restored view where the page is damaged."""

from __future__ import annotations

from extractor.pipeline.restoring.damage import is_damaged
from extractor.pipeline.restoring.edits import edits
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.view import View


def read(text: str) -> Tokens:
    """Return the tokens of a text as it was most likely printed."""
    tokens = Tokens(text)
    if not is_damaged(tokens):
        return tokens
    view = View(text, edits(tokens))
    return Tokens(view.text, view) if view.text != text else tokens
