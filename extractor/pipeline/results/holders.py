"""Who holds the place that an ordinal tells: "X, troisième", "la 3e place revient à X"."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref, Sentence
from extractor.pipeline.results.context import PLACE_NOUNS, TIME_NOUNS
from extractor.pipeline.results.sequences import Sequences
from extractor.values.numbers import ordinal_at

_OPENERS = word_set("results_words", "focus_openers")
_BE = word_set("grammar_words", "be")
_BEFORE_PLACE = word_set("results_words", "before_place")
_ARTICLES = frozenset(("le", "la", "les", "au", "du", "l'"))


class Holders(Sequences):
    """Holders of places."""

    _told: tuple[int, tuple[int, ...]]

    def _holder(
        self, sentence: Sentence, first: int, end: int
    ) -> tuple[tuple[int, ...], Ref | None, str] | None:
        """Return who holds the place, and how that is said."""
        text, norm = self.tokens.text, self.tokens.norm
        told_end, told = self._told
        if (
            first - told_end <= 5
            and not self.discourse.refs_between(told_end, first)
            and set(norm[told_end:first]) & {",", "et"}
        ):
            ahead_ref = self.discourse.ref_at(end)
            if ahead_ref is None and norm[first - 1] not in ("la", "le"):
                return told, None, "apposition"  # "9e, 3e de groupe et second de classe"
        enclosing = self._enclosing(sentence, first)
        if enclosing is not None:
            return self._sharing(enclosing, first), enclosing, "bracket"
        noun = end < len(norm) and norm[end] in PLACE_NOUNS | TIME_NOUNS
        right = self._right_holder(sentence, first, end, noun)
        if right is not None:
            return right.people, right, "right"
        before = first - 1
        while before > sentence.first and norm[before] in _BEFORE_PLACE:
            before -= 1
        if text[before] == ",":
            ref = self._ending(sentence, before)
            if ref is not None and not noun:
                return self._sharing(ref, first), ref, "apposition"
        ref = self._ending(sentence, first) or self._ending(sentence, before + 1)
        if ref is not None and not noun and not self._ranked_before(ref, sentence):
            return self._sharing(ref, first), ref, "apposition"
        found = self.who(first, sentence)
        if found is not None:
            return found[0], found[1], "subject"
        ahead = self.discourse.after(end, sentence, 12)
        between = norm[end : ahead.first] if ahead is not None else []
        if ahead is not None and "," in between and not self.discourse.governed(ahead):
            return None if "dont" in between else (ahead.people, ahead, "ahead")
        focus = self.discourse.focus[self.discourse.sentence_at(first)]
        if (
            focus
            and self._told_of_focus(sentence, first, end)
            and not self.discourse.is_teams(first, sentence)
        ):
            return focus, None, "focus"
        return None

    def _ranked_before(self, ref: Ref, sentence: Sentence) -> bool:
        """Tell whether somebody has his place before his name: "2eme X (Clio) 3eme le père Y"."""
        i = ref.first - 1
        found = ordinal_at(self.tokens.norm, i) if i >= sentence.first else None
        return found is not None and found[1] == ref.first

    def _sharing(self, ref: Ref, first: int) -> tuple[int, ...]:
        """Return who holds a place in the plural together: "A et B, septièmes"."""
        if not self.tokens.norm[first].endswith("s") or len(ref.people) > 1:
            return ref.people
        group = [r for r in self.discourse.group(ref) if r.first <= ref.first]
        joined = self.tokens.norm[self.discourse.head(ref) - 1] in ("et", "/", "-", "–", "&")
        return tuple(dict.fromkeys(p for r in group[-2:] for p in r.people)) if joined else ref.people

    def _told_of_focus(self, sentence: Sentence, first: int, end: int) -> bool:
        """Tell whether a sentence without a name goes on with whom the one before spoke of.

        As in "Onzième, donc." and "Son équipier doit se contenter de la 7e place"; a strange word with a
        capital may be somebody else, and "la troisième" alone is anything.
        """
        norm, shape = self.tokens.norm, self.tokens.shape
        last = next(
            (i for i in range(end, sentence.last) if norm[i] in ("derriere", "devant")), sentence.last
        )
        if self.discourse.refs_between(sentence.first, last):
            return False
        if first == sentence.first:
            return not any(mark in "CU" for mark in shape[end:last])
        if norm[sentence.first] not in _OPENERS or any(
            mark in "CU" for mark in shape[sentence.first + 1 : end]
        ):
            return False
        noun = end < len(norm) and norm[end] in PLACE_NOUNS
        return noun or norm[first - 1] not in _ARTICLES

    def _right_holder(self, sentence: Sentence, first: int, end: int, noun: bool) -> Ref | None:
        """Read "3e X", "troisième, X", "la 3e place revient à X", "en 3e position, on retrouve X"."""
        norm, text = self.tokens.norm, self.tokens.text
        i = end + 1 if noun else end
        ref = self.discourse.ref_at(i)
        if (
            ref is not None
            and not noun
            and (
                text[first - 1] in ",;.(:–-"
                or first == sentence.first
                or norm[first - 1] in ("et", "puis", "du", "au", "le", "la", "ensuite")
            )
        ):
            return ref
        opens = (
            (norm[first - 1] not in _BE and first - sentence.first <= 3)
            or text[first - 1] in ",;:"
            or (norm[first - 1] in ("en", "la", "a", "et") and first - sentence.first <= 4)
        )
        if opens and i < sentence.last and text[i] in (",", ":") and self._no_subject_before(sentence, first):
            ref = self.discourse.ref_at(i + 1) or self._after_article(i + 1)
            if ref is not None:
                return ref
        words = norm[i : i + 7]
        for k, word in enumerate(words):
            if word in (",", ";", "mais", "et", "qui"):
                break
            if word in (
                "revient",
                "revenant",
                "revenait",
                "echoit",
                "revint",
                "reviennent",
                "pour",
                "est",
                "retrouve",
                "retrouvait",
                "trouve",
                "trouvait",
                "va",
                "sourit",
                "echoue",
                "allant",
                "arrive",
                "termine",
                "pointe",
                "complete",
                "grace",
                "signee",
                "occupee",
                "prise",
                "finit",
                "vient",
                "suit",
                "de",
                "d'",
                "du",
                "par",
                "avec",
            ):
                if word in ("est", "pour", "de", "d'", "du", "avec") and not noun:
                    break
                ref = self.discourse.after(i + k + 1, sentence, 9)
                if (
                    ref is not None
                    and self._adjacent_loose(i + k + 1, ref)
                    and self._no_subject_before(sentence, first)
                ):
                    return ref
                if word not in ("du", "de", "d'", "podium", "est"):
                    break
        return None

    def _after_article(self, i: int) -> Ref | None:
        for k in range(i, min(i + 4, len(self.tokens))):
            ref = self.discourse.ref_at(k)
            if ref is not None:
                return ref if self.discourse.head(ref) <= i or k == i else None
        return None
