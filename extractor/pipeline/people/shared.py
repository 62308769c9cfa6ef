"""Who shares a car by what the text tells: "qu'il partage avec B", "B, qui relayait A"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.link import Link

_SHARING = word_set("people_words", "sharing")
_RELIEVING = word_tuple("people_words", "relieving")
_HANDING = word_set("names_words", "handing_over")
_SEATS = word_set("people_words", "seats")
_NEAR = 5
_VERB_BEFORE = 7  # tokens between "passe" and the "à" of "passe le volant à"

Crew = tuple[Ref, list[Ref]]


def shared_links(discourse: Discourse, links: list[Link]) -> list[Link]:
    """Return the ties of crews whom the text tells to share a car, with the team and number of one."""
    norm = discourse.tokens.norm
    found: list[tuple[tuple[int, ...], int, int]] = []
    for i, word in enumerate(norm):
        crew: Crew | None = None
        if word in _SHARING:
            crew = _sharing(discourse, i)
        elif word == "a":
            crew = _handed(discourse, i)
        elif word.startswith(_RELIEVING):
            crew = _relieving(discourse, i)
        if crew is not None:
            owner, others = crew
            people = tuple(dict.fromkeys((*owner.people, *(p for r in others for p in r.people))))
            if len(people) > 1:
                refs = sorted((owner, *others), key=lambda r: r.first)
                found.append((people, refs[0].first, refs[-1].last))
    return list(_tied(found, links)) if found else []


def _tied(found: list[tuple[tuple[int, ...], int, int]], links: list[Link]) -> Iterator[Link]:
    teams: dict[int, set[int]] = defaultdict(set)
    numbers: dict[int, set[str]] = defaultdict(set)
    for link in links:
        for person in link.people:
            if link.team is not None:
                teams[person].add(link.team)
            if link.number is not None:
                numbers[person].add(link.number)
    for people, first, last in found:
        whose = {t for p in people for t in teams[p]}
        worn = {n for p in people for n in numbers[p]}
        if len(whose) > 1 or len(worn) > 1:
            continue  # two cars after all
        yield Link(people, first, last, team=next(iter(whose), None), number=next(iter(worn), None), sure=0.7)


def _sharing(discourse: Discourse, i: int) -> Crew | None:
    """Read "A ... qu'il partage avec B et C"."""
    norm = discourse.tokens.norm
    if norm[i + 1 : i + 2] != ["avec"] or i < 1 or norm[i - 1] not in ("il", "elle"):
        return None
    sentence = discourse.layout.sentences[discourse.sentence_at(i)]
    before = [r for r in discourse.refs_between(sentence.first, i) if r.form == "name"]
    others = _named(discourse, i + 2)
    return (before[-1], others) if before and others else None


def _relieving(discourse: Discourse, i: int) -> Crew | None:
    """Read "B, qui relayait A", "A, relayé par B"."""
    norm = discourse.tokens.norm
    j = i - 1
    while j > 0 and i - j < _NEAR and norm[j] in ("a", "devait", "doit", "avait", "ensuite", "avant"):
        j -= 1
    if norm[j] in ("qui", "par"):
        owner = discourse.ref_ending(j - 1) if norm[j - 1 : j] == [","] else discourse.ref_ending(j)
    elif norm[i + 1 : i + 2] == ["par"]:
        owner = discourse.ref_ending(i - 1) if norm[i - 1 : i] == [","] else discourse.ref_ending(i)
        i += 1
    else:
        return None
    others = _named(discourse, i + 1)[:1]
    return (owner, others) if owner is not None and owner.form == "name" and others else None


def _handed(discourse: Discourse, i: int) -> Crew | None:
    """Read "A passe le volant à B", "A cédait sa machine à B"."""
    norm = discourse.tokens.norm
    if i < 3 or norm[i - 1] not in _SEATS:
        return None
    verb = next((k for k in range(i - 2, max(0, i - _VERB_BEFORE), -1) if norm[k] in _HANDING), -1)
    if verb < 0:
        return None
    sentence = discourse.layout.sentences[discourse.sentence_at(i)]
    subject = [r for r in discourse.subject_ref(verb, sentence) or [] if r.form == "name"]
    others = _named(discourse, i + 1)[:1]
    return (subject[-1], others) if subject and others else None


def _named(discourse: Discourse, first: int) -> list[Ref]:
    """Return who is named right behind a preposition or verb, with those joined to them."""
    refs = discourse.refs_between(first, first + _NEAR)
    if not refs or refs[0].form != "name" or discourse.head(refs[0]) > first:
        return []
    return [r for r in discourse.group(refs[0]) if r.first >= refs[0].first]
