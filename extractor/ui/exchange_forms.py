"""In what forms the review desk gives records out: its own, and the formats of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from extractor.errors import ParcFermeError
from extractor.exports.formats import FORMATS, ExportOptions, missing_for
from extractor.messages import Messages
from extractor.review.exporting import RecordForm, write_export, write_records

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.review.decisions import DocumentStatus
    from extractor.ui.context import Context

_ANY = "application/octet-stream"
_MIME = {
    "db": "application/vnd.sqlite3",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def forms_of(context: Context) -> dict[str, str]:
    """Return in what forms records are given out, with what each is called."""
    own = {form: context.words(f"exchange.{form}") for form in get_args(RecordForm)}
    messages = Messages(context.language)
    others = {
        name: f"{name} – {messages(f'export.format.{name}')}"
        for name, one in FORMATS.items()
        if not missing_for(one)
    }
    return own | others


def write(context: Context, form: str, statuses: tuple[DocumentStatus, ...], file: Path) -> int:
    """Write the records of documents in one form and return how many.

    How far it is shows on the page, and so does what had to be left out.

    Raises:
        ParcFermeError: They cannot be written, or grow too large.
    """
    import streamlit as st

    words = context.words
    bar = st.progress(0.0, words("exchange.writing"))

    def told(done: int, total: int) -> None:
        bar.progress(done / total, words("exchange.written", done=done, total=total))

    def left_out(error: ParcFermeError) -> None:
        st.warning(error.in_language(context.language))

    if form in get_args(RecordForm):
        count = write_records(context.store, file, cast("RecordForm", form), statuses, told=told)
    else:
        options = ExportOptions(language=context.language, leave_out=left_out)
        count = write_export(context.store, file, FORMATS[form], statuses, options, told=told)
    bar.empty()
    return count


def suffix_of(form: str) -> str:
    """Return the suffix of a form's file, without the dot; a format that is a folder comes as an archive."""
    return (FORMATS[form].suffix or ".zip").lstrip(".") if form in FORMATS else form


def mime_of(form: str) -> str:
    """Return the media type of a form's file."""
    return _MIME.get(suffix_of(form), _ANY)
