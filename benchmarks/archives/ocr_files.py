"""What a library's OCR leaves behind: Tesseract's ALTO and hOCR, PAGE made of the ALTO, METS around it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

_ALTO = "{http://www.loc.gov/standards/alto/ns-v3#}"
_PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}


def recognise(image: Path, stem: Path) -> None:
    """Let Tesseract write ``stem``.xml (ALTO) and ``stem``.hocr of an image."""
    command = ["tesseract", str(image), str(stem), "-l", "fra", "alto", "hocr"]
    subprocess.run(command, check=True, capture_output=True, env=ONE_THREAD, timeout=600)


def page_of(alto: Path, image: str) -> str:
    """Return the first page of an ALTO file as PAGE XML.

    Specification: https://github.com/PRImA-Research-Lab/PAGE-XML.
    """
    page = next(ElementTree.parse(alto).iter(f"{_ALTO}Page"))
    regions = []
    for k, block in enumerate(page.iter(f"{_ALTO}TextBlock")):
        lines = "".join(_line(line, f"r{k}l{n}") for n, line in enumerate(block.iter(f"{_ALTO}TextLine")))
        regions.append(
            f'<TextRegion id="r{k}" type="paragraph"><Coords points="{_points(block)}"/>{lines}</TextRegion>'
        )
    order = "".join(f'<RegionRefIndexed index="{k}" regionRef="r{k}"/>' for k in range(len(regions)))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="{_PAGE}"><Metadata><Creator>tesseract'
        "</Creator><Created>2026-01-01T00:00:00</Created><LastChange>2026-01-01T00:00:00</LastChange>"
        f'</Metadata><Page imageFilename={quoteattr(image)} imageWidth="{page.get("WIDTH")}" '
        f'imageHeight="{page.get("HEIGHT")}"><ReadingOrder><OrderedGroup id="o">{order}</OrderedGroup>'
        f"</ReadingOrder>{''.join(regions)}</Page></PcGts>\n"
    )


def _line(line: ElementTree.Element, name: str) -> str:
    words, texts = [], []
    for k, string in enumerate(line.iter(f"{_ALTO}String")):
        content = string.get("CONTENT", "")
        texts.append(content)
        words.append(
            f'<Word id="{name}w{k}"><Coords points="{_points(string)}"/><TextEquiv conf="{string.get("WC")}">'
            f"<Unicode>{escape(content)}</Unicode></TextEquiv></Word>"
        )
    return (
        f'<TextLine id="{name}"><Coords points="{_points(line)}"/>{"".join(words)}<TextEquiv><Unicode>'
        f"{escape(' '.join(texts))}</Unicode></TextEquiv></TextLine>"
    )


def _points(element: ElementTree.Element) -> str:
    x, y, w, h = (int(float(element.get(key, "0"))) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return f"{x},{y} {x + w},{y} {x + w},{y + h} {x},{y + h}"


def write_mets(altos: list[Path], path: Path) -> None:
    """Write METS whose physical structure names ALTO files beside it, page by page.

    Specification: https://www.loc.gov/standards/mets.
    """
    files = "".join(
        f'<file ID="A{k}" MIMETYPE="text/xml"><FLocat LOCTYPE="URL" xlink:href="{alto.name}"/></file>'
        for k, alto in enumerate(altos)
    )
    pages = "".join(
        f'<div TYPE="page" ORDER="{k + 1}"><fptr FILEID="A{k}"/></div>' for k in range(len(altos))
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<mets xmlns="http://www.loc.gov/METS/" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp USE="FULLTEXT">'
        f'{files}</fileGrp></fileSec><structMap TYPE="PHYSICAL"><div TYPE="book">{pages}</div>'
        "</structMap></mets>\n",
        encoding="utf-8",
    )
