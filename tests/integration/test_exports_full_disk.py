"""A disk that takes no more: every export says so as the user's own trouble and leaves nothing behind."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.errors import ExitCode
from extractor.exports.formats import FORMATS, missing_for
from tests.conftest import ROOT
from tests.unit.exports.exports_records import sample

pytestmark = pytest.mark.slow
_LARGEST_FILE = 5_000  # bytes; what is longer fails as on a full disk, wherever it is written
_SCRIPT = """
import json, sys
from extractor.cli.main import main
said = {name: main(["export", "many.jsonl", "--to", name, "-o", f"out/{name}{suffix}", "--lang", "en"])
        for name, suffix in json.loads(sys.argv[1]).items()}
print(json.dumps(said))
"""
#: Of many small files, or of pages that these records have not.
_NEVER_LARGE = {"alto", "html", "json-ld", "tei", "web-annotation"}
_WRITTEN = {
    name: one.suffix for name, one in FORMATS.items() if name not in _NEVER_LARGE and not missing_for(one)
}


def test_a_full_disk_costs_the_export_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(f"{sample().to_json()}\n" * 200, "utf-8")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))

    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, json.dumps(_WRITTEN)],
        cwd=tmp_path, env=environment, preexec_fn=limit, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == dict.fromkeys(_WRITTEN, ExitCode.OUTPUT), done.stderr
    assert done.stderr.count("[cannot_write]") == len(_WRITTEN)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    left = [one.name for one in (tmp_path / "out").iterdir()]
    assert left == []
