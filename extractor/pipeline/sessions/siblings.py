"""Heats and semi-finals that only another's name tells of: "la demi-finale A … la B", "celle du groupe B"."""

from __future__ import annotations

from extractor.pipeline.annotations import Layout
from extractor.pipeline.sessions.mentions import Mention

_KINDS = ("heat", "semi_final", "final")
_LETTERS = frozenset("ABCD")
_GROUPS = frozenset(("groupe", "poule", "serie"))
_NEAR = 40  # tokens: how far behind the one that is named


def siblings(layout: Layout, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that leave out the noun of the one before them."""
    norm, text = layout.tokens.norm, layout.tokens.text
    found: list[Mention] = []
    named = [m for m in mentions if m.kind in _KINDS and not m.elsewhere and _letter(m)]
    for k, model in enumerate(named):
        until = named[k + 1].first if k + 1 < len(named) else len(norm)
        for i in range(model.last, min(model.last + _NEAR, until, len(norm) - 3)):
            if norm[i] == "celle" and norm[i + 1] in ("du", "de") and norm[i + 2] in _GROUPS:
                label, end = layout.tokens.surface(i, i + 4), i + 4
            elif norm[i] == "la" and model.letter in _LETTERS and text[i + 2] != ".":
                label, end = layout.tokens.surface(i + 1, i + 2), i + 2
            else:
                continue
            letter = text[end - 1]
            if letter in _LETTERS and letter != _letter(model):
                own = model.letter[: -len(letter)] + letter
                found.append(Mention(i, end, model.kind, model.number, label, own, bare=True))
    return found


def _letter(mention: Mention) -> str:
    return mention.letter[-1:] if mention.letter[-1:] in _LETTERS else ""
