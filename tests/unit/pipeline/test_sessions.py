"""Sessions: which there were, and which sentence speaks of which."""

from __future__ import annotations

from marked import cases, read

KINDS = {
    "one race": ("Louis Marchal gagne devant Jean Tavernier.", ["race"]),
    "two races": (
        "Course 1\n\nLouis Marchal gagne.\n\nCourse 2\n\nJean Tavernier gagne.",
        ["race 1", "race 2"],
    ),
    "capitals": ("COURSE 1 : Louis Marchal gagne.\n\nCOURSE 2 : Jean Tavernier gagne.", ["race 1", "race 2"]),
    "with a day": (
        "Course 1 (samedi, 13h10)\n\nLouis Marchal gagne.\n\nCourse 2 (dimanche, 9h)\n\nJean Tavernier gagne.",
        ["race 1", "race 2"],
    ),
    "ordinals": (
        "Lors de la première course, Louis Marchal gagne.\n\nLors de la deuxième course, Jean Tavernier gagne.",
        ["race 1", "race 2"],
    ),
    "manches": (
        "Première manche\n\nLouis Marchal gagne.\n\nDeuxième manche\n\nJean Tavernier gagne.",
        ["race 1", "race 2"],
    ),
    "qualifying and race": (
        "Qualifications\n\nLouis Marchal signe le meilleur temps.\n\nCourse\n\nJean Tavernier gagne.",
        ["qualifying", "race"],
    ),
    "finals": ("Finale A\n\nLouis Marchal gagne.\n\nFinale B\n\nJean Tavernier gagne.", ["final", "final"]),
    "semi-final and final": (
        "Demi-finale 1\n\nLouis Marchal gagne.\n\nFinale\n\nJean Tavernier gagne.",
        ["semi_final 1", "final"],
    ),
    "stages": (
        "Rallye de Brumeval\n\nDans l'ES1, Louis Marchal signe le scratch. Dans l'ES2, Jean Tavernier signe le scratch. Louis Marchal remporte le rallye.",
        ["stage 1", "stage 2", "overall"],
    ),
    "half an hour is no semi-final": (
        "Après une heure et demie de course, Louis Marchal gagne devant Jean Tavernier.",
        ["race"],
    ),
    "the number of cars is not the race's": (
        "La deuxième course est revenue à Louis Marchal.\n\nLA COURSE\n\nVingt voitures au départ. Jean Tavernier termine deuxième.",
        ["race 2"],
    ),
    "a round of the season": (
        "Louis Marchal gagne la course. La sixième manche se courra à Montclar.",
        ["race"],
    ),
    "manches before a final are heats": (
        "Louis Marchal gagne la première manche, Jean Tavernier la deuxième manche. En finale, Louis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "eliminating heats": (
        "Première éliminatoire. — Louis Marchal gagne.\n\nDeuxième éliminatoire. — Jean Tavernier gagne.\n\nFinale. — Louis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "told by number alone": (
        "Lors de la première manche, Louis Marchal gagne. La seconde a vu la victoire de Jean Tavernier.",
        ["race 1", "race 2"],
    ),
    "announced, then told by number alone": (
        "Trois manches étaient au programme.\n\nLa première est revenue à Louis Marchal.\n\nDans la deuxième, Jean Tavernier gagne.\n\nLa dernière à Paul Orsini.",
        ["race 1", "race 2", "race 3"],
    ),
    "a place is no race": (
        "La première course revient à Louis Marchal. Jean Tavernier gagne la seconde course. Paul Orsini, parti de la troisième ligne, échoue à la sixième, à deux secondes.",
        ["race 1", "race 2"],
    ),
    "what two manches add up to": (
        "Louis Marchal gagne la première manche, Jean Tavernier la seconde. Au cumul des deux manches, Jean Tavernier gagne.",
        ["overall", "race 1", "race 2"],
    ),
    "qualifying added up": (
        "Course 1\n\nLouis Marchal gagne.\n\nCourse 2\n\nJean Tavernier gagne.\n\nAu cumul, Louis Marchal partira en pole dimanche.",
        ["race 1", "race 2"],
    ),
    "a season's table": (
        "Course 1\n\nLouis Marchal gagne.\n\nCourse 2\n\nJean Tavernier gagne.\n\nClassement général du championnat\n1. Louis Marchal, 120 points",
        ["race 1", "race 2"],
    ),
    "climbs": (
        "Course de côte de Brumeval\n\nSamedi, les deux montées d'essais ont séché la route.\n\nDimanche, première montée : Louis Marchal gagne. Jean Tavernier répond dans la deuxième. Il restait une montée.\n\nAu final, Louis Marchal gagne devant Jean Tavernier.",
        ["heat 1", "heat 2", "heat 3", "overall", "practice"],
    ),
    "one climb is a race": (
        "Course de côte de Brumeval\n\nLouis Marchal gagne devant Jean Tavernier.",
        ["race"],
    ),
    "lines that begin with an engine's size": (
        "Motocross de Brumeval\n\n85 MINIMES\n\nLouis Marchal gagne.\n\n125 NATIONAL\n\nJean Tavernier gagne.",
        ["race", "race"],
    ),
    "added up on the way to a final": (
        "Rallycross de Brumeval\n\nManche 1 : Louis Marchal gagne. Manche 2 : Jean Tavernier gagne, et Paul Orsini, bien classé au cumul, se qualifie.\n\nFinale\n\nLouis Marchal gagne.",
        ["final", "heat 1", "heat 2"],
    ),
    "the day after": (
        "Deux manches étaient au menu.\n\nLa première a souri à Louis Marchal.\n\nLe lendemain, Jean Tavernier gagne.",
        ["race 1", "race 2"],
    ),
}


@cases(KINDS)
def test_sessions(case: tuple[str, list[str]]) -> None:
    text, expected = case
    assert sorted(read(text).sessions) == sorted(expected)


TOLD = {
    "under headings": (
        "Course 1\n\nLouis Marchal gagne devant Jean Tavernier.\n\nCourse 2\n\nJean Tavernier gagne devant Louis Marchal.",
        {
            "race 1: final 1 Louis Marchal",
            "race 1: final 2 Jean Tavernier",
            "race 2: final 1 Jean Tavernier",
            "race 2: final 2 Louis Marchal",
        },
    ),
    "in the sentence": (
        "En course 1, Louis Marchal gagne. En course 2, Jean Tavernier gagne.",
        {"race 1: final 1 Louis Marchal", "race 2: final 1 Jean Tavernier"},
    ),
    "carried on": (
        "Lors de la première course, Louis Marchal prend la tête. Il gagne.\n\nLors de la seconde course, Jean Tavernier mène. Il gagne.",
        {"race 1: final 1 Louis Marchal", "race 2: final 1 Jean Tavernier"},
    ),
    "both at once": (
        "Course 1\n\nLouis Marchal gagne.\n\nCourse 2\n\nLouis Marchal gagne.\n\nBilan\n\nLouis Marchal remporte les deux courses.",
        {"race 1: final 1 Louis Marchal", "race 2: final 1 Louis Marchal"},
    ),
    "qualifying under its heading": (
        "Qualifications\n\nLouis Marchal devance Jean Tavernier. Paul Orsini est troisième.\n\nCourse\n\nJean Tavernier gagne.",
        {"qualifying: qualifying 3 Paul Orsini", "race: final 1 Jean Tavernier"},
    ),
    "by number alone": (
        "Louis Marchal gagne la première manche devant Jean Tavernier. Dans la seconde, Jean Tavernier gagne devant Paul Orsini.",
        {
            "race 1: final 1 Louis Marchal",
            "race 1: final 2 Jean Tavernier",
            "race 2: final 1 Jean Tavernier",
            "race 2: final 2 Paul Orsini",
        },
    ),
    "a classification adds up": (
        "Motocross de Brumeval\n\nPremière manche\n\nLouis Marchal gagne.\n\nSeconde manche\n\nJean Tavernier gagne.\n\nClassement général\n1. Jean Tavernier\n2. Louis Marchal\n3. Paul Orsini",
        {
            "race 1: final 1 Louis Marchal",
            "race 2: final 1 Jean Tavernier",
            "overall: final 1 Jean Tavernier",
            "overall: final 2 Louis Marchal",
            "overall: final 3 Paul Orsini",
        },
    ),
    "classes share the climb": (
        "Course de côte de Brumeval\n\nLa première montée est revenue à Louis Marchal.\n\nDeuxième montée : Jean Tavernier gagne.\n\nCLASSEMENT SCRATCH\n1. Jean Tavernier\n2. Louis Marchal\n\nGroupe CN : Paul Orsini gagne.",
        {
            "heat 1: final 1 Louis Marchal",
            "heat 2: final 1 Jean Tavernier",
            "overall: final 1 Jean Tavernier",
            "overall: final 2 Louis Marchal",
            "overall: final 1 Groupe CN: Paul Orsini",
        },
    ),
    "classes with distances of their own": (
        "Camions à Brumeval\n\nCLASSE A (8 tours). Louis Marchal gagne devant Jean Tavernier.\n\nCLASSE B (10 tours). Paul Orsini gagne et en a souri.",
        {
            "race: final 1 CLASSE A: Louis Marchal",
            "race: final 2 CLASSE A: Jean Tavernier",
            "race: final 1 CLASSE B: Paul Orsini",
        },
    ),
    "classes by their engines": (
        "Circuit de Brumeval\n\nEn 350 cmc, Louis Marchal gagne devant Jean Tavernier.\n\nLa course des 500 cmc réunissait douze partants. Paul Orsini gagne.",
        {
            "race: final 1 350 cmc: Louis Marchal",
            "race: final 2 350 cmc: Jean Tavernier",
            "race: final 1 500 cmc: Paul Orsini",
        },
    ),
    "classes that start together": (
        "Circuit de Brumeval\n\nToutes les cylindrées sont parties ensemble. Louis Marchal gagne la course.\n\nDans les 350 cmc, Paul Orsini devance Jean Tavernier.",
        {"race: final 1 Louis Marchal"},
    ),
    "podiums under their classes": (
        "Karting à Brumeval\n\nMINIME\n\nLouis Marchal gagne la préfinale. En finale, Jean Tavernier s'impose.\n\nCADET\n\nPaul Orsini gagne la finale.\n\nLES PODIUMS\n\nMinime : 1. Jean Tavernier - 2. Louis Marchal - 3. Luc Barnier\nCadet : 1. Paul Orsini - 2. Marc Delorme - 3. Guy Lestrade",
        {
            "semi_final: final 1 MINIME: Louis Marchal",
            "final: final 1 MINIME: Jean Tavernier",
            "final: final 1 CADET: Paul Orsini",
            "final: final 2 Minime: Louis Marchal",
            "final: final 3 Minime: Luc Barnier",
            "final: final 2 Cadet: Marc Delorme",
            "final: final 3 Cadet: Guy Lestrade",
        },
    ),
    "a leg is told in its own paragraph": (
        "Rallye de Brumeval\n\nLa première étape est revenue à Louis Marchal.\n\nJean Tavernier remporte le rallye devant Paul Orsini.",
        {
            "leg 1: final 1 Louis Marchal",
            "overall: final 1 Jean Tavernier",
            "overall: final 2 Paul Orsini",
        },
    ),
    "classes with fields of their own": (
        "Autocross de Brumeval\n\nSUPER BUGGY – 10 partants\n– 1. Louis Marchal\n– 2. Jean Tavernier\n– 3. Luc Barnier\n\nMAXI SPRINT – 9 partants\n– 1. Paul Orsini\n– 2. Marc Delorme\n– 3. Guy Lestrade",
        {
            "race: final 1 SUPER BUGGY: Louis Marchal",
            "race: final 2 SUPER BUGGY: Jean Tavernier",
            "race: final 3 SUPER BUGGY: Luc Barnier",
            "race: final 1 MAXI SPRINT: Paul Orsini",
            "race: final 2 MAXI SPRINT: Marc Delorme",
            "race: final 3 MAXI SPRINT: Guy Lestrade",
        },
    ),
    "another final in passing": (
        "Rallycross de Brumeval\n\nEn finale A, Louis Marchal gagne devant Jean Tavernier. Paul Orsini est troisième devant Luc Barnier, vainqueur de la finale B.",
        {
            "final: final 1 Louis Marchal",
            "final: final 2 Jean Tavernier",
            "final: final 3 Paul Orsini",
            "final: final 4 Luc Barnier",
            "final: final 1 Luc Barnier",
        },
    ),
    "a section's last word is its final": (
        "Autocross de Brumeval\n\nMaxi Sprint : Louis Marchal gagne la finale.\n\nTourisme Cup : trois manches serrées, et enfin la finale. Jean Tavernier gagne.\n\nSprint Girls : Anne Orsini gagne la finale.",
        {
            "final: final 1 Maxi Sprint: Louis Marchal",
            "final: final 1 Tourisme Cup: Jean Tavernier",
            "final: final 1 Sprint Girls: Anne Orsini",
        },
    ),
    "headings under which the same races are told again": (
        "Charade\n\nSept plateaux ont couru sur le circuit.\n\nFORMULE BLEUE\n\nLouis Marchal gagne la course 1. La course 2 revient à Jean Tavernier.\n\nVIEUX VOLANTS\n\nLa course 1 est gagnée par Paul Orsini. Paul Orsini gagne aussi la course 2.",
        {
            "race 1: final 1 FORMULE BLEUE: Louis Marchal",
            "race 2: final 1 FORMULE BLEUE: Jean Tavernier",
            "race 1: final 1 VIEUX VOLANTS: Paul Orsini",
            "race 2: final 1 VIEUX VOLANTS: Paul Orsini",
        },
    ),
    "a label that names the meeting is no class": (
        "Coupe de France Camions : Marchal gagne à Albi\n\nDix-sept camions au départ.\n\nCourse 1 : Marchal sans rival\nLouis Marchal gagne.\n\nCourse 2 : Tavernier\nJean Tavernier gagne.\n\nMontagne : tout savoir\n",
        {"race 1: final 1 Louis Marchal", "race 2: final 1 Jean Tavernier"},
    ),
    "finals apart": (
        "Finale A\n\nLouis Marchal gagne.\n\nFinale B\n\nJean Tavernier gagne.",
        {"final: final 1 Louis Marchal", "final: final 1 Jean Tavernier"},
    ),
    "classes with races of their own": (
        "Cadets :\n\nLouis Marchal gagne la finale.\n\nMinimes :\n\nJean Tavernier gagne la finale.",
        {"final: final 1 Cadets: Louis Marchal", "final: final 1 Minimes: Jean Tavernier"},
    ),
}


@cases(TOLD)
def test_which_session_is_spoken_of(case: tuple[str, set[str]]) -> None:
    text, expected = case
    finals = {line for line in read(text).told if ": final" in line or ": qualifying" in line}
    assert expected <= finals
    assert {line for line in finals if ": final" in line} == {line for line in expected if ": final" in line}


def test_a_race_elsewhere_is_no_session() -> None:
    reading = read("Louis Marchal gagne la course. Prochain rendez-vous : Course 5 à Montclar, le 12 juin.")
    assert len(reading.sessions) == 1


def test_a_number_and_a_label() -> None:
    record = read("Course 2\n\nLouis Marchal gagne.").record
    (session,) = record.sessions
    assert (session.kind, session.number, session.label) == ("race", 2, "Course 2")


def test_a_red_flag_is_seen() -> None:
    record = read("La course est arrêtée au drapeau rouge après un accident. Louis Marchal gagne.").record
    assert record.sessions[0].status == "red_flagged"


def test_a_race_with_a_result_is_completed() -> None:
    assert read("Louis Marchal gagne la course.").record.sessions[0].status == "completed"


STATUS = {
    "cancelled": (
        "La course 1 est annulée à cause du brouillard.\n\nCourse 2\n\nLouis Marchal gagne.",
        "cancelled",
    ),
    "shortened": ("La course est écourtée à cause de la pluie. Louis Marchal s'impose.", "shortened"),
}


@cases(STATUS)
def test_status(case: tuple[str, str]) -> None:
    text, status = case
    assert status in {s.status for s in read(text).record.sessions}


def test_the_clock_of_a_heading() -> None:
    record = read("Course 1 (samedi, 13h10) : belle bagarre\n\nLouis Marchal gagne.").record
    assert record.sessions[0].scheduled == "13:10"
