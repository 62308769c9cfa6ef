"""The Markdown report, read by two programs that make pages of Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractor.exports.formats import FORMATS, ExportOptions
from extractor.exports.markdown import escaped, table
from extractor.exports.plain import one_line
from extractor.exports.whole import export_to
from extractor.record import RaceRecord
from tests.property.records import AWKWARD, words
from tests.unit.exports.exports_records import HOSTILE, hostile, sample

FORMAT = "markdown"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
#: All that a report is made of.
EXPECTED = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item", "blockquote", "hr",
            "inline", "text", "strong", "hardbreak", "text_special", "softbreak"}  # fmt: skip
TRAPS = (
    *AWKWARD, *HOSTILE, "1. Anna", "12) x", "- x", "+ x", "---", "===", "    code", "> cité", "# titre", "~~~", "![i](//x/y)",
    "[a]: /b", "http://example.org", "www.example.org", "<http://x.org>", "a\\", "\\", "*", "**", "_a_", "a|b|c", "| - |",
    "&#124;", "&lt;b&gt;", "~~x~~", "{: onclick=alert(1)}", "{{ x }}", "[[x]]", "[^1]", "==x==", "^x^", "!!! note", "$x$",
)  # fmt: skip


def report(records: list[RaceRecord], folder: Path, language: str = "fr") -> str:
    out = folder / "records.md"
    export_to(FORMATS["markdown"], records, out, ExportOptions(language=language))
    return out.read_text("utf-8")


def kinds(tokens: list[Token]) -> set[str]:
    found = set()
    for token in tokens:
        found.add(token.type.removesuffix("_open").removesuffix("_close"))
        found |= kinds(token.children or [])
    return found


def cells(text: str) -> list[list[str]]:
    """Return the cells of the tables as markdown-it shows them."""
    rows: list[list[str]] = []
    tokens = PARSER.parse(text)
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("td_open", "th_open"):
            rows[-1].append("".join(child.content for child in tokens[number + 1].children or []))
    return rows


def test_a_report_says_who_came_where_and_where_the_text_says_so(tmp_path: Path) -> None:
    text = report([sample()], tmp_path)
    assert text.startswith("# Nogaro\n\nCoupe · 2021 · manche 3")
    assert ["Pos.", "Pilote", "Équipe", "N°", "Temps", "Confiance", "Dans le texte"] in cells(text)
    winner = next(row for row in cells(text) if row[:2] == ["1", "Anna Martin"])
    assert winner[2:5] == ["Écurie Bleue", "7", "25'12\"345"]
    assert winner[6] == "« Anna Martin (Écurie Bleue) gagne »"
    assert "> « Je suis ravie … La voiture était parfaite. »  \n> Anna Martin (80" in text
    assert "## À vérifier" in text


def test_a_report_speaks_english_too(tmp_path: Path) -> None:
    assert "In the text" in report([sample()], tmp_path, "en")


def test_a_record_without_facts_says_so(tmp_path: Path) -> None:
    from tests.conftest import bare_record

    assert "Aucun fait" in report([bare_record("Rien.")], tmp_path)


@pytest.mark.parametrize(
    "trap",
    [
        *filter(one_line, HOSTILE),
        "a|b",
        "# x",
        "```",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
    ],
)
def test_a_hostile_record_is_text_and_nothing_else(trap: str, tmp_path: Path) -> None:
    text = report([hostile(trap), sample()], tmp_path)
    assert kinds(PARSER.parse(text)) <= EXPECTED
    safe = report([hostile("x"), sample()], tmp_path)
    assert [len(row) for row in cells(text)] == [len(row) for row in cells(safe)]


@pytest.mark.parametrize("trap", TRAPS)
def test_words_are_shown_as_they_are_wherever_they_stand(trap: str) -> None:
    for frame in ("{}", "# {}", "- {}", "> {}", "x\n\n{}", "**x** : {}"):
        tokens = PARSER.parse(frame.format(escaped(trap)))
        assert kinds(tokens) <= EXPECTED - {"table"}
        assert frame.count("-") == sum(token.type == "list_item_open" for token in tokens)
    assert cells(table(["a", "b"], [[trap, "y"], ["z", trap]]))[1:] == [
        [one_line(trap), "y"],
        ["z", one_line(trap)],
    ]


@pytest.mark.parametrize("trap", TRAPS)
def test_python_markdown_makes_no_element_of_words_either(trap: str) -> None:
    markdown = pytest.importorskip("markdown")
    extensions = ["tables", "fenced_code", "attr_list", "footnotes", "admonition", "def_list", "abbr"]
    made = markdown.markdown(table(["a", "b"], [["x", trap], [trap, "y"]]), extensions=extensions)
    assert made.count("<td") == 4
    assert made.count("<") == made.count("<t") + made.count("</t")
    alone = markdown.markdown(f"Un mot.\n\n{escaped(trap)}\n\nUn autre.", extensions=extensions)
    assert alone.count("<") == alone.count("<p>") + alone.count("</p>")
    assert "onclick=" not in alone.partition("{")[0]


@settings(max_examples=100, deadline=None)
@given(trap=st.one_of(words, st.text(st.sampled_from("\\`*_[]()<>#+-.!|~&:/wa1 \n\"'{}=$^@"), max_size=12)))
def test_any_words_are_text(trap: str) -> None:
    assert kinds(PARSER.parse(f"x {escaped(trap)}")) <= {"paragraph", "inline", "text", "text_special"}
    (_, row) = cells(table(["a", "b"], [["x", trap + "y"]]))
    assert row == ["x", one_line(trap + "y")]
