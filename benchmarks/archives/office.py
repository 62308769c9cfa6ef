"""Files of an office suite: one OpenDocument source, from which LibreOffice makes PDF, DOCX, ODT and RTF."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from benchmarks.archives.blocks import Block

_SPACES = re.compile(r"  +")
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
PAPERS = ("Le Sport mécanique", "Auto-Provinces", "La Gazette des circuits", "Le Volant régional")
MONTHS = ("mars", "avril", "mai", "juin", "juillet", "septembre")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a report is set.

    Attributes:
        columns: Columns of the text; the title stands above all of them.
        paper: Width and height of the sheet, in centimetres.
        face: Name of the fount.
        size: In points.
        justified: Lines are driven out to the right edge, and words hyphenated.
        keeps_lines: Lines end where they end in the report, as a typist leaves them.
        has_head: There are running heads and page numbers.
    """

    columns: int = 1
    paper: tuple[float, float] = (14.8, 21.0)
    face: str = "Liberation Serif"
    size: float = 10.5
    justified: bool = False
    keeps_lines: bool = False
    has_head: bool = True


BOOKLET = Setting()
MAGAZINE = Setting(2, (14.8, 19.0), size=9.5, justified=True)
NEWSPAPER = Setting(3, (16.0, 18.0), size=8.5, justified=True)
TYPED = Setting(1, (21.0, 29.7), "Courier Prime", 10, keeps_lines=True, has_head=False)


def document(blocks: Sequence[Block], setting: Setting, year: int, seed: str) -> str:
    """Return a report as flat OpenDocument text."""
    chance = random.Random(f"{seed} {setting.columns}")
    head = f"{chance.choice(PAPERS)} – {chance.choice(MONTHS)} {year}"
    start = chance.randint(2, 60)
    body = "\n".join(_body(blocks, setting))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_NAMESPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">\n'
        f"<office:styles>{_styles(setting)}</office:styles>\n"
        f"<office:automatic-styles>{_sheet(setting, start)}</office:automatic-styles>\n"
        f"<office:master-styles>{_master(setting, head)}</office:master-styles>\n"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>\n"
    )


def _styles(setting: Setting) -> str:
    hyphens = "true" if setting.justified else "false"
    align = "justify" if setting.justified else "left"
    space = "0.35cm" if setting.keeps_lines or not setting.justified else "0.12cm"
    return (
        f'<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties '
        f'fo:text-align="{align}" fo:margin-bottom="{space}" fo:orphans="2" fo:widows="2"/>'
        f'<style:text-properties style:font-name="F" fo:font-family={quoteattr(setting.face)} '
        f'fo:font-size="{setting.size}pt" fo:language="fr" fo:country="FR" fo:hyphenate="{hyphens}" '
        'fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="3"/></style:style>'
        + _heading_style("Titre", setting.size * (1 if setting.keeps_lines else 1.7))
        + _heading_style("Intertitre", setting.size * (1 if setting.keeps_lines else 1.1))
        + '<style:style style:name="Tete" style:family="paragraph"><style:paragraph-properties '
        'fo:text-align="center"/><style:text-properties fo:font-size="8pt" '
        f"fo:font-family={quoteattr(setting.face)}/></style:style>"
    )


def _heading_style(name: str, size: float) -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:text-align="left" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size:.1f}pt" fo:font-weight="bold" fo:hyphenate="false"/>'
        "</style:style>"
    )


def _sheet(setting: Setting, start: int) -> str:
    width, height = setting.paper
    columns = (
        f'<style:columns fo:column-count="{setting.columns}" fo:column-gap="0.55cm"/>'
        if setting.columns > 1
        else ""
    )
    margin = "1.6cm"
    return (
        '<style:style style:name="Premier" style:family="paragraph" style:parent-style-name="Titre" '
        f'style:master-page-name="Standard"><style:paragraph-properties style:page-number="{start}"/>'
        '</style:style><style:style style:name="Colonnes" style:family="section">'
        f'<style:section-properties text:dont-balance-text-columns="false">{columns}'
        '</style:section-properties></style:style><style:page-layout style:name="Feuille" '
        'style:page-usage="mirrored"><style:page-layout-properties '
        f'fo:page-width="{width}cm" fo:page-height="{height}cm" fo:margin="{margin}"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.6cm" '
        'fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.4cm"/>'
        "</style:footer-style></style:page-layout>"
    )


def _master(setting: Setting, head: str) -> str:
    inside = ""
    if setting.has_head:
        head = escape(head)
        number = "<text:page-number/>"
        inside = (
            f'<style:header><text:p text:style-name="Tete">{head}</text:p></style:header>'
            f'<style:footer><text:p text:style-name="Tete">{number}</text:p></style:footer>'
            if setting.columns == 1
            else f'<style:header><text:p text:style-name="Tete">{head} – {number}</text:p></style:header>'
        )
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="Feuille">'
        f"{inside}</style:master-page>"
    )


def _body(blocks: Sequence[Block], setting: Setting) -> Iterable[str]:
    first = next((k for k, block in enumerate(blocks) if block.kind == "title"), 0)
    for k, block in enumerate(blocks[: first + 1]):
        yield _paragraph(block, "Premier" if k == 0 else _style(block))
    rest = [_paragraph(block, _style(block)) for block in blocks[first + 1 :]]
    if setting.columns > 1:
        yield '<text:section text:style-name="Colonnes" text:name="Corps">'
        yield from rest
        yield "</text:section>"
    else:
        yield from rest


def _style(block: Block) -> str:
    return {"title": "Titre", "heading": "Intertitre"}.get(block.kind, "Standard")


def _paragraph(block: Block, style: str) -> str:
    lines = "<text:line-break/>".join(_inline(line) for line in block.lines)
    return f'<text:p text:style-name="{style}">{lines}</text:p>'


def _inline(line: str) -> str:
    return _SPACES.sub(lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', escape(line))


def convert(files: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Let LibreOffice convert files; return what it wrote into ``folder``.

    Raises:
        RuntimeError: It wrote fewer files than it was given.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / ".soffice").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=600
    )
    written = [folder / f"{file.stem}.{suffix}" for file in files]
    missing = [path.name for path in written if not path.is_file()]
    if missing:
        raise RuntimeError(f"soffice did not write {', '.join(missing)}")
    return written
