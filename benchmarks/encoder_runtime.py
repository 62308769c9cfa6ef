"""What runs the encoder best: numpy, torch or ONNX Runtime, on one core, with the same texts in one run.

    python -m benchmarks.encoder_runtime [--bundle FOLDER] [--texts 50] [--rounds 3] [--only NAME ...]
                                         [--size 256] [--overlap 64]

Needs the extra ``train``; ONNX Runtime is measured where ``onnx`` and ``onnxruntime`` are installed. Without
a bundle the encoder has the shape of ours and random weights, which cost as much time.

Candidates take turns text by text, the windows of a text at once, so that all of them meet the same machine;
the best round counts. Cold: a new process with a warm disk cache imports and loads what reading takes,
tokens and hashes included, and reads a first text of 200 words; what a bare Python takes is left out. All
times are of the processor. The differences are those of the states from torch's in fp32, the largest and the
mean; a state's numbers are about 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.neural.encoder import Encoder, FloatArray
    from extractor.neural.windows import IdArray, Window

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = "torch fp32"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_FIRST = "Sur le circuit de Nogaro, Théo Varnier remporte la course devant Zoé Lacaze. " * 12


def _numpy(folder: Path) -> Encoder:
    from extractor.neural.bundle import open_bundle

    return open_bundle(folder).encoder()


def _torch(folder: Path, change: Callable[[Any], Any]) -> Encoder:
    import torch
    from safetensors.numpy import load_file

    from extractor.neural.bundle import ENCODER, open_bundle
    from extractor.neural.packing import unpack
    from extractor.neural.torch_encoder import TorchEncoder

    torch.set_num_threads(1)
    config = open_bundle(folder).config["encoder"]
    encoder = TorchEncoder.from_arrays(config, unpack(load_file(folder / ENCODER)))
    encoder.model = change(encoder.model)
    return encoder


def _torch_fp32(folder: Path) -> Encoder:
    return _torch(folder, lambda model: model)


def _torch_bf16(folder: Path) -> Encoder:
    import torch

    return _torch(folder, lambda model: model.to(torch.bfloat16))


def _torch_int8(folder: Path) -> Encoder:
    import torch

    quantize: Any = torch.ao.quantization.quantize_dynamic
    return _torch(folder, lambda model: quantize(model, {torch.nn.Linear}, dtype=torch.qint8))


class OnnxEncoder:
    """Runs an exported graph. Windows of one length go together, so nothing is padded."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session: Any = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.hidden = int(self.session.get_outputs()[0].shape[-1])

    def states(self, windows: Sequence[IdArray]) -> list[FloatArray]:
        """Return the last layer's states of each window."""
        import numpy as np

        found: dict[int, FloatArray] = {}
        for length in {len(window) for window in windows}:
            alike = [k for k, window in enumerate(windows) if len(window) == length]
            ids = np.stack([windows[k] for k in alike]).astype(np.int64)
            found |= dict(zip(alike, self.session.run(None, {"ids": ids})[0], strict=True))
        return [found[k] for k in range(len(windows))]


def _onnx_fp32(folder: Path) -> Encoder:
    return OnnxEncoder(folder / "encoder.onnx")


def _onnx_int8(folder: Path) -> Encoder:
    return OnnxEncoder(folder / "encoder.int8.onnx")


@dataclass(frozen=True, slots=True)
class Candidate:
    """How an encoder is loaded, and the file that its weights are in."""

    load: Callable[[Path], Encoder]
    file: str


CANDIDATES = {
    "numpy fp32": Candidate(_numpy, "encoder.safetensors"),
    REFERENCE: Candidate(_torch_fp32, "encoder.safetensors"),
    "torch bf16": Candidate(_torch_bf16, "encoder.safetensors"),
    "torch int8": Candidate(_torch_int8, "encoder.safetensors"),
    "onnx fp32": Candidate(_onnx_fp32, "encoder.onnx"),
    "onnx int8": Candidate(_onnx_int8, "encoder.int8.onnx"),
}


def export(folder: Path) -> None:
    """Write the graphs for ONNX Runtime beside the bundle's files: fp32, and int8 with dynamic scales."""
    import torch
    from onnxruntime.quantization import quantize_dynamic

    encoder: Any = _torch_fp32(folder)

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = encoder.model

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            states: torch.Tensor = self.model(input_ids=ids)[0]
            return states

    path = folder / "encoder.onnx"
    axes = {"ids": {0: "windows", 1: "tokens"}, "states": {0: "windows", 1: "tokens"}}
    with torch.no_grad():
        torch.onnx.export(
            States().eval(),
            (torch.ones((2, 37), dtype=torch.int64),),
            path,
            input_names=["ids"],
            output_names=["states"],
            dynamic_axes=axes,
            dynamo=False,  # the newer exporter's graph ran 13 % slower
        )
    quantize_dynamic(
        path, folder / "encoder.int8.onnx", per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )


def texts(count: int) -> list[str]:
    """Return texts of the corpus to train on, spread over all of it."""
    from extractor.corpus.library import load_split

    every = [report.record.document.text for report in load_split(ROOT / "corpus", "train")]
    return every[:: max(1, len(every) // count)][:count]


def random_bundle(folder: Path, reports: Sequence[str]) -> None:
    """Write a bundle: an encoder of our shape that has learnt nothing, and a vocabulary of these texts."""
    import torch
    from transformers import RoFormerModel

    from extractor.neural.bundle import write_bundle
    from extractor.neural.settings import EncoderSettings
    from extractor.neural.vocabulary import train_vocabulary

    shape = EncoderSettings()
    torch.manual_seed(1)
    config = shape.transformers()
    arrays = {name: weight.numpy() for name, weight in RoFormerModel(config).state_dict().items()}
    write_bundle(
        folder,
        version="random",
        config={"encoder": config.to_dict()},
        tokenizer=train_vocabulary(reports, shape.vocabulary).to_str(),
        encoder=arrays,
        heads={},
        calibration={},
    )


@dataclass(slots=True)
class Measured:
    """One candidate: seconds of each round, and how far the states are from the reference's."""

    rounds: list[float]
    largest: float = 0.0
    total: float = 0.0


def measure(
    folder: Path, names: Sequence[str], windows: Sequence[Sequence[Window]], rounds: int
) -> dict[str, Measured]:
    """Let the candidates take turns."""
    encoders = {name: CANDIDATES[name].load(folder) for name in names}
    measured = {name: Measured([]) for name in names}
    for number in range(rounds + 1):  # the first one warms up, and compares
        taken = dict.fromkeys(names, 0.0)
        for text in windows:
            ids, wanted = [window.ids for window in text], None
            for name, encoder in encoders.items():
                began = time.process_time()
                states = encoder.states(ids)
                taken[name] += time.process_time() - began
                if number == 0:
                    wanted = states if wanted is None else wanted
                    _compare_states(measured[name], states, wanted)
        if number:
            for name in names:
                measured[name].rounds.append(taken[name])
    return measured


def _compare_states(one: Measured, states: Sequence[FloatArray], wanted: Sequence[FloatArray]) -> None:
    import numpy as np

    for found, reference in zip(states, wanted, strict=True):
        apart = np.abs(found - reference)
        one.largest = max(one.largest, float(apart.max()))
        one.total += float(apart.mean(axis=-1).sum())


def cold(folder: Path, name: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds until an encoder is loaded, and those of its first text, in new processes."""
    own = [sys.executable, "-m", "benchmarks.encoder_runtime", "--bundle", str(folder), "--cold", name]
    runs = [subprocess.run(own, cwd=ROOT, check=True, capture_output=True, text=True) for _ in range(rounds)]
    times = [[float(word) for word in run.stdout.split()[-2:]] for run in runs]
    return [loading for loading, _ in times], [first for _, first in times]


def _start(folder: Path, name: str) -> None:
    """Load one candidate, read a text, and print how long each took."""
    began = time.process_time()
    from extractor.neural.bundle import open_bundle

    windowing = open_bundle(folder).windowing()
    encoder = CANDIDATES[name].load(folder)
    loaded = time.process_time()
    encoder.states([window.ids for window in windowing.windows(windowing.tokens(_FIRST))])
    print(loaded - began, time.process_time() - loaded)


def _possible(folder: Path, names: Sequence[str]) -> list[str]:
    if not any(name.startswith("onnx") for name in names):
        return list(names)
    try:
        export(folder)
    except ImportError as error:
        print(f"without ONNX Runtime: {error}", file=sys.stderr)
        return [name for name in names if not name.startswith("onnx")]
    return list(names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoder_runtime", description=__doc__)
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--texts", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=int, default=256, help="tokens in a window")
    parser.add_argument("--overlap", type=int, default=64)
    parser.add_argument("--only", nargs="+", choices=CANDIDATES, default=list(CANDIDATES))
    parser.add_argument("--cold", choices=CANDIDATES, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    for threads in _THREADS:  # before anything that reads them is imported
        os.environ[threads] = "1"
    if options.cold:
        _start(options.bundle, options.cold)
        return 0
    warnings.simplefilter("ignore")  # torch and its exporter say at length what will be otherwise one day
    with tempfile.TemporaryDirectory() as place:
        _compare(Path(place) / "bundle", options)
    return 0


def _compare(folder: Path, options: argparse.Namespace) -> None:
    from extractor.neural.bundle import open_bundle
    from extractor.neural.windows import Windowing

    reports = texts(options.texts)
    if options.bundle:
        open_bundle(options.bundle).copy_to(folder)
    else:
        random_bundle(folder, reports)
    names = _possible(folder, [REFERENCE, *(name for name in options.only if name != REFERENCE)])
    windowing = Windowing(open_bundle(folder).windowing().tokenizer, options.size, options.overlap)
    windows = [windowing.windows(windowing.tokens(report)) for report in reports]
    words = sum(len(report.split()) for report in reports)
    tokens = sum(len(window.ids) for text in windows for window in text)
    print(f"{len(reports)} texts, {words:,} words, {tokens:,} tokens in {sum(map(len, windows))} windows\n")
    measured = measure(folder, names, windows, options.rounds)
    print("candidate    words/s  tokens/s  to torch  load ms  first text ms  file MB  largest    mean")
    for name in names:
        one = measured[name]
        best, ratio = min(one.rounds), min(measured[REFERENCE].rounds) / min(one.rounds)
        load, first = (min(seconds) * 1000 for seconds in cold(folder, name, options.rounds))
        size = (folder / CANDIDATES[name].file).stat().st_size / 1e6
        print(
            f"{name:11} {words / best:8,.0f} {tokens / best:9,.0f} {ratio:9.2f} {load:8.0f} {first:14.0f}"
            f" {size:8.1f} {one.largest:8.2g} {one.total / tokens:7.2g}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
