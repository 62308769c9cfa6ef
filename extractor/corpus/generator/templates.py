"""Phrases with slots, verbs and alternatives.

{A}            somebody; the first in the phrase is its subject
{de A} {à A} {que A}   with a preposition, elided and contracted
{il:A} {son:A} {sa:A} {ses:A} {lui:A}   a pronoun or possessive for them
{full:A} {one:A}       the full name; one of the crew
{gap}          any other words given by whoever tells the phrase
[remporter]    a verb in the tense of the telling, agreeing with the subject
[~mener]       one that lasts;  [<perdre] one that was before
[revenir:f]    agreeing with a feminine noun (f, m, fp, mp), or with another slot
parti{~}       agreement with the subject, parti{~B} with another slot
{+} {+B}       its plural only, for ordinals
(a|b|)         one of several wordings; they may be nested
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.corpus.generator.chance import Chance
from extractor.corpus.generator.words import phrase_files, table

_PREPOSITIONS = ("de", "à", "que")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill. ``how`` is a preposition or the name of a form."""

    name: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb to conjugate; ``aspect`` is nothing, ``<`` or ``~``."""

    lemma: str
    aspect: str
    subject: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What agreement adds; for an ordinal, in the plural only."""

    subject: str
    plural_only: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """One of several wordings."""

    wordings: tuple[tuple[Node, ...], ...]


Node = str | Slot | Verb | Ending | Options


@dataclass(frozen=True, slots=True)
class Template:
    """A phrase, read. ``slots`` are all that its wordings may ask for."""

    nodes: tuple[Node, ...]
    slots: frozenset[str]
    source: str


_SIGN = re.compile(r"\{([^{}]*)\}|\[([^\[\]]*)\]|([(|)])")


@cache
def parse(source: str) -> Template:
    """Read a phrase."""
    stack: list[list[list[Node]]] = [[[]]]
    slots: set[str] = set()
    done = 0
    for sign in _SIGN.finditer(source):
        if sign.start() > done:
            stack[-1][-1].append(source[done : sign.start()])
        done = sign.end()
        if sign[1] is not None:
            node = _slot(sign[1])
            if isinstance(node, Slot):
                slots.add(node.name)
            stack[-1][-1].append(node)
        elif sign[2] is not None:
            stack[-1][-1].append(_verb(sign[2]))
        elif sign[3] == "(":
            stack.append([[]])
        elif sign[3] == "|" and len(stack) > 1:
            stack[-1].append([])
        elif sign[3] == ")" and len(stack) > 1:
            wordings = stack.pop()
            if len(wordings) == 1:  # brackets of the text
                stack[-1][-1] += ["(", *wordings[0], ")"]
            else:
                stack[-1][-1].append(Options(tuple(map(tuple, wordings))))
        else:
            raise ValueError(f"stray {sign[3]} in {source!r}")
    if done < len(source):
        stack[-1][-1].append(source[done:])
    if len(stack) > 1:
        raise ValueError(f"a bracket is open in {source!r}")
    return Template(tuple(stack[0][0]), frozenset(slots), source)


def _slot(written: str) -> Slot | Ending:
    if written.startswith("~"):
        return Ending(written[1:] or "A")
    if written.startswith("+"):
        return Ending(written[1:] or "A", plural_only=True)
    word, _, rest = written.partition(" ")
    if rest and word in _PREPOSITIONS:
        return Slot(rest, word)
    how, colon, name = written.partition(":")
    return Slot(name, how) if colon else Slot(written)


def _verb(written: str) -> Verb:
    lemma, _, subject = written.partition(":")
    aspect = lemma[0] if lemma[0] in "<~" else ""
    return Verb(lemma.removeprefix(aspect), aspect, subject or "A")


def flat(nodes: tuple[Node, ...], chance: Chance) -> list[Node]:
    """Return the nodes with one wording chosen wherever there are several."""
    chosen: list[Node] = []
    for node in nodes:
        if isinstance(node, Options):
            chosen += flat(chance.pick(node.wordings), chance)
        else:
            chosen.append(node)
    return chosen


# Against the clock nobody sees a flag, a grid or another's wheels.
_CLOCK = frozenset({"rally", "climbs"})
_TRACK = re.compile(
    r"\bligne\b|drapeau|grille|feux?\b|peloton|\btours?\b|\bpiste\b|stands?\b|graviers|course\b"
)


@cache
def pool(topic: str, tags: tuple[str, ...], given: frozenset[str]) -> tuple[Template, ...]:
    """Return the phrases for a topic that may be told.

    Args:
        topic: Table of the phrase files, such as ``finish.win``.
        tags: Which of its lists hold, ``any`` beside them.
        given: Names of the slots that can be filled.
    """
    lists = _tables()[topic]
    phrases = [parse(text) for tag in ("any", *tags) for text in lists.get(tag, ())]
    phrases = [phrase for phrase in phrases if phrase.slots <= given]
    if _CLOCK.intersection(tags):
        phrases = [phrase for phrase in phrases if not _TRACK.search(phrase.source)] or phrases
    return tuple(phrases)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for file in phrase_files():
        for group, topics in table(file).items():
            for topic, lists in topics.items():
                found[f"{group}.{topic}"] = lists
    return found


def topics() -> dict[str, dict[str, list[str]]]:
    """Return all phrases: topic, tag, and the phrases as written."""
    return _tables()
