"""Interviews: questions on lines of their own, and whose the answers below them are."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from extractor.pipeline.annotations import Block
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.speakers import Speaker, Speakers
from extractor.pipeline.quotes.vocabulary import FIRST_PERSON, PREPOSITIONS, SINGULAR
from extractor.pipeline.quotes.winner import place_meant

_LONGEST = 45  # tokens of a question
_FEWEST = 2  # questions that make an interview
_DASHES = "–—-"
_ASKED = ("heading", "paragraph", "bullet")
_ANSWERS = ("paragraph", "bullet", "quote")
_LINES = 4  # blocks that may be answers to one question


@dataclass(slots=True)
class Interview:
    """Questions of an interview, and the blocks that answer them.

    Attributes:
        questions: The blocks that ask, in reading order.
        answers: For each block that answers, the question that it answers.
    """

    questions: list[int] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)


def find_interview(page: Page) -> Interview:
    """Return the interview of a page; it is empty where nobody is asked anything.

    A question is a short block that ends with a question mark, or, where others do, one that begins with
    the same dash or stands as they do, above an answer. One question alone may be the narrator's own.
    """
    asked = [b for b in range(len(page.blocks)) if _asks(page, b)]
    answered = [b for b in asked if _answers(page, b + 1, asked)]
    if len(answered) < _FEWEST:
        return Interview()
    known = set(asked)
    dashed = all(page.text[page.blocks[b].first] in _DASHES for b in answered)
    first = answered[0]
    if dashed:
        known |= {b for b in range(first, len(page.blocks)) if _dashed_question(page, b)}
    interview = Interview(sorted(known))
    for question in interview.questions:
        below = question + 1
        if below < len(page.blocks) and below not in known and page.blocks[below].kind in _ANSWERS:
            interview.answers[below] = question
            for b in _answers(page, below + 1, interview.questions, further=True):
                interview.answers[b] = question
    return interview


class Interviewee:
    """Who answers, looked for once somebody asks for it."""

    def __init__(self, page: Page, interview: Interview) -> None:
        self.page, self.interview = page, interview
        self._found: Speaker | None = None

    def answers(self, block: int) -> bool:
        """Tell whether a block answers a question."""
        return block in self.interview.answers

    def speaker(self, speakers: Speakers) -> Speaker:
        """Return whoever the first question addresses, else whoever is presented above it."""
        if self._found is None:
            block = self.page.blocks[min(self.interview.answers.values())]
            self._found = (
                self._addressed(block)
                or self._presented(block.first)
                or speakers.focus(block.first, False, "carried")
            )
        return self._found

    def _addressed(self, block: Block) -> Speaker | None:
        """Read "Paul, comment avez-vous gagné ?"."""
        page = self.page
        first = block.first + (page.text[block.first] in _DASHES)
        ref = page.ref_at(first)
        if ref is None or not ref.people or ref.last >= block.last or page.text[ref.last] != ",":
            return None
        return Speaker(ref.people[0], page.tokens.surface(first, ref.last), "driver", "heading")

    def _presented(self, at: int) -> Speaker | None:
        """Read the paragraph above: "Le vainqueur raconte." or the first whom nothing governs."""
        page = self.page
        above = bisect_right(page.sentence_starts, at - 1) - 1
        if above < 0:
            return None
        sentence = page.layout.sentences[above]
        place = place_meant(page, sentence.first, min(sentence.first + 2, sentence.last))
        block = page.blocks[sentence.block]
        ref = next(
            (
                r
                for r in page.refs_in(block.first, block.last)
                if r.people
                and page.people.persons[r.people[0]].competes
                and (r.first == block.first or page.norm[r.first - 1] not in PREPOSITIONS)
            ),
            None,
        )
        if ref is None:
            return Speaker(place=place, route="nominal") if place is not None else None
        name = page.tokens.surface(ref.first, ref.last)
        return Speaker(ref.people[0], name, "driver", "nominal" if place else "carried", place)


def _asks(page: Page, b: int) -> bool:
    block = page.blocks[b]
    if block.kind not in _ASKED or block.last - block.first > _LONGEST:
        return False
    words = page.text[block.first : block.last]
    return words[-1] == "?" and not {"«", "“", '"'} & set(words)


def _dashed_question(page: Page, b: int) -> bool:
    """Tell whether a short line behind a dash stands above an answer: "— Restait la pluie."."""
    block = page.blocks[b]
    short = block.kind == "bullet" and block.last - block.first <= _LONGEST
    quoted = b + 1 < len(page.blocks) and page.blocks[b + 1].kind == "quote"
    return short and quoted and page.text[block.first] in _DASHES


def _answers(page: Page, b: int, asked: list[int], further: bool = False) -> list[int]:
    """Return the blocks from ``b`` on that answer: somebody speaks of himself, or marks or a dash say so.

    ``further``: an answer has begun above, and marks alone do not go on with it.
    """
    found: list[int] = []
    while b < len(page.blocks) and b not in asked and len(found) < _LINES:
        block = page.blocks[b]
        words = set(page.norm[block.first : block.last])
        begins = not further and not found
        told = begins and (page.text[block.first] in (*_DASHES, "«", '"', "“") or bool(FIRST_PERSON & words))
        if block.kind not in _ANSWERS or not (told or SINGULAR & words) or page.speaker_colon(b) >= 0:
            break
        found.append(b)
        b += 1
    return found
