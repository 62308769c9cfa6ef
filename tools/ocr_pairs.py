"""Pairs of OCR and truth: the French part of the ICDAR 2017 and 2019 competitions on post-OCR correction.

As aligned in ``polifonia-project/generative-post-ocr-correction`` (CC BY 4.0): files ``ICDAR*_fre_*.tsv`` in
a folder, or in a tar archive. A fifth of the pairs, drawn by a digest of their names, is set aside: nothing
is counted from it, and :mod:`benchmarks.ocr_view` measures on it.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

WORST = 0.25  # share of misread characters beyond which a pair is no pair
SHARE_SET_ASIDE = 0.2
# Set aside as a whole before there was a draw; limits were chosen in sight of it, so it is no test either.
LOOKED_AT = "ICDAR2017_fre_periodical_test"


class Pair(NamedTuple):
    """A line as the machine read it and as it was printed.

    Attributes:
        file: Name of its file, without the ending.
        number: Its own number there.
        read: What the machine read.
        truth: What is printed.
    """

    file: str
    number: str
    read: str
    truth: str

    @property
    def set_aside(self) -> bool:
        """Whether nothing may be learnt from it."""
        digest = hashlib.sha256(f"{self.file}:{self.number}".encode()).digest()
        return int.from_bytes(digest[:4], "big") < SHARE_SET_ASIDE * (1 << 32)


def pairs(source: Path) -> Iterator[Pair]:
    """Yield all pairs that are any, from a folder of files or from an archive, in the files' order.

    Raises:
        OSError: There is no such folder or archive.
        tarfile.TarError: It is no archive.
    """
    for name, content in sorted(_files(source)):
        for line in content.decode("utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == 5 and float(cells[3]) <= WORST:
                yield Pair(name, cells[0], cells[1], cells[2])


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    if source.is_dir():
        for path in source.glob("ICDAR*_fre_*.tsv"):
            yield path.stem, path.read_bytes()
        return
    with tarfile.open(source) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            content = archive.extractfile(member) if name.match("ICDAR*_fre_*.tsv") else None
            if content is not None:
                yield name.stem, content.read()
