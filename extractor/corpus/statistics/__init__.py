"""What the corpus holds, in figures: counted, shown in the terminal, drawn, and told on a page.

:mod:`~extractor.corpus.statistics.counts` counts; the other modules show what it found.
"""
