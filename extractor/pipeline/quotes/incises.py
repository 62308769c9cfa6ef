"""The narrator's words around speech: "explique X", "a-t-il soufflé", "nous dit le pilote de la Bugatti"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractor.pipeline.annotations import Ref
from extractor.pipeline.quotes.page import Page
from extractor.pipeline.quotes.vocabulary import (
    AUXILIARY,
    BETWEEN,
    CLITIC,
    DETERMINERS,
    EVENT_WORDS,
    LAST_NAMED,
    NATIONS,
    NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    STOPS,
    VERBS,
    terms,
    verbal,
)

SubjectKind = Literal["ref", "name", "nominal", "pronoun", "latest"]
_MARKS = frozenset("«»“”\"„‹›‘’'")


@dataclass(slots=True)
class Subject:
    """Who speaks, as the text puts it: tokens ``first`` to ``last``."""

    kind: SubjectKind
    first: int
    last: int
    ref: Ref | None = None


@dataclass(slots=True)
class Incise:
    """A verb of saying with its subject: tokens ``first`` to ``last``."""

    first: int
    last: int
    subject: Subject
    strong: bool
    verb: int


def incise_at(page: Page, k: int, limit: int, strict: bool) -> Incise | None:
    """Read "explique X" or "a-t-il soufflé" at token ``k``.

    Args:
        page: The page.
        k: Where the verb, or what belongs to it, begins.
        limit: The token before which to stop.
        strict: Whether a subject that is only a noun must be one that names people.
    """
    group = _verb_group(page, k, limit)
    if group is None:
        return None
    verb, after, pronoun, strong = group
    if pronoun >= 0:
        return Incise(k, after, Subject("pronoun", pronoun, pronoun + 1), strong, verb)
    subject = subject_at(page, after, limit, strict)
    if subject is None:
        return None
    return Incise(k, subject.last, subject, strong, verb)


def _verb_group(page: Page, k: int, limit: int) -> tuple[int, int, int, bool] | None:
    """Return verb, token behind the group, inverted pronoun or -1, and whether the verb surely says."""
    norm = page.norm
    i = k
    while i < limit and norm[i] in CLITIC and i - k < 3:
        i += 1
    if i >= limit:
        return None
    word = norm[i]
    pronoun, behind = _inverted(page, i + 1, limit)
    if word in SAYING and (pronoun >= 0 or word not in AUXILIARY):
        return i, behind, pronoun, word in VERBS
    if word in AUXILIARY or (i > k and pronoun >= 0):
        j = behind
        while j < min(limit, behind + 6):
            if norm[j] in SAYING and norm[j] != "a":
                return j, _past_pronoun(page, j + 1, limit), pronoun, norm[j] in VERBS
            if norm[j] not in BETWEEN and norm[j] not in CLITIC:
                break
            j += 1
        if (
            pronoun >= 0
            and j < limit
            and page.shape[j] == "l"
            and norm[j].endswith(("e", "i", "u", "is", "it"))
        ):
            return j, j + 1, pronoun, False
        return None
    if pronoun >= 0 and page.shape[i] == "l" and verbal(word):
        return i, behind, pronoun, False
    return None


def _inverted(page: Page, i: int, limit: int) -> tuple[int, int]:
    """Read "-t-il" at token ``i``; return the pronoun or -1, and the token behind."""
    norm = page.norm
    j = i
    if j < limit and norm[j] in ("-", "–", "‑") and j + 1 < limit:
        j += 1
        if norm[j] in ("t", "t'") and j + 1 < limit:
            j += 1
            if norm[j] in ("-", "–", "‑", "'") and j + 1 < limit:
                j += 1
        if norm[j] in PRONOUNS:
            return j, j + 1
    return -1, i


def _past_pronoun(page: Page, i: int, limit: int) -> int:
    return _inverted(page, i, limit)[1]


def subject_at(page: Page, i: int, limit: int, strict: bool) -> Subject | None:
    """Read the subject that follows a verb of saying."""
    limit = min(limit, i + 12)
    if i >= limit:
        return None
    found = _named(page, i, limit) or _nominal(page, i, limit, strict)
    if found is not None:
        return found
    if page.text[i] in _MARKS and i + 1 < limit:  # "a soufflé "Matt"": a nickname
        named = _named(page, i + 1, limit)
        if named is not None:
            return named
        close = next((j for j in range(i + 1, min(limit, i + 5)) if page.text[j] in _MARKS), -1)
        return Subject("name", i + 1, close) if close > i + 1 else None
    return _delayed(page, i, limit)


def _named(page: Page, i: int, limit: int) -> Subject | None:
    ref = page.ref_at(i)
    if ref is not None and ref.form in ("name", "nominal", "pronoun"):
        return Subject("ref", i, max(ref.last, i + 1), ref)
    j = i
    while j < limit and (
        page.shape[j] in "CUI"
        or (j > i and page.norm[j] in ("-", "de", "le", "du", "van", "der", "da", "di"))
    ):
        if page.norm[j] in EVENT_WORDS:
            return None
        j += 1
        ref = page.ref_at(j)
        if ref is not None and j < limit:  # "M. Durand": a title and the name
            return Subject("ref", i, ref.last, ref)
    while j > i and page.shape[j - 1] not in "CUI":
        j -= 1
    return Subject("name", i, j) if j > i else None


def _nominal(page: Page, i: int, limit: int, strict: bool) -> Subject | None:
    """Read "le pilote de la BMW", "l'Alsacien", "son équipier", "ce dernier"."""
    norm = page.norm
    if norm[i] in ("celui", "celle"):
        return Subject("latest", i, min(i + 3, limit))
    if norm[i] not in DETERMINERS:
        return None
    end = i + 1
    personal = False
    while (
        end < limit
        and norm[end] not in STOPS
        and page.text[end] not in _MARKS
        and norm[end] not in (",", ":", ";", "(", ")", "–", "—")
    ):
        word = norm[end]
        ref = page.ref_at(end)
        if ref is not None and ref.form == "name" and norm[end - 1] not in PREPOSITIONS:
            return Subject("ref", i, ref.last, ref)
        if word in ("qui", "dont", "que", "qu'", "et") and end > i + 1:
            break
        if end <= i + 4 and (word in NOUNS or word in NATIONS or (page.shape[end] == "C" and end == i + 1)):
            personal = True
        end += 1
    personal = personal or bool(terms(norm[i:end], "role"))
    if end == i + 1 or (strict and not personal):
        return None
    if norm[i + 1] in LAST_NAMED:
        return Subject("latest", i, end)
    return Subject("nominal", i, end)


def _delayed(page: Page, i: int, limit: int) -> Subject | None:
    """Find a name a few words on: "explique avec le sourire Martin"."""
    for j in range(i, min(limit, i + 7)):
        if page.norm[j] in STOPS or page.text[j] in _MARKS or page.norm[j] in (":", ";", "que", "qu'"):
            return None
        ref = page.ref_at(j)
        if ref is not None and j > i:
            if page.norm[j - 1] in PREPOSITIONS:
                return None
            return Subject("ref", j, ref.last, ref)
    return None
