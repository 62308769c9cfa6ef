"""Compile gold facts into gold records: ``NAME.txt`` + ``NAME.facts.json`` -> ``NAME.record.json``.

    python tests/golden/compile.py [--check] [NAME ...]

The files lie in ``dev`` (written before the rules were) and ``blind`` (written after them).

A facts file has the structure of the record, but spans are written as pieces of the text, identifiers are
any words, and facts are rows.

Spans
    "abc"               the only occurrence of abc in the text (an error where there are several)
    "abc@2"             its second occurrence
    "abc {def} ghi"     the piece in braces, found by what stands around it
    "abc [...] xyz"     from abc to the next xyz, both included

Parts (all optional; ``_`` keys are comments)
    title, published_on, media_type, event {..., evidence}, sessions [{id, ...}]
    drivers, teams  [{id, name, aliases, names, nominal, pronoun, exclude, role, optional}]
                    every occurrence of name and aliases is a mention (longest first, whole words);
                    ``names`` are name mentions by span, for forms that two people share; ``exclude``
                    are occurrences that mean somebody else
    entries         [drivers, team, number, car, classes, evidence, {more}]
    results         [session, kind, scope, position or status, drivers, evidence, {more}]
    incidents       {id, session, type, who: [[driver|null, text, role, number]], evidence, ...}
    quotes          {id, session, speaker, speaker_name, speaker_role, kind, evidence: parts}
    findings        {code, severity, message, about, evidence}
    skipped         [span, reason]

Lists of drivers, classes and so on may be strings of words parted by spaces (classes by "|"). Times are
written 1:02:03.4, 25:12.345 or 4.5; a gap of laps is {"laps": 2}.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from extractor.record import RaceRecord  # noqa: E402

FOLDERS = tuple(Path(__file__).resolve().parent / name for name in ("dev", "blind"))
STATUSES = {"classified", "dnf", "dns", "dsq", "nc"}
GAP = " [...] "


class FactsError(ValueError):
    """A facts file that does not fit its text."""


def _find(text: str, piece: str, what: str) -> int:
    count = None
    numbered = re.fullmatch(r"(.*)@(\d+)", piece, re.DOTALL)
    if numbered:
        piece, count = numbered[1], int(numbered[2])
    starts = [m.start() for m in re.finditer(re.escape(piece), text)]
    if not starts:
        raise FactsError(f"not in the text: {what!r}")
    if count is None and len(starts) > 1:
        raise FactsError(f"{len(starts)} times in the text, say which: {what!r}")
    if count is not None and count > len(starts):
        raise FactsError(f"only {len(starts)} times in the text: {what!r}")
    return starts[(count or 1) - 1]


def span(text: str, spec: str) -> dict[str, Any]:
    """The span that ``spec`` means in ``text``."""
    braces = re.fullmatch(r"(.*)\{(.+)\}(.*)", spec, re.DOTALL)
    if braces:
        before, inner, after = braces.groups()
        start = _find(text, before + inner + after, spec) + len(before)
        end = start + len(inner)
    elif GAP in spec:
        first, last = spec.split(GAP)
        start = _find(text, first, spec)
        bare = re.sub(r"@\d+$", "", first)
        end = text.find(last, start + len(bare))
        if end < 0:
            raise FactsError(f"no end in the text: {spec!r}")
        end += len(last)
    else:
        start = _find(text, spec, spec)
        end = start + len(re.sub(r"@\d+$", "", spec))
    return {"start": start, "end": end, "text": text[start:end]}


def spans(text: str, specs: str | list[str] | None) -> list[dict[str, Any]]:
    return [span(text, spec) for spec in ([specs] if isinstance(specs, str) else specs or [])]


def duration(value: Any) -> Any:
    """``25:12.345`` as an ISO 8601 duration with milliseconds; a gap of laps as it is."""
    if value is None or isinstance(value, dict):
        return value
    *rest, seconds = str(value).split(":")
    hours, minutes = (["0", "0", *rest])[-2:]
    out = "PT"
    if int(hours):
        out += f"{int(hours)}H"
    if int(hours) or int(minutes):
        out += f"{int(minutes)}M"
    return out + f"{float(seconds):.3f}S"


def _words(value: Any, sep: str | None = None) -> list[str]:
    if isinstance(value, str):
        return [word.strip() for word in value.split(sep)]
    return list(value or [])


def _mentions(text: str, named: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """All mentions by key of their bearer, in the order of the text, names before the others' forms."""
    found: dict[str, list[dict[str, Any]]] = {one["id"]: [] for one in named}
    taken: list[tuple[int, int]] = []
    forms: dict[str, str] = {}
    for one in named:
        for hit in spans(text, one.get("names")):
            found[one["id"]].append({**hit, "form": "name"})
            taken.append((hit["start"], hit["end"]))
        taken += [(hit["start"], hit["end"]) for hit in spans(text, one.get("exclude"))]
        for form in (one["name"], *one.get("aliases", [])):
            if forms.setdefault(form, one["id"]) != one["id"]:
                raise FactsError(f"two bearers of {form!r}: list its spans under names")
    explicit = {hit["text"] for hits in found.values() for hit in hits}
    unused = set(forms)
    for form in sorted(forms, key=len, reverse=True):
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, form.split())) + r"(?!\w)"
        for match in re.finditer(pattern, text):
            unused.discard(form)
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                found[forms[form]].append(
                    {"start": match.start(), "end": match.end(), "text": match[0], "form": "name"}
                )
                taken.append((match.start(), match.end()))
    unused -= explicit | {one["name"] for one in named if one.get("names")}
    if unused:
        raise FactsError(f"names that are not in the text: {sorted(unused)}")
    for one in named:
        for form in ("nominal", "pronoun"):
            found[one["id"]] += [{**hit, "form": form} for hit in spans(text, one.get(form))]
        if not found[one["id"]]:
            raise FactsError(f"no mention of {one['name']!r}")
        found[one["id"]].sort(key=lambda hit: hit["start"])
    return found


class _Ids:
    """Words of the facts file to identifiers of the record."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def new(self, letter: str, word: str | None = None) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        made = f"{letter}{self.counts[letter]}"
        if word is not None:
            if word in self.known:
                raise FactsError(f"the word {word!r} stands for two things")
            self.known[word] = made
        return made

    def __call__(self, word: str | None) -> str | None:
        if word is None:
            return None
        if word not in self.known:
            raise FactsError(f"nothing is called {word!r}")
        return self.known[word]

    def all(self, words: Any) -> list[str | None]:
        return [self(word) for word in _words(words)]


def compile_record(name: str, text: str, facts: dict[str, Any]) -> RaceRecord:
    """The gold record of one document; raises ``FactsError`` or pydantic's ``ValidationError``."""
    ids = _Ids()
    event = dict(facts.get("event", {}))
    event["evidence"] = spans(text, event.get("evidence"))
    sessions = []
    for row in facts.get("sessions", []):
        row = {**row, "id": ids.new("s", row["id"]), "evidence": spans(text, row.get("evidence"))}
        sessions.append(row)
    mentions = _mentions(text, [*facts.get("drivers", []), *facts.get("teams", [])])
    people = _people(facts, mentions, ids)
    entries = _entries(text, facts, ids)
    results = _results(text, facts, ids)
    incidents, quotes = facts.get("incidents", []), facts.get("quotes", [])
    for row in incidents:
        row["_id"] = ids.new("i", row.pop("id", None))
    for row in quotes:
        row["_id"] = ids.new("q", row.pop("id", None))
    return RaceRecord.model_validate(
        {
            "document": {
                "id": name,
                "source": f"{name}.txt",
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "media_type": facts.get("media_type", "text/plain"),
                "title": facts.get("title", text.strip().split("\n")[0]),
                "language": "fr",
                "published_on": facts.get("published_on"),
                "text": text,
            },
            "event": event,
            "sessions": sessions,
            "drivers": people["d"],
            "teams": people["t"],
            "entries": entries,
            "results": results,
            "incidents": [_incident(text, row, ids) for row in incidents],
            "quotes": [_quote(text, row, ids) for row in quotes],
            "findings": [
                {
                    **row,
                    "about": ids.all(row.get("about")),
                    "evidence": spans(text, row.get("evidence")),
                }
                for row in facts.get("findings", [])
            ],
            "coverage": {
                "characters": len(text),
                "characters_read": len(text),
                "skipped": [{**span(text, spec), "reason": why} for spec, why in facts.get("skipped", [])],
            },
        }
    )


def _people(facts: dict[str, Any], mentions: dict[str, list[dict[str, Any]]], ids: _Ids) -> dict[str, Any]:
    people: dict[str, list[dict[str, Any]]] = {"d": [], "t": []}
    for letter, group in (("d", facts.get("drivers", [])), ("t", facts.get("teams", []))):
        for one in group:
            hits = mentions[one["id"]]
            aliases = list(one.get("aliases", []))
            for hit in hits:
                surface = " ".join(re.sub(r"(\w)-\n(\w)", r"\1\2", hit["text"]).split())
                if hit["form"] == "name" and surface not in (one["name"], *aliases):
                    aliases.append(surface)
            made = {"id": ids.new(letter, one["id"]), "name": one["name"], "aliases": aliases}
            if letter == "d":
                made["role"] = one.get("role", facts.get("role", "driver"))
            if one.get("optional"):
                made["optional"] = True
            people[letter].append({**made, "mentions": hits})
    return people


def _entries(text: str, facts: dict[str, Any], ids: _Ids) -> list[dict[str, Any]]:
    entries = []
    for crew, team, number, car, classes, evidence, *more in facts.get("entries", []):
        extra = dict(more[0]) if more else {}
        entries.append(
            {
                "id": ids.new("e", extra.pop("id", None)),
                "session": ids(extra.pop("session", None)),
                "drivers": ids.all(crew),
                "team": ids(team),
                "number": number,
                "car": car,
                "classes": _words(classes, "|"),
                "evidence": spans(text, evidence),
                "confidence": 1.0,
                **extra,
            }
        )
    return entries


def _results(text: str, facts: dict[str, Any], ids: _Ids) -> list[dict[str, Any]]:
    results = []
    for session, kind, scope, place, crew, evidence, *more in facts.get("results", []):
        extra = dict(more[0]) if more else {}
        for key in ("time", "gap"):
            if key in extra:
                extra[key] = duration(extra[key])
        extra["entry"] = ids(extra.get("entry"))
        results.append(
            {
                "id": ids.new("r", extra.pop("id", None)),
                "session": ids(session),
                "kind": kind,
                "scope": scope,
                "position": place if isinstance(place, int) else None,
                "status": place if place in STATUSES else "classified",
                "drivers": ids.all(crew),
                "evidence": spans(text, evidence),
                "confidence": 1.0,
                **extra,
            }
        )
    return results


def _incident(text: str, row: dict[str, Any], ids: _Ids) -> dict[str, Any]:
    row = dict(row)
    made = row.pop("_id")
    participants = []
    for who in row.pop("who", []):
        driver, said, role, number = [*who, None, None, None][:4]
        if said not in text:
            raise FactsError(f"participant not in the text: {said!r}")
        participants.append(
            {"driver": ids(driver), "number": number, "text": said, "role": role or "subject"}
        )
    return {
        **row,
        "id": made,
        "session": ids(row["session"]),
        "participants": participants,
        "consequences": _words(row.get("consequences")),
        "caused_by": ids.all(row.get("caused_by")),
        "asserted_by": ids(row.get("asserted_by")),
        "evidence": spans(text, row["evidence"]),
        "confidence": 1.0,
    }


def _quote(text: str, row: dict[str, Any], ids: _Ids) -> dict[str, Any]:
    row = dict(row)
    made = row.pop("_id")
    evidence = spans(text, row.pop("evidence"))
    return {
        "speaker_role": "driver" if row.get("speaker") else "unknown",
        **row,
        "id": made,
        "session": ids(row.get("session")),
        "text": " ".join(part["text"] for part in evidence),
        "speaker": ids(row.get("speaker")),
        "evidence": evidence,
        "confidence": 1.0,
    }


def _without_comments(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_comments(v) for k, v in value.items() if not k.startswith("_")}
    return [_without_comments(v) for v in value] if isinstance(value, list) else value


def doubts(record: RaceRecord) -> list[str]:
    """What looks like a slip of the annotator: two holders of one place, drivers without any fact."""
    names = {driver.id: driver.name for driver in record.drivers}
    places: dict[tuple[object, ...], list[str]] = {}
    for result in record.results:
        if result.position is not None and result.kind != "running":
            key = (result.session, result.kind, result.scope, result.position)
            places.setdefault(key, []).append("/".join(names[d] for d in result.drivers))
    out = [f"one place, several holders: {k} {v}" for k, v in places.items() if len(v) > 1]
    seen = {d for r in record.results for d in r.drivers}
    seen |= {p.driver for i in record.incidents for p in i.participants if p.driver}
    out += [f"in no result or incident: {names[d]}" for d in names if d not in seen]
    entered = {d for e in record.entries for d in e.drivers}
    out += [f"no entry: {names[d]}" for d in names if d not in entered]
    return out


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    wanted = [a for a in arguments if not a.startswith("--")]
    files = sorted(path for folder in FOLDERS for path in folder.glob("*.facts.json"))
    failed = 0
    for path in files:
        name = path.name[: -len(".facts.json")]
        if wanted and name not in wanted:
            continue
        with path.with_name(f"{name}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        facts = _without_comments(json.loads(path.read_text("utf-8")))
        try:
            record = compile_record(name, text, facts)
        except ValueError as error:
            _say(f"{name}: {error}")
            failed += 1
            continue
        made = record.to_json(indent=1) + "\n"
        target = path.with_name(f"{name}.record.json")
        if check:
            stale = not target.exists() or target.read_text("utf-8") != made
            failed += stale
            _say(f"{name}: {'STALE' if stale else 'as compiled'}")
            continue
        target.write_text(made, "utf-8")
        _say(
            f"{name}: {len(text.split())} words, {len(record.drivers)} drivers, {len(record.teams)} teams, "
            f"{len(record.results)} results, {len(record.incidents)} incidents, {len(record.quotes)} quotes"
        )
        for doubt in doubts(record):
            _say(f"   ? {doubt}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
