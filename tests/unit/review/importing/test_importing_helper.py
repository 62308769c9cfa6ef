"""The helper process: it may die, hang or meet a fault, and the next document is read all the same."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from importing_builders import REPORT, record_of, write_report

from extractor.errors import InputError, InternalError, ModelError
from extractor.readers import ReadOptions, Source, SourceText
from extractor.record import RaceRecord
from extractor.review.importing.helper import Helper, serve


def _extract(read: SourceText, origin: str) -> RaceRecord:
    if "PIÈGE" in read.text:
        os._exit(9)
    if "SOMMEIL" in read.text:
        time.sleep(60)
    if "BOGUE" in read.text:
        raise RuntimeError("a bug\nof ours")
    if "MODÈLE" in read.text:
        raise ModelError("model_not_found", source="nulle-part")
    return record_of(read.text, origin)


def _serve(connection: Connection) -> None:
    serve(connection, _extract, ReadOptions())


@pytest.mark.slow
def test_whatever_a_document_does_to_the_helper_the_next_one_is_read(tmp_path: Path) -> None:
    def source(text: str) -> Source:
        path = write_report(tmp_path, "course.txt", text)
        return Source(str(path), path)

    def outcome(text: str) -> str:
        """Return the text of the record, else the code of the error."""
        try:
            made = helper.make(
                source(text), "course", is_known=lambda _: False, told=lambda done, total: None
            )
        except (InputError, InternalError) as error:
            return f"{error.code} {error.source}"
        return made.record.document.text if made is not None else "known"

    path = tmp_path / "course.txt"
    helper = Helper(_serve, silence=6)
    try:
        assert outcome(REPORT) == REPORT
        assert outcome("") == f"empty_file {path}"
        assert outcome(f"{REPORT}PIÈGE") == f"helper_died {path}"
        assert outcome(f"{REPORT}BOGUE") == f"internal_fault {path}"
        assert outcome(f"{REPORT}SOMMEIL") == f"helper_silent {path}"
        assert outcome(f"{REPORT}fin") == f"{REPORT}fin"
        with pytest.raises(ModelError):
            outcome(f"{REPORT}MODÈLE")
        digests: list[str] = []

        def is_known(digest: str) -> bool:
            digests.append(digest)
            return True

        assert helper.make(source(REPORT), "course", is_known=is_known, told=lambda done, total: None) is None
        assert digests == [record_of(REPORT).document.sha256]
    finally:
        helper.close()
