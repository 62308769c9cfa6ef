"""Make the model card: ``models/fr_parcferme/README.md``.

    python -m tools.model_card [--model models/fr_parcferme] [--release 0.2.0] [--work training]

Figures come from the model itself, from the scores that ``parcferme evaluate --corpus all --save`` has kept
in ``docs/scores`` (those of this very model alone), and from what ``parcferme train`` left of the comparison
with the model before. None is typed by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import ParcFermeError
from extractor.neural.bundle import open_bundle
from extractor.pipeline.model.location import NAME, find_bundle
from extractor.pipeline.model.saving import CARD
from extractor.scoreboard.releases import read_releases
from extractor.training.card import card, scores_of
from extractor.training.train import VERDICT
from tools.check import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the card and return the exit status: 1 where no kept scores are those of the model."""
    parser = argparse.ArgumentParser(prog="python -m tools.model_card", description=__doc__)
    parser.add_argument("--model", type=Path, default=ROOT / "models" / NAME, help="folder of the model")
    parser.add_argument("--scores", type=Path, default=ROOT / "docs" / "scores", help="folder of kept scores")
    parser.add_argument(
        "--release", help="release whose scores are shown; the newest of this model unless told"
    )
    parser.add_argument("--work", type=Path, help="work folder of parcferme train, for the comparison")
    options = parser.parse_args(arguments)
    try:
        folder = find_bundle(options.model)
        assert folder is not None
        bundle = open_bundle(folder)
        found = read_releases(options.scores)
    except ParcFermeError as error:
        print(error.in_language("en"), file=sys.stderr)
        return error.exit_code
    wanted = [one for one in found if options.release in (None, one["version"]) and scores_of(bundle, one)]
    if not wanted:
        print(
            f"no scores of model {bundle.version} in {options.scores}: run parcferme evaluate --save",
            file=sys.stderr,
        )
        return 1
    verdict = (
        None if options.work is None else json.loads((options.work / VERDICT).read_text(encoding="utf-8"))
    )
    path = options.model / CARD
    path.write_text(card(bundle, wanted[0], verdict), encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
