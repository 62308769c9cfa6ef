"""Printed pages are written down word by word; which line ends are none is told by how lines are filled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.pipeline.reading import PassedOver, passed_over
from extractor.pipeline.view import View
from extractor.readers.printed import Assembled, PrintedPage, PrintedWord, assemble
from tests.unit.readers.pages import block, line, page


def seen(assembled: Assembled) -> str:
    """Return what the pipeline reads."""
    skipped = tuple((one.start, one.end) for one in assembled.skipped)
    return View(assembled.text, passed_over(assembled.text, PassedOver(skipped, assembled.joins))).text


def skipped(assembled: Assembled) -> list[tuple[str, str]]:
    return [(assembled.text[one.start : one.end].strip(), one.reason) for one in assembled.skipped]


PARAGRAPH = (
    "Parti de la pole, Jean Tavernier a mené de bout en bout et",
    "s'impose devant Louis Marchal. Ce dernier regrettait un départ",
    "manqué. Troisième, Paul Ortolan complète un podium attendu.",
)


def test_words_stand_where_the_text_says() -> None:
    written = assemble([page(block(*PARAGRAPH))])
    assert written.text == "\n".join(PARAGRAPH)
    assert [written.text[word.start : word.end] for word in written.words] == " ".join(PARAGRAPH).split()
    first = written.words[0]
    assert (first.page, first.x, first.y, first.w, first.h) == (1, 50, 100, 30, 10)
    assert [(one.number, one.start, one.end) for one in written.pages] == [(1, 0, len(written.text))]


def test_full_lines_go_on() -> None:
    assert seen(assemble([page(block(*PARAGRAPH))])) == " ".join(PARAGRAPH)


def test_a_parted_word_goes_on() -> None:
    written = assemble([page(block("Sur la ligne, Paul Ortolan prend le meil-", "leur sur tous."))])
    assert seen(written).replace("-\n", "") == "Sur la ligne, Paul Ortolan prend le meilleur sur tous."


def test_entries_of_a_list_stay_lines() -> None:
    ranks = ("1. Jean Tavernier (Écurie du Val)", "2. Louis Marchal (Team Brume SA)", "3. Paul Ortolan")
    assert seen(assemble([page(block(*ranks))])) == "\n".join(ranks)
    bare = ("1 Jean Tavernier 25 tours", "2 Louis Marchal à 12 sec.", "3 Paul Ortolan à 1 tour.")
    assert seen(assemble([page(block(*bare))])) == "\n".join(bare)
    unmarked = ("Tavernier, Écurie du Val", "Marchal", "Ortolan, Team Brume")
    assert seen(assemble([page(block(*PARAGRAPH), block(*unmarked, y=300))])).endswith("\n".join(unmarked))


def test_an_entry_of_two_lines_is_one() -> None:
    entry = (
        "1. Jean Tavernier et Louis Marchal, sur la voiture de l'écurie",
        "du Val, 25 tours ;",
        "2. Paul",
    )
    assert seen(assemble([page(block(*entry))])) == f"{entry[0]} {entry[1]}\n{entry[2]}"


def test_an_indented_line_behind_a_full_stop_begins_a_paragraph() -> None:
    told = (
        PARAGRAPH[0],
        "s'impose devant Louis Marchal, second à plus d'un tour.",
        "  Troisième, Paul Ortolan complète un podium attendu par",
        "tous les siens.",
    )
    assert seen(assemble([page(block(*told))])).split("\n\n")[1].startswith("Troisième")


def test_a_wide_gap_begins_a_paragraph() -> None:
    spaced = block(*PARAGRAPH)
    spaced.lines += [
        line("Course 2 : le lendemain, la pluie a tout changé pour les équipages", y=100 + 14 * 4.5),
        line("engagés.", y=100 + 14 * 5.5),
    ]
    assert seen(assemble([page(spaced)])).split("\n\n")[1].startswith("Course 2")


def test_a_heading_of_two_lines_is_one() -> None:
    heading = block("Val-de-Brume :", "Tavernier en patron")
    for one in heading.lines:
        one.words = [word._replace(h=22) for word in one.words]
    written = seen(assemble([page(heading, block(*PARAGRAPH, y=200))]))
    assert written.startswith("Val-de-Brume : Tavernier en patron\n\nParti")


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = block("Parti de la pole, Jean", "Tavernier a mené toute", "la course sous la pluie")
    right = block("et remporte sa troisième", "victoire de la saison.", x=320)
    assert "sous la pluie et remporte" in seen(assemble([page(left, right)]))


def test_a_finished_paragraph_does_not() -> None:
    left = block("Parti de la pole, Jean", "Tavernier a mené toute", "la course sous l'averse.")
    right = block("Course 2", x=320)
    assert "l'averse.\n\nCourse 2" in seen(assemble([page(left, right)]))


def test_a_reader_may_know_that_it_does() -> None:
    assert "a. b" in seen(assemble([page(block("a.", ends=False), block("b", y=200))]))
    assert "a\n\nb" in seen(assemble([page(block("Tout a", ends=True), block("b", y=200))]))


def test_a_paragraph_goes_on_behind_running_heads_and_page_numbers() -> None:
    pages = [
        page(
            block("L'ÉCHO DU VAL", y=20),
            block(*PARAGRAPH, f"Suite de la page {number} : au dernier tour, la pluie tombe sur le", y=300),
            block("- " + str(number + 11) + " -", y=770),
            number=number,
        )
        for number in (1, 2, 3)
    ]
    pages[1].blocks[1].lines[0].words[0] = PrintedWord("circuit", 50, 300, 42, 10)
    written = assemble(pages)
    assert skipped(written)[:3] == [
        ("L'ÉCHO DU VAL", "running_head"),
        ("- 12 -", "page_number"),
        ("L'ÉCHO DU VAL", "running_head"),
    ]
    assert "la pluie tombe sur le circuit de la pole" in seen(written)
    assert "ÉCHO" not in seen(written)
    assert "- 12 -" in written.text


def test_a_title_that_later_pages_repeat_stays() -> None:
    pages = [page(block("Tavernier en patron", y=20), block(*PARAGRAPH, y=300), number=n) for n in (1, 2)]
    title = pages[0].blocks[0].lines[0]
    title.words = [word._replace(h=22) for word in title.words]
    assert skipped(assemble(pages)) == [("Tavernier en patron", "running_head")]
    assert seen(assemble(pages)).startswith("Tavernier en patron")


def test_bare_numbers_that_count_with_the_pages_are_page_numbers() -> None:
    pages = [
        page(block(*PARAGRAPH, y=300), block(str(number + 40), y=780), number=number) for number in (1, 2)
    ]
    assert skipped(assemble(pages)) == [("41", "page_number"), ("42", "page_number")]
    alone = assemble([page(block(*PARAGRAPH), block("12", y=780))])
    assert skipped(alone) == []


def test_what_stands_in_the_middle_of_every_page_is_text() -> None:
    pages = [page(block("Classement de la finale", y=400), number=number) for number in (1, 2, 3)]
    assert skipped(assemble(pages)) == []


def test_the_reader_says_what_else_is_left_out() -> None:
    written = assemble([page(block(*PARAGRAPH), block("Buvez Brumelle !", y=300, skip="advert"))])
    assert skipped(written) == [("Buvez Brumelle !", "advert")]
    assert seen(written).strip() == " ".join(PARAGRAPH)


def test_nothing_gives_nothing() -> None:
    assert assemble([]).text == ""
    written = assemble([page(), page(block(" "), number=2)])
    assert (written.text.strip(), written.words) == ("", ())
    assert [one.number for one in written.pages] == [1, 2]


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=6)
lines = st.lists(st.tuples(words, st.floats(0, 500), st.floats(0, 30)), max_size=5)
blocks = st.tuples(
    st.lists(lines, max_size=4), st.sampled_from([None, "advert"]), st.sampled_from([None, True, False])
)


@given(st.lists(st.lists(blocks, max_size=4), max_size=4))
def test_whatever_the_page_nothing_is_lost_and_offsets_hold(
    drawn: list[list[tuple[list[list[tuple[str, float, float]]], str | None, bool | None]]],
) -> None:
    from extractor.readers.printed import PrintedBlock, PrintedLine

    pages: list[PrintedPage] = []
    for number, content in enumerate(drawn, 1):
        made = [
            PrintedBlock(
                [PrintedLine([PrintedWord(text, x, 50, w, 10) for text, x, w in row]) for row in rows],
                skip,
                ends,
            )
            for rows, skip, ends in content
        ]
        pages.append(page(*made, number=number))
    given_words = [
        text
        for content in drawn
        for rows, _, _ in content
        for row in rows
        for word, _, _ in row
        if (text := " ".join(word.split()))
    ]
    written = assemble(pages)
    assert [written.text[word.start : word.end] for word in written.words] == given_words
    assert all(a.end <= b.start for a, b in zip(written.words, written.words[1:], strict=False))
    assert all(a.end <= b.start for a, b in zip(written.skipped, written.skipped[1:], strict=False))
    assert all(a < b and written.text[a:b].isspace() for a, b in written.joins)
    seen(written)
