"""The frame of the exports: every format is told of, documented and tested, and keeps to its contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from extractor.errors import OutputError, UsageError
from extractor.exports import formats, whole
from extractor.exports.formats import FORMATS, ExportOptions, Format, checked_settings, format_named
from extractor.exports.names import FileNames
from extractor.exports.whole import export_to
from extractor.messages import LANGUAGES, sentences
from extractor.record import RaceRecord
from tests.conftest import ROOT, bare_record
from tests.unit.exports.exports_records import HOSTILE, hostile, sample

FORMAT = "html"
FORMAT_TOO = "text"
DOCUMENTED = set(
    re.findall(r"^## ([a-z0-9-]+)$", (ROOT / "docs/exports.md").read_text("utf-8"), re.MULTILINE)
)


def formats_tested() -> set[str]:
    """Return the formats that some test file says it is about."""
    return {
        name
        for file in ROOT.glob("tests/**/test_*.py")
        for name in re.findall(r'^FORMAT\w* = "([a-z0-9-]+)"$', file.read_text("utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented_and_tested(name: str) -> None:
    assert name in DOCUMENTED
    assert name in formats_tested()


def test_what_is_documented_is_there() -> None:
    assert set(FORMATS) >= DOCUMENTED


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_and_setting_has_its_words(language: str, name: str) -> None:
    known = sentences(language)
    assert f"export.format.{name}" in known
    assert all(f"export.setting.{name}.{setting}" in known for setting in FORMATS[name].settings)


@pytest.mark.parametrize("one", FORMATS.values(), ids=FORMATS)
def test_a_file_has_a_suffix_and_what_needs_something_says_what_brings_it(one: Format) -> None:
    assert bool(one.suffix) == (one.shape == "file")
    assert bool(one.needs) == bool(one.extra)


def test_a_format_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="html, ") as caught:
        format_named("excell")
    assert caught.value.code == "unknown_export_format"
    assert format_named(" HTML ").name == "html"


def test_what_is_not_installed_is_told_with_what_installs_it(tmp_path: Path) -> None:
    wanted = Format(name="x", module="extractor.exports.text", needs=("no_such_library",), extra="exports")
    with pytest.raises(UsageError, match=r"no_such_library.*pip install 'parcferme\[exports\]'"):
        export_to(wanted, [sample()], tmp_path / "x", ExportOptions())


def test_settings_are_checked() -> None:
    wanted = Format(name="x", module="", settings={"formulas": ("defused", "kept"), "base": ()})
    assert checked_settings(wanted, ["formulas=kept", "base=a=b"]) == {"formulas": "kept", "base": "a=b"}
    for wrong in ("formulas=gone", "formulas", "colour=red"):
        with pytest.raises(UsageError, match=r"formulas=defused\|kept, base=…"):
            checked_settings(wanted, [wrong])


class Broken:
    """Writes half and fails."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def export(self, records: Iterable[RaceRecord], out: Path, options: ExportOptions) -> int:
        (out / "half" if out.is_dir() else out).write_text("half")
        raise self.error


@pytest.mark.parametrize("shape", ["file", "folder"])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt(), KeyError("bug")]
)
def test_an_export_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: formats.Shape, error: BaseException
) -> None:
    monkeypatch.setattr(whole, "exporter_of", lambda wanted: Broken(error))
    before = tmp_path / "out"
    if shape == "file":
        before.write_text("from yesterday")
    expected = OutputError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        export_to(Format(name="x", module="", shape=shape), [], before, ExportOptions())
    assert [one.name for one in tmp_path.iterdir()] == (["out"] if shape == "file" else [])
    assert shape == "folder" or before.read_text() == "from yesterday"


def test_nothing_to_export_leaves_nothing(tmp_path: Path) -> None:
    assert export_to(FORMATS["html"], [], tmp_path / "pages", ExportOptions()) == 0
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years of work")
    with pytest.raises(OutputError) as caught:
        export_to(FORMATS["html"], [sample()], tmp_path, ExportOptions())
    assert caught.value.code == "folder_not_empty"
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.odt"]


@pytest.mark.parametrize(("name", "code"), [("text", "not_a_file"), ("html", "not_a_folder")])
def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path: Path, name: str, code: str) -> None:
    place = tmp_path / "place"
    place.mkdir() if name == "text" else place.write_text("")
    with pytest.raises(OutputError) as caught:
        export_to(FORMATS[name], [sample()], place, ExportOptions())
    assert caught.value.code == code


def test_pages_in_a_folder_that_is_empty_and_in_an_archive(tmp_path: Path) -> None:
    from zipfile import ZipFile

    records = [sample(), sample(), hostile(HOSTILE[0])]
    (tmp_path / "pages").mkdir()
    assert export_to(FORMATS["html"], records, tmp_path / "pages", ExportOptions()) == 3
    names = sorted(one.name for one in (tmp_path / "pages").iterdir())
    assert export_to(FORMATS["html"], records, tmp_path / "pages.zip", ExportOptions(language="en")) == 3
    with ZipFile(tmp_path / "pages.zip") as archive:
        assert sorted(archive.namelist()) == names
        assert b'lang="en"' in archive.read(names[0])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["pages", "pages.zip"]


def test_an_archive_is_as_readable_as_any_other_file_of_its_user(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    export_to(FORMATS["html"], [sample()], tmp_path / "pages", ExportOptions())
    assert (tmp_path / "pages").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "records.txt")
    export_to(FORMATS["text"], [sample()], tmp_path / "link.txt", ExportOptions())
    assert (tmp_path / "link.txt").is_symlink()
    assert "Anna Martin" in (tmp_path / "real" / "records.txt").read_text("utf-8")


def test_records_get_names_that_every_system_takes_and_never_twice() -> None:
    names = FileNames()
    ids = ["Nogaro", "nogaro", "nogaro", "../../etc/passwd", "a" * 400, "", "...", "CON\x00\n", "nogaro-2"]
    given = [names(record_named(one)) for one in ids]
    assert len({name.casefold() for name in given}) == len(ids)
    assert all(name and "/" not in name and "\x00" not in name and len(name.encode()) < 120 for name in given)
    assert not any(name.startswith(".") for name in given)


def record_named(name: str) -> RaceRecord:
    record = bare_record("Course")
    return record.model_copy(update={"document": record.document.model_copy(update={"id": name})})


# ------------------------------------------------------------------------ what every format keeps to

HEAVY = {"docbin", "huggingface"}  # whose libraries take seconds to import
INSTALLED = [
    pytest.param(name, marks=pytest.mark.slow if name in HEAVY else ())
    for name, one in FORMATS.items()
    if not formats.missing_for(one)
]


@pytest.mark.parametrize("name", INSTALLED)
def test_every_format_counts_what_it_wrote_and_tells_what_it_did_not(tmp_path: Path, name: str) -> None:
    records = [sample(), hostile("=1|<b>\x00🏁\u202e"), sample()]
    out, left_out = tmp_path / f"records{FORMATS[name].suffix}", []
    count = export_to(FORMATS[name], iter(records), out, ExportOptions(leave_out=left_out.append))
    assert count + len(left_out) == len(records)
    assert [one.name for one in tmp_path.iterdir()] == ([out.name] if count else [])
    assert out.is_dir() == (FORMATS[name].shape == "folder" and count > 0)


@pytest.mark.parametrize("name", INSTALLED)
def test_every_format_leaves_nothing_where_there_is_nothing_or_it_is_broken_off(
    tmp_path: Path, name: str
) -> None:
    out = tmp_path / f"records{FORMATS[name].suffix}"
    assert export_to(FORMATS[name], iter(()), out, ExportOptions()) == 0

    def broken_off() -> Iterator[RaceRecord]:
        yield sample()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_to(FORMATS[name], broken_off(), out, ExportOptions())
    assert not list(tmp_path.iterdir())
