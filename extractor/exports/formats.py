"""The formats that records are exported to: what each is called, where it is written, what it needs.

To add a format:

1. Write one module with ``export(records, out, options) -> int`` (see :class:`Exporter`): take records one
   by one, write to ``out``, return how many are in it. ``out`` is a place of your own: a file that is not
   there yet, or an empty folder. It is moved under its name when you return and removed when you raise.
2. A record that the format cannot hold goes to ``options.leave_out(error)`` and is not counted; the rest
   goes on.
3. Add a :class:`Format` to ``_FORMATS`` below, and its words to ``export.format.NAME`` in ``fr.toml`` and
   ``en.toml``; its settings, if any, to ``export.setting.NAME.SETTING``.
4. Add a section ``## NAME`` to ``docs/exports.md``.
5. Test it with who reads it, in a file that names it: ``FORMAT = "NAME"``. A test looks for 3, 4 and 5.

Modules are named, not imported: what one format needs costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

from extractor.errors import ParcFermeError, UsageError
from extractor.exports.identities import Identities, nobody_known

if TYPE_CHECKING:  # the list of formats is part of the help, which is to answer at once
    from extractor.record import RaceRecord

Shape = Literal["file", "folder"]


def _nobody_asks(error: ParcFermeError) -> None:
    """Let it pass: whoever exports from code may look at the count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What one export is to be like.

    Attributes:
        language: ``fr`` or ``en``, of words that are written for readers.
        settings: Choices of this one format, by name; :func:`checked_settings` has looked at them.
        leave_out: Is told why a record (or a part of one) is not in the export.
        identities: Says who drivers and teams are, where there is an authority file.
        note: Is told the key and values of a message about the whole export (``export.note.KEY``).
    """

    language: str = "fr"
    settings: Mapping[str, str] = field(default_factory=dict)
    leave_out: Callable[[ParcFermeError], None] = _nobody_asks
    identities: Identities = nobody_known
    note: Callable[[str, Mapping[str, object]], None] = lambda _key, _values: None


class Exporter(Protocol):
    """A module that writes one format."""

    def export(self, records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
        """Write records and return how many.

        Args:
            records: One by one; there may be more than memory holds.
            out: A file that is not there yet, or an empty folder; it has the name of the export.
            options: What it is to be like.

        Raises:
            OSError: It cannot be written.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format.

    Attributes:
        name: What follows ``--to``.
        module: Where it is written: an :class:`Exporter`.
        suffix: Of its file, with the dot; empty for a folder.
        shape: One file, or a folder of several (which may be asked for as a ``.zip``).
        needs: Modules that must be there beyond a plain installation.
        extra: What brings them: ``pip install 'parcferme[EXTRA]'``.
        settings: What may be chosen, and between what; an empty tuple stands for any text.
        is_text: It can be read on a terminal.
        names_people: It tells who somebody is beyond the record (``ExportOptions.identities``).
    """

    name: str
    module: str
    suffix: str = ""
    shape: Shape = "file"
    needs: tuple[str, ...] = ()
    extra: str = ""
    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_text: bool = False
    names_people: bool = False


_FORMATS = (
    Format(
        name="alto",
        module="extractor.exports.alto",
        shape="folder",
        settings={"alto": (), "tags": ("names", "all")},
        names_people=True,
    ),
    Format(
        name="csv",
        module="extractor.exports.csv_tables",
        shape="folder",
        settings={"formulas": ("defused", "kept")},
    ),
    Format(
        name="doccano",
        module="extractor.exports.doccano",
        shape="folder",
        settings={"links": ("yes", "no")},
    ),
    Format(name="docbin", module="extractor.docbin_export", shape="folder"),
    Format(name="html", module="extractor.exports.html.export", shape="folder"),
    Format(
        name="huggingface",
        module="extractor.exports.huggingface",
        shape="folder",
        needs=("datasets", "pyarrow"),
        extra="corpus",
    ),
    Format(name="label-studio", module="extractor.exports.label_studio", shape="folder"),
    Format(name="markdown", module="extractor.exports.markdown", suffix=".md", is_text=True),
    Format(
        name="parquet",
        module="extractor.exports.parquet",
        shape="folder",
        needs=("pyarrow",),
        extra="exports",
    ),
    Format(
        name="prodigy",
        module="extractor.exports.prodigy",
        suffix=".jsonl",
        settings={"view": ("spans", "ner", "relations")},
        is_text=True,
    ),
    Format(name="sqlite", module="extractor.exports.sqlite", suffix=".db"),
    Format(name="tei", module="extractor.exports.tei", shape="folder", names_people=True),
    Format(name="text", module="extractor.exports.text", suffix=".txt", is_text=True),
    Format(
        name="web-annotation",
        module="extractor.exports.web_annotation",
        shape="folder",
        settings={"base": (), "images": ()},
        names_people=True,
    ),
    Format(
        name="xlsx",
        module="extractor.exports.xlsx",
        suffix=".xlsx",
        needs=("xlsxwriter",),
        extra="exports",
    ),
    Format(
        name="json-ld",
        module="extractor.exports.json_ld",
        shape="folder",
        settings={"base": ()},
        names_people=True,
    ),
)

FORMATS: Mapping[str, Format] = {one.name: one for one in sorted(_FORMATS, key=lambda one: one.name)}


def format_named(name: str) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: ``unknown_export_format``.
    """
    found = FORMATS.get(name.strip().lower())
    if found is None:
        raise UsageError("unknown_export_format", name=name, formats=", ".join(FORMATS))
    return found


def exporter_of(wanted: Format) -> Exporter:
    """Return what writes a format.

    Raises:
        UsageError: ``export_needs``: something is not installed.
    """
    if missing := missing_for(wanted):
        raise UsageError("export_needs", format=wanted.name, missing=", ".join(missing), extra=wanted.extra)
    return cast("Exporter", import_module(wanted.module))


def missing_for(wanted: Format) -> list[str]:
    """Return what a format needs and is not installed."""
    return [name for name in wanted.needs if find_spec(name) is None]


def checked_settings(wanted: Format, given: Iterable[str]) -> dict[str, str]:
    """Return settings from ``NAME=VALUE``.

    Raises:
        UsageError: ``export_setting``: this format has no such setting, or it cannot be that.
    """
    settings = {}
    for one in given:
        name, equals, value = one.partition("=")
        name, value = name.strip(), value.strip()
        choices = wanted.settings.get(name)
        if not equals or choices is None or (choices and value not in choices):
            raise UsageError("export_setting", setting=one, format=wanted.name, settings=_settings_of(wanted))
        settings[name] = value
    return settings


def _settings_of(wanted: Format) -> str:
    told = [f"{name}={'|'.join(choices) or '…'}" for name, choices in wanted.settings.items()]
    return ", ".join(told) or "–"
