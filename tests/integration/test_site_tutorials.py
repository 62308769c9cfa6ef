"""What the tutorials tell to type does what they say, line by line, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
RUN = "from extractor.cli.main import run; run()"

pytestmark = pytest.mark.slow


def steps(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (command, what it prints) of every console block: ``$`` begins one, ``>`` goes on with it."""
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        command, printed = "", []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, printed
                command, printed = line[2:], []
            elif line.startswith("> "):
                command += f"\n{line[2:]}"
            else:
                printed.append(line)
        if command:
            yield command, printed


def pattern(printed: list[str]) -> re.Pattern[str]:
    """Return what output matches: ``…`` stands for anything in its line, and alone for any lines."""
    lines = [re.escape(line.rstrip()).replace("…", ".*") + "\n" for line in printed]
    return re.compile("".join(r"(?:.*\n)*?" if line == ".*\n" else line for line in lines))


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``parcferme`` and ``python`` are those of this test."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, call in (("parcferme", f"-c '{RUN}'"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PARCFERME_LANG": "fr", "COLUMNS": "110"}


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_what_a_tutorial_tells_to_type_does_what_it_says(
    page: Path, tmp_path: Path, shell: dict[str, str]
) -> None:
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    for command, printed in steps(page.read_text(encoding="utf-8")):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command}\n"],
            cwd=folder,
            env=shell,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        said = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
        assert done.returncode in (0, 1), said
        assert pattern(printed).fullmatch(said), f"{command}\n--- says\n{said}"


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_the_python_of_a_tutorial_runs(page: Path, shell: dict[str, str]) -> None:
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        done = subprocess.run(
            [sys.executable, "-c", block], capture_output=True, timeout=120, check=True, env=shell
        )
        assert done.stdout.strip()


def test_the_site_is_built_without_a_warning_and_asks_no_other_server(tmp_path: Path) -> None:
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 30
    loaded = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?(https?:[^\"' >]+)")
    for page in pages:
        asked = {
            url for url in loaded.findall(page.read_text(encoding="utf-8")) if "rel=canonical" not in url
        }
        assert asked == set(), page
