"""Both languages say the same things, and every error has its sentences."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from extractor.errors import (
    EngineError,
    ExitCode,
    InputError,
    InternalError,
    ModelError,
    OutputError,
    ParcFermeError,
    RecordError,
    UsageError,
)
from extractor.messages import LANGUAGES, Messages, preferred_language, sentences

PACKAGE = Path(__file__).resolve().parents[2] / "extractor"
ERRORS = {
    kind.__name__
    for kind in (EngineError, InputError, InternalError, ModelError, OutputError, RecordError, UsageError)
} | {"StoreError"}  # of extractor.review.store, which needs SQLAlchemy


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def raised() -> list[tuple[str, set[str], str]]:
    """Return the code, the parameters and the place of every error that the package makes."""
    places = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                parameters = {keyword.arg or "" for keyword in node.keywords} - {"source"}
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    places.append((str(code.value), parameters, f"{path.name}:{node.lineno}"))
    return places


def test_both_languages_have_the_same_sentences_with_the_same_placeholders() -> None:
    french, english = (sentences(language) for language in LANGUAGES)
    assert french.keys() == english.keys()
    assert {k: placeholders(v) for k, v in french.items()} == {k: placeholders(v) for k, v in english.items()}


@pytest.mark.parametrize(("code", "parameters", "place"), raised())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_can_be_told(language: str, code: str, parameters: set[str], place: str) -> None:
    known = sentences(language)
    for part in ("cause", "remedy"):
        sentence = known.get(f"error.{code}.{part}")
        assert sentence, f"{place}: no {part} for {code}"
        assert placeholders(sentence) <= parameters, place


def test_an_error_is_one_line_of_source_cause_and_remedy() -> None:
    error = InputError("empty_file", source="a.txt")
    assert str(error) == "a.txt : le fichier est vide — donnez un fichier qui contient un compte rendu"
    assert error.in_language("en") == "a.txt: the file is empty — give a file that contains a report"


def test_names_and_reasons_cannot_break_the_line_or_the_terminal() -> None:
    error = InputError("unreadable", source="a\nb\x1b[31m.txt", reason="x\r\ny")
    assert error.in_language("en").startswith("a\\nb\\x1b[31m.txt: cannot be read (x\\r\\ny)")


def test_an_error_without_sentences_still_says_something() -> None:
    assert "surprise" in str(InputError("surprise", source="a.txt", what=1))


def test_exit_statuses_tell_whose_fault_it_is() -> None:
    statuses = [kind.exit_code for kind in (UsageError, InputError, RecordError, OutputError, InternalError)]
    assert statuses == [ExitCode.USAGE, ExitCode.INPUT, ExitCode.INPUT, ExitCode.OUTPUT, ExitCode.INTERNAL]
    assert issubclass(InternalError, ParcFermeError)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("en", "en"), ("EN", "en"), ("en_GB.UTF-8", "en"), ("fr", "fr"), ("", "fr"), ("de", "fr")],
)
def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, wanted: str, language: str
) -> None:
    monkeypatch.setenv("PARCFERME_LANG", wanted)
    assert preferred_language() == language
    assert Messages(preferred_language()).language == language
