"""What must be alike wherever documents of one run are read: program, model and the libraries that read.

A cluster whose machines are not alike would give one archive two kinds of records, and nobody would see it.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import extractor
from extractor.errors import ModelError
from extractor.pipeline.model.location import MANIFEST, NONE, find_bundle

# Those that decide what is read in a text. One that is missing on both sides is alike, too.
_LIBRARIES = (
    "charset-normalizer",
    "lxml",
    "numpy",
    "pypdfium2",
    "rapidfuzz",
    "spacy",
    "tokenizers",
    "trafilatura",
)
_KINDS = (".py", ".toml", ".gz", ".json")


@dataclass(frozen=True, slots=True)
class Kind:
    """By what documents are read in some process.

    Attributes:
        versions: Of Python, of the program and of its libraries, by name.
        code: Digest of the program's own files, which tells copies of one version apart.
    """

    versions: tuple[tuple[str, str], ...]
    code: str

    def differences(self, other: Kind) -> list[tuple[str, str, str]]:
        """Return what differs: its name, here, and there."""
        here, there = dict(self.versions), dict(other.versions)
        found = [(name, here[name], there.get(name, "?")) for name in here if here[name] != there.get(name)]
        if not found and self.code != other.code:
            found.append(("code", self.code[:12], other.code[:12]))
        return found


@cache
def kind() -> Kind:
    """Return by what documents are read in this process; a tenth of a second, once."""
    versions = [("python", ".".join(map(str, sys.version_info[:2]))), ("parcferme", extractor.__version__)]
    versions += [(name, _version(name)) for name in _LIBRARIES]
    return Kind(tuple(versions), _code())


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "-"


def _code() -> str:
    folder = Path(extractor.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _KINDS and "_models" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def model_digest(model: str) -> str:
    """Return what tells a model from another: the digest of its files; nothing for the rules alone.

    Args:
        model: Folder of its bundle, or ``none``.

    Raises:
        OSError: It cannot be read.
    """
    if model == NONE:
        return ""
    digest = hashlib.sha256()
    folder = Path(model)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            own = hashlib.file_digest(file, "sha256").digest()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + own)
    return digest.hexdigest()


@cache
def model_here(model: str, digest: str) -> str | None:
    """Return where this machine has a model; ``None`` where it has not.

    Args:
        model: Where it is on the machine that started the run.
        digest: What tells it from another.
    """
    if model == NONE:
        return NONE
    places = [model] if (Path(model) / MANIFEST).is_file() else []
    try:
        usual = find_bundle()
    except ModelError:  # the environment of this process names one that is none
        usual = None
    if usual is not None:
        places.append(str(usual))
    return next((place for place in places if model_digest(place) == digest), None)
