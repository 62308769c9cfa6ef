"""Put a pretrained encoder into the shape in which it is shipped, so that training begins where ours began.

    python -m tools.ship_encoder ENCODER [--out models/fr_encoder]

``ENCODER`` is what ``parcferme pretrain`` wrote. Kept are the encoder in half precision, its configuration
and its tokens: what guesses hidden words, and what pretraining goes on from, are left behind.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from safetensors.numpy import load_file, save_file

from extractor.neural.packing import pack
from extractor.training.card import OUR_BASE
from tools.check import ROOT

WEIGHTS, CONFIG, TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
_PREFIX = "roformer."


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folder and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.ship_encoder", description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder that parcferme pretrain wrote")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / OUR_BASE, help="folder to write")
    options = parser.parse_args(arguments)
    missing = [name for name in (WEIGHTS, CONFIG, TOKENIZER) if not (options.encoder / name).is_file()]
    if missing:
        print(f"{options.encoder}: no {', '.join(missing)}", file=sys.stderr)
        return 1
    arrays = load_file(options.encoder / WEIGHTS)
    kept = {name.removeprefix(_PREFIX): array for name, array in arrays.items() if name.startswith(_PREFIX)}
    config = json.loads((options.encoder / CONFIG).read_text(encoding="utf-8"))
    config |= {"architectures": ["RoFormerModel"], "dtype": "float16"}
    config.pop("_name_or_path", None)
    options.out.mkdir(parents=True, exist_ok=True)
    save_file(pack(kept), options.out / WEIGHTS, metadata={"format": "pt"})
    (options.out / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    (options.out / TOKENIZER).write_bytes((options.encoder / TOKENIZER).read_bytes())
    print(f"{options.out}: {sum(p.stat().st_size for p in options.out.iterdir()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
