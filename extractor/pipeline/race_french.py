"""French as race reports need it: the spaCy ``Language`` and the tokenizer that a saved pipeline names.

Both are entry points in ``pyproject.toml``, so that ``spacy.load`` finds them by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, load_config_from_str, registry
from spacy.vocab import Vocab

from extractor.errors import InputError
from extractor.lexicon.tokenize import TOKEN
from extractor.pipeline.language import LANGUAGE

TOKENIZER = "parcferme.Tokens.v1"

_CONFIG = f"""
[nlp]

[nlp.tokenizer]
@tokenizers = "{TOKENIZER}"
"""


class RaceTokenizer(DummyTokenizer):
    """Cuts a text as the lexicon does; time and memory grow with its length and no faster.

    It has nothing to save: what it does is in the code.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text; ``doc.text`` is exactly that text.

        Raises:
            InputError: The text holds half a character (a lone surrogate), which no file can hold.
        """
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError("half_character", position=error.start) from error
        words, spaces = cut(text)
        return Doc(self.vocab, words=words, spaces=spaces)


def cut(text: str) -> tuple[list[str], list[bool]]:
    """Return the tokens of a text and which of them a blank follows.

    Blanks beyond the first, and line ends, are tokens of their own, as spaCy has it.
    """
    words: list[str] = []
    spaces: list[bool] = []
    position = 0

    def between(end: int) -> None:
        start = position
        if words and text[start] == " ":
            spaces[-1] = True
            start += 1
        if start < end:
            words.append(text[start:end])
            spaces.append(False)

    for match in TOKEN.finditer(text):
        start, end = match.span()
        if position < start:
            between(start)
        words.append(text[start:end])
        spaces.append(False)
        position = end
    if position < len(text):
        between(len(text))
    return words, spaces


def create_tokenizer() -> Callable[[Language], RaceTokenizer]:
    """Return what makes the tokenizer of a ``Language``."""
    return lambda nlp: RaceTokenizer(nlp.vocab)


registry.tokenizers.register(TOKENIZER, func=create_tokenizer)


class RaceFrenchDefaults(BaseDefaults):
    """No lookups, no stop words, no exception patterns: the components bring their own."""

    config = load_config_from_str(_CONFIG)
    lex_attr_getters: dict[int, Callable[[str], Any]] = {}  # noqa: RUF012  (spaCy reads it from the class)


@registry.languages(LANGUAGE)
class RaceFrench(Language):  # type: ignore[no-untyped-call]
    """French as race reports need it."""

    lang = LANGUAGE
    Defaults = RaceFrenchDefaults

    def __init__(self, *args: Any, max_length: int = 1 << 40, **kwargs: Any) -> None:
        """Build the language; the limit that matters is the reader's, and a saved pipeline keeps none."""
        super().__init__(*args, max_length=max_length, **kwargs)
