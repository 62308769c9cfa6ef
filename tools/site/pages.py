"""The pages that are made from the program itself, so that they cannot say something else."""

from __future__ import annotations

from collections.abc import Callable

from tools.site import accuracy, commands, errors, exports, front, record

_PYTHON = """# Python

```python
import extractor

record = extractor.extract("Théo Varnier gagne la course de Val-de-Brume devant Luc Ferrand.")
for result in record.results:
    print(result.kind, result.position, [span.text for span in result.evidence])
```

::: extractor
    options: {members: [extract, extract_file, load, pipe]}

## Reading files

::: extractor.readers.read_source
::: extractor.readers.options.ReadOptions

## The record

::: extractor.record

## Records in files

::: extractor.records_io

## How sure is enough

::: extractor.confidence
"""

GENERATED: dict[str, Callable[[], str]] = {
    "index.md": front.page,
    "reference/accuracy.md": accuracy.page,
    "reference/commands.md": lambda: commands.page("fr"),
    "reference/commands.en.md": lambda: commands.page("en"),
    "reference/record.md": record.page,
    "reference/exports.md": exports.page,
    "reference/errors.md": errors.page,
    "reference/python.md": lambda: _PYTHON,
}
