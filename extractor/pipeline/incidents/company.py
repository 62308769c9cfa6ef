"""Somebody in a sentence, and all who stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.pipeline.annotations import Ref


@dataclass(slots=True)
class Actor:
    """Somebody or some car in the text: tokens ``first`` to ``last``, with its bracket to ``outer``."""

    first: int
    last: int
    outer: int
    people: tuple[int, ...] = ()
    number: str | None = None
    ref: Ref | None = None
    many: bool = False
    pair: bool = False
    solo: bool = False  # a capital that names did not take for a person
    loose: bool = False  # a capital that may be anybody's: it keeps others from being taken for the subject


@dataclass(slots=True)
class Company:
    """The actors of one sentence."""

    actors: list[Actor]
    starts: list[int] = field(default_factory=list)
    by_end: dict[int, Actor] = field(default_factory=dict)
