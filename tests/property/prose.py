"""What texts are made of in property tests: any Unicode at all, pieces of race prose, and noise between them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

ANY_TEXT = st.text(max_size=400)
ANY_UNICODE = st.text(st.characters(), max_size=200)  # lone surrogates too

_PEOPLE = (
    "Louis Marchal",
    "Jean Tavernier",
    "Maëlle Castagnède",
    "Yann Le Goff",
    "Ricardo van der Meulen",
    "L. Marchal",
    "MARCHAL Louis",
    "« Nanou »",
    "Marchal",
    "marchal",
)
_TEAMS = ("Écurie Brume", "Team Sillage", "Brumotech Racing", "ÉCURIE BRUME", "Atelier 27")
_BRACKETS = (
    "(Écurie Brume)",
    "(Ligier #13 – Team Sillage)",
    "(#7)",
    "(n° 12)",
    "(FRA)",
    "(16 ans)",
    "(",
    ")",
    "[",
    "((",
    "(groupe N, 1'42\"318)",
    "(Yamaha – Michelin)",
)
_RANKS = (
    "1.",
    "2.",
    "3e",
    "1er :",
    "quatrième",
    "vingt-deuxième",
    "12ème",
    "1 -",
    "2)",
    "dernier",
    "premier Junior",
    "XIVe",
    "0.",
    "999.",
    "²",
)
_VERBS = (
    "gagne", "s'impose", "termine", "abandonne", "part en tête-à-queue", "percute", "devant", "est disqualifié", "mène", "signe la pole", "franchit la ligne",
    "ne gagne pas", "aurait pu gagner", "complète le podium", "est pénalisé", "remporte les deux courses", "explique", "dit-il", "hérite de la victoire", "qui",
)  # fmt: skip
_QUOTES = (
    "«",
    "»",
    "“",
    "”",
    '"',
    "„",
    "‘",
    "’",
    "'",
    "''",
    "<<",
    ">>",
    "« Quelle course ! »",
    "« Nous",
    "voiture. »",
    ": «",
    "», dit Marchal.",
)
_HEADS = (
    "\n\nCourse 1\n\n",
    "\nCOURSE 2 :",
    "\n\nQualifications\n\n",
    "\n\nFinale A\n",
    "\n\nES3\n",
    "Abandons :",
    "Classement :",
    "\n\nCadets :\n",
    "\n• ",
    "\n– ",
    "\n| ",
    " | ",
    "\t",
)
_SMALL = (
    "et",
    ",",
    ";",
    ".",
    ":",
    "/",
    "-",
    "–",
    "…",
    "...",
    "de",
    "du",
    "chez",
    "il",
    "elle",
    "ce dernier",
    "le poleman",
    "la #7",
    "#",
    "n°",
    "à 1'12\"3",
    "25'12\"345",
    "au 3e tour",
    "l'",
    "d'",
    "10:34",
)
_NOISE = (
    "\x00", "\ufeff", "\u200b", "\u200f", "\u202e", "\u0301", "e\u0301\u0301", "🏁", "👨‍👩‍👧", "ﬁ", "İ", "ẞ", "①", "½", "٣", "\r", "\r\n", "\x0b", "\x0c", "\u2028", "\x85", "\u00a0", "\u202f", "漢字", "\U0010ffff", "a" * 200, "É" * 50, "-" * 40, "1" * 60,
)  # fmt: skip

FRAGMENTS = (*_PEOPLE, *_TEAMS, *_BRACKETS, *_RANKS, *_VERBS, *_QUOTES, *_HEADS, *_SMALL)
OPENING = "Les pilotes sur le circuit de Brumeval, voitures et moteurs\n\n"


def race_prose(max_pieces: int = 60) -> st.SearchStrategy[str]:
    """Texts that begin like a report and go on with pieces of reports and noise in any order."""
    piece = st.one_of(
        st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.sampled_from(_NOISE), st.text(max_size=5)
    )
    glue = st.sampled_from((" ", " ", " ", "", "\n"))
    return st.lists(st.tuples(piece, glue), max_size=max_pieces).map(
        lambda pieces: OPENING + "".join(p + g for p, g in pieces)
    )


def repeated() -> st.SearchStrategy[str]:
    """One piece over and over: thousands of quote marks, brackets, line ends, ranks."""
    return st.builds(
        lambda piece, glue, times: OPENING + (piece + glue) * times,
        st.sampled_from((*FRAGMENTS, *_NOISE)),
        st.sampled_from(("", " ", "\n")),
        st.integers(1, 400),
    )


@cache
def _golden() -> tuple[str, ...]:
    folder = Path(__file__).resolve().parents[1] / "golden"
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*.txt")))


@st.composite
def cuttings(draw: st.DrawFn) -> str:
    """Return a piece of a real report, cut anywhere, alone or behind words that make a race of it."""
    text = draw(st.sampled_from(_golden()))
    start = draw(st.integers(0, len(text) - 1))
    piece = text[start : start + draw(st.integers(1, 400))]
    return draw(st.sampled_from(("", OPENING, f"{OPENING}\n\n"))) + piece.rstrip()
