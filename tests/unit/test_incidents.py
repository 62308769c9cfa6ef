"""A French sentence in, incidents out. The drivers are invented and named once, in a line before the sentence."""

from __future__ import annotations

import pytest

from extractor.pipeline.annotations import IncidentFact, QuoteFact, ResultFact, SessionFact
from extractor.pipeline.incidents.component import find_incidents
from extractor.pipeline.layout import lay_out
from extractor.pipeline.names.component import find_names
from extractor.pipeline.people.component import find_people
from extractor.pipeline.people.coref import resolve

FIELD = (
    "Les pilotes du jour sont Luc Ferrand (Team Orval), Marc Tellier (Brière Racing), Hugo Brémont (Écurie du Lac), "
    "Anne Sorel (Garage Morin) et Paul Vasseur (Delta Compétition).\n\n"
)


def facts(
    sentence: str, quotes: list[QuoteFact] | None = None, sessions: list[SessionFact] | None = None
) -> tuple[list[IncidentFact], list[str]]:
    text = FIELD + sentence
    layout = lay_out(text)
    names = find_names(layout)
    people = find_people(layout, names)
    discourse, links = resolve(layout, names, people)
    found = find_incidents(
        layout, names, people, discourse, sessions or [SessionFact("race")], quotes or [], links
    )
    return found, [person.name for person in people.persons]


def told(sentence: str) -> set[str]:
    """Return the incidents of a sentence as ``type who+who`` with ``!`` before the name of whoever retired."""
    found, names = facts(sentence)
    out = set()
    for fact in found:
        who = []
        for participant in fact.participants:
            if participant.person is not None:
                retired = participant.person in fact.retired or fact.type == "retirement"
                who.append(("!" if retired else "") + names[participant.person].split()[-1])
            elif participant.number is not None:
                who.append("#" + participant.number)
            else:
                who.append(f"({participant.text})")
        out.add(" ".join([fact.type, "+".join(sorted(who))]).strip())
    return out


HAPPENED = [
    # own mishaps: verb, noun, apposition, bracket, sentence before
    ("Luc Ferrand part en tête-à-queue au 3e tour.", {"spin Ferrand"}),
    ("Au freinage de l'épingle, Luc Ferrand se met en travers puis sort de la piste.", {"off_track Ferrand"}),
    ("Victime d'une crevaison, Anne Sorel doit rentrer aux stands.", {"puncture Sorel"}),
    ("Marc Tellier s'impose devant Hugo Brémont, victime d'une crevaison à deux tours du but.", {"puncture Brémont"}),
    ("Une crevaison prive Paul Vasseur d'un podium mérité.", {"puncture Vasseur"}),
    ("Le tête-à-queue de Marc Tellier relance la course.", {"spin Tellier"}),
    ("Luc Ferrand menait la course. Une sortie de piste ruine ses espoirs.", {"off_track Ferrand"}),
    ("Malgré un tête-à-queue, Anne Sorel termine troisième.", {"spin Sorel"}),
    ("Hugo Brémont chute au deuxième tour.", {"fall Brémont"}),
    ("Paul Vasseur tape le rail à la sortie du premier virage.", {"crash !Vasseur"}),
    ("Anne Sorel capote dans un champ de luzerne.", {"crash !Sorel"}),
    ("Hugo Brémont effectue deux tonneaux avant de s'immobiliser.", {"crash !Brémont"}),
    ("La Porsche de Marc Tellier prend feu sur la ligne droite.", {"fire !Tellier"}),
    ("Le moteur de Luc Ferrand chauffe. Marc Tellier perd son capot.", {"bodywork Tellier"}),
    ("Trahi par son embrayage, Paul Vasseur perd dix places.", {"mechanical Vasseur"}),
    ("Anne Sorel, en panne d'essence, laisse filer ses rivaux.", {"mechanical Sorel"}),
    ("Luc Ferrand (crevaison) n'est que dixième.", {"puncture Ferrand"}),
    ("Hugo Brémont va au tapis dans la chicane.", {"fall Brémont"}),
    ("La boîte de vitesses de Marc Tellier se bloque.", {"mechanical !Tellier"}),
    ("Paul Vasseur, dont le pneu arrière éclate, sauve la quatrième place.", {"puncture Vasseur"}),
    # counterfactuals tell what happened
    ("Sans cette crevaison, Luc Ferrand l'emportait.", {"puncture Ferrand"}),
    ("Sans sa sortie de piste, Anne Sorel aurait fini deuxième.", {"off_track Sorel"}),
    # two and more
    ("Luc Ferrand percute Marc Tellier dès le premier virage.", {"collision Ferrand+Tellier"}),
    ("Marc Tellier est percuté par Anne Sorel.", {"collision Sorel+Tellier"}),
    ("Luc Ferrand et Hugo Brémont s'accrochent au deuxième tour.", {"collision Brémont+Ferrand"}),
    ("Un accrochage entre Paul Vasseur et Anne Sorel anime le peloton.", {"collision Sorel+Vasseur"}),
    ("Un accrochage impliquant Luc Ferrand, Marc Tellier et Paul Vasseur bloque la piste.", {"collision Ferrand+Tellier+Vasseur"}),
    ("Anne Sorel perd deux places après un contact avec Hugo Brémont.", {"collision Brémont+Sorel"}),
    ("Luc Ferrand est accroché par un retardataire.", {"collision (un retardataire)+Ferrand"}),
    ("Hugo Brémont tape l'arrière de Paul Vasseur.", {"collision Brémont+Vasseur"}),
    ("Marc Tellier percute la Clio #78.", {"collision #78+Tellier"}),
    ("Luc Ferrand part en tête-à-queue et percute Marc Tellier.", {"spin Ferrand", "collision Ferrand+Tellier"}),
    ("Paul Vasseur envoie Anne Sorel en tête-à-queue.", {"collision Sorel+Vasseur", "spin Sorel"}),
    ("Marc Tellier ne peut éviter Luc Ferrand.", {"collision Ferrand+Tellier"}),
    ("Marc Tellier, percuté par Paul Vasseur, repart dernier.", {"collision Tellier+Vasseur"}),
    ("Luc Ferrand se fait percuter par Hugo Brémont.", {"collision Brémont+Ferrand"}),
    # out of the race
    ("Luc Ferrand abandonne au cinquième tour.", {"retirement !Ferrand"}),
    ("Marc Tellier abandonne sur casse moteur.", {"mechanical !Tellier"}),
    ("Anne Sorel sort de la piste et abandonne.", {"off_track !Sorel"}),
    ("L'abandon de Hugo Brémont, bielle coulée, profite à Paul Vasseur.", {"mechanical !Brémont"}),
    ("Abandons : Luc Ferrand (moteur), Anne Sorel (sortie de route), Paul Vasseur.", {"mechanical !Ferrand", "off_track !Sorel", "retirement !Vasseur"}),
    ("Forfait : Marc Tellier.", {"did_not_start Tellier"}),
    ("Paul Vasseur jette l'éponge à mi-course.", {"retirement !Vasseur"}),
    ("Hugo Brémont termine sa course dans le bac à graviers.", {"off_track !Brémont"}),
    ("Contraint à l'abandon, Luc Ferrand regagne son stand à pied.", {"retirement !Ferrand"}),
    ("Anne Sorel ne verra pas l'arrivée.", {"retirement !Sorel"}),
    ("Luc Ferrand percute Marc Tellier, qui abandonne.", {"collision !Tellier+Ferrand"}),
    ("Luc Ferrand et Marc Tellier s'accrochent. Tous deux abandonnent.", {"collision !Ferrand+!Tellier"}),
    ("Un problème de boîte contraint Anne Sorel à l'abandon.", {"mechanical !Sorel"}),
    ("Le moteur de Paul Vasseur explose, sa course s'arrête là.", {"mechanical !Vasseur"}),
    ("Marc Tellier n'a pas pris le départ.", {"did_not_start Tellier"}),
    ("Hugo Brémont reste sur le bord de la piste, cardan cassé.", {"mechanical !Brémont"}),
    ("Paul Vasseur renonce, magnéto hors d'usage.", {"mechanical !Vasseur"}),
    ("Anne Sorel chute lourdement et ne peut repartir.", {"fall !Sorel"}),
    # out of it without the word: elliptic, by the car, by the obstacle, by what follows
    ("Sorel et Vasseur s'accrochent dans l'épingle. Les deux hommes en restent là.", {"collision !Sorel+!Vasseur"}),
    ("Ferrand ramène l'auto au stand, mais pas plus loin.", {"retirement !Ferrand"}),
    ("Tellier menait quand son moteur se met à fumer : il rentre au stand pour ne plus en repartir.", {"mechanical !Tellier"}),
    ("Luc Ferrand ne verra pas la mi-course, sa Ligier n°9 finissant dans le bac à graviers.", {"off_track !Ferrand"}),
    ("Paul Vasseur est harponné par un attardé. Triangle de suspension plié, abandon.", {"collision !Vasseur+(un attardé)"}),
    ("Anne Sorel abandonne la mort dans l'âme.", {"retirement !Sorel"}),
    ("Quant à Marc Tellier, c'est un talus qui l'a stoppé.", {"off_track !Tellier"}),
    ("Le moteur de Ferrand, en tête depuis le départ, a explosé. Fin de parcours pour ce dernier.", {"mechanical !Ferrand"}),
    ("Une casse moteur au troisième tour mettait fin aux espoirs de Hugo Brémont.", {"mechanical !Brémont"}),
    ("Les moteurs ont tranché : celui de Tellier s'est tu, celui de Sorel a rendu l'âme.", {"mechanical !Tellier", "mechanical !Sorel"}),
    ("Brémont mène devant la Porsche de Vasseur, hélas stoppée à la cinquième heure.", {"retirement !Vasseur"}),
    ("Ferrand chute lourdement au 4e tour. Tellier prend la tête. Ferrand ne reprendra pas le guidon.", {"fall !Ferrand"}),
    ("Tellier casse sa transmission contre Vasseur, un contact qui l'a laissé hors de course.", {"mechanical !Tellier", "collision Tellier"}),
    ("Brémont a été évacué vers l'hôpital après une lourde chute.", {"fall !Brémont"}),
    ("Victime d'une crevaison, puis d'un moteur récalcitrant, le double champion Luc Ferrand a rangé sa voiture.", {"puncture Ferrand", "mechanical !Ferrand"}),
    ("Luc Ferrand (Renault) – abandon : la boîte est restée bloquée.", {"mechanical !Ferrand"}),
    ("Non classés : Luc Ferrand (embrayage), Anne Sorel (sortie de route).", {"mechanical !Ferrand", "off_track !Sorel"}),
    # who is meant: subject of an infinitive, of a possessive, object pronoun, enumeration by comma
    ("Touchée par Luc Ferrand, Anne Sorel part en tonneaux.", {"collision Ferrand+Sorel", "crash !Sorel"}),
    ("Hugo Brémont menait un temps Ferrand avant de s'offrir un tout-droit dans l'herbe.", {"off_track Brémont"}),
    ("Brémont débordait Ferrand puis Tellier, mais sa course s'arrêtait net.", {"retirement !Brémont"}),
    ("Un contact avec Sorel envoie Brémont dans le décor.", {"collision Brémont+Sorel", "off_track Brémont"}),
    ("Vasseur menait lorsque Tellier part en tête-à-queue et l'a heurté.", {"spin Tellier", "collision Tellier+Vasseur"}),
    ("« Tout va bien. » Chez les motards, la journée est marquée par la chute de l'Italien Hugo Brémont.", {"fall Brémont"}),
    ("Brémont glissait au virage 4 et repartait dernier.", {"fall Brémont"}),
    ("Ferrand est touché par Tellier : les commissaires infligent un drive-through au fautif.", {"collision Ferrand+Tellier", "penalty Tellier"}),
    ("La course de Luc Ferrand, vainqueur samedi, n'aura duré que deux virages.", {"retirement !Ferrand"}),
    ("La victoire revient à la Porsche de Sorel, malgré un arrêt trop court sanctionné d'un drive-through.", {"penalty Sorel"}),
    (
        "La victoire revient à Luc Ferrand devant Hugo Brémont. Mais le second s'est vu infliger trois minutes de pénalité.",
        {"penalty Brémont"},
    ),
    ("Deux voitures s'accrochent à la chicane, la McLaren n°7 y reste.", {"collision #7+(Deux voitures)"}),
    # punished
    ("Luc Ferrand écope d'un drive-through pour excès de vitesse.", {"penalty Ferrand"}),
    ("Marc Tellier est pénalisé de dix secondes pour un départ anticipé.", {"jump_start Tellier"}),
    ("Paul Vasseur, premier sur la ligne, est disqualifié pour un poids insuffisant.", {"disqualification Vasseur"}),
    ("Les commissaires infligent un stop and go à Anne Sorel.", {"penalty Sorel"}),
    ("Un pointage en retard vaut trente secondes à Hugo Brémont.", {"penalty Brémont"}),
    # in the words of rallies, motorcycles, karts, trucks, ovals and old papers
    ("Déception pour Marc Tellier, éliminé sur sortie de route dans l'ES2.", {"off_track !Tellier"}),
    ("Ferrand, en tête, doit abandonner à cause d'un cardan.", {"mechanical !Ferrand"}),
    ("Sorel et Vasseur se touchent dans la descente, la première part en toupie.", {"collision Sorel+Vasseur", "spin Sorel"}),
    ("Au 8e tour, Brémont perd l'avant et chute sans gravité.", {"fall Brémont"}),
    ("Brémont, au tapis et blessé au poignet, n'a pas pu repartir.", {"fall !Brémont"}),
    ("Ferrand voit son spoiler tomber et prend cinq secondes.", {"penalty Ferrand"}),
    ("La Delage de Vasseur, dont une soupape avait lâché, s'arrêta à Thillois.", {"mechanical !Vasseur"}),
    ("Une embardée coûta deux minutes à Ferrand.", {"spin Ferrand"}),
    ("Tellier a terminé sa course contre le muret, provoquant le troisième drapeau jaune de la soirée.", {"crash !Tellier", "safety_car"}),
    ("Une panne de moteur a mis fin à la journée de Brémont.", {"mechanical !Brémont"}),
    ("Ferrand n'a pu prendre le départ de la deuxième manche, boîte cassée.", {"did_not_start Ferrand", "mechanical Ferrand"}),
    ("Ferrand et Tellier se rentrent dedans, abandon pour les deux hommes.", {"collision !Ferrand+!Tellier"}),
    ("Ont abandonné : Luc Ferrand, Marc Tellier et Anne Sorel.", {"retirement !Ferrand", "retirement !Sorel", "retirement !Tellier"}),
    ("Les deux voitures de Ferrand et Tellier ont fini dans le bac.", {"off_track Ferrand+Tellier"}),
    ("Ferrand sort dans le premier tour de l'ES5.", {"off_track Ferrand"}),
    ("Brémont, hors délais, n'est pas classé.", {"disqualification Brémont"}),
    ("Bien parti, Luc Ferrand casse son différentiel dans l'ES4 et rentre à pied.", {"mechanical !Ferrand"}),
    ("Pas de chance pour Vasseur : crevaison lente à trois tours de la fin.", {"puncture Vasseur"}),
    # neutralised
    ("La voiture de sécurité entre en piste.", {"safety_car"}),
    ("Le tonneau de Marc Tellier provoque la sortie de la safety car.", {"crash !Tellier", "safety_car"}),
    ("La course est arrêtée au drapeau rouge.", {"red_flag"}),
    ("Full course yellow au dixième tour, le temps de dégager la Porsche.", {"safety_car"}),
    # parts and what becomes of them, cars as subjects, bare reasons, lists of old and new papers
    ("Un demi-arbre de la Simca de Luc Ferrand a lâché dans la côte.", {"mechanical !Ferrand"}),
    ("La boîte de Marc Tellier se mettait à hurler, puis se taisait.", {"mechanical !Tellier"}),
    ("Anne Sorel coule une bielle au septième tour.", {"mechanical !Sorel"}),
    ("Paul Vasseur serra son moteur au cinquième passage.", {"mechanical !Vasseur"}),
    ("Luc Ferrand a rompu un demi-arbre dans la première montée.", {"mechanical !Ferrand"}),
    ("Marc Tellier a fondu un piston.", {"mechanical !Tellier"}),
    ("Hugo Brémont perça un piston au troisième tour.", {"mechanical !Brémont"}),
    ("Anne Sorel casse la courroie de dynamo.", {"mechanical !Sorel"}),
    ("Paul Vasseur rendit une bielle devant l'auberge.", {"mechanical !Vasseur"}),
    ("Le turbo de Luc Ferrand a rendu l'âme à la deuxième heure.", {"mechanical !Ferrand"}),
    ("La Panhard de Marc Tellier expira au troisième kilomètre, joint de culasse claqué.", {"mechanical !Tellier"}),
    ("Hugo Brémont quitta la scène dès le deuxième tour, boîte bloquée.", {"mechanical !Brémont"}),
    ("La Chenard d'Anne Sorel, dont le pont chantait, s'est tue dans la côte.", {"mechanical !Sorel"}),
    ("Luc Ferrand, sans freins depuis la mi-course, rentra au stand.", {"mechanical Ferrand"}),
    ("Marc Tellier, privé de quatrième, perdit dix places.", {"mechanical Tellier"}),
    ("La Djet d'Anne Sorel s'est arrêtée faute de pression d'essence.", {"mechanical !Sorel"}),
    ("Paul Vasseur abandonna sur une fuite d'eau.", {"mechanical !Vasseur"}),
    ("Luc Ferrand renonça au onzième tour, soupape.", {"mechanical !Ferrand"}),
    ("Marc Tellier abandonne, radiateur.", {"mechanical !Tellier"}),
    ("La rupture d'un demi-arbre arrêta Hugo Brémont.", {"mechanical !Brémont"}),
    ("Une soupape brisée a arrêté la n° 22, Anne Sorel.", {"mechanical !Sorel"}),
    ("Une soupape laissait Paul Vasseur au bord de la piste.", {"mechanical !Vasseur"}),
    ("Luc Ferrand n'a pas vu le haut : un demi-arbre a lâché.", {"mechanical !Ferrand"}),
    ("Marc Tellier menait. Son allumage se dérégla.", {"mechanical Tellier"}),
    ("La Lotus de Hugo Brémont s'arrêtait, joint de culasse claqué.", {"mechanical !Brémont"}),
    ("Anne Sorel eut une bielle coulée.", {"mechanical !Sorel"}),
    ("Paul Vasseur a grillé son embrayage au départ.", {"mechanical !Vasseur"}),
    ("La Bugatti de Luc Ferrand grille un joint près du col.", {"mechanical !Ferrand"}),
    ("Marc Tellier cassait un ressort et se retira.", {"mechanical !Tellier"}),
    ("Hugo Brémont a plié sa roue arrière et fini à pied.", {"mechanical !Brémont"}),
    ("Le pont arrière de la Nissan d'Anne Sorel cassait dans l'oued.", {"mechanical !Sorel"}),
    ("Paul Vasseur ne vit que la première montée, cardan cassé.", {"mechanical !Vasseur"}),
    ("La Ligier de Luc Ferrand et Marc Tellier a disparu plus discrètement, alternateur.", {"mechanical !Ferrand+!Tellier"}),
    ("La Porsche de Luc Ferrand et Marc Tellier avait rendu l'âme dès la deuxième heure, joint de culasse.", {"mechanical !Ferrand+!Tellier"}),
    ("Hugo Brémont a fini dans l'herbe, le moteur muet.", {"mechanical !Brémont", "off_track Brémont"}),
    ("Ce fut la boîte de vitesses de Paul Vasseur qui se bloqua sur la troisième ; il rangea sa Lotus devant la buvette.", {"mechanical !Vasseur"}),
    ("Le cardan de Marc Tellier a dit stop.", {"mechanical !Tellier"}),
    ("Hugo Brémont rentrait au pas dans un nuage de vapeur : joint de culasse.", {"mechanical !Brémont"}),
    ("Anne Sorel tombe en panne sèche au fond de la cuvette.", {"mechanical !Sorel"}),
    ("Paul Vasseur s'arrêta bougies noyées et ne repartit pas.", {"mechanical !Vasseur"}),
    ("Luc Ferrand rend les armes à mi-course.", {"retirement !Ferrand"}),
    ("Marc Tellier n'a pas vu l'arrivée.", {"retirement !Tellier"}),
    ("On ne revit plus Anne Sorel.", {"retirement !Sorel"}),
    ("Paul Vasseur s'est retiré sans donner ses raisons.", {"retirement !Vasseur"}),
    ("Luc Ferrand n'alla pas plus loin.", {"retirement !Ferrand"}),
    ("Marc Tellier ne repartit point.", {"retirement !Tellier"}),
    ("Hugo Brémont rentre par le train.", {"retirement !Brémont"}),
    ("La Porsche de Luc Ferrand et Marc Tellier avait rendu les armes à une demi-heure du but, embrayage hors d'usage.", {"mechanical !Ferrand+!Tellier"}),
    ("Anne Sorel est remorquée jusqu'au parc.", {"retirement !Sorel"}),
    ("Ferrand et Tellier s'accrochent à l'épingle ; le premier reste dans le bac, le second repart.", {"collision !Ferrand+Tellier"}),
    ("Luc Ferrand se retrouve sur le toit.", {"crash !Ferrand"}),
    ("Marc Tellier fait un tonneau dès le premier virage et n'est pas reparti.", {"crash !Tellier"}),
    ("Hugo Brémont a versé dans le virage du Lac.", {"crash !Brémont"}),
    ("La Stanguellini d'Anne Sorel a versé au bas de la côte au 25e tour.", {"crash !Sorel"}),
    ("Paul Vasseur quitte la route au pont et n'en remonte pas.", {"off_track !Vasseur"}),
    ("La Ford de Luc Ferrand et Marc Tellier sort de la route et se couche contre un talus.", {"crash !Ferrand+!Tellier"}),
    ("Hugo Brémont plie sa monoplace contre le rail.", {"crash !Brémont"}),
    ("La voiture d'Anne Sorel se couche sur le toit.", {"crash !Sorel"}),
    ("Paul Vasseur heurta une borne et rentre par le train.", {"crash !Vasseur"}),
    ("La M.G. de Luc Ferrand sortit dans les maïs et n'en ressortit point.", {"off_track !Ferrand"}),
    ("Marc Tellier a fini dans le ruisseau.", {"off_track Tellier"}),
    ("Hugo Brémont s'encastre dans les ballots.", {"crash !Brémont"}),
    ("Anne Sorel est dans un ravin, intacte.", {"crash !Sorel"}),
    ("Luc Ferrand plante sa Maserati dans le fossé.", {"off_track Ferrand"}),
    ("Anne Sorel monte sur les bottes et se retourne.", {"crash !Sorel"}),
    ("Paul Vasseur heurta une congère.", {"crash !Vasseur"}),
    ("Luc Ferrand fait un demi-tour au premier virage.", {"spin Ferrand"}),
    ("Marc Tellier se met en travers à la chicane et repart.", {"spin Tellier"}),
    ("Hugo Brémont se rate au freinage et coupe par l'herbe.", {"off_track Brémont"}),
    ("Ferrand et Tellier s'emmêlent au premier virage.", {"collision Ferrand+Tellier"}),
    ("Ferrand, tassé par Tellier, goûta à l'herbe.", {"collision Ferrand+Tellier", "off_track Ferrand"}),
    ("Ferrand monte sur la roue de Tellier.", {"collision Ferrand+Tellier"}),
    ("Ferrand et Tellier se sont emboutis dans la bosse, rideau pour les deux.", {"collision !Ferrand+!Tellier"}),
    ("Hugo Brémont fut poussé dans l'herbe par Anne Sorel.", {"collision Brémont+Sorel", "off_track Brémont"}),
    ("Luc Ferrand n'a pu s'aligner, bielle coulée le samedi.", {"did_not_start Ferrand", "mechanical Ferrand"}),
    ("Marc Tellier n'était pas venu au départ.", {"did_not_start Tellier"}),
    ("Hugo Brémont et Anne Sorel ne se présentèrent pas au pesage.", {"did_not_start Brémont+Sorel"}),
    ("La Licorne de Paul Vasseur est restée sur sa remorque.", {"did_not_start Vasseur"}),
    ("Luc Ferrand n'a pu partir.", {"did_not_start Ferrand"}),
    ("Les commissaires reculent Luc Ferrand à la cinquième place.", {"penalty Ferrand"}),
    ("Hugo Brémont reçoit un drapeau noir.", {"disqualification Brémont"}),
    ("Passée à la bascule, la voiture d'Anne Sorel accusa dix kilos de moins ; les commissaires l'exclurent.", {"disqualification Sorel"}),
    ("Paul Vasseur est mis hors course : il lui manquait six kilos.", {"disqualification Vasseur"}),
    ("Les commissaires ajoutent trente secondes à Marc Tellier.", {"penalty Tellier"}),
    ("Anne Sorel prend deux secondes pour une quille couchée.", {"penalty Sorel"}),
    ("La direction de course arrête la spéciale au kilomètre 140.", {"red_flag"}),
    ("La spéciale est arrêtée au drapeau rouge.", {"red_flag"}),
    ("Ont abandonné : L. Ferrand (Lombard), magnéto ; M. Tellier (Maserati), pont arrière ; Mlle Sorel, fuite d'eau.", {"mechanical !Ferrand", "mechanical !Sorel", "mechanical !Tellier"}),
    ("Principaux abandons : Luc Ferrand (moteur), Marc Tellier (sortie de route), Hugo Brémont, pont arrière.", {"mechanical !Brémont", "mechanical !Ferrand", "off_track !Tellier"}),
    ("ABANDONS\nLuc Ferrand (Lombard), magnéto ; Marc Tellier (Maserati n° 27), boîte ; Hugo Brémont, tonneau", {"crash !Brémont", "mechanical !Ferrand", "mechanical !Tellier"}),
    ("Luc Ferrand casse son moteur. Marc Tellier repart dernier après une panne d'allumage et finit sixième.", {"mechanical !Ferrand", "mechanical Tellier"}),
    ("Ont renoncé : Ferrand, embrayage ; Tellier, accident ; Brémont, magnéto.", {"crash !Tellier", "mechanical !Brémont", "mechanical !Ferrand"}),
]  # fmt: skip

NOTHING = [
    "Luc Ferrand termine sans le moindre contact.",
    "Marc Tellier évite de justesse l'accrochage.",
    "Anne Sorel n'abandonne pas et rallie l'arrivée.",
    "Luc Ferrand a failli abandonner.",
    "Hugo Brémont frôle la sortie de piste.",
    "Paul Vasseur manque de partir en tête-à-queue.",
    "Si Luc Ferrand avait abandonné, Marc Tellier aurait été titré.",
    "Marc Tellier est sous enquête pour un départ anticipé.",
    "Les abandons furent nombreux.",
    "Après son abandon à Pau, Luc Ferrand voulait se rassurer.",
    "L'an dernier, Anne Sorel avait abandonné sur casse moteur.",
    "Luc Ferrand abandonne la tête à Marc Tellier.",
    "Hugo Brémont abandonne la deuxième place.",
    "Anne Sorel sort des stands devant Paul Vasseur.",
    "Marc Tellier sort vainqueur de ce duel.",
    "Une chute de température complique la tâche de Luc Ferrand.",
    "Une panne de réveil n'a pas perturbé Paul Vasseur.",
    "Luc Ferrand reste au contact de Marc Tellier.",
    "Hugo Brémont s'accroche à la troisième place.",
    "Anne Sorel s'impose grâce à son moteur.",
    "Paul Vasseur chute au huitième rang.",
    "Luc Ferrand gagne sans aucune pénalité.",
    "En cas de pénalité, Marc Tellier perdrait la victoire.",
    "À la sortie du virage, Anne Sorel double Hugo Brémont.",
    "Luc Ferrand touche enfin au but.",
    "Marc Tellier signe sa première sortie de la saison.",
    "La direction de course a félicité Paul Vasseur.",
    "Dès l'extinction des feux rouges, Luc Ferrand s'envole.",
    "Anne Sorel pousse Marc Tellier dans ses derniers retranchements.",
    "Hugo Brémont accroche la troisième place.",
    "Luc Ferrand rentre au stand sans encombre.",
    "Sous enquête pour un contact avec Vasseur, Tellier a conservé sa place.",
    "Sorel s'est fait une belle chaleur mais a évité le mur.",
    "Une belle sortie pour Anne Sorel, deuxième au général.",
    # what reads like the end of a race, or happened at another
    "Pour une fois que Ferrand ne finit pas dans le décor !",
    "Ferrand limite la casse et finit sixième.",
    "Brémont reste en tête, Ferrand y reste aussi deux heures.",
    "Tellier stoppe à son stand pour ravitailler.",
    "Il ne manque que trois secondes à Sorel pour accrocher le podium : elle pensait l'accrocher.",
    "Sorti de la route à Monza, trahi par son embrayage à Zeltweg, Luc Ferrand a retrouvé le sourire.",
    "La pénalité de l'équipe fait le bonheur de Hugo Brémont.",
    "Hugo Brémont impose sa Nova NP-01 devant Luc Ferrand.",
]


@pytest.mark.parametrize(("sentence", "expected"), HAPPENED, ids=[s for s, _ in HAPPENED])
def test_what_happened(sentence: str, expected: set[str]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_did_not_happen(sentence: str) -> None:
    assert told(sentence) == set()


def test_a_chain_is_linked() -> None:
    found, _ = facts(
        "Luc Ferrand part en tête-à-queue et percute Marc Tellier. La voiture de sécurité entre en piste."
    )
    assert [fact.type for fact in found] == ["spin", "collision", "safety_car"]
    assert [fact.caused_by for fact in found] == [[], [0], [1]]
    assert "safety_car" in found[1].consequences


def test_roles() -> None:
    found, names = facts("Luc Ferrand percute Marc Tellier.")
    roles = {names[p.person]: p.role for p in found[0].participants if p.person is not None}
    assert roles == {"Luc Ferrand": "at_fault", "Marc Tellier": "victim"}


def test_only_who_abandons_is_retired() -> None:
    found, names = facts("Luc Ferrand percute Marc Tellier, qui abandonne.")
    assert [names[p] for p in found[0].retired] == ["Marc Tellier"]
    assert "retirement" not in found[0].consequences


def test_lap_when_and_where() -> None:
    found, _ = facts("Au 7e tour, Anne Sorel part en tête-à-queue dans la chicane.")
    assert (found[0].lap, found[0].where) == (7, "dans la chicane")
    found, _ = facts("À dix minutes de l'arrivée, Anne Sorel abandonne.")
    assert found[0].when == "À dix minutes de l'arrivée"


def test_a_punished_jump_start_is_one_incident() -> None:
    found, _ = facts("Auteur d'un faux départ, Paul Vasseur écope d'un drive-through.")
    assert [(fact.type, fact.consequences) for fact in found] == [("jump_start", ["penalty"])]


def test_mentions_of_one_happening_merge() -> None:
    found, _ = facts(
        "Luc Ferrand accroche Marc Tellier au premier virage. Cet accrochage coûte dix places à Tellier."
    )
    assert len(found) == 1
    assert len(found[0].evidence) == 2


def test_a_second_of_a_kind_is_another() -> None:
    found, _ = facts(
        "Anne Sorel est victime d'une crevaison. Une nouvelle crevaison prive Anne Sorel du podium."
    )
    assert [fact.type for fact in found] == ["puncture", "puncture"]


def test_a_safety_car_comes_out_twice() -> None:
    found, _ = facts(
        "La voiture de sécurité entre en piste après le tonneau de Luc Ferrand. Marc Tellier gère la relance. "
        "La voiture de sécurité intervient une seconde fois."
    )
    assert [fact.type for fact in found].count("safety_car") == 2


def test_neutralisations_told_at_two_times_are_two() -> None:
    found, _ = facts(
        "Luc Ferrand s'élance en tête.\n\nPremier Full Course Yellow après 35 minutes pour nettoyer la piste.\n\n"
        "Marc Tellier ravitaille.\n\nÀ 20 minutes du terme, la Safety Car rentre en piste pour des débris."
    )
    assert [fact.type for fact in found].count("safety_car") == 2


def test_lines_that_begin_with_a_code() -> None:
    lines = "1 4. Hugo Brémont 35 1h01'12\nAB 18. Luc Ferrand 31 embrayage\nAB 6. Marc Tellier 27 sortie de piste\n"
    lines += "AB 2. Anne Sorel 15 accrochage\nAB 11. Paul Vasseur 15 accrochage\n"
    found, names = facts(lines)
    assert {(fact.type, names[p]) for fact in found for p in fact.retired} == {
        ("mechanical", "Luc Ferrand"),
        ("off_track", "Marc Tellier"),
        ("collision", "Anne Sorel"),
        ("collision", "Paul Vasseur"),
    }
    assert sum(fact.type == "collision" for fact in found) == 1


def test_a_crew_is_out_together() -> None:
    found, names = facts(
        "La Porsche n°12 de Luc Ferrand et Marc Tellier menait. Au dixième tour, Ferrand tape le rail et abandonne."
    )
    assert {names[p] for fact in found for p in fact.retired} == {"Luc Ferrand", "Marc Tellier"}


def test_speech_tells_too_and_says_who_asserts_it() -> None:
    sentence = "« J'ai crevé à deux tours de la fin », regrette Anne Sorel."
    start = len(FIELD) + sentence.index("J'ai")
    quote = QuoteFact([(start, start + len("J'ai crevé à deux tours de la fin"))], speaker=3)
    found, names = facts(sentence, [quote])
    assert [(fact.type, fact.asserted_by) for fact in found] == [("puncture", 0)]
    assert [names[p.person] for p in found[0].participants if p.person is not None] == ["Anne Sorel"]


def test_the_session_of_the_clause_wins() -> None:
    sentence = "Vainqueur le matin, Luc Ferrand abandonne en course 2."
    first = len(lay_out(FIELD + sentence).tokens) - 3
    sessions = [
        SessionFact("race", "Course 1", 1),
        SessionFact("race", "course 2", 2, mentions=[(first, first + 2)]),
    ]
    found, _ = facts(sentence, sessions=sessions)
    assert [fact.session for fact in found] == [1]


def test_evidence_is_the_text_and_causes_point_inside() -> None:
    text = " ".join(sentence for sentence, _ in HAPPENED)
    found, _ = facts(text)
    assert found
    for fact in found:
        assert fact.evidence
        assert all(0 <= start < end <= len(FIELD) + len(text) for start, end in fact.evidence)
        assert all(0 <= cause < len(found) for cause in fact.caused_by)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "(",
        "abandon",
        "abandons :",
        "« abandon",
        "\u2028crevaison\x00",
        "🏁 sort et abandonne",
        "| NP |",
    ],
)
def test_odd_text_is_read_without_a_word(text: str) -> None:
    layout = lay_out(text)
    names = find_names(layout)
    people = find_people(layout, names)
    discourse, links = resolve(layout, names, people)
    assert isinstance(find_incidents(layout, names, people, discourse, [], [], links), list)


def outs(sentence: str, results: list[ResultFact] | None = None) -> set[str]:
    """Return who is out after a sentence."""
    text = FIELD + sentence
    layout = lay_out(text)
    names = find_names(layout)
    people = find_people(layout, names)
    discourse, links = resolve(layout, names, people)
    found = find_incidents(layout, names, people, discourse, [SessionFact("race")], [], links, results or [])
    return {people.persons[p].name.split()[-1] for fact in found for p in fact.retired}


def test_who_has_a_place_was_not_put_out() -> None:
    sentence = "Luc Ferrand casse un cardan au dixième tour."
    assert outs(sentence) == {"Ferrand"}
    assert outs(sentence, [ResultFact(0, "final", (0,), 4)]) == set()
    assert outs(sentence, [ResultFact(0, "grid", (0,), 1)]) == {"Ferrand"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Luc Ferrand casse un cardan et repart dernier.",
        "Luc Ferrand tape le rail mais termine sixième.",
        "Luc Ferrand fait un tonneau aux essais.",
        "Luc Ferrand casse un cardan. Remonté, Ferrand rallie l'arrivée.",
        "Luc Ferrand a un problème de boîte.",
        "Luc Ferrand, privé de quatrième, finit neuvième.",
    ],
)
def test_who_drives_on_is_not_out(sentence: str) -> None:
    assert outs(sentence) == set()


def test_below_a_heading_every_line_is_out() -> None:
    found, names = facts(
        "Le classement suit.\n\nPRINCIPAUX ABANDONS\n\nÉquipage | Voiture | Motif\n"
        "Luc Ferrand - Marc Tellier | Ford Escort | joint de culasse\nHugo Brémont | Opel Ascona | pont arrière\n"
    )
    assert {(fact.type, tuple(names[p] for p in fact.retired)) for fact in found} == {
        ("mechanical", ("Luc Ferrand", "Marc Tellier")),
        ("mechanical", ("Hugo Brémont",)),
    }
