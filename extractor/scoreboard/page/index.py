"""The index of the pages: every document with its figures, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from extractor.exports.html.frame import asset, frame
from extractor.exports.html.markup import Html, element, joined
from extractor.scoreboard.board import DIMENSIONS, Board, ScoredDocument
from extractor.scoreboard.diagram import NAME
from extractor.scoreboard.page.document import PACKAGE
from extractor.scoreboard.words import BoardWords
from extractor.scoring.report import HEADLINE


def page_path(document: ScoredDocument) -> str:
    """Return where a document's page lies, seen from the index."""
    return f"{document.split}/{document.name}.html"


def index_page(board: Board, lang: str = "fr") -> str:
    """Return the index of a board's documents. Without scripting it is sorted by the composite."""
    words = BoardWords(lang)
    ranked = board.worst(len(board.documents))
    rest = [document for document in board.documents if document.composite is None]
    rows = (element("tr", *_cells(document, words)) for document in (*ranked, *rest))
    head = element("tr", *_heads(words))
    table = element(
        "table",
        element("thead", head),
        element("tbody", *rows),
        class_="sheet index",
        id="documents",
        tabindex="-1",
    )
    return frame(
        words("index_title"),
        words.lang,
        element("a", words("index_skip"), href="#documents", class_="skip"),
        element(
            "header",
            element("h1", words("index_title")),
            element("p", _summary(board, words), class_="source"),
            element("p", element("a", words.of("calibration", "diagram_link"), href=NAME, class_="see"))
            if board.calibration.total.count
            else None,
            element("p", words("index_hint"), class_="hint"),
            class_="masthead",
        ),
        element("main", table, class_="wide"),
        element("footer", words("made_by")),
        style=asset("page.css") + asset("index.css", PACKAGE),
        script=asset("index.js", PACKAGE),
    )


def _summary(board: Board, words: BoardWords) -> Html:
    ends = words.interval(board.intervals["composite"])
    mean = words.figure(board.report.composite) + (f" [{ends}]" if ends else "")
    title = words("title", splits=", ".join(board.splits), n=len(board.documents))
    return joined(title, words.pair(words("composite"), mean), by=" · ")


def _heads(words: BoardWords) -> Iterator[Html]:
    plain = [words("document"), *(words.of("dimension", name) for name in ("split", *DIMENSIONS))]
    figures = [words("composite"), *(words.of("short", kind) for kind in HEADLINE)]
    for number, name in enumerate((*plain, *figures)):
        style = "figure" if number >= len(plain) else None
        is_sorted = "ascending" if number == len(plain) else None
        button = element("button", name, type="button")
        yield element("th", button, scope="col", class_=style, aria_sort=is_sorted)


def _cells(document: ScoredDocument, words: BoardWords) -> Iterator[Html]:
    link = element("a", document.name, href=quote(page_path(document)), class_="see")
    faulty = element("span", words("faulty"), class_="tag") if document.fault else None
    yield element("td", joined(link, faulty, by=" "))
    yield element("td", document.split)
    for dimension in DIMENSIONS:
        yield element("td", document.slice_of(dimension))
    for share in (document.composite, *(document.scores.tallies[kind].f1 for kind in HEADLINE)):
        known = None if share is None else f"{share:.6f}"
        yield element("td", words.figure(share), class_="figure", data_value=known)
