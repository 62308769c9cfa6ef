"""Newspapers with marked names, in the two schemes that they are published in."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from benchmarks.newspapers import EUROPEANA, HIPE, Newspapers, entities, read_newspapers

HEAD = "TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tMISC\n# hipe2022:document_id = dev_fr_1\n"
LEARNT = HEAD + (
    "M\tB-PER\t_\tNoSpaceAfter\n.\tI-PER\t_\t_\nLoubet\tI-PER\t_\t_\nlit\tO\t_\t_\nl\tO\t_\tNoSpaceAfter\n"
    "'\tO\t_\tNoSpaceAfter\nAurore\tB-HumanProd\t_\t_\ndes\tO\t_\tNoSpaceAfter\nrai¬\tO\t_\tNoSpaceAfter|EndOfLine\n"
    "sins\tO\t_\tNoSpaceAfter\n.\tO\t_\tNoSpaceAfter|EndOfSentence\n"
    "# hipe2022:document_id = dev_fr_2\nParis\tB-LOC\t_\t_\nRome\tB-LOC\t_\t_\n"
)
HELD = HEAD + "Vichy\tI-LOC\t_\t_\n"


def archive(folder: Path, europeana: str) -> Path:
    """Write an archive as the public one is made."""
    path = folder / "newspapers.tar.xz"
    with tarfile.open(path, "w:xz") as held:
        for name, text in (
            ("hipe_ne/HIPE-2022-v2.1-newseye-dev-fr.tsv", LEARNT),
            ("hipe_ne/HIPE-2022-v2.1-newseye-dev2-fr.tsv", HELD),
            ("europeana_ner_fr/enp_FR.bnf.bio", europeana),
        ):
            content = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            held.addfile(member, io.BytesIO(content))
    return path


def read(folder: Path, *rows: str) -> Newspapers:
    return read_newspapers(archive(folder, "\n".join(rows)))


def test_products_are_no_names_and_documents_stay_apart(tmp_path: Path) -> None:
    first, second, _ = read(tmp_path, *["mot O"] * 5).learnt
    assert first.tags == ["B-PER", "I-PER", "I-PER", *["O"] * 8]
    assert second.tags == ["B-LOC", "B-LOC"]


def test_blanks_are_set_where_a_line_ended_and_not_within_a_word(tmp_path: Path) -> None:
    first = read(tmp_path, *["mot O"] * 5).learnt[0]
    assert first.text == "M. Loubet lit l'Aurore des rai¬sins. "
    assert [first.text[start:][:1] for start in first.starts] == [word.text[0] for word in first.words]


def test_names_without_a_beginning_get_one_where_the_type_changes(tmp_path: Path) -> None:
    rows = ["Rue I-LOC", "Noire I-LOC", "Jean I-PER", "et O", "Léa I-PER", *["mot O"] * 2]
    passage = read(tmp_path, *rows).learnt[-1]
    assert passage.tags == ["B-LOC", "I-LOC", "B-PER", "O", "B-PER"]
    assert entities(passage.tags) == {(0, 2, "LOC"), (2, 3, "PER"), (4, 5, "PER")}


def test_the_second_file_and_the_last_fifth_are_held_out(tmp_path: Path) -> None:
    papers = read(tmp_path, *[f"mot{number} O" for number in range(10)])
    held = {name: [word.text for p in part for word in p.words] for name, part in papers.held_out.items()}
    assert held == {HIPE: ["Vichy"], EUROPEANA: ["mot8", "mot9"]}
    assert papers.held_out[HIPE][0].tags == ["B-LOC"]
    learnt = {word.text for passage in papers.learnt for word in passage.words}
    assert not learnt & {"Vichy", "mot8", "mot9"}
    assert "mot7" in learnt


def test_a_passage_ends_with_a_sentence_and_never_inside_a_name(tmp_path: Path) -> None:
    rows = [*["mot O"] * 119, ". O", *["mot O"] * 155, *["Rue I-LOC"] * 10, *["mot O"] * 16]
    rows += ["mot O"] * ((len(rows) + 3) // 4)  # the last fifth, held out
    first, second, third = read(tmp_path, *rows).learnt[2:]
    assert (len(first.words), len(second.words), len(third.words)) == (120, 165, 16)
    assert entities(second.tags) == {(155, 165, "LOC")}


def test_a_name_that_begins_inside_is_one_all_the_same() -> None:
    assert entities(["I-PER", "I-PER", "I-LOC", "O"]) == {(0, 2, "PER"), (2, 3, "LOC")}


def test_an_archive_without_the_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.tar.xz"
    tarfile.open(path, "w:xz").close()
    with pytest.raises(SystemExit, match="one is needed"):
        read_newspapers(path)
