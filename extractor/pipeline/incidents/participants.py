"""Who takes part in an incident, and as what: the frames of the lexicon filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import IncidentParticipant
from extractor.pipeline.incidents.cast import Actor, Cast
from extractor.pipeline.incidents.scene import PAUSES, Scene
from extractor.pipeline.incidents.triggers import Trigger

_BE = word_set("incident_words", "participants.be")
_HAVE = word_set("incident_words", "participants.have")
_PARTICIPLE = word_tuple("incident_words", "participants.participle")
_WITH = frozenset(("avec",))
_BETWEEN = word_set("incident_words", "participants.between")
_IN_I = word_tuple("incident_words", "participants.in_i")
_TO = frozenset(("a", "au", "aux"))
_ENDED = word_set("incident_words", "participants.ended")
_AMONG = frozenset(("impliquant", "concernant", "dont"))
_UPON = word_set("incident_words", "participants.upon")
_OWNING = word_set("incident_words", "participants.owning")
_FIRST_PERSON = word_set("incident_words", "participants.first_person")
_BENEFIT = word_set("incident_words", "participants.benefit")
_EXIST = word_set("incident_words", "participants.exist")
_GAINS = word_set("incident_words", "participants.gains")
_PUTTING = word_tuple("incident_words", "participants.putting")
_TELEGRAPHIC = frozenset(
    ("mechanical", "retirement", "bodywork", "puncture", "off_track", "crash", "fall", "fire", "spin")
)
_PUTS = word_set("incident_words", "participants.puts_an_end")
_CAUSATIVE = word_set("incident_words", "participants.causative")
_APPOSED = word_set("incident_words", "participants.apposed")
_STATES = (["a", "court"], ["en", "panne"], ["en", "rade"])


@dataclass(slots=True)
class Told:
    """One happening as one trigger tells it."""

    type: str
    participants: list[IncidentParticipant] = field(default_factory=list)
    first: int = 0
    last: int = 0
    caused_by: int | None = None  # index among those of the same trigger
    retired: set[int] = field(default_factory=set)
    weak: bool = False
    known: bool = True  # no capital that may be anybody's stands for everybody in it


class Roles:
    """Fills in who did what to whom."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cast = Cast(scene)
        self.norm = scene.norm
        self._frames = {
            "own": self._own,
            "out": self._own,
            "halt": self._own,
            "hope": self._own,
            "penal": self._penal,
            "noun": self._noun,
            "part": self._part,
            "clash": self._clash,
            "mutual": self._mutual,
            "hit": self._hit,
            "shove": self._shove,
            "neutral": self._neutral,
        }

    def read(self, trigger: Trigger) -> list[Told]:
        """Return what a trigger tells, or nothing where the words need somebody who is not there."""
        told = self._frames[trigger.frame](trigger)
        kept = [one for one in told if one.known]
        if len(kept) < len(told):
            for one in kept:
                one.caused_by = None
        return kept

    # --- frames -----------------------------------------------------------------------------------------

    def _neutral(self, trigger: Trigger) -> list[Told]:
        return [Told(trigger.type, [], trigger.first, trigger.last)]

    def _own(self, trigger: Trigger) -> list[Told]:
        who = self._who(trigger)
        if not who:
            return []
        return [self._told(trigger, trigger.type, who, "subject")]

    def _penal(self, trigger: Trigger) -> list[Told]:
        number = trigger.sentence
        if not self.passive(trigger) and self.norm[trigger.last - 1] != "infliger":
            punished = self.cast.object(trigger.last, number, reach=3)
            if punished and not self.cast.governed(punished[0]):
                return [self._told(trigger, trigger.type, punished, "subject")]
            if self.norm[trigger.last - 1].startswith(("inflig", "attribu", "coll", "retir")):
                punished = self.cast.partners(trigger.last, number, _TO, 9)
                if not punished and set(self.norm[trigger.last : trigger.last + 7]) & _TO:
                    punished = self._culprit(trigger)
                    if not punished:
                        return []
                if punished:
                    return [self._told(trigger, trigger.type, punished, "subject")]
        return self._own(trigger)

    def _culprit(self, trigger: Trigger) -> list[Actor]:
        """Return by whom somebody was hit earlier in the sentence, if it is one: "... au Français"."""
        number = trigger.sentence
        first = self.scene.sentence(number).first
        agents = [
            a
            for a in self.cast.between(number, first, trigger.first)
            if a.people and self.norm[a.first - 1] == "par"
        ]
        return agents if len(agents) == 1 else []

    def _noun(self, trigger: Trigger) -> list[Told]:
        if trigger.type == "penalty" and self._handed_out(trigger):
            return []
        if trigger.type == "crash" and self.norm[trigger.last - 1].startswith("accident"):
            both = self.cast.partners(trigger.last, trigger.sentence, _BETWEEN | _AMONG, 14)
            if both:
                return [self._told(trigger, "collision" if len(both) > 1 else "crash", both, "subject")]
        if set(self.norm[trigger.last : trigger.last + 4]) & _GAINS:
            return []
        of = self._pairs(self.cast.complement(trigger.last, trigger.sentence), trigger.sentence)
        who = of or self._experiencer(trigger) or self._alone(trigger)
        if not who:
            return []
        if self.norm[trigger.last - 1].endswith("s") and not any(a.people or a.number for a in who):
            return []  # "un lot de pannes"
        told = self._told(trigger, trigger.type, who, "subject")
        if self._ends_all(trigger):
            told.retired = {p for a in who for p in a.people}
        return [told]

    def _handed_out(self, trigger: Trigger) -> bool:
        """Tell whether a verb before it says already who got it: "infligent un drive-through à X"."""
        floor = self.scene.sentence(trigger.sentence).first
        return any(
            n.startswith("inflig") for n in self.norm[max(floor, trigger.first - 4) : trigger.first]
        ) and bool(set(self.norm[trigger.last : trigger.last + 4]) & _TO)

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
        struck = self._struck(trigger, number, start)
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

    def _part(self, trigger: Trigger) -> list[Told]:
        """Return the breakdown with whom the part belongs to."""
        number = trigger.sentence
        for actor in self.cast.between(number, trigger.first + 1, trigger.last):
            return [
                self._told(
                    trigger,
                    trigger.type,
                    [a for a in self.cast.group(number, actor) if a.first >= actor.first],
                    "subject",
                )
            ]
        for actor in self.cast.between(number, trigger.last, trigger.last + 4):
            if self.norm[trigger.last] in _UPON and not any(
                n in PAUSES for n in self.norm[trigger.last : actor.first]
            ):
                return [self._told(trigger, trigger.type, [actor], "subject")]
        who = self._experiencer(trigger)
        if not who and self.scene.phrase(number, trigger.first) < trigger.first:
            who = (
                self.cast.carried(number)
                if self._speaker(trigger) is None or not self._quoted(trigger)
                else []
            )
        who = who or self._alone(trigger)
        return [self._told(trigger, trigger.type, who, "subject")] if who else []

    def _clash(self, trigger: Trigger) -> list[Told]:
        number = trigger.sentence
        last = trigger.last
        both = self.cast.partners(last, number, _BETWEEN) or self.cast.partners(last, number, _AMONG, 14)
        if both:
            return [self._told(trigger, "collision", both, "subject")]
        start = min(self.scene.phrase(number, trigger.first), trigger.anchor)
        partners = self.cast.partners(last, number, _WITH, 6)
        if partners:
            mine = self._experiencer(trigger) or self.cast.carried(number)
            mine = [a for a in mine if not set(a.people) & {p for b in partners for p in b.people}]
            told = self._told(trigger, "collision", mine, self._victim_role(trigger))
            for actor in partners:
                told.participants += self.cast.participant(actor, "subject")
            return [told]
        of = self.cast.complement(last, number)
        if of:
            return [self._told(trigger, "collision", of, "subject")]
        suffered = trigger.anchor < trigger.first or any(
            n in _OWNING for n in self.norm[start : trigger.first]
        )
        host = self.cast.host(trigger.first, number)
        if host is not None:
            return [self._told(trigger, "collision", host, "subject")]
        struck = self._struck(trigger, number, start)
        if struck:
            return [self._told(trigger, "collision", struck, "victim")]
        if suffered and not self._benefits(start, number) and (who := self._left(trigger, start)):
            return [self._told(trigger, "collision", who, self._victim_role(trigger))]
        if (
            self.norm[trigger.last - 1].endswith("s") and trigger.last - trigger.first == 1
        ) or not self._exists(trigger):
            return []
        return [self._told(trigger, "collision", [], "subject")]

    def _exists(self, trigger: Trigger) -> bool:
        sentence = self.scene.sentence(trigger.sentence)
        if any(n in _EXIST for n in self.norm[sentence.first : sentence.last]):
            return True
        return any(
            t.category == "neutral"
            for i in range(sentence.first, sentence.last)
            for t in self.scene.terms.get(i, ())
        )

    def _victim_role(self, trigger: Trigger) -> str:
        return "victim" if self.norm[trigger.anchor].startswith("victime") else "subject"

    def _mutual(self, trigger: Trigger) -> list[Told]:
        number = trigger.sentence
        both = self.cast.partners(
            trigger.last - (self.norm[trigger.last - 1] == "entre"), number, frozenset(("entre",)), 3
        )
        if both:
            return [self._told(trigger, "collision", both, "subject")]
        who = self._who(trigger)
        partners = self.cast.partners(
            trigger.last,
            number,
            frozenset(("avec", "a", "au", "contre")) if self.norm[trigger.last - 1] == "a" else _WITH,
            4,
        )
        if self.norm[trigger.last - 1] == "a":
            partners = self.cast.object(trigger.last, number)
        actors = [*who, *partners]
        people = {p for a in actors for p in a.people}
        if len(people) + sum(not a.people for a in actors) + sum(a.many for a in actors) < 2:
            return []
        return [self._told(trigger, "collision", actors, "subject")]

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

    def _hit(self, trigger: Trigger) -> list[Told]:
        number = trigger.sentence
        if (
            self.norm[trigger.last : trigger.last + 1] == ["par"] and trigger.last - trigger.first == 1
        ) or self.passive(trigger):
            victims = self._who(trigger)
            agents = self.cast.agent(trigger.last, number)
            if self.norm[trigger.last - 1] == "par":
                agents = self.cast.object(trigger.last, number)
            if not victims or (not agents and not trigger.strong):
                return []
            told = self._told(trigger, "collision", victims, "victim")
            for actor in agents:
                told.participants += self.cast.participant(actor, "at_fault")
            return [told]
        victims = self.cast.object(trigger.last, number)
        obstacle = self._hard_object(trigger)
        if obstacle is not None and (not victims or obstacle < victims[0].first):
            return []
        him = self.cast.clitic(trigger.first, number) and (
            trigger.strong or not self.norm[trigger.first].endswith("er")  # "le podium : il veut l'accrocher"
        )
        if not victims and not trigger.strong and not trigger.sure and not him:
            return []
        if not victims and (him or trigger.sure):
            victims = self._other(trigger) or self.cast.carried(number)
        attackers = [
            a for a in self._who(trigger) if not set(a.people) & {p for v in victims for p in v.people}
        ]
        if not victims and not attackers:
            return []
        told = self._told(trigger, "collision", attackers, "at_fault")
        for actor in victims:
            told.participants += self.cast.participant(actor, "victim")
        if victims:
            told.last = max(told.last, victims[-1].last)
        return [told]

    def _other(self, trigger: Trigger) -> list[Actor]:
        """Return whom "l'" stands for where the sentence named somebody besides the subject."""
        number = trigger.sentence
        attackers = {p for a in self._who(trigger) for p in a.people}
        others = [
            a
            for a in self.cast.between(number, self.scene.sentence(number).first, trigger.first)
            if a.people and not set(a.people) & attackers
        ]
        return others[-1:] if attackers else []

    def _hard_object(self, trigger: Trigger) -> int | None:
        for i in range(trigger.last, min(self.scene.sentence(trigger.sentence).last, trigger.last + 5)):
            if any(t.category == "obstacle" for t in self.scene.terms.get(i, ())):
                return i
        return None

    def _shove(self, trigger: Trigger) -> list[Told]:
        """Read "envoie X dans le rail": a collision, and what became of the victim."""
        number = trigger.sentence
        passive = self.passive(trigger)
        if passive:
            victims = self._who(trigger)
            attackers = self.cast.agent(trigger.last, number)
        else:
            victims = self.cast.object(trigger.last, number)
            attackers = self.cast.subject(trigger.anchor, number)
            if not victims and self.cast.clitic(trigger.first, number):
                earlier = [
                    a
                    for a in self.cast.between(number, self.scene.sentence(number).first, trigger.first)
                    if a.people
                ]
                others = [a for a in earlier if not any(set(a.people) & set(b.people) for b in attackers)]
                if not attackers and others and self.cast.governed(others[-1]):
                    others = []  # "un contact avec X l'envoie dans le bac": whom the sentence before spoke of
                    earlier = []
                victims = others[-1:] or ([] if attackers and earlier else self.cast.carried(number))
                if not others:
                    victims, attackers = attackers or victims, []
        if not victims:
            return []
        told: list[Told] = []
        if attackers:
            clash = self._told(trigger, "collision", attackers, "at_fault")
            for actor in victims:
                clash.participants += self.cast.participant(actor, "victim")
            clash.last = max(clash.last, victims[-1].last)
            told.append(clash)
        landing = self._told(trigger, trigger.landing, victims, "subject")
        landing.caused_by = 0 if told else None
        told.append(landing)
        return told

    # --- who --------------------------------------------------------------------------------------------

    def _who(self, trigger: Trigger) -> list[Actor]:
        """Return the subject: in the bracket, beside, left, behind, or in the sentence before."""
        number, anchor = trigger.sentence, trigger.anchor
        spoken = self._speaker(trigger)
        if spoken is not None:
            return spoken
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
        return self.cast.carried(number)

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
            told = [a for a in self.cast.between(number, trigger.last, trigger.last + 3) if a.people]
            if told:
                return [a for a in self.cast.group(number, told[0]) if a.first >= told[0].first]
        if any(n.startswith("dur") for n in self.norm[trigger.first : trigger.last]):
            return self.cast.holder(trigger.first, number)
        if self._put_out(trigger):
            return self._main(trigger.anchor, number) or self.cast.carried(number)
        return None

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
        first = self.scene.clause(trigger.sentence, trigger.first)
        if not set(self.norm[max(first, trigger.first - 8) : trigger.last + 2]) & _FIRST_PERSON:
            return None
        speaker = self.scene.quotes[number].speaker
        if speaker is None:
            return []
        crew = {r.people for r in self.scene.people.refs if speaker in r.people and len(r.people) > 1}
        people = (
            next(iter(crew))
            if len(crew) == 1 and {"nous", "on", "notre", "nos"} & set(self.norm[first : trigger.last + 2])
            else (speaker,)
        )
        return [Actor(-1, -1, -1, people)]

    def _told(self, trigger: Trigger, kind: str, actors: list[Actor], role: str) -> Told:
        told = Told(kind, [], trigger.first, trigger.last, weak=trigger.frame in ("halt", "hope"))
        if trigger.out or told.weak:
            told.retired = {p for a in actors for p in a.people}
        told.known = not actors or not all(actor.loose for actor in actors)
        for actor in actors:
            told.participants += self.cast.participant(actor, role)
            if actor.first >= 0 and 0 <= actor.first - told.last <= 6 and actor.first >= trigger.last:
                told.last = max(told.last, actor.last)
        return told
