"""What ties a person to a car, a team or a number outside of brackets: "de", "chez", "au volant de"."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.annotations import Ref
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.people.apposed import Tied, apposed, carried, crew_of
from extractor.pipeline.people.chains import Chain, make_link
from extractor.pipeline.people.joint import seated
from extractor.pipeline.people.link import Link

_TO_PERSON = word_set("people_words", "from_thing_to_person")
_TO_THING = word_set("people_words", "from_person_to_thing")
_MATES = word_set("people_words", "mates")
_ENTERED = word_set("people_words", "entered")
_JOINED = word_set("people_words", "joined")
_HANDLES = word_set("people_words", "handles")
_DRIVEN = word_set("people_words", "driven")
_LEADS = word_set("people_words", "leads")
_TYING = word_set("people_words", "tying")
_FROM_NUMBER = word_set("people_words", "from_number_to_name")
_OF_TEAM = ([",", "de", "l'"], [",", "de", "la"], [",", "du"], [",", "de", "chez"], [",", "chez"])
_MAX_BETWEEN = 9
_TRAILING = word_set("people_words", "before_trailing_team")
_FOR_CARS = word_set("people_words", "words_for_cars")
_ARTICLES = frozenset(("la", "le", "l'", "une", "un", "sa", "son", "leur"))
_BEING = frozenset(("a", "ete", "fut", "etait", "est", "ensuite", "avait", ","))
_TITLED = word_set("names_words", "titles_in_names") | {"m", "mme", "mlle", "."}
_FAR = 16  # tokens between somebody and the team told behind them


def tie_chain(
    discourse: Discourse, chain: Chain, team_of: dict[int, int], held: tuple[Chain, Tied] | None = None
) -> list[Link]:
    """Tie a chain to the people on its right ("la #24 de X et Y") or its left ("X, chez Y").

    Args:
        discourse: Grammar of the document.
        chain: What is named in one breath.
        team_of: The team of each team name.
        held: The chain before, where it is tied to whom stands before it.
    """
    right = _numbered(discourse, chain) or _right(discourse, chain)
    if right is not None:
        people, last, named = right
        link = make_link(people, chain.names, chain.first, last, discourse, team_of, 0.85)
        if link is not None:
            link.owner_from, link.owner_to = chain.first, named
        return [link] if link else []
    left = _left(discourse, chain) or apposed(discourse, chain) or carried(discourse, chain, held)
    if left is not None:
        people, first = left
        link = make_link(people, chain.names, first, chain.last, discourse, team_of, 0.75)
        return [link] if link else []
    wheel = _at_the_wheel(discourse, chain)
    if wheel is not None:
        people, first = wheel
        link = make_link(people, chain.names, first, chain.last, discourse, team_of, 0.75)
        return [link] if link else []
    return (
        seated(discourse, chain, team_of)
        or _announced(discourse, chain, team_of)
        or _trailing(discourse, chain, team_of)
    )


def _trailing(discourse: Discourse, chain: Chain, team_of: dict[int, int]) -> list[Link]:
    """Read "X remportait le GT avec une Ginetta de chez Y", "X portait haut les couleurs du team Y"."""
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    if not any(n.kind == "team" for n in chain.names) or not _led_by_means(discourse, chain, sentence.first):
        return []
    refs = [r for r in discourse.refs_between(sentence.first, chain.first) if r.form == "name"]
    if not refs:
        return []
    ref = refs[-1]
    between = discourse.tokens.norm[max(ref.last, ref.outer) : chain.first]
    if len(between) > _FAR or ";" in between or (set(between) & (_LEADS | _MATES) - {"pensionnaire"}):
        return []
    group = [r for r in discourse.group(ref) if r.last <= chain.first]
    people = (
        tuple(dict.fromkeys(p for r in group for p in r.people))
        if _et_joined(discourse, group)
        else ref.people
    )
    link = make_link(people, chain.names, ref.first, chain.last, discourse, team_of, 0.7)
    return [link] if link else []


def _led_by_means(discourse: Discourse, chain: Chain, first: int) -> bool:
    """Tell whether words before a chain tie it to who is told before: "avec la", "de chez", "couleurs du"."""
    norm = discourse.tokens.norm
    i = chain.first
    if chain.names[0].kind == "team" and norm[i - 1] == "chez":
        return True
    while i > first and norm[i - 1] in _ARTICLES | _FOR_CARS | {"du", "de", "team", "ecurie"}:
        i -= 1
    return i > first and norm[i - 1] in _TRAILING


def _announced(discourse: Discourse, chain: Chain, team_of: dict[int, int]) -> list[Link]:
    """Read "le pensionnaire du Team X, A", "engagés par le Team X, A et B", "son équipier du Team X, B"."""
    norm = discourse.tokens.norm
    if norm[chain.last : chain.last + 1] != [","]:
        return []
    before = norm[max(0, chain.first - 6) : chain.first]
    mates = _MATES & set(before)
    if not mates and not _ENTERED & set(before):
        return []
    i = chain.last + 1
    while i < len(norm) and i < chain.last + 4 and norm[i] in ("le", "la", "l'", "les"):
        i += 1
    refs = discourse.refs_between(chain.last + 1, i + 3)
    if (
        not refs
        or refs[0].form != "name"
        or not all(
            n in ("le", "la", "l'", "les") or discourse.tokens.shape[k] == "C"
            for k, n in enumerate(norm[chain.last + 1 : refs[0].first], chain.last + 1)
        )
    ):
        return []
    group = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first] if not mates else [refs[0]]
    people = _reinforced(discourse, tuple(dict.fromkeys(p for r in group for p in r.people)), group[-1])
    link = make_link(people, chain.names, chain.first, group[-1].last, discourse, team_of, 0.85)
    links = [link] if link else []
    if mates - {"pensionnaire", "pensionnaires", "societaire"} and set(before) & {"son", "sa"}:
        sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
        subject = discourse.subject_ref(chain.first, sentence) or []
        both = tuple(dict.fromkeys(p for r in subject if r.form == "name" for p in r.people))
        mate = (
            make_link(both, chain.names, chain.first, chain.last, discourse, team_of, 0.75) if both else None
        )
        if mate is not None and mate.team is not None:
            mate.number = None
            links.append(mate)
    return links


def _reinforced(discourse: Discourse, people: tuple[int, ...], last: Ref) -> tuple[int, ...]:
    """Add whom "associés à C" or "épaulé par C" joins to a crew."""
    norm = discourse.tokens.norm
    i = max(last.last, last.outer)
    i += norm[i : i + 1] == [","]
    if (
        norm[i : i + 1]
        and norm[i] in _JOINED
        and norm[i + 1 : i + 2] in (["a"], ["par"], ["de"], ["avec"], ["au"])
    ):
        refs = discourse.refs_between(i + 2, i + 6)
        if (
            refs
            and refs[0].form == "name"
            and all(
                n in ("le", "la", "l'") or discourse.tokens.shape[k] == "C"
                for k, n in enumerate(norm[i + 2 : refs[0].first], i + 2)
            )
        ):
            group = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first]
            return tuple(dict.fromkeys((*people, *(p for r in group for p in r.people))))
    return people


def told_of_chain(discourse: Discourse, chain: Chain, limit: int, team_of: dict[int, int]) -> list[Link]:
    """Read a car or team whose driver the sentence names further off.

    "X hisse la #24 du Team Y", "X ..., sa Ligier n°9", "la #15 du Team Y prend la 2e place grâce à X",
    "la n°31, avec X au volant".
    """
    norm = discourse.tokens.norm
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    whole = any(n.kind != "car" for n in chain.names)
    if not whole:
        return []
    i = chain.first - 1
    owned = i >= sentence.first and norm[i] in ("sa", "son", "leur")
    if i >= sentence.first and (owned or norm[i] in ("la", "le", "l'")):
        handled = any(n in _HANDLES for n in norm[max(sentence.first, i - 4) : i])
        if chain.names[0].kind != "team" and (owned or handled):
            refs = [r for r in discourse.subject_ref(i, sentence) or [] if r.first >= sentence.first]
            if refs and all(r.form == "name" for r in refs):
                people = tuple(dict.fromkeys(p for r in refs for p in r.people))
                link = make_link(people, chain.names, refs[0].first, chain.last, discourse, team_of, 0.75)
                return [link] if link else []
    refs = discourse.refs_between(chain.last, min(sentence.last, chain.last + 16, limit))
    if not refs or refs[0].form != "name" or any(n == "," for n in norm[chain.last + 2 : refs[0].first]):
        return []
    ref = refs[0]
    lead = norm[max(chain.last, ref.first - 2) : ref.first]
    group = [r for r in discourse.group(ref) if r.first >= ref.first]
    after = max(group[-1].last, group[-1].outer)
    wheel = lead[-1:] == ["avec"] and set(norm[after : after + 3]) & {"volant", "guidon", "commandes"}
    thanks = lead in (["grace", "a"], ["mains", "de"]) and chain.first - sentence.first <= 8
    if wheel or thanks:
        people = tuple(dict.fromkeys(p for r in group for p in r.people))
        link = make_link(people, chain.names, chain.first, after, discourse, team_of, 0.75)
        return [link] if link else []
    return []


def _at_the_wheel(discourse: Discourse, chain: Chain) -> tuple[tuple[int, ...], int] | None:
    """Read "X et Y débloquent leur compteur au volant de la Norma #4 de Team Z"."""
    norm = discourse.tokens.norm
    before = norm[max(0, chain.first - 4) : chain.first]
    upon = before[-2:-1] in (["sur"], ["avec"]) and before[-1:] in (["la"], ["sa"], ["l'"], ["une"], ["leur"])
    upon = upon and chain.names[0].kind == "car" and len(chain.names) > 1
    upon = upon and not set(norm[max(0, chain.first - 9) : chain.first]) & _LEADS
    if not upon and not set(before) & {"volant", "guidon", "commandes", "manettes"}:
        return None
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    refs = discourse.subject_ref(chain.first, sentence)
    if not refs or refs[0].first < sentence.first:
        return None
    return tuple(dict.fromkeys(p for ref in refs for p in ref.people)), refs[0].first


def _apposed(discourse: Discourse, chain: Chain) -> bool:
    """Tell whether a car stands between commas behind its driver: "X, Norma n° 3 du team Y, ...".

    A bare make might as well begin an enumeration, so a number or an entrant must be there, too.
    """
    kinds = {name.kind for name in chain.names}
    closed = discourse.tokens.norm[chain.last : chain.last + 1] in ([","], [")"], ["."], [";"], ["–"])
    return len(kinds) > 1 and closed


def _et_joined(discourse: Discourse, group: list[Ref]) -> bool:
    """Tell whether "et" or a slash makes two names one crew."""
    return len(group) == 2 and discourse.tokens.norm[group[1].first - 1] in ("et", "/", "&")


def _numbered(discourse: Discourse, chain: Chain) -> tuple[tuple[int, ...], int, int] | None:
    """Read "n° 14, A et B", "le n° 3, M. A": a number alone, right before whom it stands for."""
    norm = discourse.tokens.norm
    if [name.kind for name in chain.names] != ["number"] or not _stands_alone(discourse, chain):
        return None
    refs = discourse.refs_between(chain.last, chain.last + _MAX_BETWEEN)
    if not refs or refs[0].form != "name":
        return None
    between = norm[chain.last : discourse.head(refs[0])]
    if not all(n in _FROM_NUMBER for n in between) or (between and between[-1] in (":", "–", "-")):
        return None
    after = max(refs[0].last, refs[0].outer)
    group = [refs[0]]
    if norm[after : after + 1] in (["et"], ["/"], ["-"], ["&"]):
        group = [r for r in discourse.group(refs[0]) if r.first >= refs[0].first]
    people = tuple(dict.fromkeys(p for r in group for p in r.people))
    return _reinforced(discourse, people, group[-1]), group[-1].last, refs[0].first


def _stands_alone(discourse: Discourse, chain: Chain) -> bool:
    """Tell whether no name stands right before a number, to which the number would belong."""
    i = chain.first
    while i > 0 and discourse.tokens.norm[i - 1] in (",", "le", "la", "l'", "(", "/", "sur"):
        i -= 1
        if discourse.ref_ending(i) is not None:
            return False
    return discourse.ref_ending(i) is None


def _right(discourse: Discourse, chain: Chain) -> tuple[tuple[int, ...], int, int] | None:
    norm = discourse.tokens.norm
    i = _behind_model(discourse, chain)
    if i >= len(norm) or (norm[i] not in _TO_PERSON and norm[i] not in (",", "pour", "fut", "etait", "est")):
        return None
    refs = discourse.refs_between(i, i + _MAX_BETWEEN)
    if not refs or refs[0].form != "name":
        return None
    ref = refs[0]
    between = norm[i : discourse.head(ref)]
    shared = between[:3] == [",", "que", "se"] or between == [",", "avec"]
    if between[:1] == [","] and len(between) > 2 and between[1] in _DRIVEN:
        between = between[1:]  # "la n°71 du Team X, pilotée par A et B"
    between = _told_again(between)
    if shared or (between[:1] == ["pour"] and all(n in _ARTICLES for n in between[1:])):
        between = ["avec"]  # "la n°61 du Team X, que se partageaient A et B", "la n°12 de X pour A"
    if not between or between[0] == "," or _parted(between) or not all(n in _TO_PERSON for n in between):
        return None
    group = [r for r in discourse.group(ref) if r.first >= ref.first]
    listed = (
        between == ["("]
        or "equipage" in between
        or (len(group) > 1 and between[0] in ("de", "d'", "des", "avec", *_DRIVEN))
    )
    if between[0] in (":", "-", "–") and len(group) < 2 and not _heads_line(discourse, chain):
        return None
    chosen = group if listed else [ref]
    people = tuple(dict.fromkeys(p for r in chosen for p in r.people))
    return _reinforced(discourse, people, chosen[-1]), chosen[-1].last, ref.first


def _behind_model(discourse: Discourse, chain: Chain) -> int:
    """Return the token behind a chain and the number of a model no lexicon has: "la Lotus 23 de X"."""
    tokens, last = discourse.tokens, chain.last
    modelled = (
        chain.names[-1].kind == "car"
        and tokens.text[last : last + 1] != []
        and tokens.text[last].isdecimal()
        and tokens.norm[last + 1 : last + 2] in (["de"], ["d'"], ["du"], ["des"])
    )
    return last + modelled


def _heads_line(discourse: Discourse, chain: Chain) -> bool:
    """Tell whether a car with its number and team opens a sentence: "Lancia n° 12 de X : A gagne"."""
    sentence = discourse.layout.sentences[discourse.sentence_at(chain.first)]
    return chain.first <= sentence.first + 1 and {name.kind for name in chain.names} >= {"number", "team"}


def _told_again(between: list[str]) -> list[str]:
    """Leave out what only tells again that a car is somebody's: ", celle de", "a été conduite par"."""
    if between[:1] == [","] and between[1:2] in (["celle"], ["celui"]):
        return between[2:]  # "la n° 21 du Team X, celle de A"
    if between[-1:] == ["par"] and between[-2:-1] and between[-2] in _DRIVEN and set(between[:-2]) <= _BEING:
        return between[-2:]  # "la n° 19 du Team X a été conduite par A"
    if between[:2] == [",", "avec"] and all(n in _ARTICLES or n in _TITLED for n in between[2:]):
        return ["avec"]
    return between


def _parted(between: list[str]) -> bool:
    """Tell whether a full stop, other than that of "M." or "la M.G. de", stands among words."""
    return any(
        n == "."
        and (k == 0 or between[k - 1] not in ("m", "mm"))
        and between[k + 1 : k + 2] not in (["de"], ["d'"], ["du"])
        for k, n in enumerate(between)
    )


def _left(discourse: Discourse, chain: Chain) -> tuple[tuple[int, ...], int] | None:
    norm = discourse.tokens.norm
    start = chain.first
    for back in range(1, _MAX_BETWEEN + 1):
        i = start - back + 1
        ref = discourse.ref_ending(i)
        if ref is not None:
            between = norm[i:start]
            if between == ["/"] and chain.names[0].kind == "number":
                return ref.people, ref.first
            if chain.names[0].kind == "team" and between in _OF_TEAM:
                return crew_of(discourse, ref, chain)
            if between == [","] and _apposed(discourse, chain):
                group = [r for r in discourse.group(ref) if r.last <= start]
                people = tuple(dict.fromkeys(p for r in group for p in r.people))
                return (people, group[0].first) if _et_joined(discourse, group) else (ref.people, ref.first)
            if (
                between == [","]
                and chain.names[0].kind == "number"
                and norm[chain.last : chain.last + 1] in ([")"], [","], ["–"], ["."], [";"])
            ):
                group = [r for r in discourse.group(ref) if r.last <= start]
                if norm[group[0].first - 1 : group[0].first] != ["("]:
                    group = [ref]
                return tuple(dict.fromkeys(p for r in group for p in r.people)), group[0].first
            if (
                between
                and all(n in _TO_THING for n in between)
                and between != [","]
                and between not in (["de"], ["et"], ["d'"], [",", "la"], [",", "le"], [",", "l'"])
                and not (between[-1] in ("team", "ecurie") and between[:-1] in ([",", "le"], [",", "l'"]))
            ):
                if between[0] == ",":
                    return crew_of(discourse, ref, chain) if set(between) & _TYING else None
                return (ref.people, ref.first) if between[0] == "(" or set(between) & _TYING else None
            return None
        if i - 1 < 0 or norm[i - 1] not in _TO_THING:
            return None
    return None
