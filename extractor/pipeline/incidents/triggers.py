"""Words that tell of an incident: single terms, and pairs such as "bielle" and "coulée"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.lexicon.words import Term, word_set, word_tuple
from extractor.pipeline.incidents.scene import PAUSES, STOPS, Scene
from extractor.pipeline.people.links import found_between
from extractor.values.numbers import cardinal, ordinal

FRAMES = frozenset(
    ("own", "noun", "clash", "mutual", "hit", "shove", "out", "outneg", "halt", "hope", "penal", "neutral")
)
_PUNCTURED = word_set("incident_words", "triggers.punctured")
_TYRES = word_set("incident_words", "triggers.tyres")
_LOSABLE = word_set("incident_words", "triggers.losable")
_INTO = word_set("incident_words", "triggers.into")
_AWAY = word_set("incident_words", "triggers.away")
_DIRECT = word_tuple("incident_words", "triggers.direct")
_SEND = word_tuple("incident_words", "triggers.send")
_OWN_COURSE = word_set("incident_words", "triggers.own_course")
_GIVEN_UP = word_set("incident_words", "triggers.given_up")
_ARTICLES = word_set("incident_words", "triggers.articles")
_LEAVE = word_set("incident_words", "triggers.leave")
_CORNER = word_set("incident_words", "triggers.corner")
_BEFORE_OFF = word_set("incident_words", "triggers.before_off")
_OUT_LINK = word_set("incident_words", "triggers.out_link")


_ENDING = PAUSES | frozenset(("et", "alors", "tandis", "pendant", "quand", "mais"))
_ONE = ("un", "le", "son", "ce", "d'")
_VERB_OR_NOUN = frozenset(["chute", "chutes", "creve", "cale", "brulage"])
_ACTIVE = word_set("incident_words", "triggers.active")
_WHERE = word_set("incident_words", "triggers.where")
_BEING = word_set("incident_words", "triggers.being")
_NOT = word_set("incident_words", "triggers.not")
_STUCK = word_set("incident_words", "triggers.stuck")
_ENGINE = word_set("incident_words", "triggers.engine")
_DEADLY = word_tuple("incident_words", "triggers.deadly")
_MUTE = word_set("incident_words", "triggers.mute")
_VERBAL = word_set("incident_words", "triggers.aside_verbs")
_STOPPING = word_tuple("incident_words", "triggers.stopping")
_CLITICS = word_set("incident_words", "triggers.clitics")
_STANDINGS = word_set("incident_words", "triggers.standings")
_DISTANCE = word_set("incident_words", "triggers.distance")
_RACE_ENDS = word_set("incident_words", "triggers.race_ends")
_VIOLENCE = word_set("incident_words", "triggers.violence")
_PART_LINK = word_set("incident_words", "triggers.part_link")
_TYRE_BREAKS = word_tuple("incident_words", "triggers.tyre_breaks")
_TIME_UNITS = word_set("incident_words", "triggers.time_units")
_TELEGRAM = word_set("incident_words", "triggers.telegram")


def _fatal(part: list[str], state: list[str]) -> bool:
    """Tell whether nobody drives on with this part in that state."""
    return (part[0] in _ENGINE or part[0].removesuffix("s") in _ENGINE) and any(
        n.startswith(_DEADLY) or n in ("travers", "ame", "usage") or n in _MUTE for n in state
    )


@dataclass(slots=True)
class Trigger:
    """A word or two that tell of an incident.

    ``anchor`` is where the verb phrase begins, from which one looks for the subject. ``out`` says that the
    words exclude carrying on; ``strong`` that a collision needs no named partner.
    """

    first: int
    last: int
    frame: str
    type: str
    sentence: int
    anchor: int
    out: bool = False
    strong: bool = True
    landing: str = ""
    sure: bool = False


def find_triggers(scene: Scene) -> list[Trigger]:
    """Return the triggers of a document in reading order; no two overlap."""
    return _Finder(scene).run()


class _Finder:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.norm = scene.norm
        self.found: list[Trigger] = []
        self.taken: set[int] = set()  # tokens that another trigger has read as where somebody was sent
        self._readers: dict[str, Callable[[Term, int], Trigger | None]] = {
            "own": self._plain,
            "dead": self._plain,
            "penal": self._plain,
            "clash": self._plain,
            "mutual": self._plain,
            "halt": self._plain,
            "hope": self._plain,
            "neutral": self._plain,
            "noun": self._noun,
            "out": self._out,
            "outneg": self._outneg,
            "hit": self._hit,
            "shove": self._shove,
            "finish": self._finish,
            "edge": self._edge,
            "park": self._park,
            "leaves": self._leaves,
            "part": self._part,
            "obstacle": self._obstacle,
            "standin": self._standin,
            "yellow": self._yellow,
            "offence": self._offence,
        }

    def run(self) -> list[Trigger]:
        sentences = self.scene.layout.sentences
        at = self.scene.discourse.sentence_at
        until = -1
        for i in sorted(self.scene.terms):
            if i < until or i in self.taken:
                continue
            number = at(i)
            if number >= len(sentences) or not sentences[number].first <= i < sentences[number].last:
                continue
            for term in self.scene.terms[i]:
                if term.category == "block":
                    until = term.end
                    break
                trigger = self._read(term, number)
                if trigger is not None and (not self.found or trigger.last > self.found[-1].last):
                    if self.found and trigger.first < self.found[-1].last:
                        trigger.first = self.found[-1].last
                    self.found.append(trigger)
                    until = trigger.last
                    break
        return self.found

    def _read(self, term: Term, number: int) -> Trigger | None:
        reader = self._readers.get(term.category)
        return reader(term, number) if reader is not None else None

    def _plain(self, term: Term, number: int) -> Trigger | None:
        frame = "own" if term.category in ("leaves", "dead") else term.category
        one = term.end - term.start == 1
        if (
            one
            and self.scene.tokens.shape[term.start] == "C"
            and term.start > self.scene.sentence(number).first
            and self._is_name(term.start)
        ):
            return None
        if (
            frame == "penal"
            and self.norm[term.start].startswith(("retrograd", "recul"))
            and not self.scene.tokens.text[term.start].lower().endswith(("é", "ée", "és", "ées"))
        ):
            return None
        if (
            frame == "own"
            and one
            and self.norm[term.start] in _VERB_OR_NOUN
            and self.scene.determiner(number, term.start)
        ):
            frame = "noun"
        if (
            frame == "own"
            and self.norm[term.start] in ("sortie", "sorties")
            and not set(self.norm[max(0, term.start - 3) : term.start]) & _BEING
        ):
            frame = "noun"
        if term.value == "fall" and self._demoted(term.end):
            return None
        trigger = Trigger(
            term.start, term.end, frame, term.value, number, term.start, out=term.category == "dead"
        )
        self._suffered(trigger)
        return trigger

    def _is_name(self, i: int) -> bool:
        return any(name.first <= i < name.last for name in found_between(self.scene.names, i - 3, i + 4))

    def _demoted(self, end: int) -> bool:
        """Tell whether a fall is one in the classification: "chute au 8e rang"."""
        near = self.norm[end : end + 5]
        if self.norm[end - 1] in _CORNER:
            return False
        if any(n in _STANDINGS for n in near):
            return True
        for k, n in enumerate(near[:4]):
            if (ordinal(n) is not None or n.isdecimal()) and near[k + 1 : k + 2] not in (
                ["tour"],
                ["virage"],
                ["passage"],
                ["boucle"],
                ["lap"],
            ):
                return near[0] in ("de", "a", "au", "en", "du") or k == 0
        if near[:1] == ["de"] and self.scene.discourse.refs_between(end + 1, end + 4):
            return False
        return bool(near) and near[0] in ("des", "pas", "de")

    def _suffered(self, trigger: Trigger) -> None:
        """Move the anchor before what leads up to the noun: "victime d'un", "trahi par une"."""
        if trigger.frame not in ("noun", "clash", "part"):
            return
        start = self.scene.phrase(trigger.sentence, trigger.first)
        around = self.scene.around(trigger.sentence)
        for end in (start, start + 1):
            term = around.ending("suffer", end)
            if term is not None and term.start < trigger.first:
                trigger.anchor = term.start
                trigger.out = trigger.out or self.norm[term.start].startswith("elimin")
                return

    # --- frames with conditions of their own ------------------------------------------------------------

    def _out(self, term: Term, number: int) -> Trigger | None:
        norm = self.norm
        word = norm[term.start]
        if word in ("course", "rallye", "aventure") and norm[term.start - 1] not in _OWN_COURSE:
            return None
        if word.startswith(("abandonn", "renonc")) and self._keeps_going(term, word):
            return None
        if word in ("out", "exit", "hors") and norm[term.start - 1] in ("un", "le", "les", "brake"):
            return None
        if word.startswith("abandonn") and norm[term.end : term.end + 1] == ["par"]:
            return None
        if word.startswith("stopp") and (
            set(norm[max(0, term.start - 3) : term.start]) & _ACTIVE
            or not self.scene.tokens.text[term.start].lower().endswith(("é", "ée", "és", "ées"))
        ):
            return None
        if word == "y" and norm[term.end : term.end + 1] and norm[term.end] not in _ENDING:
            return None
        trigger = Trigger(term.start, term.end, "out", "retirement", number, term.start, out=True)
        return self._with_cause(trigger)

    def _keeps_going(self, term: Term, word: str) -> bool:
        """Tell whether what is given up is a place, not the race: "abandonne la tête"."""
        norm = self.norm
        i = term.end
        if (
            norm[term.start - 1] in ("l'", "lui", "le", "la")
            and word.startswith("abandonn")
            and self.scene.tokens.shape[term.start - 1] != "C"
        ):
            return norm[term.start - 1] == "lui"
        if i >= len(norm) or norm[i : i + 3] in (["la", "mort", "dans"], ["le", "coeur", "gros"]):
            return False
        if norm[i] in _ARTICLES or norm[i].isdecimal():
            return not set(norm[i + 1 : i + 3]) & _GIVEN_UP and norm[i : i + 3] != ["au", "tour"]
        if norm[i] in ("a", "au") and word.startswith("renonc"):
            return not set(norm[i + 1 : i + 4]) & _DISTANCE
        if norm[i] == "a" and self.scene.discourse.refs_between(i + 1, i + 3):
            return not word.startswith("renonc")
        return False

    def _noun(self, term: Term, number: int) -> Trigger | None:
        if (
            self.norm[term.start] == "drive"
            and term.end - term.start == 1
            and self.norm[term.start - 1] not in _ONE
        ):
            return None
        if term.value == "fall" and self._demoted(term.end):
            return None
        if self.norm[term.start] == "casse" and not self._breakdown(term, number):
            return None
        trigger = Trigger(term.start, term.end, "noun", term.value, number, term.start)
        if term.value == "retirement":
            trigger.out = True
            trigger = self._with_cause(trigger)
        elif term.value == "mechanical":
            trigger.out = {"casse", "moteur"} <= set(self.norm[term.start : term.end])
            self._of_part(trigger)
        self._suffered(trigger)
        return trigger

    def _breakdown(self, term: Term, number: int) -> bool:
        """Tell whether "casse" is the noun, not a form of "casser"."""
        if self.scene.tokens.text[term.start].endswith("é"):
            return False
        i = term.start
        return (
            term.end - i > 1
            or i == 0
            or self.scene.determiner(number, i)
            or self.norm[i - 1] in ("sur", "par", ":", "(", ",")
        )

    def _with_cause(self, trigger: Trigger) -> Trigger:
        """Take in a part named as the cause: "abandon, moteur", "abandonne sur problème de boîte"."""
        j = trigger.last
        while j < len(self.norm) and j - trigger.last < 6:
            for term in self.scene.terms.get(j, ()):
                if term.category == "part":
                    trigger.type, trigger.last = term.value, term.end
                    return trigger
                if term.category in FRAMES:
                    return trigger
            if self.norm[j] not in _OUT_LINK:
                return trigger
            j += 1
        return trigger

    def _of_part(self, trigger: Trigger) -> None:
        """Let "panne d'alternateur" reach over its part."""
        j = trigger.last
        if j < len(self.norm) and self.norm[j] in ("de", "d'", "du", "des", "au", "a"):
            j += 1
            if j < len(self.norm) and self.norm[j] in ("la", "l'", "niveau"):
                j += 1 + 2 * (self.norm[j] == "niveau")
        for term in self.scene.terms.get(j, ()):
            if term.category == "part":
                trigger.last = term.end
                if term.value == "puncture":
                    trigger.type = "puncture"
                return

    def _outneg(self, term: Term, number: int) -> Trigger | None:
        words = self.norm[term.start : term.end]
        if not set(words) & _NOT and not set(self.norm[max(0, term.start - 3) : term.start]) & {"ne", "n'"}:
            return None
        after = self.norm[term.end : term.end + 1]
        if words[0].startswith("fini") and words[-1] in _NOT and set(after) & _WHERE:
            self.taken.update(range(term.start, term.end + 6))
            return None
        return Trigger(term.start, term.end, "out", "retirement", number, term.start, out=True, sure=True)

    def _hit(self, term: Term, number: int) -> Trigger:
        strong = term.value == "strong"
        return Trigger(
            term.start,
            term.end,
            "hit",
            "collision",
            number,
            term.start,
            strong=strong,
            sure="eviter" in self.norm[term.start : term.end],
        )

    def _shove(self, term: Term, number: int) -> Trigger | None:
        around = self.scene.around(number)
        last = min(self.scene.sentence(number).last, term.end + 22)
        ways = [
            t for t in around.within("shoved_to", term.end, last) if not self._broken_off(term.end, t.start)
        ]
        if ways:
            self.taken.update(range(ways[0].start, ways[0].end))
            return Trigger(
                term.start, term.end, "shove", "collision", number, term.start, landing=ways[0].value
            )
        obstacle = self._landing(term.end, last)
        if obstacle is None:
            return None
        self.taken.update(range(obstacle.start, obstacle.end))
        return Trigger(
            term.start,
            term.end,
            "shove",
            "collision",
            number,
            term.start,
            landing="crash" if obstacle.value == "hard" else "off_track",
        )

    def _broken_off(self, first: int, last: int) -> bool:
        return any(n in STOPS or n in ("mais", "puis", "qui") for n in self.norm[first:last])

    def _landing(self, first: int, last: int) -> Term | None:
        into = False
        for j in range(first, last):
            if self.norm[j] in STOPS:
                return None
            into = into or self.norm[j] in _INTO
            for term in self.scene.terms.get(j, ()):
                if term.category == "obstacle" and into:
                    return term
        return None

    def _finish(self, term: Term, number: int) -> Trigger | None:
        """Read "termine sa course dans le bac", "sa course se termine dans le gravier"."""
        if self.norm[term.start] in ("course", "rallye") and self.norm[term.start - 1] not in _OWN_COURSE:
            return None
        last = min(self.scene.sentence(number).last, term.end + 7)
        obstacle = self._landing(term.end, last)
        if obstacle is not None:
            kind = "crash" if obstacle.value == "hard" else "off_track"
            return Trigger(term.start, obstacle.end, "own", kind, number, term.start, out=True)
        for j in range(term.end, min(last, term.end + 4)):
            if self.norm[j] in _RACE_ENDS and self.norm[j - 1] != "de":
                if self.norm[j] == "la" and self.norm[j + 1 : j + 2] and self.norm[j + 1] not in PAUSES:
                    continue
                return Trigger(term.start, j + 1, "own", "retirement", number, term.start, out=True)
        return None

    def _edge(self, term: Term, number: int) -> Trigger | None:
        around = self.scene.around(number)
        for stay in around.within("stay", max(self.scene.sentence(number).first, term.start - 6), term.start):
            if not any(n in PAUSES for n in self.norm[stay.end : term.start]):
                return Trigger(stay.start, term.end, "out", "retirement", number, stay.start, out=True)
        return None

    def _park(self, term: Term, number: int) -> Trigger | None:
        """Read "range sa machine contre le parapet": a car put aside."""
        j = term.end
        norm = self.norm
        if norm[term.start] in ("se", "s'"):
            if norm[j : j + 1] and norm[j] in ("sur", "au", "dans", "en", "le"):
                return Trigger(term.start, j, "out", "retirement", number, term.start, out=True)
            return None
        if j < len(norm) and norm[j] in ("sa", "son", "leur", "la", "le", "l'") and j + 1 < len(norm):
            car = any(n.kind == "car" for n in self.scene.names if n.first == j + 1)
            put_away = set(norm[j + 2 : j + 6]) & {"corde", "devant", "parc", "grille", "garage"}
            if not put_away and (car or self.scene.around(number).starting("vehicle", j + 1) is not None):
                return Trigger(term.start, j + 2, "out", "retirement", number, term.start, out=True)
        return None

    def _leaves(self, term: Term, number: int) -> Trigger | None:
        """Take a bare "sort" for an excursion only where a place or a violence follows."""
        norm, i, j = self.norm, term.start, term.end
        if norm[i - 1] in _BEFORE_OFF or j >= len(norm):
            return None
        following = norm[j]
        if following in _VIOLENCE:
            return self._plain(term, number)
        if following == "et" and norm[j + 1 : j + 2] and norm[j + 1].startswith(("abandonn", "renonc")):
            return self._plain(term, number)
        if (
            following in _LEAVE
            and (
                set(norm[j + 1 : j + 6]) & _CORNER
                or any(n.startswith("es") and n[2:].isdecimal() for n in norm[j + 1 : j + 4])
            )
            and "tete" not in norm[j : j + 6]
            and "leader" not in norm[j : j + 6]
        ):
            return self._plain(term, number)
        return None

    # --- two words that make one ------------------------------------------------------------------------

    def _part(self, term: Term, number: int) -> Trigger | None:
        return (
            self._failed(term, number)
            or self._betrayed(term, number)
            or self._part_broke(term, number)
            or self._broke_part(term, number)
            or self._telegram(term, number)
        )

    def _failed(self, term: Term, number: int) -> Trigger | None:
        """Read "problème de boîte", "bris de cardan", "souci moteur"."""
        around, norm = self.scene.around(number), self.norm
        i = term.start
        for _ in range(5):
            fail = around.ending("fail", i)
            if fail is not None:
                if norm[fail.start] == "perte" and norm[term.start] not in _LOSABLE:
                    return None
                kind = "puncture" if term.value == "puncture" else term.value
                trigger = Trigger(fail.start, term.end, "noun", kind, number, fail.start)
                self._suffered(trigger)
                return trigger
            if i > self.scene.sentence(number).first and norm[i - 1] in _PART_LINK:
                i -= 1
                continue
            return None
        return None

    def _betrayed(self, term: Term, number: int) -> Trigger | None:
        start = self.scene.phrase(number, term.start)
        around = self.scene.around(number)
        betrayed = around.ending("betrayed", start)
        if betrayed is None:
            return None
        return Trigger(betrayed.start, term.end, "own", term.value, number, betrayed.start)

    def _part_broke(self, term: Term, number: int) -> Trigger | None:
        """Read "son moteur casse", "le cardan de la Lotus de X a cédé", "bielle coulée"."""
        around, norm = self.scene.around(number), self.norm
        last = min(self.scene.sentence(number).last, term.end + 16)
        resume = 0
        for j in range(term.end, last):
            if j >= term.end + 10 and not resume:
                return None
            if j < resume:
                continue
            if norm[j] in PAUSES and not (norm[j] in "()" or norm[j] == "-"):
                resume = self._over_apposition(j, number)
                if not resume:
                    return None
                continue
            broke = around.starting("broke", j)
            if broke is None:
                if j > term.end and any(t.category == "part" for t in self.scene.terms.get(j, ())):
                    return None
                continue
            if (
                any(n in ("pas", "jamais", "que", "qui", "mais", "et") for n in norm[term.end : j])
                and norm[j - 1] != "que"
            ):
                return None
            kind = term.value
            if kind == "puncture" and not set(norm[broke.start : broke.end]) & (_PUNCTURED | {"plat"}):
                return None
            if (
                norm[term.start] in _TYRES
                and set(norm[broke.start : broke.end]) & (_PUNCTURED | {"plat", "ame"})
                and norm[broke.start] not in ("casse", "arrachee")
            ):
                kind = "puncture"
            if (
                kind == "mechanical"
                and norm[broke.start] in ("envole", "s'", "ouvert")
                and norm[broke.end - 1].startswith("envol")
            ):
                return None
            trigger = Trigger(term.start, broke.end, "part", kind, number, term.start)
            trigger.out = kind == "mechanical" and _fatal(
                norm[term.start : term.end], norm[broke.start : broke.end]
            )
            self._suffered(trigger)
            return trigger
        return None

    def _over_apposition(self, comma: int, number: int) -> int:
        """Return where the verb goes on behind an apposition: "la chaîne de X, en tête, a sauté"."""
        norm = self.norm
        if norm[comma] != ",":
            return 0
        for k in range(comma + 1, min(self.scene.sentence(number).last - 1, comma + 9)):
            if norm[k] == ",":
                return k + 1 if norm[k + 1] in _VERBAL else 0
        return 0

    def _standin(self, term: Term, number: int) -> Trigger | None:
        """Read "celui de X a rendu l'âme" where the part was named before: "les moteurs ...: celui de X"."""
        norm = self.norm
        if term.end >= len(norm) or norm[term.end] not in ("de", "d'", "du"):
            return None
        sentence = self.scene.sentence(number)
        part = next(
            (
                t
                for k in range(term.start - 1, max(sentence.first, term.start - 40) - 1, -1)
                for t in self.scene.terms.get(k, ())
                if t.category == "part"
            ),
            None,
        )
        if part is None:
            return None
        around = self.scene.around(number)
        for j in range(term.end, min(sentence.last, term.end + 12)):
            if norm[j] in STOPS or norm[j] == ",":
                return None
            broke = around.starting("broke", j)
            if broke is not None:
                trigger = Trigger(term.start, broke.end, "part", part.value, number, term.start)
                trigger.out = part.value == "mechanical" and _fatal(
                    norm[part.start : part.end], norm[broke.start : broke.end]
                )
                return trigger
        return None

    def _broke_part(self, term: Term, number: int) -> Trigger | None:
        """Read "casse un triangle", "perd une roue", "a brisé son cardan"."""
        start = self.scene.phrase(number, term.start)
        breaks = self.scene.around(number).ending("breaks", start)
        if breaks is None or (start == term.start and self.norm[term.start - 1] != "casse"):
            return None
        word = self.norm[breaks.start]
        if word.startswith("perd") and self.norm[term.start] not in _LOSABLE:
            return None
        kind = term.value
        if kind == "puncture" or (
            self.norm[term.start] in _TYRES and word.startswith(("crev", "ecla", "perc", "dechi"))
        ):
            if not word.startswith(_TYRE_BREAKS):
                return None
            kind = "puncture"
        out = kind == "mechanical" and _fatal(self.norm[term.start : term.end], [word])
        return Trigger(breaks.start, term.end, "own", kind, number, breaks.start, out=out)

    def _telegram(self, term: Term, number: int) -> Trigger | None:
        """Read "au 4e tour, cardan de X": a part without verb or article, then whose."""
        norm, i = self.norm, term.start
        if (
            term.value == "puncture"
            or i == 0
            or term.end >= len(norm)
            or norm[term.end] not in ("de", "d'", "du", "pour")
        ):
            return None
        before = norm[i - 1]
        if before not in _TELEGRAM or (before == ":" and norm[i] in ("moteur", "huile", "essence")):
            return None
        if not self.scene.discourse.refs_between(term.end + 1, term.end + 3):
            return None
        return Trigger(i, term.end, "noun", term.value, number, i)

    def _obstacle(self, term: Term, number: int) -> Trigger | None:
        norm = self.norm
        kind = "crash" if term.value == "hard" else "off_track"
        if self._reached(term, number, kind):
            return None
        stopped = self._stopped_by(term, number)
        if stopped:
            return Trigger(term.start, stopped, "own", kind, number, term.start, out=True)
        around = self.scene.around(number)
        floor = max(self.scene.sentence(number).first, term.start - 9)
        plunges = [t for t in around.within("plunge", floor, term.start) if not self._keeps_off(t, term)]
        if not plunges:
            return None
        plunge = plunges[-1]
        verb = norm[plunge.end - 1] if norm[plunge.start] in ("se", "s'") else norm[plunge.start]
        between = norm[plunge.end : term.start]
        if not set(between) & _INTO and not (verb.startswith(_DIRECT) and len(between) <= 4):
            return None
        if verb.startswith(_SEND):
            return Trigger(plunge.start, term.end, "shove", "collision", number, plunge.start, landing=kind)
        stuck = (
            norm[plunge.start].startswith("rest")
            and bool(set(between) & _STUCK)
            and "dont" not in norm[plunge.start - 4 : plunge.start]
        )
        return Trigger(plunge.start, term.end, "own", kind, number, plunge.start, out=stuck)

    def _stopped_by(self, term: Term, number: int) -> int:
        """Return where "c'est un talus qui les a stoppés" ends, 0 where the obstacle stops nobody."""
        norm = self.norm
        for j in range(term.end, min(self.scene.sentence(number).last - 2, term.end + 8)):
            if norm[j] in STOPS:
                return 0
            if norm[j] == "qui" and norm[j + 1] in _CLITICS:
                for k in (j + 2, j + 3):
                    if k < len(norm) and norm[k].startswith(_STOPPING):
                        return k + 1
        return 0

    def _reached(self, term: Term, number: int, kind: str) -> bool:
        """Let the excursion told just before end here: "reste planté dans | les bottes de paille"."""
        if (
            not self.found
            or self.found[-1].sentence != number
            or self.found[-1].type not in ("off_track", "crash", "spin")
        ):
            return False
        before = self.found[-1]
        between = self.norm[before.last : term.start]
        if (
            before.frame != "own"
            or len(between) > 5
            or any(n in PAUSES or n in _AWAY for n in between)
            or before.type == "spin"
        ):
            return False
        before.last = term.end
        before.type = "crash" if kind == "crash" else before.type
        words = self.norm[before.first : before.last]
        dangling = "dont" in self.norm[max(0, before.first - 4) : before.first]
        before.out = before.out or (
            words[0].startswith("rest") and bool(set(words) & _STUCK) and not dangling
        )
        return True

    def _keeps_off(self, plunge: Term, obstacle: Term) -> bool:
        between = self.norm[plunge.end : obstacle.start]
        return any(n in _AWAY or (n in PAUSES and n != "-") for n in between)

    def _yellow(self, term: Term, number: int) -> Trigger | None:
        """Take a yellow flag for a neutralisation only where the words make it one."""
        norm, i = self.norm, term.start
        if norm[term.end - 1].endswith("s") or (
            norm[i - 1] in ("sous", "de", "les", "au", "un") and norm[i - 1] != "un"
        ):
            return None
        around = self.scene.around(number)
        if ordinal(norm[i - 1]) is None and not around.all("deploy"):
            return None
        return Trigger(i, term.end, "neutral", "safety_car", number, i)

    def _offence(self, term: Term, number: int) -> Trigger | None:
        """Take an offence for a punishment where seconds or places are counted near by."""
        around, norm = self.scene.around(number), self.norm
        sentence = self.scene.sentence(number)
        for k in range(sentence.first, sentence.last):
            for other in self.scene.terms.get(k, ()):
                if other.category in ("penal", "noun") and other.value in (
                    "penalty",
                    "disqualification",
                    "jump_start",
                ):
                    return None
        for amount in around.within(
            "amount", max(sentence.first, term.start - 14), min(sentence.last, term.end + 14)
        ):
            if (
                amount.start > sentence.first
                and cardinal(norm[amount.start - 1]) is not None
                and abs(amount.start - term.start) > 0
            ) and (norm[amount.start] in _TIME_UNITS or around.all("strikes")):
                frame = "noun" if self.scene.determiner(number, term.start) else "own"
                return Trigger(term.start, term.end, frame, "penalty", number, term.start)
        return None
