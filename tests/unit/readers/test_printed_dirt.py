"""Dirt that was recognised as signs stays in the text and is not read; what it parts is one again."""

from __future__ import annotations

from extractor.readers.printed import PrintedBlock, PrintedLine, assemble
from tests.unit.readers.pages import block, line, page
from tests.unit.readers.test_printed import seen, skipped


def doubted(one: PrintedLine, *positions: int, confidence: float = 0.2) -> PrintedLine:
    """A recognised line, hardly sure of some of its words."""
    sure = [word._replace(confidence=0.95) for word in one.words]
    for position in positions:
        sure[position] = sure[position]._replace(confidence=confidence)
    return PrintedLine(sure)


def test_specks_at_the_ends_of_lines_are_left_out() -> None:
    heading = doubted(line("CADET ;", y=100), -1)
    told = doubted(line(". Tavernier gagne devant Ortolan /", y=140), 0, -1)
    written = assemble([page(PrintedBlock([heading]), PrintedBlock([told]))])
    assert written.text == "CADET ;\n\n. Tavernier gagne devant Ortolan /"
    assert skipped(written) == [(";", "noise"), (".", "noise"), ("/", "noise")]
    assert seen(written) == "CADET\n\nTavernier gagne devant Ortolan"
    assert [written.text[word.start : word.end] for word in written.words] == written.text.split()


def test_a_line_goes_on_behind_specks() -> None:
    first = doubted(line("Parti de la pole, Jean Tavernier a mené de bout en bout et  :", y=100), -1)
    second = doubted(line("* s'impose devant Louis Marchal.", y=114), 0)
    written = assemble([page(PrintedBlock([first, second]))])
    assert seen(written) == (
        "Parti de la pole, Jean Tavernier a mené de bout en bout et s'impose devant Louis Marchal."
    )
    parted = PrintedBlock(
        [doubted(line("Sur la ligne, Paul Ortolan prend le meil- .", y=100), -1), line("leur.", y=114)]
    )
    assert seen(assemble([page(parted)])).replace("-\n", "").endswith("prend le meilleur.")


def test_signs_that_are_sure_or_were_never_in_doubt_stay() -> None:
    sure = doubted(line("Classement :", y=100), -1, confidence=0.8)
    assert skipped(assemble([page(PrintedBlock([sure]))])) == []
    assert skipped(assemble([page(block("Classement :", "- ; -"))])) == []
    entries = doubted(line("1. Ortolan, 2'18 ; 2. Marchal, 2'21 ;", y=100), -1)
    assert skipped(assemble([page(PrintedBlock([entries]))])) == []
    number = doubted(line("Voiture 7", y=100), -1)
    assert skipped(assemble([page(PrintedBlock([number]))])) == []


def test_a_letter_that_is_a_block_of_its_own_is_none() -> None:
    above = PrintedBlock(
        [
            line("Le départ, donné sous la pluie, fut un enfer, rigolait Paul", y=100),
            line("Jean Tavernier, qui l'a emporté, et, derrière, Paul Auguste", y=114),
        ]
    )
    speck = PrintedBlock([doubted(line("s", x=200, y=121), 0, confidence=0.7)])
    below = PrintedBlock([line("Laurenceau à la buvette.", y=128)])
    written = assemble([page(above, speck, below)])
    assert skipped(written) == [("s", "noise")]
    assert seen(written).endswith("Paul Auguste Laurenceau à la buvette.")
    assert skipped(assemble([page(above, PrintedBlock([doubted(line("F3", y=121))]), below)])) == []


def test_a_block_goes_on_where_the_next_line_would_stand() -> None:
    full = "2. Marchal et Ortolan sur la voiture de l'écurie du Val à"
    parts = (
        block("1. Tavernier, le vainqueur, devant tous les autres pilotes,", full),
        block('25 "230.', y=128),
    )
    assert seen(assemble([page(*parts)])).endswith('du Val à 25 "230.')
    further = (
        block("1. Tavernier, le vainqueur, devant tous les autres pilotes,", full),
        block('25 "230.', y=170),
    )
    assert seen(assemble([page(*further)])).endswith('du Val à\n\n25 "230.')
    closing = block("« C'est le plus important."), block("»", y=114)
    assert seen(assemble([page(*closing)])) == "« C'est le plus important. »"


def test_a_heading_in_capitals_does_not_go_on_from_a_sentence() -> None:
    lines = (
        "Devant Marchal, Ortolan l'emporte et marque ses 75 points.",
        "GRAND TOURISME ET VOITURES DE SÉRIE, AVANT 1976 ET APRÈS",
        "Chez les grandes voitures, Tavernier a mené de bout en bout",
    )
    assert "points.\n\nGRAND" in seen(assemble([page(block(*lines))]))
    capitals = (
        "DEVANT MARCHAL, ORTOLAN L'EMPORTE ET MARQUE SES 75 POINTS.",
        "REPARTI BON DERNIER, TAVERNIER EST CLASSÉ ONZIÈME AU SOIR",
        "DE LA COURSE.",
    )
    assert seen(assemble([page(block(*capitals))])) == " ".join(capitals)


def test_a_row_with_a_label_begins_a_line() -> None:
    rows = (
        "- 3. Louna Tavernier, de Viremont, sur la belle Mirage n° 9",
        "Cadet : 1. Mathis Ortolan ; 2. Paul Marchal.",
    )
    assert seen(assemble([page(block(*rows))])) == "\n".join(rows)
