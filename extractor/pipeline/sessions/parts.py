"""Parts of a text that are a class each, known by their likeness: "FORMULE FORD (samedi)", "Supercar. X"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Block, Layout, Name, Sentence
from extractor.pipeline.sessions.apart import key
from extractor.pipeline.sessions.crowd import Crowd

_RESULTS = word_set("sessions_words", "results_heads")
_NO_SECTION = word_set("sessions_words", "no_section") | _RESULTS
_NO_LABEL = word_set("sessions_words", "no_label")
_SHARED = word_set("sessions_words", "shared_classes")
_CONTEST = word_set("sessions_words", "contest_signs")
_CLASS_HEADS = word_set("sessions_words", "class_heads")
_JOINED = frozenset(("et", "&", "/", "+", "-", "–", "—", "de", "plus", "moins"))
_LONGEST = 5  # words of a class
_LONGEST_HEAD = 16  # words of a line that names one, with what stands in brackets
_STOPS = frozenset(("(", "–", "—", ":", ",", "."))
_RUN_IN = frozenset((".",))
_MOST_SHARED = 1 / 3

Label = tuple[int, int]


class Parts:
    """The labels of the classes that a text tells one after the other.

    A class need be known to no list where others like it are: two at least read as classes, and under two
    at least a start, a lap or a final is told, by people whom the other parts do not tell of.
    """

    def __init__(
        self,
        layout: Layout,
        people: set[int],
        crowd: Crowd,
        read: Callable[[int], int | None],
        names: Mapping[int, Name],
    ) -> None:
        self.layout = layout
        self.norm, self.text, self.shape = layout.tokens.norm, layout.tokens.text, layout.tokens.shape
        self._people, self._crowd, self._read, self._names = people, crowd, read, names
        self.heads: dict[int, int] = {}  # first token of the label -> its end
        found = [label for s in layout.sentences if (label := self._label(s)) is not None]
        for form in (0, 1, 2):
            alike = [label for label in found if self._form(label) == form]
            if self._apart(alike):
                self.heads.update(alike)

    def _form(self, label: Label) -> int:
        """Return how a label is printed: 0 run in, 1 a heading in capitals, 2 another heading."""
        if self.text[label[1] : label[1] + 1] == ["."]:
            return 0
        return 1 if self.layout.tokens.surface(*label).isupper() else 2

    def _label(self, sentence: Sentence) -> Label | None:
        """Return the label with which a heading or a paragraph opens, if it may be a class's."""
        block = self.layout.blocks[sentence.block]
        if block.first != sentence.first or self.shape[block.first] not in ("C", "U", "d"):
            return None
        if block.kind == "heading" and block.last - block.first <= _LONGEST_HEAD:
            end = next((i for i in range(block.first, block.last) if self.text[i] in _STOPS), block.last)
            if self.text[end : end + 1] == [","] and self._people & set(range(end, block.last)):
                return None  # "Coupe de Brume, par Louis Marchal"
        elif block.kind == "paragraph" and sentence.last < block.last:
            end = sentence.last - 1
            if self.text[end] not in _RUN_IN:
                return None
        else:
            return None
        words = set(self.norm[block.first : end])
        if not 0 < end - block.first <= _LONGEST or words & (_NO_SECTION | _NO_LABEL):
            return None
        if self._people & set(range(block.first, end)):
            return None
        return block.first, end

    def _classlike(self, label: Label) -> bool:
        """Tell whether a label reads as a class that may start on its own."""
        first, end = label
        norm = self.norm[first:end]
        if set(norm) <= _SHARED | _JOINED or (norm[0] == "groupe" and end - first <= 2):
            return False
        if norm[0] in _CLASS_HEADS and end - first > 1:
            return True
        last = self._read(first)
        name = self._names.get(first)
        if name is not None:
            last = max(last or 0, name.last)
        return last is not None and (last >= end or all(self._goes_on(i) for i in range(last, end)))

    def _goes_on(self, i: int) -> bool:
        return self.shape[i] in ("C", "U", "d") or self.norm[i] in _JOINED or self.text[i] == "."

    def _apart(self, labels: list[Label]) -> bool:
        """Tell whether labels are those of classes that start on their own."""
        told: dict[tuple[str, ...], set[int]] = {}
        contested: set[tuple[str, ...]] = set()
        closing = [b.first for b in self.layout.blocks if b.kind == "heading" and self._sums_up(b)]
        for k, (first, end) in enumerate(labels):
            name = key(self.norm[first:end])
            last = labels[k + 1][0] if k + 1 < len(labels) else len(self.norm)
            last = min((i for i in closing if first < i < last), default=last)
            told.setdefault(name, set()).update(self._crowd.people(Sentence(first, last, 0)))
            if _CONTEST & set(self.norm[end:last]):
                contested.add(name)
        classlike = {key(self.norm[f:e]) for f, e in labels if self._classlike((f, e))}
        if len(classlike) < 2 or 2 * len(classlike) < len(told) or len(contested) < 2:
            return False
        return self._parted([people for people in told.values() if people], labels[0][0])

    def _sums_up(self, block: Block) -> bool:
        """Tell whether a heading opens the results of all classes: "Les podiums :"."""
        return bool(_RESULTS & set(self.norm[block.first : block.first + 3]))

    def _parted(self, told: list[set[int]], first: int) -> bool:
        """Tell whether every part has people of its own, and not those whom the text has told all before."""
        before = self._crowd.people(Sentence(0, first, 0))
        for k, people in enumerate(told):
            others = set().union(*(o for j, o in enumerate(told) if j != k))
            if len(people & others) > _MOST_SHARED * len(people) + 1:
                return False
            if len(people) > 2 and 2 * len(people & before) > len(people) + 1:
                return False
        return len(told) > 1
