"""How long the review queue takes to open, be filtered, sorted and searched, with 100,000 documents.

    python -m benchmarks.review_queue [--documents 100000] [--db URL] [--rounds 3] [--check]

The documents are made of invented words, as often as words of a language are, and written past the extractor
straight into the tables. Every figure is the median of some rounds, in milliseconds, of a whole call: rows,
total and all. ``--check`` ends with status 1 where anything takes two seconds or more.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, text

from extractor.record import Coverage, Document, RaceRecord
from extractor.review.queue import ORDERS, QueueFilter
from extractor.review.store import Store
from extractor.review.store.documents import key_of, sorted_by, text_sha256
from extractor.review.store.engine import writing
from extractor.review.store.schema import documents, finding_codes, hands, records, searches
from extractor.review.store.searching import words_of

MOST_MS = 2000.0
WORDS_A_REPORT = 350
_AT_ONCE = 2000
_STATUSES = ("new", "new", "new", "in_review", "reviewed", "reviewed", "disputed", "rejected")
_CODES = ("two_winners", "gap_in_places", "retired_classified", "two_teams", "number_twice")
_REVIEWERS = tuple(f"Relecteur {n}" for n in range(12))
_EPOCH_MS = 1_760_000_000_000


class Inventor:
    """Makes words, texts and documents; the same for the same seed."""

    def __init__(self, seed: int = 57) -> None:
        self.dice = random.Random(seed)
        starts = [
            a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "on", "er", "in", "ou")
        ]
        self.words = ["".join(self.dice.choices(starts, k=self.dice.randint(2, 4))) for _ in range(30_000)]
        # Zipf's law: the nth word is one nth as frequent as the first.
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))
        self.series = [f"Coupe {word.title()}" for word in self.words[500:540]]

    def text(self, words: int) -> str:
        """Return a text of so many words."""
        return " ".join(self.dice.choices(self.words, cum_weights=self.weights, k=words))

    def document(self, number: int) -> dict[str, dict[str, Any]]:
        """Return the rows of a document, by table."""
        dice, body = self.dice, self.text(WORDS_A_REPORT)
        origin, sha256, title = f"archive/{number:06}.txt", text_sha256(body), self.text(6).capitalize()
        has_been_touched = (status := dice.choice(_STATUSES)) != "new"
        facts = dice.randint(3, 120)
        row = {
            "id": number,
            "key": key_of(sha256, origin),
            "origin": origin,
            "text_sha256": sha256,
            "added_at": _EPOCH_MS + number,
            "version": 1,
            "latest": 1,
            "model": "0.4.0",
            "double": dice.random() < 0.05,
            "decided_upon": facts if has_been_touched else 0,
            "touched_at": _EPOCH_MS + dice.randint(0, 10**9) if has_been_touched else None,
            "summarised_at": facts if has_been_touched else 0,
            "status": status,
            "reviewer": dice.choice(_REVIEWERS) if has_been_touched else None,
            "priority": dice.expovariate(1),
            "lowest_confidence": dice.random() if dice.random() < 0.95 else None,
            "expected_errors": dice.expovariate(0.2),
            "broken": dice.choice((0, 0, 0, 1, 2)),
            "facts": facts,
            "decided": facts if has_been_touched else 0,
            "series": dice.choice(self.series) if dice.random() < 0.9 else None,
            "year": dice.randint(1921, 2026) if dice.random() < 0.95 else None,
            "title": title,
            "sort_title": sorted_by(title),
            "counts": '{"final:right": 3, "final:n": 4}' if has_been_touched else "{}",
        }
        return {"documents": row, "searches": {"document_id": number, "words": words_of(origin, title, body)}}


def fill(engine: Engine, count: int) -> None:
    """Write so many documents."""
    inventor = Inventor()
    body = RaceRecord(
        document=Document(id="x", sha256="0" * 64, text="x"),
        coverage=Coverage(characters=1, characters_read=1),
    ).to_json()
    numbers = iter(range(1, count + 1))
    with writing(engine).begin() as connection:
        while some := [inventor.document(number) for number in islice(numbers, _AT_ONCE)]:
            connection.execute(insert(documents), [one["documents"] for one in some])
            connection.execute(insert(searches), [one["searches"] for one in some])
            ids = [one["documents"]["id"] for one in some]
            base = {"version": 1, "model": "0.4.0", "sha256": "0" * 64, "body": body, "added_at": _EPOCH_MS}
            connection.execute(insert(records), [{"document_id": i, **base} for i in ids])
            connection.execute(insert(hands), list(_hands(some)))
            connection.execute(insert(finding_codes), list(_codes(inventor.dice, ids)))
    # What a server does by itself sooner or later.
    if engine.dialect.name == "sqlite":
        with writing(engine).begin() as connection:
            connection.execute(text("ANALYZE"))
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _hands(some: Sequence[dict[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for one in some:
        if one["documents"]["reviewer"] is not None:
            yield {"document_id": one["documents"]["id"], "reviewer": one["documents"]["reviewer"]}


def _codes(dice: random.Random, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    for number in ids:
        for code in dice.sample(_CODES, dice.choice((0, 0, 1, 2))):
            yield {"document_id": number, "code": code}


def calls(store: Store) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    inventor = Inventor()
    rare, frequent = inventor.words[25_000], inventor.words[3]
    filters = {
        "status": QueueFilter(statuses=("new",)),
        "two statuses": QueueFilter(statuses=("in_review", "disputed")),
        "series": QueueFilter(series=(inventor.series[3],)),
        "no series": QueueFilter(series=("",)),
        "years": QueueFilter(first_year=1950, last_year=1959),
        "reviewer": QueueFilter(reviewer=_REVIEWERS[4]),
        "finding": QueueFilter(findings=("two_winners",)),
        "text, rare word": QueueFilter(text=rare),
        "text, frequent word": QueueFilter(text=frequent),
        "text, three words": QueueFilter(text=f"{frequent} {inventor.words[90]} {rare[:4]}"),
        "text, nowhere": QueueFilter(text="zygomatique"),
        "second readings": QueueFilter(second_for=_REVIEWERS[4]),
        "all together": QueueFilter(
            statuses=("new", "reviewed"),
            first_year=1930,
            findings=("two_winners", "two_teams"),
            text=frequent,
        ),
    }
    measured: dict[str, Callable[[], object]] = {
        f"order {order}": partial(store.queue, order=order) for order in ORDERS
    }
    measured |= {f"filter {name}": partial(store.queue, wanted) for name, wanted in filters.items()}
    measured["last page"] = lambda: store.queue(order="title", offset=store.totals().documents - 50)
    measured["facets"] = store.facets
    measured["totals"] = store.totals
    measured["counts"] = store.counts
    measured["sums"] = store.sums
    measured["moments"] = lambda: store.moments(datetime(2026, 1, 1, tzinfo=UTC))
    measured["queue, facets and totals"] = lambda: (store.queue(), store.facets(), store.totals())
    return measured


def median_ms(call: Callable[[], object], rounds: int) -> float:
    """Return the median of what a call takes."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the documents, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--db", help="an empty database; a temporary file where not given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = options.db or str(Path(folder) / "file.db")
        with Store.open(url) as store:
            if store.totals().documents == 0:
                began = time.perf_counter()
                fill(store._engine, options.documents)
                took = time.perf_counter() - began
                print(f"{options.documents} documents made in {took:.1f} s", flush=True)
        began = time.perf_counter()
        with Store.open(url) as store:
            store.queue()
            print(f"{'opened, first page':28}{(time.perf_counter() - began) * 1000:9.1f} ms")
            slow = []
            for name, call in calls(store).items():
                took = median_ms(call, options.rounds)
                print(f"{name:28}{took:9.1f} ms", flush=True)
                slow += [name] if took >= MOST_MS else []
    if slow:
        print(f"too slow: {', '.join(slow)}")
    return 1 if slow and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
