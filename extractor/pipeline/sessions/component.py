"""Sessions: which races, heats, finals and stages there were, and which sentence speaks of which.

Requires ``doc._.layout``, ``doc._.names``, ``doc._.people``; assigns ``doc._.sessions`` and fills in
``Sentence.session``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.annotations import Layout, Name, People, SessionFact
from extractor.pipeline.sessions.crowd import Crowd
from extractor.pipeline.sessions.finder import Finder


@Language.factory(
    "parcferme_sessions", requires=["doc._.layout", "doc._.names", "doc._.people"], assigns=["doc._.sessions"]
)
def make_sessions(nlp: Language, name: str) -> SessionFinder:  # noqa: ARG001
    """Create the component."""
    return SessionFinder()


class SessionFinder:
    """Finds sessions and tells which sentence speaks of which."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.sessions``."""
        doc._.sessions = find_sessions(doc._.layout, doc._.names, doc._.people)
        return doc


def find_sessions(layout: Layout, names: list[Name], people: People) -> list[SessionFact]:
    """Return the sessions of a document in reading order."""
    finder = Finder(layout, names)
    finder.crowd = Crowd(people.refs)
    finder.collect()
    finder.assign()
    return finder.sessions
