"""What the manifest says of a report: discipline, era, house style, noise, author, split.

The words that may be used are in ``vocabulary.toml``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Noise = Literal["clean", "wrapped", "boilerplate", "ocr", "ocr_heavy"]
Split = Literal["train", "dev", "test", "far"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test", "far")


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """Return the words for disciplines and styles, each with its meaning."""
    with resources.files("extractor.corpus").joinpath("vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


def _known(table: str) -> AfterValidator:
    def check(word: str) -> str:
        if word not in vocabulary()[table]:
            raise ValueError(f"{word!r} is none of {', '.join(vocabulary()[table])}")
        return word

    return AfterValidator(check)


class Metadata(BaseModel):
    """The head of a report file.

    Attributes:
        discipline: Kind of racing.
        year: Year of the race told.
        style: House style.
        noise: What has been done to the text.
        author: Whose habits it is written with.
        published_on: Date of publication, ISO 8601, where the text gives it.
        note: Anything a reader of the corpus should know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    discipline: Annotated[str, _known("discipline")]
    year: Annotated[int, Field(ge=1894, le=2030)]
    style: Annotated[str, _known("style")]
    noise: Noise = "clean"
    author: str
    published_on: str | None = None
    note: str | None = None

    @property
    def era(self) -> str:
        """The decade, such as ``1950s``."""
        return f"{self.year // 10 * 10}s"
