"""Sessions named in the text: "Course 2", "la deuxième manche", "ES3", "demi-finale B"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Layout, Name, SessionFact
from extractor.pipeline.sessions.crowd import Crowd
from extractor.pipeline.sessions.rounds import SEASONS, count_rally, counts_season, of_the_season, one_of
from extractor.pipeline.tokens import Tokens
from extractor.values.numbers import cardinal, ordinal_at

UNKNOWN = -1
_ROUND_CODE = re.compile(r"q[1-4]$")
_STAGE_CODE = re.compile(r"(?:es|ss)(\d{1,2})$")
_SPEECH = re.compile(r"«[^»]*»|“[^”]*”")
_BEFORE_FINAL = word_set("sessions_words", "before_final")
_DAYS = word_set("sessions_words", "days")
_MEASURED = word_set("sessions_words", "measured")
_NATURES = word_set("sessions_words", "race_natures")
_SUMS = frozenset(("cumul", "total", "addition", "ensemble"))


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
    round: bool = False  # "manche", "série": of this meeting, or of a season
    bare: bool = False  # a number without its noun: "la seconde"
    field: str = ""  # the class that has it to itself: "la manche des 500"
    common: bool = False  # for the best of all classes


class Mentions:
    """Sessions named in the text."""

    def __init__(self, layout: Layout, names: list[Name]) -> None:
        self.layout = layout
        self.tokens: Tokens = layout.tokens
        self.terms = self.tokens.terms("sessions")
        self.sessions: list[SessionFact] = []
        self._index: dict[tuple[str, str, int | None, str], int] = {}
        categories = [t.category for terms in self.terms.values() for t in terms]
        self.rally = count_rally(self.tokens, self.terms) >= 2 or "raid" in categories
        self.raid = "raid" in categories
        self.rally = self.rally and not self._runs_heats()
        self.climb = sum(c == "climb" for c in categories) >= 2 or self._titled("climb")
        self.knockout = "knockout" in categories
        self._rallycross = "rallycross" in self.tokens.norm
        self.mentions: list[Mention] = []
        norms = set(self.tokens.norm)
        # in endurance racing the classes share one race; elsewhere a section of its own is a race of its own
        self.shared = "endurance" in norms or (
            bool(norms & {"relais", "stint"}) and bool(norms & {"heures", "equipage", "equipages"})
        )
        self._labels: set[str] = set()
        self._block_starts = {b.first for b in layout.blocks}
        self._people = {
            i
            for n in names
            if n.kind in ("person", "team", "place", "circuit")
            for i in range(n.first, n.last)
        }
        self._event_starts = {
            n.first: n for n in names if n.kind in ("event", "series") and n.last - n.first > 1
        }
        self._class_starts = {n.first: n for n in names if n.kind in ("class", "series")}
        self._bare: set[int] = set()  # sessions whose label is a mere number
        self._announced = 0  # how many races or heats the text says there were
        self._letter_of: dict[str, str] = {}
        self._only_race = (-1, 0)  # where the only race with a number is first named, and its number
        self._days: dict[int, str] = {}
        self._section = ""
        self._current = self._main = UNKNOWN
        self._headed = False
        self._class_sections: set[str] = set()
        self.crowd = Crowd(())
        self._in_prose = False  # no heading announces the class that is told
        self._told_in: dict[str, set[int]] = {}  # the people of each class that prose has turned to
        self._names_of_sections: list[str] = []
        self._announced_classes: set[str] = set()  # with the series that headings announce
        self._sections: dict[int, str] = {}
        self._section_at: dict[str, int] = {}  # the token at which the text turns to a class
        self._before = UNKNOWN  # what was told before the sentence that is read
        self._turned: set[int] = set()  # sentences that turn to another session

    def _runs_heats(self) -> bool:
        """Tell whether a meeting called a rally is run in heats and a final, not on special stages."""
        norm = self.tokens.norm
        kinds = {t.value for terms in self.terms.values() for t in terms if t.category == "kind"}
        return (
            "stage" not in kinds
            and "final" in kinds
            and any(
                t.value in ("round", "heat") and i and cardinal(norm[i - 1]) is not None
                for i, terms in self.terms.items()
                for t in terms
                if t.category == "kind"
            )
        )

    def _titled(self, category: str) -> bool:
        """Tell whether a word of a category stands in one of the headings that open the text."""
        heads = [b for b in self.layout.blocks[:3] if b.last - b.first <= 20]
        return any(
            t.category == category
            for b in heads
            for i in range(b.first, b.last)
            for t in self.terms.get(i, ())
        )

    def collect(self) -> None:
        """Find the sessions that the text names."""
        until = -1
        for i in sorted(self.terms):
            if i < until:
                continue
            term = next((t for t in self.terms[i] if t.category == "kind"), None)
            if term is None:
                continue
            coded = self._rallycross and _ROUND_CODE.match(self.tokens.norm[i])
            mention = self._round_code(term) if coded else self._mention(term)
            if mention is not None and not self._spoken(mention):
                self.mentions.append(mention)
                until = mention.last
        for i, norm in enumerate(self.tokens.norm):
            match = _STAGE_CODE.match(norm)
            if match and self.tokens.shape[i] == "U":
                self.mentions.append(Mention(i, i + 1, "stage", int(match.group(1)), self.tokens.text[i]))
        self.mentions.sort(key=lambda m: m.first)
        self._drop_rounds()
        self.rally = self.rally or sum(m.kind == "stage" for m in self.mentions) >= 2

    def _drop_rounds(self) -> None:
        """Leave out the rounds of a season: a third "manche" where nothing is told of a second."""
        told = {m.number for m in self.mentions if m.kind in ("race", "heat")}
        told |= set(range(1, max((self._count(m) for m in self.mentions if m.plural), default=0) + 1))
        told |= {2} if 1 in told else set()
        if any(m.kind == "final" and not m.elsewhere for m in self.mentions):
            for mention in self.mentions:
                if mention.round:
                    self._to_heat(mention)
        self.mentions = [
            m
            for m in self.mentions
            if not (m.round and m.number is not None and m.number > 2 and m.number - 1 not in told)
        ]

    def _to_heat(self, mention: Mention) -> None:
        """Take a "manche" that leads to a final for a heat."""
        mention.kind = "heat"
        if not mention.letter:
            words = self.tokens.norm[mention.first : mention.last]
            mention.letter = next((w for w in words if w.rstrip("s") in ("manche", "serie")), "manche")
            mention.letter = mention.letter.rstrip("s")

    def _count(self, mention: Mention) -> int:
        """Return how many sessions are spoken of at once: "trois manches", "les deux premières courses"."""
        words = self.tokens.norm[max(0, mention.first - 2) : mention.first + 1]
        return next((n for w in words if (n := cardinal(w)) is not None and 2 <= n <= 6), 0)

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
        if kind == "round" or (self.rally and kind in ("final", "race", "semi_final", "heat")):
            return None
        if self._last_of_all(term, kind) or self._half(term):
            return None
        if kind == "overall":
            return self._adding_up(term)
        number, first, last = self._number(term)
        norm = self.tokens.norm
        if number is None and norm[term.start].startswith("sprint"):
            return None  # a class or a kind of car, unless it is numbered
        if norm[term.start] == "course" and norm[term.end : term.end + 2] == ["de", "cote"]:
            return None
        if number is not None and of_the_season(self.tokens.norm, first, last):
            return None
        if number is None and kind in ("race", "heat") and counts_season(norm, first, last):
            return None
        plural = norm[term.end - 1].endswith("s") and term.value not in ("qualifying", "practice", "stage")
        if plural and number is None:
            number, first = one_of(norm, first)
            plural = number is None
        letter, last = self._letter(term, last, bare=number is None and not plural)
        label = self.tokens.surface(first, last)
        if kind == "heat" and not letter:
            letter = self.tokens.norm[term.start].rstrip("s")
        if kind == "stage" and number is None:
            last, named = self._stage_name(term.end, label)
            if named is None:
                return None
            label = named
        elsewhere = self._elsewhere(first, last)
        counted = term.value == "round"
        return Mention(first, last, kind, number, label, letter, plural, elsewhere=elsewhere, round=counted)

    def _round_code(self, term: Term) -> Mention:
        """Return the heat of a rallycross that its code names: "Q2"."""
        first, last = term.start, term.end
        number, label = int(self.tokens.norm[first][1]), self.tokens.surface(first, last)
        elsewhere = self._elsewhere(first, last)
        return Mention(first, last, "heat", number, label, "manche", elsewhere=elsewhere)

    def _adding_up(self, term: Term) -> Mention | None:
        """Return the mention of what several races add up to: "Au cumul des deux manches".

        Mere words such as "addition" count where they introduce it, a classification where it heads a block.
        """
        norm, first = self.tokens.norm, term.start
        words = norm[first : term.end]
        if (
            self.rally
            or of_the_season(self.tokens.norm, first, term.end)
            or SEASONS & set(norm[term.end : term.end + 5])
        ):
            return None
        heads = first in self._block_starts or (
            first - 1 in self._block_starts and norm[first - 1] in ("le", "au")
        )
        sums = bool(_SUMS & set(words))
        if sums and len(words) == 1 and norm[first - 1] not in ("a", "au", "l'", "le"):
            return None
        if not (heads or (sums and (len(words) > 2 or words[0] in ("au", "a") or norm[first - 1] == "l'"))):
            return None
        behind = norm[term.end : term.end + 3]
        if {"provisoire", "championnat", "apres"} & set(behind) or any(
            len(w) == 4 and w.isdecimal() for w in behind
        ):
            return None  # the table of a season
        return Mention(first, term.end, "overall", None, self.tokens.surface(first, term.end))

    def _drop_overall(self) -> None:
        """Leave out what adds up nothing: it takes two heats or races, told or announced."""
        several = {m.number for m in self.mentions if m.kind in ("race", "heat") and m.number is not None}
        counted = any(self._count(m) for m in self.mentions if m.plural and m.kind in ("race", "heat"))
        final = any(m.kind == "final" and not m.elsewhere for m in self.mentions)
        if len(several) < 2 and not counted:
            self.mentions = [m for m in self.mentions if m.kind != "overall"]
        elif final:  # heats add up to who is in it
            self.mentions = [m for m in self.mentions if m.kind != "overall" or m.first in self._block_starts]

    def _half(self, term: Term) -> bool:
        """Tell whether "demie" is half of something: "une heure et demie", "5 t. et demie"."""
        norm = self.tokens.norm
        return norm[term.start] in ("demie", "demies") and norm[term.start - 1] == "et"

    def _last_of_all(self, term: Term, kind: str) -> bool:
        """Tell whether "finale" is no race of this meeting: "la place finale", "la finale de Zolder"."""
        norm = self.tokens.norm
        if kind != "final" or term.value != "final" or not term.start or self.tokens.shape[term.start] != "l":
            return False
        if norm[term.start - 1] not in _BEFORE_FINAL:
            return True
        away = norm[term.end : term.end + 1] in (["de"], ["a"], ["du"], ["d'"])
        return away and not self.knockout and not self._heats_told

    @cached_property
    def _heats_told(self) -> bool:
        """Whether heats are headed, so that a final is this meeting's: "Première manche (12 tours) : ..."."""
        return any(
            t.category == "kind" and t.value in ("round", "heat") and ordinal_at(self.tokens.norm, b.first)
            for b in self.layout.blocks
            for t in self.terms.get(b.first + 1, ())
        )

    def _letter(self, term: Term, last: int, *, bare: bool) -> tuple[str, int]:
        """Return what tells a session from others beside its number, and where it ends: "finale A"."""
        tokens = self.tokens
        if last >= len(tokens):
            return "", last
        same_line = "\n" not in tokens.source[tokens.end[last - 1] : tokens.start[last]]
        if tokens.shape[last] == "I" and bare and same_line and not tokens.glued(last):
            return tokens.text[last], last + 1
        following = tokens.norm[last + 1 : last + 2]
        if term.value in ("race", "round", "heat") and tokens.norm[last] in ("du", "de", "de l'", "d'"):
            if following and following[0] in _DAYS:
                return following[0], last + 2
            if term.value == "race" and following and following[0] in _NATURES:
                return following[0], last + 2
        if (
            term.value in ("round", "heat")
            and tokens.norm[last] in ("du", "de la", "de")
            and tokens.norm[last + 1 : last + 2] in (["groupe"], ["poule"])
            and tokens.shape[last + 2 : last + 3] == ["I"]
        ):
            return "groupe " + tokens.text[last + 2], last + 3
        if term.value == "race" and tokens.norm[last] == "par" and following == ["equipages"]:
            return "equipages", last + 2
        if re.fullmatch(r"[A-D]\d", tokens.text[last]):
            return tokens.text[last], last + 1
        return "", last

    def _kind(self, term: Term) -> str:
        if term.value == "round":
            return "heat" if self.knockout or self.climb else "race"
        if term.value == "leg" and not self.rally:
            return "round"
        if self.climb and term.value == "qualifying":
            return "practice"
        return term.value

    def _number(self, term: Term) -> tuple[int | None, int, int]:
        """Return the session's number, and the token range with it.

        As in "Course 2", "deuxième manche", "la 3e spéciale".
        """
        norm = self.tokens.norm
        first, last = term.start, term.end
        if (
            last < len(norm)
            and (value := cardinal(norm[last])) is not None
            and value < 40
            and "\n\n" not in self.tokens.source[self.tokens.end[last - 1] : self.tokens.start[last]]
            and self.tokens.norm[last] not in ("un", "une")
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
        return after not in _MEASURED

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
