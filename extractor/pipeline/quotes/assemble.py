"""From regions to quotes: what is speech, which parts are one speech, who speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.pipeline.annotations import QuoteFact
from extractor.pipeline.quotes.context import After, Lead, name_line, words_after, words_before
from extractor.pipeline.quotes.incises import Subject
from extractor.pipeline.quotes.interview import Interviewee
from extractor.pipeline.quotes.judge import is_speech
from extractor.pipeline.quotes.missing import supply_opening
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.regions import Region
from extractor.pipeline.quotes.speakers import Speaker, Speakers
from extractor.pipeline.quotes.speech import Speech, read_region
from extractor.pipeline.quotes.vocabulary import ADDING, ONWARD, SAYING, STOPS

_LONGEST_GAP = 70  # tokens by which the narrator may part one speech
_ROUTES = ("inside", "verb", "line")


@dataclass(slots=True)
class Said:
    """A region that is speech, with what stands around it."""

    speech: Speech
    lead: Lead
    after: After | None

    @property
    def subject(self) -> tuple[Subject, str] | None:
        """Who speaks in the narrator's words, best evidence first, and the route."""
        if self.speech.incise is not None:
            return self.speech.incise.subject, "inside"
        if self.after is not None and self.after.route == "verb":
            return self.after.subject, "verb"
        if self.lead.subject is not None and (self.lead.colon or self.lead.strong):
            return self.lead.subject, self.lead.route
        if self.after is not None:
            return self.after.subject, self.after.route
        return None


@dataclass(slots=True)
class Utterance:
    """One quote: the regions that belong to it, and whether the text tells who speaks.

    ``people`` are the persons whom the text names first as speaking; ``()`` where it uses other words.
    """

    said: list[Said] = field(default_factory=list)
    attributed: bool = False
    people: tuple[int, ...] | None = None

    def add(self, one: Said) -> None:
        """Take another region in."""
        self.said.append(one)
        subject = one.subject
        if subject is not None and not self.attributed:
            self.attributed = True
            self.people = subject[0].ref.people if subject[0].ref is not None else ()


def assemble(page: Page, regions: list[Region], asked: Interviewee) -> list[QuoteFact]:
    """Return the quotes that regions make up."""
    said = _all_said(page, regions)
    utterances: list[Utterance] = []
    for one in said:
        if not utterances or not _joins(page, utterances[-1], one):
            utterances.append(Utterance())
        utterances[-1].add(one)
    lines = _Lines(page)
    speakers = Speakers(page)
    facts = []
    for utterance in utterances:
        speaker = _speaker(page, utterance, speakers, lines, asked)
        _remember(speakers, utterance, speaker)
        facts.append(_fact(utterance, speaker))
    return facts


def _all_said(page: Page, regions: list[Region]) -> list[Said]:
    out: list[Said] = []
    floor = 0
    previous: Said | None = None
    for n, region in enumerate(regions):
        if region.start < 0 and not supply_opening(
            page, region, regions[n - 1] if n else None, previous is not None
        ):
            floor = page.token_after(region.right)
            previous = None
            continue
        speech = read_region(page, region)
        lead = words_before(page, region.left, region.block, floor)
        after = words_after(page, region.right, region.block, speech.stopped)
        carried = region.reopened and previous is not None
        if is_speech(page, speech, lead, after) or (
            speech.parts and (carried or _resumed(page, previous, speech))
        ):
            previous = Said(speech, lead, after)
            out.append(previous)
            floor = page.token_after(region.right)
        else:
            previous = None
    return out


def _resumed(page: Page, before: Said | None, speech: Speech) -> bool:
    """Tell whether a short region goes on with the speech that the narrator's words parted it from."""
    if before is None or before.after is None or before.after.incise is None:
        return False
    end, start = before.after.end, page.token_after(speech.region.left)
    if (
        speech.words < 3
        or start - end > 3
        or "\n" in page.source[before.speech.region.right : speech.region.left]
    ):
        return False
    return all(text in ".,:!?…" for text in page.text[end:start]) and (speech.stopped or not speech.capital)


# ------------------------------------------------------------------------------- one speech or two


def _joins(page: Page, utterance: Utterance, one: Said) -> bool:
    """Tell whether a region goes on with the speech before it."""
    before = utterance.said[-1]
    left, right = before.speech.region, one.speech.region
    if right.reopened:
        return True
    first, last = page.token_after(left.right), page.token_after(right.left)
    while first < last and page.text[first] in ".,;":
        first += 1
    if last - first > _LONGEST_GAP:
        return False
    same_paragraph = page.paragraph[left.block] == page.paragraph[right.block] or not _blank_between(
        page, left, right
    )
    own = one.speech.incise is not None or (one.after is not None and one.after.route == "verb")
    if own and _different(utterance, one):
        return False
    if first >= last:
        return (same_paragraph or not own) and _adjacent(page, left, right) and (utterance.attributed or own)
    if before.after is None or before.after.route != "verb":
        if not utterance.attributed and one.lead.route == "verb" and one.lead.subject is not None:
            return same_paragraph and _adds_on(page, first, last) and _goes_on(page, first, last, utterance)
        known = before.speech.incise is not None or before.lead.subject is not None
        return same_paragraph and known and _goes_on(page, first, last, utterance)
    if not same_paragraph and own:
        return False
    return _only_attribution(page, before.after.end, last, utterance)


def _blank_between(page: Page, left: Region, right: Region) -> bool:
    return "\n" in page.source[left.right : right.left]


def _adjacent(page: Page, left: Region, right: Region) -> bool:
    return page.paragraph[right.block] - page.paragraph[left.block] <= 1


def _different(utterance: Utterance, one: Said) -> bool:
    """Tell whether a region's own attribution names somebody else than the speech before it."""
    mine = one.subject
    if mine is None or mine[0].ref is None:
        return False
    return utterance.attributed and utterance.people != mine[0].ref.people


def _only_attribution(page: Page, first: int, last: int, utterance: Utterance) -> bool:
    """Tell whether nothing but the attribution, or words that lead on, stand in a gap."""
    end = last
    while end > first and page.text[end - 1] in ".,:!?…":
        end -= 1
    stop = next((i for i in range(first, end) if page.text[i] in STOPS and page.shape[i - 1] != "I"), -1)
    if stop >= 0:
        return _goes_on(page, stop + 1, last, utterance)
    for i in range(first, end):
        ref = page.ref_at(i)
        if (
            ref is not None
            and i + 1 < end
            and any(w in SAYING for w in page.norm[max(ref.last, i + 1) : min(end, i + 6)])
        ):
            return False
    return True


def _adds_on(page: Page, first: int, last: int) -> bool:
    """Tell whether "Et X de poursuivre :" names the speaker of what stands before it too."""
    return any(word in ADDING for word in page.norm[first:last])


def _goes_on(page: Page, first: int, last: int, utterance: Utterance) -> bool:
    """Tell whether words only lead on to more of the same speech: "et d'ajouter :", "puis :"."""
    ref = page.ref_in(first, last)
    if last - first > 14 or (ref is not None and utterance.attributed and ref.people != utterance.people):
        return False
    words = page.norm[first:last]
    if any(word in STOPS for word in words[:-1]):
        return False
    return any(word in ONWARD for word in words) or words in (
        ["puis", ":"],
        ["et", ":"],
        ["ou", "encore", ":"],
        ["et", "aussi", ":"],
    )


# ---------------------------------------------------------------------------------------- speakers


class _Lines:
    """Lines that give a speaker's name alone; each speaks for one quote."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.used: set[int] = set()

    def above(self, block: int) -> Subject | None:
        """Return the name on the line above, or one line higher up above a short line about the speaker."""
        b = self._step(block, -1)
        subject = self._at(b)
        if subject is not None or b < 0 or b in self.used:
            return subject
        line = self.page.blocks[b]
        short = line.last - line.first <= 8 and not {*self.page.text[line.first : line.last]} & STOPS
        return (
            self._at(self._step(b, -1)) if short and line.kind in ("heading", "paragraph", "bullet") else None
        )

    def below(self, block: int) -> Subject | None:
        return self._at(self._step(block, 1))

    def _step(self, block: int, by: int) -> int:
        b = block + by
        while (
            0 <= b < len(self.page.blocks)
            and self.page.blocks[b].kind == "boilerplate"
            and abs(b - block) < 5
        ):
            b += by
        return b

    def _at(self, b: int) -> Subject | None:
        if b in self.used:
            return None
        subject = name_line(self.page, b)
        if subject is not None:
            self.used.add(b)
        return subject


def _speaker(
    page: Page, utterance: Utterance, speakers: Speakers, lines: _Lines, asked: Interviewee
) -> Speaker:
    """Return the speaker of an utterance: told inside, behind, before, on the next line, or in focus."""
    at = utterance.said[0].speech.first
    if _adds(page, utterance, speakers, at) and speakers.last is not None:
        same = speakers.last
        return Speaker(same.person, same.name, same.role, "carried")
    found: list[tuple[int, Subject, str]] = []
    for one in utterance.said:
        told = one.subject
        if told is not None:
            rank = _ROUTES.index(told[1]) if told[1] in _ROUTES else 1
            found.append((rank, *told))
    named = [f for f in found if f[1].kind in ("ref", "name")]
    for rank, subject, route in sorted(named or found, key=lambda f: f[0]):
        if rank <= 1:
            return speakers.resolve(subject, route, at)
    first, last = utterance.said[0].speech.region, utterance.said[-1].speech.region
    alone = utterance.said[0].lead.boundary and page.token_after(first.left) <= page.blocks[first.block].first
    if alone and (above := lines.above(first.block)) is not None:
        return speakers.resolve(above, "line", at)
    if found:
        return speakers.resolve(found[0][1], found[0][2], at)
    if alone and asked.answers(first.block):
        return asked.speaker(speakers)
    end = page.block_at(max(last.right - 1, 0))
    if (
        end >= 0
        and not page.source[last.right : page.blocks[end].end].strip()
        and (below := lines.below(end)) is not None
    ):
        return speakers.resolve(below, "line", at)
    return speakers.focus(at, False, "carried")


def _adds(page: Page, utterance: Utterance, speakers: Speakers, at: int) -> bool:
    """Tell whether "ajoute le gagnant", without a name, means whoever spoke just before."""
    one = utterance.said[0]
    incise = one.speech.incise or (one.after.incise if one.after is not None else None)
    if incise is None or page.norm[incise.verb] not in ADDING or at - speakers.last_at > 8:
        return False
    return incise.subject.kind != "name" and (incise.subject.ref is None or incise.subject.ref.form != "name")


def _remember(speakers: Speakers, utterance: Utterance, speaker: Speaker) -> None:
    for one in utterance.said:
        speakers.note(one.speech.first, max(one.speech.last, one.speech.first + 1), None, -1)
    last = utterance.said[-1]
    at = last.speech.last
    if last.after is not None and last.after.route == "verb":
        at = max(at, last.after.end)
    speakers.note(last.speech.last, last.speech.last, speaker, at)


def _fact(utterance: Utterance, speaker: Speaker) -> QuoteFact:
    return QuoteFact(
        parts=[part for one in utterance.said for part in one.speech.parts],
        speaker=speaker.person,
        speaker_name=speaker.name,
        speaker_role=speaker.role,
        route=speaker.route,
        place=speaker.place,
        closed=all(one.speech.region.closed for one in utterance.said),
    )
