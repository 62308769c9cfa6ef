"""From records to an authority file: appearances, links, groups, ids that last.

Memory does not grow with the archive but for :class:`~extractor.authority.portrait.Rarity` (each distinct
surname once) and eight bytes for each appearance; all else lies on disk (:mod:`.spool`).
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from extractor.authority.appearance import KINDS, Kind, appearances_of
from extractor.authority.blocking import candidate_pairs
from extractor.authority.clustering import (
    AUTOMATIC,
    LEAST_SCORE,
    Clustered,
    Clustering,
    Link,
    Merge,
    Settled,
    components,
)
from extractor.authority.decisions import AuthorityDecision, Standing, standing
from extractor.authority.evidence import evidence_of
from extractor.authority.file import FORMAT, INDEXES, SCHEMA, packed_reasons
from extractor.authority.identity import provisional, settle_ids
from extractor.authority.model import Reason, score_of, shipped, shipped_for_groups
from extractor.authority.person import parse_person
from extractor.authority.portrait import Portrait
from extractor.authority.spool import Spool
from extractor.errors import OutputError
from extractor.lexicon.fold import fold
from extractor.record import RaceRecord
from extractor.version import __version__

Progress = Callable[[str, int], None]
_STEP = 2_000
_LARGEST = 5_000  # appearances of a component that are clustered at once


@dataclass(slots=True)
class Built:
    """What a build did.

    Attributes:
        documents: Texts that were read.
        repeated: Records of a text that was there already: they count once.
        appearances: By kind.
        entities: By kind.
        candidates: Doubtful pairs.
        decided: Links made by decisions.
        overruled: Decisions that a later one contradicts.
        unknown: Decisions about appearances that the archive does not hold.
    """

    documents: int = 0
    repeated: int = 0
    appearances: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    candidates: int = 0
    decided: int = 0
    overruled: int = 0
    unknown: int = 0


def build(
    records: Iterable[RaceRecord],
    out: Path,
    *,
    decisions: Sequence[AuthorityDecision] = (),
    automatic: float | None = None,
    progress: Progress = lambda _what, _count: None,
) -> Built:
    """Write the authority file of an archive; where there is one already, ids are kept from it.

    Args:
        records: Of the whole archive, in any order.
        out: The file; made whole or not at all.
        decisions: What somebody decided.
        automatic: From which probability on a link is proposed as the same; where ``None``, from
            ``AUTOMATIC`` of its kind.
        progress: Told now and then what is being done, and how much of it is done.

    Raises:
        OutputError: The file cannot be written.
    """
    with _beside(out) as (folder, fresh):
        with Spool(folder / "spool.db") as spool:
            built = _fill(spool, records, progress)
            for kind in KINDS:
                _link(spool, kind, progress)
            with closing(sqlite3.connect(fresh, uri=True)) as db:
                db.execute("PRAGMA journal_mode = OFF")
                db.execute("PRAGMA synchronous = OFF")
                db.executescript(SCHEMA)
                _Writer(spool, db, built, standing(decisions), automatic, progress).write()
                settle_ids(db, out if out.is_file() else None)
                _name_candidates(db)
                _keep_decisions(db, decisions)
                db.executemany("INSERT INTO about VALUES (?, ?)", _about(built, automatic))
                db.executescript(INDEXES)
                db.commit()
                built.candidates = db.execute("SELECT COUNT(*) FROM candidate").fetchone()[0]
        fresh.replace(out)
    return built


@contextmanager
def _beside(out: Path) -> Iterator[tuple[Path, Path]]:
    """Give a folder beside the file to be made, and the name of the file in the making."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise OutputError("cannot_write", source=str(out), reason=error.strerror or str(error)) from error
    try:
        yield folder, folder / "authority.db"
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError("cannot_write", source=str(out), reason=str(error)) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)


def _fill(spool: Spool, records: Iterable[RaceRecord], progress: Progress) -> Built:
    built = Built()
    for record in records:
        found = list(appearances_of(record))
        if found and not spool.add(found):
            built.repeated += 1
            continue
        built.documents += 1
        built.appearances.update(one.kind for one in found)
        if built.documents % _STEP == 0:
            progress("read", built.documents)
    progress("read", built.documents)
    spool.index()
    return built


def _link(spool: Spool, kind: Kind, progress: Progress) -> None:
    """Compare what may be one, and keep the links that may count."""
    pairs, done = candidate_pairs(spool, kind), 0
    while some := list(islice(pairs, _STEP)):
        scored = ((a, b, score_of(spool.portrait(a), spool.portrait(b), spool.rarity)) for a, b in set(some))
        spool.link((a, b, score) for a, b, score in scored if score is not None and score >= LEAST_SCORE)
        done += len(some)
        progress(f"compare_{kind}", done)


class _Writer:
    """Clusters component by component, and writes what comes of it."""

    def __init__(
        self,
        spool: Spool,
        db: sqlite3.Connection,
        built: Built,
        decided: Standing,
        automatic: float | None,
        progress: Progress,
    ) -> None:
        self.spool, self.db, self.built = spool, db, built
        self.automatic, self.progress = automatic, progress
        self.decided = decided
        self.groups = 0
        self.same = self._numbers(decided.same)
        self.apart = self._numbers(decided.different)
        built.overruled = len(decided.overruled)

    def _numbers(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        found = []
        for one, other in pairs:
            a, b = self.spool.id_of(one), self.spool.id_of(other)
            if a is None or b is None:
                self.built.unknown += 1
            elif one[0] == other[0]:
                found.append((a, b))
        return found

    def write(self) -> None:
        """Write all groups, provisionally named."""
        held = [(a, b, 0.0) for a, b in self.same]
        size = self.spool.count() + 1
        links = (link for links in (self.spool.links(), held) for link in links)
        self.db.execute("CREATE TEMP TABLE root (id INTEGER PRIMARY KEY, root INTEGER NOT NULL)")
        self.db.executemany("INSERT INTO root VALUES (?, ?)", components(size, links))
        self.db.execute("CREATE INDEX temp.root_of ON root (root, id)")
        together: list[int] = []
        root = None
        rows = self.db.execute("SELECT root, id FROM root WHERE id > 0 ORDER BY root, id")
        for its_root, number in rows:
            if its_root != root and together:
                self._component(together)
                together = []
            root = its_root
            together.append(number)
        if together:
            self._component(together)
        self.db.execute("DROP TABLE root")

    def _component(self, numbers: list[int]) -> None:
        portraits = {number: self.spool.portrait(number) for number in numbers}
        links = self.spool.links_of(numbers) if len(numbers) > 1 else []
        here = set(numbers)
        settled = Settled(
            frozenset(pair for pair in self.same if pair[0] in here),
            frozenset(pair for pair in self.apart if pair[0] in here and pair[1] in here),
        )
        found = self._clustered(portraits, links, settled)
        self._keep(found, portraits)

    def _clustered(self, portraits: dict[int, Portrait], links: list[Link], settled: Settled) -> Clustered:
        if len(portraits) == 1:
            return Clustered(groups=[list(portraits)])
        kind = next(iter(portraits.values())).appearance.kind

        def score(one: int, other: int) -> float | None:
            return score_of(portraits[one], portraits[other], self.spool.rarity)

        weights = shipped_for_groups(kind)
        automatic = AUTOMATIC[kind] if self.automatic is None else self.automatic
        clustering = Clustering(portraits, links, score, weights, settled=settled, automatic=automatic)
        return clustering.run()

    def _keep(self, found: Clustered, portraits: dict[int, Portrait]) -> None:
        whose: dict[int, str] = {}
        least: dict[str, float] = defaultdict(lambda: 1.0)
        for group in found.groups:
            self.groups += 1
            for number in group:
                whose[number] = provisional(self.groups)
        for merge in found.merges:
            entity = whose[merge.one]
            least[entity] = min(least[entity], merge.probability)
            self._keep_link(entity, merge, portraits)
        for group in found.groups:
            self._keep_entity(whose[group[0]], [portraits[n] for n in group], least[whose[group[0]]])
        for merge in found.doubtful:
            self._keep_candidate(whose, merge, portraits)
        if self.groups % _STEP < len(found.groups):
            self.progress("cluster", self.groups)

    def _keep_entity(self, entity: str, group: list[Portrait], confidence: float) -> None:
        shown = [one.appearance for one in group]
        years = [one.year for one in shown if one.year is not None]
        names = Counter(one.name for one in shown)
        kind = shown[0].kind
        values = (entity, kind, usual_name(names, kind), min(years, default=None), max(years, default=None))
        self.db.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, len(shown), confidence))
        self.db.executemany(
            "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((one.anchor, entity, one.document, one.thing, one.name, one.year, one.series) for one in shown),
        )
        forms = Counter(form for one in shown for form in dict.fromkeys((one.name, *one.spellings)))
        self.db.executemany("INSERT INTO name VALUES (?, ?, ?)", ((entity, *form) for form in forms.items()))
        self.built.entities[kind] += 1

    def _keep_link(self, entity: str, merge: Merge, portraits: dict[int, Portrait]) -> None:
        one, other = portraits[merge.one], portraits[merge.other]
        is_decided = merge.by_decision
        self.built.decided += is_decided
        why = packed_reasons(() if is_decided else self._reasons(one, other))
        values = (entity, one.appearance.anchor, other.appearance.anchor, merge.probability, is_decided, why)
        self.db.execute("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)", values)

    def _keep_candidate(self, whose: dict[int, str], merge: Merge, portraits: dict[int, Portrait]) -> None:
        one, other = portraits[merge.one], portraits[merge.other]
        why = packed_reasons(self._reasons(one, other))
        ends = (whose[merge.one], whose[merge.other], one.appearance.anchor, other.appearance.anchor)
        self.db.execute(
            "INSERT OR IGNORE INTO candidate VALUES (?, ?, ?, ?, ?, ?)", (*ends, merge.probability, why)
        )

    def _reasons(self, one: Portrait, other: Portrait) -> tuple[Reason, ...]:
        evidence = evidence_of(one, other, self.spool.rarity)
        return () if evidence is None else shipped(one.appearance.kind).reasons(evidence)


def usual_name(names: Counter[str], kind: Kind) -> str:
    """Return what somebody is called: the form that tells most, of equals the most frequent.

    A spelling of the surname that few documents have gives way to the usual one: it is most likely misread.
    """
    counts: Counter[str] = Counter()
    for name, count in names.items():
        counts[_core(name, kind)] += count
    most = max(counts.values())

    def rank(name: str) -> tuple[bool, int, int, int, int, str]:
        count, told = counts[_core(name, kind)], 0
        if kind == "driver":
            parsed = parse_person(name)
            told = sum(len(part) > 1 for part in parsed.given) * 2 + bool(parsed.given)
        return count * 2 >= most, told, count, -sum(map(str.isupper, name)), names[name], name

    return max(names, key=rank)


def _core(name: str, kind: Kind) -> str:
    """Return what all forms of a name have in common: a driver's surname, a team's words."""
    return parse_person(name).surname if kind == "driver" else fold(name)


def _name_candidates(db: sqlite3.Connection) -> None:
    """Let the doubtful pairs name the entities by their ids, the lower one first."""
    db.execute("CREATE TEMP TABLE doubt AS SELECT one, other, probability, reasons FROM candidate")
    db.execute("DELETE FROM candidate")
    db.execute(
        "INSERT OR IGNORE INTO candidate SELECT MIN(a.entity, b.entity), MAX(a.entity, b.entity), "
        "IIF(a.entity < b.entity, d.one, d.other), IIF(a.entity < b.entity, d.other, d.one), "
        "d.probability, d.reasons FROM doubt d JOIN member a ON a.anchor = d.one "
        "JOIN member b ON b.anchor = d.other WHERE a.entity <> b.entity ORDER BY d.probability DESC"
    )
    db.execute("DROP TABLE doubt")


def _keep_decisions(db: sqlite3.Connection, decisions: Sequence[AuthorityDecision]) -> None:
    told = standing(decisions)
    overruled = set(told.overruled)
    db.executemany(
        "INSERT OR REPLACE INTO decision VALUES (?, ?, ?)",
        ((one.id, one.to_json(), one.id in overruled) for one in decisions),
    )
    for pairs, status in ((told.identifiers, "decided"), (told.refused, "refused")):
        db.executemany(
            "INSERT OR REPLACE INTO identifier SELECT entity, ?, NULL, 1.0, ?, '[]' FROM member "
            "WHERE anchor = ?",
            ((identifier, status, anchor) for anchor, identifier in pairs),
        )


def _about(built: Built, automatic: float | None) -> list[tuple[str, str]]:
    return [
        ("format", FORMAT),
        ("made_by", f"parcferme {__version__}"),
        *((f"automatic_{kind}", str(AUTOMATIC[kind] if automatic is None else automatic)) for kind in KINDS),
        ("documents", str(built.documents)),
        ("repeated", str(built.repeated)),
    ]
