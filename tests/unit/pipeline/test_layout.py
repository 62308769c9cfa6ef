"""The page: blocks and sentences, found without touching the text."""

from __future__ import annotations

from itertools import pairwise

from marked import cases

from extractor.pipeline.annotations import Layout
from extractor.pipeline.layout import lay_out


def kinds(text: str) -> list[str]:
    return [block.kind for block in lay_out(text).blocks]


def sentences(text: str) -> list[str]:
    layout = lay_out(text)
    return [layout.tokens.surface(s.first, s.last) for s in layout.sentences]


def bodies(layout: Layout, text: str) -> list[str]:
    return [text[block.start : block.end] for block in layout.blocks]


BLOCKS = {
    "title, paragraph": (
        "Marchal règne à Brumeval\n\nLouis Marchal a gagné la course de dimanche.",
        ["title", "paragraph"],
    ),
    "heading": (
        "Titre de presse\n\nLa course a eu lieu dimanche.\n\nCourse 2\n\nMarchal gagne encore.",
        ["title", "paragraph", "heading", "paragraph"],
    ),
    "heading with colon": (
        "Titre\n\nUne phrase entière.\n\nQualifications :\n\nMarchal est en pole.",
        ["title", "paragraph", "heading", "paragraph"],
    ),
    "bullets": (
        "Titre\n\n– Marchal a gagné samedi.\n– Tavernier a gagné dimanche.\n• Orsini a cassé.",
        ["title", "bullet", "bullet", "bullet"],
    ),
    "ranked lines": (
        "Résultats\n\n1. Louis Marchal\n2. Jean Tavernier\n3. Paul Orsini",
        ["title", "list", "list", "list"],
    ),
    "1er :": ("Résultats\n\n1er : Louis Marchal\n2ème : Jean Tavernier", ["title", "list", "list"]),
    "a list in one line": (
        "Titre\n\nClassement : 1. Marchal ; 2. Tavernier ; 3. Orsini ; 4. Lemaire.",
        ["title", "list"],
    ),
    "dashes": ("Titre\n\n1 - Marchal - 2 - Tavernier - 3 - Orsini", ["title", "list"]),
    "bars": ("Titre\n\n1 | Marchal | 25'12\n2 | Tavernier | 25'14", ["title", "table", "table"]),
    "tabs": ("Titre\n\n1\tMarchal\t25'12\n2\tTavernier\t25'14", ["title", "table", "table"]),
    "speech": ("Titre\n\n« Nous avons fait une belle course aujourd'hui », dit Marchal.", ["title", "quote"]),
    "straight speech": (
        'Titre\n\n"Nous avons fait une belle course aujourd\'hui", dit Marchal.',
        ["title", "quote"],
    ),
    "no heading at all": ("Louis Marchal a gagné la course de dimanche à Brumeval.", ["paragraph"]),
    "rules and stars": (
        "Titre\n\n*****\n\nMarchal a gagné la course.",
        ["title", "boilerplate", "paragraph"],
    ),
}


@cases(BLOCKS)
def test_blocks(case: tuple[str, list[str]]) -> None:
    text, expected = case
    assert kinds(text) == expected


SENTENCES = {
    "plain": ("Marchal part en tête. Tavernier suit.", ["Marchal part en tête.", "Tavernier suit."]),
    "no space": ("Marchal part en tête.Tavernier suit.", ["Marchal part en tête.", "Tavernier suit."]),
    "exclamation": ("Quelle course ! Marchal gagne.", ["Quelle course !", "Marchal gagne."]),
    "dots": ("Marchal attend… Tavernier passe.", ["Marchal attend…", "Tavernier passe."]),
    "three dots": ("Marchal attend... Tavernier passe.", ["Marchal attend...", "Tavernier passe."]),
    "initials": (
        "L. Marchal devance J. Tavernier. Orsini suit.",
        ["L. Marchal devance J. Tavernier.", "Orsini suit."],
    ),
    "M. is no end": (
        "Le départ est donné par M. Lemaire. Tous partent.",
        ["Le départ est donné par M. Lemaire.", "Tous partent."],
    ),
    "an ordinal may end": (
        "Derrière Marchal, Tavernier, 3ème. Ce dernier suit.",
        ["Derrière Marchal, Tavernier, 3ème.", "Ce dernier suit."],
    ),
    "a rank does not": (
        "Podium : Marchal, 2. Tavernier, 3. Orsini.",
        ["Podium : Marchal, 2. Tavernier, 3. Orsini."],
    ),
    "decimals": (
        "Marchal tourne en 1.42.318 au 3e tour. Tavernier suit.",
        ["Marchal tourne en 1.42.318 au 3e tour.", "Tavernier suit."],
    ),
    "closing marks stay": ("« C'est fini. » Marchal sourit.", ["« C'est fini. »", "Marchal sourit."]),
}


@cases(SENTENCES)
def test_sentences(case: tuple[str, list[str]]) -> None:
    text, expected = case
    assert sentences(text) == expected


WRAPPED = (
    "Louis Marchal a dominé la course de bout en bout et n'a\n"
    "jamais été inquiété par ses poursuivants, qui se sont\n"
    "disputé les places d'honneur jusqu'au dernier virage de\n"
    "cette manche disputée sous la pluie.\n"
)


def test_wrapped_lines_are_one_paragraph() -> None:
    layout = lay_out(WRAPPED)
    assert [block.kind for block in layout.blocks] == ["paragraph"]
    assert len(layout.sentences) == 1


def test_wrapped_lists_stay_lists() -> None:
    text = WRAPPED + "\n1. Louis Marchal\n2. Jean Tavernier\n3. Paul Orsini\n"
    assert kinds(text) == ["paragraph", "list", "list", "list"]


def test_a_paragraph_printed_twice_is_read_once() -> None:
    lead = "Louis Marchal a dominé la course de Brumeval de bout en bout dimanche après-midi."
    assert kinds(f"{lead}\n\nAutre chose est arrivé ce jour-là, au stand.\n\n{lead}") == [
        "paragraph",
        "paragraph",
        "boilerplate",
    ]


def test_page_furniture_is_not_read() -> None:
    text = "Titre de presse\n\nPUBLICITÉ\n\nMarchal gagne la course de dimanche.\n\nPartager cet article"
    assert kinds(text)[1] == "boilerplate"


def test_line_ends_of_every_system() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"Titre de presse{end}{end}Marchal gagne.{end}{end}1. Marchal{end}2. Tavernier{end}"
        layout = lay_out(text)
        assert bodies(layout, text) == ["Titre de presse", "Marchal gagne.", "1. Marchal", "2. Tavernier"]


def test_blocks_and_sentences_do_not_overlap() -> None:
    text = "Titre\n\n– A. B. C.\n\n1. Marchal 2. Tavernier 3. Orsini\n« Oui. » Non ?\n\n|\t|\n\n" + WRAPPED
    layout = lay_out(text)
    ends = [(b.start, b.end) for b in layout.blocks]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    assert all(s.last <= t.first for s, t in pairwise(layout.sentences))
    assert all(
        layout.blocks[s.block].first <= s.first < s.last <= layout.blocks[s.block].last
        for s in layout.sentences
    )


def test_nothing_to_lay_out() -> None:
    for text in ("", " ", "\n\n\n", "\u200b", "\ufeff"):
        assert lay_out(text).sentences == []
