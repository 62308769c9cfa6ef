from __future__ import annotations

import base64
import hashlib
import re
import time
from html.parser import HTMLParser

import pytest
from exports_records import HOSTILE, TEXT, hostile, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.exports.html import render_html

VOID = {"meta", "input", "br", "link", "img"}


class Page(HTMLParser):
    """What a browser would make of it: elements with their attributes, and the text of the article."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements, self.stack, self.article, self.raw, self.words = [], [], "", {}, ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] in ("script", "style"):
            self.raw[self.stack[-1]] = data
            return
        self.words += data
        if "article" in self.stack:
            self.article += data

    def having(self, name):
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def broken_as_a_browser_does(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_the_whole_text_is_there_as_it_was_read():
    assert Page(render_html(sample())).article == broken_as_a_browser_does(TEXT)


def test_every_fact_leads_to_its_evidence_and_back():
    page = Page(render_html(sample()))
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    keys = {key for keys in page.having("data-keys") for key in keys.split()}
    assert keys <= set(ids)
    for target in page.having("href"):
        assert target.startswith("#")
        assert target[1:] in ids
    facts = [a for tag, a in page.elements if "fact" in (a.get("class") or "").split()]
    record = sample()
    count = sum(map(len, (record.sessions, record.drivers, record.teams, record.findings))) + len(
        [*record.facts()]
    )
    assert len(facts) == count + 1  # the event


def test_nothing_is_loaded_and_only_our_own_script_may_act():
    source = render_html(sample())
    page = Page(source)
    (policy,) = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not page.having("src")
    assert not page.having("style")
    assert not [name for _, a in page.elements for name in a if name.startswith("on")]
    assert not re.search(r"https?:|url\(|@import|fetch|XMLHttp|WebSocket|innerHTML", source)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(words):
    source = render_html(hostile(words))
    page, calm = Page(source), Page(render_html(hostile("calme")))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in calm.elements} | {"span"}
    assert {n for _, a in page.elements for n in a} == {n for _, a in calm.elements for n in a}
    assert page.raw == calm.raw
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]", source)


def test_what_turns_the_writing_is_shown_by_its_number():
    assert '<span class="control">U+202E</span>' in render_html(hostile("\u202egnp.exe"))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_makes_a_page(text):
    page = Page(render_html(hostile(text)))
    assert not page.stack


def test_overlapping_evidence_is_one_mark_with_several_facts():
    source = render_html(sample())
    (mark,) = re.findall(r'<a class="seg[^>]*data-keys="([^"]*)"[^>]*>gagne</a>', source)
    assert len(mark.split()) == 2  # overall and Junior


def test_both_languages_say_what_they_mean():
    french, english = Page(render_html(sample())).words, Page(render_html(sample(), "en")).words
    for here, there in (
        ("Classement final", "Final classification"),
        ("Tête-à-queue", "Spin"),
        ("déduit", "inferred"),
    ):
        assert here in french
        assert there not in french
        assert there in english
    assert "25'12\"345" in french
    assert "25:12.345" in english
    assert "87\N{NO-BREAK SPACE}%" in french
    assert "87%" in english


def test_a_record_without_facts_says_so():
    empty = {
        name: []
        for name in ("sessions", "drivers", "teams", "entries", "results", "incidents", "quotes", "findings")
    }
    record = sample("", event={}, coverage={"characters": 0, "characters_read": 0}, **empty)
    page = Page(render_html(record.model_copy(), "fr"))
    assert "Aucun fait dans ce texte." in page.words


def test_a_long_report_with_many_facts_is_quick():
    text = TEXT * 40
    facts = [
        {"id": f"r{n}", "session": "s1", "kind": "running", "position": n + 1, "drivers": ["d1"], "confidence": 0.5,
         "evidence": [{"start": n * 20, "end": n * 20 + 50, "text": text[n * 20 : n * 20 + 50]}]}
        for n in range(300)
    ]  # fmt: skip
    record = sample(text, results=facts)
    start = time.process_time()
    source = render_html(record)
    assert time.process_time() - start < 2
    assert Page(source).article == broken_as_a_browser_does(text)


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_enough_to_be_read(scheme):
    """WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1."""
    style = Page(render_html(sample())).raw["style"]
    colours = dict(
        re.findall(r"--([\w-]+): (#[0-9a-f]{6});", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme])
    )
    grounds = [
        colours[name] for name in colours if name.endswith("-tint") or name in ("paper", "sheet", "faint")
    ]
    kinds = [name.removesuffix("-tint") for name in colours if name.endswith("-tint")]
    assert len(kinds) == 7
    for ground in grounds:
        assert contrast(colours["ink"], ground) >= 4.5
    for kind in kinds:
        assert contrast(colours[kind], colours[f"{kind}-tint"]) >= 4.5
        assert contrast(colours[kind], colours["paper"]) >= 4.5
    for ground in ("paper", "sheet", "faint"):
        assert contrast(colours["soft"], colours[ground]) >= 4.5
    assert contrast(colours["lit-ink"], colours["lit"]) >= 4.5
