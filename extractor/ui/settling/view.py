"""What the adjudication page shows of two readings, as JSON for the browser: plain text, never markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from extractor.exports.words import Words as Terms
from extractor.record import (
    IncidentType,
    ResultKind,
    ResultStatus,
    SessionKind,
    SessionStatus,
    SpeakerRole,
    Standing,
)
from extractor.review.about import may_be_edited, picks
from extractor.review.comparing import Comparison, Item
from extractor.review.decisions import Decision
from extractor.review.doubling import Bench
from extractor.review.pairing import PARTS, Thing
from extractor.review.reviewed import Mark
from extractor.ui.words import Words

#: Characters of the text shown on either side of what supports a fact.
_AROUND = 70
_MOST_PASSAGES = 6
_LONGEST = 160
_SINGULAR = {
    "sessions": "session",
    "drivers": "driver",
    "teams": "team",
    "entries": "entry",
    "results": "result",
    "incidents": "incident",
    "quotes": "quote",
    "event": "event",
    "document": "document",
    "text": "text",
}
#: Fields in the order in which they are shown, by part.
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "sessions": ("kind", "label", "number", "scheduled", "status"),
    "drivers": ("name", "role", "mentions", "optional"),
    "teams": ("name", "mentions", "optional"),
    "entries": ("drivers", "team", "number", "car", "classes", "session", "optional"),
    "results": (
        *("session", "kind", "scope", "position", "status", "drivers", "time", "gap", "laps", "points"),
        *("standing", "optional"),
    ),
    "incidents": (
        *("session", "type", "participants", "lap", "when", "where", "consequences", "caused_by"),
        *("asserted_by", "standing", "optional"),
    ),
    "quotes": ("text", "speaker", "speaker_name", "speaker_role", "kind", "session", "optional"),
    "event": ("name", "series", "season", "round", "venue", "starts_on", "ends_on"),
    "document": ("title", "language", "published_on"),
    "text": ("text",),
}
#: Words of an enumeration, by part and field.
_GROUPS: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("sessions", "kind"): ("session_kind", get_args(SessionKind)),
    ("sessions", "status"): ("session_status", get_args(SessionStatus)),
    ("results", "kind"): ("result_kind", get_args(ResultKind)),
    ("results", "status"): ("result_status", get_args(ResultStatus)),
    ("incidents", "type"): ("incident_type", get_args(IncidentType)),
}
_CHOSEN: Mapping[str, tuple[str, ...]] = {
    "speaker_role": get_args(SpeakerRole),
    "standing": get_args(Standing),
}
#: Fields that are written as text; of all others one chooses the first reader's value or the second's.
_WRITTEN = frozenset(
    (
        *(
            "name",
            "label",
            "number",
            "scheduled",
            "car",
            "scope",
            "position",
            "time",
            "laps",
            "points",
            "lap",
        ),
        *("when", "where", "text", "speaker_name", "series", "season", "round", "venue", "starts_on"),
        *("ends_on", "title", "language", "published_on"),
    )
)


def page_data(bench: Bench, words: Words, **more: Any) -> dict[str, Any]:
    """Return all that the page shows of a document whose readings are both done.

    Args:
        bench: With its settling.
        words: Of the language.
        more: ``title``, ``turn``, ``message``, ``locked`` and what else the page knows.
    """
    settling = bench.settling
    if settling is None:
        raise ValueError("a reading is not done")
    view = _View(settling.comparison, words)
    done = settling.done()
    return {
        "key": bench.key,
        "head": bench.head,
        "readers": [reader or "" for reader in bench.readers],
        "items": [view.item(item, done.get(item.key)) for item in settling.comparison.conflicts],
        "agreed": view.agreed(settling.comparison.agreed),
        "open": len(settling.open),
        "words": words.page("settling"),
        "lang": words.language,
        **more,
    }


class _View:
    def __init__(self, comparison: Comparison, words: Words) -> None:
        self.text = comparison.first.record.document.text
        self.words, self.terms = words, Terms(words.language)
        self.names: dict[str, str] = {}
        for side in (comparison.second, comparison.first):
            record = side.record
            back = comparison.pairs if side is comparison.second else {}
            named = [(one.id, one.name) for one in record.drivers]
            named += [(one.id, one.name) for one in record.teams]
            named += [(s.id, s.label or self.terms.of("session_kind", s.kind)) for s in record.sessions]
            named += [(i.id, self.terms.of("incident_type", i.type)) for i in record.incidents]
            named += [(q.id, f"« {_short(q.text, 40)} »") for q in record.quotes]
            self.names |= {back.get(identifier, identifier): name for identifier, name in named}

    def item(self, item: Item, by: Decision | None) -> dict[str, Any]:
        sides = [self._side(item, side, mark) for side, mark in zip(_both(item), item.marks, strict=True)]
        return {
            "key": item.key,
            "kind": _SINGULAR[item.part],
            "part": self.terms(_SINGULAR[item.part]),
            "how": self.words(f"settling.how.{item.how}"),
            "title": self._title(item),
            "sides": sides,
            "picks": [{"pick": pick, "label": self._pick(item, pick)} for pick in picks(item)],
            "editing": list(self._editing(item)) if may_be_edited(item) else [],
            "settled": self._settled(by),
        }

    def _pick(self, item: Item, pick: str) -> str:
        """Return what a pick does to an item that one reader alone has; else which reading it takes."""
        own = f"settling.pick_{item.how}.{pick}"
        return self.words(own if own in self.words else f"settling.pick.{pick}")

    def _settled(self, by: Decision | None) -> str:
        if by is None:
            return ""
        return self.words("settling.settled_by", reviewer=by.reviewer, at=self.words.moment(by.at))

    def agreed(self, items: tuple[Item, ...]) -> list[dict[str, Any]]:
        """Return what both readers say, by part, a line each."""
        found = []
        for part in PARTS:
            titles = [self._title(item) for item in items if item.part == part]
            if titles:
                found.append({"part": self.words(f"settling.part.{part}"), "titles": titles})
        return found

    # --- one side

    def _side(self, item: Item, thing: Thing | None, mark: Mark | None) -> dict[str, Any]:
        said = ""
        if mark is not None and mark.verdict is not None:
            verdict = self.words(f"settling.verdict.{mark.verdict}")
            said = self.words("settling.marked", verdict=verdict, reviewer=mark.reviewer)
        return {
            "present": thing is not None,
            "mark": said,
            "note": mark.note if mark is not None else "",
            "rows": list(self._rows(item, thing)) if thing is not None else [],
            "passages": list(self._passages(item, thing)) if thing is not None else [],
        }

    def _rows(self, item: Item, thing: Thing) -> Iterator[dict[str, Any]]:
        if item.how == "merged":
            for one in thing["things"]:
                yield {"label": self.terms(_SINGULAR[item.part]), "value": self._named(one), "differs": True}
            return
        for name in _SHOWN[item.part]:
            value, differs = thing.get(name), name in item.fields
            other = next((side.get(name) for side in _both(item) if side is not thing and side), None)
            if (
                differs
                or value not in (None, [], False, "", "stated", "overall")
                or other not in (None, [], False)
            ):
                if not differs and (name in ("optional", "standing") or value == "classified"):
                    continue
                yield {
                    "label": self._label(name),
                    "value": self.tell(item.part, name, value),
                    "differs": differs,
                }
        if "evidence" in item.fields:
            yield {
                "label": self._label("evidence"),
                "value": self._quoted(thing["evidence"]),
                "differs": True,
            }

    def _label(self, name: str) -> str:
        return self.words(f"settling.field.{name}")

    def _passages(self, item: Item, thing: Thing) -> Iterator[dict[str, str]]:
        if item.part == "text":
            start, end = (item.first or thing)["start"], (item.first or thing)["end"]
            yield self._passage(start, end, thing["text"])
            return
        things = thing["things"] if item.how == "merged" else [thing]
        spans = [span for one in things for field in ("evidence", "mentions") for span in one.get(field, ())]
        if item.how == "merged":  # one of each form says who is meant
            names = [span for span in spans if span.get("form") == "name"] or spans
            spans = list({span["text"]: span for span in reversed(names)}.values())
            spans.sort(key=lambda span: int(span["start"]))
        if "mentions" in item.fields:
            spans = self._unshared(item, spans) or spans
        for span in spans[:_MOST_PASSAGES]:
            yield self._passage(span["start"], span["end"], self.text[span["start"] : span["end"]])

    def _unshared(self, item: Item, spans: list[Thing]) -> list[Thing]:
        """Return the mentions that only one reader has."""
        places = [{(m["start"], m["end"]) for m in (side or {}).get("mentions", ())} for side in _both(item)]
        shared = places[0] & places[1]
        return [span for span in spans if (span["start"], span["end"]) not in shared]

    def _passage(self, start: int, end: int, text: str) -> dict[str, str]:
        before, after = self.text[max(0, start - _AROUND) : start], self.text[end : end + _AROUND]
        if start > _AROUND:
            before = f"…{before.partition(' ')[2] or before}"
        if end + _AROUND < len(self.text):
            after = f"{after.rpartition(' ')[0] or after}…"
        return {"before": before, "text": text, "after": after}

    # --- values

    def _title(self, item: Item) -> str:
        if item.how == "merged":
            things = {one["id"]: one for side in _both(item) if side for one in side["things"]}
            return " + ".join(self._named(one) for one in things.values())
        if item.part == "text":
            return " / ".join(f"« {_short(side['text'], 40)} »" for side in _both(item) if side)
        thing = item.first or item.second or {}
        return self._named(thing, item.part)

    def _named(self, thing: Thing, part: str = "drivers") -> str:
        if part in ("event", "document"):
            return str(thing.get("name") or thing.get("title") or self.terms(part))
        if part == "sessions":
            return str(thing["label"] or self.terms.of("session_kind", thing["kind"]))
        if part == "results":
            place = thing["position"] or self.terms.of("result_status", thing["status"]) or "–"
            return (
                f"{self.terms.of('result_kind', thing['kind'])} · {place} · {self._people(thing['drivers'])}"
            )
        if part == "incidents":
            who = ", ".join(one["text"] for one in thing["participants"])
            return f"{self.terms.of('incident_type', thing['type'])} · {who or '–'}"
        if part == "quotes":
            return f"« {_short(thing['text'], 60)} »"
        if part == "entries":
            said = (self._people(thing["drivers"]), self._id(thing["team"]), thing["number"])
            return " · ".join(one for one in said if one)
        return str(thing.get("name", ""))

    def _people(self, ids: Any) -> str:
        return ", ".join(map(self._id, ids))

    def _id(self, identifier: Any) -> str:
        return self.names.get(str(identifier), str(identifier)) if identifier else ""

    def tell(self, part: str, name: str, value: Any) -> str:
        """Return a field's value in words."""
        if value in (None, "", []):
            return "–"
        if (part, name) in _GROUPS:
            return self.terms.of(_GROUPS[part, name][0], value) or self.words("settling.plain")
        if isinstance(value, bool):
            return self.words("settling.yes" if value else "settling.no")
        if name in ("session", "team", "speaker", "asserted_by"):
            return self._id(value)
        if name in ("drivers", "caused_by"):
            return self._people(value)
        if name == "consequences":
            return ", ".join(self.terms.of("consequence", one) for one in value)
        if name == "participants":
            return ", ".join(self._participant(one) for one in value)
        if name == "mentions":
            return self._quoted(value)
        if f"settling.value.{value}" in self.words:
            return self.words(f"settling.value.{value}")
        if isinstance(value, Mapping):
            return self.terms("laps" if value["laps"] > 1 else "lap", n=value["laps"])
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _participant(self, one: Thing) -> str:
        name = self._id(one["driver"]) or one["text"]
        role = self.terms.of("participant_role", one["role"])
        number = f" n° {one['number']}" if one["number"] else ""
        return f"{name}{number} ({role})" if role else f"{name}{number}"

    def _quoted(self, spans: Any) -> str:
        return ", ".join(f"« {_short(span['text'], 40)} »" for span in spans)

    # --- editing

    def _editing(self, item: Item) -> Iterator[dict[str, Any]]:
        for name in item.fields:
            first, second = ((side or {}).get(name) for side in _both(item))
            told = [self.tell(item.part, name, first), self.tell(item.part, name, second)]
            known = _GROUPS.get((item.part, name), ("", _CHOSEN.get(name, ())))[1]
            base = {"name": name, "label": self._label(name), "told": told}
            if known:
                options = [{"value": one, "label": self.tell(item.part, name, one)} for one in known]
                yield {**base, "form": "select", "value": first, "options": options}
            elif name in _WRITTEN:
                yield {**base, "form": "text", "value": "" if first is None else str(first)}
            else:
                yield {**base, "form": "side", "value": "first"}


def chosen(item: Item, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values by field that the form of an item was sent with.

    Args:
        item: The item.
        sent: By field ``{"side": "first"}`` or ``{"text": "…"}``; whatever else is passed over.
    """
    found: dict[str, Any] = {}
    for name in item.fields:
        said = sent.get(name)
        if not isinstance(said, Mapping):
            continue
        if said.get("side") in ("first", "second"):
            found[name] = ((item.first if said["side"] == "first" else item.second) or {}).get(name)
        elif isinstance(said.get("text"), str):
            text = said["text"] if item.part == "text" else said["text"].strip()
            found[name] = text if text or item.part == "text" else None
    return found


def _both(item: Item) -> tuple[Thing | None, Thing | None]:
    return item.first, item.second


def _short(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
