"""METS: the table of contents of a digitised document, which points to files with the text of its pages.

Specification: https://www.loc.gov/standards/mets/. Only files beside it are read, through ``reading.beside``;
nothing is ever fetched. Pages come in the order of the physical map; what the logical map calls one article
stays together on its page.
"""

from extractor.readers.mets.pages import files_of, read

__all__ = ["files_of", "read"]
