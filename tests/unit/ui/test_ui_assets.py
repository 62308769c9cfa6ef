"""What a browser fetches first comes from memory, in the reader's language, and nothing else comes with it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from extractor.ui.assets import Assets, first_page, scripts

INDEX = """<!DOCTYPE html><html lang="en"><head><title>Streamlit</title>
<script type="module" src="./static/js/index.a1.js"></script></head>
<body><noscript><p>You need to enable JavaScript.</p></noscript><div id="root"></div></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    js = tmp_path / "static" / "js"
    js.mkdir(parents=True)
    (tmp_path / "index.html").write_text(INDEX, encoding="utf-8")
    (js / "index.a1.js").write_text("start()")
    (js / "Selectbox.b2.js").write_text('import{a}from"./menu.c3.js";import"./index.a1.js"')
    (js / "menu.c3.js").write_text('import{b}from"./menu.c3.js";import"../../secret.js"')
    (tmp_path / "secret.js").write_text("secret")
    return tmp_path


def asked(
    folder: Path, path: str, *headers: tuple[bytes, bytes], method: str = "GET", query: bytes = b""
) -> tuple[int, dict[str, str], bytes]:
    """Ask the middleware; what it leaves to the app is answered with 404."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": list(headers), "query_string": query}
    asyncio.run(Assets(app, "fr", folder)(scope, None, send))  # type: ignore[arg-type]
    start, body = sent
    return start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body["body"]


def test_files_come_whole_and_need_not_be_asked_for_again(folder: Path) -> None:
    status, headers, body = asked(folder, "/static/js/index.a1.js")
    assert (status, body) == (200, b"start()")
    assert headers == {
        "content-type": "application/javascript",
        "cache-control": "public, immutable, max-age=31536000",
        "content-length": "7",
    }
    assert asked(folder, "/static/js/index.a1.js", method="HEAD")[2] == b""


@pytest.mark.parametrize(
    "path", ["/static/../secret.js", "/secret.js", "/static/js", "/static/js/none.js", "/_stcore/health"]
)
def test_what_is_no_file_of_streamlits_is_the_apps_to_answer(folder: Path, path: str) -> None:
    assert asked(folder, path)[0] == 404


def test_parts_of_files_and_forms_are_the_apps_to_answer(folder: Path) -> None:
    assert asked(folder, "/static/js/index.a1.js", (b"range", b"bytes=0-1"))[0] == 404
    assert asked(folder, "/", method="POST")[0] == 404


def test_the_page_has_our_name_the_readers_language_and_all_scripts(folder: Path) -> None:
    page = asked(folder, "/document")[2].decode()
    assert '<html lang="fr">' in page
    assert "<title>Parc Fermé</title>" in page
    assert "JavaScript : autorisez-le" in page
    assert page.count("modulepreload") == 2  # index is there already, and what lies outside is not ours
    assert "secret" not in page
    assert '<html lang="en">' in asked(folder, "/", (b"cookie", b"x=1; parcferme_lang=en"))[2].decode()
    assert '<html lang="fr">' in asked(folder, "/", (b"cookie", b'parcferme_lang="<b>"'))[2].decode()


def test_the_queue_is_the_first_page_under_its_name_too(folder: Path) -> None:
    status, headers, _ = asked(folder, "/queue", query=b"q=brume")
    assert (status, headers["location"]) == (307, "/?q=brume")
    assert asked(folder, "/queue")[1]["location"] == "/"


def test_a_page_that_is_another_than_expected_is_sent_as_it_is(tmp_path: Path) -> None:
    assert first_page(tmp_path, "fr") is None
    (tmp_path / "index.html").write_text("<p>autre</p>")
    first_page.cache_clear()
    assert first_page(tmp_path, "fr") == "<p>autre</p>"


def test_the_streamlit_that_is_installed_has_what_is_wanted() -> None:
    streamlit = pytest.importorskip("streamlit")
    static = Path(streamlit.__file__).parent / "static"
    assert any(name.startswith("BidiComponent.") for name in scripts(static / "static" / "js"))
    page = first_page(static, "fr")
    assert page is not None
    assert '<html lang="fr">' in page
    assert "<title>Parc Fermé</title>" in page
