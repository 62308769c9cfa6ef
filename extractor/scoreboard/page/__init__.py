"""Pages that show the errors in their texts: one for each document, and an index."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.scoreboard.board import Board
from extractor.scoreboard.page.document import document_page
from extractor.scoreboard.page.index import index_page, page_path

__all__ = ["pages"]


def pages(board: Board, lang: str = "fr") -> Iterator[tuple[str, str]]:
    """Yield every page of a board, the index first, with its path below their folder.

    Args:
        board: What was scored.
        lang: Language of the pages' own words, ``fr`` or ``en``.
    """
    yield "index.html", index_page(board, lang)
    for document in board.documents:
        yield page_path(document), document_page(document, lang)
