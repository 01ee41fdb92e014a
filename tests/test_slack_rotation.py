"""Tokens that end after 12 hours: exchanged in time, once, kept whatever happens, by several processes at once."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.slack.rotation import TokenError
from bot.channels.slack.tokens import Token, Tokens
from storage import installations
from storage.database import Database, UnavailableError, Work
from storage.installations import Installation
from storage.opening import open_database
from tests.conftest import Clock
from tests.installing_slack import TokenOffice
from tests.test_slack_tokens import ACME, T, install, office, run

__all__ = ["office"]


def kept(database: Database) -> Installation | None:
    """What the store has of the workspace."""
    return database.read(lambda tx: installations.find(tx, "slack", ACME))


def test_it_is_exchanged_two_hours_before_its_end(database: Database, office: TokenOffice, clock: Clock) -> None:
    """Not a second earlier; the next pair lives twelve hours from then, and is in the store."""
    made = install(database, office, clock)
    tokens = Tokens(database, office.settings(), clock)
    clock.pass_(hours=9, minutes=59, seconds=59)
    assert run(lambda: tokens.of(ACME)) == Token(ACME, made.token, "U0BOT")
    clock.pass_(minutes=1)
    after = run(lambda: tokens.of(ACME))
    assert after is not None
    assert after.token != made.token
    found = kept(database)
    assert found is not None
    assert (found.token, found.expires_at) == (after.token, clock() + timedelta(hours=12))
    assert office.refreshes == {found.refresh_token: ACME}


def test_however_many_send_it_is_exchanged_once(database: Database, office: TokenOffice, clock: Clock) -> None:
    """All of them get the same new token."""
    install(database, office, clock, expires_at=clock())
    office.seconds = 0.05
    tokens = Tokens(database, office.settings(), clock)

    async def all_at_once() -> list[Token | None]:
        return list(await asyncio.gather(*(tokens.of(ACME) for _ in range(20))))

    assert len(set(run(all_at_once))) == 1
    assert office.asked == ["oauth.v2.access"]


@pytest.mark.parametrize("forgiving", [True, False])
@pytest.mark.parametrize("lives", [timedelta(hours=1), timedelta(0)])
def test_two_processes_end_with_one_pair(
    store_url: str, office: TokenOffice, clock: Clock, lives: timedelta, *, forgiving: bool
) -> None:
    """Whether Slack takes the refresh token twice or once, ended or not: both send with what the store holds."""
    office.seconds, office.forgiving = 0.2, forgiving
    stores = [open_database(store_url) for _ in range(2)]
    install(stores[0], office, clock, expires_at=clock() + lives)

    async def both() -> list[Token | None]:
        return list(await asyncio.gather(*(Tokens(store, office.settings(), clock).of(ACME) for store in stores)))

    first, second = run(both)
    found = kept(stores[0])
    assert found is not None
    assert first == second == Token(ACME, found.token, "U0BOT")
    assert found.token in office.alive
    assert found.refresh_token in office.refreshes
    assert office.asked == ["oauth.v2.access"] * 2
    for store in stores:
        store.close()


def test_a_slack_that_does_not_answer_is_waited_for(database: Database, office: TokenOffice, clock: Clock) -> None:
    """The old token serves while it lives; then nobody can say; and once Slack answers all is well."""
    made = install(database, office, clock, expires_at=clock() + timedelta(minutes=5))
    tokens = Tokens(database, office.settings(), clock)
    office.error = "503"
    assert run(lambda: tokens.of(ACME)) == Token(ACME, made.token, "U0BOT")
    clock.pass_(minutes=5)
    with pytest.raises(TokenError, match="503"):
        run(lambda: tokens.of(ACME))
    office.error = ""
    after = run(lambda: tokens.of(ACME))
    assert after is not None
    assert after.token in office.alive


def test_a_wrong_client_secret_ends_nothing(
    database: Database, office: TokenOffice, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """It is the operator's to mend; the log says what Slack says, and no secret."""
    install(database, office, clock, expires_at=clock())
    office.error = "bad_client_secret"
    with pytest.raises(TokenError, match="bad_client_secret"):
        run(lambda: Tokens(database, office.settings(), clock).of(ACME))
    assert kept(database) is not None
    assert "bad_client_secret" in caplog.text
    assert "xox" not in caplog.text


def test_a_refresh_token_that_is_of_no_use_is_the_end(
    database: Database, office: TokenOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But only with the token's own end: until then people are written to."""
    monkeypatch.setattr("bot.channels.slack.rotation.LOOKS", (0, 0.01))
    made = install(database, office, clock, expires_at=clock() + timedelta(minutes=5))
    office.refreshes.clear()
    tokens = Tokens(database, office.settings(), clock)
    assert run(lambda: tokens.of(ACME)) == Token(ACME, made.token, "U0BOT")
    assert kept(database) is not None
    clock.pass_(minutes=5)
    assert run(lambda: tokens.of(ACME)) is None
    assert kept(database) is None


def test_who_stops_waiting_does_not_lose_the_pair(database: Database, office: TokenOffice, clock: Clock) -> None:
    """A sender that is cancelled meanwhile, as when the program is asked to stop: what Slack gave is kept."""
    install(database, office, clock, expires_at=clock())
    office.seconds = 0.2
    tokens = Tokens(database, office.settings(), clock)

    async def stopped() -> None:
        sending = asyncio.create_task(tokens.of(ACME))
        await asyncio.sleep(0.1)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await tokens.close()

    run(stopped)
    found = kept(database)
    assert found is not None
    assert found.refresh_token in office.refreshes


class Stubborn:
    """A store that cannot be written for a while."""

    def __init__(self, database: Database) -> None:
        self._database, self.url, self.left = database, database.url, 3
        self.read, self.close = database.read, database.close

    def submit(self, work: Work[T]) -> "asyncio.futures.Future[T]":
        self.left -= 1

        def refuse(_: object) -> T:
            raise UnavailableError("the disk is full")

        return self._database.submit(refuse if self.left >= 0 else work)  # type: ignore[return-value]


def test_a_full_disk_does_not_lose_the_pair(database: Database, office: TokenOffice, clock: Clock) -> None:
    """It is tried until it is kept: nobody gives us another one."""
    install(database, office, clock, expires_at=clock())
    store = Stubborn(database)
    after = run(lambda: Tokens(store, office.settings(), clock).of(ACME))  # type: ignore[arg-type]
    assert store.left == -1
    found = kept(database)
    assert after is not None
    assert found is not None
    assert found.token == after.token
