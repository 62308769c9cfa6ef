"""The component that asks the model about the record that the rules have made.

Requires ``doc._.record`` and assigns it anew. Without a model it changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc

import extractor.pipeline.annotations  # noqa: F401  (it registers what lies under doc._)
from extractor.pipeline.model.bundle_files import BundleFiles, read_files, write_files
from extractor.pipeline.model.location import COMPONENT, MANIFEST

if TYPE_CHECKING:
    from extractor.pipeline.model.rescoring import Rescorer

_loading = threading.Lock()


@Language.factory(COMPONENT, requires=["doc._.record"], assigns=["doc._.record"])
def make_model(nlp: Language, name: str) -> ModelComponent:  # noqa: ARG001
    """Create the component; it has no model until it is given one."""
    return ModelComponent()


class ModelComponent:
    """Holds a bundle, as a folder or as bytes, and loads it when the first text comes.

    Attributes:
        bundle: Folder of the bundle, its files by name, or ``None``: the rules work alone.
    """

    def __init__(self, bundle: Path | BundleFiles | None = None) -> None:
        self.bundle = bundle
        self._rescorer: Rescorer | None = None
        self._unpacked: TemporaryDirectory[str] | None = None

    def use(self, bundle: Path | BundleFiles | None) -> None:
        """Take this bundle from now on."""
        self.bundle = bundle or None
        self._rescorer = None
        if self._unpacked is not None:
            self._unpacked.cleanup()
            self._unpacked = None

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.record`` as rules and model together have it.

        Raises:
            ModelError: The bundle is damaged or gone.
        """
        if self.bundle is not None and doc._.record is not None:
            doc._.record = self.rescorer().rescore(doc._.record, doc)
        return doc

    def rescorer(self) -> Rescorer:
        """Return the model, loaded once.

        Raises:
            ModelError: The bundle is damaged or gone.
            ValueError: There is none.
        """
        if self._rescorer is None:
            with _loading:
                if self._rescorer is None:
                    self._rescorer = self._load()
        return self._rescorer

    def _load(self) -> Rescorer:
        from extractor.pipeline.model.rescoring import load_rescorer

        if self.bundle is None:
            raise ValueError("no model")
        if isinstance(self.bundle, Path):
            return load_rescorer(self.bundle)
        # The model may read its files late, so they stay as long as it does.
        self._unpacked = TemporaryDirectory(prefix="parcferme-", ignore_cleanup_errors=True)
        write_files(Path(self._unpacked.name), self.bundle)
        return load_rescorer(Path(self._unpacked.name))

    def files(self) -> BundleFiles:
        """Return the bundle's files, none where there is no bundle."""
        if self.bundle is None:
            return {}
        return read_files(self.bundle) if isinstance(self.bundle, Path) else self.bundle

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Copy the bundle into a folder, which holds nothing else afterwards."""
        write_files(Path(path), self.files())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> ModelComponent:  # noqa: ARG002
        """Take the bundle that lies in a folder, if one does; it is read when the first text comes."""
        folder = Path(path).absolute()
        self.use(folder if (folder / MANIFEST).is_file() else None)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """Return the bundle as bytes."""
        packed: bytes = srsly.msgpack_dumps(self.files())
        return packed

    def from_bytes(self, packed: bytes, *, exclude: Iterable[str] = ()) -> ModelComponent:  # noqa: ARG002
        """Take the bundle out of bytes."""
        self.use(srsly.msgpack_loads(packed))
        return self

    def __getstate__(self) -> dict[str, Any]:
        # Whoever gets it loads the model anew.
        return {"bundle": self.bundle, "_rescorer": None, "_unpacked": None}
