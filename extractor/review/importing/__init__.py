"""Bringing reports and records into the store: asked for in a folder, done by a process of its own.

:class:`~extractor.review.importing.jobs.Jobs` is what command and app see: they ask, and watch.
:func:`~extractor.review.importing.work.work` is what the process does: it finds what there is
(``finding``), has each report read and extracted by a helper process that may die without harm (``helper``),
keeps pictures of pages (``pictures``), and puts everything into the store.
"""

from extractor.review.importing.jobs import Failure, Jobs, Progress, start_worker

__all__ = ["Failure", "Jobs", "Progress", "start_worker"]
