"""What passes between the document page's component in the browser and Python: state out, decisions in.

Nothing here knows Streamlit. What comes from the browser is hostile: it is measured, then read by pydantic;
what cannot be read becomes a refusal with a reason, and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractor.record import Entry, Finding, Incident, Quote, RaceRecord, Result
from extractor.review.decisions import Change, Decision, Reading
from extractor.review.reviewed import Loose, Reviewed

#: More decisions than that at once come from no reviewer.
MOST_DECISIONS = 1000
#: One decision, as JSON, in characters: the longest is a merge of everybody, or a corrected page.
LONGEST_DECISION = 200_000
#: Decisions of the log that the page is shown: undo needs the last ones only.
LONGEST_LOG = 200

_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


class _Sent(BaseModel):
    """One decision as the browser sends it; its change is read by itself."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    at: datetime
    change: dict[str, Any]


class _Outbox(BaseModel):
    """All that the browser has not had confirmed."""

    model_config = ConfigDict(extra="forbid")

    reading: Reading
    head: Annotated[int, Field(ge=0)]
    decisions: Annotated[list[Any], Field(max_length=MOST_DECISIONS)]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A decision that was not taken, and the code of the sentence that says why.

    Attributes:
        id: Its id as sent, possibly no id at all.
        code: Key of the page's words: ``malformed``, ``too_many``, ``other_document``.
        about: Which field, where one is to blame.
    """

    id: str
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the browser sent, as far as it can be read.

    Attributes:
        head: Of the reading as the reviewer saw it.
        decisions: In order.
        refusals: What could not be read.
    """

    head: int
    decisions: tuple[Decision, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What every decision of a page has in common.

    Attributes:
        document: Key of the document.
        reading: Which reading of it.
        reviewer: Who decides; what the browser says about that is not asked.
        model: Model whose record is reviewed.
        text_sha256: Of the text that the record was made from.
    """

    document: str
    reading: Reading
    reviewer: str
    model: str | None
    text_sha256: str


def read_outbox(value: object, origin: Origin, *, now: datetime | None = None) -> Outbox | None:
    """Return what the browser sent; ``None`` where it sent nothing.

    A time in the future is taken for now: clocks in browsers are wrong, and the log is in order of arrival.
    """
    if value is None:
        return None
    try:
        sent = _Outbox.model_validate(_plain(value))
    except ValidationError:
        return Outbox(0, refusals=(Refusal("", "malformed", "outbox"),))
    if sent.reading != origin.reading:
        ids = (_id_of(one) for one in sent.decisions)
        return Outbox(sent.head, refusals=tuple(Refusal(one, "other_document") for one in ids))
    read = [_decision(one, origin, now or datetime.now(UTC)) for one in sent.decisions]
    return Outbox(
        sent.head,
        tuple(one for one in read if isinstance(one, Decision)),
        tuple(one for one in read if isinstance(one, Refusal)),
    )


def _decision(sent: object, origin: Origin, now: datetime) -> Decision | Refusal:
    try:
        if len(json.dumps(sent)) > LONGEST_DECISION:
            return Refusal(_id_of(sent), "malformed", "length")
        read = _Sent.model_validate(sent)
        change = _CHANGE.validate_python(read.change)
    except (ValidationError, ValueError, RecursionError) as error:
        return Refusal(_id_of(sent), "malformed", _place(error))
    at = read.at if read.at.tzinfo else read.at.replace(tzinfo=UTC)
    return Decision(
        id=read.id,
        document=origin.document,
        reading=origin.reading,
        reviewer=origin.reviewer,
        at=min(at, now).astimezone(UTC),
        change=change,
        model=origin.model,
        text_sha256=origin.text_sha256,
    )


def _plain(value: object) -> object:
    """Return Streamlit's dictionaries, which answer to attributes, as plain ones."""
    return dict(value) if isinstance(value, Mapping) else value


def _id_of(sent: object) -> str:
    found = sent.get("id") if isinstance(sent, Mapping) else None
    return found[:64] if isinstance(found, str) else ""


def _place(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return ".".join(str(step) for step in error.errors()[0]["loc"])[:80]
    return "json"


# ------------------------------------------------------------------------------------------------- state out


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds the document, until when (UTC), and whether that is who asks."""

    holder: str
    until: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class PageImage:
    """Where the browser finds the image of a page, and whether there is one to be asked for."""

    url: str | None = None
    available: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of what was sent.

    Attributes:
        saved: Ids that have been committed.
        refused: Id and sentence of each decision that was not taken.
        stale: Ids held back, because others decided in between.
        by: Names of those others.
        trouble: Sentence, where the store does not answer.
    """

    saved: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    stale: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    trouble: str | None = None


def page_data(
    origin: Origin,
    reviewed: Reviewed,
    log: Sequence[Decision],
    answer: Answer,
    *,
    head: int,
    language: str,
    words: Mapping[str, str],
    order: Sequence[str] = (),
    findings: Iterable[Finding] = (),
    lock: Lock | None = None,
    images: Mapping[int, PageImage] | None = None,
    next_key: str | None = None,
) -> dict[str, Any]:
    """Return everything the component needs to draw itself, as JSON.

    Args:
        origin: Which document, and who looks at it.
        reviewed: Its record as decided so far.
        log: Decisions of this reading, in order.
        answer: What became of the decisions that the component sent last.
        head: Number of decisions of this reading.
        language: Of the page.
        words: Its sentences, unfilled.
        order: Ids, the most doubtful first, as :func:`doubtful_order` makes it of the extracted record.
        findings: Of the record as it now stands.
        lock: Who holds the document; ``None`` where nobody needs to.
        images: By number of page.
        next_key: Key of the document to review after this one.
    """
    record = reviewed.record.model_dump(mode="json")
    text = record["document"].pop("text")
    return {
        "key": origin.document,
        "reading": origin.reading,
        "reviewer": origin.reviewer,
        "head": head,
        "lang": language,
        "words": dict(words),
        "text": text,
        "pages": _pages(reviewed.record, images or {}),
        "record": record,
        "marks": {
            id_: {
                "verdict": mark.verdict,
                "reviewer": mark.reviewer,
                "at": _instant(mark.at),
                "decision": mark.decision,
                "note": mark.note,
                "into": mark.into,
            }
            for id_, mark in reviewed.marks.items()
        },
        "gone": {id_: {"part": gone.part, "thing": dict(gone.thing)} for id_, gone in reviewed.gone.items()},
        "loose": [_loose(loose) for loose in reviewed.loose],
        "stranded": [
            {"decision": one.decision, "code": one.code, "about": one.about} for one in reviewed.stranded
        ],
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "log": [_entry(decision, reviewed.undone) for decision in log[-LONGEST_LOG:]],
        "saved": list(answer.saved),
        "refused": [{"id": id_, "message": message} for id_, message in answer.refused],
        "stale": {"ids": list(answer.stale), "by": list(answer.by)} if answer.stale else None,
        "trouble": answer.trouble,
        "lock": lock and {"holder": lock.holder, "mine": lock.mine, "until": _instant(lock.until)},
        "status": reviewed.status,
        "order": list(order),
        "next": next_key,
    }


def doubtful_order(record: RaceRecord) -> list[str]:
    """Return the ids of everything that can be decided on, the most doubtful first.

    Facts that race logic queries come first, then by confidence; sessions, drivers and teams have none and
    come last, in the order of the text. Asked of the record as extracted, the order stays the same while
    decisions are made: whoever goes through it by key neither skips a fact nor meets one twice.
    """
    queried = {id_ for finding in record.findings if finding.severity != "info" for id_ in finding.about}

    def doubt(fact: Entry | Result | Incident | Quote) -> tuple[bool, float, int]:
        return fact.id not in queried, fact.confidence, fact.evidence[0].start

    facts = [fact.id for fact in sorted(record.facts(), key=doubt)]
    places = [(driver.mentions[0].start, driver.id) for driver in record.drivers]
    places += [(team.mentions[0].start, team.id) for team in record.teams]
    return facts + [session.id for session in record.sessions] + [id_ for _, id_ in sorted(places)]


def _pages(record: RaceRecord, images: Mapping[int, PageImage]) -> list[dict[str, Any]]:
    nothing = PageImage()
    return [
        {
            "page": page.page,
            "start": page.start,
            "end": page.end,
            "width": page.width,
            "height": page.height,
            "image": images.get(page.page, nothing).url,
            "available": images.get(page.page, nothing).available,
        }
        for page in record.document.pages
    ]


def _loose(loose: Loose) -> dict[str, Any]:
    span = loose.span.model_dump(mode="json")
    return {"target": loose.target, "span": span, "decision": loose.decision}


def _entry(decision: Decision, undone: frozenset[str]) -> dict[str, Any]:
    change = decision.change
    return {
        "id": decision.id,
        "reviewer": decision.reviewer,
        "at": _instant(decision.at),
        "action": change.action,
        "targets": targets_of(change),
        "undone": decision.id in undone,
    }


def targets_of(change: Change) -> list[str]:
    """Return the ids that a change concerns; for an undoing, that of the decision."""
    match change.action:
        case "accept" | "reject":
            return list(change.targets)
        case "note" | "edit":
            return [change.target]
        case "split":
            return [change.target, change.new_id]
        case "add":
            return [str(change.thing.get("id", ""))]
        case "merge":
            return [change.keep, *change.others]
        case "undo":
            return [change.decision]
        case _:
            return []


def _instant(at: datetime) -> str:
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
