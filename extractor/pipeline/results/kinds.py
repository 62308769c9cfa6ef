"""What kind of order an ordinal tells: the finish, a moment of the race, the grid."""

from __future__ import annotations

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import ResultFact, Sentence
from extractor.pipeline.results.clock import ENDS
from extractor.pipeline.results.context import PLACE_NOUNS, TIME_NOUNS
from extractor.pipeline.results.telling import Telling
from extractor.values.times import gap

_UNITS = word_set("results_words", "gap_units")
_RULINGS = word_set("results_words", "rulings")
_MOVEMENTS = word_tuple("results_words", "movements")
_PRAISED = word_set("results_words", "praised")
_PROVING = word_set("results_words", "proving")
_ONE = frozenset(("une", "la", "cette", "belle", "tres", "de"))
_OWN = frozenset(("sa", "leur", "cette"))
_LEAD = 1  # number of the block below the title
_GAP = 4  # tokens of "à deux tours"
_THEN = ("quand", "lorsque", "lorsqu'", "jusqu'", "avant")
_NEXT_CLAUSE = 3  # tokens of the next clause: ", quand il a cassé"
_HEADS = ("title", "heading")


class Kinds(Telling):
    """Kinds of places."""

    def _place_kind(
        self, sentence: Sentence, value: int, first: int, end: int, rule: str
    ) -> tuple[str | None, bool]:
        """Return what kind of order a place belongs to and whether words say so, ``None`` for no place."""
        if self.tokens.norm[end : end + 1] and self.tokens.norm[end] in TIME_NOUNS:
            return "qualifying" if self.context.run_of(sentence) is None else "final", True
        if self._proven(sentence, first):
            return "final", True
        kind, said = self.context.kind(first, sentence)
        if kind == "final" and self._left_again(end):
            return "running", True
        if kind == "final" and self._held_for_now(sentence, first):
            return "running", True
        if kind == "final" and self._of_standings(end):
            return "championship", True
        if kind == "championship" and self.context.found(sentence.first, sentence.last, "summed"):
            return "final", True
        if (kind == "final" or not said) and self.context.negated(first, sentence, before=6, after=1):
            return None, said
        if said or kind != "running":
            return kind, said
        return self._unsaid_kind(sentence, value, first, end, rule), False

    def _unsaid_kind(self, sentence: Sentence, value: int, first: int, end: int, rule: str) -> str:
        """Return the kind of a place that no word beside it tells, by what stands around."""
        if self.tokens.norm[end : end + 2] in (["et", "dernier"], ["et", "derniere"], ["et", "derniers"]):
            return "final"
        midway = self._midway(first, end, sentence)
        if "sure" in midway:
            return "running"
        if self._praised(first, end):
            return "final"
        if self.context.run_of(sentence) is not None:
            return "final"  # nobody holds a place before all have run
        if not midway and self._at_a_gap(end):
            return "final"
        if self._held_for_now(sentence, first):
            return "running"
        before = self._told_last(sentence)
        if before in (None, "final") and (
            self._final_context(sentence) or self._opens_sentence(sentence, first, rule)
        ):
            return "final"
        if before is not None:
            return before
        if (value == 1 and self._heads_class(end)) or (self._settled(sentence) and not midway):
            return "final"
        return "running"

    def _praised(self, first: int, end: int) -> bool:
        """Tell whether a place is what came of the race: "une belle 14e place"."""
        norm = self.tokens.norm
        if norm[end : end + 1] == [] or norm[end] not in PLACE_NOUNS:
            return False
        return norm[first - 1] in _PRAISED and norm[first - 2] in _ONE

    def _proven(self, sentence: Sentence, first: int) -> bool:
        """Tell whether a place shows how somebody drove: "comme le prouve leur 22e place"."""
        norm = self.tokens.norm
        return norm[first - 1] in _OWN and bool(_PROVING & set(norm[max(sentence.first, first - 4) : first]))

    def _held_for_now(self, sentence: Sentence, first: int) -> bool:
        """Tell whether a place is only come to while the race goes on: "prend la 5e place au 10e tour"."""
        low, high = self.context.clause(first, sentence)
        if self.context.found(low, high, "overall") or self._falls_by_ruling(sentence, first):
            return False
        norm = self.tokens.norm
        cues = [
            t
            for t in self.context.found(low, high, "kind")
            if t.value == "final" and norm[t.start] not in ENDS  # "à trois tours de l'arrivée"
        ]
        if any(
            not norm[t.end - 1].startswith(_MOVEMENTS) and not norm[t.start].startswith(_MOVEMENTS)
            for t in cues
        ):
            return False
        return self.context.clock.goes_on(first, high, sentence) and not self._settled(sentence)

    def _settled(self, sentence: Sentence) -> bool:
        """Tell whether a finish was told of this session, and nobody in the lead since."""
        own = [f for f in self.earlier if f.session == sentence.session]
        if not own or own[-1].kind == "final":
            return bool(own)
        last = next((f for f in reversed(own) if f.kind == "final" or f.rule == "leads"), None)
        return last is not None and last.kind == "final" and self._in_account(last, sentence)

    def _in_account(self, fact: ResultFact, sentence: Sentence) -> bool:
        """Tell whether a fact is told in the account of a race, not in a headline or the lead above it."""
        at = self.tokens.at_or_after(fact.evidence[0][0])
        block = self.context.layout.sentences[self.discourse.sentence_at(at)].block
        kind = self.context.layout.blocks[block].kind
        return block == sentence.block or (block > _LEAD and kind not in (*_HEADS, "lead"))

    def _at_a_gap(self, end: int) -> bool:
        """Tell whether a place is told with its gap: "troisième à un tour", "2e à 3 secondes"."""
        norm, text = self.tokens.norm, self.tokens.text
        if norm[end : end + 1] != ["a"] or end + 1 == len(norm):
            return False
        measured = norm[end + 2 : end + 3] and norm[end + 2] in _UNITS
        return bool(measured or (gap(text[end + 1]) is not None and not text[end + 1].isdecimal()))

    def _of_standings(self, end: int) -> bool:
        """Tell whether a place is one in the standings: "la première place du classement provisoire"."""
        norm = self.tokens.norm
        end += norm[end : end + 1] != [] and norm[end] in PLACE_NOUNS
        if norm[end : end + 1] not in (["du"], ["au"]):
            return False
        return norm[end + 1 : end + 2] != ["titre"] and any(
            t.value == "championship" for t in self.context.found(end + 1, end + 2, "kind")
        )

    def _midway(self, first: int, end: int, sentence: Sentence) -> set[str]:
        """Return how surely the words speak of a moment of the race: "alors troisième", "3e au 5e tour"."""
        low, high = self.context.clause(first, sentence)
        norm = self.tokens.norm
        found = self.context.found(low, min(sentence.last, high + _NEXT_CLAUSE), "midway")
        return {
            term.value
            for term in found
            if (term.start < high or norm[term.start] in _THEN)
            and not (end < term.start < end + _GAP and norm[end] == "a")  # "troisième à un tour"
            and norm[term.end : term.end + 1] not in (["que"], ["qu'"])  # "alors que"
        }

    def _left_again(self, end: int) -> bool:
        """Tell whether a place was given up: "chute au 15e rang avant de remonter"."""
        end += self.tokens.norm[end : end + 1] != [] and self.tokens.norm[end] in PLACE_NOUNS
        return self.tokens.norm[end : end + 2] in (["avant", "de"], ["avant", "d'"], ["avant", "que"])

    def _heads_class(self, end: int) -> bool:
        """Tell whether a class stands right behind an ordinal: "premier des 1600"."""
        return any(
            set(self.tokens.norm[end : n.first]) <= {"des", "du", "de", "la", "en", "les"}
            for n in self.context.classes_between(end, end + 4)
        )

    def _falls_by_ruling(self, sentence: Sentence, first: int) -> bool:
        """Tell whether a penalty moved the holder down: "écope de dix secondes et tombe 9e"."""
        norm = self.tokens.norm
        if not any(
            n.startswith(("tomb", "chut", "descend", "redescend", "glisse"))
            for n in norm[max(sentence.first, first - 3) : first]
        ):
            return False
        block = self.context.layout.blocks[sentence.block]
        return bool(set(norm[max(block.first, first - 40) : first]) & _RULINGS)

    def _on_the_road(self, first: int, end: int, sentence: Sentence) -> bool:
        """Tell whether the place was held before the stewards spoke.

        As in "qui avait franchi la ligne quatrième", "2e sur la route".
        """
        norm = self.tokens.norm
        if norm[end : end + 3] in (["sur", "la", "route"], ["sur", "la", "piste"], ["sous", "le", "drapeau"]):
            return True
        window = norm[max(sentence.first, first - 6) : first]
        if not set(window) & {"avait", "avaient"}:
            return False
        return "qui" in norm[max(sentence.first, first - 8) : first] or any(
            n.startswith(("franchi", "coupe", "passe", "fini", "termine")) for n in window
        )

    def _final_context(self, sentence: Sentence) -> bool:
        kind = self.context.layout.blocks[sentence.block].kind
        headed = self.context.layout.blocks[0].kind in _HEADS
        if (
            sentence.block <= headed
            and kind == "paragraph"
            and sentence.block < len(self.context.layout.blocks) - 2
        ):
            return True  # the chapô tells outcomes
        if kind in ("title", "heading", "list", "table", "bullet", "lead"):
            return True
        return (
            self.won_here
            or bool(
                self.context.found(
                    sentence.first, sentence.last, "win", "win_right", "podium", "podium_right"
                )
            )
            or any(t.value == "final" for t in self.context.found(sentence.first, sentence.last, "kind"))
        )

    def _opens_sentence(self, sentence: Sentence, first: int, rule: str) -> bool:
        """Tell whether "Troisième, X ..." opens the sentence: so are arrivals told."""
        return rule == "right" and (first - sentence.first <= 1 or self.tokens.text[first - 1] in ",;")
