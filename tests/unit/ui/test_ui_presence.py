"""A document whose page was closed is free again; one that is still open anywhere is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.errors import OutputError
from extractor.ui.presence import Presence


@dataclass
class Open:
    what: tuple[str, str, int, str]
    freed: list[str] = field(default_factory=list)
    is_broken: bool = False

    def free(self) -> None:
        if self.is_broken:
            raise OutputError("store_busy", source="relecture.db")
        self.freed.append(self.what[1])


def opened(key: str = "a", reviewer: str = "Odile Ferrand") -> Open:
    return Open(("relecture.db", key, 1, reviewer))


def test_who_is_gone_for_long_enough_frees_what_they_had_open() -> None:
    here = {"s1"}
    presence, held = Presence(here.__contains__, grace=5), opened()
    presence.hold("s1", held, now=0)
    presence.sweep(now=60)
    here.clear()
    presence.sweep(now=64)
    assert held.freed == []  # a page that is loaded anew
    presence.sweep(now=65)
    presence.sweep(now=66)
    assert held.freed == ["a"]


def test_who_comes_back_in_time_keeps_it() -> None:
    here = {"s1"}
    presence, held = Presence(here.__contains__, grace=5), opened()
    presence.hold("s1", held, now=0)
    here.clear()
    presence.sweep(now=3)
    here.add("s1")
    presence.sweep(now=4)
    presence.sweep(now=20)
    assert held.freed == []


def test_what_the_same_person_has_open_elsewhere_is_not_freed() -> None:
    presence, held, again = Presence({"s2"}.__contains__, grace=5), opened(), opened()
    presence.hold("s1", held, now=0)
    presence.hold("s2", again, now=0)
    presence.sweep(now=10)
    assert (held.freed, again.freed) == ([], [])
    presence.let_go("s2")
    presence.sweep(now=30)
    assert again.freed == []  # it was given back by the page itself


def test_a_database_that_does_not_answer_keeps_nobody_else_waiting() -> None:
    presence, broken, held = Presence(lambda session: False, grace=0), opened("a"), opened("b")
    broken.is_broken = True
    presence.hold("s1", broken, now=0)
    presence.hold("s2", held, now=0)
    presence.sweep(now=1)
    assert held.freed == ["b"]


def test_a_server_that_ends_frees_everything() -> None:
    presence, held = Presence(lambda session: True), opened()
    presence.hold("s1", held, now=0)
    presence.close()
    presence.close()
    assert held.freed == ["a"]
