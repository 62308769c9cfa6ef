"""Lay out the public data that the encoder is pretrained on.

    python -m tools.pretraining_texts DATA OUT

``DATA`` holds the archives (``text_*.txt.xz``, ``newspaper_ner.tar.xz``, ``direct_speech.tar.xz``,
``ud_french.tar.xz``, ``ocr_pairs.tar.xz``). Written in ``OUT``: plain text, our own training reports,
generated
reports, and ``sources.toml``, which ``parcferme pretrain`` reads. The model card names the data and their
licences.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.corpus.generator.report import generate

_GENERATED = 6_000
_SEED = 101

# Novels and newspapers before laws; racing last, so that the encoder knows the trade as well as the language.
_SOURCES = """\
[novels]
files = ["novels.txt"]
weight = 0.42

[newspapers]
files = ["newspapers.txt", "misread.txt"]
weight = 0.10

[speech]
files = ["speech.txt"]
weight = 0.05

[modern]
files = ["modern.txt"]
weight = 0.03

[laws]
files = ["laws_france.txt", "laws_canada.txt", "manuals.txt"]
weight = 0.06
characters = 12000000

[generated]
files = ["generated.txt"]
weight = 0.24

[own]
files = ["own.txt"]
weight = 0.10
"""


def main(data: Path, out: Path) -> None:
    """Write everything."""
    out.mkdir(parents=True, exist_ok=True)
    for name, kept, limit in (
        ("text_eltec_fra", "novels", 1 << 40),
        ("text_legalize_fr", "laws_france", 5_000_000),
        ("text_laws_canada_fr", "laws_canada", 2_500_000),
        ("text_php_doc_fr", "manuals", 1_500_000),
    ):
        with lzma.open(data / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
            write(out / f"{kept}.txt", cut(lines, limit))
    write(out / "newspapers.txt", newspapers(data / "newspaper_ner.tar.xz"))
    write(out / "speech.txt", speech(data / "direct_speech.tar.xz"))
    write(out / "modern.txt", modern(data / "ud_french.tar.xz"))
    write(out / "misread.txt", misread(data / "ocr_pairs.tar.xz"))
    write(
        out / "generated.txt",
        (f"{r.record.document.text.strip()}\n\n" for r in generate(_SEED, _GENERATED, noise="mixed")),
    )
    write(out / "own.txt", own(Path("corpus/data/train.jsonl")))
    (out / "sources.toml").write_text(_SOURCES, encoding="utf-8")


def write(path: Path, texts: Iterable[str]) -> None:
    """Write ``texts`` one after the other."""
    with path.open("w", encoding="utf-8") as file:
        for text in texts:
            file.write(text)
    print(f"{path}: {path.stat().st_size:,} bytes")


def cut(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Yield lines up to ``limit`` characters."""
    for line in lines:
        yield line
        limit -= len(line)
        if limit <= 0:
            return


def members(path: Path, *ends: str) -> Iterator[str]:
    """Yield the text of the archive's files whose names end so, in the order of their names."""
    with tarfile.open(path) as archive:
        found = sorted(
            (m for m in archive.getmembers() if m.isfile() and m.name.endswith(ends)), key=lambda m: m.name
        )
        for member in found:
            file = archive.extractfile(member)
            assert file is not None
            yield file.read().decode("utf-8", "replace")


def newspapers(path: Path) -> Iterator[str]:
    """Yield newspapers from their columns of tokens; lines are as long as a column of print.

    The second file and the last fifth of the third, which taggers are compared on, are left out.
    """
    for columns in members(path, ".bio", "dev-fr.tsv"):
        words: list[str] = []
        rows = columns.splitlines()
        for row in rows[: len(rows) * 4 // 5]:
            word = row.replace("\t", " ").split(" ")[0]
            if not word or word.startswith("#") or word == "TOKEN":
                continue
            words.append(word)
            if len(words) == 200:
                yield joined(words) + "\n"
                words = []
        yield joined(words) + "\n"


def joined(words: Iterable[str]) -> str:
    """Set words side by side as French does."""
    text = " ".join(words)
    for mark in (" .", " ,", " )", " ’", " '"):
        text = text.replace(mark, mark[1:])
    return text.replace("( ", "(").replace("' ", "'").replace("’ ", "’")


def speech(path: Path) -> Iterator[str]:
    """Yield the texts with direct speech."""
    for held in members(path, "aggregated_corpus.json"):
        for text in json.loads(held).values():
            yield text["text"].strip() + "\n\n"


def modern(path: Path) -> Iterator[str]:
    """Yield the sentences of the treebanks but those of their tests."""
    for rows in members(path, "train.conllu", "dev.conllu"):
        for row in rows.splitlines():
            if row.startswith("# text = "):
                yield row.removeprefix("# text = ") + "\n"


def misread(path: Path) -> Iterator[str]:
    """Yield printed pages as character recognition read them, long lines only."""
    for held in members(path, "train.tsv", "dev.tsv"):
        for row in csv.DictReader(io.StringIO(held), delimiter="\t", quoting=csv.QUOTE_NONE):
            line = (row.get("input") or "").strip()
            if len(line) > 40 and float(row.get("cer") or 1) < 0.15:
                yield line + "\n"


def own(path: Path) -> Iterator[str]:
    """Yield the training reports of our corpus."""
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)["text"].strip() + "\n\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
