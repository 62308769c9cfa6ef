"""Edit and add: what a person wrote is checked as a record's JSON is, and has the confidence 1."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from extractor.record import Document, Event, Quote, Span
from extractor.review.applying.draft import Draft
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.returning import come_back, is_waiting
from extractor.review.applying.things import DOCUMENT, EVENT, MODELS, Thing, spans_field
from extractor.review.decisions import Add, Edit, Part

#: What may be edited of the document; its text has its own kind of decision.
DOCUMENT_FIELDS = frozenset(("title", "language", "published_on", "told"))
_LONGEST_ID = 64
_DEEPEST = 12


def edit(draft: Draft, change: Edit) -> None:
    """Fields get other values. New spans settle what a correction of the text left without a place."""
    new = {name: replaced.new for name, replaced in change.fields.items()}
    if change.target == EVENT:
        draft.update(event=_built(Event, draft.record.event, new, EVENT, draft))
    elif change.target == DOCUMENT:
        _edit_document(draft, new)
    else:
        _edit_thing(draft, change.target, new)
    if new.keys() & {"evidence", "mentions", "told"}:
        draft.settle(change.target)
    draft.edited(change.target)


def _edit_document(draft: Draft, new: Mapping[str, Any]) -> None:
    for name in new:
        if name not in DOCUMENT_FIELDS:
            raise DecisionError("decision_field_fixed", about=name)
    document = draft.record.document
    fields = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    told = [told.model_dump() for told in document.told]
    shape = {
        **fields,
        "told": told,
        **new,
        "id": document.id,
        "sha256": document.sha256,
        "text": document.text,
    }
    checked = _validated(Document, shape, DOCUMENT)
    for one in checked.told:
        _check_spans(one.evidence, document.text, DOCUMENT)
    draft.update(
        document=document.model_copy(update={name: getattr(checked, name) for name in DOCUMENT_FIELDS})
    )


def _edit_thing(draft: Draft, target: str, new: Mapping[str, Any]) -> None:
    waiting = draft.gone.get(target) if target not in draft.part_of else None
    if waiting is not None and _may_come_back(draft, target, new):
        thing: Thing = _validated(
            MODELS[waiting.part], {**waiting.thing, **_human(waiting.part, new)}, target
        )
        come_back(draft, _followed(thing, new, None), waiting.part)
        return
    thing = draft.thing(target)
    part = draft.part_of[target]
    if "id" in new and new["id"] != target:
        raise DecisionError("decision_field_fixed", about="id")
    edited = _built(MODELS[part], thing, _human(part, new), target, draft)
    draft.put(_followed(edited, new, thing), part)


def _may_come_back(draft: Draft, target: str, new: Mapping[str, Any]) -> bool:
    """Tell whether something that lost its last place in the text is given one."""
    return is_waiting(draft, target) and bool(new.keys() & {"evidence", "mentions"})


def _followed(thing: Thing, new: Mapping[str, Any], old: Thing | None) -> Thing:
    """A quote's words are those of its evidence, where they were and nobody wrote others."""
    if not isinstance(thing, Quote) or "evidence" not in new or "text" in new:
        return thing
    if isinstance(old, Quote) and old.text != joined_text(old.evidence):
        return thing
    return thing.model_copy(update={"text": joined_text(thing.evidence)})


def joined_text(evidence: tuple[Span, ...]) -> str:
    """Return what a quote of these parts says."""
    return " ".join(span.text for span in evidence)


def add(draft: Draft, change: Add) -> None:
    """Something that was not found, with the id that it was given where it was added."""
    identifier = change.thing.get("id")
    if not isinstance(identifier, str) or not is_id(identifier):
        raise DecisionError("decision_breaks_record", about="id", reason="id")
    if draft.knows(identifier):
        raise DecisionError("decision_id_taken", about=identifier)
    model = MODELS[change.part]
    shape = draft.placed({**change.thing, **_human(change.part, {})}, spans_field_of(change.part))
    draft.put(_validated(model, shape, identifier), change.part)
    draft.mark(identifier, "added")


def is_id(identifier: str) -> bool:
    """Tell whether something may be an id: short, and nothing that cannot be seen."""
    return 0 < len(identifier) <= _LONGEST_ID and identifier.isprintable() and not identifier.isspace()


def spans_field_of(part: Part) -> str:
    """Return the name of the field that holds the spans of a part's things."""
    return "mentions" if part in ("drivers", "teams") else "evidence"


def _human(part: Part, new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with the confidence of what a person says, where the part has one."""
    sure = {"confidence": 1.0} if "confidence" in MODELS[part].model_fields else {}
    return {**new, **sure}


def _built(model: type[Any], old: BaseModel, new: Mapping[str, Any], about: str, draft: Draft) -> Any:
    field = spans_field(old) if not isinstance(old, Event) else "evidence"  # type: ignore[arg-type]
    built = _validated(model, {**old.model_dump(), **draft.placed(new, field)}, about)
    _check_spans(getattr(built, field), draft.record.document.text, about)
    return built


def _check_spans(spans: tuple[Span, ...], text: str, about: str) -> None:
    for span in spans:
        if text[span.start : span.end] != span.text:
            raise DecisionError("decision_other_text", about=about)


def _validated(model: type[Any], shape: Mapping[str, Any], about: str) -> Any:
    if not _finite(shape):
        raise DecisionError("decision_breaks_record", about=about, reason="NaN")
    try:
        return model.model_validate(dict(shape))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or about
        raise DecisionError("decision_breaks_record", about=place, reason=first["msg"]) from error


def _finite(value: Any, depth: int = 0) -> bool:
    """Tell whether something holds only numbers that JSON knows, and is no deeper than a record."""
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, Mapping | list | tuple):
        return True
    held = value.values() if isinstance(value, Mapping) else value
    return depth < _DEEPEST and all(_finite(one, depth + 1) for one in held)
