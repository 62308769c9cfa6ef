"""A spaCy pipeline of the size and the make of ``fr_core_news_sm``, trained for a short while on public data.

    python -m benchmarks.peer_training ud_french.tar.xz FOLDER [--newspapers newspaper_ner.tar.xz]

That pipeline itself has to be downloaded and is trained on more; how fast one reads does not depend on that.
This one is built alike (https://spacy.io/models#design-cnn): ``tok2vec`` with four layers of 96 numbers,
``morphologizer`` and ``parser`` that listen to it, and ``ner`` with layers of its own. The lemmatizer and the
attribute ruler of the original are left out, which makes the peer a little faster.
"""

from __future__ import annotations

import argparse
import json
import random
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.converters.conllu_to_docs import conllu_to_docs
from thinc.util import fix_random_seed

from benchmarks.newspapers import Passage, read_newspapers
from benchmarks.peer_speed import SCORES
from benchmarks.spacy_tagger import batch_sizes, document, word_batches

_WIDTH = 96
_LAYERS = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": _WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": _WIDTH,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}
_STATES = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
}
_SYNTAX, _NAMES = ("tok2vec", "morphologizer", "parser"), ("ner",)
_TRAIN, _TEST = "fr_sequoia-ud-train.conllu", "fr_sequoia-ud-test.conllu"
_SENTENCES = 10  # in a text, so that the parser learns where sentences end
_DROPOUT = 0.1
# Where no newspapers are given: names enough to have the component at work. Words in brackets are names.
_MADE = (
    "[PER Julien Marchal] a quitté [LOC Limoges] pour [ORG Renault] .",
    "À [LOC Pau] , [PER Claire Dumas] parle de la [ORG Fédération française] .",
    "La pluie tombait sur le circuit depuis le matin .",
)


def train(treebank: Path, newspapers: Path | None, folder: Path, epochs: int) -> dict[str, float]:
    """Train, save, and return how good it is, in per cent.

    Args:
        treebank: ``ud_french.tar.xz``, of which Sequoia is taken.
        newspapers: ``newspaper_ner.tar.xz``; without it names are learnt from a few made sentences.
        folder: Where the pipeline is saved.
        epochs: Rounds over the sentences.
    """
    fix_random_seed(1)
    nlp = blank()
    syntax = [_example(nlp, doc) for doc in _treebank(treebank, _TRAIN)]
    held: list[Example] = []
    if newspapers:
        papers = read_newspapers(newspapers)
        names = [_named(nlp, passage) for passage in papers.learnt]
        held = [_named(nlp, passage) for part in papers.held_out.values() for passage in part]
    else:
        names = [_example(nlp, _made(nlp, sentence)) for sentence in _MADE]
    optimizer: Any = nlp.initialize(lambda: syntax + names)
    _learn(nlp, optimizer, syntax, _SYNTAX, epochs)
    _learn(nlp, optimizer, names, _NAMES, epochs)
    scores = nlp.evaluate([_example(nlp, doc) for doc in _treebank(treebank, _TEST)])
    found = {name: scores[name] for name in ("pos_acc", "morph_acc", "dep_uas", "dep_las")}
    if held:
        found["ents_f"] = nlp.evaluate(held)["ents_f"]
    nlp.to_disk(folder)
    told = {name: round(100 * share, 1) for name, share in found.items()}
    (folder / SCORES).write_text(json.dumps(told) + "\n", encoding="utf-8")
    return told


def blank() -> Language:
    """Return the pipeline before it has learnt anything, with the French tokenizer as it is."""
    nlp = spacy.blank("fr")
    nlp.batch_size = 256  # as in fr_core_news_sm
    nlp.add_pipe("tok2vec", config={"model": _LAYERS})
    nlp.add_pipe(
        "morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}}
    )
    nlp.add_pipe("parser", config={"model": _STATES | {"state_type": "parser", "tok2vec": _LISTENER}})
    nlp.add_pipe("ner", config={"model": _STATES | {"state_type": "ner", "tok2vec": _LAYERS}})
    return nlp


def _learn(
    nlp: Language, optimizer: Any, examples: Sequence[Example], pipes: Iterable[str], epochs: int
) -> None:
    order, shuffle = list(examples), random.Random(1)
    sizes = batch_sizes()
    with nlp.select_pipes(enable=list(pipes)):
        for _ in range(epochs):
            shuffle.shuffle(order)
            for batch in word_batches(order, sizes):
                nlp.update(batch, sgd=optimizer, drop=_DROPOUT)


def _treebank(archive: Path, name: str) -> Iterator[Doc]:
    with tarfile.open(archive) as held:
        member = next(m for m in held if m.name.endswith(name))
        file = held.extractfile(member)
        assert file is not None
        rows = file.read().decode()
    # "du" is one word of two in the treebank, and one token here.
    convert: Any = conllu_to_docs
    yield from convert(rows, n_sents=_SENTENCES, merge_subtokens=True, no_print=True)


def _example(nlp: Language, gold: Doc) -> Example:
    return Example(nlp.make_doc(gold.text), gold)


def _named(nlp: Language, passage: Passage) -> Example:
    return _example(nlp, document(nlp.vocab, passage, passage.tags))


def _made(nlp: Language, sentence: str) -> Doc:
    words, tags, kind, begun = [], [], "", False
    for word in sentence.split():
        if word.startswith("["):
            kind, begun = word[1:], False
            continue
        words.append(word.rstrip("]"))
        tags.append(f"{'I' if begun else 'B'}-{kind}" if kind else "O")
        begun = True
        if word.endswith("]"):
            kind = ""
    return Doc(nlp.vocab, words=words, ents=tags)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and print how good it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peer_training", description=__doc__)
    parser.add_argument("treebank", type=Path, help="ud_french.tar.xz")
    parser.add_argument("folder", type=Path, help="where the pipeline is saved")
    parser.add_argument("--newspapers", type=Path, help="newspaper_ner.tar.xz, for the names")
    parser.add_argument("--epochs", type=int, default=5, help="rounds over the sentences")
    options = parser.parse_args(arguments)
    print(train(options.treebank, options.newspapers, options.folder, options.epochs))


if __name__ == "__main__":
    main()
