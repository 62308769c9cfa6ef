"""``parcferme schema``: the JSON Schema of the records."""

from __future__ import annotations

import typer

from extractor.cli import options


def schema(_lang: options.Lang = None, _debug: options.Debug = False) -> None:
    """Print the schema."""
    from extractor.schema import schema_text

    typer.echo(schema_text(), nl=False)
