"""The parts of a DOCX or ODT file: a ZIP of XML, unpacked part by part within limits."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from extractor.errors import InputError
from extractor.readers.options import Reading
from extractor.readers.unpacking import open_zip, unpack
from extractor.readers.xml import parse_xml

SUFFIXES = (".docx", ".docm", ".odt", ".ott")
"""How documents are called that are packages."""

_PARTS_SHARE = 5
"""One part may take up this share of what the whole may unpack to: a tree is larger than its text."""


class Package:
    """An office document's parts.

    Args:
        content: The file.
        reading: Its name and the user's limits.

    Raises:
        InputError: ``damaged_office``, ``encrypted_office``, or as
            :func:`~extractor.readers.unpacking.open_zip`.
    """

    def __init__(self, content: bytes, reading: Reading) -> None:
        self._source = reading.source.name
        self._limit = max(1, reading.options.max_unpacked_bytes // _PARTS_SHARE)
        self._zip: ZipFile = self._careful(lambda: open_zip(BytesIO(content), source=self._source))
        self._parts: dict[str, ZipInfo] = {part.filename: part for part in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def content(self, name: str) -> bytes:
        """Return a part's bytes.

        Raises:
            InputError: It is missing, damaged, encrypted or too large.
        """
        part = self._parts.get(name)
        if part is None:
            raise InputError("damaged_office", source=self._source)
        content: bytes = self._careful(lambda: unpack(self._zip, part, self._limit + 1, source=self._source))
        if len(content) > self._limit:
            limit = f"{self._limit:_}".replace("_", " ")
            raise InputError("part_too_large", source=self._source, limit=limit)
        return content

    def xml(self, name: str) -> Any:
        """Return the root element of a part; errors as :meth:`content` and ``parse_xml``."""
        return parse_xml(self.content(name), source=self._source)

    def optional_xml(self, name: str | None) -> Any:
        """Return the root element of a part, ``None`` where there is no such part."""
        return self.xml(name) if name is not None and name in self else None

    def _careful(self, step: Any) -> Any:
        """Call a document damaged or encrypted, which people do not know to be an archive."""
        try:
            return step()
        except InputError as error:
            code = {"damaged_zip": "damaged_office", "encrypted_member": "encrypted_office"}.get(error.code)
            if code == "damaged_office":
                raise InputError("damaged_office", source=self._source) from error
            if code == "encrypted_office":
                raise InputError("encrypted_office", source=self._source) from error
            raise
