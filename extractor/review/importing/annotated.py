"""Files of annotators' tools among those that are imported: known by what we had written into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from extractor.errors import InputError, RecordError
from extractor.exports.annotation.task import MARKS_SHA256
from extractor.messages import LANGUAGES, Messages
from extractor.review.importing.jobs import Failure

if TYPE_CHECKING:
    from extractor.exports.annotation.files import Found
    from extractor.review.annotated import Outcome, Remark
    from extractor.review.annotated.bringing import Brought
    from extractor.review.importing.finding import RecordFile

_KEY: Final = f'"{MARKS_SHA256}"'.encode()
_PIECE: Final = 1 << 20
_MOST_LOOKED: Final = 64 << 20


def is_annotated(file: RecordFile) -> bool:
    """Say whether a file of JSON is one that annotators worked on; what cannot be read is none."""
    try:
        with file.open() as stream:
            return _is_in(stream)
    except (OSError, InputError):
        return False


def _is_in(stream: BinaryIO) -> bool:
    """Look for the name of our mark as a key; within a text its quotation marks would be escaped."""
    before, looked = b"", 0
    while looked < _MOST_LOOKED and (piece := stream.read(_PIECE)):
        if _KEY in before + piece:
            return True
        if not looked and b'"race-record/' in piece[:200]:
            return False
        before, looked = piece[-len(_KEY) :], looked + len(piece)
    return False


def brought_of(files: Iterable[RecordFile]) -> Brought:
    """Return what annotators gave back; each object says whose tool it comes from."""
    from extractor.review.annotated.bringing import Brought, read_objects, tool_of

    brought = Brought()
    for file in files:
        for found in _objects(file):
            if isinstance(found, RecordError):
                brought.take(found)
            else:
                for one in read_objects(tool_of(found.fields), [found]):
                    brought.take(one)
    return brought


def _objects(file: RecordFile) -> Iterator[Found | RecordError]:
    from extractor.exports.annotation.files import objects_of

    try:
        with file.open() as stream:
            yield from objects_of(stream, file.name, file.member or file.path.name)
    except InputError as error:
        yield RecordError(error.code, source=error.source, **error.parameters)
    except OSError as error:
        yield RecordError("unreadable", source=file.name, reason=error.strerror or str(error))


def refusals_of(name: str, outcome: Outcome) -> Iterator[Failure]:
    """Yield what annotators did to a document and is in no record."""
    for remark in outcome.remarks:
        if remark.weight == "error":
            yield _failure(name, remark)


def not_there(source: str) -> Failure:
    """Return that there is no document of an annotated text."""
    from extractor.review.annotated import Remark

    return _failure(source, Remark("no_record"))


def _failure(name: str, remark: Remark) -> Failure:
    from extractor.review.annotated.telling import remark_line

    lines = {language: remark_line(name, remark, Messages(language)) for language in LANGUAGES}
    return Failure(name, remark.code, lines)
