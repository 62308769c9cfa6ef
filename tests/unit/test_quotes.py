"""Quotes: a marked French text in, speech and speakers out.

``⟦Name¦words⟧`` marks what is spoken and by whom, ``⟦+¦words⟧`` a further part of the same speech, ``⟦-¦words⟧`` speech by
nobody known and ``⟦Name (role)¦words⟧`` speech by somebody who does not compete. All people and races are invented.
"""

from __future__ import annotations

import gc
import re
import time

import pytest
import spacy

from extractor.pipeline.annotations import People, QuoteFact, Ref
from extractor.pipeline.layout import lay_out
from extractor.pipeline.names.component import find_names
from extractor.pipeline.people.component import find_people
from extractor.pipeline.quotes.component import find_quotes
from extractor.pipeline.quotes.marks import find_marks
from extractor.scoring.names import same_name

_MARKED = re.compile(r"⟦([^¦⟧]*)¦([^⟧]*)⟧")


def read(text: str) -> tuple[list[QuoteFact], People]:
    layout = lay_out(text)
    names = find_names(layout)
    people = find_people(layout, names)
    return find_quotes(layout, names, people), people


def unmark(marked: str) -> tuple[str, list[tuple[str, list[str]]]]:
    expected: list[tuple[str, list[str]]] = []
    for match in _MARKED.finditer(marked):
        if match.group(1) == "+":
            expected[-1][1].append(match.group(2))
        else:
            expected.append((match.group(1), [match.group(2)]))
    return _MARKED.sub(lambda m: m.group(2), marked), expected


def facts(text: str) -> list[tuple[str, list[str]]]:
    quotes, people = read(text)
    out = []
    for quote in quotes:
        if quote.speaker is not None:
            who = people.persons[quote.speaker].name
        elif quote.speaker_name:
            who = f"{quote.speaker_name} ({quote.speaker_role})"
        else:
            who = "-"
        out.append((who, [text[start:end] for start, end in quote.parts]))
    return out


def check(marked: str) -> None:
    text, expected = unmark(marked)
    found = facts(text)
    assert [parts for _, parts in found] == [parts for _, parts in expected]
    for (who, _), (wanted, _) in zip(found, expected, strict=True):
        assert who == wanted or same_name(who, wanted) or same_name(who, f"{wanted} (unknown)"), (who, wanted)


INTRO = "Léa Morvan (Team Iroise) s'impose devant Paul Garnier (Écurie du Lac). "

MARKS = [
    "« ⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧ », déclare Léa Morvan.",
    "“⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧”, déclare Léa Morvan.",
    '"⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧", déclare Léa Morvan.',
    "„⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧“, déclare Léa Morvan.",
    "‘⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧’, déclare Léa Morvan.",
    "‹ ⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧ ›, déclare Léa Morvan.",
    "<< ⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧ >>, déclare Léa Morvan.",
    "''⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧'', déclare Léa Morvan.",
    "'⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧', déclare Léa Morvan.",
    "”⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧”, déclare Léa Morvan.",
    "Léa Morvan déclare : » ⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧ « Le public applaudit.",
    "Léa Morvan déclare : «⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧» Le public applaudit.",
    'Léa Morvan déclare : " ⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧ " Le public applaudit.',
    'Léa Morvan déclare : « ⟦Léa Morvan¦Je suis ravie de cette course, la voiture était parfaite.⟧" Le public applaudit.',
]


@pytest.mark.parametrize("marked", MARKS)
def test_every_kind_of_mark(marked: str) -> None:
    check(INTRO + marked)


PARTS = [
    "« ⟦Paul Garnier¦J'ai cassé la boîte au troisième tour⟧ », disait Paul Garnier. « ⟦+¦Après, je n'avais plus qu'à ramener l'auto.⟧ »",
    "« ⟦Paul Garnier¦J'ai cassé la boîte au troisième tour⟧, disait Garnier. ⟦+¦Après, je n'avais plus qu'à ramener l'auto.⟧ »",
    "« ⟦Paul Garnier¦J'ai cassé la boîte⟧, soupire Garnier, encore casqué, ⟦+¦et je n'avais plus qu'à ramener l'auto.⟧ »",
    "« ⟦Léa Morvan¦Franchement⟧, s'est-elle amusée, ⟦+¦je ne pensais pas gagner ici.⟧ »",
    '"⟦Paul Garnier¦La piste était grasse⟧", note Garnier, "⟦+¦mais nous avions les bons pneus.⟧"',
    "Garnier cherchait ses mots. « ⟦Paul Garnier¦Je n'ai rien vu venir⟧ », a-t-il fini par lâcher, avant d'ajouter : « ⟦+¦C'est la course.⟧ »",
    "« ⟦Paul Garnier¦On a perdu une minute au stand⟧ », peste Garnier. Et d'ajouter : « ⟦+¦Nous reviendrons l'an prochain.⟧ »",
    "« ⟦Paul Garnier¦On a perdu une minute au stand⟧ », peste Garnier. Morvan, elle, jubile : « ⟦Léa Morvan¦Je n'ai jamais été aussi bien dans une voiture.⟧ »",
    "« ⟦Paul Garnier¦On a perdu une minute au stand⟧ », peste Garnier. Il repart ensuite dixième et remonte le peloton. « ⟦Paul Garnier¦Je n'avais plus rien à perdre⟧ », sourit-il.",
    "« ⟦Léa Morvan¦J'ai pris un bon départ. Ensuite, j'ai creusé l'écart.⟧\n\n« ⟦+¦À la fin, je n'entendais plus que le vent.⟧ », raconte Léa Morvan.",
]


@pytest.mark.parametrize("marked", PARTS)
def test_one_speech_in_parts(marked: str) -> None:
    check(INTRO + "\n\n" + marked)


BROKEN = [
    "Léa Morvan (Team Iroise) : « ⟦Léa Morvan¦J'ai pris un bon départ et j'ai géré les pneus.⟧\n\nPaul Garnier (Écurie du Lac) : « ⟦Paul Garnier¦Nous avons raté les réglages.⟧ »",
    "Léa Morvan (Team Iroise) : ⟦Léa Morvan¦J'ai pris un bon départ et j'ai géré les pneus.⟧ »\n\nLe public était au rendez-vous.",
    'Léa Morvan : "⟦Léa Morvan¦J"ai pris un bon départ et l"équipe a bien travaillé.⟧"',
    "« ⟦Léa Morvan¦J'ai pris un bon départ, explique mon ingénieur à qui veut l'entendre.⟧ », plaisante Léa Morvan.",
    "Léa Morvan : « ⟦Léa Morvan¦C'est une piste ‘à l'ancienne’, un vrai “billard” comme je les aime.⟧ »",
    "Léa Morvan : « ⟦Léa Morvan¦Mon père disait « Vas-y doucement », je ne l'ai pas écouté.⟧ »",
    "Léa Morvan : « ⟦Léa Morvan¦J'ai pris un bon départ.⟧\n» ⟦+¦Ensuite j'ai géré l'écart.⟧\n» ⟦+¦C'était long, mais je suis ravie.⟧ »",
    'Paul Garnier regrette : "⟦Paul Garnier¦On perd 3" dans le dernier secteur et je ne sais pas pourquoi.⟧"',
    "« ⟦Paul Garnier¦J'avais course gagnée et la bielle a lâché⟧, soupirait Paul Garnier.\n\nLe classement est sans appel.",
]


@pytest.mark.parametrize("marked", BROKEN)
def test_marks_missing_or_astray(marked: str) -> None:
    check(INTRO + "\n\n" + marked)


NO_QUOTES = [
    "Chez les pilotes « B », Paul Garnier devance « Mick » et le surprenant « Jojo ».",
    "Le prix « Fair-play » revient à Léa Morvan, la « Reine de la pluie ».",
    "La spéciale «Les Monts de l'Ouest» a été annulée, celle de «La Chapelle» raccourcie.",
    'Paul Garnier pointait "à peine" huitième et le "bizuth" a souffert.',
    "Les gommes “tendres” ont fait la différence pour Léa Morvan.",
    'Léa Morvan signe 1\'12"345 et devance Garnier de 2"4, puis de 0"8 en finale.',
    "Les trois « affamés » du peloton se sont chamaillés jusqu'au drapeau.",
    "L'antique berline « Coccinelle » ouvrait la route devant la « Grosse Bertha » de Paul Garnier.",
    "Paul Garnier dit « le Professeur » a abandonné.",
    "Léa Morvan enfilait les chronos ‘à la parade’ avant la finale.",
    "Course 1 : Léa Morvan domine\nCourse 2 : Paul Garnier prend sa revanche",
    'Classement : 1. Léa Morvan (Team Iroise) ; 2. Paul Garnier à 3"2.',
    "« Rallye des Vignes » : Paul Garnier en tête",
    "Organisé par l'association « Les Amis de la Vieille Soupape », le rallye a vu Paul Garnier l'emporter.",
    "Le film « Je suis né pour courir » sera projeté samedi.",
    "La « bête » de Paul Garnier, la « Monster », a rugi. Son « bébé », comme il dit.",
    "Léa Morvan : 3e ; Paul Garnier : abandon.",
    "Le directeur de course : J.-P. Lambert. Affiché à 18h40.",
]


@pytest.mark.parametrize("text", NO_QUOTES)
def test_words_in_marks_that_nobody_speaks(text: str) -> None:
    assert facts(INTRO + "\n\n" + text) == []


UNMARKED = [
    "Léa Morvan (Team Iroise) : ⟦Léa Morvan¦J'étais confiante avant le départ et j'ai géré mes pneus.⟧\n\nPaul Garnier (Écurie du Lac) : ⟦Paul Garnier¦Nous avons raté nos réglages.⟧",
    "RÉACTIONS\n\nLéa Morvan\n\n⟦Léa Morvan¦J'étais confiante avant le départ et j'ai géré mes pneus.⟧\n\nPaul Garnier\n\n⟦Paul Garnier¦Je n'ai jamais trouvé le rythme aujourd'hui.⟧",
    "Réactions :\n\n⟦Léa Morvan¦J'étais confiante avant le départ et j'ai géré mes pneus.⟧\n– Léa Morvan (Team Iroise)\n\n⟦Paul Garnier¦Je n'ai jamais trouvé le rythme aujourd'hui.⟧\n– Paul Garnier",
    "— ⟦Paul Garnier¦J'ai eu chaud⟧, nous confia Garnier, ⟦+¦et je ne recommencerai pas de sitôt.⟧",
    "⟦Paul Garnier¦Elle tire comme un bœuf, cette auto⟧, nous dit Garnier en ôtant ses gants, ⟦+¦et je n'ai jamais levé le pied.⟧",
]


@pytest.mark.parametrize("marked", UNMARKED)
def test_speech_without_marks(marked: str) -> None:
    check(INTRO + "\n\n" + marked)


SPEAKERS = [
    'Morvan : "⟦Léa Morvan¦Pas tout à fait comblée⟧"\nMais la deuxième course fut meilleure.',
    '"⟦Paul Garnier¦Pas franchement idéal⟧", regrette Garnier.',
    "« ⟦Léa Morvan¦Je n'ai fait aucune faute et la voiture a suivi.⟧ » (Léa Morvan)",
    "« ⟦Léa Morvan¦Je n'ai fait aucune faute et la voiture a suivi.⟧ » – Léa Morvan (Team Iroise)",
    "Léa Morvan (Team Iroise)\n« ⟦Léa Morvan¦Je n'ai fait aucune faute et la voiture a suivi.⟧ »\n\nPaul Garnier\n« ⟦Paul Garnier¦Je visais mieux que cette place.⟧ »",
    "« ⟦Léa Morvan¦Je n'ai fait aucune faute et la voiture a suivi.⟧ »\nLéa Morvan (Team Iroise)\n\n« ⟦Paul Garnier¦Je visais mieux que cette place.⟧ »\nPaul Garnier (Écurie du Lac)",
    "Paul Garnier a longtemps mené avant de céder. « ⟦Paul Garnier¦J'ai tout donné, il manquait deux tours⟧ », se consolait-il.",
    "Paul Garnier a longtemps mené devant Léa Morvan. « ⟦Paul Garnier¦J'ai tout donné, il manquait deux tours⟧ », expliquait le Breton.",
    "Léa Morvan a mené de bout en bout. Elle n'a jamais tremblé. « ⟦Léa Morvan¦J'ai tout donné, et ça a payé⟧ », commentait la gagnante, qui fêtait ses vingt ans.",
    "Paul Garnier s'élance neuvième et Léa Morvan, dixième, ne fait que trois tours : elle plante sa voiture dans le bac. « ⟦Léa Morvan¦J'ai voulu passer trop tôt⟧ », reconnaît la débutante.",
    "Paul Garnier savourait : « ⟦Paul Garnier¦Cette place, on l'attendait depuis deux ans.⟧ »",
    "Selon Paul Garnier, « ⟦Paul Garnier¦nous avons perdu la course au stand, pas sur la piste⟧ ».",
    "Réaction de Paul Garnier : « ⟦Paul Garnier¦Nous avons perdu la course au stand.⟧ »",
    "« ⟦Alain Perrin (team)¦Nous ne ferons pas appel de la décision⟧ », a déclaré Alain Perrin, directeur sportif de l'équipe.",
    "« ⟦Alain Perrin (official)¦La sécurité passe avant le spectacle, je ne regrette rien⟧ », a tranché le directeur de course, Alain Perrin.",
    "« ⟦le président du club (organiser)¦Nous avons accueilli huit mille personnes, c'est un record⟧ », se félicitait le président du club.",
    "« ⟦Paul Garnier¦Je suis aux anges⟧ » lâche un Paul Garnier ému.",
    "« ⟦Paul Garnier¦Victoire !⟧ », s'écria Garnier.",
    "« ⟦Paul Garnier¦Ma foi, je n'y croyais plus⟧ », opina Garnier en s'essuyant le front.",
    "Interrogé à l'arrivée, Paul Garnier ne cachait pas sa joie : « ⟦Paul Garnier¦C'est mon plus beau succès.⟧ »",
    "« ⟦Paul Garnier¦J'ai freiné trop tard.⟧ » Et Paul Garnier de poursuivre : « ⟦+¦Le public a dû se régaler.⟧ »",
    "« ⟦Paul Garnier¦La piste⟧, explique Paul Garnier, ⟦+¦était une patinoire.⟧ »",
    "Pour Paul Garnier, « ⟦Paul Garnier¦cette course restera comme la plus belle de l'année⟧ ».",
    "Julien Berger, radieux sur le podium : “⟦Julien Berger¦C’est la plus belle !⟧”",
    "« ⟦Paul Garnier¦C'était chaud, très chaud.⟧ » Voilà comment Paul Garnier résumait sa course.",
    "« ⟦Paul Garnier¦Nous étions partis pour gagner⟧ », lâche Paul Garnier.\n\n« ⟦Paul Garnier¦On se rattrapera à Pau⟧, ajoute le malheureux pilote.»",
    'Paul Garnier (sur Peugeot 205) : " ⟦Paul Garnier¦La boîte a cassé dans la première épingle.⟧ "',
    "Le team manager de Paul Garnier, Hubert Lacaze, était furieux : « ⟦Hubert Lacaze (team)¦Cette pénalité nous coûte le titre.⟧ »",
    'Paul Garnier\nVainqueur du groupe N\n"⟦Paul Garnier¦Je ne pensais pas pouvoir suivre le rythme, mais la voiture a été parfaite.⟧"',
    'Paul Garnier mène. Léa Morvan le talonne, puis le passe au freinage. "⟦Léa Morvan¦Il a laissé la porte ouverte, je me suis engouffrée⟧" rigole Léa.',
    "Paul Garnier confie avoir « ⟦Paul Garnier¦pris un plaisir fou⟧ » malgré la pluie.",
    "Paul Garnier estime que « ⟦Paul Garnier¦la direction de course s'est trompée⟧ » en sortant la voiture de sécurité.",
]


@pytest.mark.parametrize("marked", SPEAKERS)
def test_the_speaker_by_every_route(marked: str) -> None:
    check(INTRO + "\n\n" + marked)


def test_a_reference_that_another_component_found_is_used() -> None:
    text = "Léa Morvan gagne devant Paul Garnier. « Je n'y croyais plus du tout », souffle le Breton."
    layout = lay_out(text)
    names = find_names(layout)
    people = find_people(layout, names)
    garnier = next(i for i, person in enumerate(people.persons) if person.name == "Paul Garnier")
    at = layout.tokens.norm.index("breton")
    people.refs.append(Ref(at - 1, at + 1, (garnier,), "nominal"))
    (quote,) = find_quotes(layout, names, people)
    assert (quote.speaker, quote.route) == (garnier, "nominal")


def test_boilerplate_is_no_speech() -> None:
    assert facts(INTRO + "\n\nCrédit photo : « Je suis ravi de cette photo », Studio Martin\n") == []


def test_the_component_assigns_quotes() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("parcferme_layout")
    nlp.add_pipe("parcferme_names")
    nlp.add_pipe("parcferme_people")
    nlp.add_pipe("parcferme_quotes")
    doc = nlp("Léa Morvan (Team Iroise) : « Je suis ravie, la voiture était parfaite. »")
    (quote,) = doc._.quotes
    assert doc.text[slice(*quote.parts[0])] == "Je suis ravie, la voiture était parfaite."


STRANGE = [
    "", "«", "»", "\"", "''", "« »", "»»»«««", "\"\"\"\"", "« : »", ": «", "\u2028«\u2029»", "«\ud83c\udfc1»", "a\x00«b\x00»", "« , dit", "« A, dit",
    "-t-il", "« A », a-t-", "“" * 50, "‘" * 50 + "’" * 50, "— « ’ \" »\n" * 20, "X :\n\n: \"", "1\" 2\" 3\"", "« Je suis »\n" * 3, "Selon", "« a », selon", "« a », dit « b",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
def test_nothing_raises(text: str) -> None:
    read(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["« ", "» ", '"', "“a” ", "« Je suis, dit-il. ", "\n« Je vais ", "'a' ", '"a, dit Paul Garnier. ']
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(n: int) -> float:
        layout = lay_out(unit * n)
        people = People()
        best = float("inf")
        for _ in range(
            3
        ):  # the processor's time, and the best, are what other work on the machine spoils least
            gc.collect()
            began = time.process_time()
            find_quotes(layout, [], people)
            best = min(best, time.process_time() - began)
        return best

    seconds(100)
    short, long = seconds(2_000), seconds(20_000)
    assert long < 40 * max(short, 0.01)


def test_seconds_and_apostrophes_are_no_marks() -> None:
    assert list(find_marks("1'12\"345 puis l'auto, J\"ai dit, 2''4 et aujourd’hui")) == []


WINNER_SPEAKS = [
    (
        "Luc Ferrand (Team Orval) s'impose devant Marc Tellier (Brière Racing). Hugo Brémont renonce au troisième "
        "tour.\n\n« ⟦Luc Ferrand¦J'ai attendu mon heure et je n'ai pas regardé derrière moi⟧ », disait le vainqueur."
    ),
    (
        "Classement : 1. Luc Ferrand (Orval), 20 tours ; 2. Marc Tellier (Brière) ; 3. Hugo Brémont (Delta).\n\n"
        "Marc Tellier fut longtemps deuxième. Le gagnant déclarait : « ⟦Luc Ferrand¦Je savais que la pluie viendrait, "
        "je l'attendais depuis midi.⟧ »"
    ),
]


@pytest.mark.parametrize("marked", WINNER_SPEAKS)
def test_the_winner_is_who_won(marked: str) -> None:
    check(marked)
