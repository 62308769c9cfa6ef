"""File names as IRI references, which cannot be taken for anything else."""

from __future__ import annotations

import re
from urllib.parse import quote

_ON_THE_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f]+", re.IGNORECASE)


def reference_to(name: str) -> str:
    """Return a file's name, or a web address, as an IRI reference.

    Letters of all scripts are written as RFC 3986 has them. A colon is no scheme, two slashes are no host.
    """
    if _ON_THE_WEB.fullmatch(name):
        return quote(name, safe="/:?#[]@!$&'()*+,;=%~")
    path = re.sub(r"^/{2,}", "/", name.replace("\\", "/"))
    return quote(path, safe="/!$&'()*+,;=@~")


def fragment(kind: str, key: str) -> str:
    """Return what a thing of a record is called within its file: ``#result/r1``.

    A slash within an identifier is written %2F, so that no two things have one name.
    """
    return f"#{kind}/{reference_to(key).replace('/', '%2F')}"
