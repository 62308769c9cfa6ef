"""``parcferme review`` for real: it starts, answers on this machine alone, imports, and ends without a trace."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

from extractor.cli.reviewing import answers, free_port
from extractor.review.store import Store

ROOT = Path(__file__).resolve().parents[2]
RUN = "from extractor.cli.main import run; run()"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REPORT = (ROOT / "examples" / "val-de-brume.txt").read_text(encoding="utf-8")

pytestmark = pytest.mark.slow


class Desk:
    """A review desk that was started as users start it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.port = free_port("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.port}"
        self.out = folder / "out.txt"
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "PARCFERME_MODEL": "none",
            "PARCFERME_LANG": "fr",
            "TMPDIR": str(folder / "tmp"),
        }
        (folder / "tmp").mkdir()
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-c",
                    RUN,
                    "review",
                    "--port",
                    str(self.port),
                    "--no-browser",
                    *arguments,
                ],
                cwd=folder,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.out.read_text(encoding="utf-8")

    def wait(self, until: Callable[[], object], seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def children(self) -> list[int]:
        """Return all processes that come of this one."""
        found, waiting = [], [self.process.pid]
        while waiting:
            parent = waiting.pop()
            listed = subprocess.run(
                ["ps", "--ppid", str(parent), "-o", "pid="], capture_output=True, check=False, text=True
            ).stdout.split()
            found += map(int, listed)
            waiting += map(int, listed)
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def start(*arguments: str) -> Desk:
        desks.append(Desk(tmp_path, *arguments))
        desks[-1].wait(lambda: "Relecture ouverte" in desks[-1].said)
        return desks[-1]

    yield start
    for desk in desks:
        desk.end()


def test_it_imports_while_it_serves_and_a_bad_file_costs_itself(
    started: Callable[..., Desk], tmp_path: Path
) -> None:
    (tmp_path / "1957").mkdir()
    (tmp_path / "1957" / "val-de-brume.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "1957" / "vide.txt").write_text("")
    desk = started("1957", "--db", "relecture.db", "--reviewer", "Odile Ferrand")
    assert answers(desk.url)
    desk.wait(lambda: "import terminé" in desk.said)
    assert "[empty_file]" in desk.said
    assert "1 nouveau(x), 0 relu(s) par un autre modèle, 0 déjà là, 1 échec(s)" in desk.said
    desk.end()
    with Store.open(str(tmp_path / "relecture.db")) as store:
        [row] = store.queue().rows
        assert (row.origin, row.status) == ("1957/val-de-brume.txt", "new")
        assert row.summary.facts > 10


def test_nothing_that_lies_in_an_archive_is_ever_run(started: Callable[..., Desk], tmp_path: Path) -> None:
    trap = f"open({str(tmp_path / 'run')!r}, 'a').write(__name__)\n"
    for name in ("uuid", "streamlit", "spacy", "extractor", "sitecustomize", "tomllib"):
        (tmp_path / f"{name}.py").write_text(trap)
    (tmp_path / "val-de-brume.txt").write_text(REPORT, encoding="utf-8")
    desk = started("val-de-brume.txt", "--db", "relecture.db")
    desk.wait(lambda: "import terminé" in desk.said)
    assert "1 nouveau(x)" in desk.said
    desk.end()
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no list of sockets at hand")
def test_it_is_bound_to_this_machine_alone(started: Callable[..., Desk]) -> None:
    desk = started("--db", "relecture.db")
    listening = []
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        address, port = local.split(":")
        if state == "0A" and int(port, 16) == desk.port:
            listening.append(address)
    assert listening == ["0100007F"]
    hosts = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for host in hosts - {"127.0.0.1"}:
        with closing(socket.socket()) as probe:
            probe.settimeout(2)
            assert host.startswith("127.") or probe.connect_ex((host, desk.port)) != 0


def handshake(port: int, host: str, origin: str) -> str:
    """Return the first line of the answer to a page of another site that wants to talk to the app."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        lines = [
            "GET /_stcore/stream HTTP/1.1",
            f"Host: {host}",
            f"Origin: {origin}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
        ]
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return connection.recv(200).split(b"\r\n")[0].decode()


def test_another_site_cannot_reach_in(started: Callable[..., Desk]) -> None:
    desk = started("--db", "relecture.db")
    own, other = f"127.0.0.1:{desk.port}", "ailleurs.example"
    assert "101" in handshake(desk.port, own, f"http://{own}")
    assert "403" in handshake(desk.port, own, f"https://{other}")
    # A name that leads here by its owner's DNS: host and origin agree.
    assert "403" in handshake(desk.port, f"{other}:{desk.port}", f"http://{other}:{desk.port}")
    asked = urllib.request.Request(f"{desk.url}/_stcore/health", headers={"Origin": f"https://{other}"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        assert answer.headers.get("Access-Control-Allow-Origin") in (None, desk.url)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_when_it_ends_nothing_of_it_goes_on(started: Callable[..., Desk], tmp_path: Path, sent: int) -> None:
    for number in range(200):  # so that an import is under way
        (tmp_path / f"{number}.txt").write_text(f"{REPORT}\nNuméro {number}.\n", encoding="utf-8")
    desk = started(".", "--db", "relecture.db")
    desk.wait(lambda: "import : " in desk.said)
    desk.wait(lambda: len(desk.children()) >= 3)
    children = desk.children()
    desk.process.send_signal(sent)
    desk.process.wait(20)
    desk.wait(lambda: not any(map(is_alive, children)), seconds=20)
    if sent != signal.SIGKILL:
        assert list((tmp_path / "tmp").iterdir()) == []
    assert desk.process.returncode == {signal.SIGTERM: 143, signal.SIGINT: 0, signal.SIGKILL: -9}[sent]
    with Store.open(str(tmp_path / "relecture.db")) as store:
        assert store.queue(limit=1).total < 200


def test_a_second_start_on_the_same_port_is_told(started: Callable[..., Desk], tmp_path: Path) -> None:
    desk = started("--db", "relecture.db")
    second = subprocess.run(
        [sys.executable, "-c", RUN, "review", "--port", str(desk.port), "--db", "autre.db", "--lang", "fr"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
    )
    assert second.returncode == 4
    assert f"le port {desk.port} est déjà pris" in second.stderr
    assert answers(desk.url)


def test_nothing_is_written_into_the_users_folder_but_the_database(
    started: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = started()
    assert {path.name for path in tmp_path.iterdir()} - {"out.txt", "tmp"} <= {
        "parcferme.db",
        "parcferme.db-wal",
        "parcferme.db-shm",
    }
    desk.end()


@pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")
def test_in_a_browser_the_name_is_asked_once_and_no_other_server_is_asked_for_anything(
    browser: Any, started: Callable[..., Desk]
) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    desk = started("--db", "relecture.db")
    elsewhere = browser.new_page(locale="en-GB")  # a link, opened where nobody has given a name yet
    elsewhere.goto(f"{desk.url}/settings?key=x")
    elsewhere.get_by_label("Votre nom").fill("Lucien Maréchal")
    elsewhere.keyboard.press("Enter")
    elsewhere.get_by_role("heading", name="Réglages").wait_for(timeout=30_000)
    assert elsewhere.url == f"{desk.url}/settings?key=x"
    elsewhere.get_by_role("button", name="English").click()
    elsewhere.get_by_role("heading", name="Settings").wait_for(timeout=30_000)
    assert elsewhere.url == f"{desk.url}/settings?key=x"
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.url)
    page.get_by_label("Votre nom").fill("Odile Ferrand")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Bienvenue").wait_for(timeout=30_000)
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.reload()
    page.get_by_role("heading", name="Bienvenue").wait_for(timeout=30_000)
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Welcome").wait_for(timeout=30_000)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.goto(f"{desk.url}/settings")
    page.get_by_role("heading", name="Settings").wait_for(timeout=30_000)
    sync_api.expect(page).to_have_title("Settings · Parc Fermé")
    page.get_by_role("button", name="Change the name").click()
    page.get_by_role("heading", name="Who is reviewing?").wait_for(timeout=30_000)
    page.get_by_role("radio", name="Odile Ferrand").click()
    page.get_by_role("heading", name="Settings").wait_for(timeout=30_000)
    own = (desk.url, desk.url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


@pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")
def test_in_a_browser_files_go_in_and_records_come_out(
    browser: Any, started: Callable[..., Desk], tmp_path: Path
) -> None:
    with ZipFile(tmp_path / "1957.zip", "w") as archive:
        archive.writestr("val-de-brume.txt", REPORT)
        archive.writestr("vide.txt", "")
    desk = started("--db", "relecture.db", "--reviewer", "Odile Ferrand")
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page.set_default_timeout(60_000)
    page.goto(f"{desk.url}/exchange")
    page.get_by_role("heading", name="Import et export").wait_for()
    page.get_by_text("200 Mo par fichier", exact=True).first.wait_for()  # said in the app's language
    page.locator("input[type=file]").first.set_input_files(tmp_path / "1957.zip")
    page.get_by_text("1957.zip").first.wait_for()
    page.get_by_role("button", name="Importer ces fichiers").click()
    page.get_by_text("Terminé : 1 nouveau(x)").wait_for()
    page.get_by_text("1 échec").first.wait_for()
    page.get_by_role("button", name="Préparer le fichier").nth(2).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger parc-ferme-").click()
    name = download.value.suggested_filename
    download.value.save_as(tmp_path / "copie.db")
    assert re.fullmatch(r"parc-ferme-\d{4}-\d\d-\d\d\.db", name)
    with Store.open(str(tmp_path / "copie.db")) as store:
        [row] = store.queue().rows
    assert row.origin == "1957.zip/val-de-brume.txt"
