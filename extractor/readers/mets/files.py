"""The files that a METS file points to, and which of them hold the text of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from extractor.readers.xml import Element, children

_REMOTE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_DRIVE = re.compile(r"/?[a-z]:/", re.IGNORECASE)
_MARKUP_NAME = re.compile(r"\.(?:xml|alto|page|hocr|x?html?)(?:\.gz)?$", re.IGNORECASE)
_MARKUP_TYPE = re.compile(r"xml|html|hocr", re.IGNORECASE)
_IMAGE_TYPE = re.compile(r"^(?:image|audio|video)/|pdf", re.IGNORECASE)
# What libraries call the files with the text of pages, the surest first.
_SUITABLE = (
    re.compile(r"alto|full.?text|volltext", re.IGNORECASE),
    re.compile(r"ocr|page|gt", re.IGNORECASE),
    re.compile(r"te?xt|layout", re.IGNORECASE),
)
_OTHER = re.compile(r"mods|tei|premis|mix|tech|metadata|thumb|image", re.IGNORECASE)


class PointedTo(NamedTuple):
    """A file that METS points to.

    Attributes:
        identity: Its ``ID``.
        address: As it is written there.
        group: What it and its group are for, without numbers.
        media_type: As it is written there.
    """

    identity: str
    address: str
    group: str
    media_type: str

    @property
    def is_remote(self) -> bool:
        """Whether it is on another machine."""
        return _REMOTE.match(self.address.strip()) is not None

    @property
    def names(self) -> list[str]:
        """What it may be called beside the METS file: as written or, if elsewhere, its last parts."""
        path = re.sub(r"^file:(?:/{0,2}(?=\.)|/{2}(?=[^/])|)", "", self.address.strip(), flags=re.IGNORECASE)
        path = path.replace("\\", "/").partition("#")[0]
        absolute = path.startswith("/") or _DRIVE.match(path) is not None
        path = re.sub(r"^(?:\./+)+", "", path)
        if absolute:
            parts = [part for part in path.split("/") if part and part != ".."]
            spelt = ["/".join(parts[-2:]), parts[-1]] if parts else []
        else:
            spelt = [path]
        found = [name for one in spelt for name in (one, unquote(one))]
        return list(dict.fromkeys(name for name in found if name))


def pointed_to(root: Element) -> Iterator[PointedTo]:
    """Yield all files of a METS file."""
    for section in root.iter("{*}fileSec"):
        for file in section.iter("{*}file"):
            uses = [file.get("USE", "")]
            for group in file.iterancestors("{*}fileGrp"):
                uses += (group.get("USE", ""), group.get("ID", ""))
            label = re.sub(r"\d+", "", " ".join(use for use in uses if use))
            for place in children(file, "FLocat"):
                address = next(
                    (value for key, value in place.items() if key.rpartition("}")[2] == "href"), ""
                )
                if address.strip():
                    yield PointedTo(file.get("ID", ""), address, label, file.get("MIMETYPE", ""))
                    break


class TextFiles:
    """The files with the text of pages among all that METS points to.

    Of several groups of them the most suitable is read; of those that are as suitable, as in OCR-D, where
    each step of the work has one, the last among those with most files.
    """

    def __init__(self, files: list[PointedTo]) -> None:
        self._ranks = {file.identity: (rank, file) for file in files if (rank := _rank(file)) is not None}
        self._by_group: dict[tuple[int, str], list[PointedTo]] = {}
        for rank, file in self._ranks.values():
            self._by_group.setdefault((rank, file.group), []).append(file)
        order = {group: k for k, group in enumerate(self._by_group)}
        sizes = {group: len(members) for group, members in self._by_group.items()}
        self._best = min(
            self._by_group, key=lambda group: (group[0], -sizes[group], -order[group]), default=None
        )

    def __bool__(self) -> bool:
        return self._best is not None

    def of_page(self, identities: list[str]) -> list[PointedTo]:
        """Return the files with the text of a page, of the best group that it has any of."""
        mine = [self._ranks[one] for one in identities if one in self._ranks]
        if not mine:
            return []
        groups = [(rank, file.group) for rank, file in mine]
        group = self._best if self._best in groups else min(groups)
        return [file for rank, file in mine if (rank, file.group) == group]

    def in_order(self, root: Element) -> list[PointedTo | None]:
        """Return the files in the order of the physical map, ``None`` for a page that has none.

        Files of the group that is read come last where the map does not name them.
        """
        found: dict[str | int, PointedTo | None] = {}
        for structure in _maps(root, "physical"):
            for identities, is_page in _places(structure):
                files = self.of_page(identities)
                for file in files:
                    found.setdefault(file.identity, file)
                if is_page and identities and not files:
                    found[len(found)] = None
        if all(file is None for file in found.values()):
            found = {}
        for file in self._by_group.get(self._best, []) if self._best is not None else []:
            found.setdefault(file.identity, file)
        return [*found.values()]


def _rank(file: PointedTo) -> int | None:
    """Return how likely a file holds the text of a page, 0 for most; ``None`` where it does not."""
    if _IMAGE_TYPE.search(file.media_type) or not file.names:
        return None
    markup = _MARKUP_NAME.search(file.names[-1]) or _MARKUP_TYPE.search(file.media_type)
    if not markup:
        return None
    for rank, words in enumerate(_SUITABLE):
        if words.search(file.group):
            return rank
    return None if _OTHER.search(file.group) else len(_SUITABLE)


def _maps(root: Element, kind: str) -> list[Element]:
    """Return the structural maps of a kind, or all where none is."""
    every = [*children(root, "structMap")]
    return [one for one in every if one.get("TYPE", "").lower() == kind] or every


def logical_maps(root: Element) -> list[Element]:
    """Return the maps that tell of articles."""
    return [one for one in children(root, "structMap") if one.get("TYPE", "").lower() == "logical"]


def _places(element: Element) -> Iterator[tuple[list[str], bool]]:
    """Yield, division by division, which files it points to, and whether it is a page."""
    divisions = [*children(element, "div")]
    if all(div.get("ORDER", "").isdecimal() for div in divisions):
        divisions.sort(key=lambda div: int(div.get("ORDER")[:9]))
    for div in divisions:
        pointers = [one for pointer in children(div, "fptr") for one in (pointer, *pointer.iter("{*}area"))]
        identities = [identity for one in pointers if (identity := one.get("FILEID"))]
        yield identities, "page" in div.get("TYPE", "").lower()
        yield from _places(div)
