"""The formats of ``parcferme export``, from their registry."""

from __future__ import annotations

from extractor.exports.formats import FORMATS
from extractor.messages import Messages
from tools.site.words import WORDS


def page() -> str:
    """Return one row for each format in Markdown; what each holds is told in ``docs/exports.md``."""
    messages = Messages("fr")
    lines = [WORDS["exports_head"].rstrip()]
    for one in FORMATS.values():
        words = messages(f"export.format.{one.name}").replace("|", "\\|")
        shape = "un fichier" if one.shape == "file" else "un dossier (ou .zip)"
        needs = f"`parcferme[{one.extra}]`" if one.extra else ""
        lines.append(f"| `{one.name}` | {words} | {shape} | {needs} |")
    return "\n".join(lines) + "\n"
