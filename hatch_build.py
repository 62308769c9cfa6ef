"""What the build adds to the wheel: the shipped model, where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODEL = Path("models") / "fr_parcferme"
IN_WHEEL = "extractor/_models/fr_parcferme"  # where extractor/pipeline/model/location.py looks first


class ModelHook(BuildHookInterface[Any]):
    """Puts the model inside the package. An editable installation finds it in the checkout by itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the model to a wheel."""
        folder = Path(self.root) / MODEL
        if version != "editable" and folder.is_dir():
            build_data["force_include"][str(folder)] = IN_WHEEL
