"""The block of facts: one fact a line, read against the marked text.

The notation, line by line, is in ``corpus/MARKUP.md``. Evidence is named by labels (``@a``) or by a piece of
the text in quote marks (``@"pole devant"``, ``@"pole"#2`` for its second occurrence). Where no evidence is
given, a label that has the fact's own name serves, and an entry takes the shortest stretch that holds its
drivers, team, number and car.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

from extractor.corpus.draft import (
    Draft,
    EntryFact,
    EventFact,
    FindingFact,
    IncidentFact,
    Participant,
    QuoteFact,
    ResultFact,
    SessionFact,
    SkipFact,
)
from extractor.corpus.evidence import around, in_list, named_in, nearest, piece
from extractor.corpus.markup import Marked, Range
from extractor.corpus.problems import MarkupError, Problem
from extractor.record import (
    Consequence,
    DriverRole,
    IncidentType,
    ParticipantRole,
    ResultKind,
    ResultStatus,
    SessionKind,
    SessionStatus,
    Severity,
    SpeakerRole,
)

KINDS = get_args(ResultKind)
STATUSES = get_args(ResultStatus)
_ROLES = {f"{role}s": role for role in get_args(DriverRole)}
_FLAGS = {"inferred", "optional"}
_OPTIONS = frozenset(
    (
        *("name", "series", "season", "round", "venue", "starts", "ends"),
        *("number", "status", "time", "car", "classes", "session"),
        *("lap", "when", "where", "conseq", "cause", "by"),
    )
)
# A word, in which quote marks protect blanks, colons and semicolons; or a semicolon.
_WORD = re.compile(r'(?:[^\s";]|"[^"]*")+|;')
_TIME = re.compile(r"^(?:(?:(\d+):)?(\d{1,2}):)?(\d{1,3}(?:\.\d{1,3})?)$")
_LAPS = re.compile(r"^(\d+)laps?$")
_POINTS = re.compile(r"^(\d+(?:\.\d+)?)pts$")
_TARGET = re.compile(
    r'^(?P<driver>[a-z][\w-]*)?(?:=?"(?P<text>[^"]*)")?(?:#(?P<number>\w+))?(?::(?P<role>\w+))?$'
)


def read_facts(block: str, marked: Marked, first_line: int = 1) -> tuple[Draft, list[Problem]]:
    """Read a block of facts.

    Args:
        block: Its lines.
        marked: The text that they speak of.
        first_line: The first line's number in the file.

    Returns:
        What could be read, and what could not.
    """
    draft, problems = Draft(marked), []
    for number, written in enumerate(block.split("\n"), first_line):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        try:
            _read(Line(line, number, marked), draft)
        except MarkupError as error:
            found = error.problem
            problems.append(Problem(found.code, found.line or number, found.parameters))
    return draft, problems


class Line:
    """The words of one line, taken from the left.

    Attributes:
        head: Words before the colon that ends the head; all words where there is none.
        tail: Lists of words after it, parted by semicolons.
        rest: Everything after the colon, as written.
    """

    def __init__(self, written: str, number: int, marked: Marked) -> None:
        self.number, self.marked = number, marked
        self.verb, _, after = written.partition(" ")
        if self.verb.endswith(":"):
            self.verb, after = self.verb[:-1], f": {after}"
        self.head, self.tail, self.rest = _parted(after.strip())

    def take(self, what: str, words: list[str] | None = None) -> str:
        """Return the next word of the head (or of ``words``)."""
        words = self.head if words is None else words
        if not words:
            raise MarkupError("word_missing", self.number, what=what, fact=self.verb)
        return words.pop(0)

    def options(self, words: list[str] | None = None) -> tuple[dict[str, str], set[str], list[str]]:
        """Take ``key=value`` and the flags out of the words, and return them with the words that are left."""
        named, flags, others = {}, set(), []
        for word in self.head if words is None else words:
            key, equals, value = word.partition("=")
            if word in _FLAGS:
                flags.add(word)
            elif equals and key in _OPTIONS:
                named[key] = value.strip('"')
            else:
                others.append(word)
        return named, flags, others

    def evidence(self, words: list[str], default: str | None = None) -> tuple[tuple[Range, ...], list[str]]:
        """Return the ranges that the ``@`` words mean, in the order of the text, and the other words."""
        found: list[Range] = []
        for word in words:
            if word.startswith("@"):
                found += self._meant(word[1:])
        if not found and default in self.marked.labels:
            found = list(self.marked.labels[default or ""])
        return tuple(sorted(found)), [word for word in words if not word.startswith("@")]

    def _meant(self, word: str) -> tuple[Range, ...]:
        if word.startswith('"'):
            return (piece(self.marked.text, word),)
        if word not in self.marked.labels:
            raise MarkupError("no_such_label", self.number, label=word)
        return self.marked.labels[word]


def _parted(after: str) -> tuple[list[str], list[list[str]], str]:
    head: list[str] = []
    for match in _WORD.finditer(after):
        word = match[0]
        if word.endswith(":"):
            if word != ":":
                head.append(word[:-1])
            rest = after[match.end() :].strip()
            return head, list(_lists(rest)), rest
        head.append(word)
    return head, [], ""


def _lists(rest: str) -> Iterator[list[str]]:
    words: list[str] = []
    for match in _WORD.finditer(rest):
        if match[0] == ";":
            yield words
            words = []
        else:
            words.append(match[0])
    if words:
        yield words


def _read(line: Line, draft: Draft) -> None:
    reader = _READERS.get(line.verb)
    if reader is not None:
        reader(line, draft)
    elif line.verb in _ROLES:
        for key in line.rest.split() or line.head:
            draft.roles[key] = _ROLES[line.verb]
    elif line.verb in KINDS:
        _results(line, draft)
    else:
        raise MarkupError("no_such_fact", line.number, fact=line.verb)


def _teams(line: Line, draft: Draft) -> None:
    draft.teams += line.rest.split() or line.head


def _name(line: Line, draft: Draft) -> None:
    draft.names[line.take("key")] = line.rest


def _optional(line: Line, draft: Draft) -> None:
    draft.optional |= set(line.rest.split() or line.head)


def _accept(line: Line, draft: Draft) -> None:
    draft.accepted.add(line.take("code"))
    if not line.rest:
        raise MarkupError("word_missing", line.number, what="reason", fact="accept")


def _event(line: Line, draft: Draft) -> None:
    named, _, words = line.options([*line.head, *(w for words in line.tail for w in words)])
    evidence, others = line.evidence(words, "ev")
    _nothing_left(line, others)
    names = {"starts": "starts_on", "ends": "ends_on"}
    values = {names.get(key, key): value for key, value in named.items()}
    draft.events.append(EventFact(evidence, line.number, values))


def _session(line: Line, draft: Draft) -> None:
    key = line.take("key")
    words = [*line.head, *(w for words in line.tail for w in words)]
    kind = _one_of(line, line.take("kind", words), get_args(SessionKind))
    named, _, words = line.options(words)
    evidence, others = line.evidence(words, key)
    label = others.pop(0).strip('"') if others else None
    _nothing_left(line, others)
    values: dict[str, Any] = {}
    if "number" in named:
        values["number"] = _integer(line, named.pop("number"))
    values["status"] = _one_of(line, named.pop("status", "completed"), get_args(SessionStatus))
    values["scheduled"] = named.pop("time", None)
    _nothing_left(line, [*named])
    if not evidence and label:
        evidence = (nearest(line.marked.text, label, 0, line.number),)
    draft.sessions.append(SessionFact(evidence, line.number, key, kind, label, values))


def _entry(line: Line, draft: Draft) -> None:
    words = [*line.head, *(w for words in line.tail for w in words)]
    named, flags, words = line.options(words)
    evidence, words = line.evidence(words)
    _nothing_left(line, [word for word in words if "=" in word])
    drivers: list[str] = []
    teams: list[str] = []
    for key in (key for word in words for key in word.split("+")):
        (teams if key in draft.teams else drivers).append(key)
    if len(teams) > 1:
        raise MarkupError("two_teams", line.number, keys=" ".join(teams))
    values: dict[str, Any] = {
        "number": named.pop("number", None),
        "car": named.pop("car", None),
        "classes": tuple(c.strip() for c in named.pop("classes", "").split("|") if c.strip()),
        "session": named.pop("session", None),
        "optional": "optional" in flags,
    }
    _nothing_left(line, [*named])
    if not evidence:
        literals = [values[name] for name in ("number", "car") if values[name]]
        evidence = (around(line.marked, [*drivers, *teams], literals, line.number),)
    draft.entries.append(EntryFact(evidence, line.number, tuple(drivers), next(iter(teams), None), values))


def _results(line: Line, draft: Draft) -> None:
    session = line.take("session")
    shared, words = line.evidence(line.head)
    scope = words.pop(0).strip('"') if words else "overall"
    aliases = tuple(word.strip('"') for word in words)
    if not line.tail:
        raise MarkupError("word_missing", line.number, what="place", fact=line.verb)
    for words in line.tail:
        place, crew, values, own = _place(line, list(words))
        evidence = _together(own, in_list(line.marked, shared, crew), shared)
        if not evidence:
            raise MarkupError("no_evidence", line.number, fact=" ".join(words))
        if aliases:
            values["scope_aliases"] = aliases
        draft.results.append(
            ResultFact(evidence, line.number, session, line.verb, scope, place, crew, values)
        )


def _together(
    own: tuple[Range, ...], listed: tuple[Range, ...], shared: tuple[Range, ...]
) -> tuple[Range, ...]:
    """Return an item's own evidence and its place in the list; a list that does not name it adds nothing."""
    if own and listed == shared:
        return own
    return tuple(sorted({*own, *listed}))


def _place(
    line: Line, words: list[str]
) -> tuple[int | str | None, tuple[str, ...], dict[str, Any], tuple[Range, ...]]:
    """Read ``2 lorieux+vannier 25:12.345 +1.5 24laps 12pts inferred @a``."""
    evidence, words = line.evidence(words)
    written = line.take("place", words)
    place = None if written == "-" else written if written in STATUSES else _integer(line, written)
    crew = tuple(line.take("drivers", words).split("+"))
    _, flags, words = line.options(words)
    values: dict[str, Any] = {"optional": "optional" in flags}
    if "inferred" in flags:
        values["standing"] = "inferred"
    for word in words:
        name, value = _measure(line, word)
        values[name] = value
    return place, crew, values, evidence


def _measure(line: Line, word: str) -> tuple[str, Any]:
    if points := _POINTS.match(word):
        return "points", float(points[1])
    if word.startswith("+"):
        laps = _LAPS.match(word[1:])
        return "gap", {"laps": int(laps[1])} if laps else _duration(line, word[1:])
    if laps := _LAPS.match(word):
        return "laps", int(laps[1])
    return "time", _duration(line, word)


def _duration(line: Line, word: str) -> str:
    match = _TIME.match(word)
    if match is None:
        raise MarkupError("bad_measure", line.number, word=word)
    hours, minutes, seconds = match.groups()
    hours_part = f"{int(hours)}H" if hours else ""
    minutes_part = f"{int(minutes)}M" if minutes else ""
    return f"PT{hours_part}{minutes_part}{float(seconds):.3f}S"


def _incident(line: Line, draft: Draft) -> None:
    words = [*line.head, *(w for words in line.tail for w in words)]
    kinds = get_args(IncidentType)
    key = None if words and words[0] in kinds else line.take("key", words)
    kind = _one_of(line, line.take("type", words), kinds)
    session = line.take("session", words)
    named, flags, words = line.options(words)
    evidence, words = line.evidence(words, key)
    if not evidence:
        raise MarkupError("no_evidence", line.number, fact=kind)
    text, near = line.marked.text, evidence[0][0]
    values: dict[str, Any] = {
        "lap": _integer(line, named.pop("lap")) if "lap" in named else None,
        "consequences": tuple(
            _one_of(line, word, get_args(Consequence)) for word in named.pop("conseq", "").split(",") if word
        ),
        "optional": "optional" in flags,
        "standing": "inferred" if "inferred" in flags else "stated",
    }
    fact = IncidentFact(
        evidence,
        line.number,
        key,
        session,
        kind,
        tuple(_participant(line, word, evidence) for word in words),
        nearest(text, named.pop("when"), near, line.number) if "when" in named else None,
        nearest(text, named.pop("where"), near, line.number) if "where" in named else None,
        tuple(word for word in named.pop("cause", "").split(",") if word),
        named.pop("by", None),
        values,
    )
    _nothing_left(line, [*named])
    draft.incidents.append(fact)


def _participant(line: Line, word: str, evidence: tuple[Range, ...]) -> Participant:
    match = _TARGET.match(word)
    if match is None or not (match["driver"] or match["text"]):
        raise MarkupError("bad_participant", line.number, word=word)
    role = _one_of(line, match["role"] or "subject", get_args(ParticipantRole))
    at = (
        nearest(line.marked.text, match["text"], evidence[0][0], line.number)
        if match["text"]
        else named_in(line.marked, match["driver"], evidence)
    )
    return Participant(match["driver"], role, match["number"], at)


def _quote(line: Line, draft: Draft) -> None:
    words = [*line.head, *(w for words in line.tail for w in words)]
    key = line.take("key", words)
    named, flags, words = line.options(words)
    evidence, words = line.evidence(words, key)
    if not evidence:
        raise MarkupError("no_evidence", line.number, fact=f"quote {key}")
    values: dict[str, Any] = {"kind": "direct", "optional": "optional" in flags}
    if "indirect" in words:
        words.remove("indirect")
        values["kind"] = "indirect"
    speaker = None
    if words and words[0].startswith('"'):
        values["speaker_name"] = words.pop(0).strip('"')
        values["speaker_role"] = _one_of(line, line.take("role", words), get_args(SpeakerRole))
    elif words and words[0] != "unknown":
        speaker = words.pop(0)
        values["speaker_role"] = "driver"
    _nothing_left(line, [w for w in words if w != "unknown"])
    session = named.pop("session", None)
    _nothing_left(line, [*named])
    draft.quotes.append(QuoteFact(evidence, line.number, key, session, speaker, values))


def _finding(line: Line, draft: Draft) -> None:
    words = [*line.head, *(w for words in line.tail for w in words)]
    evidence, words = line.evidence(words)
    code = line.take("code", words)
    severity = _one_of(line, line.take("severity", words), get_args(Severity))
    message = line.take("message", words).strip('"')
    draft.findings.append(FindingFact(evidence, line.number, code, severity, message, tuple(words)))


def _skip(line: Line, draft: Draft) -> None:
    words = [*line.head, *(w for words in line.tail for w in words)]
    evidence, words = line.evidence(words)
    for stretch in evidence:
        draft.skipped.append(SkipFact((stretch,), line.number, " ".join(words) or "boilerplate"))


_READERS: dict[str, Callable[[Line, Draft], None]] = {
    "teams": _teams,
    "name": _name,
    "optional": _optional,
    "accept": _accept,
    "event": _event,
    "session": _session,
    "entry": _entry,
    "incident": _incident,
    "quote": _quote,
    "finding": _finding,
    "skip": _skip,
}


def _one_of(line: Line, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise MarkupError("not_one_of", line.number, word=word, known=", ".join(known))
    return word


def _integer(line: Line, word: str) -> int:
    if not word.isdecimal():
        raise MarkupError("no_number", line.number, word=word)
    return int(word)


def _nothing_left(line: Line, words: list[str]) -> None:
    if words:
        raise MarkupError("unknown_words", line.number, words=" ".join(words), fact=line.verb)
