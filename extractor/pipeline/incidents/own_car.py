"""What somebody does with his own car: "range sa machine", "couche sa Simca"."""

from __future__ import annotations

from extractor.lexicon.words import Term, word_set, word_tuple
from extractor.pipeline.incidents.parts import PartReader
from extractor.pipeline.incidents.scene import PAUSES
from extractor.pipeline.incidents.trigger import Trigger
from extractor.pipeline.people.links import found_between

_OWN = word_set("incident_words", "own_car.owning")
_ANY = _OWN | frozenset(("la", "le", "l'"))
_PUT_AWAY = word_set("incident_words", "own_car.put_away")
_INTO = word_set("incident_words", "own_car.into")
_UPON_SIDE = word_set("incident_words", "own_car.sides")
_AT = word_set("incident_words", "own_car.at")
_STAYS = word_set("incident_words", "own_car.no_place_to_leave")
_THROWING = word_tuple("incident_words", "own_car.throwing")
_NOWHERE = word_set("incident_words", "own_car.nowhere")
_REACH = 8  # tokens between the car and where it ends


class OwnCarReader(PartReader):
    """Reads verbs whose object is the subject's own car."""

    def _car_end(self, i: int, number: int, determiners: frozenset[str]) -> int:
        """Return where the car that begins at a determiner ends, 0 where none does."""
        norm = self.norm
        if i + 1 >= len(norm) or norm[i] not in determiners:
            return 0
        for name in found_between(self.scene.names, i + 1, i + 2):
            if name.kind in ("car", "number"):
                return name.last
        vehicle = self.scene.around(number).starting("vehicle", i + 1)
        if vehicle is not None:
            return vehicle.end
        return self._unknown_car(i + 1) if norm[i] in _OWN else 0

    def _unknown_car(self, i: int) -> int:
        """Return where a type that no list has ends: "sa 504", "sa Rallye 3"; 0 where none stands there."""
        end, shape = i, self.scene.tokens.shape
        while end < len(shape) and shape[end] in "CUId":
            end += 1
        return end if end > i else 0

    def _park(self, term: Term, number: int) -> Trigger | None:
        """Read "range sa machine contre le parapet": a car put aside."""
        j = term.end
        norm = self.norm
        if norm[term.start] in ("se", "s'"):
            if norm[j : j + 1] and norm[j] in ("sur", "au", "dans", "en", "le"):
                return Trigger(term.start, j, "out", "retirement", number, term.start, out=True)
            return None
        if self._car_end(j, number, _ANY) and not set(norm[j + 2 : j + 6]) & _PUT_AWAY:
            return Trigger(term.start, j + 2, "out", "retirement", number, term.start, out=True)
        return None

    def _wreck(self, term: Term, number: int) -> Trigger | None:
        """Read "couche sa Simca sur les portières", "retourne son kart"."""
        end = self._car_end(term.end, number, _OWN)
        if not end:
            return None
        return Trigger(term.start, end, "own", "crash", number, term.start)

    def _put(self, term: Term, number: int) -> Trigger | None:
        """Read "envoie sa Clio dans le fossé", "plante sa moto dans le premier virage"."""
        end = self._car_end(term.end, number, _OWN)
        if not end:
            return None
        found = self._ending(end, number) or self._thrown(term, end)
        return Trigger(term.start, found[1], "own", found[0], number, term.start) if found else None

    def _thrown(self, term: Term, first: int) -> tuple[str, int] | None:
        """Read "plante sa moto dans le premier virage": the verb says that it was not meant."""
        norm = self.norm
        verb = norm[term.end - 1]
        if not verb.startswith(_THROWING) or norm[first : first + 1] not in (["dans"], ["contre"]):
            return None
        if set(norm[first + 1 : first + 4]) & _NOWHERE:
            return None
        return ("crash" if norm[first] == "contre" else "off_track"), first + 1

    def _leave(self, term: Term, number: int) -> Trigger | None:
        """Read "laisse sa Delahaye au stand": who leaves his car somewhere is out of the race."""
        norm = self.norm
        end = self._car_end(term.end, number, _OWN)
        if not end and norm[term.end : term.end + 2] in (["la", "sienne"], ["le", "sien"]):
            end = term.end + 2
        if not end:
            return None
        found = self._ending(end, number)
        if found is not None:
            return Trigger(term.start, found[1], "own", found[0], number, term.start, out=True)
        last = min(self.scene.sentence(number).last, end + 3)
        for i in range(end, last):
            if norm[i] in PAUSES and norm[i] not in "()":
                return None
            if norm[i] in _AT and not set(norm[i + 1 : i + 4]) & _STAYS:
                if self.scene.discourse.refs_between(i + 1, i + 3):
                    return None  # "laisse sa voiture à Untel"
                return Trigger(term.start, end, "out", "retirement", number, term.start, out=True)
        return None

    def _ending(self, first: int, number: int) -> tuple[str, int] | None:
        """Return into what, and up to where, a car goes: "dans le fossé", "sur le flanc"."""
        norm, into = self.norm, False
        for i in range(first, min(self.scene.sentence(number).last, first + _REACH)):
            if norm[i] in PAUSES and norm[i] not in "()":
                return None
            if into and norm[i] in _UPON_SIDE:
                return "crash", i + 1
            for term in self.scene.terms.get(i, ()):
                if term.category == "obstacle" and into:
                    return ("crash" if term.value == "hard" else "off_track"), term.end
            into = into or norm[i] in _INTO
        return None
