"""The process that reads and extracts: whatever a file does to it, the import goes on with another one.

It is asked twice for each source: to read it, which gives the digest of its text, and then to extract it,
unless that text is known. Pictures of pages come one by one, so that no message is large.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from extractor.errors import InputError, InternalError, ModelError, ParcFermeError
from extractor.readers import ReadOptions, Source, SourceText, read_source
from extractor.record import RaceRecord
from extractor.review.importing.pictures import Picture, pictures_of

Extract = Callable[[SourceText, str], RaceRecord]
"""Makes the record of a text; the name is where it comes from."""

SILENCE = 900.0
"""Seconds without a word after which a helper is given up: a page's recognition ends after far fewer."""

_OWN = (ModelError, ImportError)


@dataclass(frozen=True, slots=True)
class Made:
    """What a helper made of a source.

    Attributes:
        record: Its record.
        pictures: Of its pages, where it has any.
    """

    record: RaceRecord
    pictures: tuple[Picture, ...]


def serve(connection: Connection, extract: Extract, options: ReadOptions) -> None:
    """Answer until nobody asks any more: what the process does.

    Args:
        connection: To who asks.
        extract: Makes records.
        options: Limits and OCR.
    """
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            source, origin = connection.recv()
            _one(connection, source, origin, extract, options)


def _one(connection: Connection, source: Source, origin: str, extract: Extract, options: ReadOptions) -> None:
    try:
        read = read_source(source, options, lambda done, total: connection.send(("page", done, total)))
        connection.send(("read", read.sha256))
        if not connection.recv():
            return
        record = extract(read, origin)
        for picture in pictures_of(source, read, options):
            connection.send(("picture", picture))
        connection.send(("record", record.to_json()))
    except _OWN as error:
        connection.send(("own", error if isinstance(error, ParcFermeError) else str(error)))
    except ParcFermeError as error:
        error.source = error.source or source.name
        connection.send(("error", error))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        traceback.print_exc()
        fault = f"{type(error).__name__}: {error}".split("\n")[0][:160]
        connection.send(("error", InternalError("internal_fault", source=source.name, fault=fault)))


class Helper:
    """Somebody to read and extract; started when first asked, and anew after it died.

    Args:
        target: What the process runs: a function of a module, which is given its end of the connection.
        silence: Seconds without a word after which it is given up.
    """

    def __init__(self, target: Callable[[Connection], None], *, silence: float = SILENCE) -> None:
        self._target, self._silence = target, silence
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def make(
        self,
        source: Source,
        origin: str,
        *,
        is_known: Callable[[str], bool],
        told: Callable[[int, int], None],
    ) -> Made | None:
        """Return what is made of a source, ``None`` where its text is known.

        Args:
            source: What to read.
            origin: Where it comes from, as the record is to say.
            is_known: Whether the text of a digest need not be extracted.
            told: Is told how many pages are read, of how many.

        Raises:
            ModelError: The model fails whatever the text.
            ParcFermeError: The source's own, ``helper_died`` or ``helper_silent`` among them.
        """
        connection = self._ready()
        pictures: list[Picture] = []
        try:
            connection.send((source, origin))
            while True:
                if not connection.poll(self._silence):
                    self.close()
                    raise InputError("helper_silent", source=source.name, minutes=round(self._silence / 60))
                kind, *content = connection.recv()
                if kind == "page":
                    told(*content)
                elif kind == "read":
                    known = is_known(content[0])
                    connection.send(not known)
                    if known:
                        return None
                elif kind == "picture":
                    pictures.append(content[0])
                elif kind == "record":
                    return Made(RaceRecord.model_validate_json(content[0]), tuple(pictures))
                else:
                    raise _as_error(content[0])
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            self.close()
            raise InputError("helper_died", source=source.name) from error

    def close(self) -> None:
        """End the process, politely first."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.terminate()
            process.join(3)
            if process.is_alive():
                process.kill()
                process.join(3)
            process.close()

    def _ready(self) -> Connection:
        if self._connection is not None:
            return self._connection
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._target, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        return ours


def _as_error(told: Any) -> Exception:
    return told if isinstance(told, Exception) else ImportError(str(told))
