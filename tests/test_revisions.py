"""Revisions: a store of another version is refused with a sentence, and the tables are what the models say."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, create_engine, text
from sqlmodel import SQLModel

from storage import inbox, revisions, tables
from storage.database import StoreError
from storage.opening import open_database


def set_revision(url: str, revision: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def test_a_store_of_this_version_is_ready(store_url: str) -> None:
    """Its revision is the newest, and nothing happens to it."""
    database = open_database(store_url)
    assert revisions.revision(database) == revisions.HEAD
    revisions.ready(database)
    database.close()


def test_a_new_store_gets_its_tables(tmp_path: Path) -> None:
    """A file that was not there, in a folder that was not there, can be used at once."""
    database = open_database(f"sqlite:///{tmp_path / 'new folder' / '100%.sqlite3'}")
    assert revisions.revision(database) is None
    revisions.ready(database)
    assert revisions.revision(database) == revisions.HEAD
    assert database.read(inbox.parked) == 0
    database.close()


def test_a_store_of_a_newer_version_is_refused(store_url: str) -> None:
    """The sentence names both revisions and says what to do."""
    set_revision(store_url, "9999")
    database = open_database(store_url)
    with pytest.raises(StoreError, match=rf"newer version .*9999.*{revisions.HEAD}.* Install the newer version"):
        revisions.ready(database)
    assert revisions.revision(database) == "9999"
    database.close()


def test_a_store_of_an_older_version_is_refused(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's data is moved without being asked: the sentence says to copy it and upgrade."""
    found = revisions.HEAD
    monkeypatch.setattr(revisions, "HEAD", "9999")
    database = open_database(store_url)
    with pytest.raises(StoreError, match=rf"older version .*{found}.*9999.* `maturitybot db upgrade`"):
        revisions.ready(database)
    database.close()


def test_a_file_that_is_no_store_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    """A file that SQLite cannot read is left as it is."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ana, " * 200, encoding="utf-8")
    with pytest.raises((StoreError, sqlite3.DatabaseError)):
        revisions.ready(open_database(f"sqlite:///{path}"))
    assert path.read_text(encoding="utf-8").startswith("Dear Ana")


def test_the_newest_revision_is_that_of_the_scripts() -> None:
    """HEAD is written down so that a start need not load Alembic, and it is true."""
    assert ScriptDirectory.from_config(revisions._config("sqlite:///x")).get_current_head() == revisions.HEAD


def test_models_and_migrations_agree(store_url: str) -> None:
    """Autogenerate finds nothing to migrate on either engine."""
    engine = create_engine(store_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()
    assert set(SQLModel.metadata.tables.values()) == {one for one in vars(tables).values() if isinstance(one, Table)}


@pytest.mark.parametrize("name", ["with blank.sqlite3", "100%.sqlite3", "a?b=1#c.sqlite3", "Ñandú.sqlite3"])
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """What means something in an address means nothing in a file's name."""
    database = open_database(f"sqlite:///{tmp_path / name}")
    try:
        revisions.ready(database)
        assert revisions.revision(database) == revisions.HEAD
    finally:
        database.close()
    assert (tmp_path / name).stat().st_size > 10_000
