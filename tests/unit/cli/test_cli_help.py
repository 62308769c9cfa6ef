"""Help, usage errors and completion, in both languages."""

from __future__ import annotations

import re

import pytest

import extractor
from extractor.cli.help import Group, speaking
from extractor.cli.main import app, main
from extractor.errors import ExitCode
from extractor.messages import LANGUAGES, Messages

Captured = pytest.CaptureFixture[str]
COMMANDS = (
    "extract",
    "show",
    "export",
    "import",
    "review",
    "evaluate",
    "train",
    "pretrain",
    "schema",
    "authority",
    "corpus",
)
ENGLISH = re.compile(
    r"\b(?:Usage:|Options:\n.*Show|Commands|Arguments? missing|default|required|Error|Try)\b"
)


@pytest.fixture(autouse=True)
def _no_preference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARCFERME_LANG", raising=False)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=["", *COMMANDS])
def test_help_is_french_unless_asked_otherwise(
    command: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def help_of(*arguments: str) -> str:
        assert main(list(arguments)) == ExitCode.OK
        return capsys.readouterr().out

    french = help_of(*command, "--help")
    assert french.startswith("Usage : parcferme")
    assert "Afficher cette aide." in french
    assert "Codes de sortie" in french
    assert not ENGLISH.search(french)

    english = help_of("--lang", "en", *command, "-h")
    assert english.startswith("Usage: parcferme")
    assert "Show this help." in english

    monkeypatch.setenv("PARCFERME_LANG", "en")
    assert help_of(*command, "--help") == english
    assert help_of("--lang=fr", *command, "--help") == french


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_every_option_is_explained(language: str) -> None:
    group = speaking(app, Messages(language))
    assert isinstance(group, Group)
    assert tuple(group.commands) == COMMANDS
    for command in (group, *group.commands.values()):
        assert command.help
        for parameter in command.params:
            explanation = getattr(parameter, "help", None)
            assert explanation, (command.name, parameter.name)
            assert not explanation.startswith("help."), (command.name, parameter.name)


def test_nothing_asked_is_help_and_a_usage_error(capsys: Captured) -> None:
    assert main([]) == ExitCode.USAGE
    assert "Commandes:" in capsys.readouterr().err


def test_version(capsys: Captured) -> None:
    assert main(["--version"]) == ExitCode.OK
    assert capsys.readouterr().out == f"parcferme {extractor.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["extrac"], "commande inconnue : extrac ; peut-être extract ?"),
        (["zzz"], "commande inconnue : zzz"),
        (["--lang", "fr"], "il manque la commande"),
        (["extract", "--nope", "a"], "option inconnue : --nope"),
        (
            ["extract", "a", "--format", "xml"],
            "valeur refusée pour --format (au choix : json, jsonl, table, html, jsonl.zst, parquet)",
        ),
        (["extract", "a", "--max-bytes", "beaucoup"], "valeur refusée pour --max-bytes"),
        (["extract", "a", "--max-bytes", "0"], "valeur refusée pour --max-bytes"),
        (["extract", "a", "-o"], "option mal employée : -o"),
        (["extract", "a", "--debug=1"], "option mal employée : --debug"),
        (["show"], "il manque ENREGISTREMENT"),
        (["show", "a", "b"], "argument en trop"),
        (["schema", "--lang", "de"], "valeur refusée pour --lang (au choix : fr, en)"),
    ],
)
def test_usage_errors_are_one_line_in_the_users_language(
    arguments: list[str], cause: str, capsys: Captured
) -> None:
    assert main(arguments) == ExitCode.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.startswith(f"erreur : {cause} [usage] — voir « parcferme")
    assert main(["--lang", "en", *arguments]) == ExitCode.USAGE
    if "--lang" not in arguments:
        assert capsys.readouterr().err.startswith("error: ")


def test_the_language_is_not_looked_for_among_the_paths(capsys: Captured) -> None:
    assert main(["extract", "--", "--lang", "en"]) == ExitCode.INPUT
    assert capsys.readouterr().err.count("ce fichier n'existe pas") == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--show-completion", shell])
    assert left.value.code in (0, None)
    assert "_PARCFERME_COMPLETE" in capsys.readouterr().out


def test_completion_offers_commands_and_choices(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def offered(words: str) -> list[str]:
        monkeypatch.setenv("_PARCFERME_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
        with pytest.raises(SystemExit):
            main([])
        return capsys.readouterr().out.split()

    assert offered("parcferme ") == list(COMMANDS)
    assert offered("parcferme extract --format j") == ["json", "jsonl", "jsonl.zst"]
