"""The form that a compiled record has: ids in order, mentions in the order of the text, a text without edges.

Records that come from elsewhere are brought into it before they are written down as a report file, and before
two are compared for what they say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.corpus.compile import surface
from extractor.record import RaceRecord

_LETTERS = {
    "sessions": "s",
    "drivers": "d",
    "teams": "t",
    "entries": "e",
    "results": "r",
    "incidents": "i",
    "quotes": "q",
}
_FACTS = ("entries", "results", "incidents", "quotes")
_SINGLE = ("session", "team", "entry", "speaker", "asserted_by", "driver")
_MANY = ("drivers", "caused_by", "about")
_DURATION = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$")


def numbered(record: RaceRecord) -> RaceRecord:
    """Return the record as gold: ids in order, facts sure, mentions and evidence in the order of the text.

    Names that somebody is mentioned by come first among the aliases, in the order of the text. The hash is
    that of the text, which may have been corrected.
    """
    shape = record.model_dump(mode="json", exclude_unset=False)
    ids = {
        thing["id"]: f"{letter}{number}"
        for part, letter in _LETTERS.items()
        for number, thing in enumerate(shape[part], 1)
    }
    shape = _renamed(shape, ids)
    for part in _LETTERS:
        for thing in shape[part]:
            thing["id"] = ids[thing["id"]]
            _ordered(thing)
            if part in _FACTS:
                thing["confidence"] = 1.0
            if part in ("drivers", "teams"):
                thing["aliases"] = _aliases(thing)
    shape["event"]["evidence"] = _sorted(shape["event"]["evidence"])
    text = shape["document"]["text"]
    shape["document"]["sha256"] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return RaceRecord.model_validate(shape)


def trimmed(record: RaceRecord) -> RaceRecord:
    """Return the record over its text as a report file holds it: line feeds alone, none at the edges.

    Pages and boxes, which report files do not have, are left out.
    """
    old = record.document.text
    new, offsets = _plain(old)
    shape = record.model_dump(mode="json")
    document = {"id": record.document.id, "text": new, "language": "fr"}
    document["sha256"] = hashlib.sha256(new.encode("utf-8", "surrogatepass")).hexdigest()
    document["published_on"] = shape["document"]["published_on"]
    moved = _moved({**shape, "document": {}}, new, offsets)
    coverage = {"characters": len(new), "characters_read": len(new), "skipped": moved["coverage"]["skipped"]}
    return RaceRecord.model_validate({**moved, "document": document, "coverage": coverage})


def told_otherwise(record: RaceRecord, compiled: RaceRecord) -> tuple[str, ...]:
    """Return what two records of one text say otherwise, as ``part.id.field``; empty where they say the same.

    What a report file never says is passed over: which entry a result is of, forms of a name that no mention
    has, where a session is told of when nothing says so, how a speaker who competes is called, wording of
    findings, how much was read.

    Args:
        record: In the form of :func:`trimmed` and :func:`numbered`.
        compiled: Likewise.
    """
    one, other = (side.model_dump(mode="json") for side in (record, compiled))
    found = ["document.text"] if one["document"]["text"] != other["document"]["text"] else []
    found += [f"event.{name}" for name, value in one["event"].items() if value != other["event"][name]]
    for part in _LETTERS:
        if len(one[part]) != len(other[part]):
            found.append(part)
            continue
        for a, b in zip(one[part], other[part], strict=True):
            found += [f"{part}.{a['id']}.{name}" for name in a if not _same(name, a, b)]
    found += ["findings"] if _queries(one) != _queries(other) else []
    return (*found, *(["skipped"] if one["coverage"]["skipped"] != other["coverage"]["skipped"] else []))


def _same(name: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    one, other = a[name], b.get(name)
    if name == "aliases":
        return set(other or ()) <= set(one)
    if name == "entry" and "position" in a:
        return True
    if name == "evidence" and "scheduled" in a and not one:
        return True
    if name in ("speaker_name", "speaker_role") and a["speaker"]:
        return True
    if name in ("time", "gap") and isinstance(one, str) and isinstance(other, str):
        return _seconds(one) == _seconds(other)
    return bool(one == other)


def _seconds(duration: str) -> float | None:
    match = _DURATION.match(duration)
    if match is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return round(hours * 3600 + minutes * 60 + seconds, 3)


def _queries(shape: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["code"], one["severity"], one["about"]) for one in shape["findings"]]


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Return JSON in which references, not the ids themselves, are other ids."""
    if isinstance(value, list):
        return [_renamed(one, ids) for one in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for name, held in value.items():
        if name in _SINGLE and isinstance(held, str):
            made[name] = ids.get(held, held)
        elif name in _MANY and isinstance(held, list) and all(isinstance(one, str) for one in held):
            made[name] = [ids.get(one, one) for one in held]
        else:
            made[name] = _renamed(held, ids)
    return made


def _ordered(thing: dict[str, Any]) -> None:
    for field in ("evidence", "mentions"):
        if field in thing:
            thing[field] = _sorted(thing[field])


def _sorted(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each place once: of two mentions the longer first, as marks open."""
    once: dict[tuple[Any, ...], dict[str, Any]] = {}
    for span in spans:
        once.setdefault((span["start"], span["end"], span.get("form")), span)
    return sorted(once.values(), key=lambda s: (s["start"], -s["end"] if "form" in s else s["end"]))


def _aliases(bearer: Mapping[str, Any]) -> list[str]:
    said = (surface(one["text"]) for one in bearer["mentions"] if one["form"] == "name")
    forms = dict.fromkeys((*said, *bearer["aliases"]))
    return [form for form in forms if form != bearer["name"]]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text as report files hold it, and for every offset of the old one its offset there."""
    first = len(text) - len(text.lstrip("\r\n"))
    last = max(first, len(text.rstrip("\r\n")))
    pieces: list[str] = []
    offsets: list[int] = []
    length = 0
    for place, char in enumerate(text):
        offsets.append(length)
        lost = char == "\r" and text[place + 1 : place + 2] == "\n"
        if first <= place < last and not lost:
            pieces.append(char)
            length += 1
    offsets.append(length)
    return "".join(pieces), offsets


def _moved(value: Any, text: str, offsets: list[int]) -> Any:
    if isinstance(value, list):
        return list(_kept(value, text, offsets))
    if not isinstance(value, dict):
        return value
    if {"start", "end", "text"} <= value.keys():
        start, end = offsets[value["start"]], offsets[value["end"]]
        rest = {name: held for name, held in value.items() if name not in ("page", "boxes")}
        return {**rest, "start": start, "end": end, "text": text[start:end]}
    return {name: _moved(held, text, offsets) for name, held in value.items()}


def _kept(values: list[Any], text: str, offsets: list[int]) -> Iterator[Any]:
    for value in values:
        moved = _moved(value, text, offsets)
        if not (isinstance(moved, dict) and moved.get("start", 0) == moved.get("end", 1)):
            yield moved
