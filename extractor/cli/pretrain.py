"""``parcferme pretrain``: an encoder from plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options
from extractor.errors import ExitCode
from extractor.messages import Messages

_HEAD = 64  # numbers that an attention head has
_INNER = 4  # times that the inner layer is wider


def _width(value: int) -> int:
    """Refuse a width that attention heads do not divide."""
    if value % _HEAD:
        raise typer.BadParameter(str(value))
    return value


def pretrain(
    ctx: typer.Context,
    sources: Annotated[Path, typer.Argument(help="help.pretrain.sources")],
    out: Annotated[Path, typer.Option("--out", "-o", help="help.pretrain.out")],
    tokenizer: Annotated[Path | None, typer.Option("--tokenizer", help="help.pretrain.tokenizer")] = None,
    steps: Annotated[
        int, typer.Option("--steps", min=1, help="help.pretrain.steps", show_default=False)
    ] = 6000,
    layers: Annotated[
        int, typer.Option("--layers", min=1, help="help.pretrain.layers", show_default=False)
    ] = 4,
    hidden: Annotated[
        int,
        typer.Option("--hidden", min=_HEAD, callback=_width, help="help.pretrain.hidden", show_default=False),
    ] = 256,
    vocabulary: Annotated[
        int, typer.Option("--vocabulary", min=300, help="help.pretrain.vocabulary", show_default=False)
    ] = 10_000,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", min=0, help="help.pretrain.time_limit")
    ] = None,
    _lang: options.Lang = None,
    _debug: options.Debug = False,
) -> int:
    """Pretrain and show the curve."""
    from extractor.cli.training import Teller, show_curve
    from extractor.neural.settings import EncoderSettings, PretrainingSettings
    from extractor.training.fitter import require_training
    from extractor.training.pretraining import Pretraining, run

    messages: Messages = ctx.obj
    require_training()
    shape = EncoderSettings(vocabulary, hidden, layers, hidden // _HEAD, _INNER * hidden)
    wanted = Pretraining(
        sources=sources,
        out=out,
        encoder=shape,
        settings=PretrainingSettings(steps=steps),
        tokenizer=tokenizer,
        seconds=None if time_limit is None else time_limit * 60,
    )
    teller = Teller(messages)
    try:
        points = run(wanted, teller)
    except KeyboardInterrupt:
        teller.say("pretrain.interrupted", folder=out)
        return ExitCode.INTERRUPTED
    show_curve(points, messages)
    if points and points[-1]["step"] < steps:
        teller.say("pretrain.paused", step=points[-1]["step"], steps=steps)
        return ExitCode.INTERRUPTED
    teller.say("pretrain.done", folder=out)
    return ExitCode.OK
