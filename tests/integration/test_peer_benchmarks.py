"""The benchmarks beside spaCy, on texts of a few words: they run from end to end and say what they promise."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools.check import ROOT

SHORT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
HEAD = "TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tMISC\n# hipe2022:document_id = 1\n"
SENTENCE = """\
1\tLe\tle\tDET\t_\tDefinite=Def|PronType=Art\t2\tdet\t_\t_
2\tvent\tvent\tNOUN\t_\tGender=Masc|Number=Sing\t3\tnsubj\t_\t_
3\tsouffle\tsouffler\tVERB\t_\tMood=Ind|VerbForm=Fin\t0\troot\t_\t_
4-5\tdu\t_\t_\t_\t_\t_\t_\t_\t_
4\tde\tde\tADP\t_\t_\t6\tcase\t_\t_
5\tle\tle\tDET\t_\tDefinite=Def|PronType=Art\t6\tdet\t_\t_
6\tnord\tnord\tNOUN\t_\tGender=Masc|Number=Sing\t3\tobl:arg\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_
"""


def archive(path: Path, files: dict[str, str]) -> Path:
    """Write an archive of texts."""
    with tarfile.open(path, "w:xz") as held:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            held.addfile(member, io.BytesIO(text.encode()))
    return path


def newspapers(path: Path, sentences: int) -> Path:
    """Write newspapers with few people and few places, who come again and again."""
    chance = random.Random(1)
    people, towns = ["Ronsard", "Loubet", "Carnot"], ["Valmont", "Fleury", "Bayle"]

    def rows(count: int) -> list[tuple[str, str]]:
        found = []
        for _ in range(count):
            found += [("Monsieur", "O"), (chance.choice(people), "PER"), ("habite", "O"), ("à", "O")]
            found += [(chance.choice(towns), "LOC"), (".", "O")]
        return found

    def hipe(count: int) -> str:
        return HEAD + "".join(f"{w}\t{'O' if k == 'O' else 'B-' + k}\t_\t_\n" for w, k in rows(count))

    bio = "".join(f"{word} {'O' if kind == 'O' else 'I-' + kind}\n" for word, kind in rows(sentences))
    return archive(
        path,
        {"x-newseye-dev-fr.tsv": hipe(sentences), "x-newseye-dev2-fr.tsv": hipe(40), "enp_FR.bnf.bio": bio},
    )


def encoder(folder: Path) -> Path:
    """Save a tiny encoder with its tokens."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from transformers import AutoModelForMaskedLM

    from extractor.neural.settings import EncoderSettings
    from extractor.neural.vocabulary import train_vocabulary

    shape = EncoderSettings(vocabulary=300, hidden=32, layers=2, heads=2, feed_forward=64)
    AutoModelForMaskedLM.from_config(shape.transformers()).save_pretrained(folder)
    train_vocabulary(["Monsieur Ronsard habite à Valmont."], 300).save(str(folder / "tokenizer.json"))
    return folder


def run(module: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | SHORT,
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    return done.stdout


@pytest.mark.slow
def test_each_tagger_learns_what_is_easy(tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    papers = newspapers(tmp_path / "newspapers.tar.xz", 400)
    told = run(
        "newspaper_ner", papers, "--encoder", encoder(tmp_path / "encoder"), "--epochs", 12, "--json", out
    )
    scores = {row["name"]: row["scores"]["all"]["all"] for row in json.loads(out.read_bytes())}
    assert set(scores) == {"spaCy", "pretrained", "from scratch"}
    for name, score in scores.items():
        assert name in told
        assert score["wanted"] == 2 * 40 + 2 * 80
        assert score["right"] > 0.9 * max(score["wanted"], score["found"]), name


@pytest.mark.slow
def test_the_peer_is_trained_once_and_both_read_the_same(tmp_path: Path) -> None:
    names = ("fr_sequoia-ud-train.conllu", "fr_sequoia-ud-test.conllu")
    treebank = archive(tmp_path / "ud.tar.xz", dict.fromkeys(names, f"{SENTENCE}\n" * 20))
    quick = ("--peer", tmp_path / "peer", "--rounds", 1, "--texts", 2, "--epochs", 1)
    first = run("peer_speed", *quick, "--treebank", treebank)
    trained = (tmp_path / "peer" / "meta.json").stat().st_mtime_ns
    second = run("peer_speed", *quick)
    assert (tmp_path / "peer" / "meta.json").stat().st_mtime_ns == trained
    for told in (first, second):
        assert "peer" in told
        assert "rules" in told
        assert told.count("(1.00)") == 3 + 2
