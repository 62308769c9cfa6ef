"""What a position is a position in: kind, scope and session, read off the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractor.lexicon.words import Term, layer, word_set
from extractor.pipeline.annotations import Block, Layout, Name, Sentence, SessionFact
from extractor.pipeline.discourse import Discourse
from extractor.pipeline.results.classnames import race_classes
from extractor.pipeline.results.clock import Clock
from extractor.values.numbers import cardinal, ordinal_at

OVERALL = "overall"
_LIGHT = word_set("grammar_words", "light")
_BEFORE_NOUN = ("le", "un", "son", "ce", "du", "leur", "nouveau", "beau")
_ROUNDS = word_set("results_words", "rounds_of_championship")
_VERBS = ("e", "ent", "it", "ait", "d", "nt")  # endings of the third person
_CUPS = word_set("results_words", "cups")
_CUP_NOUNS = word_set("results_words", "cup_nouns")
_TURNS = frozenset(("en", "dans", "cote", "chez"))
_DEFINITE = frozenset(("le", "la", "l'"))
_LONGEST_CUP = 8  # tokens of "208 Rally Cup Evo 2"
_LONGEST_HEAD = 8
_CLASS_SUBJECT = frozenset(
    ("le", "la", "les", "l'", "groupe", "classe", "categorie", "division", "et", "quant", "a", "au")
)
_MEETINGS = frozenset(("criterium", "championnat", "meeting", "coupes", "course", "courses"))
_NEAR_VERB = 3  # tokens: "est", "fut", "y"
_HEADING = ("file", "fila", "filer", "envol", "vole")
_CLOCKED = ("heat", "race", "overall", "stage", "final")
_QUALIFYING = word_set("results_words", "qualifying")
_OF_THE_DAY = word_set("results_words", "of_the_day")
_UNITS = ("cc", "cmc", "cm3", "l")
NOT_PLACES = word_set("results_words", "not_places")
NO_CLASS = word_set("results_words", "no_class")
PLACE_NOUNS = word_set("results_words", "place_nouns")
TIME_NOUNS = word_set("results_words", "time_nouns")


class _Blocks:
    """Blocks of one kind, in reading order, looked up by token."""

    def __init__(self, blocks: list[Block]) -> None:
        self._starts, self._ends = [b.first for b in blocks], [b.last for b in blocks]

    def hold(self, token: int) -> bool:
        k = bisect_right(self._ends, token)
        return k < len(self._starts) and self._starts[k] <= token


class Context:
    """Looks words up around a position."""

    def __init__(
        self, layout: Layout, names: list[Name], discourse: Discourse, sessions: list[SessionFact]
    ) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.discourse = discourse
        self.sessions = sessions
        named = {i for n in names if n.kind in ("team", "person", "circuit") for i in range(n.first, n.last)}
        norm = self.tokens.norm
        named |= {i for i, word in enumerate(norm) if word == "titre" and norm[i - 1] == "en"}  # holds it
        self.terms: dict[int, list[Term]] = {
            i: terms
            for i, terms in layer("results")
            .find_loose(self.tokens.norm, _LIGHT, self.tokens.terms("results"))
            .items()
            if i not in named
        }
        self._positions = sorted(self.terms)
        self._asked: tuple[tuple[int, int], list[Term]] = ((0, 0), [])
        self._breaks = self._break_tokens()
        drawn = {i for s in sessions if s.kind == "heat" for a, b in s.mentions for i in range(a, b)}
        self.classes = race_classes([n for n in names if n.first not in drawn], self.tokens)
        self._class_starts = [n.first for n in self.classes]
        self._series = [n for n in names if n.kind == "series"]
        self._tables = _Blocks([b for b in layout.blocks if b.kind == "table"])
        self._mentions = sorted(
            (first, last, k)
            for k, s in enumerate(sessions)
            if s.kind != "stage"
            for first, last in s.mentions
        )
        self._lists = _Blocks([b for b in layout.blocks if b.kind == "list"])
        self._block_firsts = frozenset(b.first for b in layout.blocks)
        self.rallied = any(s.kind in ("overall", "stage") for s in sessions)
        self.scopes = self._block_scopes()
        self.headed = self._headed_scopes()
        self._standings = self._standings_from()
        climbs = [
            t for found in self.tokens.terms("sessions").values() for t in found if t.category == "climb"
        ]
        self.clock = Clock(layout, self._values("clock"))
        titled = any(climb.end <= layout.blocks[0].last for climb in climbs) if layout.blocks else False
        self.climb = titled or len(climbs) > 1  # everybody drives alone, against the clock
        self.laps: set[int] = set()  # ordinals that a list of lines counts laps with

    def table_at(self, token: int) -> bool:
        """Tell whether a token stands in a table row."""
        return self._tables.hold(token)

    def bare_list(self, token: int) -> bool:
        """Tell whether a token stands in a list block, where ranks need no mark."""
        return self._lists.hold(token)

    def listed(self, token: int) -> bool:
        """Tell whether a token stands in a list or a table."""
        return self._lists.hold(token) or self._tables.hold(token)

    def opens_block(self, token: int) -> bool:
        """Tell whether a block begins with a token."""
        return token in self._block_firsts

    def sessions_between(self, first: int, last: int) -> list[int]:
        """Return the sessions that are named in a token range, in reading order."""
        low, high = bisect_left(self._mentions, (first, 0, 0)), bisect_left(self._mentions, (last, 0, 0))
        return [k for _, _, k in self._mentions[low:high]]

    # --- words

    def found(self, first: int, last: int, *categories: str) -> list[Term]:
        """Return the terms of some categories that begin in a token range."""
        return [term for term in self._within(first, last) if term.category in categories]

    def _within(self, first: int, last: int) -> list[Term]:
        """Return the terms that begin in a token range: a sentence is asked for two dozen times."""
        if self._asked[0] != (first, last):
            low, high = bisect_left(self._positions, first), bisect_left(self._positions, last)
            found = [term for i in self._positions[low:high] for term in self.terms[i]]
            self._asked = (first, last), found
        return self._asked[1]

    def _values(self, category: str) -> dict[int, list[str]]:
        """Return the values of a category's terms by their first token."""
        return {
            i: values
            for i, terms in self.terms.items()
            if (values := [t.value for t in terms if t.category == category and t.value])
        }

    def clause(self, token: int, sentence: Sentence) -> tuple[int, int]:
        """Return the token range of the clause around a token.

        Between commas and clause breaks that begin a new thought.
        """
        first, last = sentence.first, sentence.last
        before = bisect_left(self._breaks, token) - 1
        if before >= 0 and self._breaks[before] >= first:
            first = self._breaks[before] + 1
        behind = bisect_right(self._breaks, token)
        if behind < len(self._breaks) and self._breaks[behind] < last:
            last = self._breaks[behind]
        return first, last

    def _break_tokens(self) -> list[int]:
        """Return the tokens at which a new thought begins, in reading order."""
        marks = {i for i, text in enumerate(self.tokens.text) if text in ";:!?"}
        terms = self.discourse.terms.items()
        return sorted(marks | {i for i, found in terms if any(t.category == "break" for t in found)})

    def session_at(self, first: int, last: int, sentence: Sentence, kind: str) -> int:
        """Return the session of what is told at tokens ``first`` to ``last``.

        One named beside it, else the sentence's.
        """
        low, high = (
            bisect_left(self._mentions, (sentence.first, 0, 0)),
            bisect_left(self._mentions, (sentence.last, 0, 0)),
        )
        fitting = [
            m
            for m in self._mentions[low:high]
            if (self.sessions[m[2]].kind in ("qualifying", "practice")) == (kind == "qualifying")
        ]
        named = {m[2] for m in self._mentions[low:high]}
        passing = {k for k in named - {sentence.session} if self.sessions[k].kind in ("overall", "final")}
        if not fitting or (len(named) < 2 and not passing):
            return sentence.session
        behind = next(
            (m for m in fitting if first <= m[0] <= last + 6 and "," not in self.tokens.text[last : m[0]]),
            None,
        )
        if behind is not None:
            return behind[2]
        before = [m for m in fitting if m[0] < last]
        if len(named) < 2:  # a final named in passing is told no further than its own clause
            before = [m for m in before if self.sessions[m[2]].kind == "overall"]
        return before[-1][2] if before else sentence.session

    def run_of(self, sentence: Sentence) -> int | None:
        """Return the session against the clock that a sentence tells of, ``None`` where there is none."""
        sessions = self.sessions
        if sentence.local >= 0 and sessions[sentence.local].kind == "stage":
            return sentence.local
        if not self.climb or not 0 <= sentence.session < len(sessions):
            return None
        words = set(self.tokens.norm[sentence.first : sentence.last])
        if words & _QUALIFYING or sessions[sentence.session].kind not in _CLOCKED:
            return None
        runs = any(s.kind == "heat" for s in sessions)
        if sessions[sentence.session].kind == "overall" and runs and not words & _OF_THE_DAY:
            return None
        return sentence.session

    # --- kind

    def kind(self, token: int, sentence: Sentence) -> tuple[str, bool]:
        """Return what kind of order a position at ``token`` belongs to, and whether words say so."""
        first, last = self.clause(token, sentence)
        if self._laps_behind(token + 1):
            return "running", True
        cues = [
            t
            for t in self.found(first, last, "kind")
            if t.start != token
            and t.value != "faint"
            and not self._scoring(t)
            and not self._noun(t)
            and not (t.value == "championship" and self._other_standing(t, token))
        ]
        if any(cue.end == token and cue.value == "running" for cue in cues):
            return "running", True  # "loupe son départ et pointe sixième"
        best: tuple[float, str] | None = None
        for cue in cues:
            distance = token - cue.end if cue.end <= token else cue.start - token + 2.0
            distance += {"championship": -3.0, "grid": -2.5, "qualifying": 0.0, "final": 0.0, "running": 0.0}[
                cue.value
            ]
            if self._comma_between(cue, token):
                distance += 4.0
            if best is None or distance < best[0]:
                best = (distance, cue.value)
        if best is not None and not (
            best[1] in ("running", "final") and self._told_of_standings(token, sentence)
        ):
            return best[1], True
        if self._told_of_standings(token, sentence):
            return "championship", True
        session = (
            self.sessions[sentence.session].kind if 0 <= sentence.session < len(self.sessions) else "race"
        )
        if session in ("qualifying", "practice"):
            return "qualifying", False
        return "running", False

    def _laps_behind(self, i: int) -> bool:
        """Tell whether "après deux tours" follows at once: that is where somebody ran."""
        norm = self.tokens.norm
        i += norm[i : i + 1] in (["place"], ["position"], ["rang"])
        laps = norm[i : i + 1] == ["apres"] and cardinal(norm[i + 1]) if i + 1 < len(norm) else None
        return bool(laps) and norm[i + 2 : i + 3] in (["tour"], ["tours"], ["boucles"], ["passages"])

    def _scoring(self, cue: Term) -> bool:
        """Tell whether points are won here and not standings told: "marquent des points"."""
        norm = self.tokens.norm
        return norm[cue.start] == "points" and norm[cue.start - 1] in ("des", "les", "gros", "de")

    def _noun(self, cue: Term) -> bool:
        """Tell whether a word is no verb here: "le doublé"."""
        norm = self.tokens.norm
        return norm[cue.start] in ("double", "doubles") and norm[cue.start - 1] in _BEFORE_NOUN

    def _other_standing(self, cue: Term, token: int) -> bool:
        """Tell whether the standings are not what a place counts in.

        As in "4e et garde la tête du championnat", "2e de cette manche du championnat".
        """
        norm = self.tokens.norm
        between = norm[token + 1 : cue.start] if cue.start > token else []
        if "et" in between:
            i = token + 1 + between.index("et") + 1
            return self.tokens.shape[i] == "l" and norm[i].endswith(_VERBS) and norm[i] not in _LIGHT
        of = cue.start if norm[cue.start] in ("du", "au") else cue.start - 1
        return norm[of] in ("du", "de", "d'", "au") and norm[of - 1] in _ROUNDS

    def _standings_from(self) -> dict[int, int]:
        """Return where blocks turn to the standings.

        As in "Au championnat, ..." opens a sentence and what follows goes on with it.
        """
        found: dict[int, int] = {}
        for sentence in self.layout.sentences:
            if self.layout.blocks[sentence.block].kind not in ("paragraph", "bullet"):
                continue
            head = self.tokens.norm[sentence.first : min(sentence.last, sentence.first + 4)]
            if head[:1] in (["au"], ["cote"], ["dans"]) and {"championnat", "provisoire"} & set(head):
                found.setdefault(sentence.block, sentence.first)
        return found

    def _opens_with_cup(self, sentence: Sentence) -> bool:
        """Tell whether a sentence turns to a cup's points: "À la Coupe de France, X est à deux points"."""
        norm = self.tokens.norm
        head = norm[sentence.first : min(sentence.last, sentence.first + 5)]
        if head[:1] not in (["a"], ["au"], ["dans"], ["pour"], ["cote"]) or not _CUPS & set(head):
            return False
        return bool({"points", "pts", "point"} & set(norm[sentence.first : sentence.last]))

    def _told_of_standings(self, token: int, sentence: Sentence) -> bool:
        if self._opens_with_cup(sentence):
            return True
        start = self._standings.get(sentence.block)
        if start is None or token < start:
            return False
        return not {"course", "manche", "finale", "arrivee"} & set(
            self.tokens.norm[sentence.first : sentence.last]
        )

    def _comma_between(self, cue: Term, token: int) -> bool:
        low, high = sorted((cue.start, token))
        return "," in self.tokens.text[low:high]

    def negated(self, token: int, sentence: Sentence, *, before: int = 7, after: int = 2) -> bool:
        """Tell whether the words say that it did not or not yet happen."""
        first, last = self.clause(token, sentence)
        low, high = max(first, token - before), min(last, token + after)
        norm = self.tokens.norm
        for term in self.found(low, high, "not_yet"):
            if term.start < token or term.end > token:
                between = norm[term.end : token]
                if "," in between and term.start < token:
                    continue
                if norm[term.start].startswith("echapp") and norm[term.start - 1] == "s'":
                    continue  # "s'échappe et gagne": what escapes him is not the win
                if norm[term.start] == "vers" and norm[term.start - 1].startswith(_HEADING):
                    continue  # "file vers la victoire": there it went
                return True
        for i in range(max(first, token - 3), token + 1):
            if norm[i] in ("ne", "n'") and not set(norm[i : token + 4]) & {"que", "qu'", "plus", "rien"}:
                return any(n in ("pas", "jamais", "guere", "point") for n in norm[i : min(last, token + 5)])
        return False

    def past(self, first: int, last: int) -> bool:
        """Tell whether the words speak of another day."""
        return bool(self.found(first, last, "past"))

    # --- scope

    def _block_scopes(self) -> dict[int, tuple[int, str]]:
        """Return the class that a block is about: block number -> (token from which, class)."""
        scopes: dict[int, tuple[int, str]] = {}
        for number, block in enumerate(self.layout.blocks):
            for name in self.classes_between(block.first, min(block.last, block.first + 9)):
                if block.kind == "title" and self._sole(name):
                    continue  # "F1 – Grand Prix de Brumeval : ..."
                if self._topic(block.first, name):
                    scopes[number] = (name.first, self.label(name))
                    break
        return scopes

    def _sole(self, name: Name) -> bool:
        """Tell whether a text names no class besides one: it is what all of it is about."""
        own = self.tokens.norm[name.first : name.last]
        return all(self.tokens.norm[n.first : n.last] == own for n in self.classes)

    def _headed_scopes(self) -> dict[int, str]:
        """Return the class that the line above a list names, by the list's block.

        Any short line names a class where several lists that begin with the first place have one: "GROUPE N",
        "DAMES", "Super, vingt-cinq tours", "Plus de 1.500 cmc.".
        """
        heads: dict[int, Block] = {}
        above: Block | None = None
        for number, block in enumerate(self.layout.blocks):
            if block.kind in ("list", "table"):
                if above is not None:
                    heads[number] = above
            else:
                above = block if self._may_be_class(block) else None
        distinct = {head.first: head for head in heads.values()}.values()
        known = any(self.classes_between(h.first, h.last) for h in distinct)
        if len(distinct) < 2 or not (known or self._each_begins_anew(heads)):
            return {}
        return {number: self._head_label(head) for number, head in heads.items()}

    def _each_begins_anew(self, heads: dict[int, Block]) -> bool:
        """Tell whether the first line under each heading is a first place."""
        firsts: dict[int, int] = {}
        for number, head in heads.items():
            firsts.setdefault(head.first, number)
        return all(
            self.tokens.text[self.layout.blocks[number].first].lstrip("0") in ("1", "1er", "1ère", "1re")
            for number in firsts.values()
        )

    def _head_label(self, head: Block) -> str:
        """Return the class that a heading names, without the distance behind it and the stop at its end."""
        last = head.first
        while last < head.last and self.tokens.text[last] not in (",", ":", "(", ";"):
            last += 1
        if self.tokens.text[last - 1] in (".", "–", "-", "—") and self.tokens.norm[last - 2] not in _UNITS:
            last -= 1
        return self.tokens.surface(head.first, max(last, head.first + 1))

    def _may_be_class(self, block: Block) -> bool:
        length = block.last - block.first
        if block.kind == "heading":
            fits = length <= _LONGEST_HEAD
        else:
            fits = block.kind == "paragraph" and length <= _LONGEST_HEAD and self._ends_like_head(block)
        if not fits or any(first >= block.first and last <= block.last for first, last, _ in self._mentions):
            return False
        norm = self.tokens.norm[block.first : block.last]
        return not set(norm) & NO_CLASS and not self.discourse.refs_between(block.first, block.last)

    def _ends_like_head(self, block: Block) -> bool:
        return self.tokens.text[block.last - 1] in (".", ":", ";", "—", "–", "-")

    def _topic(self, start: int, name: Name) -> bool:
        before = self.tokens.norm[start : name.first]
        if self.tokens.norm[name.last : name.last + 1] == [":"] and len(before) <= 2:
            return True
        if self.tokens.norm[name.last : name.last + 1] in (["–"], ["—"]) and name.first == start:
            return True
        openers = {
            "en",
            "cote",
            "chez",
            "parmi",
            "categorie",
            "classe",
            "dans",
            "du",
            "pour",
            "concernant",
            "groupe",
            "division",
        }
        return (
            len(before) <= 6
            and bool(set(before) & openers)
            and not any(self.discourse.refs_between(start, name.first))
        )

    def classes_between(self, first: int, last: int) -> list[Name]:
        """Return the names of classes that begin in a token range."""
        low, high = bisect_left(self._class_starts, first), bisect_left(self._class_starts, last)
        return self.classes[low:high]

    def scope(self, token: int, sentence: Sentence, *, ahead: int = 9, overall_before: bool = True) -> str:
        """Return the class in which a position at ``token`` counts, ``overall`` where none is named."""
        first, last = self.clause(token, sentence)
        cup = self._cup(first, token) if self.rallied else None
        reach = max(first, token - 3) if overall_before else token
        for term in self.found(reach, min(last, token + 8), "overall"):
            between = (
                self.tokens.norm[term.end : token]
                if term.start < token
                else self.tokens.norm[token : term.start]
            )
            if not {"et", ","} & set(between):
                return OVERALL
        if cup is not None:
            return cup
        near = self.classes_between(token, min(last, token + ahead))
        for name in near:
            if self._leads_to(token, name) and not self._owns_car(name):
                return self.label(name)
        for name in reversed(self.classes_between(sentence.first, token)):
            if (
                (self._introduced(name) or self._subject(name, token, sentence))
                and not self._owns_car(name)
                and not self.found(name.last, token, "overall")
            ):
                return self.label(name)
        scoped = self.scopes.get(sentence.block)
        if scoped is not None and token > scoped[0]:
            block = self.layout.blocks[sentence.block]
            if not self.found(scoped[0], token, "overall") and token - block.first < 200:
                return scoped[1]
        return OVERALL

    def _cup(self, first: int, token: int) -> str | None:
        """Return the cup that a clause about a rally turns to: "En 208 Rally Cup, X s'impose"."""
        norm = self.tokens.norm
        if norm[first] not in _TURNS:
            return None
        start = first + 1
        while norm[start : start + 1] and norm[start] in _DEFINITE:
            start += 1
        ahead = norm[start : min(token, start + _LONGEST_CUP)]
        if "," not in ahead or self.tokens.shape[start] not in "CUd":
            return None
        last = start + ahead.index(",")
        return self.tokens.surface(start, last) if _CUP_NOUNS & set(norm[start:last]) else None

    def cup_won(self, first: int, last: int) -> str | None:
        """Return the cup among those who start in a rally that stands in a token range: "le Trophée X"."""
        named = [n for n in self._series if first <= n.first < last] if self.rallied else []
        return self.tokens.surface(named[0].first, named[0].last) if named else None

    def _leads_to(self, token: int, name: Name) -> bool:
        """Tell whether the class belongs to the position before it.

        As in "vainqueur en Junior", "première féminine".
        """
        between = self.tokens.norm[token : name.first]
        if self.discourse.refs_between(token + 1, name.first):
            return False
        if "(" in between[2:] and ")" not in between:
            return False  # "gagne avec sa Dallara (groupe D)": the car's class
        if any(ordinal_at(self.tokens.norm, i) for i in range(token + 2, name.first)):
            return False  # "3e et 1er des Juniors": the class is the second place's
        if "et" in between and self.found(token + 1, name.first, "win", "light"):
            return False  # "se classe 5e et gagne la classe": the class is what is won
        if {",", "devant", "vainqueur", "premier", "premiere"} & set(between[1:]) or between[:1] == [","]:
            return False
        return not between[1:] or bool(
            set(between)
            & {
                "en",
                "categorie",
                "classe",
                "groupe",
                "chez",
                "des",
                "du",
                "la",
                "le",
                "les",
                "de",
                "pilote",
                "pilotes",
                "meilleur",
                "challenge",
                "au",
                "division",
            }
        )

    def _introduced(self, name: Name) -> bool:
        """Tell whether the class opens the clause: "En Pro-Am, X s'impose"."""
        norm = self.tokens.norm
        i = name.first - 1
        while i >= 0 and norm[i] in (
            "la",
            "le",
            "les",
            "l'",
            "categorie",
            "classe",
            "groupe",
            "pilotes",
            "«",
            '"',
            "“",
            "‘",
            "'",
            "des",
            "pilote",
            "trophee",
            "division",
        ):
            i -= 1
        while i >= 0 and norm[i] in ("challenge", "mitjet", "cup", "championnat", "de"):
            i -= 1
        return (
            i >= 0 and norm[i] in ("en", "cote", "chez", "parmi", "dans", "pour", "concernant", "quant")
        ) or self.tokens.norm[name.last : name.last + 1] == [":"]

    def _subject(self, name: Name, token: int, sentence: Sentence) -> bool:
        """Tell whether the class is what somebody wins: "Le groupe N est revenu à X"."""
        before, between = self.tokens.norm[sentence.first : name.first], self.tokens.norm[name.last : token]
        return (
            set(before) <= _CLASS_SUBJECT
            and len(between) <= _NEAR_VERB
            and "," not in between
            and not self.discourse.refs_between(name.first, token)
        )

    def _owns_car(self, name: Name) -> bool:
        """Tell whether the word is no class here but part of a car or a meeting's name.

        As in "la R3 de Robert", "Porsche GT3", "la finale du critérium de Tourisme".
        """
        if self.tokens.norm[name.first - 1] == "de" and self.tokens.norm[name.first - 2] in _MEETINGS:
            return True
        return self.tokens.norm[name.first - 1] in ("une", "sa") or (
            self.tokens.norm[name.last : name.last + 1] in (["de"], ["d'"])
            and self.tokens.norm[name.first - 1] == "la"
        )

    def label(self, name: Name) -> str:
        """Return the name of a class as printed, with "classe" before a mere letter."""
        first = name.first
        norm = self.tokens.norm
        if (
            norm[first - 1] in ("classe", "groupe", "division", "categorie")
            and len(self.tokens.surface(name.first, name.last)) <= 2
        ):
            first -= 1
        return self.tokens.surface(first, name.last)
