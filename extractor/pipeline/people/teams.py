"""Which names of teams mean the same team."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Name, TeamEntity
from extractor.pipeline.people.cluster import close
from extractor.pipeline.tokens import Tokens

_LEADING = word_set("people_words", "team_leads")

_ENTRANTS = frozenset(("team", "ecurie", "equipe", "structure"))


def cluster(tokens: Tokens, found: list[Name]) -> tuple[list[TeamEntity], dict[int, int]]:
    """Return the teams, and the team of each name by the index of its first token."""
    keys: dict[tuple[str, ...], int] = {}
    teams: list[TeamEntity] = []
    forms: list[dict[str, None]] = []
    of: dict[int, int] = {}
    leads: dict[int, dict[str, None]] = {}
    pending: list[tuple[Name, tuple[str, ...]]] = []
    for name in found:
        words = tuple(n for n in tokens.norm[name.first : name.last] if n not in ".-")
        words = words or tuple(tokens.norm[name.first : name.last])
        key = _key(words)
        if (len(key) == 1 and key not in keys and len(words) == 1) or name.sure == 0.75:
            pending.append((name, key))
            continue
        of[name.first] = _place(tokens, name, key, keys, forms)
    for name, key in pending:
        owner = keys.get(key)
        if owner is None:
            holders = {
                n
                for other, n in keys.items()
                if len(other) > len(key)
                and (other[: len(key)] == key or other[-len(key) :] == key)
                and len(key[0]) > 2
            }
            owner = holders.pop() if len(holders) == 1 else None
        if owner is None:
            of[name.first] = _place(tokens, name, key, keys, forms)
        else:
            keys[key] = owner
            forms[owner].setdefault(tokens.surface(name.first, name.last))
            of[name.first] = owner
    for name in found:
        before = tokens.norm[name.first - 1] if name.first else ""
        if (
            before in _ENTRANTS and tokens.shape[name.first - 1] in "lU"
        ):  # "le team X" may be how it is called
            leads.setdefault(of[name.first], {})[tokens.surface(name.first - 1, name.last)] = None
    for number, surfaces in enumerate(forms):
        ordered = sorted(surfaces, key=lambda s: -len(s.split()))
        led = [form for form in leads.get(number, {}) if form not in surfaces]
        teams.append(TeamEntity(ordered[0], ordered[1:] + led))
    return teams, of


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return words


def _place(
    tokens: Tokens,
    name: Name,
    key: tuple[str, ...],
    keys: dict[tuple[str, ...], int],
    forms: list[dict[str, None]],
) -> int:
    surface = tokens.surface(name.first, name.last)
    owner = keys.get(key)
    if owner is None:
        joined = "".join(key)
        owner = next(
            (
                n
                for other, n in keys.items()
                if "".join(other) == joined
                or (len(joined) > 7 and close("".join(other), joined))
                or (len(key) > 1 and sorted(other) == sorted(key))  # "Sillage CTR", "CTR Sillage"
            ),
            None,
        )
    if owner is None:
        owner = len(forms)
        forms.append({})
    keys[key] = owner
    forms[owner].setdefault(surface)
    return owner
