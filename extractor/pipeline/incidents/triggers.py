"""Words that tell of an incident: single terms, and pairs such as "bielle" and "coulée"."""

from __future__ import annotations

from collections.abc import Callable

from extractor.lexicon.words import Term, word_set, word_tuple
from extractor.pipeline.incidents.fines import FineReader
from extractor.pipeline.incidents.scene import PAUSES, STOPS, Scene
from extractor.pipeline.incidents.trigger import Trigger
from extractor.pipeline.people.links import found_between
from extractor.values.numbers import ordinal

_SLIDING = 20  # tokens in which a sentence tells what a slip led to
_LED_TO = frozenset(("leaves", "obstacle", "hit", "shove", "mutual", "clash"))
_EXCURSIONS = frozenset(("spin", "off_track", "crash", "fall"))
_LONGEST_CODE = 3  # "np", "dns"
_INTO = word_set("incident_words", "triggers.into")
_AWAY = word_set("incident_words", "triggers.away")
_DIRECT = word_tuple("incident_words", "triggers.direct")
_SEND = word_tuple("incident_words", "triggers.send")
_OWN_COURSE = word_set("incident_words", "triggers.own_course")
_LEAVE = word_set("incident_words", "triggers.leave")
_CORNER = word_set("incident_words", "triggers.corner")
_BEFORE_OFF = word_set("incident_words", "triggers.before_off")
_STUCK = word_set("incident_words", "triggers.stuck")
_STOPPING = word_tuple("incident_words", "triggers.stopping")
_CLITICS = word_set("incident_words", "triggers.clitics")
_RACE_ENDS = word_set("incident_words", "triggers.race_ends")
_VIOLENCE = word_set("incident_words", "triggers.violence")
_SEATED = frozenset(("assis", "assise"))
_SQUEEZED = frozenset(("a", "sur", "le", "la", "les", "l'", "son", "sa", "de", "au"))


def find_triggers(scene: Scene) -> list[Trigger]:
    """Return the triggers of a document in reading order; no two overlap."""
    return _Finder(scene).run()


class _Finder(FineReader):
    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._readers: dict[str, Callable[[Term, int], Trigger | None]] = {
            "own": self._plain,
            "dead": self._plain,
            "penal": self._plain,
            "clash": self._plain,
            "mutual": self._plain,
            "halt": self._plain,
            "hope": self._plain,
            "upon": self._plain,
            "neutral": self._plain,
            "noun": self._noun,
            "out": self._out,
            "outneg": self._outneg,
            "hit": self._hit,
            "shove": self._shove,
            "finish": self._finish,
            "edge": self._edge,
            "park": self._park,
            "wreck": self._wreck,
            "put": self._put,
            "leave": self._leave,
            "slip": self._slip,
            "fine": self._fine,
            "sortie": self._sortie,
            "leaves": self._leaves,
            "part": self._part,
            "gear": self._gear,
            "expire": self._expire,
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
        if len(self.norm[term.start]) <= _LONGEST_CODE and self.scene.in_designation(term.start):
            return None  # the "NP-01" is a car
        if term.end - term.start == 1 and self._in_name(term.start):
            return None  # "Saint-Calais"
        reader = self._readers.get(term.category)
        return reader(term, number) if reader is not None else None

    def _in_name(self, i: int) -> bool:
        """Tell whether a hyphen makes a word the end of a capitalised name."""
        tokens = self.scene.tokens
        return (
            i > 1
            and tokens.text[i - 1] == "-"
            and tokens.glued(i)
            and tokens.shape[i] in "CU"
            and tokens.shape[i - 2] in "CU"
            and tokens.glued(i - 1)
        )

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
        if obstacle is not None and not _SEATED & set(self.norm[term.end : obstacle.start]):
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
        named = self.scene.tokens.shape[j + 1 : j + 2] in (["C"], ["U"])
        if following in ("a", "au") and named and not self.scene.discourse.refs_between(j + 1, j + 2):
            return self._plain(term, number)  # "est sorti à Brumont": a corner by its name
        return None

    def _slip(self, term: Term, number: int) -> Trigger | None:
        """Read "dérape", "rate son freinage" where the sentence does not go on to tell what it led to."""
        last = min(self.scene.sentence(number).last, term.end + _SLIDING)
        for i in range(term.end, last):
            if self.norm[i] in STOPS:
                break
            for other in self.scene.terms.get(i, ()):
                if other.category in _LED_TO or other.value in _EXCURSIONS:
                    return None
        return self._plain(term._replace(category="own"), number)

    def _sortie(self, term: Term, number: int) -> Trigger | None:
        """Take "la sortie de X", "sortie dans l'ES 3" for an excursion; not that of a car from the pits."""
        norm, j = self.norm, term.end
        if j + 1 >= len(norm):
            return None
        if norm[j] in ("de", "d'", "du") and self.scene.discourse.refs_between(j + 1, j + 4):
            who = self.scene.discourse.refs_between(j + 1, j + 4)[0]
            near = not set(norm[j + 1 : who.first]) & PAUSES
            if who.form == "name" and near and self.scene.determiner(number, term.start):
                return Trigger(term.start, j, "noun", "off_track", number, term.start)
        stage = norm[j] in ("dans", "en") and any(
            (n.startswith("es") and n[2:].isdecimal()) or n in ("es", "speciale") for n in norm[j + 1 : j + 3]
        )
        return Trigger(term.start, j, "noun", "off_track", number, term.start) if stage else None

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
        plunge = next((t for t in reversed(plunges) if self._leads_into(t, term)), None)
        if plunge is None:
            return None
        verb = self._verb_of(plunge)
        between = norm[plunge.end : term.start]
        if verb.startswith(_SEND):
            return Trigger(plunge.start, term.end, "shove", "collision", number, plunge.start, landing=kind)
        if norm[plunge.start].startswith("rest") and self._after_clash(number):
            return Trigger(plunge.start, term.end, "out", "retirement", number, plunge.start, out=True)
        stuck = (
            norm[plunge.start].startswith("rest")
            and bool(set(between) & _STUCK)
            and "dont" not in norm[plunge.start - 4 : plunge.start]
        )
        return Trigger(plunge.start, term.end, "own", kind, number, plunge.start, out=stuck)

    def _verb_of(self, plunge: Term) -> str:
        norm = self.norm
        return norm[plunge.end - 1] if norm[plunge.start] in ("se", "s'") else norm[plunge.start]

    def _leads_into(self, plunge: Term, obstacle: Term) -> bool:
        """Tell whether a verb has the obstacle for its end: "plie l'auto contre le rail", "tape le rail"."""
        between = self.norm[plunge.end : obstacle.start]
        if plunge.end - plunge.start > 1 and self.norm[plunge.end - 1] in _INTO:
            return True
        if set(between) & _INTO:
            return "contre" in between or not self._verb_of(plunge).startswith("laiss")
        return self._verb_of(plunge).startswith(_DIRECT) and len(between) <= 4

    def _after_clash(self, number: int) -> bool:
        """Tell whether a collision has just been told: who stays behind is out with it."""
        return any(t.type == "collision" and 0 <= number - t.sentence <= 1 for t in self.found[-2:])

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

    def _expire(self, term: Term, number: int) -> Trigger | None:
        """Take "s'est tue", "a rendu l'âme" for a breakdown where a car does it."""
        if self.norm[term.start].startswith("serr") and set(self.norm[term.end : term.end + 1]) & _SQUEEZED:
            return None
        first = self.scene.clause(number, term.start)
        cars = [n for n in found_between(self.scene.names, first, term.start) if n.kind in ("car", "number")]
        if not cars and not self.scene.around(number).within("vehicle", first, term.start):
            return None
        out = not self.norm[term.start : term.end][-1].startswith(("fum", "ratat", "touss", "brout", "hurl"))
        return Trigger(term.start, term.end, "own", term.value, number, term.start, out=out)
