"""Speech: what is said after the race, and how the report brings it in."""

from __future__ import annotations

from extractor.corpus.draft import QuoteFact
from extractor.corpus.generator.model import Run
from extractor.corpus.generator.page import Name
from extractor.corpus.generator.referring import Ref
from extractor.corpus.generator.telling import Given, Teller, Told
from extractor.corpus.generator.templates import topics
from extractor.corpus.markup import Range

_ROLES = {"team": "team", "organiser": "organiser", "official": "official"}


class Speeches:
    """Brings in speech; nothing is said twice in one report."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.left: dict[str, list[str]] = {}

    def driver(self, run: Run) -> None:
        """Let one of those who finished or retired speak."""
        teller, chance = self.teller, self.teller.chance
        placed = chance.below(min(len(run.final), 5)) if run.final else 0
        mood, entry = ("winner" if placed == 0 else "placed"), run.final[placed].entry
        told_out = [entry for entry, happening in run.out if happening.key]
        if told_out and chance.happens(0.25):
            mood, entry = "beaten", chance.pick(told_out)
        ref = Ref(entry, chance.below(len(entry.people)))
        frame = chance.weighed({"after": 5, "before": 5, "line": 3, "split": 2})
        if frame in ("line", "before") and chance.happens(0.4):
            teller.page.line()
        at = self._bring(frame, mood, A=ref)
        self._note(at, ref.keys[0], run)

    def other(self) -> None:
        """Let somebody speak who does not race."""
        teller, chance = self.teller, self.teller.chance
        if not teller.meeting.officials or chance.happens(0.1):
            at = self._bring("unknown", "crowd")
            self._note(at, None, None)
            return
        name, role = teller.meeting.officials.pop()
        post = chance.pick(topics()[f"post.{role}"]["any"])
        at = self._bring("other", "boss", N=Name((), "name", (name,)), post=post)
        key = f"q{len(teller.facts.quotes) + 1}"
        values = {"kind": "direct", "speaker_name": teller.shape(name), "speaker_role": _ROLES[role]}
        teller.facts.quotes.append(QuoteFact(at, 0, key, None, None, values))

    def _words(self, mood: str, most: int) -> list[str]:
        said = self.left.setdefault(mood, self.teller.chance.mixed(topics()[f"speech.{mood}"]["any"]))
        if not said:
            said += topics()[f"speech.{mood}"]["any"]
        return [said.pop() for _ in range(min(self.teller.chance.between(1, most), len(said)))]

    def _bring(self, frame: str, mood: str, **given: Given) -> tuple[Range, ...]:
        teller = self.teller
        opening, closing = teller.habits.marks
        words: dict[str, Given] = {"o": opening, "c": closing, **given}
        sentences = self._words(mood, 3)
        speech = " ".join(sentences)
        if frame == "split":
            speech = " ".join(sentences[1:] or self._words(mood, 1))
            words["Q1"], words["Q2"] = sentences[0].rstrip("."), speech
        else:
            if frame in ("after", "other", "unknown"):
                speech = speech.rstrip(".")
            words["Q"] = speech
        page = teller.page
        page.begin()
        teller.caller.sentence()
        told = teller.tell(f"frame.{frame}", **words)
        if page.last not in closing or speech[-1] not in ".!?":
            page.stop()
        return _stretches(told)

    def _note(self, at: tuple[Range, ...], speaker: str | None, run: Run | None) -> None:
        facts = self.teller.facts
        key = f"q{len(facts.quotes) + 1}"
        values = {"kind": "direct", **({"speaker_role": "driver"} if speaker else {})}
        session = run.key if run and run.key in facts.sessions else None
        facts.quotes.append(QuoteFact(at, 0, key, session, speaker, values))


def _stretches(told: Told) -> tuple[Range, ...]:
    return tuple(sorted(told.slots[name] for name in ("Q", "Q1", "Q2") if name in told.slots))
