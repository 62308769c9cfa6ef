"""From words on pages to a text that remembers where each word stands.

Readers of paged formats (PDF, ALTO, PAGE, hOCR) give pages as blocks, lines and words in reading order.
:func:`assemble` writes them down: a blank between words, a line end between lines, an empty line between
paragraphs, blocks and pages, and nothing tidied. It says which line ends are none, for the paragraph goes on
behind them, and what is running head or page number.
"""

from extractor.readers.printed.assemble import assemble
from extractor.readers.printed.shapes import Assembled, PrintedBlock, PrintedLine, PrintedPage, PrintedWord

__all__ = ["Assembled", "PrintedBlock", "PrintedLine", "PrintedPage", "PrintedWord", "assemble"]
