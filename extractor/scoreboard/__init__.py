"""The scoreboard: how well the corpus is read, where not, and since which release.

:mod:`~extractor.scoreboard.reading` reads the reports, :mod:`~extractor.scoreboard.board` counts,
:mod:`~extractor.scoreboard.releases` keeps the figures, :mod:`~extractor.scoreboard.page` shows every error
in its text. The scores are those of :mod:`extractor.scoring`.
"""
