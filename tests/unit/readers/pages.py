"""Pages for tests: text set in letters of one width, as on a typewriter."""

from __future__ import annotations

from extractor.readers.printed import PrintedBlock, PrintedLine, PrintedPage, PrintedWord

LETTER, LEADING, HEIGHT = 6.0, 14.0, 10.0


def line(text: str, *, x: float = 50, y: float = 100, height: float = HEIGHT) -> PrintedLine:
    """Set a line; two blanks or more at its beginning indent it."""
    words, column = [], 0
    for part in text.split(" "):
        if part:
            left = x + LETTER * column
            words.append(PrintedWord(part, left, y, LETTER * len(part), height))
        column += len(part) + 1
    return PrintedLine(words)


def block(*texts: str, x: float = 50, y: float = 100, **options: object) -> PrintedBlock:
    lines = [line(text, x=x, y=y + LEADING * row) for row, text in enumerate(texts)]
    return PrintedBlock(lines, **options)  # type: ignore[arg-type]


def page(*blocks: PrintedBlock, number: int = 1) -> PrintedPage:
    return PrintedPage(number, 600, 800, "point", list(blocks))
