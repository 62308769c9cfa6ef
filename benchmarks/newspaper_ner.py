"""Names in old newspapers: our tagger's architecture, pretrained and not, beside spaCy's, in one run.

    python -m benchmarks.newspaper_ner newspaper_ner.tar.xz --encoder FOLDER [--tokenizer FILE] [--json FILE]

A sanity check on public text that has nothing to do with racing. All learn on one core from the same
passages, HIPE's first file and the first four fifths of Europeana's, each until a tenth of them is read no
better, and are scored on what neither they nor pretraining saw. A name is right where both its words and its
type are. spaCy is given the words; ours, which has tokens of its own, is scored by words. ``--encoder`` is a
folder of ``transformers`` or a bundle; what a bundle holds has learnt from reports since it was pretrained.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.name_training import ALL, Budget, Score, Tagger, Training, learn, score
from benchmarks.newspapers import TYPES, Newspapers, Passage, read_newspapers

OURS, SCRATCH, SPACY = "pretrained", "from scratch", "spaCy"


@dataclass(frozen=True, slots=True)
class Row:
    """A tagger's scores.

    Attributes:
        name: The tagger's.
        training: What it took.
        speed: Words that it reads in a second of processor time.
        scores: By part, then by type.
    """

    name: str
    training: Training
    speed: float
    scores: dict[str, dict[str, Score]]


def compared(taggers: dict[str, Callable[[], Tagger]], papers: Newspapers, budget: Budget) -> Iterator[Row]:
    """Yield the scores of each tagger when it has learnt."""
    parts = papers.held_out | {ALL: tuple(p for part in papers.held_out.values() for p in part)}
    for name, make in taggers.items():
        tagger = make()
        training = learn(tagger, papers.learnt, budget)
        began = time.process_time()
        tags = {part: tagger.tags(passages) for part, passages in parts.items()}
        seconds = time.process_time() - began
        scores = {part: score(passages, tags[part]) for part, passages in parts.items()}
        yield Row(name, training, sum(map(words, parts.values())) / seconds, scores)


def words(passages: Sequence[Passage]) -> int:
    """Return how many words there are."""
    return sum(len(passage.words) for passage in passages)


def lines(row: Row) -> Iterator[str]:
    """Yield what is printed of a tagger."""
    training = row.training
    curve = " ".join(f"{100 * f1:.1f}" for f1 in training.curve)
    yield f"{row.name}: read at {row.speed:,.0f} words/s after {training.seconds:.0f} s of training; {curve}"
    for part, scores in row.scores.items():
        cells = "  ".join(
            f"{kind} {100 * s.precision:5.1f} {100 * s.recall:5.1f} {100 * s.f1:5.1f}"
            for kind, s in scores.items()
        )
        yield f"  {part:10} {cells}"


def _taggers(options: argparse.Namespace) -> dict[str, Callable[[], Tagger]]:
    """Return what makes each tagger; the libraries are imported when one is made."""

    def ours(*, pretrained: bool) -> Tagger:
        from benchmarks.encoder_tagger import Base, EncoderTagger

        return EncoderTagger(Base.load(options.encoder, options.tokenizer, pretrained=pretrained))

    def theirs() -> Tagger:
        from benchmarks.spacy_tagger import SpacyTagger

        return SpacyTagger()

    made: dict[str, Callable[[], Tagger]] = {SPACY: theirs}
    if options.encoder:
        made |= {OURS: lambda: ours(pretrained=True), SCRATCH: lambda: ours(pretrained=False)}
    return made


def _one_thread() -> None:
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, score and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newspaper_ner", description=__doc__)
    parser.add_argument("archive", type=Path, help="newspaper_ner.tar.xz")
    parser.add_argument(
        "--encoder", type=Path, help="folder of transformers, or a bundle; without it spaCy alone"
    )
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json, where the encoder's folder has none")
    parser.add_argument("--epochs", type=int, default=30, help="rounds at most")
    parser.add_argument("--seconds", type=float, default=340, help="processor time for each training at most")
    parser.add_argument(
        "--patience", type=int, default=4, help="rounds without a better one before training ends"
    )
    parser.add_argument("--passages", type=int, help="so many passages of each part alone, for a quick trial")
    parser.add_argument("--json", type=Path, help="file that the scores are written to as well")
    options = parser.parse_args(arguments)
    _one_thread()
    papers = read_newspapers(options.archive, options.passages)
    print(f"learnt from: {words(papers.learnt)} words; held out: ", end="")
    print(", ".join(f"{part} {words(passages)} words" for part, passages in papers.held_out.items()))
    print(f"precision, recall and F1 of {', '.join(TYPES)} and {ALL}", flush=True)
    rows = []
    for row in compared(_taggers(options), papers, Budget(options.epochs, options.seconds, options.patience)):
        print(*lines(row), sep="\n", flush=True)
        rows.append(asdict(row))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
