"""What would be learnt: reviewed documents, how they differ from what was extracted, gold to train on."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.errors import InputError, ParcFermeError
from extractor.review.gold import Candidate, Refusal, archive, candidate, export, listed
from extractor.review.outcomes import Outcome
from extractor.review.queue import QueueFilter
from extractor.ui.table import Cell, Column, table

if TYPE_CHECKING:
    from extractor.corpus.metadata import Split
    from extractor.review.queue import QueueRow
    from extractor.ui.context import Context
    from extractor.ui.words import Words

FOLDER: Final = "gold"
CORPUS: Final = "corpus"
_FOUND: Final = "learning.found"
_MANY: Final = 500
#: What an outcome teaches: the model had it right, or this is what it is to learn.
_TAUGHT: Final[tuple[Outcome, ...]] = ("edited", "detailed", "added", "rejected", "merged", "unanchored")


def show(context: Context) -> None:
    """Draw the page."""
    import streamlit as st

    words = context.words
    st.title(words("learning.title"))
    st.write(words("learning.intro"))
    place, corpus = st.columns(2)
    with place:
        folder = _path(context, "folder", FOLDER)
    with corpus:
        texts = _path(context, "corpus", CORPUS)
    withheld = _withheld(words, texts)
    found = _found(context, withheld)
    if found is None:
        return
    ready = [one for one in found if isinstance(one, Candidate)]
    refused = [one for one in found if isinstance(one, Refusal)]
    try:
        known = listed(folder)
    except InputError as error:
        st.error(error.in_language(words.language))
        known = {}
    _told(words, ready, known)
    if ready:
        _differences(words, ready)
        _documents(context, ready, known)
    if refused:
        _refusals(context, refused)
    st.header(words("learning.export_title"))
    _export(context, ready, folder)
    _command(words, folder, texts)


def _path(context: Context, name: str, usual: str) -> Path:
    """Ask for a folder; whoever comes from another machine has no business in others than the usual ones."""
    import streamlit as st

    said = st.text_input(
        context.words(f"learning.{name}"), usual, key=f"learning.{name}", disabled=not context.is_local
    )
    return Path(said.strip() or usual).expanduser() if context.is_local else Path(usual)


# ------------------------------------------------------------------------------------------ what there is


def _withheld(words: Words, corpus: Path) -> dict[str, Split]:
    """Return the texts that nothing may be learnt from."""
    import streamlit as st

    if not corpus.exists():  # everywhere but in a checkout of the project
        st.caption(words("learning.without_corpus"))
        return {}
    try:
        with st.spinner(words("learning.reading_corpus")):
            return _read(corpus.absolute(), _stamp(corpus))
    except ParcFermeError as error:
        st.warning(words("learning.no_corpus", why=error.in_language(words.language)))
        return {}


@lru_cache(maxsize=4)
def _read(corpus: Path, _stamp: tuple[int, ...]) -> dict[str, Split]:
    """Read the whole corpus, which takes seconds: once, for everybody, until a report comes or goes."""
    from extractor.training.gold import withheld

    return withheld(corpus)


def _stamp(corpus: Path) -> tuple[int, ...]:
    from extractor.corpus.library import TEXTS

    try:
        return tuple(sorted(path.stat().st_mtime_ns for path in (corpus / TEXTS).iterdir()))
    except OSError:
        return ()


def _found(context: Context, withheld: dict[str, Split]) -> list[Candidate | Refusal] | None:
    """Return what every reviewed document gives; one is looked at again when something was decided on it."""
    import streamlit as st

    from extractor.review.doubling import every_row

    words = context.words
    rows = list(every_row(context.store, QueueFilter(statuses=("reviewed",))))
    kept: dict[tuple[object, ...], Candidate | Refusal] = st.session_state.setdefault(_FOUND, {})
    missing = [row for row in rows if _state(context, row, withheld) not in kept]
    if len(missing) > _MANY and not st.button(
        words.several("learning.look", len(missing)), key="learning.look", type="primary"
    ):
        st.info(words.several("learning.many", len(missing)))
        return None
    if missing:
        bar = st.progress(0.0, words("learning.looking"))
        for number, row in enumerate(missing, 1):
            kept[_state(context, row, withheld)] = candidate(context.store, row, withheld)
            bar.progress(number / len(missing))
        bar.empty()
    states = [_state(context, row, withheld) for row in rows]
    st.session_state[_FOUND] = {state: kept[state] for state in states}
    return [kept[state] for state in states]


def _state(context: Context, row: QueueRow, withheld: dict[str, Split]) -> tuple[object, ...]:
    return (context.store.name, row.key, row.touched_at, row.double, row.second_status, len(withheld))


# ------------------------------------------------------------------------------------------------ drawing


def _told(words: Words, ready: list[Candidate], known: dict[str, tuple[str, str]]) -> None:
    import streamlit as st

    fresh = [one for one in ready if one.key not in known]
    changed = [one for one in ready if one.key in known and known[one.key][1] != one.sha256]
    counts = (("ready", len(ready)), ("fresh", len(fresh)), ("changed", len(changed)))
    for column, (name, count) in zip(st.columns(3), counts, strict=True):
        column.metric(words(f"learning.{name}"), words.number(count), help=words(f"learning.{name}_help"))


def _differences(words: Words, ready: list[Candidate]) -> None:
    """Show by kind of fact how much of what was extracted stood, and what was changed."""
    import streamlit as st

    st.header(words("learning.differences"))
    total: Counter[tuple[str, Outcome]] = Counter()
    for one in ready:
        total.update(one.changes)
    kinds = sorted({kind for kind, _ in total}, key=_order)
    right: tuple[Outcome, ...] = ("accepted", "undecided")
    columns = [Column(words("learning.kind"), is_head=True), Column(words("learning.stood"), "end")]
    columns += [Column(words(f"learning.outcome.{outcome}"), "end") for outcome in _TAUGHT]
    rows = []
    for kind in kinds:
        stood = words.number(sum(total[kind, one] for one in right))
        cells = [Cell(words(f"learning.part.{kind}")), Cell(stood)]
        cells += [Cell(words.number(total[kind, one]) if total[kind, one] else "–") for one in _TAUGHT]
        rows.append(cells)
    table(words("learning.differences"), columns, rows, key="learning.differences", words=words.page("table"))
    st.caption(words("learning.let_stand"))


def _order(kind: str) -> tuple[int, str]:
    parts = ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes")
    part = kind.partition(".")[0]
    return (parts.index(part) if part in parts else len(parts), kind)


def _documents(context: Context, ready: list[Candidate], known: dict[str, tuple[str, str]]) -> None:
    import streamlit as st

    words = context.words
    with st.expander(words.several("learning.documents", len(ready))):
        rows = []
        for one in ready[:_MANY]:
            taught = sum(count for (_, outcome), count in one.changes.items() if outcome in _TAUGHT)
            standing = "fresh" if one.key not in known else "same"
            if standing == "same" and known[one.key][1] != one.sha256:
                standing = "changed"
            link = context.document_link(one.key)
            rows.append(
                [
                    Cell(one.title, below=one.name, to=one.key, href=link),
                    Cell(words.number(taught)),
                    Cell(words(f"learning.state.{standing}")),
                ]
            )
        _open(
            context,
            table(
                words("learning.documents_caption"),
                [
                    Column(words("learning.document"), is_head=True),
                    Column(words("learning.taught"), "end"),
                    Column(words("learning.state_title")),
                ],
                rows,
                key="learning.documents",
                words=words.page("table"),
                tall=True,
            ).opened,
        )


def _refusals(context: Context, refused: list[Refusal]) -> None:
    import streamlit as st

    words = context.words
    st.header(words("learning.refused"))
    rows = [
        [
            Cell(one.title, to=one.key, href=context.document_link(one.key)),
            Cell(words(f"learning.why.{one.code}", part=one.part or "")),
        ]
        for one in refused[:_MANY]
    ]
    _open(
        context,
        table(
            words("learning.refused"),
            [Column(words("learning.document"), is_head=True), Column(words("learning.why_title"))],
            rows,
            key="learning.refused",
            words=words.page("table"),
            tall=True,
        ).opened,
    )


def _open(context: Context, key: str | None) -> None:
    if key is not None:
        context.open_document(key)


def _export(context: Context, ready: list[Candidate], folder: Path) -> None:
    import streamlit as st

    words = context.words
    st.write(words("learning.export_how", folder=_plain(folder)))
    pressed = st.button(
        words.several("learning.export", len(ready)),
        key="learning.export",
        type="primary",
        disabled=not (ready and context.is_local),
    )
    st.download_button(
        words("learning.download"),
        lambda: archive(ready),
        "gold.zip",
        "application/zip",
        key="learning.download",
        disabled=not ready,
        on_click="ignore",
    )
    if not context.is_local:
        st.info(words("learning.not_local"))
    if not pressed:
        return
    try:
        with st.spinner(words("learning.exporting")):
            done = export(ready, folder)
    except ParcFermeError as error:
        st.error(error.in_language(words.language))
        return
    reports = words.number(done.reports)
    st.success(words.several("learning.exported", done.records, folder=_plain(folder), reports=reports))
    if done.obstacles:
        st.write(words("learning.obstacles"))
        st.text("\n".join(f"{name}: {why}" for name, why in sorted(done.obstacles.items())[:_MANY]))


def _command(words: Words, folder: Path, corpus: Path) -> None:
    import streamlit as st

    st.header(words("learning.command_title"))
    st.write(words("learning.command_how"))
    st.code(command(folder, corpus), language="bash", wrap_lines=True)
    st.caption(words("learning.command_check", command=f"parcferme corpus check {shlex.quote(str(folder))}"))


def command(folder: Path, corpus: Path) -> str:
    """Return the command that trains on a folder of gold, ready for a shell."""
    words = ["parcferme", "train", str(folder.absolute())]
    if corpus != Path(CORPUS):
        words += ["--corpus", str(corpus.absolute())]
    return shlex.join(words)


def _plain(folder: Path) -> str:
    """Return a folder's name as it is put into a sentence that Streamlit reads as Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$:&-])", r"\\\1", str(folder.absolute()))
