"""Whom an incident befell: subjects, owners, those beside it and those who tell of it."""

from __future__ import annotations

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.incidents.cast import Cast
from extractor.pipeline.incidents.company import Actor
from extractor.pipeline.incidents.scene import PAUSES, Scene
from extractor.pipeline.incidents.strangers import of_a_stranger, of_his_own
from extractor.pipeline.incidents.trigger import Trigger
from extractor.values.numbers import cardinal

_BE = word_set("incident_words", "participants.be")
_HAVE = word_set("incident_words", "participants.have")
_PARTICIPLE = word_tuple("incident_words", "participants.participle")
_IN_I = word_tuple("incident_words", "participants.in_i")
_ENDED = word_set("incident_words", "participants.ended")
_OWNING = word_set("incident_words", "participants.owning")
_SPEAKING = frozenset(("je", "j'", "me", "m'", "nous", "on", "moi", ",", ":"))
_FIRST_PERSON = word_set("incident_words", "participants.first_person")
_BENEFIT = word_set("incident_words", "participants.benefit")
_PUTTING = word_tuple("incident_words", "participants.putting")
_TELEGRAPHIC = frozenset(
    ("mechanical", "retirement", "bodywork", "puncture", "off_track", "crash", "fall", "fire", "spin")
)
_PUTS = word_set("incident_words", "participants.puts_an_end")
_CAUSATIVE = word_set("incident_words", "participants.causative")
_APPOSED = word_set("incident_words", "participants.apposed")
_BESIDE_COUNT = word_set("incident_words", "subjects.beside_count")
_BEFORE_COUNT = word_set("incident_words", "subjects.before_count")
_TO_COUNT = 5  # tokens between a number and its verb
_STATES = (["a", "court"], ["en", "panne"], ["en", "rade"])


class Subjects:
    """Finds whom the words of a trigger are about."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cast = Cast(scene)
        self.norm = scene.norm

    def _alone(self, trigger: Trigger) -> list[Actor]:
        """Return whom a sentence without a subject goes on about: "Triangle plié, abandon."."""
        number = trigger.sentence
        sentence = self.scene.sentence(number)
        if (
            sentence.last - sentence.first > 14
            or self.cast.company(number).actors
            or trigger.type not in _TELEGRAPHIC
            or self.norm[trigger.first].endswith("s")
        ):
            return []
        before = self.norm[trigger.first - 1] if trigger.first > sentence.first else "."
        if (
            before not in (".", ",", ":", ";", "!", "et", "-", "–", "—", "(")
            and trigger.first > sentence.first
        ):
            return []
        return self.cast.carried(number)

    def _ends_all(self, trigger: Trigger) -> bool:
        """Tell whether the incident put an end to somebody's race: "une panne met fin à la course de X"."""
        last = min(self.scene.sentence(trigger.sentence).last, trigger.last + 10)
        for i in range(trigger.last, last - 2):
            if self.norm[i] in ("fin", "terme") and self.norm[i - 1] in _PUTS:
                return bool(set(self.norm[i + 1 : i + 5]) & _ENDED)
        return False

    def _experiencer(self, trigger: Trigger) -> list[Actor]:
        """Return to whom the incident that a noun names happened."""
        number = trigger.sentence
        spoken = self._speaker(trigger)
        if spoken:
            return spoken
        host = self.cast.host(trigger.first, number)
        if host is not None:
            return host
        start = self.scene.phrase(number, trigger.first)
        if self._benefits(start, number):
            return []
        if trigger.anchor < start or self.norm[trigger.anchor] != self.norm[trigger.first]:
            start = min(start, trigger.anchor)
        suffered = trigger.anchor < self.scene.phrase(number, trigger.first)
        struck = (
            None if suffered else self._struck(trigger, number, start)
        )  # "coupable d'un départ anticipé, ..."
        if struck is not None:
            return struck
        return self._left(trigger, start)

    def _left(self, trigger: Trigger, start: int) -> list[Actor]:
        number = trigger.sentence
        apposed = self.cast.apposed(start, number) or self._beside(start, number)
        if apposed:
            return apposed
        who = self.cast.subject(start, number)
        if who:
            return self._pairs(who, number)
        who = self.cast.topical(start, number) or self.cast.behind(trigger.last, number)
        if who:
            return who
        if self._owned(trigger) or self._clitic_near(trigger) or self._dative(start):
            return self.cast.carried(number)
        return []

    def _dative(self, start: int) -> bool:
        """Tell of "lui coûte vingt secondes de pénalité"."""
        before = self.norm[max(0, start - 7) : start]
        return any(
            n in ("lui", "leur")
            and before[k + 1 : k + 2]
            and before[k + 1].startswith(("cout", "val", "vau"))
            for k, n in enumerate(before)
        )

    def _beside(self, start: int, number: int) -> list[Actor]:
        """Return whom a participle is about: "X (Toyota), retardé de son côté par deux crevaisons"."""
        for i in range(start - 1, max(self.scene.sentence(number).first, start - 10), -1):
            if self.norm[i] != ",":
                if self.norm[i] in (";", ":", ".") or self.cast.company(number).by_end.get(i + 1) is not None:
                    return []
                continue
            if self.scene.tokens.text[i + 1].endswith(
                ("é", "ée", "és", "ées", "ti", "tie", "tis", "ties", "ni", "mis", "mise", "victime")
            ):
                return self.cast.apposed(i + 1, number)
            return []
        return []

    def _owned(self, trigger: Trigger) -> bool:
        first = self.scene.sentence(trigger.sentence).first
        return any(n in _OWNING for n in self.norm[first : trigger.last + 6])

    def _clitic_near(self, trigger: Trigger) -> bool:
        around = self.scene.around(trigger.sentence)
        last = min(self.scene.sentence(trigger.sentence).last, trigger.last + 14)
        return any(
            self.cast.clitic(t.start, trigger.sentence)
            for c in ("strikes", "lost")
            for t in around.within(c, trigger.last, last)
        )

    def _benefits(self, start: int, number: int) -> bool:
        floor = self.scene.sentence(number).first
        return bool(set(self.norm[max(floor, start - 3) : start + 1]) & _BENEFIT)

    def _struck(self, trigger: Trigger, number: int, start: int) -> list[Actor] | None:
        """Return the victim where the incident is the subject ("une crevaison prive X"), else ``None``."""
        scene = self.scene
        sentence = scene.sentence(number)
        opens = (
            start == sentence.first
            or self.norm[start - 1] in (",", ";", ":", "quand", "mais", "puis", "et", "qu'", "que", "lorsqu'")
            or start == scene.clause(number, start)
        )
        if not opens:
            return None
        around = scene.around(number)
        for strike in around.within("strikes", trigger.last, min(sentence.last, trigger.last + 24)):
            if any(n in (";", ":", ".") for n in self.norm[trigger.last : strike.start]):
                break
            if self.cast.clitic(strike.start, number):
                return self._pairs(self.cast.subject(start, number), number) or self.cast.carried(number)
            for actor in self.cast.between(number, strike.end, min(sentence.last, strike.end + 8)):
                if any(n in PAUSES and n != "(" for n in self.norm[strike.end : actor.first]):
                    break
                return [a for a in self.cast.group(number, actor) if a.first >= actor.first]
            return self._pairs(self.cast.subject(start, number), number) or self.cast.carried(number)
        return None

    def passive(self, trigger: Trigger) -> bool:
        """Tell whether the verb of a trigger is passive: "est percuté", "se fait sortir", ", poussé par"."""
        norm, first = self.norm, trigger.first
        if any(n in _CAUSATIVE for n in norm[first : trigger.last - 1]):
            return True
        word = norm[first]
        if not word.endswith(_PARTICIPLE):
            return False
        floor = self.scene.sentence(trigger.sentence).first
        before = norm[max(floor, first - 3) : first]
        if any(n in _BE for n in before):
            return True
        if any(n in _HAVE for n in before):
            return False
        written = self.scene.tokens.text[first]
        if self.cast.clitic(first, trigger.sentence):
            return False
        return (
            written.endswith(("é", "ée", "és", "ées", "u", "ue", "us", "ues"))
            or word.startswith(_IN_I)
            or written.isupper()
        )

    def _who(self, trigger: Trigger) -> list[Actor]:
        """Return the subject: in the bracket, beside, left, behind, or in the sentence before."""
        number, anchor = trigger.sentence, trigger.anchor
        spoken = self._speaker(trigger)
        if spoken is not None:
            return self._named_in_speech(trigger) or spoken
        host = self.cast.host(anchor, number)
        if host is not None:
            return host
        who = self._done_for(trigger)
        if who is not None:
            return who
        if (
            (self.norm[anchor].endswith(_PARTICIPLE) and self.passive(trigger))
            or self.norm[anchor] in _APPOSED
            or (anchor > 0 and self.norm[anchor - 1] == "," and self.norm[anchor : anchor + 2] in _STATES)
        ):
            apposed = self.cast.apposed(anchor, number)
            if apposed:
                return apposed
        who = self._controller(anchor, self._former(anchor, self.cast.subject(anchor, number)))
        if who:
            return self._pairs(who, number)
        who = self.cast.topical(anchor, number) or self._owner(anchor, number)
        if who:
            return who
        opening = anchor - self.scene.sentence(number).first < 6
        if opening:
            who = self.cast.behind(trigger.last, number)
            if who:
                return who
        who = self.cast.ranked(anchor, number) or self._conceded(anchor, number)
        if who:
            return who
        who = self.cast.inverted(trigger.last, number)
        if who and trigger.frame in ("out", "own", "penal"):
            return who
        return [] if of_a_stranger(self.cast, anchor, number) else self.cast.carried(number)

    def one_of_them(self, anchor: int) -> bool:
        """Tell of "l'un reste dans le bac, l'autre repart": which of them, the text does not say."""
        before = self.norm[max(0, anchor - 3) : anchor]
        if self._counted(anchor):
            return True
        return before[-2:] in (["l'", "un"], ["l'", "une"], ["l'", "autre"]) and before[:1] != ["et"]

    def _counted(self, anchor: int) -> bool:
        """Tell of a mere number for a subject: "trente au départ, douze ont abandonné"."""
        i = anchor - 1
        while i > 0 and anchor - i <= _TO_COUNT and self.norm[i] in _BESIDE_COUNT:
            i -= 1
        if i < 1 or anchor - i == 1 or cardinal(self.norm[i]) is None or self.norm[i] in ("un", "une"):
            return False
        return self.norm[i - 1] in _BEFORE_COUNT

    def _not_the_speaker(self, trigger: Trigger) -> bool:
        """Tell of "il part à la faute" in speech, where "il" was taken for the one who speaks."""
        quote = self.scene.quote_at(trigger.first)
        anchor = trigger.anchor
        if quote is None or not {"il", "elle"} & set(self.norm[max(0, anchor - 3) : anchor]):
            return False
        who = self.cast.subject(anchor, trigger.sentence)
        return bool(who) and self.scene.quotes[quote].speaker in who[0].people

    def _named_in_speech(self, trigger: Trigger) -> list[Actor]:
        """Return the subject whom somebody else's speech names: "X est parti en travers sous mes yeux"."""
        number, anchor = trigger.sentence, trigger.anchor
        who = self.cast.subject(anchor, number)
        if not who or not who[0].people or who[0].ref is None or who[0].ref.form != "name":
            return []
        return [] if set(self.norm[who[-1].last : anchor]) & _SPEAKING else who

    def _former(self, anchor: int, group: list[Actor]) -> list[Actor]:
        """Let "la première", "le second" pick one of those named together."""
        if len(group) == 2 and anchor > 1 and self.norm[anchor - 2] in ("le", "la"):
            if self.norm[anchor - 1] in ("premier", "premiere"):
                return group[:1]
            if self.norm[anchor - 1] in ("second", "seconde", "deuxieme", "dernier", "derniere"):
                return group[1:]
        return group

    def _controller(self, anchor: int, who: list[Actor]) -> list[Actor]:
        """Let an infinitive have the subject of its sentence: "A menait B avant de partir en toupie" is A."""
        if len(who) != 1 or who[0].first < 0 or not who[0].people:
            return who
        outer = max(who[0].outer, who[0].last)
        behind = self.norm[outer : outer + 2]
        if behind not in (["avant", "de"], ["avant", "d'"]) or anchor - outer > 8:
            return who
        number = self.scene.discourse.sentence_at(anchor)
        for actor in reversed(self.cast.between(number, self.scene.clause(number, anchor), who[0].first)):
            if actor.people and not self.cast.governed(actor) and not self.cast.is_object(actor):
                return [actor]
        return who

    def _owner(self, anchor: int, number: int) -> list[Actor]:
        """Return whose "sa course" is behind a thing: "le moteur de X casse, sa course s'arrête"."""
        if self.norm[anchor - 1] not in _OWNING:
            return []
        earlier = [
            a for a in self.cast.between(number, self.scene.sentence(number).first, anchor) if a.people
        ]
        return earlier[-1:]

    def _conceded(self, anchor: int, number: int) -> list[Actor]:
        """Return whom "malgré" speaks of: "la victoire revient à X, malgré un arrêt sanctionné"."""
        first = self.scene.clause(number, anchor)
        for i in range(anchor - 1, max(first, anchor - 9), -1):
            if self.norm[i] == "malgre":
                earlier = [a for a in self.cast.between(number, first, i) if a.people]
                return self.cast.group(number, earlier[-1]) if earlier else []
        return []

    def _done_for(self, trigger: Trigger) -> list[Actor] | None:
        """Return for whom it is over: "fin de parcours pour X", "un contact qui l'a laissé hors course"."""
        number = trigger.sentence
        if self.norm[trigger.last - 1] == "pour":
            behind = self.cast.between(number, trigger.last, trigger.last + 3)
            told = [a for a in behind if a.people or a.pair]
            if told and told[0].pair and not told[0].people:
                return self._pairs(told[:1], number)
            if told:
                return [a for a in self.cast.group(number, told[0]) if a.first >= told[0].first]
        if any(n.startswith("dur") for n in self.norm[trigger.first : trigger.last]):
            return self.cast.holder(trigger.first, number)
        if self._puts_out(trigger):
            return self.cast.object(trigger.last, number, 4) or None
        if self._put_out(trigger):
            return self._main(trigger.anchor, number) or self.cast.carried(number)
        return None

    def _puts_out(self, trigger: Trigger) -> bool:
        """Tell whether those behind it are put out: "un carambolage met hors course X et Y"."""
        before = self.norm[trigger.anchor - 1]
        return trigger.frame == "out" and self.norm[trigger.anchor] == "hors" and before.startswith(_PUTTING)

    def _put_out(self, trigger: Trigger) -> bool:
        """Tell whether a clitic is the one put out: "un contact qui l'a laissé hors course"."""
        first = self.norm[trigger.anchor]
        if trigger.frame != "out":
            return False
        if first in ("l'", "les"):
            return True
        return first.startswith(_PUTTING) and self.cast.clitic(trigger.anchor, trigger.sentence)

    def _main(self, anchor: int, number: int) -> list[Actor]:
        """Return the first in the sentence whom nothing governs."""
        first = self.scene.sentence(number).first
        for actor in self.cast.between(number, first, anchor):
            if actor.people and not self.cast.governed(actor) and not self.cast.is_object(actor):
                return [a for a in self.cast.group(number, actor) if a.first >= actor.first][:1]
        return self.cast.topical(anchor, number)

    def _pairs(self, actors: list[Actor], number: int) -> list[Actor]:
        """Let "tous deux" stand for the two named last."""
        if len(actors) != 1 or not actors[0].pair or actors[0].people:
            return actors
        found: list[int] = []
        for where in (number, number - 1):
            if where < 0:
                break
            for actor in reversed(self.cast.company(where).actors):
                if where == number and actor.first >= actors[0].first:
                    continue
                found += [p for p in reversed(actor.people) if p not in found]
                if len(found) >= 2:
                    break
            if len(found) >= 2:
                break
        if len(found) < 2:
            return actors
        actors[0].people = tuple(reversed(found[:2]))
        return actors

    def _quoted(self, trigger: Trigger) -> bool:
        return self.scene.quote_at(trigger.first) is not None

    def _speaker(self, trigger: Trigger) -> list[Actor] | None:
        """Return the speaker where words in a quote are in the first person; ``None`` outside quotes."""
        number = self.scene.quote_at(trigger.first)
        if number is None:
            return None
        if self._not_the_speaker(trigger):
            return []
        first = self.scene.clause(trigger.sentence, trigger.first)
        if not set(self.norm[max(first, trigger.first - 8) : trigger.last + 2]) & _FIRST_PERSON:
            return None
        speaker = self.scene.quotes[number].speaker
        if speaker is None or of_his_own(self.cast, trigger, first):
            return []
        crew = {r.people for r in self.scene.people.refs if speaker in r.people and len(r.people) > 1}
        people = (
            next(iter(crew))
            if len(crew) == 1 and {"nous", "on", "notre", "nos"} & set(self.norm[first : trigger.last + 2])
            else (speaker,)
        )
        return [Actor(-1, -1, -1, people)]
