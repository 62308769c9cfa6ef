"""The authority file in forms that others take.

- ``csv``: an entity a row, for spreadsheets and catalogues; ``appearances``: a driver or team of a document a
  row, with the id that stands for it.
- ``jsonl``: an entity a line, with everything.
- ``skos``: JSON-LD, a concept scheme (SKOS, W3C 2009): preferred and alternative names, ``exactMatch`` for
  what somebody decided, ``closeMatch`` for what is proposed, old ids as ``dcterms:isReplacedBy``.
- ``records``: the records as they were, each in an object beside its ids: ``race-record/1`` is not changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from extractor.authority.appearance import appearances_of
from extractor.authority.file import AuthorityFile, Entity
from extractor.authority.match import DECIDED, PROPOSED
from extractor.errors import OutputError
from extractor.exports.identities import address_of
from extractor.exports.spreadsheet import Value, table_csv
from extractor.record import RaceRecord

FORMATS = ("csv", "appearances", "jsonl", "skos", "records")
SCHEME = "urn:parcferme:authority"
_CSV_HEAD = (
    "id", "kind", "name", "other_names", "first_year", "last_year", "appearances", "confidence", "identifier",
    "proposed_identifier", "replaces",
)  # fmt: skip
_APPEARANCES_HEAD = ("document", "thing", "name", "year", "series", "id", "preferred_name", "confidence")
_CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_NEXT = b"\x00"  # before each thing, and never written: what counts them


def export(
    file: AuthorityFile, to: str, out: Path, *, language: str = "fr", records: Iterable[RaceRecord] = ()
) -> int:
    """Write an authority file in another form, whole or not at all; return how many things are in it.

    Args:
        file: The file.
        to: One of :data:`FORMATS`.
        out: The file to write.
        language: Of spreadsheets: French ones part cells by semicolons.
        records: For ``records``: those that are to be written with their ids.

    Raises:
        OutputError: It cannot be written.
    """
    parts: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": lambda: _table(_CSV_HEAD, _entity_rows(file), language),
        "appearances": lambda: _table(_APPEARANCES_HEAD, _appearance_rows(file), language),
        "jsonl": lambda: _lines(_told(file, one) for one in file.entities()),
        "skos": lambda: _skos(file),
        "records": lambda: _lines(_with_ids(file, records)),
    }
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for part in parts[to]():
            count += part.startswith(_NEXT)
            yield part.removeprefix(_NEXT)

    _write(out, counted())
    return count


def _write(out: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there."""
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as stream:
            fresh = Path(stream.name)
            try:
                for part in parts:
                    stream.write(part)
            except BaseException:
                with suppress(OSError):
                    fresh.unlink()
                raise
        fresh.chmod(0o644)
        fresh.replace(out)
    except OSError as error:
        raise OutputError("cannot_write", source=str(out), reason=error.strerror or str(error)) from error


# ------------------------------------------------------------------------------------------------ tables


def _table(head: tuple[str, ...], rows: Iterable[tuple[Value, ...]], language: str) -> Iterator[bytes]:
    """Yield a table in stretches: the head, then each row on a line of its own."""
    first = table_csv(head, (), language)
    yield first
    mark = len(first)
    for row in rows:
        yield _NEXT + table_csv(head, [row], language)[mark:]


def _entity_rows(file: AuthorityFile) -> Iterator[tuple[Value, ...]]:
    replaced: dict[str, list[str]] = {}
    for old, new, _ in file.redirections():
        replaced.setdefault(new, []).append(old)
    for one in file.entities():
        known = file.identifiers(one.id)
        names = " | ".join(name for name, _ in one.names if name != one.name)
        yield (
            one.id,
            one.kind,
            one.name,
            names,
            one.first_year,
            one.last_year,
            one.appearances,
            round(one.confidence, 4),
            " | ".join(it.identifier for it in known if it.status == DECIDED),
            " | ".join(it.identifier for it in known if it.status == PROPOSED),
            " | ".join(replaced.get(one.id, ())),
        )


def _appearance_rows(file: AuthorityFile) -> Iterator[tuple[Value, ...]]:
    yield from file.db.execute(
        "SELECT m.document, m.thing, m.name, m.year, m.series, m.entity, e.name, ROUND(e.confidence, 4) "
        "FROM member m JOIN entity e ON e.id = m.entity ORDER BY m.document, m.thing"
    )


# -------------------------------------------------------------------------------------------------- JSON


def _lines(things: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for one in things:
        yield _NEXT + json.dumps(one, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _told(file: AuthorityFile, one: Entity) -> dict[str, Any]:
    """Return everything about an entity."""
    return {
        "format": "authority-entity/1",
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "names": [{"name": name, "documents": count} for name, count in one.names],
        "first_year": one.first_year,
        "last_year": one.last_year,
        "confidence": round(one.confidence, 4),
        "identifiers": [
            {"identifier": it.identifier, "status": it.status, "probability": round(it.probability, 4)}
            for it in file.identifiers(one.id)
        ],
        "appearances": [
            {
                "document": it.document,
                "thing": it.thing,
                "name": it.name,
                "year": it.year,
                "anchor": it.anchor,
            }
            for it in file.members(one.id)
        ],
        "links": [
            {
                "one": it.one,
                "other": it.other,
                "probability": round(it.probability, 4),
                "decided": it.decided,
                "reasons": {reason.name: reason.weight for reason in it.reasons},
            }
            for it in file.links(one.id)
        ],
    }


def _with_ids(file: AuthorityFile, records: Iterable[RaceRecord]) -> Iterator[dict[str, Any]]:
    """Yield records, each beside the ids that stand for its drivers and teams."""
    for record in records:
        ids: dict[str, Any] = {}
        for one in appearances_of(record):
            found = file.db.execute(
                "SELECT e.id, e.name, e.confidence FROM member m JOIN entity e ON e.id = m.entity "
                "WHERE m.anchor = ?",
                (one.anchor,),
            ).fetchone()
            if found is not None:
                known = [it.identifier for it in file.identifiers(found[0]) if it.status == DECIDED]
                ids[one.thing] = {"id": found[0], "name": found[1], "confidence": round(found[2], 4)}
                ids[one.thing] |= {"identifiers": known} if known else {}
        yield {"record": record.model_dump(mode="json"), "authority": ids}


# -------------------------------------------------------------------------------------------------- SKOS


def _skos(file: AuthorityFile) -> Iterator[bytes]:
    """Yield a JSON-LD document in parts, a concept on a line."""
    head = json.dumps(_CONTEXT)
    scheme = {"@id": SCHEME, "@type": "skos:ConceptScheme"}
    yield f'{{"@context": {head}, "@graph": [\n{json.dumps(scheme)}'.encode()
    for one in file.entities():
        yield _NEXT + b",\n" + json.dumps(_concept(file, one), ensure_ascii=False).encode("utf-8", "replace")
    for old, new, why in file.redirections():
        if new:
            yield b",\n" + json.dumps(_replaced(old, new, why)).encode()
    yield b"\n]}\n"


def _concept(file: AuthorityFile, one: Entity) -> dict[str, Any]:
    concept: dict[str, Any] = {
        "@id": f"{SCHEME}:{one.id}",
        "@type": ["skos:Concept", "foaf:Person" if one.kind == "driver" else "foaf:Organization"],
        "skos:inScheme": {"@id": SCHEME},
        "skos:notation": one.id,
        "skos:prefLabel": one.name,
        "skos:altLabel": [name for name, _ in one.names if name != one.name],
    }
    if one.first_year is not None:
        concept["skos:scopeNote"] = f"{one.first_year}–{one.last_year}"
    matches: dict[str, list[dict[str, str]]] = {}
    for it in file.identifiers(one.id):
        how = {DECIDED: "skos:exactMatch", PROPOSED: "skos:closeMatch"}.get(it.status)
        if how is not None:
            matches.setdefault(how, []).append({"@id": address_of(it.identifier)})
    return concept | matches


def _replaced(old: str, new: str, why: str) -> dict[str, Any]:
    return {
        "@id": f"{SCHEME}:{old}",
        "skos:changeNote": why,
        "dcterms:isReplacedBy": {"@id": f"{SCHEME}:{new}"},
    }
