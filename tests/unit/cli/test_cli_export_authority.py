"""``export --authority``: what an authority file says of drivers and teams goes along."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from lxml import etree

from extractor.authority.appearance import appearances_of
from extractor.authority.file import FORMAT, SCHEMA
from extractor.cli.main import main
from extractor.errors import ExitCode
from tests.unit.exports.exports_records import sample

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "nogaro.json"
    file.write_text(sample().to_json(), "utf-8")
    return file


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """An authority file that knows the first driver, by a decision, and by a proposal."""
    path = tmp_path / "authority.db"
    anna = next(one for one in appearances_of(sample()) if one.thing == "d1")
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(SCHEMA)
        db.execute("INSERT INTO about VALUES ('format', ?)", (FORMAT,))
        db.execute(
            "INSERT INTO member VALUES (?, 'd-anna', 'nogaro', 'd1', 'Anna Martin', 2021, '')", (anna.anchor,)
        )
        for identifier, status in (("wikidata:Q42", "decided"), ("viaf:7", "proposed")):
            db.execute(
                "INSERT INTO identifier VALUES ('d-anna', ?, 'Anna', 0.95, ?, '[]')", (identifier, status)
            )
    return path


def test_what_is_decided_goes_along_and_what_is_proposed_does_not(
    record: Path, authority: Path, tmp_path: Path
) -> None:
    assert (
        main(["export", str(record), "--to", "tei", "--authority", str(authority), "-o", "tei"])
        == ExitCode.OK
    )
    root = etree.parse(tmp_path / "tei" / "nogaro.xml")
    told = [one.text for one in root.iterfind(".//{*}person/{*}idno")]
    assert told == ["d-anna", "http://www.wikidata.org/entity/Q42"]


def test_a_format_without_a_place_for_it_says_which_have_one(
    record: Path, authority: Path, capsys: Captured
) -> None:
    assert (
        main(["export", str(record), "--to", "text", "--authority", str(authority), "-o", "x.txt"])
        == ExitCode.USAGE
    )
    assert "alto, json-ld, tei, web-annotation" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "code"), [(None, "not_found"), (b"no database at all" * 100, "no_authority_file")]
)
def test_what_is_no_authority_file_is_told(
    record: Path, tmp_path: Path, capsys: Captured, content: bytes | None, code: str
) -> None:
    path = tmp_path / "wrong.db"
    if content is not None:
        path.write_bytes(content)
    assert (
        main(["export", str(record), "--to", "tei", "--authority", str(path), "-o", "tei"]) == ExitCode.INPUT
    )
    assert f"[{code}]" in capsys.readouterr().err
    assert not (tmp_path / "tei").exists()
