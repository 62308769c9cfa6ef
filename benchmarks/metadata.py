"""What is known of a document and its event: precision and recall per field, on reports annotated by hand.

::

    python benchmarks/metadata.py              # both halves
    python benchmarks/metadata.py --errors     # and what was wrong or missed in the half written with

``tests/golden/metadata/reports.json`` has, for forty reports of the corpus, what their text says: the values
that are right for each field, and which fields two careful readers may differ over. Half of them were set
aside before a rule was written. A date without a year in the text is no date there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.lexicon.fold import fold
from extractor.record import RaceRecord

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "tests" / "golden" / "metadata" / "reports.json"
FIELDS = ("title", "published_on", "series", "venue", "starts_on", "ends_on")


def corpus_texts() -> dict[str, str]:
    """Return the texts of the corpus that may be read, by id."""
    texts = {}
    for split in ("dev", "train"):
        with (ROOT / "corpus" / "data" / f"{split}.jsonl").open(encoding="utf-8") as rows:
            for line in rows:
                row = json.loads(line)
                texts[row["id"]] = row["text"]
    return texts


def values(record: RaceRecord) -> dict[str, str]:
    """Return what a record has in each field."""
    found: dict[str, Any] = {"title": record.document.title, "published_on": record.document.published_on}
    found |= {name: getattr(record.event, name) for name in ("series", "venue", "starts_on", "ends_on")}
    return {name: str(value) for name, value in found.items() if value is not None}


def judge(gold: dict[str, Any], found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each field with ``tp``, ``fp`` or ``fn``; what is optional counts when it is right."""
    optional = gold.get("optional", [])
    for name in FIELDS:
        right = name in gold and name in found and key(found[name]) in map(key, gold[name])
        if right:
            yield name, "tp"
            continue
        if name in found and (name in gold or name not in optional):
            yield name, "fp"
        if name in gold and name not in optional:
            yield name, "fn"


def key(value: str) -> str:
    """Return a value folded, without marks."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(value)).split())


def table(tally: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield a line per field: right, wrong, missed, precision, recall."""
    for name in FIELDS:
        tp, fp, fn = (tally[name, what] for what in ("tp", "fp", "fn"))
        precision = f"{tp / (tp + fp):.2f}" if tp + fp else "–"
        recall = f"{tp / (tp + fn):.2f}" if tp + fn else "–"
        yield f"{name:14}{tp:6}{fp:6}{fn:6}   {precision:>6}{recall:>8}"


def main() -> None:
    """Print the figures of both halves."""
    import extractor

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="name what was wrong in the half written with")
    options = parser.parse_args()
    texts = corpus_texts()
    for half, reports in json.loads(REPORTS.read_text(encoding="utf-8")).items():
        tally: Counter[tuple[str, str]] = Counter()
        for identifier, gold in reports.items():
            found = values(extractor.extract(texts[identifier], model="none"))
            for name, what in judge(gold, found):
                tally[name, what] += 1
                if options.errors and what != "tp" and half == "written_with":
                    print(f"  {identifier} {name} {what}: {found.get(name)!r}, right: {gold.get(name)}")
        print(f"{half} ({len(reports)} reports)")
        print(f"{'':14}{'right':>6}{'wrong':>6}{'missed':>7}  precision  recall")
        print("\n".join(table(tally)))


if __name__ == "__main__":
    main()
