"""The page in a real browser. Runs where Chromium and playwright are at hand."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "exports"))
from exports_records import HOSTILE, TEXT, hostile, sample

from extractor.exports.html import render_html

pytest.importorskip("playwright.sync_api")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium at hand")


class Opened:
    """A record's page, with whatever the browser complained about or asked for."""

    def __init__(self, browser, folder, record, **options):
        path = folder / "page.html"
        path.write_text(render_html(record), encoding="utf-8", newline="")
        self.page = browser.new_page(
            viewport={"width": 1280, "height": 500}, reduced_motion="reduce", **options
        )
        self.complaints, self.requests = [], []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())

    def lit(self, selector):
        return self.page.locator(f"{selector}.lit").all_inner_texts()

    def in_view(self, selector):
        inside = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
        return self.page.locator(selector).first.evaluate(inside)


@pytest.fixture
def opened(browser, tmp_path):
    # Long enough for something to be out of sight.
    text = TEXT + "\n" * 60 + "Carl Durand abandonne encore.\n" + "\n" * 60
    start = text.rindex("abandonne encore")
    far = {"start": start, "end": start + 9, "text": "abandonne"}
    results = [
        {"id": "r1", "session": "s1", "kind": "final", "position": 1, "drivers": ["d1"], "confidence": 0.9,
         "evidence": [{"start": 11, "end": 22, "text": "Anna Martin"}]},
        {"id": "r2", "session": "s1", "kind": "final", "status": "dnf", "drivers": ["d3"], "confidence": 0.9, "evidence": [far]},
    ]  # fmt: skip
    findings = [
        {"code": "x", "severity": "info", "message": "encore", "about": ["r2"], "evidence": [far]},
        *({"code": "x", "severity": "info", "message": f"ligne {n}"} for n in range(40)),
    ]
    opened = Opened(browser, tmp_path, sample(text, results=results, findings=findings))
    yield opened
    assert opened.complaints == []
    assert len(opened.requests) == 1
    opened.page.close()


def test_a_click_on_a_fact_lights_and_shows_its_evidence(opened):
    opened.page.locator("tr.fact.result", has_text="Abandon").click()
    assert opened.lit(".seg") == ["abandonne"]
    assert opened.in_view(".seg.lit")
    assert len(opened.lit(".fact")) == 1


def test_a_click_in_the_text_lights_and_shows_its_facts(opened):
    opened.page.locator(".seg", has_text="abandonne").last.click()
    assert len(opened.lit(".fact")) == 2  # the result and the finding
    assert opened.in_view(".fact.lit")
    assert opened.in_view(".seg.lit")  # the text has not moved away


def test_overlapping_evidence_lights_every_fact(opened):
    opened.page.locator(".seg", has_text="Anna Martin").first.click()
    lit = " ".join(opened.lit(".fact"))
    assert len(opened.lit(".fact")) == 3  # driver, entry, result
    assert "Écurie Bleue" in lit


def test_an_interrupted_quote_lights_in_all_its_parts(opened):
    opened.page.locator("li.fact.quote").first.click()
    assert "".join(opened.lit(".seg")) == "Je suis ravieLa voiture était parfaite."


def test_from_one_fact_to_another(opened):
    opened.page.locator("li.finding a.see").first.click()
    assert "Abandon" in opened.lit(".fact.result")[0]
    assert opened.in_view(".fact.result.lit")


def test_by_keyboard_there_and_back(opened):
    page = opened.page
    page.locator("tr.fact.result .go").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('seg')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == " ("
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.fact') !== null")
    page.keyboard.press("Escape")
    assert opened.lit("*") == []


def test_the_text_is_one_stop_for_the_tab_key(opened):
    assert opened.page.locator(".seg").count() > 5
    assert opened.page.locator(".seg[tabindex='0']").count() == 1


def test_switches_take_colours_away(opened):
    page = opened.page
    colour = "e => getComputedStyle(e).backgroundColor"
    mark = page.locator(".seg.in-result").first
    assert mark.evaluate(colour) != "rgba(0, 0, 0, 0)"
    page.locator("input[value=result]").uncheck()
    assert mark.evaluate(colour) == "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("width", [360, 1280, 1800])
def test_nothing_is_cut_off_at_the_side(opened, width):
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_puts_the_tables_below_the_text_and_leaves_the_controls_out(opened):
    page = opened.page
    page.emulate_media(media="print")
    text, facts = page.locator("article").bounding_box(), page.locator("#facts").bounding_box()
    assert facts["y"] >= text["y"] + text["height"]
    assert not page.locator(".hint").is_visible()
    assert not page.locator(".switches input").first.is_visible()
    assert page.locator(".swatch").first.is_visible()


def test_without_scripting_the_links_lead_there(browser, tmp_path):
    opened = Opened(browser, tmp_path, sample(), java_script_enabled=False)
    opened.page.locator("tr.fact.result .go").first.click()
    assert opened.page.url.split("#")[1].startswith("x")
    opened.page.close()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_nothing(browser, tmp_path, words):
    opened = Opened(browser, tmp_path, hostile(words))
    opened.page.locator(".fact").last.click()
    opened.page.locator(".seg").first.click()
    assert opened.complaints == []
    assert len(opened.requests) == 1
    assert opened.page.locator("img").count() == 0
    opened.page.close()
