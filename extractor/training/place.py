"""The folder that training works in: what a run that was interrupted goes on from.

    inputs.json      digests of what the work in the folder rests on
    check.jsonl      what the rules read of the reports that training stops by
    readings.jsonl   what they read of everything that is trained on; written last
    fit/             checkpoints, then the weights
    candidate/       the model that came of it

The same command goes on where it was left. Where what the work rests on has changed, the work that rests on
it is thrown away, and that alone: readings rest on texts and rules, checkpoints on readings and on how
training is done.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import UsageError

INPUTS, CHECKED, READINGS = "inputs.json", "check.jsonl", "readings.jsonl"
FIT, CANDIDATE = "fit", "candidate"
_PACKAGE = Path(__file__).resolve().parents[1]
#: What the readings come of, in the package.
_RULES = (
    "pipeline",
    "lexicon",
    "values",
    "corpus",
    "training/variants.py",
    "training/augment.py",
    "record.py",
)
_CODE = (".py", ".toml", ".gz")

#: Digests of inputs, by the name that the user is told.
Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What work rests on, each by its digest.

    Attributes:
        texts: What the readings rest on: corpus, reviewed records, generated reports, rules.
        course: What the checkpoints rest on beside them: the encoder to begin with, how training is done.
    """

    texts: Digests
    course: Digests

    def to_dict(self) -> dict[str, dict[str, str]]:
        """Return all digests, ready for JSON."""
        return {"texts": dict(self.texts), "course": dict(self.course)}


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds that a run can go on from.

    Attributes:
        readings: Whether the readings are those that are wanted.
        checkpoint: Whether training was begun from the same inputs.
        changed: Names of the inputs that are no longer what they were, where work was thrown away for it.
    """

    readings: bool
    checkpoint: bool
    changed: tuple[str, ...] = ()


def enter(folder: Path, inputs: Inputs) -> Found:
    """Make a folder ready for work, throw away what no longer holds, and say what is left.

    Raises:
        UsageError: ``not_a_work_folder``: it holds something else.
    """
    before = _before(folder)
    changed_texts = _changed(before.get("texts", {}), inputs.texts)
    changed_course = _changed(before.get("course", {}), inputs.course)
    had = any((folder / name).exists() for name in (READINGS, FIT))
    if changed_texts:
        (folder / READINGS).unlink(missing_ok=True)
    if changed_texts or changed_course:
        shutil.rmtree(folder / FIT, ignore_errors=True)
        shutil.rmtree(folder / CANDIDATE, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / INPUTS).write_text(json.dumps(inputs.to_dict(), indent=1) + "\n", encoding="utf-8")
    return Found(
        readings=(folder / READINGS).is_file(),
        checkpoint=(folder / FIT).is_dir() and any((folder / FIT).iterdir()),
        changed=(*changed_texts, *changed_course) if had else (),
    )


def _before(folder: Path) -> dict[str, Any]:
    """Return the digests that a folder was left with; nothing where it is new.

    Raises:
        UsageError: It was not left by training.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}
    try:
        before = json.loads((folder / INPUTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError("not_a_work_folder", source=str(folder)) from error
    if not isinstance(before, dict):
        raise UsageError("not_a_work_folder", source=str(folder))
    return before


def _changed(before: Digests, now: Digests) -> list[str]:
    return [name for name in {**before, **now} if before.get(name) != now.get(name)]


def digest(parts: Iterable[object]) -> str:
    """Return one digest of some values, each told by ``str``."""
    found = hashlib.sha256()
    for part in parts:
        found.update(str(part).encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()[:16]


def digest_of_files(paths: Iterable[Path]) -> str:
    """Return one digest of what some files hold and what they are called."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:16]


def digest_of_rules() -> str:
    """Return a digest of the code and words that make readings what they are."""
    files: list[Path] = []
    for name in _RULES:
        path = _PACKAGE / name
        files += [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in _CODE)
    return digest_of_files(files)


def digest_of_base(base: str | Path) -> str:
    """Return a digest of the encoder to begin with; of one that is known by name alone, that name."""
    folder = Path(base)
    if not folder.is_dir():
        return str(base)
    return digest_of_files(sorted(p for p in folder.iterdir() if p.is_file() and p.suffix != ".pt"))
