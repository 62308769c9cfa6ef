"""Build the lists of first names and surnames that the lexicon ships.

The lists are facts: folded names, without their counts. Sources: INSEE, *Fichier des prénoms* and
*Fichier des noms de famille* (Licence Ouverte); F1DB drivers (CC BY 4.0); rally drivers and co-drivers (facts
only).

    python -m tools.build_name_lists DATA_DIR

where DATA_DIR holds the unpacked ``names_insee``, ``moto_f1db`` and ``moto_ewrc`` folders.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.lexicon.fold import fold

LEXICON = Path(__file__).parent.parent / "extractor" / "lexicon" / "names"
MIN_FIRST_NAME = 200  # bearers since 1900: below it, lists are mostly typing errors
MIN_SURNAME = 400


def counted(path: Path, least: int) -> Iterator[str]:
    """Yield the names of an INSEE list that at least ``least`` people bear."""
    with path.open(encoding="utf-8", newline="") as lines:
        for name, count in csv.reader(lines):
            if int(count) >= least and "_" not in name and "AUTRES" not in name:
                yield name


def foreign(data: Path) -> Iterator[str]:
    """Yield first names of racing drivers of all countries."""
    with (data / "moto_f1db" / "drivers.tsv").open(encoding="utf-8", newline="") as lines:
        yield from (row["firstName"] for row in csv.DictReader(lines, delimiter="\t"))
    for table in ("drivers.tsv", "codrivers.tsv"):
        for line in (data / "moto_ewrc" / table).read_text(encoding="utf-8").splitlines():
            words = line.split("\t")[0].split()
            if len(words) == 2:  # "Surname First": with more words the border is unknown
                yield words[1]


def write(name: str, names: Iterable[str]) -> int:
    """Write one list, sorted, gzipped without a time stamp; return its length."""
    unique = sorted({key for raw in names if len(key := fold(raw)) > 1 and not key.endswith(".")})
    body = "\n".join(unique).encode()
    (LEXICON / name).write_bytes(gzip.compress(body, 9, mtime=0))
    return len(unique)


def main() -> None:
    """Write both lists."""
    data = Path(sys.argv[1])
    insee = data / "names_insee" / "data"
    first = [*counted(insee / "prenoms_sorted_by_count.csv", MIN_FIRST_NAME), *foreign(data)]
    print(write("first_names.txt.gz", (part for name in first for part in name.split("-"))), "first names")
    print(write("surnames.txt.gz", counted(insee / "noms_sorted_by_count.csv", MIN_SURNAME)), "surnames")


if __name__ == "__main__":
    main()
