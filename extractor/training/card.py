"""The model card, in the form that Hugging Face gives it: every figure from the model or from kept scores.

https://huggingface.co/docs/hub/model-cards says what the head may hold.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from extractor.corpus.metadata import SPLITS
from extractor.neural.bundle import ENCODER, HEADS, MANIFEST, Bundle
from extractor.pipeline.model.location import NAME
from extractor.scoreboard.board import FEW
from extractor.scoring.report import HEADLINE
from extractor.scoring.words import words_of

_TAGS = ("motor-racing", "information-extraction", "named-entity-recognition", "quotation-attribution")
#: Slices are shown of these parts, and by these features of a report.
_SLICED = ("test", "far")
_BINNED = "test"
#: Name of the encoder that we have pretrained.
OUR_BASE = "fr_encoder"


def card(
    bundle: Bundle, release: Mapping[str, Any] | None = None, verdict: Mapping[str, Any] | None = None
) -> str:
    """Return the card of a model, in Markdown.

    Args:
        bundle: The model.
        release: Scores kept by ``parcferme evaluate --save``; parts that were read with another model, or
            with none, are left out.
        verdict: The model beside the one that it has replaced, as ``parcferme train`` leaves it.
    """
    splits = scores_of(bundle, release)
    parts = [
        _head(splits, release),
        f"# {NAME} {bundle.version}",
        _words()["introduction"].strip(),
        f"## Use\n\n{_words()['use'].strip()}",
        f"## The model\n\n{_table(('', ''), _architecture(bundle))}",
        f"## Training\n\n{_training(bundle)}",
        f"## Data\n\n{_data(bundle)}",
        *(_beside(verdict) if verdict else ()),
        *(_scores(splits, release) if release and splits else ()),
        *(_calibration(bundle, splits)),
        "## Limits\n\n" + "\n".join(f"- {limit}" for limit in _words()["limits"]),
    ]
    return "\n\n".join(parts) + "\n"


def scores_of(bundle: Bundle, release: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the parts of the corpus whose kept scores are those of this very model."""
    kept = release["splits"] if release else {}
    return {split: kept[split] for split in SPLITS if kept.get(split, {}).get("model") == bundle.version}


def _words() -> dict[str, Any]:
    text = resources.files("extractor.training").joinpath("card.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


# --- head


def _head(splits: Mapping[str, Any], release: Mapping[str, Any] | None) -> str:
    lines = [
        "---",
        "language: [fr]",
        "license: apache-2.0",
        "library_name: spacy",
        "pipeline_tag: token-classification",
        f"tags: [{', '.join(_TAGS)}]",
        *(_index(splits, str(release["version"])) if release and splits else ()),
        "---",
    ]
    return "\n".join(lines)


def _index(splits: Mapping[str, Any], version: str) -> Iterator[str]:
    yield from ("model-index:", f"- name: {NAME}", "  results:")
    for split, scores in splits.items():
        yield "  - task: {type: token-classification, name: Race records from reports}"
        yield f"    dataset: {{type: parcferme, name: Parc Fermé corpus, split: {split}}}"
        yield f"    source: {{name: Release {version}, url: docs/scores/{version}.json}}"
        yield "    metrics:"
        figures = {"mean": scores["composite"], **{kind: scores["kinds"][kind] for kind in HEADLINE}}
        for name, found in figures.items():
            if found["f1"] is not None:
                yield f"    - {{type: f1, name: {json.dumps(f'F1, {name}')}, value: {found['f1']}}}"


# --- the model


def _architecture(bundle: Bundle) -> Iterator[tuple[str, str]]:
    encoder = bundle.config["encoder"]
    manifest = json.loads((bundle.folder / MANIFEST).read_text(encoding="utf-8"))
    size = sum(int(file["bytes"]) for file in manifest["files"].values())
    yield "encoder", str(encoder.get("model_type", "?"))
    for name, key in (
        ("layers", "num_hidden_layers"),
        ("width", "hidden_size"),
        ("attention heads", "num_attention_heads"),
        ("inner width", "intermediate_size"),
        ("tokens in the vocabulary", "vocab_size"),
    ):
        if key in encoder:
            yield name, f"{encoder[key]:,}"
    yield "parameters of the encoder", f"{_parameters(bundle, ENCODER):,}"
    yield "parameters of the heads", f"{_parameters(bundle, HEADS):,}"
    yield "size of the bundle", f"{size / 1e6:.1f} MB"


def _parameters(bundle: Bundle, name: str) -> int:
    from safetensors import safe_open

    found = 0
    with safe_open(bundle.folder / name, "np") as arrays:
        for key in arrays.keys():  # noqa: SIM118 - no mapping
            count = 1
            for length in arrays.get_slice(key).get_shape():
                count *= int(length)
            found += count
    return found


def _training(bundle: Bundle) -> str:
    told = bundle.config.get("training", {})
    rows = []
    for name, value in told.items():
        inner = value.items() if isinstance(value, Mapping) else [(None, value)]
        rows += [(name if key is None else f"{name}: {key}", str(one)) for key, one in inner]
    spoken = [(name.replace("_", " "), value) for name, value in rows]
    return f"{_table(('', ''), spoken)}\n\n{_words()['training']}"


def _data(bundle: Bundle) -> str:
    words, base = _words(), bundle.config.get("training", {}).get("base", OUR_BASE)
    is_ours = base == OUR_BASE
    rows = [(one["name"], one["use"], one["licence"]) for one in words["data"] if is_ours or one.get("own")]
    table = _table(("data", "used for", "licence"), rows)
    return table if is_ours else f"{table}\n\n{words['other_base'].format(base=base)}"


# --- figures


def _beside(verdict: Mapping[str, Any]) -> Iterator[str]:
    kinds = verdict["kinds"]
    rows = []
    for kind in ("composite", *HEADLINE):
        found = kinds[kind]
        ends = found["interval"]
        gain = "–" if ends is None else f"[{ends[0]:+.3f}, {ends[1]:+.3f}]"
        rows.append((_name(kind), _figure(found["old"]), _figure(found["new"]), gain))
    table = _table(("F1", "before", "this model", "gain, 95 %"), rows, numbers=3)
    yield f"## Beside what it replaced\n\nOn the {verdict['documents']} reports of `dev`.\n\n{table}"


def _scores(splits: Mapping[str, Any], release: Mapping[str, Any]) -> Iterator[str]:
    head = ("part", "documents", "mean", *map(_name, HEADLINE))
    rows = [
        (
            split,
            str(scores["documents"]),
            _with_ends(scores["composite"]),
            *(_with_ends(scores["kinds"][kind]) for kind in HEADLINE),
        )
        for split, scores in splits.items()
    ]
    told = _words()["scores"].strip().format(release=release["version"])
    yield f"## Scores\n\n{told}\n\n{_table(head, rows, numbers=len(head) - 1)}"
    for split in _SLICED:
        if split in splits:
            yield f"### By slice, {split}\n\n{_slices(splits[split]['slices'])}"


def _slices(dimensions: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for dimension, slices in dimensions.items():
        for value, found in slices.items():
            size = f"{found['documents']}*" if found["documents"] < FEW else str(found["documents"])
            rows.append((dimension, value, size, _figure(found["composite"])))
    table = _table(("", "slice", "documents", "mean F1"), rows, numbers=2)
    return f"{table}\n\n\\* fewer than {FEW} documents say little."


def _calibration(bundle: Bundle, splits: Mapping[str, Any]) -> Iterator[str]:
    parts = ["## Calibration", _words()["calibration"].strip()]
    curves = bundle.calibration.get("calibrator", {}).get("kinds", {})
    if curves:
        rows = [(kind, str(one.get("method", "")), str(one["examples"])) for kind, one in curves.items()]
        parts.append(_table(("kind", "curve", "facts it rests on"), rows))
    if worth := {split: one["calibration"] for split, one in splits.items() if "calibration" in one}:
        head = ("part", "kind", "facts", "said", "right", "ECE", "ECE, width", "Brier")
        parts.append(_table(head, _worth(worth), numbers=6))
    if bins := worth.get(_BINNED, {}).get("all", {}).get("bins"):
        rows = [(str(count), f"{said:.3f}", f"{true:.3f}") for count, said, true in bins]
        parts.append(f"Bins of `{_BINNED}`:\n\n{_table(('facts', 'said', 'right'), rows, numbers=3)}")
    yield "\n\n".join(parts)


def _worth(splits: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for split, kinds in splits.items():
        for kind, found in kinds.items():
            figures = (found[name] for name in ("said", "true", "ece", "ece_width", "brier"))
            yield split, kind, str(found["facts"]), *map(_figure, figures)


def _name(kind: str) -> str:
    words = words_of("en")
    return str(words["composite"] if kind == "composite" else words["kinds"][kind])


def _with_ends(found: Mapping[str, Any]) -> str:
    if found.get("low") is None:
        return _figure(found["f1"])
    return f"{found['f1']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> str:
    """Return a Markdown table; so many columns at its end are of numbers."""
    marks = ["---"] * (len(head) - numbers) + ["--:"] * numbers
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))
