"""Put a bundle into the shape in which the model is shipped.

    python -m tools.build_spacy_model BUNDLE [--card README.md] [--out models/fr_parcferme]

``BUNDLE`` is what training wrote. ``spacy.load`` opens the folder that is made, ``parcferme extract`` works
with it by default, and a wheel that is built afterwards contains it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import ParcFermeError
from extractor.pipeline.model.location import NAME
from extractor.pipeline.model.saving import save_model
from tools.check import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folder and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_spacy_model", description=__doc__)
    parser.add_argument("bundle", type=Path, help="folder with manifest.json and the weights")
    parser.add_argument("--card", type=Path, help="model card; without one, the card that is there is kept")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / NAME, help="folder to write")
    options = parser.parse_args(arguments)
    card = None if options.card is None else options.card.read_text(encoding="utf-8")
    try:
        size = save_model(options.bundle, options.out, card)
    except ParcFermeError as error:
        print(error.in_language("en"), file=sys.stderr)
        return error.exit_code
    print(f"{options.out}: {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
