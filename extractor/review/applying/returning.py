"""What a correction of the text left without a place, and what became of what hung on it.

A driver whose last mention is gone takes results along that nobody else is in. They wait with him
(``unanchored``): given a mention, he comes back with them; rejected, he leaves with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.record import Driver, Entry, Result, Team
from extractor.review.applying.draft import Draft
from extractor.review.applying.things import MODELS, Thing, references, spans_field, spans_of
from extractor.review.decisions import Part
from extractor.review.reviewed import Gone


def is_waiting(draft: Draft, identifier: str) -> bool:
    """Tell whether something is out of the record until somebody decides where it stands."""
    mark = draft.marks.get(identifier)
    return identifier in draft.gone and mark is not None and mark.verdict == "unanchored"


def waiting(draft: Draft) -> Iterator[tuple[str, Gone]]:
    """Yield everything that is out until somebody decides."""
    for identifier, gone in list(draft.gone.items()):
        if is_waiting(draft, identifier):
            yield identifier, gone


def come_back(draft: Draft, thing: Thing, part: Part) -> None:
    """Put something back that now has a place, and what waited for nothing else."""
    draft.come_back(thing, part)
    if not isinstance(thing, Driver | Team | Entry):
        return
    for identifier, other in list(_waiting_with(draft, thing.id)):
        kept = in_text(other, draft.record.document.text)
        if kept is None or any(draft.part_of.get(i) != held for held, i in references(kept)):
            continue
        before = draft.gone[identifier].before
        draft.come_back(kept, draft.gone[identifier].part)
        note = draft.marks.pop(identifier).note
        if before is not None:
            draft.marks[identifier] = before
        elif note:
            draft.remark(identifier, note)


def leave_for_good(draft: Draft, target: str) -> None:
    """Reject something that waits, and what nobody is left in without it."""
    draft.settle(target)
    draft.mark(target, "rejected")
    for identifier, other in list(_waiting_with(draft, target)):
        if isinstance(other, Result | Entry) and len(other.drivers) < 2:
            draft.settle(identifier)
            draft.mark(identifier, "rejected")


def _waiting_with(draft: Draft, target: str) -> Iterator[tuple[str, Thing]]:
    for identifier, gone in waiting(draft):
        thing = thing_of(gone)
        if any(reference == target for _, reference in references(thing)):
            yield identifier, thing


def thing_of(gone: Gone) -> Thing:
    """Return what is gone, as it last stood in the record."""
    return MODELS[gone.part].model_validate(dict(gone.thing))


def in_text(thing: Thing, text: str) -> Thing | None:
    """Return a thing with those of its spans that stand in a text; ``None`` where there is none."""
    spans = tuple(span for span in spans_of(thing) if text[span.start : span.end] == span.text)
    return thing.model_copy(update={spans_field(thing): spans}) if spans else None
