"""Who takes part in an incident, and as what: the frames of the lexicon filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.lexicon.words import word_set, word_tuple
from extractor.pipeline.annotations import IncidentParticipant
from extractor.pipeline.incidents.company import Actor
from extractor.pipeline.incidents.scene import PAUSES, Scene
from extractor.pipeline.incidents.subjects import Subjects
from extractor.pipeline.incidents.trigger import Trigger

_WITH = frozenset(("avec",))
_BETWEEN = word_set("incident_words", "participants.between")
_TO = frozenset(("a", "au", "aux"))
_GIVEN = word_tuple("incident_words", "participants.given")
_HANDING = word_tuple("incident_words", "participants.handing")
_AMONG = frozenset(("impliquant", "concernant", "dont"))
_UPON = word_set("incident_words", "participants.upon")
_OWNING = word_set("incident_words", "participants.owning")
_EXIST = word_set("incident_words", "participants.exist")
_BE = word_set("incident_words", "participants.be")
_HIT_OPENLY = word_tuple("incident_words", "participants.hit_openly")
_HAVING = frozenset(("a", "ont", "avait", "avaient", "aura", "ayant", "eut"))
_RULING = word_set("incident_words", "participants.ruling")
_MET = word_tuple("incident_words", "participants.met")
_TO_MEETING = 4  # tokens from "problème" to "rencontré"
_GAINS = word_set("incident_words", "participants.gains")


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
    pair: bool = False  # told of "les deux pilotes"
    known: bool = True  # no capital that may be anybody's stands for everybody in it


class Roles(Subjects):
    """Fills in who did what to whom."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._frames = {
            "own": self._own,
            "out": self._own,
            "halt": self._own,
            "hope": self._own,
            "upon": self._upon,
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

    def _neutral(self, trigger: Trigger) -> list[Told]:
        return [Told(trigger.type, [], trigger.first, trigger.last)]

    def _own(self, trigger: Trigger) -> list[Told]:
        if self.one_of_them(trigger.anchor):
            return []
        who = self._who(trigger)
        return [self._told(trigger, trigger.type, who, "subject")] if who else []

    def _upon(self, trigger: Trigger) -> list[Told]:
        """Read "un premier tour fatal à X": nobody but whom "à" names is meant."""
        number = trigger.sentence
        named = self.cast.partners(trigger.last, number, _TO, 1) or self.cast.complement(trigger.last, number)
        who = [a for a in named if a.people]
        return [self._told(trigger, trigger.type, who, "subject")] if who else []

    def _handicaps(self, trigger: Trigger) -> bool:
        """Tell whether a thing, and no steward, "a pénalisé" somebody: a choice of tyres, what befell him."""
        first = trigger.first
        if not self.norm[first].startswith("penalis"):
            return False
        written = self.scene.tokens.text[first].lower()
        participle = written.endswith(("é", "ée", "és", "ées")) or written.isupper()
        if participle and self.norm[first - 1] not in _HAVING:
            return False
        sentence = self.scene.sentence(trigger.sentence)
        return not set(self.norm[sentence.first : sentence.last]) & _RULING

    def _penal(self, trigger: Trigger) -> list[Told]:
        number = trigger.sentence
        if self._handicaps(trigger):
            return []
        verb = self.norm[trigger.last - 1]
        if not self.passive(trigger) and verb != "infliger":
            punished = self.cast.object(trigger.last, number, reach=3)
            if punished and not self.cast.governed(punished[0]):
                return [self._told(trigger, trigger.type, punished, "subject")]
        if verb.startswith(_HANDING) and verb != "infliger":  # "s'est vu infliger": its subject is punished
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
        of = of or self._met_by(trigger) or self._one_of_several(trigger) or self._handed_to(trigger)
        who = of or self._experiencer(trigger) or self._alone(trigger)
        if not who:
            return []
        if self.norm[trigger.last - 1].endswith("s") and not any(a.people or a.number for a in who):
            return []  # "un lot de pannes"
        told = self._told(trigger, trigger.type, who, "subject")
        if self._ends_all(trigger):
            told.retired = {p for a in who for p in a.people}
        return [told]

    def _one_of_several(self, trigger: Trigger) -> list[Actor]:
        """Return whom "dont celui de X" picks out: "quatre forfaits sont enregistrés, dont celui de X"."""
        if not self.norm[trigger.last - 1].endswith("s"):
            return []
        last = self.scene.sentence(trigger.sentence).last
        for i in range(trigger.last, min(last - 3, trigger.last + 10)):
            if self.norm[i] == "dont" and self.norm[i + 1] in ("celui", "celle", "ceux", "celles"):
                return self.cast.complement(i + 2, trigger.sentence)
        return []

    def _met_by(self, trigger: Trigger) -> list[Actor]:
        """Return who met with it: "le problème technique rencontré par X", "une panne subie par X"."""
        for i in range(trigger.last, trigger.last + _TO_MEETING):
            if self.norm[i : i + 1] and self.norm[i].startswith(_MET) and self.norm[i + 1 : i + 2] == ["par"]:
                return self.cast.agent(i + 1, trigger.sentence, 3)
        return []

    def _handed_to(self, trigger: Trigger) -> list[Actor]:
        """Return whom a penalty was given to: "une pénalité de dix secondes fut attribuée à X"."""
        behind = self.norm[trigger.last : trigger.last + 7]
        given = next((k for k, n in enumerate(behind) if n.startswith(_GIVEN)), None)
        if trigger.type != "penalty" or given is None:
            return []
        return self.cast.partners(trigger.last + given + 1, trigger.sentence, _TO, 3)

    def _handed_out(self, trigger: Trigger) -> bool:
        """Tell whether a verb before it says already who got it: "infligent un drive-through à X"."""
        floor = self.scene.sentence(trigger.sentence).first
        return any(
            n.startswith("inflig") for n in self.norm[max(floor, trigger.first - 4) : trigger.first]
        ) and bool(set(self.norm[trigger.last : trigger.last + 4]) & _TO)

    def _part(self, trigger: Trigger) -> list[Told]:
        """Return the breakdown with whom the part belongs to."""
        number = trigger.sentence
        for actor in self.cast.between(number, trigger.first, trigger.last):
            if actor.last <= trigger.first + 1:
                continue
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
        who = self._met_by(trigger) or self._experiencer(trigger)
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

    def _hit(self, trigger: Trigger) -> list[Told]:
        number = trigger.sentence
        if (
            self.norm[trigger.last : trigger.last + 1] == ["par"] and trigger.last - trigger.first == 1
        ) or self.passive(trigger):
            victims = self._who(trigger)
            agents = self.cast.agent(trigger.last, number)
            if self.norm[trigger.last - 1] == "par":
                agents = self.cast.object(trigger.last, number)
            if not victims or not (agents or trigger.strong or self._hit_by_somebody(trigger)):
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

    def _hit_by_somebody(self, trigger: Trigger) -> bool:
        """Tell of "est accroché au premier virage": a passive that leaves open by whom."""
        return self.norm[trigger.first].startswith(_HIT_OPENLY) and bool(
            set(self.norm[max(0, trigger.first - 3) : trigger.first]) & _BE
        )

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

    def _told(self, trigger: Trigger, kind: str, actors: list[Actor], role: str) -> Told:
        told = Told(kind, [], trigger.first, trigger.last, weak=trigger.frame in ("halt", "hope"))
        if trigger.out or told.weak:
            told.retired = {p for a in actors for p in a.people}
        told.pair = any(a.pair for a in actors)
        told.known = not actors or not all(actor.loose for actor in actors)
        for actor in actors:
            told.participants += self.cast.participant(actor, role)
            if actor.first >= 0 and 0 <= actor.first - told.last <= 6 and actor.first >= trigger.last:
                told.last = max(told.last, actor.last)
        return told
