"""``parcferme corpus generate``: annotated reports made up for training."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from extractor.cli import options, terminal
from extractor.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.corpus.generator.report import NoiseChoice

_SHARD = "generated.jsonl"


def generate(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("--count", min=1, help="help.corpus.generate.count")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="help.corpus.generate.seed")] = 0,
    noise: Annotated[str, typer.Option("--noise", help="help.corpus.generate.noise")] = "mixed",
    start: Annotated[int, typer.Option("--start", min=0, help="help.corpus.generate.start")] = 0,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.corpus.generate.out")] = None,
    markup: Annotated[Path | None, typer.Option("--markup", help="help.corpus.generate.markup")] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> None:
    """Make up reports and write their records."""
    from extractor.cli.outputs import write_whole
    from extractor.corpus.generator.report import NOISES, generate_one, generate_source

    if noise not in NOISES:
        raise typer.BadParameter(", ".join(NOISES), param_hint="--noise")
    messages: Messages = ctx.obj
    kind = cast("NoiseChoice", noise)
    numbers = range(start, start + count)
    if markup is not None:
        for number in numbers:
            name, source = generate_source(seed, number, noise=kind)
            write_whole(markup / name, source)
    if out is not None or markup is None:
        with _lines(out) as write:
            for number in numbers:
                write(generate_one(seed, number, noise=kind).record.to_json() + "\n")
    terminal.say(messages("corpus.generated", reports=count))


@contextmanager
def _lines(out: Path | None) -> Iterator[Callable[[str], object]]:
    """Give a way to write lines to a file, a folder's one file, or standard output."""
    from extractor.cli.outputs import WholeFile

    if out is None:
        yield sys.stdout.write
        return
    file = WholeFile(out if out.suffix else out / _SHARD)
    file.open()
    whole = False
    try:
        yield file.write
        whole = True
    finally:
        file.close(keep=whole)
