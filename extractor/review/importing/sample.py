"""The sample corpus: a dozen reports of races that never were, the same wherever the program is.

Four are a season, written by hand (``reports/``): standings and circuits have something to show, a driver is
spelt in two ways, somebody is disqualified. The others come from the corpus's generator with numbers that
were chosen for being different: circuits and rallies, prose, interviews and lists, clean pages and pages as a
scanner's OCR leaves them. The extractor reads all like any other report, errors included: what there is to
review is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.corpus.generator.report import NoiseChoice

SEED = 1957
CHOSEN: tuple[tuple[int, NoiseChoice], ...] = (
    (0, "clean"),
    (2, "ocr"),
    (3, "clean"),
    (4, "wrapped"),
    (5, "clean"),
    (7, "clean"),
    (9, "wrapped"),
    (53, "clean"),
)
"""Number and noise of each report that is made up."""


def sample_texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each report of the sample; always the same."""
    from extractor.corpus.generator.report import generate_one

    for path in sorted((Path(__file__).parent / "reports").glob("*.txt")):
        yield path.stem, path.read_text(encoding="utf-8")
    for number, (chosen, noise) in enumerate(CHOSEN, 1):
        report = generate_one(SEED, chosen, noise=noise)
        yield f"exemple-{number:02}", report.record.document.text


def write_sample(folder: Path) -> None:
    """Write the reports of the sample as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sample_texts():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
