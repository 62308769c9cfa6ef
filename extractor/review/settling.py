"""Two readings made one: what somebody picks becomes decisions of the reading :data:`SETTLED`.

The record that counts is the first reading's with these decisions behind it. So to pick the first reading is
to accept what stands there, and to pick the second is to make of it what the second reader had. Every pick
leaves at least one decision that names the item, by which it is known to be settled.

========== ==================================== =====================================================
item       first                                second
========== ==================================== =====================================================
other      accept                               edit the fields that differ
first_only accept                               reject
second_only a note on what the first rejected;  undo the first's rejection, or add
            else add and reject
merged     accept                               undo the first's merging; merge as the second did
text       a note on the document: place, words correct the text as the second did
========== ==================================== =====================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from extractor.review.about import (
    REFERENCES,
    Pick,
    by_place,
    contents,
    corrected,
    references,
    renamed,
    targets,
    thing_of,
    without_undoings,
)
from extractor.review.apply import check, step
from extractor.review.applying.refusals import DecisionError
from extractor.review.comparing import DOCUMENT, EVENT, Comparison, Item, differing, referring
from extractor.review.decisions import (
    SETTLED,
    Accept,
    Add,
    Change,
    Decision,
    DocumentStatus,
    Edit,
    Merge,
    Note,
    Part,
    Reject,
    Replaced,
    Retext,
    SetStatus,
    Undo,
    new_decision_id,
    new_thing_id,
    now,
)
from extractor.review.pairing import PARTS, Thing
from extractor.review.passages import Passage, passage
from extractor.review.reviewed import Reviewed


class Settling:
    """One item after another settled, each on the state that the ones before it left.

    Args:
        key: The document's key in the store.
        comparison: Both readings.
        state: The settled reading as it stands: the first's decisions, then those of the settling.
        first: The first reading's decisions.
        settled: The settling's decisions so far.
        reviewer: Who settles.
        model: Of the record that was reviewed.
        text_sha256: Of the text as it was read.
    """

    def __init__(
        self,
        key: str,
        comparison: Comparison,
        state: Reviewed,
        first: Sequence[Decision],
        settled: Sequence[Decision],
        *,
        reviewer: str,
        text_sha256: str,
        model: str | None = None,
    ) -> None:
        self.key, self.comparison, self.state = key, comparison, state
        self._first = {decision.id: decision for decision in first}
        self._settled = list(settled)
        self._reviewer, self._model, self._sha256 = reviewer, model, text_sha256
        self._made: list[Decision] = []
        self._at: datetime | None = None

    # --- what is open

    @property
    def open(self) -> tuple[Item, ...]:
        """The conflicts that nobody has settled."""
        done = self.done()
        return tuple(item for item in self.comparison.conflicts if item.key not in done)

    def done(self) -> dict[str, Decision]:
        """Return by key of the items that are settled the last decision that did it."""
        live = self._live()
        named: dict[str, Decision] = {}
        for decision in live:
            named |= dict.fromkeys(self._named(decision.change), decision)
        places = corrected(live)
        found: dict[str, Decision] = {}
        for item in self.comparison.conflicts:
            by = by_place(item, places) if item.part == "text" else None
            by = by or next((named[i] for i in item.ids if i in named), None)
            if by is not None:
                found[item.key] = by
        return found

    def _live(self) -> list[Decision]:
        return [one for one in self._settled if one.id not in self.state.undone]

    def _named(self, change: Change) -> Iterable[str]:
        if isinstance(change, Undo) and change.decision in self._first:
            return targets(self._first[change.decision].change)
        return targets(change)

    # --- settling

    def pick(self, item: Item, pick: Pick) -> tuple[Decision, ...]:
        """Return the decisions by which an item is settled.

        Raises:
            DecisionError: The record as it stands does not allow it.
        """
        self._begin()
        if item.part == "text":
            self._pick_text(item, pick)
        elif item.how == "merged":
            self._pick_merging(item, pick)
        elif pick == "first":
            self._keep(item)
        elif pick == "neither":
            self._refuse(item)
        elif pick == "both":
            self._keep(item)
            self._bring(item, as_new=True)
        elif item.second is None:
            self._refuse(item)
        elif item.first is not None and self._has(item.ids[0]):
            # All of it: what was settled before may have changed fields in which the readings did not differ.
            theirs = self._theirs(item)
            same = {"evidence", "mentions", "aliases"} - set(item.fields)
            self._make(item.ids[0], theirs, [name for name in contents(theirs) if name not in same])
        else:
            self._bring(item)
        return self._finish(item)

    def edit(self, item: Item, fields: Mapping[str, Any]) -> tuple[Decision, ...]:
        """Return the decisions by which an item gets what neither reader had.

        Args:
            item: One that :func:`may_be_edited`.
            fields: New values by name, as in the record's JSON, places as in the item; of a text, ``text``.

        Raises:
            DecisionError: The record as it stands does not allow it.
        """
        self._begin()
        if item.part == "text":
            self._correct(item, str(fields["text"]))
        else:
            self._make(item.ids[0], self._way().carried(dict(fields)), tuple(fields))
        return self._finish(item)

    def undo(self) -> tuple[Decision, ...]:
        """Return the decisions that take back the last pick, all of it; none where there is nothing."""
        self._begin()
        live = [one for one in without_undoings(self._settled) if one.id not in self.state.undone]
        if live:
            last = live[-1]
            for decision in reversed(live):
                if (decision.at, decision.reviewer) == (last.at, last.reviewer):
                    self._do(Undo(decision=decision.id))
        return tuple(self._made)

    # --- one thing after another

    def _begin(self) -> None:
        self._made, self._at = [], now()

    def _do(self, change: Change) -> None:
        """Decide, on a copy: the caller saves it."""
        check(self.state, change)
        decision = Decision(
            id=new_decision_id(),
            document=self.key,
            reading=SETTLED,
            reviewer=self._reviewer,
            at=self._at or now(),
            change=change,
            model=self._model,
            text_sha256=self._sha256,
        )
        self.state = step(self.state, decision)
        self._made.append(decision)
        self._settled.append(decision)

    def _finish(self, item: Item) -> tuple[Decision, ...]:
        """Say that the item is settled and, with the first and the last, how far the document has come."""
        if item.key not in self.done():
            self._keep(item)
        status: DocumentStatus = "disputed" if self.open else "reviewed"
        begun = any(isinstance(one.change, SetStatus) for one in self._settled)
        if status == "reviewed" or not begun:
            self._do(SetStatus(old=self.state.status, new=status))
        return tuple(self._made)

    def _keep(self, item: Item) -> None:
        here = [i for i in item.ids if self._has(i)]
        if here:
            self._do(Accept(targets=tuple(here)))
        elif item.first is None or item.first == {"things": []}:
            self._refuse(item)
        else:  # it went with something that was settled otherwise, and cannot stand without that
            raise DecisionError("decision_no_such_thing", about=item.ids[0])

    def _refuse(self, item: Item) -> None:
        """Take it out, or leave it out: in both cases the log says so."""
        here = tuple(i for i in item.ids if self._has(i))
        gone = [i for i in item.ids if i in self.state.gone]
        if here:
            self._do(Reject(targets=here))
        elif gone:
            self._remark(gone[0])
        else:
            self._add(item, item.ids[-1])
            self._do(Reject(targets=(item.ids[-1],)))

    def _bring(self, item: Item, *, as_new: bool = False) -> None:
        """Let what the second reader has stand in the record."""
        part, identifier = cast(Part, item.part), item.ids[-1]
        if not as_new and identifier in self.state.gone:
            self._come_back(identifier, item)
        here = next((i for i in item.ids if self._has(i)), None)
        if here is not None and not as_new:  # with somebody else who came back, it may have come back too
            self._make(here, self._theirs(item), contents(self._theirs(item)))
        elif here != identifier and identifier not in self.state.gone:
            self._add(item, identifier)
        else:  # struck out together with others, who stay out: it comes back under another name
            self._add(item, new_thing_id(part))
            if identifier in self.state.gone:
                self._remark(identifier)

    def _remark(self, identifier: str) -> None:
        """Write down, without changing anything, that something that is gone was looked at."""
        remark = self.state.marks[identifier].note if identifier in self.state.marks else ""
        self._do(Note(target=identifier, old=remark, new=remark))

    def _rejection(self, identifier: str) -> Decision | None:
        """Return the decision that took out this thing and nothing else."""
        mark = self.state.marks.get(identifier)
        decision = (
            self._first.get(mark.decision) if mark is not None and identifier in self.state.gone else None
        )
        alone = decision is not None and targets(decision.change) == (identifier,)
        return decision if alone and isinstance(decision.change, Reject) else None  # type: ignore[union-attr]

    def _add(self, item: Item, identifier: str) -> None:
        thing = {**self._theirs(item), "id": identifier}
        self._do(Add(part=cast(Part, item.part), thing=self._resolved(thing)))

    def _make(self, target: str, wanted: Thing, fields: Iterable[str]) -> None:
        """Edit a thing so that it says what is wanted."""
        names = [*fields]
        if "mentions" in names or "name" in names:
            names.append("aliases")
        present = self._present(target)
        new = {name: wanted[name] for name in dict.fromkeys(names) if name in wanted}
        resolved = self._resolved({**new})
        changed = {
            name: Replaced(old=present.get(name), new=resolved[name])
            for name in resolved
            if present.get(name) != resolved[name]
        }
        if changed:
            self._do(Edit(target=target, fields=changed))

    def _resolved(self, thing: Thing) -> dict[str, Any]:
        """Return a thing that refers to what is there; what only the second reader has comes along."""
        ids = {old: new for old, new in renamed(self._live()).items() if self._has(new)}
        thing = referring(thing, ids)
        for part, identifier in references(thing):
            while (mark := self.state.marks.get(identifier)) and mark.verdict == "merged" and mark.into:
                ids[identifier] = mark.into
                identifier = mark.into
            if not self._has(identifier):
                self._along(part, identifier)
        moved = dict(referring(referring(thing, ids), ids))
        return {name: self._without_lost(name, value) for name, value in moved.items()}

    def _along(self, part: Part, identifier: str) -> None:
        items = (i for i in self.comparison.conflicts if i.part == part and identifier in i.ids)
        item = next((i for i in items if i.how == "second_only"), None)
        if item is not None and identifier not in self.state.gone:
            self._add(item, identifier)

    def _without_lost(self, name: str, value: Any) -> Any:
        if name == "participants":
            return [{**one, "driver": self._there(one["driver"])} for one in value]
        if name in ("drivers", "caused_by"):
            return [one for one in value if self._has(one)]
        return self._there(value) if name in REFERENCES and name != "session" else value

    def _there(self, identifier: str | None) -> str | None:
        return identifier if identifier is not None and self._has(identifier) else None

    # --- merging and text

    def _pick_merging(self, item: Item, pick: Pick) -> None:
        part = cast(Part, item.part)
        if pick == "first":
            self._keep(item)
            return
        for identifier in item.ids:
            self._come_back(identifier, item)
        wanted = {one["id"]: one for one in self._carried(item)}
        into: dict[str, list[str]] = {}
        for taken, kept in self.comparison.merged_by_second(part).items():
            if taken in item.ids and taken not in wanted and self._has(taken) and self._has(kept):
                into.setdefault(kept, []).append(taken)
        for kept, others in into.items():
            self._do(Merge(part=part, keep=kept, others=tuple(others)))
        if rejected := tuple(i for i in item.ids if self._has(i) and i not in wanted):
            self._do(Reject(targets=rejected))
        for identifier, thing in wanted.items():
            if self._has(identifier):
                fields = differing(self._present(identifier), thing, {})
                self._make(identifier, thing, fields)

    def _come_back(self, identifier: str, item: Item) -> None:
        """Undo what the first reader did to have something gone, where that concerns nothing else."""
        mark = self.state.marks.get(identifier)
        if mark is not None and mark.verdict == "merged" and mark.decision not in self.state.undone:
            self._take_back(mark.decision, item)
        elif (rejection := self._rejection(identifier)) is not None:
            self._take_back(rejection.id, item)

    def _take_back(self, decision: str, item: Item) -> None:
        """Undo a decision of the first reader; what neither has in the record does not come back with it."""
        self._do(Undo(decision=decision))
        gone = self.comparison.first.gone.keys() & self.comparison.second.gone.keys() - set(item.ids)
        if again := tuple(sorted(i for i in gone if self._has(i))):
            self._do(Reject(targets=again))

    def _carried(self, item: Item) -> list[Thing]:
        return [self._way().carried(dict(one)) for one in (item.second or {}).get("things", ())]

    def _pick_text(self, item: Item, pick: Pick) -> None:
        side = item.first if pick == "first" else item.second
        self._correct(item, (side or {})["text"])

    def _correct(self, item: Item, new: str) -> None:
        """Correct the text at an item's place, or note that it stays as it is."""
        first, text = item.first or {}, self.state.record.document.text
        start, end = self._way().place(first["start"], first["end"])
        if text[start:end] != new:
            self._do(Retext(start=start, end=end, old=text[start:end], new=new))
            return
        mark = self.state.marks.get(DOCUMENT)
        remark = mark.note if mark is not None else ""
        line = f"{item.ids[0]} = « {' '.join(new.split())} »"
        self._do(Note(target=DOCUMENT, old=remark, new=f"{remark}\n{line}".strip()))

    # --- looking

    def _has(self, identifier: str) -> bool:
        return identifier in (EVENT, DOCUMENT) or any(
            one.id == identifier for part in PARTS for one in getattr(self.state.record, part)
        )

    def _present(self, target: str) -> Thing:
        if (found := thing_of(self.state.record, target)) is None:
            raise DecisionError("decision_no_such_thing", about=target)
        return found

    def _theirs(self, item: Item) -> Thing:
        """Return the second reader's thing over the text as it stands now."""
        second = self.comparison.second.record
        way = passage(second.document.text, self.state.record.document.text)
        raw = thing_of(second, item.ids[-1]) or item.second or {}
        return referring(way.carried(dict(raw)), self.comparison.pairs)

    def _way(self) -> Passage:
        return passage(self.comparison.first.record.document.text, self.state.record.document.text)
