"""A wheel holds the model where the program looks for it, and can be built without one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from extractor.pipeline.model.location import COMPONENT, MANIFEST, NAME
from tools.check import ROOT

BUILD = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
SHIPPED = f"extractor/_models/{NAME}"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of the package, without whatever model lies beside it."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "extractor", folder / "extractor", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def built(source: Path) -> set[str]:
    """Build a wheel and return the names of the files in it."""
    subprocess.run(BUILD, cwd=source, check=True, capture_output=True, timeout=300)
    (wheel,) = (source / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wheel.unlink()
    return names


def what_lies_beside_the_code() -> set[str]:
    """Return the files of the package that are no code: words, scripts, styles, migrations."""
    found = (path for path in (ROOT / "extractor").rglob("*") if path.is_file())
    kept = (path for path in found if path.suffix not in (".pyc", ".py") and "__pycache__" not in path.parts)
    return {
        path.relative_to(ROOT).as_posix() for path in (*kept, *(ROOT / "extractor/review").rglob("v*.py"))
    }


@pytest.mark.slow
def test_a_wheel_is_built_without_a_model_and_with_one(source: Path) -> None:
    without = built(source)
    assert "extractor/pipeline/model/component.py" in without
    assert not sorted(name for name in what_lies_beside_the_code() if name not in without)
    assert not [name for name in without if "_models" in name]
    bundle = source / "models" / NAME / COMPONENT
    bundle.mkdir(parents=True)
    (bundle / MANIFEST).write_text("{}")
    (bundle.parent / "config.cfg").write_text("")
    assert built(source) - without == {f"{SHIPPED}/config.cfg", f"{SHIPPED}/{COMPONENT}/{MANIFEST}"}
