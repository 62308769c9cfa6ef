"""What MkDocs asks while it builds the site: pages made from the program, links that leave ``docs``.

MkDocs loads this file by its path (``hooks`` in ``mkdocs.yml``) and calls the functions by their names:
https://www.mkdocs.org/user-guide/configuration/#hooks
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # loaded by path, so that the packages beside docs are not yet found
    sys.path.insert(0, str(ROOT))

from tools.site.pages import GENERATED  # noqa: E402

_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+(?![^)]*docs/)([^):]+)\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that no file holds."""
    from mkdocs.structure.files import File

    for name, make in GENERATED.items():
        files.append(File.generated(config, name, content=make()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001 - MkDocs' names
    """Name the files of the project that a page links to outside ``docs``: the site does not hold them."""
    folder = (ROOT / "docs" / page.file.src_uri).parent

    def named(match: re.Match[str]) -> str:
        leads_to = (folder / match[0].rpartition("(")[2].rstrip(")").partition("#")[0]).resolve()
        inside = leads_to.is_relative_to(ROOT / "docs")
        return match[0] if inside else f"{match[1]} (`{leads_to.relative_to(ROOT)}`)"

    return _OUTSIDE.sub(named, markdown)
