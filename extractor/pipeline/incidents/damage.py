"""What a contact leaves broken is its consequence: "percuté, triangle plié, abandon" is one happening."""

from __future__ import annotations

from extractor.lexicon.words import word_set
from extractor.pipeline.incidents.events import Event, absorb
from extractor.pipeline.incidents.scene import Scene
from extractor.pipeline.incidents.trigger import Trigger

_EXPOSED = word_set("incident_words", "damage.exposed")
_BY_ITSELF = word_set("incident_words", "damage.by_itself")
_CONTACTS = frozenset(("collision", "crash", "fall", "off_track", "spin"))
_ALONE = frozenset(("seul", "seule", "seuls"))
_RECENT = 12  # events
_REACH = 2  # sentences
_READ_AS = frozenset(("part", "own", "noun", "out"))


def is_damage(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a trigger names a part that a contact bends or tears off, not one that fails by itself."""
    words = scene.norm[trigger.first : trigger.last]
    if trigger.type == "off_track":
        return bool(_ALONE & set(words))
    if trigger.type not in ("mechanical", "bodywork") or trigger.frame not in _READ_AS:
        return False
    return any(n in _EXPOSED for n in words) and not any(n in _BY_ITSELF for n in words)


def joined_damage(events: list[Event], blocks: list[int]) -> list[Event]:
    """Return the events without the damage told right behind a contact, which takes it over."""
    kept: list[Event] = []
    caused = [event for event in events if event.causes]
    for event in events:
        contact = (
            next((c for c in reversed(kept[-_RECENT:]) if _did(c, event, blocks)), None)
            if event.damage
            else None
        )
        if contact is None:
            kept.append(event)
            continue
        if event.grave:
            contact.damaged |= event.people & contact.people
        event.grave = False
        event.fact.participants = []
        event.retired &= contact.people
        absorb(contact, event, caused)
    return kept


def _did(contact: Event, damage: Event, blocks: list[int]) -> bool:
    """Tell whether a contact did the damage: somebody of both, told in the same breath or soon behind."""
    if contact.fact.type not in _CONTACTS or contact.fact.session != damage.fact.session:
        return False
    if damage.fact.type == "off_track" and contact.fact.type != "crash":
        return False  # only out of a wreck somebody climbs "seul"
    if not 0 <= damage.sentence - contact.sentence <= _REACH:
        return False
    if blocks[contact.sentence] != blocks[damage.sentence]:
        return False
    if contact.fact.lap is not None and damage.fact.lap not in (None, contact.fact.lap):
        return False
    if damage.people:
        return bool(damage.people & contact.people)
    return damage.sentence == contact.sentence and not damage.numbers
