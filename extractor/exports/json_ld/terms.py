"""The vocabularies that are written, and the context that says which they are."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

#: schema.org is the vocabulary of all that has no prefix.
PREFIXED = ("iptc", "spmcrstat", "oa")


@cache
def terms() -> dict[str, Any]:
    """Return the table of terms."""
    return tomllib.loads(
        files("extractor.exports.json_ld").joinpath("terms.toml").read_text(encoding="utf-8")
    )


def concept(name: str) -> dict[str, str]:
    """Return a concept of the IPTC's controlled vocabularies, as a node."""
    return {"@id": terms()["concepts"][name]}


@cache
def context() -> dict[str, Any]:
    """Return the context, whole: whoever reads the file needs nothing from the network."""
    known = terms()
    return {
        "@vocab": known["schema"]["namespace"],
        **{prefix: known[prefix]["namespace"] for prefix in PREFIXED},
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "oa:start": {"@type": "xsd:nonNegativeInteger"},
        "oa:end": {"@type": "xsd:nonNegativeInteger"},
        "datePublished": {"@type": "Date"},
        "startDate": {"@type": "Date"},
        "endDate": {"@type": "Date"},
        "eventStatus": {"@type": "@vocab"},
        "itemListOrder": {"@type": "@vocab"},
    }
