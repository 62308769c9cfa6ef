"""The importing process: ``python -m extractor.cli.importer FOLDER``, started by command and app.

The folder says what was asked for (:mod:`extractor.review.importing.jobs`), the environment which database
and which model. It ends when all is done, or when whoever started it ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.readers.source import SourceText
    from extractor.record import RaceRecord

RULES = "rules"


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked for in the folder that is named."""
    from extractor.errors import ParcFermeError
    from extractor.review.importing.helper import Helper
    from extractor.review.importing.jobs import Jobs
    from extractor.review.importing.keeping import StoreKeeper
    from extractor.review.importing.work import causes, work
    from extractor.review.store import Store

    (folder,) = sys.argv[1:] if arguments is None else arguments
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs = Jobs(Path(folder))
    helper = Helper(serve)
    end_with_parent()
    with jobs.alone():
        try:
            with Store.open(os.environ.get("PARCFERME_DB") or None) as store:
                work(jobs, helper, StoreKeeper(store), model=model_version())
        except ParcFermeError as error:
            jobs.break_all(causes(error))
            return error.exit_code
        finally:
            helper.close()
    return 0


def serve(connection: Connection) -> None:
    """Read and extract in a process of its own."""
    from extractor.readers import ReadOptions
    from extractor.review.importing import helper

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    helper.serve(connection, extract, ReadOptions())


def extract(read: SourceText, origin: str) -> RaceRecord:
    """Return the record of a text; the environment says by which model."""
    import extractor

    return extractor.extract(read, source=origin)


def model_version() -> str:
    """Return by what records are made: version of the program, and of its model where it has one.

    Raises:
        ModelError: The environment names a model that is none.
    """
    import extractor
    from extractor.pipeline.model.location import MANIFEST, find_bundle

    bundle = find_bundle()
    if bundle is None:
        return f"{extractor.__version__} {RULES}"
    told = json.loads((bundle / MANIFEST).read_text(encoding="utf-8"))
    version = told.get("version") if isinstance(told, dict) else None
    return f"{extractor.__version__} {version if isinstance(version, str) else bundle.parent.name}"


def end_with_parent() -> None:
    """End when standard input does: whoever started this holds its other end."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
