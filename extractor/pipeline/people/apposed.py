"""What is told of somebody between commas: "A, le Lyonnais du team X, gagne"."""

from __future__ import annotations

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.chains import Chain

_TO_THING = word_set("people_words", "from_person_to_thing")
_ENTERED = word_set("people_words", "entered")
_FIELDS = (*word_tuple("people_words", "fields_cars"), *word_tuple("people_words", "brings_cars"))
_NO_ROLE = word_set("people_words", "in_no_apposition")
_ARTICLES = frozenset(("la", "le", "l'", "les", "un", "une", "notre"))
_OWN = frozenset(("son", "sa", "leur"))
_OF = frozenset(("du", "de", "d'", "chez", "l'", "la", "des", "team", "ecurie"))
_CLOSED = frozenset((",", ".", ";", ")", "–", "-", ":", "!", "?"))
_FAR = 13  # tokens between somebody and what is told between commas
_LONGEST_ROLE = 10
_SHORT = 4
_VERB_NEAR = 4

Tied = tuple[tuple[int, ...], int]


def apposed(discourse: Discourse, chain: Chain) -> Tied | None:
    """Return to whom an apposition ties a chain, and where they are named."""
    norm = discourse.tokens.norm
    start = chain.first
    floor = max(discourse.layout.sentences[discourse.sentence_at(start)].first, start - _FAR)
    for i in range(start, floor, -1):
        ref = discourse.ref_ending(i)
        if ref is not None:
            between = norm[i:start]
            fits = ref.form == "name" and between[:1] == [","] and _fits(discourse, chain, between[1:])
            return crew_of(discourse, ref, chain) if fits else None
        if norm[i - 1] in (".", ";", ":"):
            return None
    return None


def carried(discourse: Discourse, chain: Chain, held: tuple[Chain, Tied] | None) -> Tied | None:
    """Return to whom a chain belongs that goes on with the one before: "A, n° 12, du team X"."""
    if held is None:
        return None
    previous, tied = held
    between = discourse.tokens.norm[previous.last : chain.first]
    if between[:1] != [","] or len(between) > _SHORT or not all(n in _TO_THING for n in between):
        return None
    if between[1:2] and between[1] in _ARTICLES:
        return None
    told = {name.kind for name in previous.names}
    apart = not told & {name.kind for name in chain.names}
    return tied if apart and _closes(discourse, chain) else None


def crew_of(discourse: Discourse, ref: Ref, chain: Chain) -> Tied:
    """Return the one named, or two whom "et" joins and of whom a plural verb goes on to tell."""
    norm = discourse.tokens.norm
    group = [r for r in discourse.group(ref) if r.last <= chain.first]
    verb = norm[chain.last + 1 : chain.last + 3] if norm[chain.last : chain.last + 1] == [","] else []
    plural = any(word.endswith(("ent", "ont")) and not word.endswith("ment") for word in verb)
    if plural and len(group) == 2 and norm[group[1].first - 1] in ("et", "/", "&"):
        return tuple(dict.fromkeys(p for r in group for p in r.people)), group[0].first
    return ref.people, ref.first


def _fits(discourse: Discourse, chain: Chain, body: list[str]) -> bool:
    """Tell whether the words between a comma and a chain tie it to the name before the comma."""
    kinds = {name.kind for name in chain.names}
    if not body:
        return _before_its_car(discourse, chain)
    if "," in body or not kinds & {"team", "number"}:
        return False
    if body[0] in ("dont", *_OWN):
        return len(body) <= _SHORT and len(kinds) > 1
    if body == ["en"]:
        return len(kinds) > 1
    if body == ["a", "la"]:
        return chain.names[0].kind == "number"
    if set(body) & _ENTERED and body[-1] in _ARTICLES | _OF | {"par"}:
        return "team" in kinds
    if chain.names[0].kind != "team":
        return False
    if body[0] in ("que", "qu'") or body[:2] == ["a", "qui"]:
        return _is_fielded(discourse, chain, body)
    return body[0] in _ARTICLES and _is_role(body)


def _before_its_car(discourse: Discourse, chain: Chain) -> bool:
    """Tell whether a team stands alone between commas, and its car behind: "A, Écurie X, Lola n° 4"."""
    norm = discourse.tokens.norm
    if [name.kind for name in chain.names] != ["team"] or norm[chain.last : chain.last + 1] != [","]:
        return False
    return any(n.first == chain.last + 1 for n in chain.following if n.kind in ("car", "number"))


def _is_fielded(discourse: Discourse, chain: Chain, body: list[str]) -> bool:
    """Read "que préparent les Ateliers X", "que l'Écurie X avait amenée", "à qui l'Écurie X confie"."""
    norm = discourse.tokens.norm
    verbs = [*body, *norm[chain.last : chain.last + _VERB_NEAR]]
    return len(body) <= _SHORT and any(word.startswith(_FIELDS) for word in verbs)


def _is_role(body: list[str]) -> bool:
    """Tell whether words name what somebody is, and for whom: "le transporteur de Brume du team"."""
    told = [word for word in body if word not in _ARTICLES | _OF]
    return bool(told) and body[-1] in _OF and len(body) <= _LONGEST_ROLE and not set(body) & _NO_ROLE


def _closes(discourse: Discourse, chain: Chain) -> bool:
    norm = discourse.tokens.norm
    return chain.last >= len(norm) or norm[chain.last] in _CLOSED
