"""spaCy's tagger of names with its defaults: ``tok2vec`` (HashEmbedCNN, 96 wide, 4 deep) and ``ner``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.vocab import Vocab
from thinc.schedules import compounding
from thinc.util import fix_random_seed

from benchmarks.name_training import Clock
from benchmarks.newspapers import TYPES, Passage

_DROPOUT = 0.1
# Words in a batch, as "spacy init config" proposes.
_FEW, _MANY, _GROWTH = 100, 1000, 1.001
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}


class SpacyTagger:
    """Learns and finds names; it is given the words, as the other tagger is."""

    def __init__(self) -> None:
        fix_random_seed(1)
        self._nlp = spacy.blank("fr")
        self._nlp.add_pipe("tok2vec")
        names: Any = self._nlp.add_pipe("ner", config={"model": {"tok2vec": _LISTENER}})
        for kind in TYPES:
            names.add_label(kind)
        self._optimizer = self._nlp.initialize()
        self._sizes = batch_sizes()

    def learn_once(self, passages: Sequence[Passage], clock: Clock) -> None:  # noqa: ARG002
        """Learn from each passage once; spaCy's rate of learning does not change."""
        examples = [self._example(passage) for passage in passages]
        for batch in word_batches(examples, self._sizes):
            self._nlp.update(batch, sgd=self._optimizer, drop=_DROPOUT)

    def tags(self, passages: Sequence[Passage]) -> list[list[str]]:
        """Return the BIO tags of the words of each passage."""
        documents = (document(self._nlp.vocab, passage) for passage in passages)
        return [_tags(doc) for doc in self._nlp.pipe(documents)]

    def _example(self, passage: Passage) -> Example:
        vocab = self._nlp.vocab
        return Example(document(vocab, passage), document(vocab, passage, passage.tags))

    def keep(self) -> Any:
        """Return the pipeline as bytes."""
        return self._nlp.to_bytes()

    def restore(self, kept: Any) -> None:
        """Take a pipeline's bytes."""
        self._nlp.from_bytes(kept)


def document(vocab: Vocab, passage: Passage, tags: Sequence[str] | None = None) -> Doc:
    """Return a passage, with its names where tags are given."""
    words, blanks = [word.text for word in passage.words], [word.blank for word in passage.words]
    return Doc(vocab, words=words, spaces=blanks, ents=None if tags is None else list(tags))


def batch_sizes() -> Iterator[float]:
    """Yield how many words each batch is to have, without end: more and more."""
    yield from compounding(_FEW, _MANY, _GROWTH)


def word_batches(examples: Iterable[Example], sizes: Iterator[float]) -> Iterator[list[Example]]:
    """Yield examples in batches of so many words."""
    batches: Any = minibatch_by_words
    yield from batches(examples, size=sizes)


def _tags(doc: Doc) -> list[str]:
    return [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc]
