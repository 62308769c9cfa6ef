"""What every page has: a head, and a policy that lets nothing but our own style and script act."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from extractor.exports.html.markup import Html, element


def frame(title: str, lang: str, *body: Html | None, style: str, script: str) -> str:
    """Return a whole page that asks nothing of the network.

    Nothing is loaded, and only the style and script given may act: the page's Content-Security-Policy names
    them by hash (https://www.w3.org/TR/CSP3/#grammardef-hash-source).

    Args:
        title: Title of the page, any text.
        lang: Language of the page's own words.
        body: What the page shows.
        style: Its style sheet; our own, never anybody's text.
        script: Its script, likewise.
    """
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="referrer" content="no-referrer">'),
        Html('<meta name="color-scheme" content="light dark">'),
        element("title", title),
        element("style", Html(style)),
    )
    shown = element("body", *body, element("script", Html(script)))
    return f"<!DOCTYPE html>\n{element('html', head, shown, lang=lang)}\n"


@cache
def asset(name: str, package: str = "extractor.exports.html") -> str:
    """Return a style sheet or script that lies beside the code."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


@cache
def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
