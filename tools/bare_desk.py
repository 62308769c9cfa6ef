"""Write the document page's component as one HTML file, with a stand-in for Python, to work on its looks.

    python -m tools.bare_desk RECORD.json PAGE.html [--language en] [--delay 80]

The stand-in confirms every decision after so many milliseconds. It shows accepting, rejecting, notes, edits
and additions; everything else needs the app.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

from extractor.record import RaceRecord
from extractor.review.reviewed import Reviewed
from extractor.ui.desk import component
from extractor.ui.desk.protocol import Answer, Origin, doubtful_order, page_data

WORDS = Path(__file__).parent.parent / "extractor" / "ui" / "words"

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>desk</title>
<style>body {{ margin: 0.5rem; background: var(--st-background-color, #fff); }}
.dark {{ --st-background-color: #0e1117; }} .light {{ --st-background-color: #ffffff; }}
{style}</style><body class="light"><div id="here"></div>
<script type="application/json" id="data">{data}</script>
<script type="module">{script}
{stand_in}</script></body></html>"""

STAND_IN = """
if (location.hash.includes("dark")) document.body.className = "dark";
const parentElement = document.getElementById("here");
const first = JSON.parse(document.getElementById("data").textContent);
let view = viewOf(first);
let log = [];
const all = [];
let head = 0;
function answer(refused = []) {
  const data = { ...first, head, record: view.record, marks: view.marks, gone: view.gone, status: view.status,
    log: view.log, saved: all.map((one) => one.id), refused };
  const state = JSON.parse(JSON.stringify(data));
  mountDesk({ parentElement, data: { state }, setStateValue, setTriggerValue });
}
function setStateValue(name, value) {
  if (name === "outbox") setTimeout(() => {
    for (const one of value.decisions) if (!all.some((other) => other.id === one.id)) all.push(one);
    head = all.length;
    view = viewOf(first);
    applyAll(view, all, first.reviewer);
    answer();
  }, DELAY);
}
function setTriggerValue(name, value) { console.log("go", JSON.stringify(value)); }
answer();
window.desk = parentElement.deskFrame.desk;
"""


def bare_page(record: RaceRecord, language: str = "fr", delay: int = 80) -> str:
    """Return the page as HTML."""
    origin = Origin("key", 1, "Camille Aubert", None, "")
    data = page_data(
        origin, Reviewed(record), (), Answer(), head=0, language=language, words=words(language),
        order=doubtful_order(record), findings=record.findings, next_key="other",
    )  # fmt: skip
    return PAGE.format(
        language=language,
        style=component.style(),
        script=component.script(),
        stand_in=STAND_IN.replace("DELAY", str(delay)),
        data=json.dumps(data).replace("<", "\\u003c"),
    )


def words(language: str) -> dict[str, str]:
    """Return the words of the component in a language."""
    known: dict[str, str] = {}
    for page in ("desk", "forms"):
        path = WORDS / f"{page}.{language}.toml"
        if path.is_file():
            _flatten(tomllib.loads(path.read_text(encoding="utf-8")), page, known)
    return known


def _flatten(table: dict[str, Any], prefix: str, into: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}.{key}", into)
        else:
            into[f"{prefix}.{key}"] = str(value).strip()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("record", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("--language", default="fr", choices=("fr", "en"))
    parser.add_argument("--delay", type=int, default=80)
    options = parser.parse_args()
    record = RaceRecord.model_validate_json(options.record.read_text(encoding="utf-8"))
    options.page.write_text(bare_page(record, options.language, options.delay), encoding="utf-8")


if __name__ == "__main__":
    main()
