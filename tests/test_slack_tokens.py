"""Whose token speaks in a workspace: the one that is set, an installation's, an organisation's; and the end of each."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from pydantic import SecretStr
from slack_bolt.authorization.async_authorize import AsyncCallableAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bot.channels.slack.rotation import TokenError
from bot.channels.slack.tokens import Token, Tokens, authorizing
from storage import installations
from storage.database import Database, write
from storage.installations import Installation
from tests.conftest import Clock
from tests.installing_slack import TokenOffice

T = TypeVar("T")
ACME = "T0ACME"


@pytest.fixture
def office() -> Iterator[TokenOffice]:
    with TokenOffice().open() as opened:
        yield opened


def install(database: Database, office: TokenOffice, clock: Clock, workspace: str = ACME, **more: Any) -> Installation:
    """An installation as it is after somebody said yes."""
    token, refresh = office.pair(workspace)
    made = Installation(workspace, token, "U0BOT", "A0APP", "chat:write", refresh, clock() + timedelta(hours=12))
    made = replace(made, **more)
    write(database, lambda tx: installations.keep(tx, "slack", made, clock()))
    return made


def run(asked: Callable[[], Coroutine[Any, Any, T]]) -> T:
    return asyncio.run(asked())


def test_the_workspace_of_a_token_that_is_set_is_learnt_once(
    database: Database, office: TokenOffice, clock: Clock
) -> None:
    """It serves its workspace and no other."""
    office.alive["xoxb-own"] = ACME
    tokens = Tokens(database, office.settings(slack_bot_token=SecretStr("xoxb-own")), clock)
    for _ in range(3):
        assert run(lambda: tokens.of(ACME)) == Token(ACME, "xoxb-own", "U0BOT")
        assert run(lambda: tokens.of("T0OTHER")) is None
    assert office.asked == ["auth.test"]


def test_what_follows_at_once_finds_a_token_that_is_set_without_waiting(
    database: Database, office: TokenOffice, clock: Clock
) -> None:
    """Taps that come together over a socket stay in their order: none of them is overtaken at the store."""
    office.alive["xoxb-own"] = ACME
    tokens = Tokens(database, office.settings(slack_bot_token=SecretStr("xoxb-own")), clock)

    async def twice() -> None:
        await tokens.of(ACME)
        asking = tokens.of(ACME)
        with pytest.raises(StopIteration):
            asking.send(None)  # ends before it has waited for anything

    run(twice)


def test_a_token_that_is_set_may_be_dead_or_not_be_known_yet(
    database: Database, office: TokenOffice, clock: Clock
) -> None:
    """Dead is for now, looked at again a minute later; a Slack that does not answer is no answer."""
    tokens = Tokens(database, office.settings(slack_bot_token=SecretStr("xoxb-own")), clock)
    for error in ("503", "ratelimited", "fatal_error"):
        office.error = error
        with pytest.raises(TokenError, match=error):
            run(lambda: tokens.of(ACME))
    office.error = ""
    assert run(lambda: tokens.of(ACME)) is None
    office.alive["xoxb-own"] = ACME
    assert run(lambda: tokens.of(ACME)) is None
    clock.pass_(minutes=1)
    assert run(lambda: tokens.of(ACME)) == Token(ACME, "xoxb-own", "U0BOT")


def test_a_token_is_remembered_for_a_minute(database: Database, office: TokenOffice, clock: Clock) -> None:
    """A message costs no query; what another process installs is followed soon."""
    first = install(database, office, clock)
    tokens = Tokens(database, office.settings(), clock)
    assert run(lambda: tokens.of(ACME)) == Token(ACME, first.token, "U0BOT")
    second = install(database, office, clock)
    clock.pass_(seconds=59)
    assert run(lambda: tokens.of(ACME)) == Token(ACME, first.token, "U0BOT")
    clock.pass_(seconds=1)
    assert run(lambda: tokens.of(ACME)) == Token(ACME, second.token, "U0BOT")
    assert office.asked == []


def test_no_log_shows_a_token(database: Database, office: TokenOffice, clock: Clock) -> None:
    """However what holds it is printed."""
    made = install(database, office, clock)
    tokens = Tokens(database, office.settings(), clock)
    shown = f"{made!r} {run(lambda: tokens.of(ACME))!r}"
    assert ACME in shown
    assert "xox" not in shown


def test_a_workspace_is_served_by_its_organisation(database: Database, office: TokenOffice, clock: Clock) -> None:
    """Once something came from there, it can also be written to of our own accord."""
    made = install(database, office, clock, "E0ORG")
    tokens = Tokens(database, office.settings(), clock)
    assert run(lambda: tokens.of(ACME)) is None
    assert run(lambda: tokens.serving(ACME, "E0OTHER")) is None
    assert run(lambda: tokens.serving(ACME, "E0ORG")) == Token("E0ORG", made.token, "U0BOT")
    assert run(lambda: tokens.of(ACME)) == Token("E0ORG", made.token, "U0BOT")


def test_bolt_is_given_the_same_token(database: Database, office: TokenOffice, clock: Clock) -> None:
    """One truth for what comes in and what goes out; nothing where nobody wants us."""
    made = install(database, office, clock)
    tokens = Tokens(database, office.settings(), clock)
    logger = logging.getLogger("slack_bolt")
    context = AsyncBoltContext({"logger": logger})
    ask = AsyncCallableAuthorize(logger=logger, func=authorizing(tokens))  # type: ignore[arg-type]
    found = run(lambda: ask(context=context, enterprise_id=None, team_id=ACME, user_id="U1"))
    assert found is not None
    assert (found.bot_token, found.bot_user_id, found.team_id) == (made.token, "U0BOT", ACME)
    assert run(lambda: ask(context=context, enterprise_id=None, team_id="T0OTHER", user_id="U1")) is None


def test_a_refused_token_is_replaced(database: Database, office: TokenOffice, clock: Clock) -> None:
    """By what another process got meanwhile; by the next pair where it was taken back; by itself where it lives."""
    made = install(database, office, clock)
    tokens, others = (Tokens(database, office.settings(), clock) for _ in range(2))
    old = run(lambda: tokens.of(ACME))
    assert old is not None
    assert run(lambda: tokens.instead(ACME, old)) == old
    del office.alive[made.token]
    exchanged = run(lambda: others.instead(ACME, old))
    assert exchanged is not None
    assert exchanged != old
    assert run(lambda: tokens.instead(ACME, old)) == exchanged
    assert office.asked.count("oauth.v2.access") == 1


def test_a_refused_token_that_nothing_replaces_is_the_end(
    database: Database, office: TokenOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Slack says so, and not where it does not answer; the same with a token that never ends."""
    monkeypatch.setattr("bot.channels.slack.rotation.LOOKS", (0,))
    install(database, office, clock)
    install(database, office, clock, "T0STATIC", refresh_token=None, expires_at=None)
    tokens = Tokens(database, office.settings(), clock)
    for workspace in (ACME, "T0STATIC"):
        old = run(lambda at=workspace: tokens.of(at))  # type: ignore[misc]
        assert old is not None
        office.end(workspace)
        office.error = "internal_error"
        with pytest.raises(TokenError):
            run(lambda at=workspace, before=old: tokens.instead(at, before))  # type: ignore[misc]
        office.error = ""
        assert database.read(lambda tx, at=workspace: installations.find(tx, "slack", at)) is not None  # type: ignore[misc]
        assert run(lambda at=workspace, before=old: tokens.instead(at, before)) is None  # type: ignore[misc]
        assert database.read(lambda tx, at=workspace: installations.find(tx, "slack", at)) is None  # type: ignore[misc]


def test_a_token_taken_back_is_no_end_while_another_lives(
    database: Database, office: TokenOffice, clock: Clock
) -> None:
    """Slack tells of every token that was revoked, also of those that were exchanged."""
    install(database, office, clock)
    tokens = Tokens(database, office.settings(), clock)
    run(lambda: tokens.revoked(ACME, clock()))
    assert run(lambda: tokens.of(ACME)) is not None
    office.end(ACME)
    run(lambda: tokens.revoked(ACME, clock()))
    assert run(lambda: tokens.of(ACME)) is None
