"""Names in every notation that reports know: a marked sentence in, the marks out."""

from __future__ import annotations

from marked import cases, check_names, names_in, weak

BRACKETS = {
    "team": "[Louis Marchal|person] ([Écurie Brume|team]) s'impose devant [Jean Tavernier|person] ([Team Sillage|team]).",
    "team without a cue": "Victoire de [Louis Marchal|person] ([Brumeval Vitesse|team]) sur le circuit.",
    "team in capitals": "[Louis Marchal|person] ([BRV Racing|team]) s'impose.",
    "team with digits": "[Louis Marchal|person] ([Atelier 27|team]) s'impose devant [Jean Tavernier|person] ([Pole Garage 81|team]).",
    "make only": "[Louis Marchal|person] ([Porsche|car]) devance [Jean Tavernier|person] ([Alpine A110|car]).",
    "make and model": "[Louis Marchal|person] ([Peugeot 205|car]) abandonne, [Paul Orsini|person] ([Renault 5 Turbo|car]) aussi.",
    "car #n – team": "[Louis Marchal|person] ([Ligier|car] [#13|number] – [Écurie Brume|team]) gagne.",
    "car #n - team": "[Louis Marchal|person] ([Norma|car] [#7|number] - [Team Sillage|team]) gagne.",
    "#n and team": "[Louis Marchal|person] ([#13|number], [Écurie Brume|team]) gagne.",
    "#n": "[Louis Marchal|person] ([#13|number]) double [Jean Tavernier|person] ([#4|number]).",
    "n° with team": "[Aurélie Lorieux|person] ([Atelier Fontanges|team], [n° 12|number]) signe la pole.",
    "n° glued": "[Louis Marchal|person] ([n°13|number]) double [Jean Tavernier|person] ([n°4|number]).",
    "make n°number team": "[Louis Marchal|person] ([Porsche|car] [n°13|number] [Écurie Brume|team]) gagne.",
    "bike team – tyre": "[Louis Marchal|person] ([Yamaha|car] – Michelin) gagne devant [Jean Tavernier|person] ([Suzuki|car] – Dunlop).",
    "country code": "[Louis Marchal|person] (FRA) devance [Piet Verhoeven|person] (NED) et [Karl Brandt|person] (GER).",
    "country": "[Louis Marchal|person] (France) devance [Piet Verhoeven|person] (Pays-Bas).",
    "age": "[Louis Marchal|person] (16 ans) devance [Jean Tavernier|person] (21 ans).",
    "class": "[Louis Marchal|person] ([Junior|class]) devance [Jean Tavernier|person] ([Senior|class]).",
    "car and class": "[Louis Marchal|person] ([Citroën Saxo|car], [groupe N|class]) gagne.",
    "time": "[Louis Marchal|person] (1'42\"318) devance [Jean Tavernier|person] (1'42\"951).",
    "remark": "[Louis Marchal|person] (parti en tête-à-queue) repart dernier.",
    "crew behind a team": "[Team Sillage|team] ([Marchal|person]-[Tavernier|person]-[Orsini|person]) l'emporte aux 6 heures de Brumeval.",
    "square": "[Louis Marchal|person] [[Écurie Brume|team]] s'impose.",
}


@cases(BRACKETS)
def test_a_bracket_says_what_goes_with_the_name(case: str) -> None:
    check_names(case)


CREWS = {
    "slashes with spaces": "La victoire revient à [Louis Marchal|person] / [Jean Tavernier|person].",
    "slashes without": "Victoire de [Louis Marchal|person]/[Jean Tavernier|person]/[Paul Orsini|person].",
    "surnames by slashes": "L'équipage [Marchal|person]/[Tavernier|person] devance [Orsini|person]/[Lemaire|person].",
    "surnames by hyphens": "[Louis Marchal|person] et [Jean Tavernier|person] gagnent. L'équipage [Marchal|person]-[Tavernier|person] devance [Paul Orsini|person].",
    "three by hyphens": "Aux 6 heures, [Marchal|person]-[Tavernier|person]-[Orsini|person] dominent la course.",
    "full names by hyphens": "Victoire de [Louis Marchal|person]-[Jean Tavernier|person] aux 6 heures.",
    "hyphenated first names": "Victoire de [Jean-Paul Marchal|person] et [Anne-Sophie Tavernier|person].",
    "hyphenated surname": "[Louis Marchal-Dubreuil|person] devance [Jean Tavernier|person].",
    "shared surname": "[Thierry|person] et [Mathis Gaudron|person] gagnent le rallye.",
    "and": "[Louis Marchal|person] et [Jean Tavernier|person] montent sur le podium.",
}


@cases(CREWS)
def test_a_crew_is_its_people(case: str) -> None:
    check_names(case)


SPELLINGS = {
    "de": "[Philippe de Kerval|person] devance [Jean Tavernier|person].",
    "Le": "[Yann Le Goff|person] devance [Yves Le Bris|person].",
    "van der": "[Ricardo van der Meulen|person] devance [Jean Tavernier|person].",
    "Van den": "[Piet Van den Broeck|person] devance [Jean Tavernier|person].",
    "da": "[Miguel da Silva|person] devance [Jean Tavernier|person].",
    "capital surname": "[Louis MARCHAL|person] devance [Jean TAVERNIER|person] et [Paul ORSINI|person].",
    "surname first": "[MARCHAL Louis|person] devance [TAVERNIER Jean|person].",
    "all capitals": "Course 1\n\nLe podium : 1. [LOUIS MARCHAL|person] 2. [JEAN TAVERNIER|person] 3. [PAUL ORSINI|person]",
    "initial": "[L. Marchal|person] devance [J. Tavernier|person] et [P. Orsini|person].",
    "double initial": "[J.-P. Marchal|person] devance [J. Tavernier|person].",
    "accents": "[Maëlle Castagnède|person] devance [Éloïse Frénoy|person].",
    "typographic apostrophe": "[Loïc d’Aubrac|person] devance [Jean Tavernier|person].",
    "O'": "[Liam O'Hara|person] devance [Jean Tavernier|person].",
    "pseudonym in prose": weak(
        "[Louis Marchal|person] devance «[Nanou|person]» et [Paul Orsini|person] sur le podium.",
        because="an unknown pseudonym in an enumeration",
    ),
    "careless typist": "[Louis Marchal|person] part en tête. Au 3e tour, [louis marchal|person] est doublé.",
    "surname alone": "[Louis Marchal|person] mène. Mais [Marchal|person] casse son moteur.",
    "first names that are cars too": "[Léon Perrin|person] ([Seat Leon Cupra|car]) devance [Zoé Lacaze|person] ([Mégane RS|car]).",
    "unknown foreign name": "[Roar Lindqvist|person] devance le Danois [Mads Overgaard|person].",
}


@cases(SPELLINGS)
def test_people_are_spelt_in_many_ways(case: str) -> None:
    check_names(case)


TEAMS = {
    "Team": "Au sein du [Team Sillage|team], [Louis Marchal|person] gagne.",
    "chez": "[Louis Marchal|person], chez [Brumotech Racing|team], devance [Jean Tavernier|person].",
    "écurie": "L'écurie [Brumotech|team] engage [Louis Marchal|person].",
    "Racing": "[Louis Marchal|person], du [Brume Racing|team], s'impose.",
    "Motorsport": "Le pilote [Sillage Motorsport|team] abandonne.",
    "Scuderia": "La [Scuderia Sillage|team] gagne avec [Louis Marchal|person].",
    "by": "[Louis Marchal|person] ([Écurie Brume by Sillage|team]) gagne.",
    "car/team slash": "L'[Audi R8|car]/[Team Sillage|team] de [Louis Marchal|person] et [Jean Tavernier|person] gagne.",
    "#31 Team (A-B-C)": "La [#31|number] [Deuche Brumeuse|team] ([Marchal|person]-[Tavernier|person]-[Orsini|person]) mène devant la [#4|number] [Team Sillage|team] ([Lemaire|person]-[Garnier|person]-[Perrin|person]).",
    "car first": "La [Ligier|car] du [Team Sillage|team] de [Louis Marchal|person] mène.",
    "car and number": "L'[Oreca|car] [n°14|number] [Brume Racing|team] de [Louis Marchal|person] mène.",
    "Porsche #17 of team": "Le pilote de la [BMW|car] [#17|number] de [Sillage Racing|team] abandonne.",
}


@cases(TEAMS)
def test_words_around_a_name_make_it_a_team(case: str) -> None:
    check_names(case)


NOBODY = {
    "sentence openers": "Derrière, la bagarre fait rage. Malheureusement, la pluie arrive. Parti de loin, il remonte.",
    "months and days": "Dimanche 12 Juin, la course débute à Brumeval. Samedi matin, les essais.",
    "circuits": "Sur le [circuit de Brumeval|circuit], la course est lancée.",
    "nations": "Les Belges et les Italiens dominent la course à Monaco.",
    "series": "La Coupe de France des Circuits reprend à Brumeval.",
    "tyres and sponsors": "Les pneus Michelin et Dunlop souffrent dans la chicane.",
    "a heading in capitals": "LE FILM DE LA COURSE\n\nLes pilotes s'élancent sous la pluie.",
    "classes": "La catégorie Gentlemen et la catégorie Junior partent ensemble.",
}


def test_nobody_is_named() -> None:
    for label, marked in NOBODY.items():
        text = marked.replace("[circuit de Brumeval|circuit]", "circuit de Brumeval")
        _, found = names_in(text)
        assert {n for n in found if n[0] == "person"} == set(), label


NUMBERS = {
    "#": "La [#24|number] double la [#7|number].",
    "n°": "La [n°24|number] double la [n° 7|number].",
    "numéro": "La voiture [numéro 24|number] double la [#7|number].",
    "not a race time": "[Louis Marchal|person] tourne en 1'42\"318 et gagne 3 places en 12 tours.",
    "with a letter": "La [#24B|number] abandonne.",
}


@cases(NUMBERS)
def test_car_numbers(case: str) -> None:
    check_names(case)


def test_a_number_is_read_without_its_mark() -> None:
    found, _ = names_in("La #24 double la n° 7.")
    assert [n.value for n in found if n.kind == "number"] == ["24", "7"]


def test_the_bracket_belongs_to_the_name() -> None:
    found, _ = names_in("Louis Marchal (Écurie Brume) gagne.")
    person = next(n for n in found if n.kind == "person")
    assert person.outer - person.last == 4  # ( Écurie Brume )


def test_a_bracket_that_never_closes_is_no_bracket() -> None:
    found, _ = names_in("Louis Marchal (Écurie Brume gagne devant tous les autres pilotes")
    person = next(n for n in found if n.kind == "person")
    assert person.outer == person.last


LED_TEAMS = {
    "team, a place and a noun": "[Louis Marchal|person] gagne sur le buggy du team [Brumeval Raid|team].",
    "chez, a place and a kind": "[Louis Marchal|person], engagé chez [Provence Tourisme|team], gagne.",
    "a number ends it": "[Louis Marchal|person] devance son équipier chez [Sillage 34|team], [Jean Tavernier|person].",
    "a kart": "[Louis Marchal|person], du team [Brume Kart|team], gagne.",
    "capitals": "LA VOITURE DU TEAM [SILLAGE GT|team] ACCUSAIT SIX KILOS DE MOINS.",
    "an abbreviation": "[Louis Marchal|person] ([K-Motors|team]) devance [Jean Tavernier|person] ([B.C. Sillage|team]).",
    "a club": "[Louis Marchal|person] ([Moto-Club de Brumeval|team]) devance [Jean Tavernier|person].",
    "a foreign word": "[Louis Marchal|person] ([Formula Brume|team]) devance [Jean Tavernier|person].",
    "somebody's home": "[Louis Marchal|person] dort chez [Jean Tavernier|person].",
}


@cases(LED_TEAMS)
def test_a_team_is_read_whole(case: str) -> None:
    check_names(case)


def test_brackets_that_name_towns_name_no_teams() -> None:
    text = (
        "Classement : 1. Louis Marchal (Berne), Norton ; 2. Jean Tavernier (Brumens), Honda ; "
        "3. Paul Orsini (Genève), Honda ; 4. Luc Lemaire (Zurich), Norton."
    )
    assert "team" not in {kind for kind, _, _ in names_in(text)[1]}


HOMES = {
    "a trade": "Le garagiste de Brumeval devance [Louis Marchal|person] au premier virage.",
    "a nationality": "Le Breton de Sillans devance [Louis Marchal|person] au premier virage.",
    "come from": "[Louis Marchal|person] et [Jean Tavernier|person], venus de Brumeval, gagnent.",
    "a house": "Les gens de Brumeval félicitent [Louis Marchal|person].",
    "hills": "Rallye des Monts de Brumeval : [Louis Marchal|person] gagne.",
}


@cases(HOMES)
def test_where_somebody_is_from_is_nobody(case: str) -> None:
    check_names(case)


TITLES = {
    "count": "La Maserati du [comte Brumel|person] ne part pas, [Louis Marchal|person] gagne.",
    "lord": "[Louis Marchal|person] gagne, suivi de [Lord Sillage|person] (Talbot).",
    "baron": "[Louis Marchal|person] gagne, suivi du [baron de Brumel|person] (Talbot).",
    "with a first name": "[Louis Marchal|person] devance le marquis [Paul Orsini|person].",
}


@cases(TITLES)
def test_titles_that_are_part_of_a_name(case: str) -> None:
    check_names(case)
