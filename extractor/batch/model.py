"""Which model a run uses, said so that another process and another day understand the same."""

from __future__ import annotations

import hashlib

from extractor.pipeline.model.location import MANIFEST, NONE, ModelChoice, find_bundle


def chosen(model: ModelChoice) -> tuple[str, str]:
    """Return the folder of a model's bundle and what tells it from others; ``none`` twice for no model.

    Args:
        model: As for :func:`extractor.load`.

    Raises:
        ModelError: The folder holds no model.
    """
    bundle = find_bundle(model)
    if bundle is None:
        return NONE, NONE
    # The manifest has the digest of every other file.
    return str(bundle), hashlib.sha256((bundle / MANIFEST).read_bytes()).hexdigest()[:16]
