"""Speech without quote marks: "X (Team) : J'étais confiant...", names alone on a line, dialogue dashes."""

from __future__ import annotations

from bisect import bisect_right

from extractor.pipeline.annotations import QuoteFact
from extractor.pipeline.quotes.context import name_line
from extractor.pipeline.quotes.incises import Subject, subject_at
from extractor.pipeline.quotes.interview import Interviewee
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.regions import Region
from extractor.pipeline.quotes.speakers import Speaker, Speakers
from extractor.pipeline.quotes.speech import read_region, trim
from extractor.pipeline.quotes.vocabulary import EVENT_WORDS, FINITE, FIRST_PERSON, SINGULAR, STOPS, terms

_SHARE = 25  # of so many words one at least is about oneself where somebody goes on speaking
_COLON = 16  # tokens within which the colon behind a speaker is looked for
_SKIPPED = ("boilerplate", "table")


def unmarked(page: Page, quotes: list[QuoteFact], asked: Interviewee) -> list[QuoteFact]:
    """Return the speech of blocks in which no quote was found."""
    taken = _blocks_of(page, quotes)
    speakers = Speakers(page)
    facts: list[QuoteFact] = []
    reactions = False
    b = 0
    while b < len(page.blocks):
        block = page.blocks[b]
        if block.kind in ("heading", "title") and name_line(page, b) is None:
            reactions = _is_reactions(page, b)
        if b in taken or block.kind in _SKIPPED:
            b += 1
            continue
        fact, after = _answer(page, speakers, b, taken, asked)
        if fact is None:
            fact, after = _speaker_line(page, speakers, b, taken, reactions)
        if fact is None:
            fact, after = _name_alone(page, speakers, b, taken, reactions)
        if fact is None:
            fact, after = _told(page, speakers, b)
        if fact is not None:
            facts.append(fact)
        b = max(after, b + 1)
    return facts


def _blocks_of(page: Page, quotes: list[QuoteFact]) -> set[int]:
    """Return the blocks in which quotes lie."""
    taken: set[int] = set()
    for quote in quotes:
        for start, end in quote.parts:
            b = bisect_right(page.block_starts, start) - 1
            while 0 <= b < len(page.blocks) and page.blocks[b].start < end:
                taken.add(b)
                b += 1
    return taken


def _is_reactions(page: Page, b: int) -> bool:
    block = page.blocks[b]
    return bool(terms(page.norm[block.first : min(block.last, block.first + 12)], "reactions"))


def _evidence(page: Page, first: int, last: int) -> tuple[int, int, int]:
    """Count words, words of oneself, and those in the singular."""
    words = own = single = 0
    for norm in page.norm[first:last]:
        if norm[0].isalnum():
            words += 1
            own += norm in FIRST_PERSON
            single += norm in SINGULAR
    return words, own, single


def _answer(
    page: Page, speakers: Speakers, b: int, taken: set[int], asked: Interviewee
) -> tuple[QuoteFact | None, int]:
    """Read the answer to a question of an interview, with the paragraphs that go on with it."""
    if not asked.answers(b) or page.speaker_colon(b) >= 0:
        return None, b
    parts: list[tuple[int, int]] = []
    question, end = asked.interview.answers[b], b
    while asked.interview.answers.get(end) == question and end not in taken:
        block = page.blocks[end]
        dashed = block.last - block.first > 1 and page.text[block.first] in "–—-"
        parts += _parts(page, page.tokens.end[block.first] if dashed else block.start, block.end)
        end += 1
    return _fact(parts, asked.speaker(speakers)), end


def _speaker_line(
    page: Page, speakers: Speakers, b: int, taken: set[int], reactions: bool
) -> tuple[QuoteFact | None, int]:
    """Read "X (Team) : J'étais confiant" with what follows in the next paragraphs."""
    block = page.blocks[b]
    colon = next(
        (k for k in range(block.first, min(block.first + _COLON, block.last)) if page.text[k] == ":"), -1
    )
    if colon < 0:
        return None, b
    subject = _before_colon(page, block.first, colon, reactions)
    if subject is None:
        return None, b
    end = b + 1
    while (
        end < len(page.blocks)
        and page.paragraph[end] == page.paragraph[b]
        and end not in taken
        and end - b < 40
    ):
        end += 1
    last = page.blocks[end - 1].last
    words, own, single = _evidence(page, colon + 1, last)
    if (
        words == 0
        and end < len(page.blocks)
        and end not in taken
        and page.blocks[end].kind in ("paragraph", "bullet")
    ):
        last = page.blocks[end].last
        words, own, single = _evidence(page, page.blocks[end].first, last)
        end += 1
        if not single:
            return None, b
    if words < 4 or not (own or (reactions and _finite(page, colon + 1, last))):
        return None, b
    parts = _parts(page, page.tokens.end[colon], page.tokens.end[last - 1])
    if single:
        end = _further(page, end, taken, parts)
    return _fact(parts, speakers.resolve(subject, "colon", colon + 1)), end


def _finite(page: Page, first: int, last: int) -> bool:
    return any(norm in FINITE for norm in page.norm[first:last]) and page.text[last - 1] in STOPS


def _before_colon(page: Page, first: int, colon: int, reactions: bool) -> Subject | None:
    """Return who stands before a colon, if nothing but a speaker does."""
    norm = page.norm
    while first < colon and not norm[first][0].isalnum():
        first += 1
    for lead in terms(norm[first : min(first + 5, colon)], "lead")[:1]:
        if lead.start == 0:
            behind = first + lead.end
            return subject_at(page, behind, colon, strict=False) or _lower_name(page, behind, colon)
    ref = page.ref_in(first, min(first + 4, colon))
    if ref is not None and ref.form == "name":
        end = max(ref.outer, ref.last)
        plain = end >= colon or norm[end] in (",", "(", "-", "–", "—", "/", "[", "#")
        roles = terms(norm[first : ref.first], "role")
        if plain and (
            first == ref.first or roles or all(page.shape[i] in "CUI" for i in range(first, ref.first))
        ):
            return Subject("ref", ref.first, ref.last, ref)
        return None
    roles = [t for t in terms(norm[first:colon], "role") if t.value != "driver"]
    if roles and colon - first <= 8:
        return Subject("nominal", first, colon)
    if any(i in page.places for i in range(first, colon)):
        return None
    named = all(page.shape[i] in "CUI" or page.text[i] in "-'’" for i in range(first, colon))
    if named and 1 <= colon - first <= 4 and not any(norm[i] in EVENT_WORDS for i in range(first, colon)):
        return Subject("name", first, colon) if reactions or colon - first >= 2 else None
    return None


def _lower_name(page: Page, first: int, colon: int) -> Subject | None:
    """Read a name that a hasty typist left without capitals."""
    if 0 < colon - first <= 3 and all(page.text[i].isalpha() for i in range(first, colon)):
        return Subject("name", first, colon)
    return None


def _parts(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    trimmed = trim(page.source, start, end)
    return [trimmed] if trimmed is not None else []


def _further(page: Page, b: int, taken: set[int], parts: list[tuple[int, int]]) -> int:
    """Add the next paragraphs, as long as the speaker goes on; return the block behind."""
    while b < len(page.blocks) and b not in taken and page.blocks[b].kind == "paragraph":
        block = page.blocks[b]
        words, own, single = _evidence(page, block.first, block.last)
        if (
            not single
            or words < 5
            or own * _SHARE < words
            or page.speaker_colon(b) >= 0
            or page.text[block.last - 1] not in STOPS
        ):
            break
        parts += _parts(page, block.start, block.end)
        b += 1
    return b


def _name_alone(
    page: Page, speakers: Speakers, b: int, taken: set[int], reactions: bool
) -> tuple[QuoteFact | None, int]:
    """Read a speaker's name alone on a line and speech on the next, or the other way about."""
    block = page.blocks[b]
    subject = name_line(page, b)
    following = b + 1
    if subject is not None and following < len(page.blocks) and following not in taken:
        body = page.blocks[following]
        words, _, single = _evidence(page, body.first, body.last)
        enough = single >= 1 if reactions else single >= 2
        if (
            body.kind in ("paragraph", "bullet")
            and words >= 5
            and enough
            and page.speaker_colon(following) < 0
        ):
            parts = _parts(page, body.start, page.paragraph_end[following])
            end = following + 1
            while end < len(page.blocks) and page.paragraph[end] == page.paragraph[following]:
                end += 1
            end = _further(page, end, taken, parts)
            return _fact(parts, speakers.resolve(subject, "line", body.first)), end
    if subject is None and block.kind in ("paragraph", "bullet") and following < len(page.blocks):
        words, _, single = _evidence(page, block.first, block.last)
        signed = page.text[page.blocks[following].first] in "–—-"
        if words >= 5 and single >= (1 if reactions or signed else 3) and (reactions or signed):
            below = name_line(page, following)
            if below is not None and following not in taken:
                parts = _parts(page, block.start, block.end)
                return _fact(parts, speakers.resolve(below, "line", block.first)), following + 1
    return None, b


def _told(page: Page, speakers: Speakers, b: int) -> tuple[QuoteFact | None, int]:
    """Read sentences with "nous dit X" among words in the first person, with a dash or without."""
    block = page.blocks[b]
    if block.kind == "list" or not any(
        norm in SINGULAR or norm == "nous" for norm in page.norm[block.first : block.last]
    ):
        return None, b
    dash = page.text[block.first] in "–—-"
    for first, last in _own_sentences(page, b):
        start, end = page.tokens.start[first], page.tokens.end[last - 1]
        speech = read_region(page, Region(start, end, start, end, b, closed=False))
        spoken = sum(norm in SINGULAR for norm in page.norm[speech.first : speech.last])
        if speech.incise is None or not speech.incise.strong or speech.words < 5 or not (spoken or dash):
            continue
        speaker = speakers.resolve(speech.incise.subject, "inside", first)
        return _fact(speech.parts, speaker), b + 1
    return None, b


def _own_sentences(page: Page, b: int) -> list[tuple[int, int]]:
    """Return runs of sentences of a block in which somebody speaks of themselves, as token ranges."""
    runs: list[tuple[int, int]] = []
    i = bisect_right(page.sentence_starts, page.blocks[b].first) - 1
    sentences = page.layout.sentences
    while 0 <= i < len(sentences) and sentences[i].block == b:
        sentence = sentences[i]
        if any(norm in SINGULAR for norm in page.norm[sentence.first : sentence.last]):
            if runs and runs[-1][1] == sentence.first:
                runs[-1] = (runs[-1][0], sentence.last)
            else:
                runs.append((sentence.first, sentence.last))
        i += 1
    return runs


def _fact(parts: list[tuple[int, int]], speaker: Speaker) -> QuoteFact | None:
    if not parts:
        return None
    return QuoteFact(
        parts,
        speaker.person,
        speaker.name,
        speaker.role,
        route=speaker.route,
        place=speaker.place,
        closed=False,
    )
