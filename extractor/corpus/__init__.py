"""The corpus: reports of our own, marked up by hand, and the gold records compiled from them.

A *report file* (``NAME.report``) holds metadata, the text with inline marks, and a block of facts:
:mod:`~extractor.corpus.markup` reads the marks, :mod:`~extractor.corpus.facts` the facts,
:mod:`~extractor.corpus.compile` makes the record of both, :mod:`~extractor.corpus.check` looks for slips.
The notation is explained in ``corpus/MARKUP.md``.
"""
