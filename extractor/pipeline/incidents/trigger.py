"""One trigger: a word or two that tell of an incident, and the plainest ways to read them."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.incidents.scene import PAUSES, Scene
from extractor.pipeline.people.links import found_between
from extractor.values.numbers import ordinal

FRAMES = frozenset(
    (
        "own",
        "noun",
        "clash",
        "mutual",
        "hit",
        "shove",
        "out",
        "outneg",
        "halt",
        "hope",
        "upon",
        "penal",
        "neutral",
    )
)
_OWN_COURSE = word_set("incident_words", "triggers.own_course")
_GIVEN_UP = word_set("incident_words", "triggers.given_up")
_ARTICLES = word_set("incident_words", "triggers.articles")
_CORNER = word_set("incident_words", "triggers.corner")
_OUT_LINK = word_set("incident_words", "triggers.out_link")
_SHORT_FALL = 2  # tokens: "tombe sur la table" is no fall in the standings
_ENDING = PAUSES | frozenset(("et", "alors", "tandis", "pendant", "quand", "mais"))
_ONE = ("un", "le", "son", "ce", "d'")
_VERB_OR_NOUN = frozenset(["chute", "chutes", "creve", "cale", "brulage"])
_ACTIVE = word_set("incident_words", "triggers.active")
_WHERE = word_set("incident_words", "triggers.where")
_BEING = word_set("incident_words", "triggers.being")
_NOT = word_set("incident_words", "triggers.not")
_PLACES = word_set("incident_words", "triggers.places")
_STRETCHES = word_set("incident_words", "triggers.stretches")
_SLIDE = 16  # tokens from the loss of control to what it ends in
_OF_WHOM = (["de"], ["d'"], ["du"], ["des"])
_ALL = frozenset(("tous", "toutes"))
_PUTTING_OUT = ("met", "mit", "mis", "mirent")
_STEWARDS = word_set("incident_words", "triggers.stewards")
_NO_RANKS = word_set("incident_words", "triggers.no_ranks")
_STANDINGS = word_set("incident_words", "triggers.standings")
_DISTANCE = word_set("incident_words", "triggers.distance")


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


class Reader:
    """Reads terms that tell of an incident by themselves."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.norm = scene.norm
        self.found: list[Trigger] = []
        self.taken: set[int] = set()  # tokens that another trigger has read as where somebody was sent

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
        if self._not_meant(term, number):
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
        if term.value == "fall" and term.end - term.start <= _SHORT_FALL and self._demoted(term.end):
            return None
        trigger = Trigger(
            term.start, term.end, frame, term.value, number, term.start, out=term.category == "dead"
        )
        self._suffered(trigger)
        return trigger

    def _not_meant(self, term: Term, number: int) -> bool:
        """Tell whether the words mean something else: "recule au 5e rang", "une purge", "a pu partir"."""
        word = self.norm[term.start]
        if term.category == "penal":
            return self._no_punishment(term, word, number)
        if term.value == "did_not_start" and word == "pu":
            return not set(self.norm[max(0, term.start - 4) : term.start]) & {"n'", "ne"}
        if term.category == "halt" and self.norm[term.end : term.end + 1] == ["pour"]:
            return True  # "a dû s'arrêter pour changer une bougie"
        return self._only_slides(term, number)

    def _no_punishment(self, term: Term, word: str, number: int) -> bool:
        if word.startswith(("retrograd", "recul")) and not self._by_stewards(term.start, number):
            participle = self.scene.tokens.text[term.start].lower().endswith(("é", "ée", "és", "ées"))
            return not participle or (word.startswith("recul") and term.end - term.start == 1)
        if word == "purge" and term.end - term.start == 1:
            return self.scene.determiner(number, term.start)
        if word.startswith(("ajout", "rajout")):
            near = self.scene.around(number).within("amount", term.end, min(term.end + 4, len(self.norm)))
            return not near or not set(self.norm[near[0].end : near[0].end + 2]) & {"a", "au", "aux"}
        return False

    def _only_slides(self, term: Term, number: int) -> bool:
        """Leave "se met en travers" to the excursion or crash that it leads to."""
        words = self.norm[term.start : term.end]
        if words[-1] != "travers" and words[-1] not in ("l'arriere", "arriere", "controle"):
            return False
        last = min(self.scene.sentence(number).last, term.end + (8 if words[-1] == "travers" else _SLIDE))
        return any(
            t.category in ("leaves", "obstacle") or t.value in ("off_track", "crash")
            for i in range(term.end, last)
            for t in self.scene.terms.get(i, ())
        )

    def _by_stewards(self, verb: int, number: int) -> bool:
        """Tell whether those who punish are named before the verb: "les commissaires reculent X"."""
        first = self.scene.clause(number, verb)
        return any(n in _STEWARDS for n in self.norm[first:verb])

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
            if ordinal(n) is None and not n.isdecimal():
                continue
            if set(near[k + 1 : k + 2]) & _NO_RANKS:
                break  # "au 5e tour", "à 17 h 12"
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

    def _out(self, term: Term, number: int) -> Trigger | None:
        norm = self.norm
        word = norm[term.start]
        if word in ("course", "rallye", "aventure") and not self._own_race(term.start, number):
            return None
        if word.startswith(("abandonn", "renonc")) and self._keeps_going(term, word):
            return None
        if word == "a" and norm[term.end - 1] == "abandon" and norm[term.end : term.end + 1] in _OF_WHOM:
            noun = term.end - 1  # "grâce à l'abandon de X": his, and not the subject's
            return Trigger(noun, term.end, "noun", "retirement", number, noun, out=True)
        if word.startswith("bach") and self.scene.determiner(number, term.start):
            return None  # the tarpaulin
        if word in ("out", "exit", "hors") and norm[term.start - 1] in ("un", "le", "les", "brake"):
            return None
        if word.startswith("abandonn") and norm[term.end : term.end + 1] == ["par"]:
            return None
        if self._article_la(term.end) or norm[term.end : term.end + 1] == ["personne"]:
            return None
        if word.startswith("stopp") and (
            set(norm[max(0, term.start - 3) : term.start]) & _ACTIVE
            or not self.scene.tokens.text[term.start].lower().endswith(("é", "ée", "és", "ées"))
        ):
            return None
        if word == "y" and norm[term.end : term.end + 1] and norm[term.end] not in _ENDING:
            return None
        trigger = Trigger(term.start, term.end, "out", "retirement", number, term.start, out=True)
        if word == "hors" and self._put_out_of_race(term.start, number):
            trigger.type, trigger.out = "disqualification", False
            return trigger
        return self._with_cause(trigger)

    def _own_race(self, i: int, number: int) -> bool:
        """Tell whether it is somebody's own race: "sa course", "pour X, la course"."""
        if self.norm[i - 1] in _OWN_COURSE:
            return True
        first = self.scene.clause(number, i)
        return self.norm[first] == "pour" and bool(self.scene.discourse.refs_between(first, i))

    def _put_out_of_race(self, hors: int, number: int) -> bool:
        """Tell of "les commissaires mettent X hors course": a verb of putting, and those who punish."""
        first = self.scene.clause(number, hors)
        verbs = [n for n in self.norm[first:hors] if n.startswith(_PUTTING_OUT)]
        return bool(verbs) and self._by_stewards(hors, number)

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
        if norm[i] in _ALL and norm[i + 1 : i + 2] in (["deux"], ["trois"], ["les"]):
            return False  # "abandonnent tous les deux"
        if self._from(i):
            return False
        if norm[i] in _ARTICLES or norm[i].isdecimal():
            return not set(norm[i + 1 : i + 3]) & _GIVEN_UP and norm[i : i + 3] != ["au", "tour"]
        if norm[i] in ("a", "au") and word.startswith("renonc"):
            return not set(norm[i + 1 : i + 4]) & _DISTANCE
        if word.startswith("renonc") and "y" in norm[max(0, term.start - 2) : term.start]:
            return True
        if norm[i] == "a" and self.scene.discourse.refs_between(i + 1, i + 3):
            return not word.startswith("renonc")
        return False

    def _article_la(self, end: int) -> bool:
        """Tell "restent la Clio et la 205" from "reste là"; capitals often lack the accent."""
        written = self.scene.tokens.text
        return (
            end < len(written)
            and self.norm[end - 1] == "la"
            and not written[end - 1].endswith(("à", "À"))
            and written[end][:1].isalpha()
            and self.norm[end] not in _ENDING
        )

    def _from(self, i: int) -> bool:
        """Tell "dès le 3e tour" from "des places"; capitals often lack the accent."""
        written = self.scene.tokens.text[i]
        if self.norm[i] != "des" or written == "des":
            return False
        return written.lower() == "dès" or self.norm[i + 1 : i + 2] in (["le"], ["la"], ["l'"])

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
                    broke = self.scene.around(trigger.sentence).starting("broke", term.end)
                    trigger.last = broke.end if broke is not None else term.end
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
        if "que" in words and words[0].startswith("v") and not self._counts_stretches(term.end):
            return None  # "on ne voyait que les piquets"
        after = self.norm[term.end : term.end + 1]
        if after == ["personne"] or self._keeps_place(words, term.start):
            return None
        if words[0].startswith("fini") and words[-1] in _NOT and set(after) & _WHERE:
            self.taken.update(range(term.start, term.end + 6))
            return None
        return Trigger(term.start, term.end, "out", "retirement", number, term.start, out=True, sure=True)

    def _keeps_place(self, words: list[str], first: int) -> bool:
        """Tell of "se retrouve devant et n'en bouge plus"."""
        if not any(n.startswith("boug") for n in words):
            return False
        return any(n in _PLACES or ordinal(n) is not None for n in self.norm[max(0, first - 8) : first])

    def _counts_stretches(self, i: int) -> bool:
        """Tell whether what somebody saw is part of the course: "ne vit que la première montée"."""
        for n in self.norm[i : i + 4]:
            if n in PAUSES:
                return False
            if n in _STRETCHES or ordinal(n) is not None:
                return True
        return False
