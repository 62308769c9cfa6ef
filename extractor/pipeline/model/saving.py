"""The model as it is shipped: a folder that ``spacy.load`` opens, with the bundle and the card in it."""

from __future__ import annotations

from pathlib import Path

from extractor import __version__
from extractor.errors import ModelError
from extractor.pipeline import add_components
from extractor.pipeline.language import blank
from extractor.pipeline.model.location import NAME, find_bundle

#: What is shipped weighs no more than this, in bytes.
MAX_BYTES = 40_000_000
CARD = "README.md"

_LANGUAGE, _, _SHORT_NAME = NAME.partition("_")
_META = {
    "lang": _LANGUAGE,
    "name": _SHORT_NAME,
    "version": __version__,
    "description": "Reads French motor-race reports; nlp(text)._.record holds facts with their evidence.",
    "author": "Parc Fermé",
    "license": "Apache-2.0",
    "requirements": [f"parcferme>={__version__}"],
}


def save_model(bundle: Path, folder: Path, card: str | None = None, *, limit: int | None = MAX_BYTES) -> int:
    """Write the pipeline with a bundle into a folder.

    Args:
        bundle: Folder of the bundle, or of a saved pipeline that holds it.
        folder: Where to write; what an earlier call wrote there is replaced.
        card: The model card, in Markdown; without one, a card that is there is kept.
        limit: Largest bundle that is taken, in bytes; ``None`` where it is not to be shipped.

    Returns:
        The size of all files in the folder, in bytes.

    Raises:
        ModelError: There is no bundle, or it is larger than the limit.
    """
    nlp = add_components(blank(), bundle)
    nlp.meta.update(_META)
    _refuse_too_large(bundle, limit)
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    if card is not None:
        (folder / CARD).write_text(card, encoding="utf-8")
    return _size(folder)


def _refuse_too_large(bundle: Path, limit: int | None) -> None:
    found = find_bundle(bundle)
    size = 0 if found is None else _size(found)
    if limit is not None and size > limit:
        raise ModelError("model_too_large", source=str(bundle), size=size, limit=limit)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
