"""Import and export: reports and records in; reviewed records, the log, gold and the whole database out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from extractor.errors import ParcFermeError
from extractor.review.decisions import DocumentStatus
from extractor.ui import imports, newer
from extractor.ui.exchange_forms import forms_of, mime_of, suffix_of, write
from extractor.ui.start import MAX_UPLOAD_MB

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.review.importing import Progress
    from extractor.ui.context import Context

_STATUSES: tuple[DocumentStatus, ...] = get_args(DocumentStatus)
_READY = "exchange.ready"
_SHOWN_FAILURES = 200
_SHOWN_JOBS = 8


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was written and waits to be taken.

    Attributes:
        kind: Which export it is.
        file: Where it is.
        name: What it is to be called.
        mime: Its media type.
        count: How many records or lines it has.
    """

    kind: str
    file: Path
    name: str
    mime: str
    count: int


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    words = context.words
    st.title(words("exchange.title"))
    incoming, outgoing = st.columns(2, gap="large")
    with incoming:
        st.header(words("exchange.import"))
        _active(context)
        newer.of_archive(context)
        _upload(context)
        if context.is_local:
            _by_path(context)
        _sample(context)
        _log_in(context)
        _past(context)
    with outgoing:
        st.header(words("exchange.export"))
        _records_out(context)
        _gold_out(context)
        _log_out(context)
        _database_out(context)


# ------------------------------------------------------------------------------------------------- in


def _upload(context: Context) -> None:
    import streamlit as st

    words = context.words
    with st.form("exchange.upload", clear_on_submit=True):
        files = st.file_uploader(
            words("exchange.files"),
            accept_multiple_files=True,
            key="exchange.files",
        )
        st.caption(words("exchange.files_what", limit=MAX_UPLOAD_MB))
        sent = st.form_submit_button(words("exchange.import_them"), type="primary")
    if sent and not files:
        st.warning(words("exchange.no_files"))
    elif sent:
        imports.begin_uploads(files, context.reviewer)
        st.rerun()


def _by_path(context: Context) -> None:
    import streamlit as st

    words = context.words
    with st.form("exchange.path", clear_on_submit=True):
        typed = st.text_input(words("exchange.path"), placeholder=words("exchange.path_example"))
        sent = st.form_submit_button(words("exchange.import_path"))
    path = typed.strip()
    if sent and not path:
        st.warning(words("exchange.no_path"))
    elif sent:
        imports.begin([str(Path(path).expanduser())], context.reviewer)
        st.rerun()


def _sample(context: Context) -> None:
    import streamlit as st

    words = context.words
    with st.expander(words("imports.sample")):
        st.write(words("imports.sample_what"))
        if st.button(words("imports.sample_load"), key="exchange.sample"):
            imports.begin_sample(context.reviewer)
            st.rerun()


def _log_in(context: Context) -> None:
    import streamlit as st

    words = context.words
    with st.expander(words("exchange.log_in")):
        with st.form("exchange.log_in", clear_on_submit=True, border=False):
            file = st.file_uploader(words("exchange.log_file"), type=["jsonl"], key="exchange.log_file")
            st.caption(words("exchange.log_in_what", limit=MAX_UPLOAD_MB))
            sent = st.form_submit_button(words("exchange.log_read"))
        if sent and file is None:
            st.warning(words("exchange.no_files"))
        elif sent and file is not None:
            _read_log(context, file)


def _read_log(context: Context, file: Any) -> None:
    import streamlit as st

    words = context.words
    with st.spinner(words("exchange.log_reading")):
        lines = (line.decode("utf-8", "replace") for line in file)
        done = context.store.import_log(lines)
        context.store.summarise_all()
    number = words.number
    st.success(
        words(
            "exchange.log_done",
            documents=number(done.documents),
            records=number(done.records),
            decisions=number(done.decisions),
            known=number(done.known),
        )
    )
    if done.refused:
        st.warning(words.several("exchange.log_refused", len(done.refused)))
        shown = done.refused[:_SHOWN_FAILURES]
        st.dataframe(
            {
                words("exchange.line"): [one.line for one in shown],
                words("exchange.code"): [one.code for one in shown],
                words("exchange.about"): [one.about for one in shown],
            },
            hide_index=True,
        )


# ----------------------------------------------------------------------------------------------- jobs


def _active(context: Context) -> None:
    """Tell of the import that is under way, and go on telling."""
    import streamlit as st

    imports.jobs().mourn()
    active = imports.jobs().active()
    if active is None:
        return

    @st.fragment(run_every=1.0)
    def told() -> None:
        imports.jobs().mourn()
        progress = imports.jobs().progress(active.job)
        if progress is None or progress.is_over:
            st.rerun()
        else:
            with st.container(border=True):
                _told(context, progress)

    told()


def _past(context: Context) -> None:
    """Tell of the imports that are over, and of those that wait."""
    import streamlit as st

    active = imports.jobs().active()
    known = [one for one in imports.jobs().all() if active is None or one.job != active.job]
    if not known:
        return
    st.header(context.words("exchange.imports"))
    for progress in known[:_SHOWN_JOBS]:
        with st.container(border=True):
            _told(context, progress)


def _told(context: Context, progress: Progress) -> None:
    import streamlit as st

    words = context.words
    names = ", ".join(words("imports.sample") if name == "sample" else name for name in progress.names[:5])
    more = len(progress.names) - 5
    st.text(names + (f" … (+{more})" if more > 0 else ""))
    if not progress.is_over:
        imports.bar(context, progress)
        if progress.current:
            st.caption(words("exchange.at"))
            st.text(progress.current)
        if st.button(words("exchange.stop"), key=f"exchange.stop.{progress.job}"):
            imports.jobs().stop(progress.job)
    number = words.number
    st.write(
        words(
            f"exchange.stage.{progress.stage}",
            added=number(progress.added),
            newer=number(progress.newer),
            same=number(progress.same),
            failed=number(progress.failed),
        )
    )
    if progress.stage == "broken":
        st.error(progress.fault.get(context.language, "?"))
    if progress.annotated:
        st.caption(words("exchange.annotated", count=number(progress.annotated)))
    if progress.left_out:
        kinds = ", ".join(f"{count} {suffix or '—'}" for suffix, count in list(progress.left_out.items())[:8])
        st.caption(words("exchange.left_out", kinds=kinds))
    if progress.failures:
        _failures(context, progress)


def _failures(context: Context, progress: Progress) -> None:
    import streamlit as st

    words = context.words
    shown = progress.failures[:_SHOWN_FAILURES]
    with st.expander(words.several("imports.failed", progress.failed), expanded=len(shown) <= 5):
        st.dataframe(
            {
                words("exchange.code"): [one.code for one in shown],
                words("exchange.cause"): [one.cause(context.language) for one in shown],
            },
            hide_index=True,
        )


# ------------------------------------------------------------------------------------------------ out


def _records_out(context: Context) -> None:
    import streamlit as st

    words = context.words
    with st.container(border=True):
        st.subheader(words("exchange.records"))
        st.caption(words("exchange.records_what"))
        statuses = st.multiselect(
            words("exchange.statuses"),
            _STATUSES,
            default=["reviewed"],
            format_func=lambda status: words(f"exchange.status.{status}"),
            placeholder=words("exchange.all_statuses"),
            key="exchange.statuses",
        )
        forms = forms_of(context)
        form = st.selectbox(words("exchange.form"), forms, format_func=forms.__getitem__, key="exchange.form")
        written = partial(write, context, form, tuple(statuses))
        _offer(context, "records", suffix_of(form), mime_of(form), written, of=(form, *statuses))


def _gold_out(context: Context) -> None:
    import streamlit as st

    words = context.words
    with st.container(border=True):
        st.subheader(words("exchange.gold"))
        st.caption(words("exchange.gold_what"))
        if st.button(words("exchange.gold_go"), key="exchange.gold"):
            context.go("learning")


def _log_out(context: Context) -> None:
    import streamlit as st

    from extractor.review.exporting import write_log

    words = context.words
    with st.container(border=True):
        st.subheader(words("exchange.log"))
        st.caption(words("exchange.log_what"))
        whole = st.checkbox(words("exchange.with_records"), key="exchange.with_records")
        write = partial(write_log, context.store, with_records=whole)
        _offer(context, "log", "jsonl", "application/jsonl", write, of=(whole,))


def _database_out(context: Context) -> None:
    import streamlit as st

    from extractor.review.exporting import copy_database

    words = context.words
    with st.container(border=True):
        st.subheader(words("exchange.database"))
        if not context.store.is_sqlite:
            st.caption(words("exchange.database_server"))
            st.code("pg_dump --format=custom --file=parcferme.dump …", language=None)
            return
        st.caption(words("exchange.database_what"))

        def write(file: Path) -> int:
            copy_database(context.store, file)
            return 1

        _offer(context, "database", "db", "application/vnd.sqlite3", write)


def _offer(
    context: Context,
    kind: str,
    suffix: str,
    mime: str,
    write: Callable[[Path], int],
    *,
    of: tuple[object, ...] = (),
) -> None:
    """Draw the button that has a file written, and then the one that hands it over.

    Args:
        context: Of the page.
        kind: Which export.
        suffix: Of the file's name.
        mime: Its media type.
        write: Writes it and returns how many things are in it.
        of: What was chosen: what was written of something else is not offered.
    """
    import streamlit as st

    words = context.words
    state = f"{_READY}.{kind}"
    wanted = f"{kind}:{of}"
    if st.button(words("exchange.prepare"), key=f"exchange.prepare.{kind}"):
        _drop(st.session_state.pop(state, None))
        file = imports.jobs().upload_folder() / f"export.{suffix}"
        try:
            with st.spinner(words("exchange.writing")):
                count = write(file)
        except ParcFermeError as error:
            _drop(Ready(wanted, file, "", mime, 0))
            st.error(error.in_language(context.language))
            return
        name = f"{words(f'exchange.name.{kind}')}-{datetime.now(UTC):%Y-%m-%d}.{suffix}"
        st.session_state[state] = Ready(wanted, file, name, mime, count)
    ready = st.session_state.get(state)
    if isinstance(ready, Ready) and ready.kind == wanted and ready.file.exists():
        if not ready.count:
            st.info(words("exchange.nothing"))
            return
        size = words.number(max(ready.file.stat().st_size, 1) / 1_000_000, 1)
        st.download_button(
            words("exchange.download", name=ready.name, size=size),
            partial(ready.file.open, "rb"),
            file_name=ready.name,
            mime=ready.mime,
            on_click="ignore",
            type="primary",
            key=f"exchange.download.{kind}",
        )


def _drop(ready: Ready | None) -> None:
    if ready is not None:
        imports.jobs().discard(str(ready.file.parent))
