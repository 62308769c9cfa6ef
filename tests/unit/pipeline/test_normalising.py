"""What is seen through on every page: signs, accents, wide letters, parted words. Nothing else changes."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.pipeline.normalising.edits import normalised
from extractor.pipeline.reading import PassedOver, read
from extractor.pipeline.view import View


def seen(text: str) -> str:
    """Return a text as it is read on every page."""
    view = normalised(text)
    return view if isinstance(view, str) else view.text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("la ﬁnale, en ﬂèche : une aﬀaire oﬃcielle", "la finale, en flèche : une affaire officielle"),
        ("une caſſe moteur", "une casse moteur"),
        ("le vain\u00adqueur du jour", "le vainqueur du jour"),
        ("Jean‑Pierre et Marie‐Claude", "Jean-Pierre et Marie-Claude"),
        ("«\u00a0Oui\u202f!\u00a0»", "« Oui ! »"),
        ("Tave\u200brnier gagne", "Tavernier gagne"),
        ("l‘équipe, dʼAlain, qu′il", "l'équipe, d'Alain, qu'il"),
        ("l`équipe d´Alain n´a qu´un tour", "l'équipe d'Alain n'a qu'un tour"),
        ('l"équipe et l”arrivée', "l'équipe et l'arrivée"),
        ("l' équipe de l 'Aube", "l'équipe de l'Aube"),
        ("1ᵉʳ Ortolan, 2ᵉ Bastide, Iᵉʳ", "1er Ortolan, 2e Bastide, 1er"),
        (",,Quelle course'', dit-il", "„Quelle course”, dit-il"),
    ],
)
def test_signs(written: str, meant: str) -> None:
    assert seen(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("la premie\u0300re e\u0301tape", "la première étape"),
        ("la premie`re e´tape a e´te´ annule´e", "la première étape a été annulée"),
        ("la premi`ere ´etape a ´et´e annul´ee au d´epart", "la première étape a été annulée au départ"),
        ("Franc¸ois Bastide", "François Bastide"),
        (
            "Ã©tape gagnÃ©e, dÃ©jÃ\u00a0 lâ€™an dernier",
            "étape gagnée, déjà lâ€™an dernier".replace("â€™", "’"),
        ),
        ("au cÅ“ur de la manche", "au cœur de la manche"),
    ],
)
def test_accents_beside_their_letters_and_letters_wrongly_decoded(written: str, meant: str) -> None:
    assert " ".join(seen(written).split()) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("G R A N D  P R I X  D E  P A U", "GRAND PRIX DE PAU"),
        ("G R A N D P R I X D E P A U", "GRAND PRIX DE PAU"),
        ("victoire de D U P O N T devant", "victoire de DUPONT devant"),
        ("c l a s s e m e n t", "classement"),
        ("les groupes A B C D", "les groupes A B C D"),
        ("les points X Y Z du plan", "les points X Y Z du plan"),
        ("il y a J. P. R. Bastide", "il y a J. P. R. Bastide"),
    ],
)
def test_letters_set_wide(written: str, meant: str) -> None:
    assert " ".join(seen(f"Pau, dimanche : \n{written}\n").split()) == f"Pau, dimanche : {meant}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("en l9l2, l2 tours et 1O points", "en 1912, 12 tours et 10 points"),
        ("ler Ortolan, l er Bastide", "1er Ortolan, 1 er Bastide"),
        ("1'57\"O au tour, O:25 d'écart", "1'57\"0 au tour, 0:25 d'écart"),
        ("un 2l, 1,6l et 1o", "un 2l, 1,6l et 1o"),
        ("la R1O2 ou l'O2 de l'aller", "la R102 ou l'O2 de l'aller"),
    ],
)
def test_digits_of_a_typewriter(written: str, meant: str) -> None:
    assert seen(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mar-\nchal", "Marchal"),
        ("Mar\u00ad\nchal", "Marchal"),
        ("Mar¬\nchal", "Marchal"),
        ("Mar-\r\nchal", "Marchal"),
        ("Jean-\nPierre", "Jean-Pierre"),
        ("Saint-\nÉtienne", "Saint-Étienne"),
        ("Bourg-\nen-Bresse", "Bourg-en-Bresse"),
        ("celui-\nci", "celui-ci"),
        ("vice-\nchampion", "vice-champion"),
        ("clas-\nsement", "classement"),
        ("bel-\nle", "belle"),
        ("GLA-\nCET", "GLACET"),
        ("JEAN-\nPIERRE", "JEAN-PIERRE"),
    ],
)
def test_words_that_the_end_of_a_line_parts(written: str, meant: str) -> None:
    assert meant in "".join(read(f"hier {written} au tour").text).replace("\n", "")
    at = written.index("\n")
    joined = read(f"hier {written} au tour", PassedOver(joins=((5 + at, 6 + at),)))
    assert " ".join(joined.source.split()) == f"hier {meant} au tour"


def test_the_page_says_how_a_word_is_written() -> None:
    text = "Le porte-drapeau arrive. Le porte-\ndrapeau repart. Carte-\nron mène. Carteron gagne."
    joins = tuple((k, k + 1) for k, sign in enumerate(text) if sign == "\n")
    assert "Le porte-drapeau repart. Carteron mène" in read(text, PassedOver(joins=joins)).source


@pytest.mark.parametrize("gap", ["\n\nLE PETIT ÉCHO 12\n", "\nLE PETIT ÉCHO 12\n\n"])
def test_a_word_goes_on_behind_a_running_head(gap: str) -> None:
    text = f"Course 1 : victoire de Louis Mar-{gap}chal devant Paul Ortolan."
    start = text.index(gap)
    end = start + len(gap)
    whole = PassedOver(skipped=((start, end - 1),), joins=((end - 1, end),))
    head_first = PassedOver(skipped=((start + 1, end),), joins=((start, start + 1),))
    for passed in (whole, head_first):
        tokens = read(text, passed)
        i = tokens.text.index("Marchal")
        first, last = tokens.in_document(tokens.start[i], tokens.end[i])
        assert text[first:last] == f"Mar-{gap}chal"


def test_offsets_lead_to_the_text_as_it_stands() -> None:
    text = (
        "Jean D U P O N T s´impose dans la première course devant Louis Mar¬\nchal et Paul Ortolan, que suit de\n"
        "loin la petite troupe des poursuivants. Jean-\nPierre Bastide abandonne en ﬁnale sur casse moteur."
    )
    record = extract(text, model="none")
    names = {driver.name: [mention.text for mention in driver.mentions] for driver in record.drivers}
    assert names["Jean DUPONT"] == ["Jean D U P O N T"]
    assert names["Louis Marchal"] == ["Louis Mar¬\nchal"]
    assert names["Jean-Pierre Bastide"] == ["Jean-\nPierre Bastide"]
    for span in record.spans():
        assert text[span.start : span.end] == span.text


def test_a_clean_text_is_read_as_it_stands() -> None:
    text = (
        "Course 1 : l'équipe d’Alain gagne en 12'34\"5 à O'Brien, n° 10. « Oui », dit-il. Groupe A, 2 l, 1er."
    )
    assert normalised(text) is text


def test_what_is_seen_through_changes_no_fact() -> None:
    clean = "Course 1 : 1er Jean Tavernier, 2e Louis Marchal.\nL'équipe fête l'arrivée : « C'est une finale », dit Tavernier."
    strange = clean.replace("1er", "1ᵉʳ").replace("'", "´").replace("fi", "ﬁ").replace(" :", "\u00a0:")
    one, other = extract(clean, model="none"), extract(strange, model="none")
    assert [(r.kind, r.position, r.drivers) for r in one.results] == [
        (r.kind, r.position, r.drivers) for r in other.results
    ]
    assert len(View(strange, []).source) == len(other.document.text)
