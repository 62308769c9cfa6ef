"""What a page says of itself in its head: title, date, publisher, author, language.

Open Graph (https://ogp.me), schema.org as JSON-LD (https://schema.org/Article), Dublin Core and the names
that HTML has itself. The more trustworthy come first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from extractor.readers.source import Told

Element = Any

_METAS: tuple[tuple[str, str], ...] = (
    ("title", "og:title"),
    ("title", "twitter:title"),
    ("title", "dc.title"),
    ("published_on", "article:published_time"),
    ("published_on", "og:published_time"),
    ("published_on", "datepublished"),
    ("published_on", "dc.date.issued"),
    ("published_on", "dcterms.issued"),
    ("published_on", "dc.date"),
    ("published_on", "date"),
    ("published_on", "pubdate"),
    ("publisher", "og:site_name"),
    ("publisher", "publisher"),
    ("publisher", "dc.publisher"),
    ("publisher", "application-name"),
    ("author", "author"),
    ("author", "article:author"),
    ("author", "dc.creator"),
    ("language", "content-language"),
    ("language", "dc.language"),
    ("language", "og:locale"),
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*$")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LONGEST = 500
_MOST_METAS = 500
_MOST_SCRIPTS = 20
_LONGEST_SCRIPT = 1_000_000
_MOST_NODES = 2_000
_ARTICLES = re.compile(r"Article|Posting|Report|WebPage")


def told(root: Element) -> tuple[Told, ...]:
    """Return what a page says of itself, each thing once, by field and trust."""
    found = [*_of_language(root), *_of_metas(root), *_of_json(root), *_of_elements(root)]
    kept: dict[tuple[str, str], Told] = {}
    for one in found:
        value = " ".join(one.value.split())
        if value and len(value) <= _LONGEST and _is_sound(one.field, value):
            kept.setdefault((one.field, value), Told(one.field, value, one.origin))
    return tuple(kept.values())


def _is_sound(field: str, value: str) -> bool:
    if field == "published_on":
        return _DATE.match(value) is not None
    if field == "language":
        return _LANGUAGE.match(value) is not None
    return field != "author" or not _ADDRESS.match(value)


def _of_language(root: Element) -> Iterator[Told]:
    page = next(root.iter("html"), root)
    for name in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"):
        if value := page.get(name):
            yield Told("language", value, "html lang")


def _of_metas(root: Element) -> Iterator[Told]:
    said: dict[str, str] = {}
    for meta in islice(root.iter("meta"), _MOST_METAS):
        name = (
            meta.get("property") or meta.get("name") or meta.get("http-equiv") or meta.get("itemprop") or ""
        )
        said.setdefault(name.strip().lower(), meta.get("content") or "")
    for field, name in _METAS:
        if name in said:
            yield Told(field, said[name], f"html meta {name}")


def _of_json(root: Element) -> Iterator[Told]:
    for script in islice(root.iter("script"), 200):
        kind = (script.get("type") or "").lower()
        if "ld+json" not in kind or not script.text or len(script.text) > _LONGEST_SCRIPT:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            yield from _of_node(node)


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield the articles and pages of JSON-LD, those of an ``@graph`` too."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        one, seen = waiting.pop(0), seen + 1
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            if _ARTICLES.search(str(one.get("@type"))):
                yield one
            waiting.extend(value for key, value in one.items() if key in ("@graph", "mainEntity"))


def _of_node(node: dict[str, Any]) -> Iterator[Told]:
    for field, key in (
        ("published_on", "datePublished"),
        ("title", "headline"),
        ("publisher", "publisher"),
        ("author", "author"),
        ("language", "inLanguage"),
    ):
        for value in _names(node.get(key)):
            yield Told(field, value, f"html JSON-LD {key}")


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


def _of_elements(root: Element) -> Iterator[Told]:
    title = next(root.iter("title"), None)
    if title is not None and title.text:
        yield Told("title", title.text, "html title")
    for time in islice(root.iter("time"), 20):
        if time.get("pubdate") is not None or "datePublished" in (time.get("itemprop") or ""):
            yield Told("published_on", time.get("datetime") or "", "html time")
    times = [
        time.get("datetime") or ""
        for article in islice(root.iter("article"), 1)
        for time in article.iter("time")
    ]
    for value in times[:1]:
        yield Told("published_on", value, "html time")
