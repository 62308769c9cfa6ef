"""What a text calls a circuit once is a place elsewhere too: "Coupe X, La Roche-Brumel : le titre pour Y"."""

from __future__ import annotations

from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_KNOWN = 0.9  # a person whom the lists know keeps the name: circuits are named after drivers


def find_grounds(tagged: Tagged, found: list[Name]) -> None:
    """Make places of unknown names of several words that a circuit of the document bears."""
    norm = tagged.tokens.norm
    circuits = {tuple(norm[name.first : name.last]) for name in found if name.kind == "circuit"}
    ends = {words[k:] for words in circuits for k in range(len(words) - 1)}
    for name in found if ends else ():
        doubtful = name.kind == "person" and name.sure < _KNOWN and name.last - name.first > 1
        if doubtful and tuple(norm[name.first : name.last]) in ends:
            name.kind = "place"
