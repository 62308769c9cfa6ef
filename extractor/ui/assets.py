"""What a browser fetches before anything of ours is drawn: Streamlit's own files, and the page they stand in.

Streamlit reads each of its files from the disk in pieces, and sends a page that calls itself "Streamlit", in
English, and names half of the scripts that will be needed; the others are found one after the other when they
are. Here the files are sent from memory, and the page has our name, the reader's language, and names all
scripts. What is not known here, as under another version of Streamlit, goes its usual way.
"""

from __future__ import annotations

import html
import mimetypes
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, Final

from extractor.messages import LANGUAGES
from extractor.ui.context import PAGES
from extractor.ui.words import Words

_Scope = MutableMapping[str, Any]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

#: Scripts by the beginnings of their names that the queue and the document page ask for when they are drawn.
WANTED: Final = ("BidiComponent", "TextInput", "Selectbox", "Multiselect")
_FOR_EVER: Final = "public, immutable, max-age=31536000"  # their names change with what is in them
_PAGE_HEADERS: Final = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
_TYPES: Final = {".js": "application/javascript", ".css": "text/css", ".woff2": "font/woff2"}
_LARGEST: Final = 4 << 20
_IMPORTED: Final = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
#: Requests with these want something else than the whole file.
_PARTIAL: Final = (b"range", b"if-none-match", b"if-modified-since")
#: The queue is the first page, and Streamlit knows it by no other address.
_QUEUE: Final = "/queue"
_COOKIE: Final = "parcferme_lang"


class Assets:
    """ASGI middleware that answers for Streamlit's files.

    Args:
        app: What answers for everything else.
        language: Of the page, where the browser has not been told another.
        folder: Of Streamlit's files; where the installed Streamlit has them if not given.
    """

    def __init__(self, app: _App, language: str, folder: Path | None = None) -> None:
        self._app = app
        self._language = language
        self._folder = folder or _installed()
        self._files = {f"/{one.relative_to(self._folder).as_posix()}": one for one in _assets(self._folder)}
        self._bodies: dict[str, bytes] = {}
        self._pages = {"/", *(f"/{name}" for name in PAGES)}

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer where this is a file or page of ours; else let the app."""
        if scope["type"] == "http" and scope["path"] == _QUEUE:
            query = scope.get("query_string", b"")
            where = [(b"location", b"/" + (b"?" + query if query else b""))]
            await send({"type": "http.response.start", "status": 307, "headers": where})
            await send({"type": "http.response.body", "body": b""})
            return
        answer = self._answer(scope) if scope["type"] == "http" else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        body, headers = answer
        told = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        told.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": told})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _answer(self, scope: _Scope) -> tuple[bytes, dict[str, str]] | None:
        if scope["method"] not in ("GET", "HEAD") or any(name in _PARTIAL for name, _ in scope["headers"]):
            return None
        path = scope["path"]
        if path in self._files:
            return self._body(path), {"content-type": _type(path), "cache-control": _FOR_EVER}
        if path in self._pages:
            page = first_page(self._folder, self._asked_language(scope))
            if page is not None:
                return page.encode(), dict(_PAGE_HEADERS)
        return None

    def _body(self, path: str) -> bytes:
        if path not in self._bodies:
            self._bodies[path] = self._files[path].read_bytes()
        return self._bodies[path]

    def _asked_language(self, scope: _Scope) -> str:
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        try:
            said = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(_COOKIE)
        except CookieError:
            said = None
        return said.value if said is not None and said.value in LANGUAGES else self._language


def _installed() -> Path:
    import streamlit

    return Path(streamlit.__file__).parent / "static"


def _assets(folder: Path) -> Iterable[Path]:
    """Return the files whose names change with what is in them."""
    found = (folder / "static").rglob("*")
    return (path for path in found if path.is_file() and path.stat().st_size <= _LARGEST)


def _type(path: str) -> str:
    return _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


@cache
def first_page(folder: Path, language: str) -> str | None:
    """Return the page that Streamlit's scripts stand in, with our name and in a language.

    Args:
        folder: Of Streamlit's files.
        language: ``fr`` or ``en``.

    Returns:
        The page; ``None`` where Streamlit's cannot be read.
    """
    try:
        page = (folder / "index.html").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    words = Words(language)
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in scripts(folder / "static" / "js")
        if name not in page
    )
    page = page.replace('<html lang="en">', f'<html lang="{language}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{html.escape(words('shell.name'))}</title>", 1)
    needed = f"<noscript><p>{html.escape(words('shell.needs_script'))}</p></noscript>"
    page = re.sub(r"<noscript>.*?</noscript>", lambda _: needed, page, count=1, flags=re.DOTALL)
    return page.replace("</head>", f"{links}</head>", 1)


def scripts(folder: Path, wanted: Iterable[str] = WANTED) -> list[str]:
    """Return the names of scripts and of all that they import, where they are there."""
    found: dict[str, None] = {}
    ahead = [path.name for name in wanted for path in sorted(folder.glob(f"{name}.*.js"))]
    while ahead:
        name = ahead.pop(0)
        if name in found:
            continue
        try:
            text = (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        found[name] = None
        ahead += _IMPORTED.findall(text)
    return list(found)
