"""What a build linked, what is doubtful, and how right it is where the truth is known."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from extractor.authority.appearance import KINDS, Kind
from extractor.authority.file import AuthorityFile
from extractor.errors import InputError

_GOLD_COLUMNS = ("document", "thing", "identity")


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Pairs of appearances: truly one, found to be one, and both.

    Attributes:
        true: Pairs that are one.
        found: Pairs that were linked.
        right: Pairs that are both.
    """

    true: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the linked pairs that are one; ``None`` where none was linked."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the pairs that are one that were linked; ``None`` where none is."""
        return self.right / self.true if self.true else None

    def __add__(self, other: Pairwise) -> Pairwise:
        return Pairwise(self.true + other.true, self.found + other.found, self.right + other.right)


@dataclass(slots=True)
class KindReport:
    """What was done with drivers, or with teams.

    Attributes:
        appearances: In all documents.
        entities: People or teams that they were linked to.
        linked: Appearances that share their entity with another.
        automatic: Links that the program made.
        decided: Links that somebody decided.
        doubtful: Pairs that are left to somebody's decision.
        identified: Entities with an identifier that somebody decided, and of those proposed.
        pairwise: Against the gold, where it was given.
    """

    appearances: int = 0
    entities: int = 0
    linked: int = 0
    automatic: int = 0
    decided: int = 0
    doubtful: int = 0
    identified: dict[str, int] = field(default_factory=dict)
    pairwise: Pairwise | None = None


@dataclass(slots=True)
class Report:
    """Both kinds, and what is about the whole file."""

    about: dict[str, str]
    kinds: dict[Kind, KindReport]
    redirections: int
    decisions: int
    overruled: int
    gold: int = 0
    unknown: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON can hold it, precision and recall included."""
        told = asdict(self)
        for kind, one in self.kinds.items():
            if one.pairwise is not None:
                told["kinds"][kind]["pairwise"] |= {
                    "precision": one.pairwise.precision,
                    "recall": one.pairwise.recall,
                }
        return told


def report_on(file: AuthorityFile, gold: Path | None = None) -> Report:
    """Return what an authority file holds, judged by a gold list where one is given.

    Args:
        file: The file.
        gold: CSV with the columns ``document``, ``thing`` and ``identity``: who a driver or team of a record
            truly is. Pairs are counted among those that it names.

    Raises:
        InputError: The gold list cannot be read or lacks a column.
    """
    found = Report(
        file.about(),
        {kind: _kind_report(file, kind) for kind in KINDS},
        file.count("redirection"),
        file.count("decision"),
        int(file.db.execute("SELECT COUNT(*) FROM decision WHERE overruled = 1").fetchone()[0]),
    )
    if gold is not None:
        _judge(found, file, _gold(gold))
    return found


def _kind_report(file: AuthorityFile, kind: Kind) -> KindReport:
    def number(query: str, *values: str) -> int:
        return int(file.db.execute(query, values).fetchone()[0] or 0)

    anchors = f"{kind[0]}:%"
    of_kind = "SELECT id FROM entity WHERE kind = ?"
    return KindReport(
        number("SELECT SUM(appearances) FROM entity WHERE kind = ?", kind),
        number("SELECT COUNT(*) FROM entity WHERE kind = ?", kind),
        number("SELECT SUM(appearances) FROM entity WHERE kind = ? AND appearances > 1", kind),
        number("SELECT COUNT(*) FROM link WHERE decided = 0 AND one LIKE ?", anchors),
        number("SELECT COUNT(*) FROM link WHERE decided = 1 AND one LIKE ?", anchors),
        number("SELECT COUNT(*) FROM candidate WHERE one LIKE ?", anchors),
        dict(
            file.db.execute(
                f"SELECT status, COUNT(*) FROM identifier WHERE entity IN ({of_kind}) GROUP BY status",
                (kind,),
            )
        ),
    )


def _judge(found: Report, file: AuthorityFile, gold: dict[tuple[str, str], str]) -> None:
    found.gold = len(gold)
    whose: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for (document, thing), identity in gold.items():
        row = file.db.execute(
            "SELECT anchor, entity FROM member WHERE document = ? AND thing = ?", (document, thing)
        ).fetchone()
        if row is None:
            found.unknown += 1
            continue
        kind: Kind = "driver" if row[0].startswith("d:") else "team"
        whose[kind].append((identity, row[1]))
    for kind, known in whose.items():
        found.kinds[kind].pairwise = pairwise(known)


def pairwise(known: list[tuple[str, str]]) -> Pairwise:
    """Return the pairwise score of appearances, each with who it truly is and which entity it is in."""
    return Pairwise(
        _pairs(Counter(true for true, _ in known)),
        _pairs(Counter(found for _, found in known)),
        _pairs(Counter(known)),
    )


def _pairs(sizes: Counter[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in sizes.values())


def _gold(path: Path) -> dict[tuple[str, str], str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            missing = [name for name in _GOLD_COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise InputError("authority_gold_columns", source=str(path), missing=", ".join(missing))
            return {
                (row["document"], row["thing"]): row["identity"]
                for row in rows
                if row["document"] and row["thing"] and row["identity"]
            }
    except FileNotFoundError as error:
        raise InputError("not_found", source=str(path)) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("authority_list_broken", source=str(path), why=error) from error
