"""Documents, their records and the images of their pages.

A document is one text from one origin. What another extractor, or a later one, makes of it lies beside what
is there, under the next version. As long as nothing is decided, the newest is the one under review; from the
first decision on it is the one decided upon, for all readings, since decisions name things by the ids of
their record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from extractor.record import RaceRecord
from extractor.review.store.cleaning import (
    LARGEST,
    MOST_MODEL,
    MOST_ORIGIN,
    MOST_SERIES,
    MOST_TITLE,
    clean,
    is_key,
    optional,
    plausible_year,
)
from extractor.review.store.errors import StoreError
from extractor.review.store.schema import documents, page_images, readings, records, searches
from extractor.review.store.searching import folded_words, words_of
from extractor.review.store.stored import Added, PageImage, StoredDocument, Version
from extractor.review.store.times import from_ms, now_ms

MOST_IMAGE_BYTES: Final = 64 << 20
_MOST_SORTED_BY = 120


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text, as UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def key_of(sha256: str, origin: str | None) -> str:
    """Return the key of a document: the same for one text from one origin in every database."""
    return hashlib.sha256(f"{sha256}\0{origin or ''}".encode()).hexdigest()[:24]


def keys_of_text(connection: Connection, sha256: str) -> tuple[str, ...]:
    """Return the keys of the documents of a text, in the order in which they came in."""
    wanted = select(documents.c.key).where(documents.c.text_sha256 == sha256).order_by(documents.c.id)
    return tuple(connection.execute(wanted).scalars())


def add(
    connection: Connection,
    record: RaceRecord,
    *,
    model: str | None,
    origin: str | None,
    pages: Iterable[PageImage],
) -> Added:
    """Add a record, with its document where it is new. The transaction is the caller's.

    Raises:
        StoreError: The image of a page is too large.
    """
    origin = optional(origin if origin is not None else record.document.source, MOST_ORIGIN)
    model = optional(model, MOST_MODEL)
    sha256 = text_sha256(record.document.text)
    key = key_of(sha256, origin)
    found = connection.execute(
        select(documents.c.id, documents.c.latest, documents.c.decided_upon)
        .where(documents.c.key == key)
        .with_for_update()
    ).one_or_none()
    if found is None:
        number = _insert(connection, record, key=key, sha256=sha256, origin=origin, model=model)
        added = Added(key, "new", 1)
    else:
        number = found.id
        added = _add_version(connection, found, record, key=key, model=model)
    _add_pages(connection, number, pages)
    return added


def _insert(
    connection: Connection,
    record: RaceRecord,
    *,
    key: str,
    sha256: str,
    origin: str | None,
    model: str | None,
) -> int:
    now = now_ms()
    number: int = connection.execute(
        insert(documents)
        .values(key=key, origin=origin, text_sha256=sha256, added_at=now, version=1, latest=1)
        .values(model=model, **_first_summary(record))
        .returning(documents.c.id)
    ).scalar_one()
    _insert_record(connection, number, record, version=1, model=model)
    words = words_of(
        origin or "", record.document.title or "", record.event.series or "", record.document.text
    )
    connection.execute(insert(searches).values(document_id=number, words=words))
    return number


def _insert_record(
    connection: Connection, number: int, record: RaceRecord, *, version: int, model: str | None
) -> None:
    body = record.to_json()
    connection.execute(
        insert(records).values(
            document_id=number,
            version=version,
            model=model,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            body=body,
            added_at=now_ms(),
        )
    )


def _add_version(
    connection: Connection, found: Row[*tuple[Any, ...]], record: RaceRecord, *, key: str, model: str | None
) -> Added:
    sha256 = hashlib.sha256(record.to_json().encode()).hexdigest()
    same = connection.execute(
        select(records.c.version, records.c.model).where(
            records.c.document_id == found.id, records.c.sha256 == sha256
        )
    ).all()
    for row in same:
        if row.model == model:
            return Added(key, "same", row.version)
    version = found.latest + 1
    _insert_record(connection, found.id, record, version=version, model=model)
    values: dict[str, Any] = {"latest": version}
    if not found.decided_upon:
        values |= {"version": version, "model": model, "summarised_at": None, **_first_summary(record)}
    connection.execute(update(documents).where(documents.c.id == found.id).values(**values))
    return Added(key, "newer", version)


def _first_summary(record: RaceRecord) -> dict[str, Any]:
    """Return what the record itself says for the queue, until its summary is made."""
    event, document = record.event, record.document
    confidences = [fact.confidence for fact in record.facts()]
    day = event.starts_on or document.published_on
    title = optional(document.title or event.name, MOST_TITLE)
    return {
        "title": title,
        "sort_title": sorted_by(title),
        "series": optional(event.series, MOST_SERIES),
        "year": plausible_year(event.season) or (day.year if day else None),
        "facts": len(confidences),
        "lowest_confidence": min(confidences, default=None),
        "expected_errors": sum(1 - confidence for confidence in confidences),
    }


def sorted_by(title: str | None) -> str | None:
    """Return what a title is sorted by, whatever the database thinks of accents."""
    return " ".join(folded_words(title))[:_MOST_SORTED_BY] if title else None


def _add_pages(connection: Connection, number: int, pages: Iterable[PageImage]) -> None:
    there = set(
        connection.scalars(select(page_images.c.page).where(page_images.c.document_id == number)).all()
    )
    for page in pages:
        if len(page.body) > MOST_IMAGE_BYTES:
            raise StoreError("store_image_too_large", page=page.page, most=MOST_IMAGE_BYTES >> 20)
        if page.page not in there and 0 < page.page <= LARGEST:
            there.add(page.page)
            values = {"document_id": number, "page": page.page, "media_type": page.media_type[:40]}
            connection.execute(insert(page_images).values(**values, body=page.body))


def find(connection: Connection, key: str, *, for_update: bool = False) -> Row[*tuple[Any, ...]]:
    """Return a document's row.

    Raises:
        StoreError: There is no such document.
    """
    query = select(documents).where(documents.c.key == key)
    if for_update:
        query = query.with_for_update()
    row = connection.execute(query).one_or_none() if is_key(key) else None
    if row is None:
        raise StoreError("store_no_document", key=clean(key, 40))
    return row


def document(connection: Connection, key: str) -> StoredDocument:
    """Return a document.

    Raises:
        StoreError: There is no such document.
    """
    row = find(connection, key)
    versions = connection.execute(
        select(records.c.version, records.c.model, records.c.added_at)
        .where(records.c.document_id == row.id)
        .order_by(records.c.version)
    ).all()
    heads = connection.execute(
        select(readings.c.reading, readings.c.head).where(
            readings.c.document_id == row.id, readings.c.head > 0
        )
    ).all()
    pages = connection.scalars(
        select(page_images.c.page).where(page_images.c.document_id == row.id).order_by(page_images.c.page)
    ).all()
    return StoredDocument(
        key=row.key,
        origin=row.origin,
        text_sha256=row.text_sha256,
        model=row.model,
        version=row.version,
        versions=tuple(Version(v.version, v.model, from_ms(v.added_at)) for v in versions),
        title=row.title,
        added_at=from_ms(row.added_at),
        double=row.double,
        heads={head.reading: head.head for head in heads},
        decided_upon=row.decided_upon,
        pages=tuple(pages),
    )


def record_body(connection: Connection, number: int, version: int) -> str:
    """Return a record's JSON.

    Raises:
        StoreError: The document has no such version.
    """
    body: str | None = connection.scalar(
        select(records.c.body).where(records.c.document_id == number, records.c.version == version)
    )
    if body is None:
        raise StoreError("store_no_version", version=version)
    return body


def model_of(connection: Connection, number: int, version: int) -> str | None:
    """Return by which model a record was made."""
    model: str | None = connection.scalar(
        select(records.c.model).where(records.c.document_id == number, records.c.version == version)
    )
    return model


def version_of_model(connection: Connection, number: int, model: str | None) -> int | None:
    """Return the newest record that this model made of a document."""
    newest: int | None = connection.scalar(
        select(func.max(records.c.version)).where(
            records.c.document_id == number, records.c.model.is_not_distinct_from(model)
        )
    )
    return newest


def page_image(connection: Connection, key: str, page: int) -> PageImage | None:
    """Return the image of a page, ``None`` where there is none."""
    if not is_key(key) or not 0 < page <= LARGEST:
        return None
    row = connection.execute(
        select(page_images.c.body, page_images.c.media_type)
        .join(documents, documents.c.id == page_images.c.document_id)
        .where(documents.c.key == key, page_images.c.page == page)
    ).one_or_none()
    return None if row is None else PageImage(page, row.body, row.media_type)
