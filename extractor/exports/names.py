"""Names for files, one for each record of a folder."""

from __future__ import annotations

from extractor.record import RaceRecord

_LONGEST_STEM = 100  # bytes; with a suffix and a number far below what file systems take


class FileNames:
    """Gives every record a name of letters that all systems take, and never the same twice.

    Names that differ in case alone count as one, since some file systems take them so.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, record: RaceRecord) -> str:
        """Return the name of the next record's file, without suffix: after the document's id."""
        return self.after(record.document.id)

    def after(self, wanted: str) -> str:
        """Return the name of the next file after a name that may be anything."""
        kept = "".join(c if c.isalnum() or c in " -_." else "-" for c in wanted).strip(" .-_")
        stem = kept.encode()[:_LONGEST_STEM].decode("utf-8", "ignore").rstrip(" .") or "document"
        name, number = stem, len(self._taken)
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.casefold())
        return name
