"""Results: who finished, started, qualified, ran and stands where.

Requires ``doc._.layout``, ``doc._.names``, ``doc._.people``, ``doc._.discourse``, ``doc._.links``,
``doc._.sessions`` and ``doc._.quotes``; assigns ``doc._.results``.
"""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon.fold import fold
from extractor.pipeline.annotations import Layout, Name, People, QuoteFact, ResultFact, Sentence, SessionFact
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.links import Link
from extractor.pipeline.results.classnames import same_scope
from extractor.pipeline.results.context import OVERALL, Context
from extractor.pipeline.results.labels import class_winners
from extractor.pipeline.results.lists import ListReader
from extractor.pipeline.results.merge import merge
from extractor.pipeline.results.prose import Teller
from extractor.pipeline.results.trailing import trailing_ranks
from extractor.pipeline.results.unnamed import name_classes

_CONTESTS = ("race", "heat", "semi_final", "final", "stage", "leg", "overall")


@Language.factory(
    "parcferme_results",
    requires=[
        "doc._.layout",
        "doc._.names",
        "doc._.people",
        "doc._.discourse",
        "doc._.links",
        "doc._.sessions",
        "doc._.quotes",
    ],
    assigns=["doc._.results", "doc._.conflicts"],
)
def make_results(nlp: Language, name: str) -> ResultFinder:  # noqa: ARG001
    """Create the component."""
    return ResultFinder()


class ResultFinder:
    """Finds results."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.results``."""
        doc._.results, doc._.conflicts = find_results(
            doc._.layout,
            doc._.names,
            doc._.people,
            doc._.discourse,
            doc._.links,
            doc._.sessions,
            doc._.quotes or [],
        )
        return doc


def find_results(
    layout: Layout,
    names: list[Name],
    people: People,
    discourse: Discourse,
    links: list[Link],
    sessions: list[SessionFact],
    quotes: list[QuoteFact],
) -> tuple[list[ResultFact], list[tuple[ResultFact, ResultFact]]]:
    """Return the results of a document and the contradictions settled on the way."""
    context = Context(layout, names, discourse, sessions)
    teller = Teller(context, people, links)
    spoken = _Spoken(quotes)
    facts, listed = ListReader(context).read()
    for number, sentence in enumerate(layout.sentences):
        if number not in listed:
            facts += teller.read(sentence)
    facts.sort(key=lambda fact: discourse.sentence_at(layout.tokens.at_or_after(fact.evidence[0][0])))
    facts += class_winners(context, layout.sentences)
    trailing, ranges = trailing_ranks(context, layout.sentences)
    facts = [f for f in facts if not any(a <= f.evidence[0][0] < b for a, b in ranges)] + trailing
    facts = [
        f
        for f in facts
        if not any(spoken.covers(a) or spoken.covers(b - 1) for a, b in f.evidence) and _competing(people, f)
    ]
    name_classes(context, facts)
    _place_sessions(facts, sessions, layout, discourse)
    for fact in facts:
        told_in = _sentence_of(layout, discourse, fact)
        shared = told_in.scope if told_in.session == fact.session else ""
        scope = sessions[fact.session].scope or shared or None
        if scope is None:
            if sessions[fact.session].whole and same_scope(fact.scope, sessions[fact.session].whole):
                fact.scope = OVERALL
            continue
        if (fact.scope == OVERALL and fact.kind != "championship") or _shortened(fact.scope, scope):
            fact.scope = scope
    return merge(facts)


def _shortened(scope: str, field: str) -> bool:
    """Tell whether a scope begins the name of the session's own class: "Buggy" of "Buggy 1600"."""
    short, long = fold(scope), fold(field)
    joined = {"et", "&", "/", ","} & set(long.split())
    return scope != OVERALL and not joined and long.startswith(short + " ")


def _competing(people: People, fact: ResultFact) -> bool:
    fact.people = tuple(p for p in fact.people if people.persons[p].competes)
    return bool(fact.people)


def _sentence_of(layout: Layout, discourse: Discourse, fact: ResultFact) -> Sentence:
    """Return the sentence that a fact was first found in."""
    return layout.sentences[discourse.sentence_at(layout.tokens.at_or_after(fact.evidence[0][0]))]


class _Spoken:
    """Tells whether an offset lies inside somebody's speech."""

    def __init__(self, quotes: list[QuoteFact]) -> None:
        self.spans = sorted(part for quote in quotes for part in quote.parts)
        self._starts = [start for start, _ in self.spans]

    def covers(self, offset: int) -> bool:
        k = bisect_right(self._starts, offset) - 1
        return k >= 0 and offset < self.spans[k][1]


def _place_sessions(
    facts: list[ResultFact], sessions: list[SessionFact], layout: Layout, discourse: Discourse
) -> None:
    """Put qualifying orders into qualifying sessions.

    Grids and finals into contests, stage times into stages.
    """
    tokens = layout.tokens
    for fact in facts:
        sentence = layout.sentences[discourse.sentence_at(tokens.at_or_after(fact.evidence[0][0]))]
        kind = sessions[fact.session].kind
        if sentence.local >= 0 and fact.rule in ("best_time", "scratch") and fact.kind == "final":
            fact.session = sentence.local
        elif fact.kind == "qualifying" and kind not in ("qualifying", "practice"):
            fact.session = (
                sentence.local
                if sentence.local >= 0 and sessions[sentence.local].kind in ("qualifying", "practice")
                else _qualifying(sessions)
            )
        elif fact.kind in ("grid", "final", "running", "championship", "fastest_lap") and kind in (
            "qualifying",
            "practice",
        ):
            if fact.kind in ("final", "running"):
                fact.kind = "qualifying"
            else:
                fact.session = _contest(sessions, fact.session)


def _qualifying(sessions: list[SessionFact]) -> int:
    """Return the session of an order of times: qualifying, else the only practice that is told."""
    for number, session in enumerate(sessions):
        if session.kind == "qualifying":
            return number
    practice = [k for k, s in enumerate(sessions) if s.kind == "practice"]
    if len(practice) == 1:
        return practice[0]
    sessions.append(SessionFact("qualifying"))
    return len(sessions) - 1


def _contest(sessions: list[SessionFact], current: int) -> int:
    numbers: list[int] = [*range(current + 1, len(sessions)), *range(len(sessions))]
    for number in numbers:
        if sessions[number].kind in _CONTESTS and sessions[number].kind != "stage":
            return number
    sessions.append(SessionFact("race"))
    return len(sessions) - 1
