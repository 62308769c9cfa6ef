"""What the rules read of everything that is trained on, in several processes, kept for a run that goes on."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path

from extractor.corpus.generator.report import AUTHOR, generate_one
from extractor.pipeline import read
from extractor.pipeline.model.location import NONE
from extractor.pipeline.model.where import Place, places
from extractor.record import RaceRecord
from extractor.training.gold import Gold
from extractor.training.variants import variant

#: Author of the reports that are made up.
GENERATOR = AUTHOR
_AT_ONCE = 4  # reports handed to a process together


@dataclass(frozen=True, slots=True)
class Read:
    """A report with its gold record, and what the rules read of it.

    Attributes:
        name: Its name; that of a variant has a tilde behind the name of its report.
        author: Who wrote or reviewed it; :data:`GENERATOR` where it was made up.
        gold: What is true of it.
        read: What the rules read.
        places: Its sentences as the rules see them; of variants and reports made up they are not kept.
    """

    name: str
    author: str
    gold: RaceRecord
    read: RaceRecord
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Variant:
    """A report to be told anew with other names; see :func:`~extractor.training.variants.variant`."""

    of: Gold
    seed: int
    number: int


@dataclass(frozen=True, slots=True)
class Generated:
    """A report to be made up."""

    seed: int
    number: int


#: What may be read.
Task = Gold | Variant | Generated


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that cannot be read, or of which no variant can be made."""

    name: str
    fault: str


def tasks_of(
    train: Sequence[Gold], *, variants: int, generated: int, seed: int, apart: Container[str] = ()
) -> list[Task]:
    """Return all that training learns from: reports, their variants, reports made up.

    Args:
        train: The reports.
        variants: How often each is told anew.
        generated: How many reports are made up.
        seed: Of everything that is drawn.
        apart: Authors whose reports are told as they are alone.
    """
    changing = [one for one in train if one.author not in apart]
    told_anew = (Variant(one, seed, number) for number in range(variants) for one in changing)
    return [*train, *told_anew, *(Generated(seed, number) for number in range(generated))]


def read_all(
    tasks: Sequence[Task], jobs: int, advance: Callable[[], None] = lambda: None
) -> list[Read | Failed]:
    """Read everything by the rules alone, in order. What raises costs itself alone.

    Args:
        tasks: What to read.
        jobs: Number of processes; one is this one.
        advance: Called after each.
    """
    found = []
    with _mapped(min(jobs, len(tasks))) as read:
        for one in read(tasks):
            found.append(one)
            advance()
    return found


def read_one(task: Task) -> Read | Failed:
    """Read one report by the rules alone."""
    name = _name(task)
    try:
        gold = _gold(task)
        if gold is None:
            return Failed(name, "no variant")
        doc = read(gold.record.document.text, model=NONE)
        where = places(doc) if isinstance(task, Gold) else []
        return Read(name, gold.author, gold.record, doc._.record, where)
    except Exception as error:
        said = str(error).strip().partition("\n")[0]
        return Failed(name, f"{type(error).__name__}: {said}"[:160])


def _name(task: Task) -> str:
    match task:
        case Gold():
            return task.name
        case Variant():
            return f"{task.of.name}~{task.number}"
        case Generated():
            return f"{GENERATOR}-{task.seed}-{task.number}"


def _gold(task: Task) -> Gold | None:
    match task:
        case Gold():
            return task
        case Variant():
            record = variant(task.of.record, task.of.name, task.seed, task.number)
            return None if record is None else Gold(_name(task), record, task.of.author)
        case Generated():
            record = generate_one(task.seed, task.number, noise="mixed").record
            return Gold(_name(task), record, GENERATOR)


@contextmanager
def _mapped(jobs: int) -> Iterator[Callable[[Sequence[Task]], Iterable[Read | Failed]]]:
    if jobs <= 1:
        yield lambda tasks: map(read_one, tasks)
        return
    # A process begun anew is the same on every system, and is not disturbed by the threads of this one.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=fresh, initializer=_leave_interrupts_to_the_parent) as pool:
        try:
            yield lambda tasks: pool.map(read_one, tasks, chunksize=_AT_ONCE)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


# --- on the disk


def keep(readings: Iterable[Read], path: Path) -> None:
    """Write readings to a file that is never seen half written."""
    partial = path.with_name(f".{path.name}-{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for one in readings:
                file.write(_line(one) + "\n")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def kept(path: Path) -> Iterator[Read]:
    """Yield the readings of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            held = json.loads(line)
            gold, found = (RaceRecord.model_validate(held[key]) for key in ("gold", "read"))
            where = [Place(*place) for place in held["places"]]
            yield Read(held["name"], held["author"], gold, found, where)


def _line(one: Read) -> str:
    records = {"gold": one.gold, "read": one.read}
    return json.dumps(
        {
            "name": one.name,
            "author": one.author,
            **{key: record.model_dump(mode="json") for key, record in records.items()},
            "places": [astuple(place) for place in one.places],
        }
    )
