"""Normalising: how typists, printers and encodings write is seen through, on every page.

Ligatures, kinds of hyphens, blanks and apostrophes, accents that stand apart, letters set wide, words that
the end of a line parts. Nothing here guesses at what was printed: that is done by
:mod:`extractor.pipeline.restoring`.
"""
