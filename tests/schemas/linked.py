"""JSON-LD as those who read it do: expanded by pyld, a graph in rdflib, and nothing from the network."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


def graph_of(content: dict[str, Any], base: str) -> Any:
    """Return the graph of a document that stands at an address; a context that is not here is an error."""
    from pyld import jsonld
    from rdflib import Graph

    quads = jsonld.to_rdf(content, {"base": base, "documentLoader": _loader, "format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


def _loader(url: str, _options: Any) -> dict[str, Any]:
    if url != _ANNOTATIONS:
        raise AssertionError(f"{url} is not here")
    return {"contextUrl": None, "documentUrl": url, "document": _context()}


def terms_of_annotations() -> set[str]:
    """Return the terms of the Web Annotation Vocabulary that are known here; readers drop others in silence."""
    return set(_context()["@context"])


@cache
def _context() -> Any:
    return json.loads(Path(__file__).with_name("anno_context.json").read_text("utf-8"))
