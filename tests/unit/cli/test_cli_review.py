"""``parcferme review``: what it says before the app is there, and while it imports."""

from __future__ import annotations

import fcntl
import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from extractor.cli import review as command
from extractor.cli import reviewing
from extractor.cli.main import main
from extractor.cli.reviewing import Desk, Teller, answers, free_port, has_browser
from extractor.errors import ExitCode, OutputError, UsageError
from extractor.messages import Messages
from extractor.review.importing import Failure, Progress


def test_without_the_app_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "streamlit" else object())
    assert main(["review"]) == ExitCode.USAGE
    assert "pip install 'parcferme[app]'" in capsys.readouterr().err
    assert main(["review", "--help"]) == ExitCode.OK


def test_what_is_not_there_is_told_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "nulle-part/1957"]) == ExitCode.INPUT
    assert "nulle-part/1957" in capsys.readouterr().err


def test_a_database_that_is_none_is_told_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sqlalchemy")
    (tmp_path / "notes.txt").write_text("pas une base de données")
    assert main(["review", "--db", str(tmp_path / "notes.txt"), "--port", "0"]) == ExitCode.INPUT
    assert "notes.txt" in capsys.readouterr().err


def test_a_model_that_is_none_is_told_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--model", "nulle-part"]) == ExitCode.MODEL
    assert "nulle-part" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told_with_another_one() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(OutputError) as raised:
            free_port("127.0.0.1", taken)
    assert raised.value.code == "port_taken"
    assert f"--port {taken + 1}" in str(raised.value)
    assert free_port("127.0.0.1", taken) == taken


def test_port_nought_is_any_that_is_free() -> None:
    assert 1024 <= free_port("127.0.0.1", 0) <= 65535


@pytest.mark.parametrize("address", ["192.0.2.7", "pas une adresse", "…"])
def test_an_address_that_this_machine_has_not_is_told(address: str) -> None:
    with pytest.raises(UsageError) as raised:
        free_port(address, 0)
    assert raised.value.code == "bad_address"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),
        ("::", "http://[::1]:8501"),
        ("::1", "http://[::1]:8501"),
        ("archives.example", "http://archives.example:8501"),
    ],
)
def test_the_browser_is_sent_where_it_can_go(address: str, url: str) -> None:
    desk = Desk(None, address, 8501, None, None, browser=False, messages=Messages("fr"))
    assert desk.url == url


def test_nobody_answers_where_nobody_listens() -> None:
    assert not answers(f"http://127.0.0.1:{free_port('127.0.0.1', 0)}")


def test_where_there_is_no_screen_no_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_browser()


def test_each_failure_and_each_end_of_an_import_is_told_once() -> None:
    teller = Teller(Messages("fr"))
    failure = Failure("vide.txt", "empty_file", {"fr": "vide.txt : le fichier est vide"})
    running = Progress("1", "running", total=3, added=1).with_failure(failure)
    assert list(teller.lines([running])) == [
        "erreur : vide.txt : le fichier est vide [empty_file]",
        "import : 2 sur 3",
    ]
    assert list(teller.lines([running])) == []
    over = Progress("1", "done", total=3, added=2, failed=1, failures=(failure,))
    said = list(teller.lines([over]))
    assert said == ["import terminé : 2 nouveau(x), 0 relu(s) par un autre modèle, 0 déjà là, 1 échec(s)"]
    assert list(teller.lines([over])) == []


def test_of_very_many_failures_the_first_are_told_and_the_rest_counted() -> None:
    progress = Progress("1", "done", total=50)
    for number in range(50):
        progress = progress.with_failure(
            Failure(f"{number}.txt", "empty_file", {"en": f"{number}.txt: it is empty"})
        )
    said = list(Teller(Messages("en")).lines([progress]))
    assert len(said) == 22
    assert "30 further failures" in said[20]


def test_an_import_that_broke_off_says_why() -> None:
    progress = Progress("1", "broken", fault={"fr": "la base est pleine", "en": "the database is full"})
    assert "import broken off: the database is full" in list(Teller(Messages("en")).lines([progress]))


def test_folders_of_desks_that_were_killed_are_swept_and_no_others(tmp_path: Path) -> None:
    folders = {
        name: tmp_path / f"parcferme-review-{name}" for name in ("killed", "running", "unclaimed", "new")
    }
    for name, folder in folders.items():
        folder.mkdir()
        (folder / "uploads").mkdir()
        if name != "unclaimed":
            claim = folder / reviewing._CLAIM
            claim.touch()
            if name != "new":
                os.utime(claim, (0, 0))
    (tmp_path / "parcferme-review-link").symlink_to(folders["running"])
    held = (folders["running"] / reviewing._CLAIM).open()
    fcntl.flock(held, fcntl.LOCK_EX)
    reviewing.sweep(tmp_path)
    held.close()
    assert {name for name, folder in folders.items() if folder.exists()} == {"running", "unclaimed", "new"}
