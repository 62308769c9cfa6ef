"""Speakers whom the narrator calls by their place, once the results are known.

Requires ``doc._.layout``, ``doc._.quotes`` and ``doc._.results``; sets ``speaker`` of quotes whose ``place``
is known. Quotes are found before results, which must not be read within speech; so "dit le vainqueur" has to
wait for the race to be read.
"""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.annotations import Layout, QuoteFact, ResultFact

_OVERALL = "overall"


@Language.factory(
    "parcferme_speakers",
    requires=["doc._.layout", "doc._.quotes", "doc._.results"],
    assigns=["doc._.quotes"],
)
def make_speakers(nlp: Language, name: str) -> PlacedSpeakers:  # noqa: ARG001
    """Create the component."""
    return PlacedSpeakers()


class PlacedSpeakers:
    """Gives the word to whoever came in the place by which the narrator calls the speaker."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the speakers of ``doc._.quotes``."""
        settle(doc._.quotes or [], doc._.results or [], doc._.layout)
        return doc


def settle(quotes: list[QuoteFact], results: list[ResultFact], layout: Layout) -> None:
    """Set the speaker of every quote that names a place, and of those that go on with it."""
    finals = [r for r in results if r.kind == "final" and r.status == "classified" and r.evidence]
    changed: dict[int, int] = {}  # whom the quote before was given to wrongly, and who spoke
    for quote in quotes:
        if quote.place is not None:
            found = _placed(quote, [r for r in finals if r.position == quote.place], layout)
            changed = {}
            if found is not None and found != quote.speaker:
                if quote.speaker is not None:
                    changed = {quote.speaker: found}
                quote.speaker = found
        elif quote.route == "carried" and quote.speaker in changed:
            quote.speaker = changed[quote.speaker]
        else:
            changed = {}


def _placed(quote: QuoteFact, results: list[ResultFact], layout: Layout) -> int | None:
    """Return who came in the place that is meant.

    In the session that the narrator speaks of, and in the whole field rather than a class; of several, who
    was told of last before the quote, else first behind it. A crew leaves open who of them speaks.
    """
    at = quote.parts[0][0]
    session = _session(at, layout)
    here = _of_all([r for r in results if r.session == session]) or _of_all(results)
    if not here:
        return None
    people = min((*_distance(r.evidence[0][0], at), r.people) for r in here)[-1]
    if len(people) == 1:
        return people[0]
    return quote.speaker if quote.speaker in people else None


def _of_all(results: list[ResultFact]) -> list[ResultFact]:
    """Return the results of the whole field; a class's only where no other class has one."""
    overall = [r for r in results if r.scope == _OVERALL]
    return overall or (results if len({r.people for r in results}) == 1 else [])


def _distance(evidence: int, at: int) -> tuple[bool, int]:
    return evidence > at, abs(evidence - at)


def _session(at: int, layout: Layout) -> int:
    """Return the session of the sentence in which an offset lies."""
    starts = [layout.tokens.start[s.first] for s in layout.sentences]
    i = bisect_right(starts, at) - 1
    return layout.sentences[i].session if i >= 0 else -1
