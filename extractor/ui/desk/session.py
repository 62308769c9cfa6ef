"""One reviewer at one reading of a document: what the browser sends is saved, refused or held back.

Nothing here knows Streamlit; a page keeps one :class:`DeskSession` while a document is open. What the page is
told is saved has been committed by then.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import ParcFermeError
from extractor.record import Finding, RaceRecord
from extractor.review.decisions import Change, Decision, Reading, new_decision_id, now
from extractor.review.reviewed import Reviewed
from extractor.ui.desk.protocol import (
    Answer,
    Lock,
    Origin,
    Outbox,
    PageImage,
    doubtful_order,
    page_data,
    read_outbox,
)
from extractor.ui.words import Words

if TYPE_CHECKING:
    from extractor.review.store import Store

#: Errors of the store that one decision is to blame for; with any other, none of them can be saved now.
_OF_ONE: Final = frozenset(
    ("store_bad_id", "store_id_taken", "store_id_twice", "store_unfit_decision", "store_decision_too_large")
)
#: Seconds after which the lock is renewed. It holds longer, so that a page that was busy does not lose it.
RENEW_AFTER: Final = 30.0
#: Seconds after the last decision for which the lock is kept: a page left open overnight keeps nobody out.
IDLE_AFTER: Final = 1200.0
_MOST_REFUSED: Final = 200
_TO_REVIEW: Final = 30
_EVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


class DeskSession:
    """A reading of a document that is open on somebody's page.

    Attributes:
        origin: Which document, and who looks at it.
        reviewed: The record as decided so far.
        head: Number of decisions of this reading that this page knows.
        log: Those decisions.
        lock: Who holds the reading.
    """

    def __init__(self, store: Store, key: str, reading: Reading, reviewer: str, words: Words) -> None:
        """Open a reading and take its lock, where nobody else has it.

        Raises:
            StoreError: There is no such document, or the database does not answer.
        """
        document = store.document(key)
        self.origin = Origin(key, reading, reviewer, document.model, document.text_sha256)
        self.words = words
        self._store = store
        self._images = frozenset(document.pages)
        self._own: set[str] = set()
        self._refused: dict[str, str] = {}
        self._stale: dict[str, None] = {}
        self._by: tuple[str, ...] = ()
        self._confirmed: tuple[str, ...] = ()
        self._trouble: str | None = None
        self._unsummarised = False
        self._busy = False  # something was saved in this very run: the queue can wait for the next look
        self._findings: tuple[RaceRecord, str, tuple[Finding, ...]] | None = None
        self._version = 0
        self._order: list[str] = []
        self.log: list[Decision] = []
        self.lock: Lock | None = None
        self._renewed = 0.0
        self._active = time.monotonic()
        self._load()
        self._take_lock()
        self.next_key = self._next()

    # ------------------------------------------------------------------------------------------ receiving

    def receive(self, sent: object) -> None:
        """Save what the browser sent and what is not saved yet; what became of it is in :meth:`data`."""
        self._trouble, self._busy = None, False
        self._refused.pop("", None)  # that a whole outbox could not be read is said once
        outbox = read_outbox(sent, self.origin)
        if outbox is None:
            return
        for refusal in outbox.refusals:
            self._refuse(refusal.id, self.words(f"desk.{refusal.code}", field=refusal.about))
        known = {decision.id for decision in self.log}
        self._confirmed = tuple(one.id for one in outbox.decisions if one.id in known)
        fresh = [one for one in outbox.decisions if one.id not in known and one.id not in self._refused]
        if not fresh:
            return
        try:
            self._save(fresh, outbox)
        except ParcFermeError as error:
            self._trouble = self.words("desk.trouble", cause=error.in_language(self.words.language))

    def _save(self, fresh: list[Decision], outbox: Outbox) -> None:
        from extractor.review.store import StaleError, StoreError

        self._active = time.monotonic()
        lock = self._take_lock()
        if not lock.mine:
            self._trouble = self.words("desk.locked", holder=lock.holder)
            return
        if self._decided_by_others(outbox):
            self._hold(fresh)
            return
        good, reviewed = self._checked(fresh)
        if not good:
            return
        try:
            head = self._store.append(good, head=self.head, version=self._version, status=reviewed.status)
        except StaleError:
            self._load()
            self._decided_by_others(outbox)
            self._hold(fresh)
        except StoreError as error:
            if error.code not in _OF_ONE:
                raise
            self._save_singly(good, error)
        else:
            self._keep(good, reviewed, head)

    def _save_singly(self, decisions: list[Decision], error: ParcFermeError) -> None:
        """One of several was not taken: find out which, and save the others."""
        if len(decisions) == 1:
            self._refuse(decisions[0].id, error.in_language(self.words.language))
            return
        for decision in decisions:
            self._save([decision], Outbox(self.head, (decision,)))

    def _checked(self, decisions: Iterable[Decision]) -> tuple[list[Decision], Reviewed]:
        """Return those that the record allows, and the record with them; the others are refused."""
        from extractor.review.apply import DecisionError, check, step

        good: list[Decision] = []
        reviewed = self.reviewed
        for decision in decisions:
            try:
                check(reviewed, decision.change)
            except DecisionError as error:
                self._refuse(decision.id, error.in_language(self.words.language))
            else:
                good.append(decision)
                reviewed = step(reviewed, decision)
        return good, reviewed

    def _keep(self, saved: list[Decision], reviewed: Reviewed, head: int) -> None:
        if head != len(self.log) + len(saved):  # some were there before, saved by a run whose answer got lost
            self._load()
        else:
            self.reviewed, self.head = reviewed, head
            self.log = [*self.log, *saved]
        ids = [decision.id for decision in saved]
        self._own.update(ids)
        for id_ in ids:
            self._stale.pop(id_, None)
        self._confirmed += tuple(ids)
        self._unsummarised = self._busy = True

    def _decided_by_others(self, outbox: Outbox) -> bool:
        """Tell whether somebody decided anything that the reviewer had not seen."""
        mine = self._own | {decision.id for decision in outbox.decisions}
        others = [decision for decision in self.log[outbox.head :] if decision.id not in mine]
        if others:
            self._by = tuple(dict.fromkeys(decision.reviewer for decision in others))
        return bool(others)

    def _hold(self, decisions: Iterable[Decision]) -> None:
        """Hold decisions back until the new state has been seen; what no longer applies is refused."""
        if not self._by:
            self._by = (self.words("desk.somebody"),)
        good, _ = self._checked(decisions)
        self._stale.update(dict.fromkeys(decision.id for decision in good))

    def _refuse(self, id_: str, sentence: str) -> None:
        self._refused[id_] = sentence
        self._stale.pop(id_, None)
        while len(self._refused) > _MOST_REFUSED:
            self._refused.pop(next(iter(self._refused)))

    def decide(self, change: Change) -> None:
        """Make a decision that did not come from the page's own component; it is checked and saved alike."""
        made = {"id": new_decision_id(), "at": now().isoformat(), "change": change.model_dump(mode="json")}
        self.receive({"reading": self.origin.reading, "head": self.head, "decisions": [made]})

    # ------------------------------------------------------------------------------------- keeping in step

    def _load(self) -> None:
        state = self._store.state(self.origin.document, self.origin.reading)
        log = list(self._store.decisions(self.origin.document, self.origin.reading))
        if state.version != self._version:
            self._order = doubtful_order(self._store.record(self.origin.document, state.version))
            self.origin = replace(self.origin, model=self._store.document(self.origin.document).model)
        self.reviewed, self._version = state.reviewed, state.version
        # Somebody may have decided between the two questions: what is not in the record is not in the log.
        self.head, self.log = state.head, log[: state.head]

    def poll(self) -> None:
        """Renew the lock, take over what others decided, and bring the queue up to date."""
        try:
            document = self._store.document(self.origin.document)
            there = document.heads.get(self.origin.reading, 0), document.version
            if there != (self.head, self._version):
                self._load()
            if time.monotonic() < self._active + IDLE_AFTER:
                self._take_lock()
            if not self._busy:
                self._summarise()
        except ParcFermeError as error:
            self._trouble = self.words("desk.trouble", cause=error.in_language(self.words.language))

    def _take_lock(self) -> Lock:
        if self.lock is not None and self.lock.mine and self._renewed + RENEW_AFTER > time.monotonic():
            return self.lock
        lock = self._store.lock(self.origin.document, self.origin.reading, self.origin.reviewer)
        self.lock = Lock(lock.holder, lock.until, lock.mine)
        self._renewed = time.monotonic()
        return self.lock

    def _summarise(self) -> None:
        if self._unsummarised:
            self._store.summarise(self.origin.document)
            self._unsummarised = False

    def leave(self) -> str | None:
        """Give the lock back, bring the queue up to date, and return the key of the next document."""
        self.free()
        return self._next()

    @property
    def what(self) -> tuple[str, str, int, str]:
        """What is open, and for whom."""
        return self._store.name, self.origin.document, self.origin.reading, self.origin.reviewer

    def free(self) -> None:
        """Give the lock back, and bring the queue up to date; whoever comes back takes it anew.

        Raises:
            StoreError: The database does not answer.
        """
        self.lock, self._renewed = None, 0.0
        self._summarise()
        self._store.release(self.origin.document, self.origin.reading, self.origin.reviewer)

    def _next(self) -> str | None:
        """Return the key of the most useful document that is neither done, nor open elsewhere, nor this."""
        from extractor.review.queue import QueueFilter

        page = self._store.queue(QueueFilter(statuses=("new", "in_review")), "priority", 0, _TO_REVIEW)
        free = (row.key for row in page.rows if row.held_by in (None, self.origin.reviewer))
        return next((key for key in free if key != self.origin.document), None)

    # ------------------------------------------------------------------------------------------------ data

    def has_image(self, page: int) -> bool:
        """Tell whether there is an image of a page."""
        return page in self._images

    def data(self, urls: dict[int, str] | None = None) -> dict[str, Any]:
        """Return what the component draws.

        Args:
            urls: Where the browser finds images, by number of page.
        """
        found = urls or {}
        images = {page: PageImage(found.get(page), available=True) for page in self._images}
        data = page_data(
            self.origin,
            self.reviewed,
            self.log,
            self._answer(),
            head=self.head,
            language=self.words.language,
            words=_words(self.words),
            order=self._order,
            findings=self._found(),
            lock=self._shown_lock(),
            images=images,
            next_key=self.next_key,
        )
        for one in data["stranded"]:
            one["message"] = self.words(f"desk.why_stranded.{one['code']}", about=one["about"])
        return data

    def _answer(self) -> Answer:
        stale = tuple(self._stale)
        return Answer(
            self._confirmed, tuple(self._refused.items()), stale, self._by if stale else (), self._trouble
        )

    def _shown_lock(self) -> Lock | None:
        """One's own lock is renewed all the time, which is no news."""
        if self.lock is None or not self.lock.mine:
            return self.lock
        return Lock(self.lock.holder, _EVER, mine=True)

    def _found(self) -> tuple[Finding, ...]:
        from extractor.review.logic import findings

        record, language = self.reviewed.record, self.words.language
        if self._findings is None or self._findings[0] is not record or self._findings[1] != language:
            self._findings = (record, language, findings(record, language))
        return self._findings[2]


def _words(words: Words) -> dict[str, str]:
    pages = ("desk", "forms")
    return {f"{page}.{key}": sentence for page in pages for key, sentence in words.page(page).items()}
