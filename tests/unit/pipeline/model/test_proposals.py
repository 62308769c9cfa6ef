"""What the model alone tells: beyond what the rules tell, with evidence in the text, in a session that exists."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from extractor.pipeline.model.proposals import MARK, Candidates, classes_of, propose, scopes_of, speeches_of
from extractor.pipeline.model.settling import with_candidates
from extractor.pipeline.model.speeches import with_speakers, with_speeches
from extractor.pipeline.model.where import Place
from extractor.record import RaceRecord
from tests.unit.neural.pages import Page, brumeval
from tests.unit.pipeline.model.thoughts import Thought, sentences


def proposals(thought: Thought, page: Page, places: list[Place] | None = None) -> Candidates:
    """Return the candidates, and hold the record that has them against the format."""
    found = propose(page.record, thought.opinion, sentences(page.text) if places is None else places)
    facts = [*found.results, *found.incidents, *found.entries]
    assert sorted(fact.id for fact in facts) == sorted(found.chances)
    assert all(fact.id.startswith(MARK) for fact in facts)
    RaceRecord.model_validate(with_candidates(page.record, found).model_dump())
    return found


def lines(found: Candidates) -> list[str]:
    return [" ".join((r.kind, r.scope, str(r.position or r.status), *r.drivers)) for r in found.results]


def evidence(facts: Iterable[object]) -> list[str]:
    return [fact.evidence[0].text for fact in facts]  # type: ignore[attr-defined]


def test_where_the_model_sees_nothing_nothing_is_proposed() -> None:
    page = brumeval()
    assert proposals(Thought(page.record), page).chances == {}


def test_a_place_that_the_rules_do_not_tell_is_proposed_with_its_sentence() -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.claim("Louis Marchal", "grid:1", 0.3)
    thought.claim("Marchal", "grid:1", 0.6)
    found = proposals(thought, page)
    assert lines(found) == ["grid overall 1 d1"]
    assert found.chances == {"+r0": pytest.approx(0.6)}
    assert evidence(found.results) == ["Marchal reste premier."]  # where the model is surest


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Marchal", "final:1"),
        ("Jean Tavernier", "final:2"),
        ("Paul Ortolan", "final:dnf"),
        ("Paul Ortolan", "incident:mechanical"),
    ],
)
def test_what_the_rules_tell_anywhere_is_not_proposed(words: str, claim: str) -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.claim(words, claim, 0.95)
    assert proposals(thought, page).chances == {}


@pytest.mark.parametrize("claim", ["final:+", "final:dsq", "final:dns"])
def test_a_claim_that_names_no_place_gives_no_result(claim: str) -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.claim("Paul Ortolan", claim, 0.95)
    assert proposals(thought, page).results == []


def test_a_retirement_is_a_result_without_a_place() -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.claim("Jean Tavernier", "final:dnf", 0.5)
    (result,) = proposals(thought, page).results
    assert (result.status, result.position, result.drivers) == ("dnf", None, ("d2",))


def test_what_the_model_hardly_thinks_is_not_proposed() -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.claim("Louis Marchal", "grid:1", 0.19)
    thought.entry("Louis Marchal", "Team Sillage", 0.19)
    assert proposals(thought, page).chances == {}


# --- sessions


def test_the_session_is_that_of_the_sentence() -> None:
    page = brumeval()
    page.session("qualifying", "gagne")
    thought = Thought(page.record)
    thought.claim("Louis Marchal", "qualifying:1", 0.5)
    (result,) = proposals(thought, page, sentences(page.text, "s2", "Senior")).results
    assert (result.session, result.scope) == ("s2", "Senior")


def test_a_sentence_without_a_session_takes_that_of_the_nearest_fact() -> None:
    page = brumeval()
    page.session("race", "gagne")
    page.columns["results"][1]["session"] = "s2"
    thought = Thought(page.record)
    thought.claim("Jean Tavernier", "final:3", 0.5)
    for places in (sentences(page.text, None), sentences(page.text, "s9"), []):
        assert [r.session for r in proposals(thought, page, places).results] == ["s2"]


def test_where_no_fact_is_told_it_is_the_first_session() -> None:
    page = Page("Louis Marchal gagne.")
    page.session()
    page.driver("Louis Marchal")
    thought = Thought(page.record)
    thought.claim("Louis Marchal", "final:1", 0.5)
    (result,) = proposals(thought, page, []).results
    assert (result.session, result.evidence[0].text) == ("s1", "Louis Marchal")


def test_without_a_session_there_are_entries_alone() -> None:
    page = Page("Louis Marchal (Écurie Brume) gagne.")
    page.driver("Louis Marchal")
    page.team("Écurie Brume")
    thought = Thought(page.record)
    thought.claim("Louis Marchal", "final:1", 0.9)
    thought.entry("Louis Marchal", "Écurie Brume", 0.9)
    found = proposals(thought, page)
    assert (found.results, [(e.drivers, e.team) for e in found.entries]) == ([], [(("d1",), "t1")])


# --- crews


def crew() -> Page:
    page = Page("Louis Marchal et Jean Tavernier gagnent. Ils repartent de Brumeval contents.")
    page.session()
    page.driver("Louis Marchal")
    page.driver("Jean Tavernier")
    page.entry("d1", "d2", said="Louis Marchal et Jean Tavernier", number="7")
    return page


def test_what_is_told_of_one_is_told_of_his_crew_and_once() -> None:
    page = crew()
    thought = Thought(page.record)
    thought.claim("Louis Marchal", "final:1", 0.5)
    thought.claim("Jean Tavernier", "final:1", 0.7)
    found = proposals(thought, page)
    assert lines(found) == ["final overall 1 d1 d2"]
    assert list(found.chances.values()) == [pytest.approx(0.7)]


def test_what_the_rules_tell_of_one_of_a_crew_is_not_proposed_of_the_other() -> None:
    page = crew()
    page.result("final", 1, "d1", said="Louis Marchal et Jean Tavernier gagnent")
    thought = Thought(page.record)
    thought.claim("Jean Tavernier", "final:1", 0.7)
    assert proposals(thought, page).results == []


# --- classes


def test_a_result_may_be_of_a_class_that_the_model_sees() -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.claim("Paul Ortolan", "grid:2", 0.5)
    thought.scope("Paul Ortolan", "Junior", 0.6)
    assert lines(proposals(thought, page)) == ["grid Junior 2 d3"]


def test_the_rules_result_is_proposed_again_for_its_class() -> None:
    page = brumeval()
    thought = Thought(page.record)
    thought.scope("Louis Marchal", "Junior", 0.6)
    found = proposals(thought, page)
    assert lines(found) == ["final Junior 1 d1"]
    assert evidence(found.results) == ["Louis Marchal (Écurie Brume) gagne la course"]
    assert found.results[0].entry == "e1"


def test_a_result_that_the_rules_have_in_the_class_already_is_not_proposed_again() -> None:
    page = brumeval()
    page.result("final", 1, "d1", said="Louis Marchal", scope="JUNIOR")
    thought = Thought(page.record)
    thought.scope("Louis Marchal", "Junior", 0.6)
    assert proposals(thought, page).results == []


def test_a_class_that_only_the_tagger_sees_counts_too() -> None:
    page = Page("Louis Marchal gagne chez les Cadets.")
    page.session()
    page.result("final", 1, page.driver("Louis Marchal"), said="Louis Marchal gagne")
    tagged = Thought(page.record)
    tagged.tag("classes", "Cadets", 0.9)
    (stretch,) = classes_of(tagged.sight, [])
    assert page.text[slice(*stretch)] == "Cadets"
    assert classes_of(tagged.sight, [stretch]) == []
    thought = Thought(page.record, classes=(stretch,))
    thought.scope("Louis Marchal", "Cadets", 0.8)
    assert scopes_of(thought.opinion) == {0: (pytest.approx(0.8), "Cadets")}
    assert lines(proposals(thought, page)) == ["final Cadets 1 d1"]


# --- incidents and entries


def test_those_of_one_sentence_are_in_one_incident() -> None:
    page = Page("Louis Marchal et Jean Tavernier s'accrochent. Paul Ortolan aussi, plus tard.")
    page.session()
    for name in ("Louis Marchal", "Jean Tavernier", "Paul Ortolan"):
        page.driver(name)
    thought = Thought(page.record)
    for name, chance in (("Louis Marchal", 0.4), ("Jean Tavernier", 0.8), ("Paul Ortolan", 0.6)):
        thought.claim(name, "incident:collision", chance)
    found = proposals(thought, page)
    assert [
        (i.type, [(p.driver, p.text) for p in i.participants], i.confidence) for i in found.incidents
    ] == [
        ("collision", [("d1", "Louis Marchal"), ("d2", "Jean Tavernier")], pytest.approx(0.8)),
        ("collision", [("d3", "Paul Ortolan")], pytest.approx(0.6)),
    ]
    assert evidence(found.incidents)[1] == "Paul Ortolan aussi, plus tard."


def test_who_drives_for_whom_is_proposed_once_and_not_again() -> None:
    page = brumeval()
    thought = Thought(page.record)
    for team in ("Écurie Brume", "Team Sillage"):
        for name in ("Louis Marchal", "Marchal"):
            thought.entry(name, team, 0.5)
    found = proposals(thought, page)
    assert [(e.drivers, e.team) for e in found.entries] == [(("d1",), "t2")]


# --- speech


SPEECH = "Je savais que la course se jouerait au départ"


def spoken() -> Page:
    page = Page(f"Louis Marchal gagne. {SPEECH}, dit Jean Tavernier. « Quelle journée », dit Marchal.")
    page.driver("Louis Marchal", "Marchal")
    page.driver("Jean Tavernier")
    page.quote("Quelle journée")
    return page


def test_speech_without_marks_is_heard_and_the_rules_quotes_are_not_heard_twice() -> None:
    page = spoken()
    thought = Thought(page.record)
    thought.tag("speech", SPEECH, 0.9)
    thought.tag("speech", "Quelle journée", 0.9)
    found, chances = with_speeches(page.record, thought.sight)
    assert [(q.id, q.text) for q in found.quotes] == [("q1", "Quelle journée"), ("+q0", SPEECH)]
    assert chances == {"+q0": pytest.approx(0.9)}
    RaceRecord.model_validate(found.model_dump())


def test_a_word_or_two_are_no_speech() -> None:
    page = spoken()
    thought = Thought(page.record)
    thought.tag("speech", "Je savais que la", 0.9)
    assert speeches_of(thought.sight, page.text, []) == []
    thought.tag("speech", "Je savais que la course", 0.9)
    assert len(speeches_of(thought.sight, page.text, [])) == 1
    thought.tag("speech", "Je savais que la course", 0.4)
    assert speeches_of(thought.sight, page.text, []) == []


def test_the_model_says_who_speaks_in_what_it_heard_itself() -> None:
    page = spoken()
    thought = Thought(page.record)
    thought.tag("speech", SPEECH, 0.9)
    record, _ = with_speeches(page.record, thought.sight)
    thought = Thought(record)
    thought.speaker("Louis Marchal", SPEECH, 0.5)
    thought.speaker("Jean Tavernier", SPEECH, 0.8)
    thought.speaker("Jean Tavernier", "Quelle journée", 0.9)
    speakers = [q.speaker for q in with_speakers(record, thought.opinion).quotes]
    assert speakers == [None, "d2"]  # the first one is the rules' own
    thought.speaker("Louis Marchal", SPEECH, 0.29)
    thought.speaker("Jean Tavernier", SPEECH, 0.29)
    assert with_speakers(record, thought.opinion).quotes[1].speaker is None
