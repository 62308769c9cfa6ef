"""How long the review desk computes at one key: a decision applied, taken back, race logic computed afresh.

    python -m benchmarks.review_steps [--facts 400] [--decisions 200]

The record is made up: one long report with so many facts, each with spans of its own.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence

from extractor.record import (
    Coverage,
    Document,
    Driver,
    Entry,
    Incident,
    Mention,
    Participant,
    Quote,
    RaceRecord,
    Result,
    Session,
    Span,
)
from extractor.review.apply import apply, step, text_sha256
from extractor.review.decisions import (
    Accept,
    Change,
    Decision,
    Edit,
    Merge,
    Reject,
    Replaced,
    Retext,
    Undo,
    new_decision_id,
    now,
)
from extractor.review.logic import findings
from extractor.review.reviewed import Reviewed

_LINE = "Jean Dupont{n:03d} part en tête-à-queue au 3e tour et finit {n}e : « Rien vu », dit Dupont{n:03d}. "


def long_record(facts: int) -> RaceRecord:
    """Return a record of one session with so many facts: entries, results, incidents, quotes."""
    count = max(1, facts // 4)
    lines = [_LINE.format(n=n) for n in range(1, count + 1)]
    text = "".join(lines)
    starts = [sum(map(len, lines[:n])) for n in range(count)]
    drivers, entries, results, incidents, quotes = [], [], [], [], []
    for n, (start, line) in enumerate(zip(starts, lines, strict=True), 1):

        def at(words: str, start: int = start, line: str = line) -> Span:
            begin = start + line.index(words)
            return Span(start=begin, end=begin + len(words), text=words)

        who, full, sure = f"d{n}", f"Jean Dupont{n:03d}", 0.5 + n % 50 / 100
        short = start + line.rindex("Dupont")
        again = Mention(start=short, end=short + 9, text=full[5:])
        drivers.append(Driver(id=who, name=full, mentions=(Mention(**at(full).model_dump()), again)))
        entries.append(
            Entry(id=f"e{n}", drivers=(who,), number=str(n), evidence=(at(full),), confidence=sure)
        )
        place = (at(full), at(f"finit {n}e"))
        results.append(
            Result(
                id=f"r{n}",
                session="s1",
                kind="final",
                position=n,
                drivers=(who,),
                entry=f"e{n}",
                evidence=place,
                confidence=sure,
            )
        )
        subject = Participant(driver=who, text=full)
        spin = (at("part en tête-à-queue"),)
        incidents.append(
            Incident(
                id=f"i{n}",
                session="s1",
                type="spin",
                lap=3,
                participants=(subject,),
                evidence=spin,
                confidence=sure,
            )
        )
        quotes.append(
            Quote(id=f"q{n}", text="Rien vu", speaker=who, evidence=(at("Rien vu"),), confidence=sure)
        )
    return RaceRecord(
        document=Document(id="long", sha256="0" * 64, text=text),
        sessions=(Session(id="s1", kind="race"),),
        drivers=tuple(drivers),
        entries=tuple(entries),
        results=tuple(results),
        incidents=tuple(incidents),
        quotes=tuple(quotes),
        coverage=Coverage(characters=len(text), characters_read=len(text)),
    )


def _decision(record: RaceRecord, change: Change) -> Decision:
    return Decision(
        id=new_decision_id(),
        document="long",
        reviewer="A",
        at=now(),
        change=change,
        text_sha256=text_sha256(record),
    )


def _timed(name: str, work: Callable[[], object], times: int = 9) -> None:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    print(f"{name:32} {statistics.median(taken):8.1f} ms   worst {max(taken):8.1f} ms")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=400)
    parser.add_argument("--decisions", type=int, default=200)
    options = parser.parse_args(arguments)
    record = long_record(options.facts)
    count = len(record.drivers)
    text = record.document.text
    accepts = [_decision(record, Accept(targets=(f"r{1 + n % count}",))) for n in range(options.decisions)]
    reviewed = apply(record, accepts)

    def stepped(change: Change, base: Reviewed = reviewed) -> Callable[[], Reviewed]:
        decision = _decision(record, change)
        return lambda: step(base, decision)

    _timed("accept", stepped(Accept(targets=("i1",))))
    _timed("accept all", stepped(Accept(targets=tuple(fact.id for fact in record.facts()))))
    _timed("edit", stepped(Edit(target="i2", fields={"lap": Replaced(old=3, new=4)})))
    _timed("reject a driver", stepped(Reject(targets=("d3",))))
    _timed("merge two drivers", stepped(Merge(part="drivers", keep="d1", others=("d2",))))
    at = text.index("Dupont")
    _timed("correct the text", stepped(Retext(start=at, end=at + 6, old="Dupont", new="Dupond")))
    corrected = step(reviewed, _decision(record, Retext(start=at, end=at + 6, old="Dupont", new="Dupond")))
    _timed("accept after a correction", stepped(Accept(targets=("i1",)), corrected))
    _timed("undo the last", stepped(Undo(decision=accepts[-1].id)))
    _timed("undo the hundredth last", stepped(Undo(decision=accepts[-min(100, len(accepts))].id)))
    _timed("undo the first", stepped(Undo(decision=accepts[0].id)))
    _timed("the whole log", lambda: apply(record, accepts), 3)
    _timed("race logic", lambda: findings(reviewed.record))


if __name__ == "__main__":
    main()
