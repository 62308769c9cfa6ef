"""A process in which the package is installed as ``pyproject.toml`` says, wherever these tests run from."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.check import ROOT


def declare(folder: Path) -> Path:
    """Write what an installation would leave of the entry points into a folder for ``PYTHONPATH``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = folder / "parcferme-0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: parcferme\nVersion: 0\n")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (installed / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return folder


def python(code: str, *arguments: str, path: Path, timeout: float = 240) -> str:
    """Run code in a fresh process that has the folder of :func:`declare` before all others."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(path), str(ROOT)))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        check=False,
        timeout=timeout,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=path,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
