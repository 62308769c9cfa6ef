"""A user's own list: read whatever it looks like, and matched without a silent decision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from authority_builders import race

from extractor.authority.build import build
from extractor.authority.decisions import AuthorityDecision
from extractor.authority.exporting import export
from extractor.authority.file import AuthorityFile
from extractor.authority.listing import Entry, read_list
from extractor.authority.match import match
from extractor.authority.report import report_on
from extractor.cli.main import main
from extractor.errors import ExitCode, InputError, RecordError
from extractor.exports.identities import address_of

FIELD = ["Luc Orsini", "Marcel Verdan", "André Tixador", "Paul Bréguet", "Émile Castagnol"]


def records() -> list:  # type: ignore[type-arg]
    names = ("Jean Marceline", "J. Marceline", "Jean MARCELINE", "Paul Marceline")
    return [race(f"r{n}", [name, *FIELD], season=1968 + n) for n, name in enumerate(names)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    out = tmp_path / "authority.db"
    build(records(), out)
    return out


def listed(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("wikidata,name,birth\nQ1,Jérôme Marceline,1940\n", "utf-8"),
        (
            "Nom;Naissance;Wikidata\r\nJérôme Marceline;12 mai 1940;http://www.wikidata.org/entity/Q1\r\n",
            "cp1252",
        ),
        ("QID\tLabel\tDate de naissance\nQ1\tJérôme Marceline\t1940-05-12\n", "utf-8-sig"),
    ],
)
def test_a_list_is_read_however_it_was_saved(tmp_path: Path, text: str, encoding: str) -> None:
    (entry,) = read_list(listed(tmp_path / "liste.csv", text, encoding))
    assert isinstance(entry, Entry)
    assert (entry.identifier, entry.name, entry.born) == ("wikidata:Q1", "Jérôme Marceline", 1940)


def test_a_row_without_a_name_costs_itself_alone(tmp_path: Path) -> None:
    path = listed(
        tmp_path / "l.csv", "id,nom,variantes,activité,type\n1,,,,\n2,A B,C | D;E,1961-1968,équipe\n"
    )
    bad, entry = read_list(path)
    assert isinstance(bad, RecordError)
    assert entry == Entry("id:2", (), "A B", ("C", "D", "E"), "team", first=1961, last=1968)


@pytest.mark.parametrize("text", ["", "nom\nJean\n", "wikidata\nQ1\n", '"'])
def test_a_list_without_names_or_identifiers_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        list(read_list(listed(tmp_path / "l.csv", text)))


def statuses(file: Path) -> dict[tuple[str, str], str]:
    with AuthorityFile.open(file) as opened:
        query = "SELECT e.name, i.identifier, i.status FROM identifier i JOIN entity e ON e.id = i.entity"
        return {(name, identifier): status for name, identifier, status in opened.db.execute(query)}


def test_who_fits_is_proposed_and_nobody_is_proposed_before_birth(file: Path) -> None:
    entries = [
        Entry("wikidata:Q1", (), "Jean Marceline", (), "driver", born=1940, first=1963, last=1975),
        Entry("wikidata:Q2", (), "Jean Marceline", (), "driver", born=1975),
        Entry("wikidata:Q3", (), "Paul Bréguet", (), "driver", born=1900, died=1955),
    ]
    match(file, entries)
    found = statuses(file)
    assert found["Jean Marceline", "wikidata:Q1"] == "proposed"
    assert ("Jean Marceline", "wikidata:Q2") not in found
    assert ("Paul Bréguet", "wikidata:Q3") not in found


def test_two_entries_that_fit_alike_are_candidates(file: Path) -> None:
    match(file, [Entry(f"id:{n}", (), "Jean Marceline", (), "driver", born=1940 + n) for n in range(2)])
    assert statuses(file) == dict.fromkeys(
        [("Jean Marceline", "id:0"), ("Jean Marceline", "id:1")], "candidate"
    )


def test_a_decided_identifier_stays(file: Path) -> None:
    with AuthorityFile.open(file) as opened:
        anchor = opened.db.execute("SELECT anchor FROM member WHERE name = 'Jean Marceline'").fetchone()[0]
    decided = AuthorityDecision.make("identifier", "Odile", [anchor], identifier="viaf:77")
    refused = AuthorityDecision.make("not_identifier", "Odile", [anchor], identifier="wikidata:Q1")
    build(records(), file, decisions=[decided, refused])
    match(file, [Entry("wikidata:Q1", (), "Jean Marceline", (), "driver", born=1940)])
    assert statuses(file) == {
        ("Jean Marceline", "viaf:77"): "decided",
        ("Jean Marceline", "wikidata:Q1"): "refused",
    }


def test_every_form_is_written_whole(file: Path, tmp_path: Path) -> None:
    match(file, [Entry("wikidata:Q1", (), "Jean Marceline", (), "driver", first=1963, last=1975)])
    with AuthorityFile.open(file) as opened:
        entities = opened.count("entity")
        for to, count in (("csv", entities), ("skos", entities), ("jsonl", entities), ("appearances", 24)):
            assert export(opened, to, tmp_path / to) == count
        assert export(opened, "records", tmp_path / "records", records=records()) == 4
    skos = json.loads((tmp_path / "skos").read_text("utf-8"))
    labels = {one.get("skos:prefLabel") for one in skos["@graph"]}
    assert {"Jean Marceline", "Paul Bréguet"} <= labels
    assert "http://www.wikidata.org/entity/Q1" in (tmp_path / "skos").read_text("utf-8")
    first = json.loads((tmp_path / "records").read_text("utf-8").splitlines()[0])
    assert first["record"] == records()[0].model_dump(mode="json")
    assert first["authority"]["d1"]["name"] == "Jean Marceline"


def test_an_identifier_cannot_break_out_of_its_address() -> None:
    assert address_of('wikidata:Q1"><script>') == "http://www.wikidata.org/entity/Q1%22%3E%3Cscript%3E"
    assert address_of("id:a b") == "urn:x-id:a%20b"


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "autre.db"
    other.write_bytes(b"not a database at all, really not one" * 40)
    with pytest.raises(InputError, match="authority build"), AuthorityFile.open(other):
        pass


def test_a_gold_list_judges_pairs(file: Path, tmp_path: Path) -> None:
    gold = listed(
        tmp_path / "gold.csv",
        "document,thing,identity\nr0,d1,jean\nr1,d1,jean\nr2,d1,jean\nr3,d1,paul\nr9,d1,jean\n",
    )
    with AuthorityFile.open(file) as opened:
        found = report_on(opened, gold)
    assert found.unknown == 1
    scored = found.kinds["driver"].pairwise
    assert scored is not None
    assert (scored.true, scored.precision, scored.recall) == (3, 1.0, 1.0)


def test_the_command_builds_matches_and_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARCFERME_DB", raising=False)
    lines = [one.to_json() for one in records()]
    listed(tmp_path / "r.jsonl", "\n".join([*lines, "{}"]))
    listed(tmp_path / "l.csv", "wikidata,nom,naissance\nQ1,Jean Marceline,1940\n")
    assert main(["authority", "build", "r.jsonl"]) == ExitCode.PARTIAL
    assert main(["authority", "match", "l.csv", "-o", "m.csv"]) == ExitCode.OK
    assert "wikidata:Q1" in (tmp_path / "m.csv").read_text("utf-8-sig")
    assert main(["authority", "report", "--json", "f.json", "--lang", "en"]) == ExitCode.OK
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["kinds"]["driver"]["appearances"] == 24
    assert main(["authority", "export", "--to", "csv", "-o", "e.csv"]) == ExitCode.OK
    assert main(["authority", "export", "--to", "records", "-o", "e.jsonl"]) == ExitCode.USAGE
    assert main(["authority", "build"]) == ExitCode.USAGE
    assert "Drivers: 24 appearances" in capsys.readouterr().out
