"""What an encoder is pretrained on: which texts, how often, and what is held out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from extractor.neural.sources import Sampler, Source, read_sources, sampler
from extractor.neural.vocabulary import END, MASK, PAD, SPECIAL, START, load_vocabulary, train_vocabulary

LINE = "Théo Varnier remporte la course devant Zoé Lacaze à Nogaro.\n"


def source(folder: Path, name: str, text: str, weight: float = 1.0, characters: int = 1 << 40) -> Source:
    (folder / f"{name}.txt").write_text(text, "utf-8")
    return Source(name, (folder / f"{name}.txt",), weight, characters)


def test_a_list_of_sources_names_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "novels").mkdir()
    for name in ("b", "a"):
        (tmp_path / "novels" / f"{name}.txt").write_text(LINE, "utf-8")
    (tmp_path / "list.toml").write_text(
        '[novels]\nfiles = ["novels/*.txt"]\nweight = 3\ncharacters = 70\n[one]\nfiles = ["novels/b.txt"]\nweight = 0.5\n'
    )
    novels, one = read_sources(tmp_path / "list.toml")
    assert ([file.name for file in novels.files], novels.weight, novels.characters) == (
        ["a.txt", "b.txt"],
        3.0,
        70,
    )
    assert one.characters > 1e9
    assert "".join(novels.texts()) == LINE + LINE[:10]  # so many characters of all files
    assert "".join(one.texts()) == LINE


def test_a_pattern_without_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text('[novels]\nfiles = ["no*"]\nweight = 1\n')
    with pytest.raises(FileNotFoundError, match=r"no\*"):
        read_sources(tmp_path / "list.toml")


def test_long_texts_come_in_pieces_of_whole_lines(tmp_path: Path) -> None:
    pieces = list(source(tmp_path, "long", LINE * 300).texts())
    assert len(pieces) > 3
    assert all(piece.endswith("\n") for piece in pieces)
    assert "".join(pieces) == LINE * 300


def test_the_last_hundredth_is_held_out(tmp_path: Path, tokenizer: Tokenizer) -> None:
    found = sampler([source(tmp_path, "a", LINE * 400)], tokenizer, tmp_path / "arrays")
    (training,), (held_out,) = found.training, found.held_out
    assert found.tokens == len(training)
    assert len(held_out) == pytest.approx(0.01 * (len(training) + len(held_out)), abs=1)
    ids = np.concatenate((training, held_out)).tolist()
    assert held_out[-1] == tokenizer.token_to_id(END)  # texts are parted
    assert tokenizer.decode(ids, skip_special_tokens=True) == LINE * 400


def test_tokens_are_kept_for_the_next_time(tmp_path: Path, tokenizer: Tokenizer) -> None:
    one = source(tmp_path, "a", LINE * 50)
    first = sampler([one], tokenizer, tmp_path / "arrays")
    one.files[0].unlink()
    again = sampler([one], tokenizer, tmp_path / "arrays")
    assert again.training[0].tolist() == first.training[0].tolist()
    assert [path.name for path in (tmp_path / "arrays").iterdir()] == ["a.npy"]


def numbered() -> Sampler:
    """Two sources whose tokens say where they stand: below 1,000 and above."""
    arrays = [np.arange(900, dtype=np.uint16), np.arange(1000, 5000, dtype=np.uint16)]
    return Sampler(arrays, [one[-100:] for one in arrays], [3.0, 1.0])


def test_windows_are_drawn_by_weight_from_anywhere() -> None:
    windows = numbered().draw(np.random.default_rng(1), 2_000, 10)
    assert windows.shape == (2_000, 10)
    assert (np.diff(windows) == 1).all()
    of_first = windows[:, 0] < 1000
    assert of_first.mean() == pytest.approx(0.75, abs=0.04)  # by weight, not by size
    assert len(set(windows[of_first, 0].tolist())) > 600
    assert windows[of_first].max() < 900


def test_the_same_chance_draws_the_same() -> None:
    one, other = (numbered().draw(np.random.default_rng((1, 7)), 4, 10) for _ in range(2))
    assert one.tolist() == other.tolist()


def test_as_many_windows_are_checked_of_each_source() -> None:
    windows = numbered().check(10, 8)
    assert windows[:, 0].tolist() == [800, 810, 820, 830, 4900, 4910, 4920, 4930]
    assert len(numbered().check(10, 1_000)) == 20  # all there is


# --- tokens


def test_no_character_is_unknown_and_digits_stand_alone(tokenizer: Tokenizer) -> None:
    for text in (LINE, "漢字 🏁\n\t« ½ »", "1'42\"318"):
        assert tokenizer.decode(tokenizer.encode(text, add_special_tokens=False).ids) == text
    assert tokenizer.encode("2318", add_special_tokens=False).tokens == ["2", "3", "1", "8"]


def test_the_marks_come_first(tokenizer: Tokenizer) -> None:
    assert [tokenizer.token_to_id(mark) for mark in (PAD, START, END, MASK)] == [0, 1, 2, 3]
    assert len(SPECIAL) == 4


def test_the_same_texts_give_the_same_tokens_and_a_file_keeps_them(tmp_path: Path) -> None:
    one, other = (train_vocabulary([LINE] * 5, 300) for _ in range(2))
    assert one.get_vocab() == other.get_vocab()
    one.save(str(tmp_path / "tokenizer.json"))
    kept = load_vocabulary(tmp_path / "tokenizer.json")
    assert kept.encode(LINE).ids == one.encode(LINE).ids
    assert kept.get_vocab_size() == 300
