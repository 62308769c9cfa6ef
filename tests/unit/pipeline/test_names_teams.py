"""Where the name of a team begins and ends, and what is no team: chassis, types, causes."""

from __future__ import annotations

from marked import cases, check_names, read

KARTS = "En karting, la finale a souri à Louis Marchal devant les autres pilotes. "

AMONG_CHASSIS = {
    "racing": ("Jean Tavernier (RTC Racing) est deuxième.", {"RTC Racing"}),
    "a karting club's letters": ("Jean Tavernier (Brumeval KC) est deuxième.", {"Brumeval KC"}),
    "letters before a place": ("Jean Tavernier (K.C. Brumois) est deuxième.", {"K.C. Brumois"}),
    "cross": ("Jean Tavernier (Brume Cross) est deuxième.", {"Brume Cross"}),
    "raid": ("Jean Tavernier (Sillage Raid) est deuxième.", {"Sillage Raid"}),
    "kart, first": ("Jean Tavernier (n° 12, Sodi/Kart Loisir Brumeval) est deuxième.", {"Kart Loisir Brumeval"}),
    "a hyphen opens": ("Jean Tavernier (Camotos/Entre-deux-Brumes Auto) est deuxième.", {"Entre-deux-Brumes Auto"}),
    "one word is a chassis": ("Jean Tavernier (Brumokart) est deuxième.", set()),
    "two are one with a type": ("Jean Tavernier (Brumo Evo) est deuxième.", set()),
}  # fmt: skip


@cases(AMONG_CHASSIS)
def test_entrants_among_chassis(case: tuple[str, set[str]]) -> None:
    text, teams = case
    assert read(KARTS + text).teams == teams


WHOLE = {
    "a club of a town": "La BMW/[Moto-Club d'Aubrume|team] [n° 12|number] de [Marchal|person] et [Tavernier|person] gagne.",
    "a region's people": "[Louis Marchal|person], [n° 101|number], du team [Bressan Cross|team], a la pole.",
    "its member behind it": "Le sociétaire de l'[Écurie des Vosges|team] [Jean-Marie Marchal|person] débarque.",
    "its driver behind it": "La Mercedes 300 SL/[Écurie des Dômes|team] de [Tavernier|person] gagne.",
    "no article": "Bulletin de l'[Écurie des Haras|team].",
    "small letters": "[Louis Marchal|person] ([ecurie du Val|team]) gagne.",
    "behind a type": "[Louis Marchal|person] (318i [Team Sillage|team]) gagne.",
    "a short make": "[Louis Marchal|person] (AC Brumace) gagne.",
    "hyphens": "[Louis Marchal|person], pensionnaire de [Brume-Sport-Kart|team], gagne.",
}


@cases(WHOLE)
def test_a_team_is_read_whole(case: str) -> None:
    check_names(case)


def test_in_capitals_the_word_before_may_belong_to_it() -> None:
    text = "L'ÉCURIE DU LÉON AVAIT ENGAGÉ LA PORSCHE N° 1 DE LOUIS MARCHAL. LE TEAM IROISE A PRIS LA DEUXIÈME PLACE."
    teams = {form for team in read(text).record.teams for form in (team.name, *team.aliases)}
    assert {"ÉCURIE DU LÉON", "TEAM IROISE"} <= teams
    assert not any("AVAIT" in form or "PRIS" in form for form in teams)
