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
