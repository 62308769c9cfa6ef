"""French newspapers with marked names, as passages for training and comparing taggers of names.

The archive holds columns of tokens: two files of HIPE-2022 (``newseye``;
https://github.com/hipe-eval/HIPE-2022-data) and the Europeana newspapers
(https://github.com/EuropeanaNewspapers/ner-corpora). Both become BIO tags of PER, LOC and ORG. HIPE has
products of people beside them, which Europeana does not mark: they become O. Europeana says ``I-`` alone, so
names of one kind that stand side by side are one name there.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TYPES = ("PER", "LOC", "ORG")
OUTSIDE = "O"
TAGS = (OUTSIDE, *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
HIPE, EUROPEANA = "HIPE", "Europeana"

_LEARNT, _HELD = "newseye-dev-fr.tsv", "newseye-dev2-fr.tsv"
_COLUMNS = ".bio"
# A passage ends with the first sentence that ends behind so many words, and at the latest where the second
# number is reached: about as much as a window of 256 tokens holds.
_ENOUGH, _MOST = 100, 160
_ENDS = frozenset((".", "!", "?"))
_AFTER_NO_BLANK = frozenset((".", ",", ")", "'", "’"))
_BEFORE_NO_BLANK = ("(", "'", "’")


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the columns.

    Attributes:
        text: As printed, or as the machine read it.
        tag: One of ``TAGS``.
        blank: Whether white space follows.
        closes: Whether a sentence ends with it.
    """

    text: str
    tag: str
    blank: bool = True
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences of one newspaper."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as a text."""
        return "".join(word.text + " " * word.blank for word in self.words)

    @property
    def starts(self) -> list[int]:
        """Where each word begins in the text."""
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word.text) + word.blank
        return starts

    @property
    def tags(self) -> list[str]:
        """The tag of each word."""
        return [word.tag for word in self.words]


@dataclass(frozen=True, slots=True)
class Newspapers:
    """What is learnt from, and what is held out, by the name of its source.

    What is held out is what ``tools.pretraining_texts`` leaves out as well: HIPE's second file and the last
    fifth of Europeana's.
    """

    learnt: tuple[Passage, ...]
    held_out: dict[str, tuple[Passage, ...]]


def read_newspapers(archive: Path, passages: int | None = None) -> Newspapers:
    """Read the archive.

    Args:
        archive: ``newspaper_ner.tar.xz``, or one with files of these names and columns.
        passages: Keep so many of each part alone, for a quick trial.
    """
    files = dict(_files(archive))
    europeana = _named(files, _COLUMNS).splitlines()
    border = len(europeana) * 4 // 5
    learnt = (
        _passages(_hipe(_named(files, _LEARNT))),
        _passages([_europeana(europeana[:border])]),
    )
    held_out = {
        HIPE: _passages(_hipe(_named(files, _HELD))),
        EUROPEANA: _passages([_europeana(europeana[border:])]),
    }
    return Newspapers(
        tuple(passage for part in learnt for passage in part[:passages]),
        {name: tuple(part[:passages]) for name, part in held_out.items()},
    )


def entities(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names that BIO tags mark: first word, the word behind the last, type.

    A name that begins with ``I-`` counts as one, as in conlleval.
    """
    found: set[tuple[int, int, str]] = set()
    begin, kind = 0, ""
    for place, tag in enumerate((*tags, OUTSIDE)):
        mark, _, here = tag.partition("-")
        if kind and (mark != "I" or here != kind):
            found.add((begin, place, kind))
            kind = ""
        if here and not kind:
            begin, kind = place, here
    return found


def _files(archive: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(archive) as held:
        for member in held:
            file = held.extractfile(member)
            if file is not None:
                yield member.name, file.read().decode("utf-8", "replace")


def _named(files: dict[str, str], end: str) -> str:
    found = [text for name, text in files.items() if name.endswith(end)]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} files in the archive are named *{end}, and one is needed")
    return found[0]


def _hipe(columns: str) -> Iterator[list[Word]]:
    """Yield the words of each document."""
    words: list[list[str]] = []
    for row in (*columns.splitlines()[1:], ""):
        if row.strip() and not row.startswith("#"):
            words.append(row.split("\t"))
        elif words:
            after = [*(fields[0] for fields in words[1:]), ""]
            tags = _begun([fields[1] for fields in words])
            yield [_hipe_word(*word) for word in zip(words, tags, after, strict=True)]
            words = []


def _hipe_word(fields: Sequence[str], tag: str, after: str) -> Word:
    """Return a word; the columns say that no blank follows where a line ended, and there one did."""
    text, said = fields[0], fields[-1].split("|")
    closes = "EndOfSentence" in said
    line_ended = (text[-1].isalnum() or text[-1] in ".,;") and after[:1].isalpha()
    return Word(text, tag, closes or line_ended or "NoSpaceAfter" not in said, closes)


def _europeana(rows: Sequence[str]) -> list[Word]:
    """Return the words: blanks are set as French sets them, since the columns do not say."""
    texts = [row.split()[0] for row in rows if row.strip()]
    tags = _begun([row.split()[-1] for row in rows if row.strip()])
    after = [*texts[1:], ""]
    return [
        Word(text, tag, not text.endswith(_BEFORE_NO_BLANK) and behind not in _AFTER_NO_BLANK, text in _ENDS)
        for text, tag, behind in zip(texts, tags, after, strict=True)
    ]


def _begun(tags: Sequence[str]) -> list[str]:
    """Return BIO tags of our types: what goes on though nothing was begun is where a name begins."""
    found: list[str] = []
    for tag in tags:
        known = tag if tag in TAGS else OUTSIDE
        goes_on = bool(found) and found[-1][2:] == known[2:]
        found.append(f"B-{known[2:]}" if known.startswith("I-") and not goes_on else known)
    return found


def _passages(documents: Iterable[Sequence[Word]]) -> list[Passage]:
    """Cut documents into passages, never inside a name."""
    found = []
    for words in documents:
        begin = 0
        for place, word in enumerate(words, 1):
            length = place - begin
            inside = place < len(words) and words[place].tag.startswith("I-")
            full = length >= _MOST or (length >= _ENOUGH and word.closes)
            if place == len(words) or (full and not inside):
                found.append(Passage(tuple(words[begin:place])))
                begin = place
    return found
