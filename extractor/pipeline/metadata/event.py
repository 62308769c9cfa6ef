"""The event: its name, the series it counts for, which round of it, and where it was held.

Read off the head of a report and off the phrases that say such things outright: "troisième manche du
Championnat de France", "sur le circuit de Lédenon", "SALBRIS, 17 et 18 mai".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.lexicon.fold import fold
from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.metadata.head import Line, one_line
from extractor.values.numbers import ordinal


class Told(NamedTuple):
    """A value as the text has it, and where."""

    value: str
    start: int
    end: int


_LINK = r"(?:(?:de\sla|de\sl['’]|de|du|des|d['’]|la|les|le|l['’]|et|en|sur|sous|aux|à|lès|lez)\s?)"
_CAPITAL = r"(?:(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ]?|[A-ZÀ-ÞŒ][\w'’&/-]*(?:(?<=-)\n[a-zà-ÿ]+)?)"
_OF = r"(?:(?:de\sla|de\sl['’]|de|du|des|d['’]|la|les|le|l['’]|et|en|sur)\s?)"
_TAIL = rf"(?:\s(?:{_OF}{{1,2}})?{_CAPITAL}|(?<=['’-]){_CAPITAL})"
_KINDS = (
    r"national(?:e|aux)?|r[ée]gional(?:e|aux)?|fran[çc]ais(?:e|es)?|suisses?|romande?s?|belges?|"
    r"europ[ée]en(?:ne)?|international(?:e)?|"
    r"provincial(?:e)?|d[ée]partemental(?:e)?|f[ée]d[ée]ral(?:e|es)?|inter|junior|interclubs|"
    r"historiques?|sur\sroute|"
    r"du\smonde(?:\sdes\s(?:marques|conducteurs|voitures\sde\ssport))?|(?:de|des|du|d['’])\s?(?:la\s)?"
    r"(?:rallyes?|montagne|circuits?|vitesse|auto-?cross|moto-?cross|ligue|endurance|c[ôo]te|slaloms?|"
    r"rallycross|karting|kart|"
    r"camions|side-cars?|monoplaces|tourisme|conducteurs|pilotes|ind[ée]pendants|prototypes|"
    r"courses\sde\sc[ôo]te|motocyclisme)"
)
_SERIES_WORD = (
    r"(?:championnat|coupe|troph[ée]e|challenge|CHAMPIONNAT|COUPE|TROPH[ÉE]E|CHALLENGE|Championnat|Coupe|"
    r"Troph[ée]e|Challenge|Crit[ée]rium)"
)
_SERIES_STEMS = ("championnat", "coupe", "troph", "challenge", "criterium", "critérium", "cup", "series")
_SERIES = re.compile(
    rf"\b(?:{_SERIES_WORD}(?![\w'’])(?:\s(?:{_KINDS})(?!\w)|{_TAIL}|\s\d{{2,3}}(?=\s?(?:cc|cm3|cmc)?\b)"
    rf"(?!\d))+|"
    rf"(?:{_CAPITAL}\s){{1,4}}(?:Cup|Series|Trophy)(?:\s{_CAPITAL})?)"
)
_ORDINAL = (
    r"(?:\d{1,2}\s?(?:[eèéê](?:re|me)?|[eè]me|er|ère|nde?|E|ER|ÈRE|EME|ÈME|NDE?)|[IVX]{1,4}(?:e|E|ème)|"
    r"[^\W\d_]+i[èeéê]me|[^\W\d_]+I[ÈE]ME|premi[èe]re?|PREMI[ÈE]RE?|deuxi[èe]me|seconde?|SECONDE?)"
)
_ROUND_WORD = (
    r"(?:manche|[ée]preuve|round|meeting|rendez-vous|[ée]tape|rencontre|lev[ée]e|MANCHE|[ÉE]PREUVE|ROUND|"
    r"MEETING|RENDEZ-VOUS|[ÉE]TAPE|LEV[ÉE]E|Manche|[ÉE]preuve|Round|Meeting)"
)
_ROUND_OF = re.compile(
    rf"(?<![\w'’-])(?P<n>{_ORDINAL}|derni[èe]re|premi[èe]re|DERNI[ÈE]RE|PREMI[ÈE]RE)"
    rf"(?:\set\s[\w-]+)?\s{_ROUND_WORD}(?:\s\w+)?\s(?:du|de\sla|de\sl['’]|de\snotre|de\sce|de\scette|"
    rf"des?|DU|DE\sLA|DE\sL['’]|pour\sl[ea])\s?",
)
_COUNTING = re.compile(
    r"\bcompt(?:ant|e|ait|aient)\b[^.;]{0,45}?\spour\s(?:l[ea]|l['’])\s?$|\b(?:manche|[ée]preuve|finale|"
    r"saison|ouverture|clôture)\s(?:du|de\sla)\s$",
    re.IGNORECASE,
)
_STANDINGS = re.compile(r"(?:^|[\n.!?»]\s?)(?:Au|À\sla|A\sla|AU|À\sLA)\s")
_BEGINS_PROSE = re.compile(rf"\s?,\s(?:{_ORDINAL})\s{_ROUND_WORD}(?!\w)")
_ROUND_IN_LINE = re.compile(
    rf"(?<![\w'’-])(?:(?P<n>{_ORDINAL})\s{_ROUND_WORD}(?!\w)|{_ROUND_WORD}\s(?:n\s?[°º]\s?)?"
    rf"(?P<m>\d{{1,2}})\s?(?:/|sur|SUR|de)\s?\d{{1,2}}\b|(?:Round|ROUND|Meeting|MEETING)\s(?P<r>\d{{1,2}})\b)"
)
_ITS_ROUND = re.compile(
    rf"\b(?:(?:sa|leur|cette)\s(?P<n>{_ORDINAL})\s(?:manche|[ée]preuve|[ée]tape)\b|"
    rf"la\s(?P<m>{_ORDINAL})\s(?:manche|[ée]preuve|[ée]tape)\sde\s(?:sa|la)\ssaison\b)"
)
_PARTING = re.compile(r"(\s?[–—:(),]\s?|\s-\s|\.\s)")
_NEXT = re.compile(r"\b(?:prochaine?|suivante?|derni[èe]re?\sann[ée]e)\b", re.IGNORECASE)
_COURSE = (
    r"(?:circuit|autodrome|anneau|v[ée]lodrome|stade|terrain|kartodrome|ovale|hippodrome|a[ée]rodrome|"
    r"karting|piste)"
)
_COURSE_KIND = (
    r"(?:\s(?:international|permanent|routier|automobile|national|municipal|militaire|temporaire|"
    r"historique))?"
)
_ON_COURSE = re.compile(
    rf"\b(?:sur|au|à)\s(?:le\s|la\s|l['’]|notre\s)?(?P<v>{_COURSE}{_COURSE_KIND}(?:\s{_LINK}{{1,2}}|"
    rf"\s){_CAPITAL}(?:{_TAIL}){{0,3}})"
)
_COURSE_BY_DATE = re.compile(
    rf"(?P<v>(?:[Cc]ircuit|CIRCUIT|[Kk]arting|Stade|Autodrome){_COURSE_KIND}(?:\s{_LINK}{{1,2}}|"
    rf"\s){_CAPITAL}(?:{_TAIL}){{0,3}})\s?[,–—-]\s?$"
)
_BEFORE_DATE = re.compile(
    rf"(?:^|[\n,(–—:]\s?|\s-\s|\s(?:à|À|A|a)\s)(?P<v>{_CAPITAL}(?:[\s-]{_LINK}?{_CAPITAL}){{0,3}})"
    rf"(?:\s?\([^()\n]{{2,40}}\))?\s?[,(–—-]\s?(?:le\s|les\s|du\s|LES?\s|DU\s)?$"
)
_LEADING = re.compile(rf"^(?P<v>{_CAPITAL}(?:[\s-]{_LINK}?{_CAPITAL}){{0,2}})\s?(?::|\.\s[—–-])\s")
_AT = re.compile(
    rf"\s(?:à|À|A)\s(?P<v>(?:(?:la|La|LA|le|Le|l['’])\s?)?{_CAPITAL}(?:[\s-]{_LINK}?{_CAPITAL}){{0,3}})"
    rf"(?=[\s,.:;!?)]|$)"
)
_EVENT_WORD = (
    r"(?:rallyes?(?:-sprint|-cross)?(?:\sr[ée]gional|\snational|\stout-terrain)?|ronde|slalom"
    r"(?:\sr[ée]gional)?|courses?\sde\sc[ôo]te|grands?\sprix(?:\scamions|\smoto)?|"
    r"auto-?cross|rally-?cross|moto-?cross|2\s?cv\scross|stock-cars?|crit[ée]rium|coupes|troph[ée]es|"
    r"gymkhana|enduro|grass-track|super-?cross|"
    r"(?:\d{1,2}|deux|trois|quatre|cinq|six|huit|dix|douze|vingt-quatre)\sheures(?:\skarting|\smoto)?)"
)
_EVENT = re.compile(
    rf"(?<![\w'’-])(?i:{_EVENT_WORD})\s(?:(?i:de\sla|de\sl['’]|de|du|des|d['’])\s?)(?:(?i:la|le|les|"
    rf"l['’])\s?)?{_CAPITAL}(?:(?:[\s-]{_LINK}{{1,2}}|[\s-])?{_CAPITAL}){{0,4}}"
)
# Events that are called by the place where they are held, known or not.
_LOCAL = re.compile(
    rf"(?<![\w'’-])(?i:slalom|auto-?cross|rally-?cross|rallye-cross|moto-?cross|course\sde\sc[ôo]te|"
    rf"2\s?cv\scross|grass-track|super-?cross|stock-cars?)"
    rf"\s(?:(?i:de\sla|de\sl['’]|de|du|des|d['’]|[àa])\s?)(?P<v>(?:(?:La|Le|LA|LE)\s)?{_CAPITAL}"
    rf"(?:[\s-]{_LINK}{{1,2}}{_CAPITAL}|-{_CAPITAL}){{0,3}})(?=\s?$|\s?[,.:;(–—]|\s\d)"
)
_CIRCUIT_RACE = re.compile(
    rf"^(?:{_ORDINAL}\s)?(?:[Cc]ircuit|CIRCUIT)\s(?:{_LINK}{{1,2}}){_CAPITAL}(?:(?:[\s-]{_LINK}{{1,2}}|"
    rf"[\s-])?{_CAPITAL}){{0,3}}(?=\s?$|\s[–—:-])"
)
_SHOUTED_ON = re.compile(
    r"\s(?:EST|ONT|SONT|[ÉE]TAIENT|[ÉE]TAIT|N['’]ONT|N['’]A|A|À|AU|AUX|GAGNE|REMPORTE|[A-ZÀ-Þ]+ENT|PAR|"
    r"POUR|DONN[ÉE]|DISPUT[ÉE]|SANS|ET)(?:\s|$)"
)
_UNNAMED = re.compile(r"\b(?:week-end|jour|ann[ée]e|un|saison|dames)\b", re.IGNORECASE)
_CUT_AT = re.compile(r"\s(?:19|20)\d\d\b.*$|[\s,.–—-]+$", re.DOTALL)
_CONNECTORS = re.compile(
    r"(?:\s(?:de\sla|de\sl['’]|de|du|des|d['’]|la|les|le|l['’]|et|en|sur|aux|à|a|A|À|ET|EN|DE|DU|DES|LA|"
    r"LE|LES|SUR|AU))+$"
)


def series_of(head: list[Line], text: str) -> tuple[Told, int | None] | None:
    """Return the series that the event counts for, and which round of it, where the text says it.

    Args:
        head: The first lines.
        text: The whole text.
    """
    within = head[-1].end if head else 0
    for match in _ROUND_OF.finditer(text, 0, within) if _may_name(text[:within]) else ():
        series = _SERIES.match(text, match.end())
        if series and not _NEXT.search(text[max(0, match.start() - 40) : match.start()]):
            return _cut(series), ordinal(fold(match["n"]))
    above = next((k for k, line in enumerate(head) if line.part == "prose"), len(head))
    named = [list(_SERIES.finditer(line.text)) if _may_name(line.text) else [] for line in head]
    for line, ones in zip(head, named, strict=True):
        for series in ones:
            before = line.text[: series.start()]
            opens = (
                not before.strip() and line.part == "prose" and _BEGINS_PROSE.match(line.text, series.end())
            )
            if opens or (_COUNTING.search(before) and not _NEXT.search(before[-60:])):
                return _cut(series, line.start), _round_in(line) if opens else None
    for line, ones in zip(head[:above], named, strict=False):
        found = _leading_series(line, ones)
        if found:
            return found, _round_in(line) or _its_round(head[above:], found)
    for line, ones in zip(head, named, strict=True):
        if line.part == "prose" and ones:
            its, series = _ITS_ROUND.search(line.text), ones[0]
            if its and series.start() < its.start() < series.start() + 200:
                return _cut(series, line.start), ordinal(fold(its["n"] or its["m"]))
    return _in_standings(text)


def _may_name(text: str) -> bool:
    """Tell cheaply whether a text may name a series: most lines have none of these words."""
    small = text.lower()
    return any(word in small for word in _SERIES_STEMS)


def _its_round(prose: list[Line], series: Told) -> int | None:
    """Return the round of a series that the first paragraph tells: "pour la 4e manche de sa saison"."""
    for line in prose[:1]:
        its = _ITS_ROUND.search(line.text)
        if its and series.value in line.text[: its.start()]:
            return ordinal(fold(its["n"] or its["m"]))
    return None


def _in_standings(text: str) -> tuple[Told, None] | None:
    """Return the one series whose standings the report tells: "Au Challenge de l'Ouest, X mène"."""
    told = [
        _cut(series)
        for opening in _STANDINGS.finditer(text)
        if (series := _SERIES.match(text, opening.end()))
        and not re.match(r"[a-zé]+\s[A-ZÀ-Þ]", series.group())  # "au challenge X mène": X may be a driver
    ]
    return (told[0], None) if len({fold(one.value) for one in told}) == 1 else None


def _leading_series(line: Line, named: list[re.Match[str]]) -> Told | None:
    """Return the series that a heading names at its beginning or between dashes."""
    if line.part not in ("heading", "paper", "date"):
        return None
    for series in named:
        before, behind = line.text[: series.start()].rstrip(), line.text[series.end() :].lstrip()
        begins = not before or before[-1] in "–—-:(,|"
        ends = not behind or behind[0] in "–—-:(),|" or behind[:4].isdecimal() or behind[0] == "\n"
        if begins and ends and not _NEXT.search(before):
            return _cut(series, line.start)
    return None


def _round_in(line: Line) -> int | None:
    for match in _ROUND_IN_LINE.finditer(line.text):
        if not _NEXT.search(line.text[max(0, match.start() - 20) : match.start()]):
            number = match["m"] or match["r"]
            return int(number) if number else ordinal(fold(match["n"].replace(" ", "")))
    return None


def _cut(match: re.Match[str], offset: int = 0) -> Told:
    written = match.group()
    shouted = _SHOUTED_ON.search(written) if written.isupper() else None
    written = _CUT_AT.sub(
        "", _CONNECTORS.sub("", _CUT_AT.sub("", written[: shouted.start()] if shouted else written))
    )
    return Told(one_line(written), offset + match.start(), offset + match.start() + len(written))


class Known(NamedTuple):
    """Folded names: those known as places or courses, and those of people, whole and word by word."""

    places: frozenset[str]
    people: frozenset[str]


def venue_of(head: list[Line], known: Known) -> Told | None:
    """Return where the event was held: what stands beside the date, a course, a place in the headings.

    Args:
        head: The first lines.
        known: What the names in the text are.
    """
    above = next((k for k, line in enumerate(head) if line.part == "prose"), len(head))
    ways = (
        (_beside_date, head[:above]),
        (_course, head[: above + 2]),
        (_near_date, head[above : above + 1]),
        (_in_heading, head[:above]),
    )
    for find, lines in ways:
        for line in lines:
            found = next((one for one in find(line, known) if _may_be_venue(one, known)), None)
            if found is not None:
                return found
    return None


def _may_be_venue(told: Told, known: Known) -> bool:
    key = fold(told.value)
    if key in known.people and key not in known.places:
        return False
    return (
        key not in word_set("metadata_words", "wide_places")
        and not key.startswith(word_tuple("metadata_words", "no_venue"))
        and len(key) > 2
    )


def _beside_date(line: Line, known: Known) -> Iterator[Told]:  # noqa: ARG001
    if line.part not in ("heading", "date", "paper", "list"):
        return
    for when in line.dates:
        before = line.text[: when.start - line.start]
        match = _COURSE_BY_DATE.search(before) or _BEFORE_DATE.search(before)
        if match:
            yield Told(one_line(match["v"]), line.start + match.start("v"), line.start + match.end("v"))


def _course(line: Line, known: Known) -> Iterator[Told]:  # noqa: ARG001
    if line.part in ("heading", "prose"):
        for match in _ON_COURSE.finditer(line.text, 0, 900):
            yield Told(one_line(match["v"]), line.start + match.start("v"), line.start + match.end("v"))


def _in_heading(line: Line, known: Known) -> Iterator[Told]:
    if line.part != "heading":
        return
    for match in _AT.finditer(line.text):
        # In capitals "À" may be "a", and what follows no name at all.
        certain = not line.text.isupper() and not match["v"].isupper() and " et " not in match["v"]
        if not certain and fold(match["v"]) not in known.places:
            continue
        yield Told(one_line(match["v"]), line.start + match.start("v"), line.start + match.end("v"))
    at = 0
    for part in _PARTING.split(line.text):
        # Split with its marks: every piece is there, so that offsets add up.
        if part[:1].isupper() and _is_place(part.strip(), known):
            yield Told(one_line(part), line.start + at, line.start + at + len(part.rstrip()))
        at += len(part)
    leading = _LEADING.match(line.text)
    if leading and fold(leading["v"]) in known.places:
        yield Told(one_line(leading["v"]), line.start, line.start + leading.end("v"))
    local = _LOCAL.search(line.text)
    if local:
        yield Told(one_line(local["v"]), line.start + local.start("v"), line.start + local.end("v"))
    event = _EVENT.search(line.text)
    words = list(re.finditer(_CAPITAL, event.group())) if event else []
    for k, first in enumerate(words):
        for last in reversed(words[k : k + 4]):
            value = line.text[event.start() + first.start() : event.start() + last.end()] if event else ""
            if _is_place(value, known):
                start = line.start + (event.start() if event else 0) + first.start()
                yield Told(one_line(value), start, start + len(value))


def _is_place(value: str, known: Known) -> bool:
    key = fold(value)
    return any(form in known.places for form in (key, f"le {key}", f"la {key}"))


def _near_date(line: Line, known: Known) -> Iterator[Told]:
    """Yield places in the sentence that dates the event: "les 28 et 29 juin, on courait à Charade"."""
    if line.part != "prose" or not line.dates:
        return
    at = line.dates[0].start - line.start
    if at > 400:
        return
    begins = max(line.text.rfind(stop, 0, at) for stop in (". ", "! ", "? ")) + 1
    stops = [k for k in (line.text.find(stop, at) for stop in (". ", "! ", "? ")) if k >= 0]
    sentence = line.text[begins : min(stops, default=len(line.text)) + 1]
    course = _COURSE_BY_DATE.search(line.text[:at])
    if course:
        yield Told(one_line(course["v"]), line.start + course.start("v"), line.start + course.end("v"))
    if not _NEXT.search(sentence):
        for match in _AT.finditer(sentence):
            if _is_place(match["v"], known):
                start = line.start + begins + match.start("v")
                yield Told(one_line(match["v"]), start, start + len(match["v"]))


def event_of(head: list[Line]) -> Told | None:
    """Return the event's own name: "Rallye des Monts d'Arrée", "4 Heures de Nogaro"."""
    for parts in (("heading",), ("paper", "date", "list"), ("prose",)):
        for line in head:
            found = _named_in(line) if line.part in parts else None
            if found is not None:
                return found
    return None


def _named_in(line: Line) -> Told | None:
    patterns = (_CIRCUIT_RACE, _EVENT) if line.part == "heading" else (_EVENT,)
    for pattern in patterns:
        for match in pattern.finditer(line.text, 0, 450):
            if _NEXT.search(line.text[max(0, match.start() - 30) : match.start()]):
                continue
            name = _cut(match, line.start)
            if (
                not _UNNAMED.search(name.value)
                and "\n" not in line.text[name.start - line.start : name.end - line.start]
            ):
                return name
    return None
