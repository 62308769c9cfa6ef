"""From letters on a page to blocks in reading order: words, columns, lines, paragraphs.

Everything here is geometry: letters come with their boxes, from whatever library, in a frame in which they
run from left to right and down the page. What stands where decides; the order in which a file draws its
letters is asked only where that leaves a doubt, as between the columns of a text and those of a table.
"""

from extractor.readers.layout.letters import Letter
from extractor.readers.layout.pages import Frame, RawPage, lay_out
from extractor.readers.layout.words import Piece, words_of

__all__ = ["Frame", "Letter", "Piece", "RawPage", "lay_out", "words_of"]
