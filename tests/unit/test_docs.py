"""The documentation speaks of what there is, and of all of it."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from extractor.cli.help import speaking
from extractor.cli.main import app
from extractor.errors import ExitCode
from extractor.messages import LANGUAGES, Messages
from tools.check import ROOT
from tools.site.pages import GENERATED

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS = speaking(app, Messages("en")).commands
CONSOLE = [
    line for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"| `parcferme {name}" in README


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    assert set(re.findall(r"\bparcferme ([a-z]+)\b", README)) <= {*COMMANDS, "itself"}


@pytest.mark.parametrize("option", [o for p in COMMANDS["extract"].params for o in getattr(p, "opts", [])])
def test_every_option_of_extract_is_in_the_readme(option: str) -> None:
    assert option == "paths" or f"`{option}" in README


@pytest.mark.parametrize("line", CONSOLE)
def test_what_the_readme_runs_is_there(line: str) -> None:
    program, *arguments = shlex.split(line)
    assert program in {"python3", ".venv/bin/pip", ".venv/bin/python", ".venv/bin/parcferme"}
    if program == ".venv/bin/parcferme":
        assert arguments[0] in COMMANDS
        assert all((ROOT / argument).exists() for argument in arguments[1:] if "/" in argument)
    if arguments[:1] == ["-m"] and arguments[1] != "venv":
        assert (ROOT / f"{arguments[1].replace('.', '/')}.py").exists()


def test_two_commands_set_up_and_the_same_ones_run_everywhere() -> None:
    assert CONSOLE[:2] == ["python3 -m venv .venv", ".venv/bin/pip install -e '.[dev]'"]
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "pip install --quiet -e '.[dev]'" in run
    assert "python -m tools.check --all" in run
    assert "python -m tools.check" in (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exit_code_is_documented(language: str) -> None:
    documented = set(map(int, re.findall(r"^\| (\d+) \|", README, re.MULTILINE)))
    assert documented == set(ExitCode)
    in_help = Messages(language)("help.exit_codes")
    assert {int(number) for number in re.findall(r"\b\d+\b", in_help)} == set(ExitCode)


def test_every_extra_is_documented() -> None:
    extras = PROJECT["optional-dependencies"]
    assert all(f"| `{extra}` |" in README for extra in extras)
    everything = set(re.findall(r"[a-z]+", extras["all"][0].partition("[")[2]))
    assert everything == set(extras) - {"all"}


@pytest.mark.parametrize("heavy", ["torch", "transformers", "streamlit", "datasets", "dask"])
def test_reading_on_the_command_line_needs_nothing_heavy(heavy: str) -> None:
    assert not any(requirement.startswith(heavy) for requirement in PROJECT["dependencies"])


@pytest.mark.parametrize("heavy", ["torch", "transformers", "streamlit", "dask"])
def test_working_on_the_project_brings_no_deep_learning(heavy: str) -> None:
    assert not any(requirement.startswith(heavy) for requirement in PROJECT["optional-dependencies"]["dev"])


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        leads_to = (page.parent / target).resolve()
        made = (
            leads_to.is_relative_to(ROOT / "docs") and str(leads_to.relative_to(ROOT / "docs")) in GENERATED
        )
        assert made or leads_to.exists(), target


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in index for page in folder.glob("0*.md"))
