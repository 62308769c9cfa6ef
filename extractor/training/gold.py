"""What is trained on: the reports of the corpus, and records that somebody has reviewed.

No text that a model is measured on may be trained on, whatever file it comes in: reviewed records of texts of
``dev``, ``test`` and ``far`` are refused, by the SHA-256 of the text's words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.corpus.library import TEXTS, load_split
from extractor.corpus.metadata import SPLITS, Split
from extractor.corpus.report import SUFFIX
from extractor.errors import ParcFermeError, RecordError
from extractor.record import RaceRecord
from extractor.records_io import read_each

REVIEWED = "reviewed"
TRAIN: Split = "train"
CHECK: Split = "dev"


@dataclass(frozen=True, slots=True)
class Gold:
    """A report with what is true of it.

    Attributes:
        name: Its name.
        record: The gold record, text included.
        author: Who wrote or reviewed it.
    """

    name: str
    record: RaceRecord
    author: str


@dataclass(slots=True)
class Collected:
    """What there is to train on.

    Attributes:
        train: Reports to learn from, those of the corpus before the reviewed ones.
        check: Reports that training stops by.
        reviewed: How many of ``train`` are reviewed records.
        replaced: Names of the corpus's reports in whose place a reviewed record stands.
        refused: What could not be taken, and why.
    """

    train: list[Gold] = field(default_factory=list)
    check: list[Gold] = field(default_factory=list)
    reviewed: int = 0
    replaced: list[str] = field(default_factory=list)
    refused: list[ParcFermeError] = field(default_factory=list)


def collect(corpus: Path, reviewed: Sequence[Path]) -> Collected:
    """Return what there is to train on.

    Args:
        corpus: The corpus's folder.
        reviewed: Files or folders of reviewed records.

    Raises:
        InputError: The corpus lacks ``train`` or ``dev``, or a report of it does not compile.
    """
    found = Collected(check=_split(corpus, CHECK))
    train = {fingerprint(one.record.document.text): one for one in _split(corpus, TRAIN)}
    own = {print_: one.name for print_, one in train.items()}
    taken: dict[str, Gold] = {}
    held_out: dict[str, Split] = _held_out(corpus, found.check) if reviewed else {}
    for one in (one for path in reviewed for one in read_each(path)):
        try:
            gold = _accepted(one, held_out)
        except ParcFermeError as error:
            found.refused.append(error)
            continue
        print_ = fingerprint(gold.record.document.text)
        if print_ in taken:
            twice = RecordError("reviewed_twice", source=taken[print_].name, other=gold.name)
            found.refused.append(twice)
        taken[print_] = gold
    found.replaced = [name for print_, name in own.items() if print_ in taken]
    found.train = [one for print_, one in train.items() if print_ not in taken] + list(taken.values())
    found.reviewed = len(taken)
    return found


def withheld(corpus: Path) -> dict[str, Split]:
    """Return which part of the corpus each text belongs to that nothing may be learnt from, by fingerprint.

    Args:
        corpus: The corpus's folder.

    Raises:
        InputError: The corpus lacks ``dev``, or a report of it does not compile.
    """
    return _held_out(corpus, _split(corpus, CHECK))


def require_taken(name: str, record: RaceRecord, withheld: dict[str, Split]) -> None:
    """Ask that training would take a reviewed record.

    Args:
        name: What the record is called.
        record: The record.
        withheld: See :func:`withheld`.

    Raises:
        RecordError: It would not.
    """
    _accepted((name, record), withheld)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text's words: the same however its lines are broken."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _split(corpus: Path, split: Split) -> list[Gold]:
    return [Gold(one.name, one.record, one.metadata.author) for one in load_split(corpus, split)]


def _held_out(corpus: Path, check: Sequence[Gold]) -> dict[str, Split]:
    """Return which part of the corpus each text belongs to that is not for training."""
    parts: dict[str, Split] = {fingerprint(one.record.document.text): CHECK for one in check}
    for split in SPLITS:
        if split not in (TRAIN, CHECK) and any((corpus / TEXTS / split).rglob(f"*{SUFFIX}")):
            parts |= {fingerprint(one.record.document.text): split for one in _split(corpus, split)}
    return parts


def _accepted(one: tuple[str, RaceRecord] | RecordError, held_out: dict[str, Split]) -> Gold:
    """Return a reviewed record that may be trained on.

    Raises:
        RecordError: It is none, is not of the text that it says, or its text is for measuring.
    """
    if isinstance(one, RecordError):
        raise one
    name, record = one
    document = record.document
    if hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest() != document.sha256:
        raise RecordError("other_sha256", source=name)
    split = held_out.get(fingerprint(document.text))
    if split is not None:
        raise RecordError("text_held_out", source=name, split=split)
    return Gold(name, record, REVIEWED)
