"""What ties people to things."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Link:
    """One tie between people and things, with the tokens that show it."""

    people: tuple[int, ...]
    first: int
    last: int
    team: int | None = None
    number: str | None = None
    car: str | None = None
    classes: list[str] = field(default_factory=list)
    sure: float = 0.8
    owner_from: int = -1  # where the car's phrase begins, if the people are named as its drivers
    owner_to: int = -1  # the token at which the first of them is named
