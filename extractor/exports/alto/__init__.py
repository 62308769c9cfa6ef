"""Records as ALTO with tags for names: the record's own pages, or the very files that it was read from.

``NamedEntityTag`` in ``Tags``, and ``TAGREFS`` on every ``String`` of a name: ALTO 2.1 and later,
https://www.loc.gov/standards/alto/.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.errors import ParcFermeError
from extractor.exports.formats import ExportOptions
from extractor.exports.names import FileNames
from extractor.exports.words import Words
from extractor.record import RaceRecord


def export(records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
    """Write a folder of ALTO files for each record into the folder ``out`` and return of how many records.

    Settings: ``alto``, the file or folder of the ALTO (or METS) that the records were made from: these files
    are written, with tags added and otherwise untouched. Without it, files of ALTO 4 are made of the record's
    pages. ``tags`` says whether names alone are tagged, or facts too.
    """
    from extractor.exports.alto.made import made
    from extractor.exports.alto.sources import Sources
    from extractor.exports.alto.tags import tags_of

    given = options.settings.get("alto")
    sources = Sources(Path(given)) if given else None
    everything = options.settings.get("tags", "names") == "all"
    names, words, count, unplaced = FileNames(), Words(options.language), 0, 0
    for record in records:
        tags = tags_of(record, words, options.identities(record), everything=everything)
        try:
            if sources is not None:
                files, lost = sources.tagged(record, tags)
            else:
                files, lost = made(record, tags), 0
        except ParcFermeError as error:
            options.leave_out(error)
            continue
        folder = out / names(record)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        count, unplaced = count + 1, unplaced + lost
    if unplaced:
        options.note("alto_unplaced", {"count": unplaced})
    return count
