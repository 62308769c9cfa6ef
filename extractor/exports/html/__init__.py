"""A record as a page: the text beside its facts, each leading to the other."""

from __future__ import annotations

from extractor.exports.html.page import render_html

__all__ = ["render_html"]
