"""Names that are not given, since somebody who races or raced bears them.

``words/excluded.bin`` holds the first four bytes of the SHA-256 of each folded name, sorted, and nothing that
could be turned back into names.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from extractor.lexicon.fold import fold

WIDTH = 4


def digest(name: str) -> bytes:
    """Return the mark of a full name: accents, case, hyphens and the order of its words do not count."""
    words = sorted(fold(name).replace("-", " ").replace("'", " ").split())
    return hashlib.sha256(" ".join(words).encode()).digest()[:WIDTH]


@cache
def _digests() -> frozenset[bytes]:
    file = resources.files("extractor.corpus.generator").joinpath("words", "excluded.bin")
    packed = file.read_bytes() if file.is_file() else b""
    return frozenset(packed[start : start + WIDTH] for start in range(0, len(packed), WIDTH))


def is_excluded(name: str) -> bool:
    """Tell whether a full name is not to be given."""
    return digest(name) in _digests()
