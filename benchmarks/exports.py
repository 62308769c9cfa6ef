"""What each export takes: records per second, peak memory, bytes on disk, for few records and for many.

    python -m benchmarks.exports [--records 10000] [--formats csv,xlsx] [--json FILE]

Generated reports with their records are written to a file of JSON Lines; each format then exports the first
tenth of them, and all, each in a process of its own, reading as the command line does. Memory that grows with
the number of records shows in the last column: the peak with all of them over the peak with a tenth.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

from extractor.exports.formats import FORMATS

_ONE, _GENERATE = "--one", "--generate"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.jsonl", Path(folder) / "many.jsonl"
        # In a process of its own: one that is started from a large one counts its parent's memory as its own.
        generate = [
            sys.executable,
            "-m",
            "benchmarks.exports",
            _GENERATE,
            str(given.records),
            str(few),
            str(many),
        ]
        subprocess.run(generate, check=True)
        size = many.stat().st_size
        reading = _measured("", many, Path(folder))
        print(f"{given.records} records, {size / 1e6:.0f} MB of JSON Lines; to read them alone:", end=" ")
        print(f"{given.records / reading['seconds']:.0f} records/s, {reading['peak_mb']:.0f} MB\n")
        print("| format | records/s | seconds | MB written | peak MB, a tenth | peak MB, all | ratio |")
        print("|---|---|---|---|---|---|---|")
        for name in given.formats.split(","):
            less, more = _measured(name, few, Path(folder)), _measured(name, many, Path(folder))
            ratio = more["peak_mb"] / less["peak_mb"]
            measured.append({"format": name, "records": given.records, "ratio": ratio, **more})
            took = f"{given.records / more['seconds']:.0f} | {more['seconds']:.1f} | {more['mb']:.1f}"
            peaks = f"{less['peak_mb']:.0f} | {more['peak_mb']:.0f} | {ratio:.2f}"
            print(f"| {name} | {took} | {peaks} |", flush=True)
    if given.json:
        given.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def _generate(count: int, few: Path, many: Path) -> None:
    """Write the records of generated reports, a tenth of them to ``few``."""
    from extractor.corpus.generator.report import generate_one

    with few.open("w", encoding="utf-8") as start, many.open("w", encoding="utf-8") as whole:
        for number in range(count):
            line = generate_one(0, number, noise="mixed").record.to_json() + "\n"
            whole.write(line)
            if number < count // 10:
                start.write(line)


def _measured(name: str, records: Path, folder: Path) -> dict[str, float]:
    """Return what one export took in a process of its own."""
    out = folder / f"out-{name}"
    told = [sys.executable, "-m", "benchmarks.exports", _ONE, name, str(records), str(out)]
    done = subprocess.run(told, check=True, stdout=subprocess.PIPE, text=True)
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    _remove(out)
    return took


def _remove(out: Path) -> None:
    if out.is_dir():
        shutil.rmtree(out)
    else:
        out.unlink(missing_ok=True)


def _one(name: str, records: Path, out: Path) -> None:
    """Export, or read alone where no format is named, and print what it took."""
    from extractor.errors import RecordError
    from extractor.exports.formats import ExportOptions
    from extractor.exports.whole import export_to
    from extractor.records_io import read_each

    started = time.perf_counter()
    read = (one[1] for one in read_each(records) if not isinstance(one, RecordError))
    if name:
        export_to(FORMATS[name], read, out, ExportOptions())
    else:
        deque(read, maxlen=0)
    seconds = time.perf_counter() - started
    files = [out] if out.is_file() else [one for one in out.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "mb": size / 1e6}))


if __name__ == "__main__":
    if sys.argv[1:2] == [_ONE]:
        _one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == [_GENERATE]:
        _generate(int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
