"""Bulletins in capitals: ordinary words are no names."""

from __future__ import annotations

import extractor

TEXT = """RALLYE D'ESPALION – DEUXIÈME ÉTAPE

LOUIS MARCHAL (PORSCHE N° 3) A REMPORTÉ LA COURSE DEVANT JEAN TAVERNIER, QUI A CREVÉ À L'ARRIÈRE GAUCHE ET TAPÉ LE RAIL.
LES PILOTES ONT RANGÉ LEUR VOITURE ET PRIS LE VOLANT D'UNE AUTRE. MARCHAL A REPRIS LE RELAIS.
"""


def test_ordinary_words_in_capitals_are_no_drivers() -> None:
    names = {driver.name for driver in extractor.extract(TEXT).drivers}
    assert names == {"LOUIS MARCHAL", "JEAN TAVERNIER"}
