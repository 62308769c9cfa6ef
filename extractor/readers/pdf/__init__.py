"""PDF, with a text layer or without.

``glyphs`` takes letters and their boxes from pdfium, ``layout`` makes words, columns and paragraphs of them,
``told`` asks what the file says of itself, ``reader`` puts it together and leaves pages without text to text
recognition.
"""

from extractor.readers.pdf.reader import read

__all__ = ["read"]
