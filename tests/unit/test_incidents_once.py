"""One happening is one incident: damage, bystanders' words and lists do not tell it again."""

from __future__ import annotations

import pytest
from test_incidents import facts, told

from extractor import extract

DAMAGE = [
    ("Luc Ferrand percute Marc Tellier au premier virage. Triangle tordu, Tellier rentre à pied.", {"collision !Tellier+Ferrand"}),
    ("Hugo Brémont chute dans la descente : fourche pliée, il abandonne.", {"fall !Brémont"}),
    ("Anne Sorel tape le rail au quatrième tour, châssis faussé.", {"crash !Sorel"}),
    ("Marc Tellier est percuté par Paul Vasseur ; Tellier abandonne, radiateur crevé.", {"collision !Tellier+Vasseur"}),
    ("Luc Ferrand et Anne Sorel s'accrochent à l'épingle. Sorel y laisse une roue et s'arrête.", {"collision !Sorel+Ferrand"}),
    ("Paul Vasseur part en tête-à-queue et rentre au stand, suspension faussée.", {"spin Vasseur"}),
    ("Anne Sorel et Marc Tellier se touchent. Tellier continue, aile froissée.", {"collision Sorel+Tellier"}),
    # what breaks by itself is told for itself
    ("Luc Ferrand percute Marc Tellier. Ferrand casse son moteur au huitième tour.", {"collision Ferrand+Tellier", "mechanical !Ferrand"}),
    ("Hugo Brémont part en tête-à-queue au 2e tour. Anne Sorel casse un triangle.", {"mechanical !Sorel", "spin Brémont"}),
    ("Paul Vasseur tape les pneus au 3e tour et repart. Il perd une roue au 9e tour, écrou desserré.", {"crash Vasseur", "mechanical !Vasseur"}),
    ("Luc Ferrand et Marc Tellier s'accrochent. La boîte de vitesses de Tellier se bloque ensuite.", {"collision Ferrand+Tellier", "mechanical !Tellier"}),
    ("Anne Sorel casse un triangle au 5e tour.", {"mechanical !Sorel"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), DAMAGE, ids=[s for s, _ in DAMAGE])
def test_what_a_contact_breaks_is_told_with_it(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


TOGETHER = [
    ("Luc Ferrand et Marc Tellier s'accrochent : abandon des deux voitures.", {"collision !Ferrand+!Tellier"}),
    ("Luc Ferrand et Marc Tellier s'accrochent au premier virage et abandonnent tous les deux.", {"collision !Ferrand+!Tellier"}),
    ("Luc Ferrand et Marc Tellier se touchent ; ils en restent là tous les deux.", {"collision !Ferrand+!Tellier"}),
    ("Luc Ferrand percute Marc Tellier. Les deux conducteurs abandonnent, indemnes.", {"collision !Ferrand+!Tellier"}),
    ("Luc Ferrand et Marc Tellier s'accrochent. Les deux machines furent remorquées.", {"collision !Ferrand+!Tellier"}),
    ("Anne Sorel et Paul Vasseur se touchent ; la première rentre à pied, le second finit neuvième.", {"collision !Sorel+Vasseur"}),
    ("Luc Ferrand et Marc Tellier s'accrochent ; l'un reste dans le bac, l'autre finit sixième.", {"collision Ferrand+Tellier"}),
    ("Luc Ferrand et Marc Tellier s'accrochent au premier tour. Les deux premiers étaient déjà loin.", {"collision Ferrand+Tellier"}),
    ("Luc Ferrand doit renoncer dès le 3e tour sur un problème de turbo.", {"mechanical !Ferrand"}),
    ("LUC FERRAND ABANDONNE DES LE PREMIER TOUR.", {"retirement !Ferrand"}),
    ("Luc Ferrand abandonne des places à chaque tour.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), TOGETHER, ids=[s for s, _ in TOGETHER])
def test_who_falls_out_together(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


RACE = """Le Championnat Régional à Montbrun

Course 1

{prose}

1. Luc Ferrand (Team Orval) 25'10"123
2. Marc Tellier (Brière Racing) à 1"204
3. Hugo Brémont (Écurie du Lac) à 4"017
"""

FINISHED = [
    "Luc Ferrand menait devant Marc Tellier. Tellier revient à une longueur mais il n'ira pas plus loin.",
    "Hugo Brémont passait troisième au 4e tour et on ne l'a plus revu.",
    "Derrière Luc Ferrand, Marc Tellier était deuxième, et il n'en a plus bougé.",
    "Marc Tellier gara sa machine devant les stands sous les bravos.",
    "Hugo Brémont n'a pas vu le drapeau et il a tourné une fois de plus.",
]


@pytest.mark.parametrize("prose", FINISHED)
def test_whoever_is_classified_has_not_retired(prose: str) -> None:
    record = extract(RACE.format(prose=prose))
    assert not [i for i in record.incidents if i.type in ("retirement", "did_not_start")]
    assert not [r for r in record.results if r.status in ("dnf", "dns")]


def test_what_befell_somebody_in_the_list_stays_and_leaves_him_in_the_race() -> None:
    record = extract(RACE.format(prose="Marc Tellier casse son cardan dans le dernier tour."))
    assert [i.type for i in record.incidents] == ["mechanical"]
    assert "retirement" not in record.incidents[0].consequences
    assert not [r for r in record.results if r.status == "dnf"]


def test_others_of_the_race_do_retire() -> None:
    record = extract(RACE.format(prose="Anne Sorel (Garage Morin) n'ira pas plus loin que le 4e tour."))
    names = {d.id: d.name for d in record.drivers}
    assert [names[d] for r in record.results if r.status == "dnf" for d in r.drivers] == ["Anne Sorel"]


SILENT = [
    # a subject of its own, whom nobody knows
    "Marc Tellier menait. L'eau y reste dans la cuvette.",
    "Anne Sorel signe le meilleur temps. La direction stoppe les essais.",
    "Luc Ferrand l'emporte. On renonce vite à compter ses victoires.",
    "Hugo Brémont gagne une course qui n'a duré que quatre heures.",
    # words that mean something else
    "Luc Ferrand a gagné devant le pont des Morts.",
    "Anne Sorel gagne à Saint-CALAIS : elle l'avait promis.",
    "Marc Tellier attend sous la bâche.",
    "Paul Vasseur a fait appel, puis y a renoncé.",
    "Derrière Luc Ferrand, on ne voyait que les piquets.",
    # nearly, if not for, and another day
    "Hugo Brémont a bien cru aller au rail.",
    "Sans ses mécaniciens, Anne Sorel abandonnait.",
    "Marc Tellier était déjà venu en 2017 et il avait fini dans l'herbe.",
    "Abandon à Vauréal, disqualifié à Morlay : Marc Tellier n'avait pas encore marqué.",
    "Abandon à Dreux, disqualifié à Pau : Luc Ferrand n'avait pas encore marqué.",
    "Un duel que Paul Vasseur et Luc Ferrand ont mené sans attendre la casse.",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_what_befalls_nobody_of_the_race(sentence: str) -> None:
    assert told(sentence) == set()


ONCE = [
    ("Anne Sorel reçoit cinq secondes de pénalité pour spoiler décroché.", {"penalty Sorel"}),
    ("Luc Ferrand perd l'arrière à l'entrée du pont de la rivière et heurte durement la glissière.", {"crash !Ferrand"}),
    ("Marc Tellier percute Hugo Brémont. La Lola de Brémont reste dans le bac.", {"collision !Brémont+Tellier"}),
    ("Hugo Brémont abandonne. On l'évacue vers l'infirmerie.", {"retirement !Brémont"}),
    ("Paul Vasseur ne vit que la première montée.", {"retirement !Vasseur"}),
    ("Les commissaires l'ont exclu : Luc Ferrand est déçu.", {"disqualification Ferrand"}),
    ("Marc Tellier est deuxième. La voiture abandonne au 8e tour.", {"retirement !Tellier"}),
    ("Luc Ferrand crève au 3e tour. Notre homme finit la boucle sur la jante.", {"puncture Ferrand"}),
    ("Hugo Brémont était deuxième à Vauréal, il a tiré tout droit dans un pré au col.", {"off_track Brémont"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), ONCE, ids=[s for s, _ in ONCE])
def test_what_is_told_is_told_once(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


OUT = [
    ("La Lola de Luc Ferrand perd une roue au cinquième tour.", {"mechanical !Ferrand"}),
    ("Marc Tellier casse son moteur alors qu'il pointait troisième.", {"mechanical !Tellier"}),
    ("Hugo Brémont, deuxième durant six tours, casse son cardan.", {"mechanical !Brémont"}),
    ("Anne Sorel et Paul Vasseur se touchent ; le second en est resté là.", {"collision !Vasseur+Sorel"}),
    ("Luc Ferrand, rangé au quinzième tour, n'a rien dit.", {"retirement !Ferrand"}),
    ("Marc Tellier quitte la piste au sixième tour, sans retour.", {"off_track !Tellier"}),
    ("Hugo Brémont est tombé dans la descente et a été conduit à l'infirmerie.", {"fall !Brémont"}),
    ("Anne Sorel et Paul Vasseur s'accrochent. Les deux pilotes ne prennent pas le deuxième départ.", {"collision !Sorel+!Vasseur"}),
    ("Luc Ferrand finit l'après-midi assis sur les bottes de paille.", {"retirement !Ferrand"}),
    ("Au premier tour, un carambolage au pont met hors course Luc Ferrand et Marc Tellier.", {"collision !Ferrand+!Tellier"}),
    ("Luc Ferrand et Marc Tellier s'accrochent. Fin de la promenade pour tous les deux.", {"collision !Ferrand+!Tellier"}),
    ("Anne Sorel et Paul Vasseur se touchent : le second regagne les stands à pied.", {"collision !Vasseur+Sorel"}),
    ("Marc Tellier gagne. Restent la Clio et la 205.", set()),
    ("Hugo Brémont perd une place, puis deux.", set()),
    ("Anne Sorel est rangée parmi les amateurs.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), OUT, ids=[s for s, _ in OUT])
def test_who_is_said_to_be_out(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


MEETING = """Les courses de Montbrun

Luc Ferrand (Team Orval) et Marc Tellier (Brière Racing) se partagent les victoires{flag}.

Course 1

Luc Ferrand gagne devant Marc Tellier. {first}

Course 2

Marc Tellier gagne devant Luc Ferrand. {second}

Classement des deux courses
1. Luc Ferrand 45
2. Marc Tellier 45
{last}
"""


def kinds(first: str, second: str, last: str = "", flag: str = "") -> list[tuple[str, str]]:
    """Return the incidents of a meeting as type and label of the session."""
    record = extract(MEETING.format(first=first, second=second, last=last, flag=flag))
    labels = {session.id: session.label or session.kind for session in record.sessions}
    return [(i.type, labels[i.session]) for i in record.incidents if i.session]


def test_a_summary_names_no_second_red_flag() -> None:
    told_twice = kinds(
        "", "La course est arrêtée au drapeau rouge au 4e tour.", flag=", sous un drapeau rouge"
    )
    assert told_twice == [("red_flag", "Course 2")]


def test_who_fell_out_of_a_race_is_not_out_again_in_the_sum() -> None:
    told_twice = kinds("Anne Sorel (Garage Morin) casse son moteur.", "", "Abandons : Anne Sorel.")
    assert told_twice == [("mechanical", "Course 1")]


def test_what_is_recalled_is_no_second_happening() -> None:
    first = "Anne Sorel (Garage Morin) et Hugo Brémont (Écurie du Lac) s'accrochent."
    assert kinds(first, "Après son accrochage du matin, Anne Sorel finit troisième.") == [
        ("collision", "Course 1")
    ]
    assert ("collision", "Course 2") in kinds(first, "Anne Sorel et Hugo Brémont s'accrochent encore.")


SHARED = [
    # crews, owners, those who climb out and those who watch
    ("Abandons : Ferrand - Tellier (Lola n° 7), Anne Sorel (moteur).", {"mechanical !Sorel", "retirement !Ferrand+!Tellier"}),
    ("La Jaguar Type E de Luc Ferrand s'arrête au 3e tour, courroie rompue.", {"mechanical !Ferrand"}),
    ("Marc Tellier fait deux tonneaux. Il va bien, il est sorti tout seul.", {"crash !Tellier"}),
    ("Marc Tellier est sorti tout seul au troisième tour.", {"off_track Tellier"}),
    ("Hugo Brémont se retrouve devant au 2e tour et il n'en bouge plus.", set()),
    ("Hugo Brémont reste dans le bac et n'en bouge plus.", {"off_track !Brémont"}),
    ("Luc Ferrand passe en tête et n'a plus revu personne.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SHARED, ids=[s for s, _ in SHARED])
def test_crews_owners_and_those_who_climb_out(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


SEASON = """Les courses de Montbrun

Course 1

{first}

1. Luc Ferrand (Team Orval) 25'10"123
2. Hugo Brémont (Écurie du Lac) à 4"017

Course 2

{second}

1. Hugo Brémont 25'14"001
2. Anne Sorel (Garage Morin) à 2"310
3. Paul Vasseur (Delta Compétition) à 5"114
"""


def out(first: str, second: str) -> set[tuple[str, str]]:
    """Return who is out of which race."""
    record = extract(SEASON.format(first=first, second=second))
    names = {driver.id: driver.name for driver in record.drivers}
    labels = {session.id: session.label or session.kind for session in record.sessions}
    return {(names[d], labels[r.session]) for r in record.results if r.status == "dnf" for d in r.drivers}


def test_driving_on_in_one_race_says_nothing_of_another() -> None:
    assert out("Anne Sorel (Garage Morin) casse son cardan.", "Anne Sorel remonte et finit deuxième.") == {
        ("Anne Sorel", "Course 1")
    }
    assert out("Paul Vasseur (Delta Compétition) tape le rail.", "Hugo Brémont gagne.") == {
        ("Paul Vasseur", "Course 1")
    }


def test_a_place_behind_the_breakdown_leaves_him_in_the_race() -> None:
    assert out("Hugo Brémont, dont un cardan a cédé à moitié, a terminé deuxième.", "") == set()
    assert out("Anne Sorel (Garage Morin), dont un cardan a cédé, est restée au bord.", "") == {
        ("Anne Sorel", "Course 1")
    }


@pytest.mark.parametrize(
    "speech", ["Une coupe et une panne, c'est un beau dimanche.", "Un podium, une casse, un tas de tôle."]
)
def test_a_speaker_who_counts_up_his_day_tells_nothing(speech: str) -> None:
    record = extract(
        RACE.format(prose=f"Luc Ferrand (Team Orval) gagne. « {speech} », dit Marc Tellier au parc fermé.")
    )
    assert [i.type for i in record.incidents] == []


def test_the_clause_that_names_a_session_speaks_for_its_sentence() -> None:
    record = extract(
        SEASON.format(
            first="Luc Ferrand gagne.",
            second="Marc Tellier (Brière Racing) avait fait un tonneau dans la course 1 : son week-end s'arrête là.",
        )
    )
    labels = {session.id: session.label or session.kind for session in record.sessions}
    assert [(i.type, labels[i.session].lower()) for i in record.incidents if i.session] == [
        ("crash", "course 1")
    ]


def test_a_bare_crew_is_the_one_just_spoken_of() -> None:
    prose = (
        "La BMW n° 12 de Marc Tellier et Anne Sorel est troisième. Paul Vasseur regagne son stand au ralenti, "
        "turbo brisé. L'équipage doit abandonner."
    )
    found, names = facts(prose)
    assert {names[p].split()[-1] for fact in found for p in fact.retired} == {"Vasseur"}


def test_he_of_whom_somebody_speaks_is_not_the_speaker() -> None:
    record = extract(
        "Coupe de l'Armagnac à Nogaro\n\nSur le circuit de Nogaro, les pilotes ont disputé la course.\n\n"
        "Paul Jouvion (Écurie Brume) : « Le départ n’a pas été facile avec Henri Tassard qui me double au premier "
        "tour. Il part ensuite à la faute en se battant avec Luc Ferrand, ce qui me permet de revenir. »\n"
    )
    names = {driver.id: driver.name for driver in record.drivers}
    assert "Paul Jouvion" not in {names.get(p.driver or "") for i in record.incidents for p in i.participants}
