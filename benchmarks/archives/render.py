"""Every chosen report as real files of every format, in one folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archives import office, pages
from benchmarks.archives.blocks import Block, blocks_of, typed_blocks
from benchmarks.archives.choice import Chosen
from benchmarks.archives.ocr_files import page_of, recognise, write_mets
from benchmarks.archives.scans import Scan, printed_pages, save, scanned

PRINTED = {"pdf1": office.BOOKLET, "pdf2": office.MAGAZINE, "pdf3": office.NEWSPAPER, "typed": office.TYPED}
DIGITAL = ("txt", "md", "html", "eml", "docx", "odt", "rtf", "pdf1", "pdf2", "pdf3")
SCANNED = ("scan300", "scan150")
RECOGNISED = ("alto", "hocr", "page", "mets")
FORMATS = (*DIGITAL, *SCANNED, *RECOGNISED)
BOUNDS = {
    **dict.fromkeys(DIGITAL, 0.99),
    **dict.fromkeys(("scan300", *RECOGNISED), 0.95),
    "scan150": 0.85,
}
"""What the record must be worth beside that of the plain text."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A report as a file.

    Attributes:
        report: What it shows.
        format: One of :data:`FORMATS`.
        path: The file.
        pdf: The PDF that it was printed from, for PDF and scans.
        seed: What the scans were drawn with.
    """

    report: Chosen
    format: str
    path: Path
    pdf: Path | None = None
    seed: str = ""

    @property
    def dpi(self) -> int | None:
        """Pixels per inch, for scans."""
        return int(self.format.removeprefix("scan")) if self.format in SCANNED else None

    def scans(self) -> list[Scan]:
        """Return the pages as they were scanned."""
        assert self.pdf is not None
        dpi = self.dpi or 300
        return [
            scanned(page, dpi, f"{self.seed} {number}") for number, page in enumerate(printed_pages(self.pdf))
        ]


def render(reports: Sequence[Chosen], formats: Sequence[str], folder: Path) -> list[Rendering]:
    """Write the files that are not there yet, and return all of them."""
    found: list[Rendering] = []
    blocks = {report.name: blocks_of(report.text, wrapped=report.wrapped) for report in reports}
    for name in (fmt for fmt in formats if fmt in _WRITTEN):
        found += [_written(report, name, blocks[report.name], folder) for report in reports]
    for name in (fmt for fmt in formats if fmt in ("docx", "odt", "rtf", "pdf1", "pdf2", "pdf3")):
        found += _from_office(reports, name, blocks, folder)
    if set(formats) & {*SCANNED, *RECOGNISED}:
        typed = _from_office(reports, "typed", blocks, folder)
        found += _scans(typed, formats, folder)
    return found


_WRITTEN: dict[str, Callable[[Sequence[Block], Chosen], bytes]] = {
    "txt": lambda blocks, _: pages.retyped(blocks).encode(),
    "md": lambda blocks, _: pages.markdown(blocks).encode(),
    "html": lambda blocks, report: pages.web_page(blocks, report.year, report.seed).encode(),
    "eml": lambda blocks, report: pages.letter(blocks, report.year, report.seed),
}


def _written(report: Chosen, fmt: str, blocks: Sequence[Block], folder: Path) -> Rendering:
    path = folder / fmt / f"{report.name}.{fmt}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_WRITTEN[fmt](blocks, report))
    return Rendering(report, fmt, path)


def _from_office(
    reports: Sequence[Chosen], fmt: str, blocks: dict[str, list[Block]], folder: Path
) -> list[Rendering]:
    """Write what LibreOffice makes; every other Word file is one as Word itself writes them."""
    place = folder / fmt
    place.mkdir(parents=True, exist_ok=True)
    suffix = "pdf" if fmt in PRINTED else fmt
    setting = PRINTED.get(fmt, office.BOOKLET)
    sources: list[Path] = []
    found = []
    for k, report in enumerate(reports):
        path = place / f"{report.name}.{suffix}"
        found.append(Rendering(report, fmt, path, path if suffix == "pdf" else None))
        if path.is_file():
            continue
        if fmt == "docx" and k % 2:
            pages.word_file(blocks[report.name], report.year, path)
            continue
        content = typed_blocks(report.text) if fmt == "typed" else blocks[report.name]
        source = place / f"{report.name}.fodt"
        source.write_text(office.document(content, setting, report.year, report.seed), encoding="utf-8")
        sources.append(source)
    if sources:
        office.convert(sources, suffix, place)
    return found


def _scans(typed: Sequence[Rendering], formats: Sequence[str], folder: Path) -> list[Rendering]:
    """Scan typed reports; scans of 300 dpi are what is recognised."""
    wanted = [fmt for fmt in SCANNED if fmt in formats]
    if set(formats) & set(RECOGNISED) and "scan300" not in wanted:
        wanted.append("scan300")
    jobs = [(one, number, fmt, folder) for fmt in wanted for number, one in enumerate(typed)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        scans = list(pool.map(_scan, jobs))
        chosen = [scan for scan in scans if scan.format in formats]
        if set(formats) & set(RECOGNISED):
            sources = [(scan, folder) for scan in scans if scan.format == "scan300"]
            for files in pool.map(_recognised, sources):
                chosen += [one for one in files if one.format in formats]
    return chosen


def _scan(job: tuple[Rendering, int, str, Path]) -> Rendering:
    """Scan one report. What has several pages becomes a TIFF or a PDF, the rest takes turns."""
    one, number, fmt, folder = job
    seed = one.report.seed
    made = Rendering(one.report, fmt, folder / fmt, one.pdf, seed)
    assert one.pdf is not None
    has_one = _count_pages(one.pdf) == 1
    kind = (("png", "jpg", "tiff", "pdf") if has_one else ("tiff", "pdf"))[number % (4 if has_one else 2)]
    path = folder / fmt / f"{one.report.name}.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        save(made.scans(), path, kind)
    return Rendering(one.report, fmt, path, one.pdf, seed)


def _count_pages(pdf: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _recognised(job: tuple[Rendering, Path]) -> list[Rendering]:
    """Recognise one scanned report and write what libraries keep of that."""
    scan, folder = job
    name = scan.report.name
    places = {fmt: folder / fmt for fmt in RECOGNISED}
    mets = places["mets"] / name
    for place in (*places.values(), mets):
        place.mkdir(parents=True, exist_ok=True)
    images = [mets / f"{name}-{k}.png" for k in range(1, _count_pages(scan.pdf or scan.path) + 1)]
    files = {
        "alto": places["alto"] / f"{name}.xml",
        "hocr": places["hocr"] / f"{name}.hocr",
        "mets": mets / "mets.xml",
    }
    if not files["mets"].is_file():
        for image, page in zip(images, scan.scans(), strict=True):
            save([page], image, "png")
            recognise(image, image.with_suffix(""))
        together = mets / f"{name}.txt"
        together.write_text("\n".join(map(str, images)) + "\n", encoding="utf-8")
        recognise(together, places["alto"] / name)
        (places["alto"] / f"{name}.hocr").rename(files["hocr"])
        write_mets([image.with_suffix(".xml") for image in images], files["mets"])
    found = [Rendering(scan.report, fmt, path, scan.pdf, scan.seed) for fmt, path in files.items()]
    if len(images) == 1:  # a PAGE file has one page
        path = places["page"] / f"{name}.xml"
        path.write_text(page_of(files["alto"], images[0].name), encoding="utf-8")
        found.append(Rendering(scan.report, "page", path, scan.pdf, scan.seed))
    return found
