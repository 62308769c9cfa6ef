"""The sample corpus: a dozen reports of races that never were, made anew wherever the program is.

They come from the corpus's generator with numbers that were chosen by hand for being different: circuits and
rallies, prose, interviews and lists, clean pages and pages as a scanner's OCR leaves them. The extractor
reads them like any other report, errors and all: what there is to review is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SEED = 1957
CHOSEN: tuple[tuple[int, str], ...] = (
    (0, "clean"),
    (1, "clean"),
    (2, "ocr"),
    (3, "clean"),
    (4, "wrapped"),
    (5, "clean"),
    (6, "ocr"),
    (7, "clean"),
    (8, "clean"),
    (9, "wrapped"),
    (10, "clean"),
    (11, "clean"),
)
"""Number and noise of each report."""


def sample_texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each report of the sample; always the same."""
    from extractor.corpus.generator.report import generate_one

    for number, noise in CHOSEN:
        report = generate_one(SEED, number, noise=noise)  # type: ignore[arg-type]
        yield f"exemple-{number + 1:02}", report.record.document.text


def write_sample(folder: Path) -> None:
    """Write the reports of the sample as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sample_texts():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
