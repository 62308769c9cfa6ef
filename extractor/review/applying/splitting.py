"""Split: what was taken for one driver or team is two."""

from __future__ import annotations

from extractor.record import Driver, Mention, Team
from extractor.review.applying.draft import Draft
from extractor.review.applying.editing import is_id
from extractor.review.applying.refusals import DecisionError
from extractor.review.applying.things import Thing, redirected
from extractor.review.decisions import Split


def split(draft: Draft, change: Split) -> None:
    """Mentions, and the facts named, go over to a new driver or team."""
    if draft.knows(change.new_id):
        raise DecisionError("decision_id_taken", about=change.new_id)
    if not is_id(change.new_id) or not change.name.strip():
        raise DecisionError("decision_breaks_record", about=change.new_id, reason="id")
    old = draft.thing(change.target, change.part)
    if not isinstance(old, Driver | Team):
        raise DecisionError("decision_no_such_thing", about=change.target)
    places = {(start, end) for start, end in change.mentions}
    going = tuple(mention for mention in old.mentions if (mention.start, mention.end) in places)
    staying = tuple(mention for mention in old.mentions if (mention.start, mention.end) not in places)
    if not going:
        raise DecisionError("decision_no_such_thing", about=change.target)
    if not staying:
        raise DecisionError("decision_nothing_left", about=change.target)
    name = change.name.strip()
    draft.put(_new(old, change.new_id, name, going), change.part)
    draft.put(_rest(old, name, going, staying), change.part)
    draft.mark(change.new_id, "added")
    draft.edited(change.target)
    for fact in change.facts:
        _hand_over(draft, fact, change)


def _hand_over(draft: Draft, identifier: str, change: Split) -> None:
    try:
        fact = draft.thing(identifier)
    except DecisionError as error:
        draft.refused.append(error)
        return
    other = redirected(fact, {change.target: change.new_id}, {})
    if other is not fact:
        draft.put(other, draft.part_of[identifier])


def _forms(mentions: tuple[Mention, ...]) -> list[str]:
    """Return the names among mentions, each once, as they are written."""
    names = (" ".join(mention.text.split()) for mention in mentions if mention.form == "name")
    return list(dict.fromkeys(names))


def _new(old: Driver | Team, identifier: str, name: str, going: tuple[Mention, ...]) -> Thing:
    aliases = tuple(form for form in _forms(going) if form != name)
    return old.model_copy(update={"id": identifier, "name": name, "aliases": aliases, "mentions": going})


def _rest(old: Driver | Team, name: str, going: tuple[Mention, ...], staying: tuple[Mention, ...]) -> Thing:
    """What stays loses the forms that only the mentions that go have, and the new one's name."""
    kept = set(_forms(staying))
    lost = ({name} | set(_forms(going))) - kept
    forms = [form for form in (old.name, *old.aliases) if form not in lost]
    forms = forms or sorted(kept, key=len, reverse=True) or [old.name]
    return old.model_copy(update={"name": forms[0], "aliases": tuple(forms[1:]), "mentions": staying})
