"""The pipeline: text in, race record out, as spaCy components in reading order."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.pipeline.language import blank, lean_import
from extractor.pipeline.model.location import COMPONENT as MODEL_COMPONENT
from extractor.pipeline.model.location import NONE, ModelChoice, find_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from extractor.pipeline.reading import PassedOver
    from extractor.readers.source import SourceText, Told
    from extractor.record import RaceRecord

COMPONENTS = (
    "layout",
    "names",
    "people",
    "coref",
    "sessions",
    "quotes",
    "entries",
    "results",
    "speakers",
    "incidents",
    "record",
    "model",
)

_YOUNG_OBJECTS = 10_000
_collector_is_ours = threading.Lock()


def load(model: ModelChoice = None) -> Language:
    """Return the pipeline with a model, built once per process and model; see :func:`extractor.load`."""
    return _built(find_bundle(model))


@lru_cache(maxsize=4)
def _built(bundle: Path | None) -> Language:
    return add_components(blank(), NONE if bundle is None else bundle)


def add_components(nlp: Language, model: ModelChoice = None) -> Language:
    """Add the components to any French ``Language`` and return it.

    Args:
        nlp: The language.
        model: Which model the rules work with; see :func:`extractor.pipeline.model.location.find_bundle`.

    Raises:
        ModelError: The folder asked for holds no model.
    """
    bundle = find_bundle(model)
    register_components()
    for name in COMPONENTS:
        nlp.add_pipe(f"parcferme_{name}")
    nlp.get_pipe(MODEL_COMPONENT).use(bundle)  # type: ignore[attr-defined]
    nlp.max_length = 1 << 40  # the limit that matters is the reader's
    return nlp


def register_components() -> None:
    """Import the rooms that hold the components, so that spaCy knows their factories."""
    with lean_import():
        from extractor.pipeline import assemble, entries, layout  # noqa: F401
        from extractor.pipeline.incidents import component as _incidents  # noqa: F401
        from extractor.pipeline.model import component as _model  # noqa: F401
        from extractor.pipeline.names import component as _names  # noqa: F401
        from extractor.pipeline.people import component as _people  # noqa: F401
        from extractor.pipeline.people import coreference  # noqa: F401
        from extractor.pipeline.quotes import component as _quotes  # noqa: F401
        from extractor.pipeline.quotes import placed as _placed  # noqa: F401
        from extractor.pipeline.results import component as _results  # noqa: F401
        from extractor.pipeline.sessions import component as _sessions  # noqa: F401


def extract(text: str | SourceText, *, source: str | None = None, model: ModelChoice = None) -> RaceRecord:
    """Read one report; see :func:`extractor.extract`."""
    if isinstance(text, str):
        record: RaceRecord = read(text, source=source, model=model)._.record
        return record
    from extractor.pipeline.dirt import dirt
    from extractor.pipeline.placing import place
    from extractor.pipeline.reading import PassedOver

    skipped = *((stretch.start, stretch.end) for stretch in text.skipped), *dirt(text)
    passed = PassedOver(skipped, text.joins)
    found = read(text.text, source=source, model=model, passed=passed, told=text.told)
    return place(found._.record, text)


def read(
    text: str,
    *,
    source: str | None = None,
    model: ModelChoice = None,
    passed: PassedOver | None = None,
    told: tuple[Told, ...] = (),
) -> Doc:
    """Return a report with all that the components have found; the record is ``doc._.record``.

    Args:
        text: As in :func:`extractor.extract`.
        source: The same.
        model: The same.
        passed: What of the text is no report, and which ends of lines are none.
        told: What the file's container says of the document.

    Raises:
        InputError, ModelError: As :func:`extractor.extract`.
    """
    nlp = load(model)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError("half_character", source=source, position=error.start) from error
    with lean_import():
        from spacy.tokens import Doc

    # The components read their own tokens; spaCy's tokenizer takes quadratic time over marks without blanks.
    doc = Doc(nlp.vocab)
    doc.user_data["source"] = source
    doc.user_data["text"] = text
    if passed is not None:
        doc.user_data["passed_over"] = passed
    if told:
        doc.user_data["told"] = told
    with _patient_collector():
        for _, component in nlp.pipeline:
            doc = component(doc)
    return doc


@contextlib.contextmanager
def _patient_collector() -> Iterator[None]:
    """Let the cyclic garbage collector run less often while a text is read.

    What the components build lives until the record is there and holds next to no cycles, so walking it every
    few hundred objects is a tenth of the time of a long text. The thresholds are the whole process's: of
    several threads that read at once, the first one sets them and puts them back, and none waits.
    """
    if not _collector_is_ours.acquire(blocking=False):
        yield
        return
    before = gc.get_threshold()
    try:
        if 0 < before[0] < _YOUNG_OBJECTS:  # 0: somebody has switched it off
            gc.set_threshold(_YOUNG_OBJECTS, *before[1:])
        yield
    finally:
        gc.set_threshold(*before)
        _collector_is_ours.release()
