"""``parcferme extract``: reports in, records out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import options
from extractor.errors import UsageError
from extractor.limits import MAX_PAGES, MAX_PIXELS, MAX_UNPACKED_BYTES, SHARD_ROWS
from extractor.messages import Messages


class Format(StrEnum):
    """How records are written."""

    JSON = "json"
    JSONL = "jsonl"
    TABLE = "table"
    HTML = "html"
    JSONL_ZST = "jsonl.zst"
    PARQUET = "parquet"


class Ocr(StrEnum):
    """Where text is recognised on page images."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


class Engine(StrEnum):
    """What reads the documents."""

    PROCESSES = "processes"
    DASK = "dask"


def extract(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help="help.extract.paths")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.extract.out")] = None,
    fmt: Annotated[Format | None, typer.Option("--format", help="help.extract.format")] = None,
    manifest: Annotated[str | None, typer.Option("--manifest", help="help.extract.manifest")] = None,
    text_column: Annotated[str | None, typer.Option("--text-column", help="help.extract.text_column")] = None,
    id_column: Annotated[str | None, typer.Option("--id-column", help="help.extract.id_column")] = None,
    dataset: Annotated[str | None, typer.Option("--dataset", help="help.extract.dataset")] = None,
    split: Annotated[str | None, typer.Option("--split", help="help.extract.split")] = None,
    online: Annotated[bool, typer.Option("--online", help="help.extract.online")] = False,
    max_bytes: Annotated[
        int | None, typer.Option("--max-bytes", min=1, help="help.extract.max_bytes", show_default=False)
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="help.extract.encoding")] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence", min=0.0, max=1.0, callback=options.number, help="help.extract.min_confidence"
        ),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="help.extract.model")] = None,
    ocr: Annotated[Ocr, typer.Option("--ocr", help="help.extract.ocr")] = Ocr.AUTO,
    ocr_language: Annotated[str, typer.Option("--ocr-language", help="help.extract.ocr_language")] = "fra",
    max_pages: Annotated[int, typer.Option("--max-pages", min=1, help="help.extract.max_pages")] = MAX_PAGES,
    max_pixels: Annotated[
        int, typer.Option("--max-pixels", min=1, help="help.extract.max_pixels")
    ] = MAX_PIXELS,
    max_unpacked_bytes: Annotated[
        int, typer.Option("--max-unpacked-bytes", min=1, help="help.extract.max_unpacked_bytes")
    ] = MAX_UNPACKED_BYTES,
    summary: Annotated[Path | None, typer.Option("--summary", help="help.extract.summary_file")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="help.extract.jobs", show_default=False)] = 0,
    processes: Annotated[
        int, typer.Option("--processes", min=0, help="help.extract.processes", show_default=False)
    ] = 0,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", min=0.0, callback=options.number, help="help.extract.timeout"),
    ] = None,
    max_memory: Annotated[
        int | None, typer.Option("--max-memory", min=0, help="help.extract.max_memory", show_default=False)
    ] = None,
    shard_size: Annotated[
        int, typer.Option("--shard-size", min=1, help="help.extract.shard_size", show_default=False)
    ] = SHARD_ROWS,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="help.extract.retry_failed")] = False,
    engine: Annotated[Engine | None, typer.Option("--engine", help="help.extract.engine")] = None,
    address: Annotated[str | None, typer.Option("--address", help="help.extract.address")] = None,
    shared_paths: Annotated[bool, typer.Option("--shared-paths", help="help.extract.shared_paths")] = False,
    _lang: options.Lang = None,
    debug: options.Debug = False,
) -> int:
    """Read reports and write records."""
    from extractor.cli.engines import cluster_asked
    from extractor.cli.extraction import Extraction
    from extractor.cli.inputs import Asked
    from extractor.readers.options import ReadOptions

    messages: Messages = ctx.obj
    debug = debug or bool(ctx.parent and ctx.parent.params.get("_debug"))
    extraction = Extraction(
        fmt=_format(fmt, out),
        out=out,
        reading=ReadOptions(
            max_bytes=max_bytes,
            encoding=encoding,
            max_pages=max_pages,
            max_pixels=max_pixels,
            max_unpacked_bytes=max_unpacked_bytes,
            ocr=ocr.value,
            ocr_language=ocr_language,
            jobs=jobs,
        ),
        min_confidence=min_confidence,
        model=model,
        messages=messages,
        debug=debug,
        summary=summary,
        processes=processes,
        timeout=timeout,
        max_memory=None if max_memory is None else max_memory << 20,
        shard_size=shard_size,
        retry_failed=retry_failed,
        cluster=cluster_asked(engine and engine.value, address, shared_paths=shared_paths),
    )
    asked = Asked(tuple(paths or ()), manifest, dataset, split, online, text_column, id_column)
    return extraction.run(asked)


def _format(asked: Format | None, out: Path | None) -> str:
    """Return the format that was asked for, else the one that the output's name stands for."""
    from extractor.cli.outputs import format_of_file

    named = None if out is None else format_of_file(out)
    if asked is not None and named is not None and asked.value != named:
        raise UsageError(
            "format_and_name", source=str(out), format=asked.value, suffix=out.suffix if out else ""
        )
    return asked.value if asked is not None else named or Format.JSON.value
