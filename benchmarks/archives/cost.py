"""What reading costs: pages a minute beside bare Tesseract, and a long PDF in bounded memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.archives import office
from benchmarks.archives.blocks import Block, blocks_of
from benchmarks.archives.choice import DEV
from benchmarks.archives.ocr_files import ONE_THREAD
from benchmarks.archives.render import Rendering
from benchmarks.speed import distinct

MOST_OVERHEAD = 1.15
"""What reading an image may take beside Tesseract alone."""


def speed(renderings: Sequence[Rendering], model: str | None, most: int = 5) -> dict[str, Any]:
    """Return seconds and pages a minute of ``extract_file`` and bare Tesseract, which take turns.

    Both have one thread and one page at a time; loading the pipeline is not counted. On a machine that others
    use, the ratio of processor time is the one to go by.
    """
    import extractor
    from extractor.readers import ReadOptions

    os.environ.update({key: ONE_THREAD[key] for key in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS")})
    images = [one for one in renderings if one.dpi and one.path.suffix in (".png", ".jpg", ".tiff")]
    figures = {}
    for fmt in dict.fromkeys(one.format for one in images):
        took = {"ours": np.zeros(2), "bare": np.zeros(2)}
        pages = 0
        for number, one in enumerate([one for one in images if one.format == fmt][:most]):
            if not pages:
                extractor.extract(one.report.text, model=model)  # loads what is loaded once
            for side in ("ours", "bare") if number % 2 else ("bare", "ours"):
                began = _clocks()
                if side == "bare":
                    _bare(one.path)
                else:
                    record = extractor.extract_file(one.path, options=ReadOptions(jobs=1), model=model)
                    pages += len(record.document.pages)
                took[side] += _clocks() - began
        (ours, ours_cpu), (bare, bare_cpu) = took["ours"], took["bare"]
        figures[fmt] = {
            "pages": pages,
            "pages_a_minute": 60 * pages / ours,
            "bare_pages_a_minute": 60 * pages / bare,
            "ratio": ours / bare,
            "ratio_of_processor_time": ours_cpu / bare_cpu,
            "most": MOST_OVERHEAD,
        }
    return figures


def _clocks() -> NDArray[np.float64]:
    """Return seconds: the clock's, and the processor's for this process and those that it has waited for."""
    spent = os.times()
    processor = spent.user + spent.system + spent.children_user + spent.children_system
    return np.array([spent.elapsed, processor])


def _bare(path: Path) -> None:
    command = ["tesseract", str(path), "-", "-l", "fra", "alto"]
    subprocess.run(command, check=True, capture_output=True, env=ONE_THREAD, timeout=600)


def long_pdf(folder: Path, pages: int) -> Path:
    """Write a PDF with a text layer: reports of the corpus, one behind the other."""
    import pypdfium2

    path = folder / f"long-{pages}.pdf"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "long.fodt"
    source.write_text(office.document(_many(pages), office.BOOKLET, 1970, "long"), encoding="utf-8")
    (whole,) = office.convert([source], "pdf", folder)
    with pypdfium2.PdfDocument(whole) as document, pypdfium2.PdfDocument.new() as cut:
        if len(document) < pages:
            raise RuntimeError(f"only {len(document)} pages")
        cut.import_pages(document, list(range(pages)))
        cut.save(path)
    return path


def _many(pages: int) -> list[Block]:
    """Return the blocks of so many reports that they surely fill the pages."""
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    reports = distinct([row["text"] for row in rows if row["noise"] == "clean"], pages)
    return [block for report in reports for block in blocks_of(report, wrapped=False)]


_CHILD = """
import json, sys, time
import extractor
from pathlib import Path
from extractor.readers import ReadOptions, Source, read_source

def peak():  # of this program alone, in MB; what the system's own count says begins with the parent's
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

path, model = sys.argv[1], sys.argv[2] or None
extractor.extract("Dupont gagne devant Durand.", model=model)
figures = {"loaded_mb": peak()}
began = time.process_time()
read = read_source(Source(path, Path(path)), ReadOptions(jobs=1))
figures |= {"read_s": time.process_time() - began, "read_mb": peak()}
figures |= {"pages": len(read.pages), "words": len(read.words), "characters": len(read.text)}
began = time.process_time()
record = extractor.extract(read, model=model)
figures |= {"extract_s": time.process_time() - began, "extract_mb": peak(), "drivers": len(record.drivers)}
text = read.text
del read, record
began = time.process_time()
extractor.extract(text, model=model)
figures["plain_s"] = time.process_time() - began
print(json.dumps(figures))
"""


def long_cost(folder: Path, model: str | None, pages: Sequence[int] = (100, 500)) -> dict[str, Any]:
    """Return seconds of processor time and peak memory of long PDFs, each in a process of its own."""
    figures: dict[str, Any] = {}
    longest = long_pdf(folder, max(pages))
    for count in pages:
        path = longest if count == max(pages) else long_pdf(folder, count)
        command = [sys.executable, "-c", _CHILD, str(path), model or ""]
        told = subprocess.run(
            command, check=False, capture_output=True, text=True, env=ONE_THREAD, timeout=1800
        )
        lines = told.stdout.splitlines()
        figures[str(count)] = json.loads(lines[-1]) if lines else {"error": told.stderr[-300:]}
    return figures
