"""The frame of the document page: what it computes, run by node; that its modules fit together and say nothing unsaid."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from extractor.ui.desk import component
from extractor.ui.words import sentences

NODE = shutil.which("node")
TESTS = Path(__file__).with_name("desk.test.mjs")


@pytest.mark.skipif(NODE is None, reason="no node at hand")
def test_what_the_frame_computes_is_right() -> None:
    assert NODE is not None
    run = subprocess.run(
        [NODE, "--test", str(TESTS)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_no_name_stands_in_two_modules() -> None:
    # In one scope a second `const` of a name stops the whole page.
    where: dict[str, list[str]] = {}
    for name in component.modules():
        source = (component.HERE / name).read_text(encoding="utf-8")
        for found in re.findall(
            r"^(?:export default )?(?:async )?(?:function\*?|const|let|class) (\w+)", source, re.MULTILINE
        ):
            where.setdefault(found, []).append(name)
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


def test_documents_are_hostile_so_nothing_is_ever_read_as_html() -> None:
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    for name in component.modules():
        assert re.findall(dangerous, (component.HERE / name).read_text(encoding="utf-8")) == [], name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_the_frame_says_has_its_words(language: str) -> None:
    said = sentences(language)
    source = component.script()
    asked = set(re.findall(r'"(desk\.[a-z_.]+[a-z])"', source))
    assert {key for key in asked if key not in said} == set()
    for name in re.findall(r'{ name: "(\w+)", keys: ', source):
        assert f"desk.key.{name}" in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_letters_beside_colours_are_told_apart(language: str) -> None:
    letters = [said for key, said in sentences(language).items() if key.startswith("desk.letter.")]
    assert len(letters) == len(set(letters)) == 9


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_letter_of_the_menu_stands_for_two_things(language: str) -> None:
    keys = [said for key, said in sentences(language).items() if key.startswith("desk.add.key.")]
    assert len(keys) == len(set(keys))


def test_every_rule_of_the_style_sheets_keeps_to_the_desk() -> None:
    for name in component.styles():
        text = re.sub(r"/\*.*?\*/", "", (component.HERE / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}]+)\{", text):
            for selector in selectors.split(","):
                first = selector.strip()
                assert not first or re.match(
                    r"\.desk|@|::highlight\(desk|\.st\w+\[data-desk\]|\d+%|from|to|\(", first
                ), f"{name}: {first}"
