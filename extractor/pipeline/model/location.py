"""Where the model is: asked for, named by the environment, shipped, or nowhere (the rules work alone).

Two kinds of folder are a model: the bundle itself, which holds ``manifest.json``, and a pipeline saved by
spaCy, which holds the bundle in the subfolder ``parcferme_model``. Nothing is opened here, and spaCy is not
needed.
"""

from __future__ import annotations

import os
from pathlib import Path

from extractor.errors import ModelError

NONE = "none"
VARIABLE = "PARCFERME_MODEL"
COMPONENT = "parcferme_model"
MANIFEST = "manifest.json"
NAME = "fr_parcferme"

#: What a caller may say: a folder, ``"none"`` for the rules alone, ``None`` for the usual one.
ModelChoice = str | os.PathLike[str] | None

_PACKAGE = Path(__file__).resolve().parents[2]
#: Manifests of the model that came with the package: inside it, or beside it in a checkout.
_SHIPPED = tuple(
    folder / NAME / COMPONENT / MANIFEST for folder in (_PACKAGE / "_models", _PACKAGE.parent / "models")
)


def find_bundle(model: ModelChoice = None) -> Path | None:
    """Return the folder of the model's bundle, or ``None`` where the rules are to work alone.

    Args:
        model: A folder, or ``"none"``. Where nothing is said, the environment variable ``PARCFERME_MODEL``
            says the same, and without it the shipped model is taken, if there is one.

    Raises:
        ModelError: The folder asked for does not exist or holds no model.
    """
    if model is not None:
        return None if model == NONE else _bundle_in(Path(model), str(model))
    named = os.environ.get(VARIABLE)
    if named:
        return None if named == NONE else _bundle_in(Path(named), f"{VARIABLE}={named}")
    return _shipped()


def _bundle_in(folder: Path, source: str) -> Path:
    """Return the bundle that a folder is or holds.

    Args:
        folder: The folder.
        source: What the user called it.

    Raises:
        ModelError: There is none.
    """
    # A process may change its working folder before the model is read.
    for bundle in (folder, folder / COMPONENT):
        if (bundle / MANIFEST).is_file():
            return bundle.absolute()
    if folder.exists():
        raise ModelError("model_not_here", source=source, name=MANIFEST)
    raise ModelError("model_not_found", source=source)


def _shipped() -> Path | None:
    """Return the model that came with the package, if there is one."""
    return next((manifest.parent for manifest in _SHIPPED if manifest.is_file()), None)
