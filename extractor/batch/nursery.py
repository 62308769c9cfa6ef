"""What workers are forked from: a process in which everything is imported and the model is loaded.

Importing this module does it; ``multiprocessing``'s fork server is told to. Whatever goes wrong here is left
for the workers to meet, who can say so.
"""

from __future__ import annotations

import gc
import os
import signal
from contextlib import suppress

VARIABLE = "PARCFERME_BATCH_MODEL"
"""The environment variable that names the model to load."""

_ANY_REPORT = (
    "Grand Prix de Brumeval\n\nLouis Marchal (Écurie du Val) a gagné la course devant Jean Tavernier.\n"
)


def _load(model: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard interrupts who started it
    import extractor
    from extractor.batch import work, worker  # noqa: F401

    with suppress(Exception):
        extractor.extract(_ANY_REPORT, model=model)
    gc.collect()
    gc.freeze()  # nobody looks through what all share, which would copy it for each


if VARIABLE in os.environ:
    _load(os.environ.pop(VARIABLE))
