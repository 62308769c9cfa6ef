"""From report files to gold records."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.corpus.report import Report, ReportError
from extractor.record import LapGap
from tests.unit.corpus.conftest import FACTS, TEXT

Compiled = Callable[..., Report]


def test_a_report_becomes_its_record(compiled: Compiled) -> None:
    record = compiled().record
    assert [(d.id, d.name, d.aliases) for d in record.drivers] == [
        ("d1", "Robert Lorieux", ("LORIEUX", "Lorieux")),
        ("d2", "Fargeat", ()),
        ("d3", "Ravier", ()),
    ]
    assert [(m.text, m.form) for m in record.drivers[0].mentions] == [
        ("LORIEUX", "name"),
        ("Lyonnais", "nominal"),
        ("Robert Lorieux", "name"),
        ("ce dernier", "pronoun"),
        ("Lorieux", "name"),
    ]
    entry = record.entries[0]
    assert (entry.drivers, entry.team, entry.number, entry.car) == (("d1",), "t1", "7", "Gordini")
    assert entry.evidence[0].text == "Robert Lorieux, sur la Gordini n° 7 de l'Écurie du Lac"
    first, second, out = record.results
    assert [span.text for span in first.evidence] == [
        "l'emporta en 6 m. 12 s.",
        "1. Lorieux (Gordini), 6 m. 12 s.",
    ]
    assert (second.position, second.time, second.gap) == (2, "PT6M40.000S", "PT28.000S")
    assert second.evidence[0].text == "2. Ravier (Porsche), 6 m. 40 s."
    assert (out.status, out.position) == ("dnf", None)
    incident = record.incidents[0]
    assert (incident.participants[0].text, incident.where) == ("Fargeat", "kilomètre quatre")
    assert record.quotes[0].text == "Je n'ai touché au frein que deux fois"
    assert record.quotes[0].speaker == "d1"


@pytest.mark.parametrize(
    ("line", "check"),
    [
        (
            'grid c "Sport" "S" @l: 3 ravier optional',
            lambda r: (r.scope, r.scope_aliases, r.optional) == ("Sport", ("S",), True),
        ),
        (
            "final c @l: 4 ravier +2laps 12laps 8.5pts",
            lambda r: (r.gap, r.laps, r.points) == (LapGap(laps=2), 12, 8.5),
        ),
        (
            "final c @l: - ravier 1:02:03.45 inferred",
            lambda r: (r.position, r.time, r.standing) == (None, "PT1H2M3.450S", "inferred"),
        ),
        (
            'running c: 5 fargeat+ravier @"sur la Gordini"',
            lambda r: (r.drivers, r.evidence[0].text) == (("d2", "d3"), "sur la Gordini"),
        ),
        ('running c: 5 ravier @"6 m."#2', lambda r: r.evidence[0].text == "6 m."),
    ],
)
def test_ways_to_write_a_result(compiled: Compiled, line: str, check: Callable[[object], bool]) -> None:
    assert check(compiled(facts=f"{FACTS}{line}\n").record.results[-1])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("finale c: 1 ravier @l", "no_such_fact"),
        ("final c: 1 ravier", "no_evidence"),
        ("final c @x: 1 ravier", "no_such_label"),
        ('final c: 1 ravier @"nulle part"', "not_in_text"),
        ('final c: 1 ravier @"6 m."', "several_times"),
        ("final c @l: premier ravier", "no_number"),
        ("final c @l: 1 ravier vite", "bad_measure"),
        ("final c @l: 1", "word_missing"),
        ("incident bris c ravier @l", "not_one_of"),
        ("incident fire c ravier:coupable @l", "not_one_of"),
        ("incident fire c ravier", "no_evidence"),
        ("quote q9 ravier", "no_evidence"),
        ("entry: ravier number=99", "not_in_text"),
        ("session d: course", "not_one_of"),
        ("entry: ravier couleur=rouge", "unknown_words"),
        ("accept length", "word_missing"),
    ],
)
def test_a_bad_fact_is_named_with_its_line(compiled: Compiled, line: str, code: str) -> None:
    with pytest.raises(ReportError) as caught:
        compiled(facts=f"{FACTS}{line}\n")
    lines = 5 + 1 + len(TEXT.split("\n")) + 1 + len(FACTS.splitlines()) + 1
    assert [(p.code, p.line) for p in caught.value.problems] == [(code, lines)]


def test_a_participant_may_be_named_in_other_words(compiled: Compiled) -> None:
    facts = FACTS + 'incident spin c ravier="Porsche":subject "Gordini":victim @l\n'
    record = compiled(facts=facts).record
    assert [(p.driver, p.text, p.role) for p in record.incidents[-1].participants] == [
        ("d3", "Porsche", "subject"),
        (None, "Gordini", "victim"),
    ]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"facts": FACTS + "drivers: personne\n"}, "key_not_marked"),
        ({"facts": FACTS + "final d @l: 1 ravier\n"}, "no_such_key"),
        ({"facts": FACTS + "final c @l: 1 inconnu\n"}, "no_such_key"),
        ({"facts": FACTS + "session c: race\n"}, "key_twice"),
        ({"facts": FACTS + "final c @l: 0 ravier\n"}, "breaks_invariant"),
        ({"head": 'discipline = "curling"\nyear = 1954\nstyle = "club"\nauthor = "a00"\n'}, "bad_metadata"),
        ({"head": "discipline = \n"}, "bad_metadata"),
        ({"text": "a\n+++\nb"}, "not_three_parts"),
    ],
)
def test_what_cannot_be_a_record_is_refused(
    source: Callable[..., str], tmp_path, parts: dict[str, str], code: str
) -> None:
    from extractor.corpus.report import read_report

    path = tmp_path / "essai.report"
    path.write_text(source(**parts), encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        read_report(path)
    assert caught.value.problems[0].code == code
