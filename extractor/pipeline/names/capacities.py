"""Classes named by the engine's capacity: "1.100 cmc", "moins de 500 cm3", "501 à 850 cc", "2 litres"."""

from __future__ import annotations

import re

from extractor.pipeline.annotations import Name
from extractor.pipeline.names.runs import Tagged

_COUNT = r"(?:\d{1,2}[.\s  ]\d{3}|\d{2,4})"
_UNIT = r"(?:c\.?\s?m\.?\s?c\.?|cm\s?[3³]|c\.?c\.?|centimètres(?:\s(?:cubes?))?)"
_LITRES = r"(?:\d(?:[.,]\d{1,2})?|deux|trois|un|cinq)\s(?:litres?|l\.)"
_BOUND = r"(?:moins\sde|plus\sde|jusqu['’][aà]|au-dessus\sde|de)"
CAPACITY = re.compile(
    rf"(?<![\w.,])(?:{_BOUND}\s)?(?:{_COUNT}(?:\s{_UNIT})?\s[aà]\s)?(?:{_COUNT}\s?{_UNIT}|{_LITRES})(?!\w)",
    re.IGNORECASE,
)
# Behind these the capacity tells of an engine, not of a class.
_OF_ENGINES = re.compile(r"(?:moteur|cylindrée|cylindres|bloc|V\d+|turbo)\s(?:de\s)?$", re.IGNORECASE)
# Before these it counts fuel or oil.
_OF_FUEL = re.compile(r"\s?(?:d['’]essence|d['’]huile|de carburant|d['’]eau|aux cent|au cent)", re.IGNORECASE)


def find_capacities(tagged: Tagged) -> list[Name]:
    """Return the classes that a capacity names; "de" alone before it is left out."""
    tokens = tagged.tokens
    found = []
    for match in CAPACITY.finditer(tokens.source):
        start, end = match.span()
        if _OF_ENGINES.search(tokens.source, max(0, start - 24), start) or _OF_FUEL.match(tokens.source, end):
            continue
        if match[0][:3].lower() in ("de ", "de ") and " à " not in match[0]:
            start += 3
        first, last = tokens.at_or_after(start), tokens.at_or_after(end)
        if last > first and _names_class(tagged, first):
            found.append(Name(first, last, "class", tokens.source[start:end], sure=0.7))
    return found


def _names_class(tagged: Tagged, first: int) -> bool:
    """Tell whether a capacity is a class here: behind "en", "les", "catégorie des", or at a line's head."""
    tokens = tagged.tokens
    before = tokens.norm[max(0, first - 2) : first]
    return (
        first == 0
        or "\n" in tokens.source[tokens.end[first - 1] : tokens.start[first]]
        or bool(
            before
            and before[-1] in ("en", "les", "des", "classe", "categorie", "(", "–", "-", ";", ".", ":", ",")
        )
        or bool(set(before) & {"classe", "categorie", "groupe", "serie", "sport", "tourisme", "voitures"})
    )
