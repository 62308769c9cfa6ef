"""Pages that show the errors in their texts: one for each document, an index, and a diagram."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.scoreboard.board import Board
from extractor.scoreboard.diagram import NAME, diagram
from extractor.scoreboard.page.document import document_page
from extractor.scoreboard.page.index import index_page, page_path

__all__ = ["pages"]


def pages(board: Board, lang: str = "fr") -> Iterator[tuple[str, str]]:
    """Yield every page of a board and the diagram, the index first, with their paths below their folder.

    Args:
        board: What was scored.
        lang: Language of the pages' own words, ``fr`` or ``en``.
    """
    yield "index.html", index_page(board, lang)
    if board.calibration.total.count:
        yield NAME, diagram(board.calibration, lang)
    for document in board.documents:
        yield page_path(document), document_page(document, lang)
