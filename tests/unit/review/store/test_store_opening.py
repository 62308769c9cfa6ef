"""Opening a store: made, migrated, or refused with a reason that helps and gives no password away."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from store_builders import added, decision, report

from extractor.messages import LANGUAGES
from extractor.review.queue import QueueFilter
from extractor.review.store import Store, StoreError, migrating
from extractor.review.store.engine import label, make_engine, parsed_url, writing
from extractor.review.store.schema import NEWEST, VERSION_TABLE, metadata
from extractor.review.store.searching import WORD_INDEX

SECRET = "m0t-de-passe!"


def refused(url: str) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Store.open(url).close()
    for language in LANGUAGES:
        said = caught.value.in_language(language)
        assert SECRET not in said
        assert " — " in said, "a cause and a remedy"
    assert SECRET not in repr(caught.value)
    return caught.value


# --- making and migrating


def test_models_and_migrations_agree(store: Store) -> None:
    with store._engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "version_table": VERSION_TABLE,
            # PostgreSQL's alone, and of an expression that the database writes in its own way.
            "include_name": lambda name, *_: name != WORD_INDEX,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    assert ScriptDirectory(str(migrating._FOLDER)).get_current_head() == NEWEST


def test_the_default_is_a_file_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open() as store:
        key = added(store)
    assert (tmp_path / "parcferme.db").is_file()
    with Store.open(None) as store:
        assert store.document(key).key == key


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "vide.db"
    path.touch()
    with Store.open(str(path)) as store:
        assert store.totals().documents == 0


def test_a_file_is_written_ahead_and_waits_for_the_disk(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "é 1%.db")) as store, store._engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "recursive_triggers")
        }
    assert values["journal_mode"] == "wal"
    assert values["synchronous"] == 2
    assert values["foreign_keys"] == values["recursive_triggers"] == 1
    assert values["busy_timeout"] >= 5000


def older(url: str) -> str:
    """Make a store of the first version with a document that was decided upon; return its key."""
    engine = make_engine(parsed_url(url))
    record, made = report(), decision("k")
    with writing(engine).begin() as connection:
        migrating._upgrade(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO documents (id, key, origin, text_sha256, added_at, version, latest, decided_upon) "
                "VALUES (1, 'k', 'vieux.txt', :sha, 5, 1, 1, 1)"
            ),
            {"sha": made.text_sha256},
        )
        connection.execute(
            text("INSERT INTO records VALUES (1, 1, 'm', 'x', :body, 5)"), {"body": record.to_json()}
        )
        connection.execute(
            text("INSERT INTO readings (document_id, reading, head, status) VALUES (1, 1, 1, 'in_review')")
        )
        connection.execute(
            text("INSERT INTO decisions VALUES (1, 1, 1, 'a', 1, 'Odile', 5, 'accept', :body, 'm')"),
            {"body": made.change.model_dump_json()},
        )
    engine.dispose()
    return "k"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "neuf.db")
    return str(request.getfixturevalue("postgres").database())


def test_an_older_store_is_migrated_and_keeps_everything(nowhere: str) -> None:
    key = older(nowhere)
    with Store.open(nowhere) as store:
        assert store.record(key) == report()
        assert store.decisions(key)[0].id == "a"
        row = store.queue(QueueFilter(text="coeurderoy vieux", reviewer="Odile")).rows[0]
        assert (row.key, row.status) == (key, "in_review")
        assert store.unsummarised() == (key,)
        test_models_and_migrations_agree(store)
        assert store.append([decision(key)], head=1) == 2


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = older(nowhere)

    def burst(*texts: str) -> str:
        raise RuntimeError("panne")

    with monkeypatch.context() as patched:
        patched.setattr("extractor.review.store.searching.words_of", burst)
        with pytest.raises(RuntimeError, match="panne"):
            Store.open(nowhere)
    engine = make_engine(parsed_url(nowhere))
    with engine.connect() as connection:
        assert migrating.version(connection) == "0001"
    engine.dispose()
    with Store.open(nowhere) as store:
        assert store.document(key).heads == {1: 1}


def test_many_open_one_new_store_at_once(nowhere: str) -> None:
    code = "import sys; from extractor.review.store import Store; Store.open(sys.argv[1]).close()"
    running = [
        subprocess.Popen([sys.executable, "-c", code, nowhere], stderr=subprocess.PIPE) for _ in range(4)
    ]
    for one in running:
        _, said = one.communicate(timeout=60)
        assert one.returncode == 0, said.decode()


test_many_open_one_new_store_at_once = pytest.mark.slow(test_many_open_one_new_store_at_once)


# --- what is no store of ours


def test_a_store_of_a_later_version_is_left_alone(store: Store, url: str) -> None:
    with store._engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0999'"))
    error = refused(url)
    assert error.code == "store_newer"
    assert "0999" in str(error)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "compte-rendu.txt"
    path.write_text("Grand Prix de Valbrune", encoding="utf-8")
    assert refused(str(path)).code == "store_no_database"
    assert path.read_text(encoding="utf-8") == "Grand Prix de Valbrune"


def test_a_file_that_only_begins_like_a_database(tmp_path: Path) -> None:
    path = tmp_path / "abîmée.db"
    path.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)
    assert refused(str(path)).code == "store_no_database"


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE photos (id)")
    error = refused(str(path))
    assert (error.code, error.parameters["table"]) == ("store_of_another_program", "photos")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


def test_a_folder_and_a_place_that_does_not_exist(tmp_path: Path) -> None:
    assert refused(str(tmp_path)).code == "store_is_folder"
    assert refused(str(tmp_path / "rien" / "x.db")).code == "store_no_folder"
    assert refused(str(tmp_path / "x\x00.db")).code in {"store_bad_url", "store_no_folder"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write")
def test_a_folder_that_cannot_be_written() -> None:
    assert refused("/proc/relecture.db").code in {"store_read_only", "store_cannot_open"}


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root, to be somebody else"
)
@pytest.mark.slow
def test_a_file_that_may_only_be_read() -> None:
    code = (
        "import sys\nfrom extractor.review.store import Store, StoreError\n"
        "try: Store.open(sys.argv[1])\nexcept StoreError as e: print(e.code)"
    )
    someone = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    # pytest's own folder is closed to others; this one is opened to them, and nothing else is.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "a.db"
        Store.open(str(path)).close()
        done = subprocess.run(
            [*someone, sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
        )
    assert done.stdout.strip() in {"store_read_only", "store_cannot_open"}, done.stderr


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_store_in_memory_would_keep_nothing(url: str) -> None:
    assert refused(url).code == "store_in_memory"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"mysql://odile:{SECRET}@serveur/base", "store_other_kind"),
        (f"oracle+rien://odile:{SECRET}@serveur/base", "store_other_kind"),
        (f"postgresql://odile:{SECRET}@serveur:port/base", "store_bad_url"),
        ("://", "store_bad_url"),
    ],
)
def test_an_address_that_is_none(url: str, code: str) -> None:
    assert refused(url).code == code


# --- servers


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    error = refused(f"postgres://odile:{SECRET}@127.0.0.1:9/base?password={SECRET}")
    assert error.code == "store_unreachable"
    assert error.source == "postgresql://127.0.0.1:9/base"


@pytest.mark.slow
def test_a_database_that_is_not_there(postgres) -> None:
    error = refused(f"postgresql://relecture:{SECRET}@127.0.0.1:{postgres.port}/absente")
    assert error.code == "store_unreachable"
    assert "absente" in str(error)


@pytest.mark.slow
def test_tables_of_another_program_beside_ours_do_no_harm(postgres) -> None:
    import psycopg

    url = postgres.database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE photos (id int)")
        connection.execute("CREATE TABLE alembic_version (version_num text)")
    with Store.open(url) as store:
        added(store)
    taken = postgres.database()
    with psycopg.connect(taken, autocommit=True) as connection:
        connection.execute("CREATE TABLE documents (id int)")
    assert refused(taken).code == "store_of_another_program"


@pytest.mark.slow
def test_a_server_that_was_restarted_meanwhile_costs_nobody_anything(postgres) -> None:
    with Store.open(postgres.database()) as store:
        key = added(store)
        store.append([decision(key)], head=0)
        postgres.control("stop", "-m", "immediate")
        try:
            with pytest.raises(StoreError) as caught:
                store.document(key)
        finally:
            postgres.start()
        assert caught.value.code == "store_unreachable"
        assert store.append([decision(key)], head=1) == 2


def test_the_name_of_a_store_has_no_password() -> None:
    url = parsed_url(f"postgresql://odile:{SECRET}@serveur.example/base?sslpassword={SECRET}")
    assert label(url) == "postgresql://serveur.example/base"
    assert label(parsed_url("C:\\relecture\\a.db")) == "C:\\relecture\\a.db"


def test_a_full_disk_is_told_and_nothing_is_half_kept(store: Store) -> None:
    if not store.is_sqlite:
        pytest.skip("a file's own limit")
    key = added(store)
    with store._engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    store.close()

    from sqlalchemy import event

    event.listen(
        store._engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages}"), insert=False
    )
    with pytest.raises(StoreError) as caught:
        store.append([decision(key) for _ in range(900)], head=0)
    assert caught.value.code == "store_full"
    assert store.decisions(key) == ()
