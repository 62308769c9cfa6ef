"""The pages of the site that are made from the program: each says all that there is."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from extractor.cli.help import speaking
from extractor.cli.main import app
from extractor.exports.formats import FORMATS
from extractor.messages import Messages, sentences
from extractor.schema import schema
from tools.check import ROOT
from tools.site.hooks import on_page_markdown
from tools.site.pages import GENERATED

NAVIGATION = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_option_of_every_command_is_there(language: str) -> None:
    page = GENERATED["reference/commands.md" if language == "fr" else "reference/commands.en.md"]()
    for name, command in speaking(app, Messages(language)).commands.items():
        assert f"## parcferme {name}" in page
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert parameter.hidden or f"`{option}`" in page
    assert "help." not in page


def test_every_part_and_field_of_the_record_is_there() -> None:
    page = GENERATED["reference/record.md"]()
    for name, part in schema()["$defs"].items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{field}` |" in section for field in part["properties"])
    anchors = {f"#{heading.lower()}" for heading in re.findall(r"^## (\w+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\((#\w+)\)", page)) <= anchors


def test_every_error_and_every_format_is_there() -> None:
    errors, formats = GENERATED["reference/errors.md"](), GENERATED["reference/exports.md"]()
    codes = {
        key.split(".")[1] for key in sentences("fr") if key.startswith("error.") and key.endswith(".cause")
    }
    assert codes == set(re.findall(r"^\| `(\w+)` \|", errors, re.MULTILINE))
    assert set(FORMATS) == set(re.findall(r"^\| `([\w-]+)` \|", formats, re.MULTILINE))


def test_accuracy_is_that_of_the_newest_release() -> None:
    page = GENERATED["reference/accuracy.md"]()
    newest = re.findall(
        r"\| \[(\d+\.\d+\.\d+)\]", (ROOT / "docs/scores/README.md").read_text(encoding="utf-8")
    )[0]
    assert f"version {newest} " in page
    assert re.search(r"\| pilotes \| 0,\d\d \| 0,\d\d \| 0,\d\d \| \[0,\d\d ; 0,\d\d\] \|", page)


def test_every_page_has_its_place_in_the_navigation() -> None:
    named = set(re.findall(r"[\w./-]+\.md", NAVIGATION)) - {"/decisions/0"}
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    pages = {page for page in pages if not re.match(r"decisions/0", page)}
    assert {name for name in named if not name.startswith("/")} == pages | set(GENERATED)


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("[how](../CONTRIBUTING.md)", "how (`CONTRIBUTING.md`)"),
        ("[how](../corpus/MARKUP.md#names)", "how (`corpus/MARKUP.md`)"),
        ("[how](exports.md)", "[how](exports.md)"),
        ("[how](https://example.org/../x)", "[how](https://example.org/../x)"),
    ],
)
def test_links_that_leave_the_documentation_name_the_file(link: str, shown: str) -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="review.md"))
    assert on_page_markdown(link, page, None, None) == shown
