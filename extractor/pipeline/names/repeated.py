"""A team that a bracket names is the team elsewhere too: "le pilote Sillage CTR", "(Sillage CTR)"."""

from __future__ import annotations

from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_SURE = 0.8
_TAKEN = ("person", "other", "car", "event", "place")


def find_repeated(tagged: Tagged, found: list[Name]) -> None:
    """Join the pieces of a known team's name where it stands in running text; ``found`` is sorted."""
    norm = tagged.tokens.norm
    teams: dict[str, list[tuple[str, ...]]] = {}
    for name in found:
        if name.kind == "team" and name.sure >= _SURE and name.last - name.first > 1:
            words = tuple(norm[name.first : name.last])
            teams.setdefault(words[0], []).append(words)
    if not teams:
        return
    joined: list[Name] = []
    for name in found:
        for words in teams.get(norm[name.first], ()) if name.kind in _TAKEN else ():
            last = name.first + len(words)
            longer = name.last - name.first < len(words)
            if longer and tuple(norm[name.first : last]) == words:
                joined.append(
                    Name(name.first, last, "team", tagged.tokens.surface(name.first, last), sure=_SURE)
                )
                break
    for team in joined:
        found[:] = [n for n in found if not (team.first <= n.first and n.last <= team.last)]
        found.append(team)
    if joined:
        found.sort(key=lambda name: (name.first, -name.last))
