"""What is known of a report: title, publication, event; each with the words that say so, and nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

import extractor
from extractor.readers import SourceText, Told
from extractor.record import RaceRecord

RACE = (
    "Jean Tavernier (Porsche) s'est imposé en course 1 devant Louis Marchal et Paul Ortolan. Parti en pole position, "
    "le pilote de l'Écurie du Lac a mené tous les tours. Louis Marchal a abandonné en course 2 sur casse moteur."
)


def record(text: str, *told: Told) -> RaceRecord:
    source = SourceText.of(text, source="page.html", media_type="text/html", told=told)
    return extractor.extract(source, model="none")


def told(found: RaceRecord, field: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [
        (one.value, one.origin, tuple(span.text for span in one.evidence))
        for one in found.document.told
        if one.field == field
    ]


@pytest.mark.parametrize(
    "head",
    [
        "COMMUNIQUÉ DE PRESSE\n\n",
        "STOCK-CAR CLUB DU MARAIS\nBulletin n° 14 – juin 1970\n\n",
        "AUTOMOBILISME\n\n",
        "Accueil | Circuits | Pilotes\n\n",
        "VAL DU LAC – 22 et 23 septembre 2001\n",
        "Albi, le 5 juin 1954\n\n",
        "L'Écho du paddock\nAccueil > Saisons > 1977\n\n",
        "Publié le 12/05/2019 à 18h - Mis à jour le 13/05/2019\n\n",
    ],
)
def test_the_title_is_the_heading_of_the_report(head: str) -> None:
    found = record(f"{head}TAVERNIER DEUX FOIS PREMIER\n\n{RACE}\n")
    assert found.document.title == "TAVERNIER DEUX FOIS PREMIER"
    assert told(found, "title")[0][2] == ("TAVERNIER DEUX FOIS PREMIER",)


def test_without_a_heading_the_container_gives_the_title() -> None:
    named = Told("title", "Tavernier deux fois premier | L'Écho", "html meta og:title")
    found = record(RACE, named, Told("publisher", "L'Écho", "html meta og:site_name"))
    assert found.document.title == "Tavernier deux fois premier"
    assert told(found, "title") == [("Tavernier deux fois premier | L'Écho", "html meta og:title", ())]
    assert record(RACE, Told("title", "Microsoft Word - cr3.doc", "pdf info Title")).document.title is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Publié le 12/05/2019 à 18h", date(2019, 5, 12)),
        ("Publié le 12/05/2019 à 18h - Mis à jour le 13/05/2019", date(2019, 5, 12)),
        ("Mis à jour le 13 mai 2019", date(2019, 5, 13)),
        ("Le 13/05/2019 à 10:42 – Circuits", date(2019, 5, 13)),
        ("Communiqué n° 5 – 13 mai 2019", date(2019, 5, 13)),
        ("Albi, le 13 mai 2019", date(2019, 5, 13)),
    ],
)
def test_the_line_above_the_report_dates_it(line: str, day: date) -> None:
    found = record(f"{line}\n\nTavernier deux fois premier\n\n{RACE}\n")
    assert found.document.published_on == day
    assert found.event.starts_on is None
    assert told(found, "published_on")[0][2][0] in line


def test_a_dispatch_is_published_on_its_date() -> None:
    found = record(f"Tavernier deux fois premier\n\nLE LAC (Var), 18 mai 2008 - {RACE}\n")
    assert found.document.published_on == date(2008, 5, 18)
    assert found.event.starts_on is None


def test_the_day_of_the_race_is_no_day_of_publication() -> None:
    found = record(f"COUPES DU LAC – ALBI, 17 et 18 mai 2008\n\nTavernier deux fois premier\n\n{RACE}\n")
    assert found.document.published_on is None
    assert (found.event.starts_on, found.event.ends_on) == (date(2008, 5, 17), date(2008, 5, 18))
    assert found.event.venue == "ALBI"


@pytest.mark.parametrize(
    "sentence",
    [
        "Les Coupes du Lac se sont disputées les 17 et 18 mai 2008 devant huit mille spectateurs.",
        "Samedi 17 et dimanche 18 mai 2008, les Coupes du Lac ont réuni cent voitures.",
        "Le meeting a eu lieu du 17 au 18 mai 2008.",
    ],
)
def test_the_days_of_the_event_are_told_in_a_sentence(sentence: str) -> None:
    found = record(f"Tavernier deux fois premier\n\n{sentence} {RACE}\n")
    assert (found.event.starts_on, found.event.ends_on) == (date(2008, 5, 17), date(2008, 5, 18))
    assert any("18 mai 2008" in span.text for span in found.event.evidence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le prochain meeting aura lieu les 17 et 18 mai 2008.",
        "Tavernier est né le 17 mai 1978.",
        "Les engagements sont reçus jusqu'au 17 mai 2008.",
        "« J'ai débuté ici le 17 mai 1998, ma première course », disait Tavernier.",
        "Dimanche, on courait devant huit mille spectateurs.",
        "L'épreuve, prévue le 17 mai 2008, fut reportée d'une semaine.",
        "Les 24 Heures n'ont duré que vingt heures.",
    ],
)
def test_dates_of_other_days_are_not_the_event_s(sentence: str) -> None:
    found = record(f"Tavernier deux fois premier\n\n{RACE}\n\n{sentence}\n")
    assert (found.event.starts_on, found.event.ends_on) == (None, None)
    shown = record(f"Tavernier deux fois premier\n\n{sentence} {RACE}\n")
    assert (shown.event.starts_on, shown.event.ends_on) == (None, None)


def test_the_year_may_stand_in_the_head_or_in_the_day_of_publication() -> None:
    bulletin = record(f"Bulletin n° 14 – juin 1970\n\nRÉUNION DU 14 JUIN À VILLENEUVE\n\n{RACE}\n")
    assert bulletin.event.starts_on == date(1970, 6, 14)
    (day,) = [one for one in bulletin.document.told if one.field == "starts_on"]
    assert day.standing == "inferred"
    assert [span.text for span in day.evidence] == ["14 JUIN", "1970"]
    sentence = "La course a eu lieu dimanche 29 décembre."
    page = record(f"Publié le 03/01/2014 à 8h\n\nTavernier deux fois premier\n\n{sentence} {RACE}\n")
    assert page.event.starts_on == date(2013, 12, 29)


def test_a_year_that_is_history_dates_nothing() -> None:
    sentence = "Le Challenge du Lac, né en 1991, avait lieu dimanche 2 octobre."
    assert record(f"Tavernier deux fois premier\n\n{sentence} {RACE}\n").event.starts_on is None


@pytest.mark.parametrize(
    ("sentence", "series", "number"),
    [
        (
            "C'était la troisième manche du Championnat de France des Rallyes.",
            "Championnat de France des Rallyes",
            3,
        ),
        ("Quatrième épreuve de la Coupe du Lac, la course a plu.", "Coupe du Lac", 4),
        ("L'épreuve, comptant pour le Trophée des Monts, a plu.", "Trophée des Monts", None),
        ("Le Trophée des Monts retrouvait Albi pour la sixième manche de sa saison.", "Trophée des Monts", 6),
        ("Le Trophée des Monts disputait à Albi sa cinquième manche.", "Trophée des Monts", 5),
    ],
)
def test_the_series_is_what_the_event_counts_for(sentence: str, series: str, number: int | None) -> None:
    found = record(f"Tavernier deux fois premier\n\n{sentence} {RACE}\n")
    assert (found.event.series, found.event.round) == (series, number)


@pytest.mark.parametrize(
    "sentence",
    [
        "La prochaine manche du Championnat de Bretagne aura lieu à Lohéac.",
        "La Coupe des Dames revient à Mme Aubry.",
        "Première manche : Tavernier gagne devant Marchal.",
    ],
)
def test_other_cups_are_not_the_series(sentence: str) -> None:
    found = record(f"Tavernier deux fois premier\n\n{RACE}\n\n{sentence}\n")
    assert (found.event.series, found.event.round) == (None, None)


def test_the_paper_is_the_publisher() -> None:
    assert told(record(f"STOCK-CAR CLUB DU MARAIS\n\nTavernier gagne\n\n{RACE}"), "publisher") == [
        ("STOCK-CAR CLUB DU MARAIS", None, ("STOCK-CAR CLUB DU MARAIS",))
    ]
    assert (
        told(record(f"Communiqué de l'A.S.A. du Lac\n\nTavernier gagne\n\n{RACE}"), "publisher")[0][0]
        == "A.S.A. du Lac"
    )
    assert (
        told(record(f"Tavernier gagne\n\n{RACE}\n\nSource : L'Écho du Lac"), "publisher")[0][0]
        == "L'Écho du Lac"
    )
    assert not told(record(f"COMMUNIQUÉ DE PRESSE\n\nTavernier gagne\n\n{RACE}"), "publisher")


def test_where_text_and_container_disagree_the_text_is_believed_and_a_finding_says_so() -> None:
    found = record(
        f"Publié le 12/05/2019 à 18h\n\nTavernier deux fois premier\n\n{RACE}",
        Told("published_on", "2021-01-04", "html meta article:published_time"),
        Told("title", "Tavernier deux fois premier", "html title"),
    )
    assert found.document.published_on == date(2019, 5, 12)
    assert [value for value, _, _ in told(found, "published_on")] == ["2019-05-12", "2021-01-04"]
    (finding,) = [one for one in found.findings if one.code == "container_contradicts"]
    assert "2021-01-04" in finding.message
    assert "2019-05-12" in finding.message


def test_the_day_on_which_a_file_was_made_is_no_day_of_publication() -> None:
    found = record(f"Tavernier gagne\n\n{RACE}", Told("published_on", "2021-01-04", "pdf info CreationDate"))
    assert found.document.published_on is None
    assert told(found, "published_on") == [("2021-01-04", "pdf info CreationDate", ())]


def test_what_is_no_race_has_a_title_and_no_event() -> None:
    found = record("LE CONSEIL MUNICIPAL\n\nLe conseil a voté le budget de la commune lundi 5 juin 1954.\n")
    assert found.document.title == "LE CONSEIL MUNICIPAL"
    assert found.event.starts_on is None


def test_a_communique_is_sent_some_days_after_its_date() -> None:
    dated = f"Communiqué n° 5 – 13 mai 2019\n\nTavernier gagne\n\n{RACE}"
    sent = record(dated, Told("published_on", "2019-05-15T09:12:00+02:00", "mail Date"))
    assert sent.document.published_on == date(2019, 5, 13)
    assert not [one for one in sent.findings if one.code == "container_contradicts"]
    late = record(dated, Told("published_on", "2021-05-15", "mail Date"))
    assert [one for one in late.findings if one.code == "container_contradicts"]
