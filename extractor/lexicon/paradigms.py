"""French inflection, as far as the lexicon needs it: one written form in TOML, all forms matched.

``abandonn{er}`` stands for every form of *abandonner*; ``s'impos{er}`` for every form of *s'imposer*, with
its compound tenses; ``vainqueur{s}`` for singular and plural; ``premi{er,ère}`` for the alternatives named.
Accents are folded away afterwards, so that ``céd{er}`` covers *cède* as well.
"""

from __future__ import annotations

import re


def _endings(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ER_ENDINGS = "e es ent ons ez ait aient ais a erent er ee e ees es ant era eront erait eraient ai ions iez"
PARADIGMS: dict[str, tuple[str, ...]] = {
    "er": tuple(dict.fromkeys(_endings(_ER_ENDINGS))),
    "ir": _endings(
        "ir is it issons issez issent issait issaient issais irent i ie ies issant ira iront irait"
    ),
    "re": ("", *_endings("re s ons ez ent ait aient ais it irent u ue us ues ant ra ront rait")),
    "ire": _endings("ire is it isons isent isait isaient isit isirent ise ises isant ira iront irait"),
    "uire": _endings("uire uis uit uisent uisait uisaient uisit uisirent uite uites uisant uira"),
    "enir": _endings(
        "enir iens ient enons iennent enait enaient int inrent enu enue enus enues enant iendra"
    ),
    "endre": _endings("endre ends end enons ennent enait enaient it irent is ise ises enant endra endront"),
    "ettre": _endings("ettre ets et ettons ettent ettait ettaient it irent is ise ises ettant ettra"),
    "ortir": _endings(
        "ortir ors ort ortons ortent ortait ortaient ortit ortirent orti ortie ortis orties ortant"
    ),
    "artir": _endings(
        "artir ars art artons artent artait artaient artit artirent arti artie artis arties artant"
    ),
    "ouvrir": _endings(
        "ouvrir ouvre ouvrent ouvrait ouvraient ouvrit ouvrirent ouvert ouverte ouverts ouvrant"
    ),
    "voir": _endings("voir vois voit voient voyait voyaient vit virent vu vue vus vues voyant verra"),
    "cevoir": _endings("cevoir cois coit coivent cevait cevaient cut curent cu cue cus cues cevant"),
    "raindre": _endings("raindre rains raint raignent raignait raignit rainte raints raintes raignant"),
    "eindre": _endings(
        "eindre eins eint eignent eignait eignaient eignit eignirent einte eints eintes eignant"
    ),
    "aitre": _endings("aitre ais ait aissent aissait aissaient ut urent u ue us ues aissant aitra"),
    "ourir": _endings("ourir ours ourt ourent ourait ouraient ourut oururent ouru ourue ourus ourues ourant"),
    "aire": _endings("aire ais ait aisons ont aisait aisaient it irent aite aits aites aisant era eront"),
    "etre": _endings(
        "etre est sont etait etaient fut furent sera seront serait ete a+ete ont+ete avait+ete etant"
    ),
    "avoir": _endings("avoir a ont avait avaient eut eurent aura auront ayant"),
    "s": ("", "s"),
    "e": ("", "e"),
    "es": ("", "s", "e", "es"),
    "x": ("", "x"),
    "al": ("al", "ale", "aux", "ales"),
    "eur": ("eur", "eurs", "euse", "euses"),
    "teur": ("teur", "teurs", "trice", "trices"),
}
_PARTICIPLES = {
    "er": ("e", "ee", "es", "ees"),
    "ir": ("i", "ie", "is", "ies"),
    "re": ("u", "ue", "us", "ues"),
    "enir": ("enu", "enue", "enus", "enues"),
    "endre": ("is", "ise", "ises"),
    "ettre": ("is", "ise", "ises"),
    "ouvrir": ("ouvert", "ouverte", "ouverts"),
    "aire": ("ait", "aite", "aits", "aites"),
    "aitre": ("u", "ue", "us"),
}
_BE = ("est", "etait", "sera", "serait", "fut", "etant", "etre", "soit")
_ARE = ("sont", "etaient", "seront", "furent", "etant", "etre")
_SLOT = re.compile(r"\{([^}]+)\}")
_REFLEXIVE = re.compile(r"^(?:s'|se )")


def expand(entry: str) -> list[str]:
    """Return every surface form that a lexicon entry stands for.

    Raises:
        ValueError: The entry names an unknown paradigm.
    """
    reflexive = _REFLEXIVE.match(entry)
    body = entry[reflexive.end() :] if reflexive else entry
    forms = inflect(body)
    if not reflexive:
        return forms
    elided = reflexive.group() == "s'"
    pronoun, auxiliary = ("s'" if elided else "se "), "s'"
    simple = [pronoun + form for form in forms]
    slot = _SLOT.search(body)
    participles = _PARTICIPLES.get(slot.group(1), ()) if slot else ()
    if slot is None:
        return simple
    for ending in participles:
        for form in inflect(body[: slot.start()] + ending + body[slot.end() :]):
            simple += [f"{auxiliary}{be} {form}" for be in _BE if be[0] == "e"]
            simple += [f"se {be} {form}" for be in (*_BE, *_ARE) if be[0] != "e"]
            simple += [f"{auxiliary}{be} {form}" for be in _ARE if be[0] == "e"]
    first_person = ("m'", "nous ") if elided else ("me ", "nous ")
    return simple + [pronoun + form for pronoun in first_person for form in forms]


def is_reflexive(entry: str) -> bool:
    """Tell whether an entry is a verb with its pronoun, which :func:`expand` inflects as well."""
    return _REFLEXIVE.match(entry) is not None


def inflect(body: str) -> list[str]:
    """Return the forms of an entry, or of a piece of one, that its slots stand for; no pronoun changes.

    Raises:
        ValueError: It names an unknown paradigm.
    """
    slot = _SLOT.search(body)
    if slot is None:
        return [body]
    before, after = body[: slot.start()], body[slot.end() :]
    endings = PARADIGMS.get(slot.group(1))
    if endings is None:
        if "," not in slot.group(1):
            raise ValueError(f"unknown paradigm {{{slot.group(1)}}}")
        endings = tuple(part.lstrip() for part in slot.group(1).split(","))  # "{pas ,}prendre"
    forms = []
    rests = inflect(after)
    for ending in endings:
        stem = before
        if before.endswith("g") and slot.group(1) == "er" and ending[:1] in ("a", "o"):
            stem += "e"
        forms += [stem + ending.replace("+", " ") + rest for rest in rests]
    return forms
