"""Parts of a text that tell of a field each, known by their people: no list need know the class.

Under "Maxi Sprint" and under "Tourisme Duo" others are named, and each has somebody who wins: these are
classes that start on their own, whatever their names mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Block, Layout, Sentence
from extractor.pipeline.sessions.apart import key
from extractor.pipeline.sessions.crowd import Crowd

_SHARED = word_set("sessions_words", "shared_classes")
_NO_PART = (
    word_set("sessions_words", "no_section")
    | word_set("sessions_words", "no_label")
    | word_set("sessions_words", "rounds")
    | word_set("sessions_words", "no_part")
)
_WINS = ("win", "win_right")
_FIRSTS = frozenset(("1er", "1re", "1ere"))
_OPENERS = frozenset(("en", "chez", "cote", "dans", "pour", "quant"))
_BETWEEN = frozenset(
    ("les", "la", "le", "l'", "aux", "a", "categorie", "classe", "division", "plateau", "course")
)
_ENDS = frozenset(("(", ":", "–", "—", ",", "."))
_FORMS = ("heading", "paragraph", "list", "table", "bullet")
_LONGEST = 5  # tokens of a label
_STORY = 8  # tokens: a paragraph that says more than a label
_MOST_SHARED = 2 / 5  # of a part's people who may be told in another part
_MOST_OUTSIDE = 1 / 2  # of a part's people who may be told outside the parts


@dataclass(slots=True)
class _Part:
    """A label at the head of a block, with what is told until the next."""

    first: int
    label: str
    form: str
    known: bool
    last: int = 0
    people: set[int] = field(default_factory=set)
    won: bool = False
    told: bool = False  # in sentences or races of its own, not in a list alone

    @property
    def key(self) -> tuple[str, ...]:
        return key(self.label.lower().split())


class Companies:
    """Finds the labels under which a field of its own is told."""

    def __init__(self, layout: Layout, crowd: Crowd, *, people: set[int], classes: set[int]) -> None:
        self._layout, self._crowd = layout, crowd
        self._tokens = layout.tokens
        self._people, self._classes = people, classes

    def find(self, sessions: set[int], *, knockout: bool) -> dict[int, str]:
        """Return the classes that race apart by the first token of the block that each of them heads.

        Args:
            sessions: The tokens with which sessions are named.
            knockout: Whether heats lead to finals, so that juniors and seniors start on their own, too.
        """
        labelled = self._candidates(sessions, knockout=knockout)
        if len({p.key for p in labelled}) < 2:
            return {}
        self._fill(labelled, sessions)
        forms = {p.form for p in labelled}
        kept = [p for form in sorted(forms) for p in self._apart([q for q in labelled if q.form == form])]
        keys = {p.key: p.label for p in kept}
        if not self._told_inside(labelled, set(keys)):
            return {}
        return {p.first: keys[p.key] for p in labelled if p.key in keys}

    def _candidates(self, sessions: set[int], *, knockout: bool) -> list[_Part]:
        found: list[_Part] = []
        doubtful: list[_Part] = []
        for number, block in enumerate(self._layout.blocks):
            if number == 0 or block.kind not in _FORMS:
                continue
            start = self._opened(block)
            end = self._label_end(block, start)
            words = range(start, end)
            norm = self._tokens.norm[start:end]
            if (
                not norm
                or set(norm) & _NO_PART
                or any(i in sessions for i in words)
                or (set(norm) <= _SHARED and not knockout)
            ):
                continue
            label = self._tokens.surface(start, end)
            known = any(i in self._classes for i in words) or any(w.isdecimal() for w in norm)
            part = _Part(block.first, label, self._form(block, end, label), known)
            (doubtful if any(i in self._people for i in words) else found).append(part)
        sure = {p.key for p in found}  # "Tourisme Duo" is nobody where it heads a list, too
        return sorted(found + [p for p in doubtful if p.key in sure], key=lambda p: p.first)

    def _form(self, block: Block, end: int, label: str) -> str:
        """Return what the labels of one set have in common: how they stand, and their capitals."""
        mark = "" if end >= block.last or block.kind == "heading" else self._tokens.text[end]
        kind = "list" if block.kind in ("list", "table", "bullet") else block.kind
        return f"{kind} {mark} {label.isupper()}"

    def _opened(self, block: Block) -> int:
        """Return where a class may be named in a paragraph: behind "En", "Chez les", "Côté"."""
        norm, i = self._tokens.norm, block.first
        if block.kind != "paragraph" or norm[i] not in _OPENERS or block.last - i < 2:
            return i  # a paragraph that is nothing but "En" names no class
        i += 1
        while i < block.last - 1 and norm[i] in _BETWEEN:
            i += 1
        return i

    def _label_end(self, block: Block, first: int) -> int:
        """Return the end of the words that may be a label, their first token if they are none."""
        tokens = self._tokens
        if first >= block.last or tokens.shape[first] not in "CUdeI":
            return first
        end = next((i for i in range(first, block.last) if tokens.text[i] in _ENDS), block.last)
        marked = end < block.last
        if end - first > _LONGEST or not any(c.isalpha() for c in tokens.surface(first, end)):
            return first
        if first > block.first:
            return end if marked and tokens.text[end] == "," else first
        if block.kind == "heading":
            return end if not marked or tokens.text[end] != "," else first
        return end if marked and tokens.text[end] in (":", ".", "–", "—", "(") else first

    def _fill(self, parts: list[_Part], sessions: set[int]) -> None:
        """Note who is told in each part, and whether somebody wins there."""
        starts = sorted(p.first for p in parts)
        heads = [b.first for b in self._layout.blocks if b.kind in ("heading", "title")]
        ends = sorted({*starts, *heads, len(self._tokens)})
        results = self._tokens.terms("results")
        for part in parts:
            part.last = next(e for e in ends if e > part.first)
            part.people = self._crowd.people(Sentence(part.first, part.last, 0))
            part.told = any(part.first < i < part.last for i in sessions) or any(
                b.kind == "paragraph" and part.first <= b.first < part.last and b.last - part.first > _STORY
                for b in self._layout.blocks
            )
            part.won = any(
                self._tokens.norm[i] in _FIRSTS
                or (self._tokens.text[i] == "1" and self._tokens.text[i + 1 : i + 2] in (["."], [")"], ["-"]))
                or any(t.category in _WINS for t in results.get(i, ()))
                for i in range(part.first, part.last)
            )

    def _apart(self, parts: list[_Part]) -> list[_Part]:
        """Return those of one form that have their own people and winner, if several do."""
        told = [p for p in parts if p.people]
        own = [
            p
            for p in told
            if len(p.people & set().union(*(o.people for o in told if o.key != p.key)))
            <= _MOST_SHARED * len(p.people)
        ]
        won = {p.key for p in own if p.won and p.told and len(p.people) > 1}
        if len(won) < 2 or not any(p.known for p in own if p.key in won):
            return []
        return [p for p in own if p.key in won or p.known]

    def _told_inside(self, parts: list[_Part], keys: set[tuple[str, ...]]) -> bool:
        """Tell whether most of the people of the parts are told there alone: else they share a race."""
        inside = [p for p in parts if p.key in keys]
        people = set().union(*(p.people for p in inside))
        outside: set[int] = set()
        spans = sorted((p.first, p.last) for p in inside)
        for block in self._layout.blocks:
            if block.kind in ("paragraph", "lead") and not any(
                first <= block.first < last for first, last in spans
            ):
                outside |= self._crowd.people(Sentence(block.first, block.last, 0))
        return bool(people) and len(people & outside) <= _MOST_OUTSIDE * len(people)
