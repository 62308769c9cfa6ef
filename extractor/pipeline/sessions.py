"""Sessions: which races, qualifyings, heats, finals and stages there were, and which sentence speaks of which.

Requires ``doc._.layout``, ``doc._.names``; assigns ``doc._.sessions`` and fills in ``Sentence.session``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon.fold import fold
from extractor.lexicon.words import Term, layer
from extractor.pipeline.annotations import Layout, Name, Sentence, SessionFact
from extractor.pipeline.tokens import Tokens
from extractor.values.numbers import CARDINALS, ORDINALS, cardinal, ordinal_at

UNKNOWN = -1
_HEADS = ("title", "heading", "table")
_STAGE_CODE = re.compile(r"(?:es|ss)(\d{1,2})$")
_CLOCK = re.compile(r"(\d{1,2})\s?[h:](\d{2})?$")
_SPEECH = re.compile(r"«[^»]*»|“[^”]*”")
_BEFORE_FINAL = frozenset(
    "la en cette une de pour a dimanche samedi avant apres premiere deuxieme grande derniere . : ( ! , ; - – «".split()
)
# Classes that share their race with others: a heading with one of them opens no race of its own.
_SHARED_CLASSES = frozenset(
    "pro am pro-am silver gentleman gentlemen rookie rookies junior juniors senior seniors masters feminine feminines lady groupe lmp2 lmp3 gt3 gt4 gte a b challenger "
    "challengers bronze trophy open".split()
)
_NO_SECTION = frozenset(
    "resultats resultat classement classements abandons abandon podium podiums le la les un une des course courses manche manches finale finales demi essais photo photos "
    "texte avant apres note photo ambiance meteo public terre rubriques accueil categorie qualifications qualification reactions reaction bilan programme prochain prochaine samedi dimanche vendredi".split()
)
_DAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche matin soir nuit".split())
_AFTER_BARE = frozenset("a aura est fut etait avait voit vit sourit souri revient revint se s' n' ne tourne permet reste sera donne va".split())
_NO_LABEL = _NO_SECTION | frozenset(
    "top mots reaction reactions declaration declarations prochain prochains rendez classement classements abandons forfait forfaits photos photo texte note bilan course courses manche "
    "essais es programme calendrier pilote pilotes team vainqueur pole resultat podium scratch scratchs leaders leader meteo conditions engages spectateurs heure horaires interview "
    "avant apres incident incidents penalite penalites commissaires record records grille depart meilleur meilleurs tour tours temps arrivee securite safety-car".split()
)
_SEASONS = frozenset("championnat saison trophee coupe challenge calendrier annee series serie cup trophy championship".split())
_LOOKS_AHEAD = frozenset("pour vers avant acces qualifie qualifiee qualifies qualifiees billet ticket grille vue depart".split())
_WEEK = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_CALLED_OFF = frozenset("course manche epreuve finale seance speciale etape es montee demi-finale qualification qualifications essais rallye".split())
_OPENING = 7  # tokens: a session named further into the sentence is mentioned in passing


@Language.factory("parcferme_sessions", requires=["doc._.layout", "doc._.names"], assigns=["doc._.sessions"])
def make_sessions(nlp: Language, name: str) -> SessionFinder:
    """Create the component."""
    return SessionFinder()


class SessionFinder:
    """Finds sessions and tells which sentence speaks of which."""

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``doc._.sessions``."""
        doc._.sessions = find_sessions(doc._.layout, doc._.names)
        return doc


@dataclass(slots=True)
class Mention:
    """A session named in the text. ``heading`` is the number of the block it heads, or -1."""

    first: int
    last: int
    kind: str
    number: int | None
    label: str | None
    letter: str = ""
    plural: bool = False
    heading: bool = False
    elsewhere: bool = False


def find_sessions(layout: Layout, names: list[Name]) -> list[SessionFact]:
    """Return the sessions of a document in reading order."""
    finder = _Finder(layout, names)
    finder.collect()
    finder.assign()
    return finder.sessions


class _Finder:
    def __init__(self, layout: Layout, names: list[Name]) -> None:
        self.layout = layout
        self.tokens: Tokens = layout.tokens
        self.terms = layer("sessions").find_all(self.tokens.norm)
        self.sessions: list[SessionFact] = []
        self._index: dict[tuple[str, str, int | None, str], int] = {}
        categories = [t.category for terms in self.terms.values() for t in terms]
        self.rally = sum(c == "rally" for c in categories) >= 2 or "raid" in categories
        self.climb = sum(c == "climb" for c in categories) >= 2 or self._titled("climb")
        self.knockout = "knockout" in categories
        self.mentions: list[Mention] = []
        norms = set(self.tokens.norm)
        # in endurance racing the classes share one race; elsewhere a section of its own is a race of its own
        self.shared = "endurance" in norms or bool(norms & {"relais", "stint"}) and bool(norms & {"heures", "equipage", "equipages"})
        self._labels: set[str] = set()
        self._people = {
            i
            for n in names
            if n.kind in ("person", "team", "place", "circuit")
            for i in range(n.first, n.last)
        }
        self._event_starts = {n.first: n for n in names if n.kind in ("event", "series") and n.last - n.first > 1}
        self._class_starts = {n.first: n for n in names if n.kind in ("class", "series")}

    def _titled(self, category: str) -> bool:
        """Tell whether a word of a category stands in one of the headings that open the text."""
        heads = [b for b in self.layout.blocks[:3] if b.last - b.first <= 20]
        return any(t.category == category for b in heads for i in range(b.first, b.last) for t in self.terms.get(i, ()))

    # --- finding ------------------------------------------------------------------------------------------------

    def collect(self) -> None:
        until = -1
        for i in sorted(self.terms):
            if i < until:
                continue
            term = next((t for t in self.terms[i] if t.category == "kind"), None)
            if term is None:
                continue
            mention = self._mention(term)
            if mention is not None and not self._spoken(mention):
                self.mentions.append(mention)
                until = mention.last
        for i, norm in enumerate(self.tokens.norm):
            match = _STAGE_CODE.match(norm)
            if match and self.tokens.shape[i] == "U":
                self.mentions.append(Mention(i, i + 1, "stage", int(match.group(1)), self.tokens.text[i]))
        self.mentions.sort(key=lambda m: m.first)
        self.rally = self.rally or sum(m.kind == "stage" for m in self.mentions) >= 2

    def _spoken(self, mention: Mention) -> bool:
        """Tell whether somebody says it, rather than the report."""
        if not hasattr(self, "_speech"):
            self._speech = [m.span() for m in _SPEECH.finditer(self.tokens.source)]
            self._speech_starts = [start for start, _ in self._speech]
        offset = self.tokens.start[mention.first]
        k = bisect_right(self._speech_starts, offset) - 1
        return k >= 0 and offset < self._speech[k][1]

    def _mention(self, term: Term) -> Mention | None:
        kind = self._kind(term)
        if kind == "round" or self.rally and kind in ("final", "race", "semi_final", "heat"):
            return None
        if kind == "final" and term.value == "final" and term.start and self.tokens.shape[term.start] == "l":
            if self.tokens.norm[term.start - 1] not in _BEFORE_FINAL:
                return None  # "la place finale"
            if not self.knockout and self.tokens.norm[term.end : term.end + 1] in (["de"], ["a"], ["du"], ["d'"]):
                return None  # "la finale de Zolder": the season's, some other day
        number, first, last = self._number(term)
        if number is None and self.tokens.norm[term.start].startswith("sprint"):
            return None  # a class or a kind of car, unless it is numbered
        if self.tokens.norm[term.start] == "course" and self.tokens.norm[term.end : term.end + 2] == ["de", "cote"]:
            return None
        if number is not None and self._of_the_season(term, first, last):
            return None
        letter = ""
        plural = self.tokens.norm[term.end - 1].endswith("s") and term.value not in (
            "qualifying",
            "practice",
            "stage",
        )
        if (
            last < len(self.tokens)
            and self.tokens.shape[last] == "I"
            and number is None
            and not plural
            and not self.tokens.glued(last)
        ):
            letter, last = self.tokens.text[last], last + 1
        elif (
            term.value == "race"
            and self.tokens.norm[last : last + 1] in (["du"], ["de"])
            and self.tokens.norm[last + 1 : last + 2]
            and self.tokens.norm[last + 1] in _DAYS
        ):
            letter, last = self.tokens.norm[last + 1], last + 2
        elif last < len(self.tokens) and re.fullmatch(r"[A-D]\d", self.tokens.text[last]):
            letter, last = self.tokens.text[last], last + 1
        label = self.tokens.surface(first, last)
        if kind == "heat" and not letter:
            letter = self.tokens.norm[term.start].rstrip("s")
        if kind == "stage" and number is None:
            last, label = self._stage_name(term.end, label)
            if label is None:
                return None
        elsewhere = self._elsewhere(first, last)
        return Mention(first, last, kind, number, label, letter, plural, elsewhere)

    def _of_the_season(self, term: Term, first: int, last: int) -> bool:
        """Tell whether a round of a season is counted: "la 3e manche du championnat", "vainqueur de sa troisième course"."""
        norm = self.tokens.norm
        if norm[first - 1] in ("sa", "son", "leur"):
            return True
        ahead = norm[last : last + 4]
        return ahead[:1] in (["du"], ["de"], ["des"]) and bool(set(ahead) & _SEASONS)

    def _kind(self, term: Term) -> str:
        if term.value == "round":
            return "heat" if self.knockout or self.climb else "race"
        if term.value == "leg" and not self.rally:
            return "round"
        if self.climb and term.value == "qualifying":
            return "practice"
        return term.value

    def _number(self, term: Term) -> tuple[int | None, int, int]:
        """Return the session's number, and the token range with it: "Course 2", "deuxième manche", "la 3e spéciale"."""
        norm = self.tokens.norm
        first, last = term.start, term.end
        if (
            last < len(norm)
            and (value := cardinal(norm[last])) is not None
            and value < 40
            and not self.tokens.norm[last] in ("un", "une")
            and self._plain_number(last)
        ):
            return value, first, last + 1
        if (
            norm[last : last + 1] == ["n"]
            and norm[last + 1 : last + 2] in (["°"], ["º"])
            and last + 2 < len(norm)
            and norm[last + 2].isdecimal()
            and "\n" not in self.tokens.source[self.tokens.end[last - 1] : self.tokens.start[last]]
        ):
            return int(norm[last + 2]), first, last + 3
        for back in (1, 2, 4):
            i = first - back
            if i < 0 or "\n\n" in self.tokens.source[self.tokens.start[i] : self.tokens.start[first]]:
                break
            found = ordinal_at(norm, i)
            if found is not None and found[1] == first and found[0] < 40:
                return found[0], i, last
        if first >= 1 and norm[first - 1] in ("derniere", "ultime"):
            return None, first, last
        return None, first, last

    def _plain_number(self, i: int) -> bool:
        after = self.tokens.norm[i + 1] if i + 1 < len(self.tokens) else ""
        return after not in (
            "tours",
            "heures",
            "minutes",
            "km",
            "kilometres",
            "pilotes",
            "voitures",
            "places",
            "points",
            "victoires",
            "h",
            "/",
            "du",
            "mai",
            "juin",
            "juillet",
            "aout",
            "mars",
            "avril",
            "septembre",
            "octobre",
        )

    def _stage_name(self, end: int, label: str) -> tuple[int, str | None]:
        """Return the end and label of a stage named after a place: "la spéciale de Xertigny"."""
        norm = self.tokens.norm
        i = end
        while i < len(norm) and norm[i] in (
            "de",
            "du",
            "d'",
            "la",
            "le",
            "l'",
            "des",
            ":",
            "«",
            '"',
            "chronometree",
        ):
            i += 1
        if i > end and i < len(norm) and self.tokens.shape[i] in "CU":
            j = i + 1
            while j + 1 < len(norm) and (self.tokens.text[j] == "-" or self.tokens.shape[j] in "CU"):
                j += 1
            return j, self.tokens.surface(i, j)
        if norm[end - 1] == "prologue":
            return end, label
        return end, None

    def _elsewhere(self, first: int, last: int) -> bool:
        """Tell whether the words speak of another meeting: "lors de la course de Dijon, l'an dernier"."""
        low, high = max(0, first - 6), min(len(self.tokens), last + 8)
        return any(t.category == "other_day" for i in range(low, high) for t in self.terms.get(i, ()))

    # --- building -----------------------------------------------------------------------------------------------

    def assign(self) -> None:
        """Make the sessions and tell every sentence its own."""
        self._labels = self._find_labels()
        self._days = self._find_days()
        self._section = ""
        self._current = self._main = UNKNOWN
        self._headed = False
        self._class_sections: set[str] = set()
        self._sections: dict[int, str] = {}
        by_sentence = self._by_sentence()
        block = -1
        pending: list[int] = []
        for number, sentence in enumerate(self.layout.sentences):
            if self.climb and sentence.block != block and self._current != UNKNOWN and self.sessions[self._current].kind == "heat":
                self._current = UNKNOWN  # a climb is told in its own paragraph
            block = sentence.block
            kind = self.layout.blocks[block].kind
            here = by_sentence.get(number, [])
            if kind in _HEADS:
                self._heading(sentence.first, sentence.last, here, title=kind == "title")
                sentence.session = self._current
            else:
                self._text(here, sentence)
            if self.shared and self._section in self._class_sections:
                sentence.scope = self._section
            if sentence.session == UNKNOWN:
                pending.append(number)
                self._sections[number] = self._section
        self._settle(pending)
        self._tell_status()

    def _tell_status(self) -> None:
        """Note the sessions that were cancelled or cut short: "La course 1 est annulée"."""
        norm = self.tokens.norm
        for sentence in self.layout.sentences:
            for i in range(sentence.first, sentence.last):
                status = next(
                    (t.category for t in self.terms.get(i, ()) if t.category in ("cancelled", "shortened")), None
                )
                subject = range(max(sentence.first, i - 7), i)
                if status is None or not any(norm[k] in _CALLED_OFF for k in subject):
                    continue
                if {"pas", "failli", "risque", "pourrait"} & set(norm[subject.start : i + 1]):
                    continue
                own = [
                    k for k, s in enumerate(self.sessions) for m in s.mentions if subject.start <= m[0] < i
                ] or [sentence.session]
                if own[-1] != UNKNOWN:
                    self.sessions[own[-1]].status = status

    def _by_sentence(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        number = 0
        sentences = self.layout.sentences
        for mention in self.mentions:
            while number < len(sentences) and sentences[number].last <= mention.first:
                number += 1
            if number < len(sentences) and sentences[number].first <= mention.first:
                found.setdefault(number, []).append(mention)
        return found

    def _heading(self, first: int, last: int, here: list[Mention], *, title: bool) -> None:
        named = self._class_starts.get(first)
        distinct = [
            m
            for m in here
            if not m.plural
            and (m.number is not None or m.kind not in ("race", "leg") or m.first - first <= 1)
        ]
        for mention in here:
            if mention.plural and mention.number is not None:
                self._all_of(mention)
        if title and (len(here) != 1 or here[0].number is None):
            return
        label = self._label(first)
        if label in self._labels and label is not None:
            self._section, self._current, self._headed = label, UNKNOWN, False
            self._class_sections.add(label)
            distinct = [m for m in distinct if m.first > first and m.kind not in ("race",)]
            named = None
            if not distinct:
                return
        if distinct and distinct[0].kind == "stage" and self.rally:
            return
        if self.climb and first in self._event_starts:
            distinct = []
        if distinct:
            self._prefix(first, distinct[0].first)
            distinct[0].heading = True
            self._current = self._session(distinct[0])
            self._headed = True
        elif (section := self._section_heading(first, last, named)) is not None:
            self._section = section
            if named is None or named.kind == "class":
                self._class_sections.add(section)
            self._current = UNKNOWN
            self._headed = False

    def _section_heading(self, first: int, last: int, named: Name | None) -> str | None:
        """Return the class that a heading announces, if it is one: "SUPERBIKE", "Buggy 1600", "Cadets :"."""
        while last > first and self.tokens.text[last - 1] in ".:;!–-":
            last -= 1
        norm = self.tokens.norm[first:last]
        if not norm or norm[0] in _SHARED_CLASSES and (len(self._class_sections) < 2 or len(norm) > 2):
            return None
        if (
            named is not None
            and named.first == first
            and named.kind == "class"
            and self.tokens.text[named.last : named.last + 1] in ([":"], ["–"], ["|"], ["-"])
        ):
            return self.tokens.surface(named.first, named.last)
        event = self._event_starts.get(first)
        if event is not None and self.climb and event.last >= last - 3:
            return self.tokens.surface(first, last)  # several climbs in one text
        if len(norm) > 6:
            return None
        inside = [
            n
            for i in range(first, last)
            if (n := self._class_starts.get(i)) is not None and n.kind == "class"
        ]
        if (
            inside
            and len(norm) <= 4
            and not any(i in self._people for i in range(first, last) if i < inside[0].first)
        ):
            return self.tokens.surface(first, last)
        if named is not None and named.first == first:
            return (
                self.tokens.surface(first, last)
                if len(norm) <= 4
                else self.tokens.surface(named.first, named.last)
            )
        if (
            self.knockout
            and len(norm) <= 3
            and norm[0] not in _NO_SECTION
            and not any(i in self._people for i in range(first, last))
        ):
            return self.tokens.surface(first, last) if self.tokens.shape[first] in "CUde" else None
        return None

    def _prefix(self, first: int, mention: int) -> None:
        """Take the class before the session in a heading: "F3 Classic / Course 2"."""
        end = mention
        while end > first and self.tokens.text[end - 1] in "/–-:,|(":
            end -= 1
        words = range(first, end)
        if 0 < len(words) <= 6 and end < mention and self.tokens.shape[first] in "CUde" and not any(i in self._people for i in words):
            if not set(self.tokens.norm[first:end]) & _NO_SECTION:
                self._section = self.tokens.surface(first, end)

    def _all_of(self, mention: Mention) -> None:
        """Read "Courses 1 et 2"."""
        norm = self.tokens.norm
        self._session(mention)
        i = mention.last
        while i + 1 < len(norm) and norm[i] in ("et", ",", "&", "-") and norm[i + 1].isdecimal():
            self._session(Mention(i + 1, i + 2, mention.kind, int(norm[i + 1]), None))
            i += 2

    def _day(self, sentence: Sentence) -> int | None:
        """Return the session that a sentence opens by its day ("Samedi, ...", "Le lendemain, ..."), where races are told day by day."""
        day = self._days.get(sentence.first)
        if day is None:
            return None
        days = sorted(set(self._days.values()), key=_WEEK.index)
        number = days.index(day) + 1
        counted = {m.number for m in self.mentions if m.kind == "race" and not m.elsewhere}
        first = sentence.first + (self.tokens.norm[sentence.first] == "le")
        if counted >= set(range(1, len(days) + 1)):
            return self._session(Mention(first, first + 1, "race", number, None))
        return self._session(Mention(first, first + 1, "race", None, self.tokens.text[first], day))

    def _find_days(self) -> dict[int, str]:
        """Return the days that open sentences by their token, where on two of them at least somebody won."""
        found: list[tuple[int, str]] = []
        for sentence in self.layout.sentences:
            if self.layout.blocks[sentence.block].kind not in ("paragraph", "bullet") or sentence.last - sentence.first < 5:
                continue
            i = sentence.first + (self.tokens.norm[sentence.first] == "le")
            day = self.tokens.norm[i]
            if day == "lendemain" and found and found[-1][1] != _WEEK[-1]:
                day = _WEEK[_WEEK.index(found[-1][1]) + 1]
            if day in _WEEK and not self.tokens.norm[i + 1].isdecimal():
                found.append((sentence.first, day))
        if len({day for _, day in found}) < 2 or self.rally or self.climb or self.shared:
            return {}
        terms = layer("results").find_all(self.tokens.norm)
        ends = [first for first, _ in found[1:]] + [len(self.tokens)]
        won = {
            day
            for (first, day), end in zip(found, ends, strict=True)
            if any(t.category in ("win", "win_right") for i in range(first, end) for t in terms.get(i, ()))
        }
        return dict(found) if len(won) >= 2 else {}

    def _turns_to(self, sentence: Sentence) -> str | None:
        """Return the class racing alone to which a sentence turns: "En MotoGP, ...", "Chez les cadets, ..."."""
        norm = self.tokens.norm
        i = sentence.first
        if norm[i] not in ("en", "chez", "dans", "restait", "place", "quant"):
            return None
        while i < sentence.last and norm[i] in (
            "en",
            "chez",
            "dans",
            "restait",
            "place",
            "quant",
            "la",
            "le",
            "les",
            "l'",
            "categorie",
            "aux",
            "au",
            "a",
            "classe",
        ):
            i += 1
        terms = [t for t in layer("names").find_all(norm[i : i + 4]).get(0, ()) if t.category == "alone"]
        if not terms or i - sentence.first > 4:
            return None
        if self._section and fold(self._section) in norm[i : i + 4]:
            return None  # "En Prestige S1" under the heading "S1"
        return self.tokens.surface(i, i + max(t.end for t in terms))

    def _crosshead(self, sentence: Sentence) -> str | None:
        """Return the class that a short line of its own ends with: "Delaunoy sans partage en MX1."."""
        block = self.layout.blocks[sentence.block]
        if block.first != sentence.first or sentence.last < block.last or block.last - block.first > 10:
            return None
        for i in range(sentence.first + 1, sentence.last):
            if self.tokens.norm[i - 1] in ("en", "chez", "des"):
                terms = [t for t in layer("names").find_all(self.tokens.norm[i : i + 4]).get(0, ()) if t.category == "alone"]
                if terms:
                    return self.tokens.surface(i, i + max(t.end for t in terms))
        return None

    def _run_in(self, sentence: Sentence) -> str | None:
        """Return the class that opens a paragraph like a heading: "Super Buggy : Quelle finale !"."""
        block = self.layout.blocks[sentence.block]
        if block.first != sentence.first:
            return None
        label = self._label(sentence.first)
        return label if label in self._labels else None

    def _label(self, first: int) -> str | None:
        """Return the words before the colon with which a block opens, if they may name a class."""
        text, norm = self.tokens.text, self.tokens.norm
        for length in range(1, 6):
            if text[first + length : first + length + 1] == [":"]:
                words = range(first, first + length)
                if self.tokens.shape[first] not in "CUdeI" or any(i in self._people for i in words) or set(norm[first : first + length]) & _NO_LABEL:
                    return None
                return self.tokens.surface(first, first + length)
        return None

    def _find_labels(self) -> set[str]:
        """Return the labels that announce classes: several, each used once, one of them known as a class at least."""
        found: dict[str, list[int]] = {}
        for block in self.layout.blocks:
            if block.kind not in ("boilerplate", "list", "table", "quote") and (label := self._label(block.first)) is not None:
                found.setdefault(label, []).append(block.first)
        sessions = {m.first for m in self.mentions}
        once = {
            label: starts[0]
            for label, starts in found.items()
            if len(starts) == 1 and not any(i in sessions for i in range(starts[0], min(starts[0] + 6, len(self.tokens))) if self.tokens.end[i] <= self.tokens.start[starts[0]] + len(label))
        }
        if self.climb or self.rally:
            return set()  # the classes share the climb
        known = [label for label, start in once.items() if any(i in self._class_starts for i in range(start, start + 5)) or any(c.isdecimal() for c in label)]
        if len(once) < 2 or not known:
            return set()
        return {label for label, start in once.items() if self.tokens.norm[start] not in _SHARED_CLASSES or self.knockout}

    def _by_order(self, sentence: Sentence) -> int | None:
        """Return the session meant by a bare "La première ...", "La seconde ...", "Le lendemain ..." at a sentence's head."""
        norm, first = self.tokens.norm, sentence.first
        numbered = {s.number: k for k, s in enumerate(self.sessions) if s.kind in ("race", "heat") and s.number is not None}
        if len(numbered) < 2:
            return None
        if norm[first] == "la" and first + 2 < sentence.last:
            found = ordinal_at(norm, first + 1)
            value = found[0] if found else None
            if found and (norm[found[1]] in _AFTER_BARE or self.tokens.text[found[1]] == ",") and value in numbered:
                return numbered[value]
        if norm[first : first + 2] == ["le", "lendemain"]:
            number = self.sessions[self._current].number if self._current != UNKNOWN else 1
            return numbered.get((number or 1) + 1)
        return None

    def _text(self, here: list[Mention], sentence: Sentence) -> None:
        ordered = self._by_order(sentence)
        if ordered is not None:
            self._current = ordered
        day = self._day(sentence)
        if day is not None:
            self._current, self._headed = day, False
        section = self._turns_to(sentence) or self._run_in(sentence) or self._crosshead(sentence)
        if section is not None and section != self._section:
            self._section, self._current, self._headed = section, UNKNOWN, False
            self._class_sections.add(section)
        sentence.session = self._current
        for mention in here:
            if mention.plural and not mention.elsewhere:
                sentence.together = sentence.together or self._first_few(mention)
            if mention.elsewhere or mention.plural:
                continue
            if mention.kind == "stage":
                sentence.local = self._session(mention)
            elif self._switches(mention):
                self._switch(mention, sentence)
        if (
            sentence.session != UNKNOWN
            and self.sessions[sentence.session].kind in ("qualifying", "practice")
            and self._starts(sentence)
        ):
            self._current = sentence.session = self._main

    def _first_few(self, mention: Mention) -> tuple[int, ...]:
        """Return the sessions meant by "les deux premières courses", "les deux manches"."""
        norm = self.tokens.norm
        before = norm[max(0, mention.first - 2) : mention.first + 1]
        count = next((n for word in before if (n := cardinal(word)) is not None and 2 <= n <= 4), None)
        if count is None or mention.kind not in ("race", "heat"):
            return ()
        known = [k for k, s in enumerate(self.sessions) if s.kind == mention.kind]
        if "premieres" in norm[mention.first - 1 : mention.last] or not known:
            return tuple(
                self._session(Mention(mention.first, mention.last, mention.kind, n, None, plural=True))
                for n in range(1, count + 1)
            )
        return tuple(known[:count]) if len(known) == count else ()

    def _switch(self, mention: Mention, sentence: Sentence) -> None:
        opening = mention.first - sentence.first <= _OPENING
        index = self._session(mention)
        if mention.kind in ("qualifying", "practice"):
            sentence.local = index  # the sentence may go on to the race; results and incidents find their way
            return
        if self._headed and not opening:
            return
        looks_back = self._current != UNKNOWN and self.sessions[self._current].kind == "final" and mention.kind == "heat"
        if looks_back and not opening:
            return
        sentence.session = index
        if (
            not self._headed
            and (opening or mention.number is not None or self._ends_heats(mention))
            or opening
            and mention.first - sentence.first <= 3
            and self.layout.blocks[sentence.block].first == sentence.first
        ):
            self._current = index
        self._main = index

    def _ends_heats(self, mention: Mention) -> bool:
        """Tell whether the telling goes over to the final: "franchit en tête la ligne de la finale", not "qualifié pour la finale"."""
        before = self.tokens.norm[max(0, mention.first - 4) : mention.first]
        return self.knockout and mention.kind in ("final", "semi_final") and not set(before) & _LOOKS_AHEAD

    def _starts(self, sentence: Sentence) -> bool:
        """Tell whether the sentence tells a start, so that qualifying is over."""
        return any(
            t.category == "start"
            for i in range(sentence.first, min(sentence.last, sentence.first + 8))
            for t in self.terms.get(i, ())
        )

    def _switches(self, mention: Mention) -> bool:
        """Tell whether a mention inside prose names one session, not just any race."""
        if mention.number is not None:
            return True
        if mention.kind == "heat":
            return mention.letter not in ("manche", "montee", "serie", "run", "heat", "batterie")
        return not (mention.kind in ("race", "leg") and not mention.letter)

    def _session(self, mention: Mention) -> int:
        """Return the session that a mention names; a new one if it is the first."""
        key = (
            self._section if mention.kind != "stage" else "",
            mention.kind,
            mention.number,
            mention.letter or (mention.label or "")
            if mention.kind == "stage" and mention.number is None
            else mention.letter,
        )
        index = self._index.get(key)
        if index is None:
            index = len(self.sessions)
            self._index[key] = index
            label = None if mention.plural else mention.label
            scope = (
                self._section if self._section in self._class_sections and mention.kind != "stage" else None
            )
            self.sessions.append(SessionFact(mention.kind, label, mention.number, scope=scope))
        session = self.sessions[index]
        if mention.heading and session.headed_at < 0:
            session.headed_at = mention.first
        if not mention.plural and (session.label is None or mention.heading):
            session.label = mention.label
        session.scheduled = session.scheduled or self._clock(mention.last)
        self.sessions[index].mentions.append((mention.first, mention.last))
        return index

    def _clock(self, last: int) -> str | None:
        """Return the clock time in the bracket behind a mention: "Course 1 (samedi, 13h10)"."""
        text = self.tokens.text
        if text[last : last + 1] != ["("]:
            return None
        for i in range(last + 1, min(last + 6, len(text))):
            if text[i] == ")":
                break
            match = _CLOCK.match(text[i].lower())
            if match:
                hour, minute = int(match.group(1)), int(match.group(2) or 0)
                return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
        return None

    def _settle(self, pending: list[int]) -> None:
        """Give the sentences that name no session the main one, and drop what nobody speaks of."""
        sections = dict.fromkeys(
            [*(s for s in self._sections.values() if s), *(s.scope for s in self.sessions if s.scope)]
        )
        alone = layer("names").words("alone")
        if len(sections) < 2 and not self.knockout and not any(s.lower() in alone for s in sections):
            for session in self.sessions:
                session.scope = None
        if self.shared:
            sections = {}
            for session in self.sessions:
                session.scope = None
        if (len(sections) >= 2 or any(s.lower() in alone for s in sections)) and not self.rally:
            pending = self._settle_sections(pending, list(sections))
        if (
            pending
            and sections
            and all(s.scope or s.kind in ("qualifying", "practice", "stage") for s in self.sessions)
            and self._sections.get(pending[0], "") == ""
        ):
            self.sessions.append(
                SessionFact("race")
            )  # what is told before or beside the classes with races of their own
            for number in pending:
                self.layout.sentences[number].session = len(self.sessions) - 1
            pending = []
        order = sorted(
            range(len(self.sessions)), key=lambda k: (self.sessions[k].kind, self.sessions[k].number or 0)
        )
        main = [
            k for k in order if self.sessions[k].kind in ("race", "overall", "final", "heat", "semi_final")
        ]
        sentences = self.layout.sentences
        if self.rally or (self.climb and not any(self.sessions[k].kind == "race" for k in main)):
            overall = self._add_overall()
            for sentence in sentences:
                if sentence.session == UNKNOWN:
                    sentence.session = overall
            return
        if not main:
            self.sessions.insert(0, SessionFact("race"))
            for sentence in sentences:
                sentence.session = 0 if sentence.session == UNKNOWN else sentence.session + 1
                sentence.local += sentence.local != UNKNOWN
            return
        following: dict[int, int] = {}
        for number in pending:
            told = next(
                (s.session for s in sentences[number:] if s.session != UNKNOWN and s.session in main), main[0]
            )
            finals = [k for k in main if self.sessions[k].kind == "final"]
            following[number] = finals[0] if len(finals) == 1 and number == pending[0] else told
        for number in pending:
            sentences[number].session = following[number]

    def _settle_sections(self, pending: list[int], sections: list[str]) -> list[int]:
        """Give each class that a heading announces a race of its own; return the sentences still without session."""
        races: dict[str, int] = {}
        for section in sections:
            known = [
                k
                for key, k in self._index.items()
                if key[0] == section and self.sessions[k].kind not in ("qualifying", "practice")
            ]
            if known:
                races[section] = known[0]
            else:
                races[section] = len(self.sessions)
                self.sessions.append(
                    SessionFact("race", section, scope=section if section in self._class_sections else None)
                )
        rest = []
        for number in pending:
            section = self._sections[number]
            if section in races:
                self.layout.sentences[number].session = races[section]
            else:
                rest.append(number)
        return rest

    def _add_overall(self) -> int:
        self.sessions.append(SessionFact("overall"))
        return len(self.sessions) - 1


def spelled(number: int) -> tuple[str, ...]:
    """Return the folded words that stand for a number."""
    return tuple(word for word, value in (ORDINALS | CARDINALS).items() if value == number)
