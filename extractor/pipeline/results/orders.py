"""Who came behind whom: "devant A, B et C", "Il devance A", "avec A dans son sillage"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Ref, ResultFact, Sentence
from extractor.pipeline.results.chains import Link
from extractor.pipeline.results.margins import Margins
from extractor.values.numbers import cardinal

_CHAIN_GAP = 9
_STEPS = word_set("results_words", "steps_between")


class Orders(Margins):
    """Who came behind whom."""

    def _orders(self, base: ResultFact, sentence: Sentence) -> Iterator[ResultFact]:
        """Yield those who came behind: "X s'impose devant A, B et C"."""
        if base.position is None or base.rule == "leads" or (base.rule == "podium" and base.position != 3):
            return
        behind = ("order", "face") if base.rule.startswith("win") and base.kind == "final" else ("order",)
        start = base.evidence[0][0] if base.evidence else 0
        first = max(sentence.first, self.tokens.at_or_after(start))
        end_offset = base.evidence[0][1] if base.evidence else 0
        last = self.tokens.at_or_after(end_offset)
        for term in self.context.found(first, min(sentence.last, last + _CHAIN_GAP + 8), *behind):
            if (
                base.kind == "grid" and self.tokens.norm[term.start] != "devant"
            ) or term.start in self._class_told:
                continue
            if term.start - last > _CHAIN_GAP + 6 or term.start < first:
                continue
            gap = self.tokens.norm[last : term.start] if term.start > last else []
            stops = {";", ".", "mais", "tandis", "alors"} | (
                {"qui"} if self.tokens.norm[term.start] == "devant" else set()
            )
            ended = ("win", "leads", "pole") if base.kind == "grid" else ("leads", "pole")
            if set(gap) & stops or self.context.found(last, term.start, *ended):
                return  # "X, en pole, s'impose devant Y": behind in the race
            if any(
                r.first >= last and not self.discourse.governed(r) and not set(r.people) <= set(base.people)
                for r in self.discourse.refs_between(last, term.start)
            ):
                return
            ref = self._next_in_order(term, sentence)
            if ref is None:
                return
            links = self.chain(ref, sentence) + self._beyond_gap(term, ref, sentence)
            links = self._as_crew(base, links)
            links += self._further_back(links[-1], sentence)
            position = base.position + self._steps(term.start)
            for link in links:
                if set(link.people) & set(base.people):
                    return
                position += 1
                if self._own_place(link.ref):
                    continue
                fact = self._fact(
                    sentence, base.kind, link.people, position, term.start, link.end, "order", base.scope
                )
                fact.session = base.session
                yield fact
            return

    def _steps(self, i: int) -> int:
        """Return how many places lie between, for "deux échelons devant X"."""
        norm = self.tokens.norm
        count = cardinal(norm[i - 2]) if norm[i - 1] in _STEPS else None
        return count - 1 if count else 0

    def _as_crew(self, base: ResultFact, links: list[Link]) -> list[Link]:
        """Take as many as share the winning car for a crew: "A et B gagnent devant C et D"."""
        size = len(base.people)
        if size < 2 or len(links) != size or base.position != 1:
            return links
        alone = all(len(k.people) == 1 and k.ref.outer <= k.ref.last and k.end == k.ref.last for k in links)
        joined = self.tokens.norm[links[-1].first - 1] in ("et", "/", "-", "&")
        if not alone or not joined or any(p in self.crews for k in links for p in k.people):
            return links
        people = tuple(p for k in links for p in k.people)
        return [Link(people, links[-1].ref, links[0].first, links[-1].end)]

    def _further_back(self, last: Link, sentence: Sentence) -> list[Link]:
        """Return who comes behind the last of an order: "devant A, qui précède B"."""
        norm = self.tokens.norm
        at = max(last.end, last.ref.outer)
        at += norm[at : at + 1] == [","]
        if norm[at : at + 1] != ["qui"]:
            return []
        for term in self.context.found(at + 1, min(sentence.last, at + 3), "order"):
            ref = self._next_in_order(term, sentence) or self._apposed(term, sentence)
            if ref is not None and not set(ref.people) & set(last.people):
                return self.chain(ref, sentence)
        return []

    def _apposed(self, term: Term, sentence: Sentence) -> Ref | None:
        """Return who is named behind what he is: "précède un autre local, X"."""
        norm = self.tokens.norm
        for i in range(term.end + 1, min(sentence.last - 1, term.end + 5)):
            if norm[i] == ",":
                return self.discourse.ref_at(i + 1)
        return None

    def _beyond_gap(self, term: Term, ref: Ref, sentence: Sentence) -> list[Link]:
        r"""Return who goes on with an enumeration of gaps: "1\"2 d'avance sur A et 3\"4 sur B"."""
        norm = self.tokens.norm
        end = self.chain(ref, sentence)[-1].end
        if norm[term.end - 1] != "sur" or norm[end : end + 1] not in (["et"], [","]):
            return []
        for i in range(end + 1, min(sentence.last, end + 6)):
            if norm[i] == "sur" and any(s == "d" for s in self.tokens.shape[end + 1 : i]):
                other = self.discourse.after(i + 1, sentence, 5)
                return (
                    self.chain(other, sentence) if other is not None and self._adjacent(i + 1, other) else []
                )
        return []

    def _trailing(self, base: ResultFact, sentence: Sentence) -> Iterator[ResultFact]:
        """Read "s'impose avec A et B dans son sillage"."""
        if base.rule not in ("win", "win_focus", "winner_noun") or base.position != 1:
            return
        norm = self.tokens.norm
        last = self.tokens.at_or_after(base.evidence[0][1])
        for i in range(last, min(sentence.last - 2, last + 4)):
            if norm[i] not in ("avec", "entrainant", "emmenant"):
                continue
            ref = self.discourse.after(i + 1, sentence, 5)
            if ref is None:
                return
            links = self.chain(ref, sentence)
            tail = norm[links[-1].end : links[-1].end + 5]
            if set(tail) & {"sillage", "roues", "roue", "derriere", "cotes", "trousses", "chasse"}:
                for position, link in enumerate(links, 2):
                    yield self._fact(
                        sentence, base.kind, link.people, position, i, link.end, "order", base.scope
                    )
            return

    def _told_before(self, sentence: Sentence, earlier: list[ResultFact]) -> Iterator[ResultFact]:
        """Read orders that go on with an earlier result: "Il devance X" after "Il s'est imposé"."""
        for term in self.context.found(sentence.first, sentence.last, "order"):
            norm = self.tokens.norm
            if (
                norm[term.start] in ("devant", "suivi", "suivis", "suivie")
                or norm[term.start].endswith(("ant", "d'"))
                or self.context.negated(term.start, sentence, before=4, after=1)
                or (
                    set(norm[max(sentence.first, term.start - 2) : term.start]) & {"ne", "n'"}
                    and "que" not in norm[term.end : sentence.last]
                )
            ):
                continue
            subject = self.who(term.start, sentence)
            if subject is None:
                continue
            standings = bool(set(norm[sentence.first : sentence.last]) & {"points", "championnat"})
            near = [
                f
                for f in earlier[-12:]
                if f.kind in (("championship",) if standings else ("final", "grid", "qualifying"))
                and f.position is not None
                and set(f.people) & set(subject[0])
            ]
            base = next(
                (f for f in reversed(near) if f.session == sentence.session and f.kind == "final"),
                near[-1] if near and near[-1].kind != "final" else None,
            )
            if (
                base is None
                or (base.kind == "grid" and self.context.clock.runs(sentence))
                or self.context.found(term.start - 6, term.end + 8, "leads")
                or [t.value for t in self.context.found(sentence.first, term.start, "kind")][-1:]
                == ["running"]
            ):
                continue
            ref = self._next_in_order(term, sentence)
            if ref is None:
                continue
            position = base.position or 1
            for link in self.chain(ref, sentence):
                if set(link.people) & set(base.people):
                    break
                position += 1
                fact = self._fact(
                    sentence, base.kind, link.people, position, term.start, link.end, "order", base.scope
                )
                fact.session = base.session
                yield fact
