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
from extractor.pipeline.results.labelled import list_labels
from extractor.pipeline.results.labels import class_winners
from extractor.pipeline.results.lists import (
    column_heads,
    default_scope,
    heading_kind,
    label_scope,
    ranks,
    read_list,
)
from extractor.pipeline.results.merge import merge
from extractor.pipeline.results.prose import Teller
from extractor.pipeline.results.trailing import trailing_ranks

_LISTS = ("list", "table")
_HEADS = ("title", "heading")
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
    labels = list_labels(context)
    facts: list[ResultFact] = []
    list_kind: str | None = None
    own_kind: str | None = None
    for sentence in layout.sentences:
        block = layout.blocks[sentence.block]
        if block.kind == "title":
            list_kind = None
        elif block.kind in _HEADS and not column_heads(context, sentence.first, sentence.last):
            list_kind = heading_kind(context, sentence.first, sentence.last)
        own_kind = _own_kind(context, sentence, own_kind) if block.kind in _LISTS else None
        listed = _read_lists(context, layout, sentence, own_kind or list_kind, labels)
        facts += listed or teller.read(sentence)
    facts += class_winners(context, layout.sentences)
    trailing, ranges = trailing_ranks(context, layout.sentences)
    facts = [f for f in facts if not any(a <= f.evidence[0][0] < b for a, b in ranges)] + trailing
    facts = [
        f
        for f in facts
        if not any(spoken.covers(a) or spoken.covers(b - 1) for a, b in f.evidence) and _competing(people, f)
    ]
    _place_sessions(facts, sessions, layout, discourse)
    for fact in facts:
        scope = sessions[fact.session].scope or _sentence_of(layout, discourse, fact).scope or None
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


def _read_lists(
    context: Context, layout: Layout, sentence: Sentence, list_kind: str | None, labels: dict[int, str]
) -> list[ResultFact]:
    """Read a sentence as a formal list, if it is one."""
    block = layout.blocks[sentence.block]
    found = ranks(context, sentence.first, sentence.last)
    labelled = labels.get(found[0].token) if found else None
    if not found or (block.kind not in _LISTS and len(found) < 3 and labelled is None):
        return []
    kind = list_kind or "final"
    standings = _under_standings(context, layout, sentence.block)
    scope = label_scope(context, sentence.first, found[0].token, standings=standings)
    if scope is None and kind == "final":
        scope = labelled
    if scope is None and kind == "final":
        scope = context.headed.get(sentence.block)
    if scope is None:
        scope = default_scope(context, sentence.block)
    return read_list(context, sentence, sentence.first, sentence.last, kind, scope)


def _own_kind(context: Context, sentence: Sentence, before: str | None) -> str | None:
    """Return the kind that a list's label names; a line that goes on with the ranks goes on with the kind."""
    found = ranks(context, sentence.first, sentence.last)
    if not found:
        return before
    if found[0].token > sentence.first:
        return heading_kind(context, sentence.first, found[0].token, label=True)
    return before if found[0].position > 1 else None


def _under_standings(context: Context, layout: Layout, block: int) -> bool:
    """Tell whether the nearest heading above says that classifications follow."""
    for number in range(block - 1, max(-1, block - 8), -1):
        above = layout.blocks[number]
        if above.kind in _HEADS:
            return bool(
                {"classement", "classements", "resultats", "palmares"}
                & set(context.tokens.norm[above.first : above.last])
            )
    return False


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
