"""What is owed on Slack, to its end: waits, repetitions, tokens that are refused, places that cannot be written to."""

import logging
import time

import pytest
from pydantic import SecretStr

from flows.prompts import Help
from flows.prompts.questions import Ask
from flows.prompts.teamwork import Reminder
from storage import installations
from storage.database import Database, write
from storage.installations import Installation
from tests.conftest import Clock
from tests.fakes.slack import FakeSlack
from tests.owing_slack import OnSlack
from tests.serving_slack import SlackServer
from tests.slack_people import joined, reachable, sees


@pytest.fixture
def team(slack: FakeSlack, database: Database, clock: Clock, unhurried: None) -> OnSlack:
    """A city on Slack."""
    del unhurried
    return OnSlack(slack, database, clock)


def said(slack: FakeSlack, method: str = "chat.postMessage") -> int:
    """How often something was said."""
    return [each for each, _ in slack.requests].count(method)


def test_only_the_chat_that_is_throttled_waits(slack: FakeSlack, team: OnSlack, clock: Clock) -> None:
    """Ana for as long as Slack says, with all that is owed to her; Ben is answered meanwhile."""
    ana, ben = team.person("Ana"), team.person("Ben")
    for name in ("Ana", "Ben"):
        team.owe(name, Help(), Help())
    slack.refuse("chat.postMessage", "ratelimited", retry_after=7, channel="D0U0ANA")
    team.deliver()
    assert (len(ana.screen), len(ben.screen)) == (0, 2)
    clock.pass_(seconds=6)
    team.deliver()
    assert len(ana.screen) == 0
    clock.pass_(seconds=2)
    team.deliver()
    assert len(ana.screen) == 2
    assert not team.owed()


@pytest.mark.parametrize("on_slack", ["socket"], indirect=True)
def test_nobody_else_waits_while_one_is_throttled(slack: FakeSlack, store: Database, on_slack: SlackServer) -> None:
    """Two people at once on a running server."""
    ana, ben = joined(slack, store), joined(slack, store, "respondent", "Ben", "it")
    slack.refuse("chat.postMessage", "ratelimited", retry_after=3, channel=f"D0{ana.id}")
    begun = time.monotonic()
    ana.say("help")
    ben.say("help")
    sees(ben, "progress")
    assert time.monotonic() - begun < 2
    sees(ana, "progress")
    assert time.monotonic() - begun >= 2.9
    del on_slack


def test_a_reminder_that_may_have_arrived_is_not_said_again_and_a_question_is(
    slack: FakeSlack, team: OnSlack, clock: Clock
) -> None:
    """A second reminder is a nuisance; without its question nobody can go on."""
    ana = team.person("Ana")
    for prompt, times in ((Reminder(7, 40, "nudge", "2026-12-14"), 1), (Ask("1.1.1", 1, 25), 2)):
        before = len(ana.screen)
        slack.drop("chat.postMessage", after=True)
        team.owe("Ana", prompt)
        team.deliver()
        clock.pass_(minutes=5)
        team.deliver()
        assert len(ana.screen) - before == times
        assert not team.owed()


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long", "invalid_arguments", "no_text"])
def test_what_slack_will_never_take_is_our_bug_and_holds_nobody_up(
    slack: FakeSlack, team: OnSlack, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Logged as an error by its shape, never by its text; what comes after it is said."""
    ana = team.person("Ana")
    slack.refuse("chat.postMessage", code)
    team.owe("Ana", Ask("1.1.1", 1, 25), Help())
    with caplog.at_level(logging.INFO):
        team.deliver()
    assert len(ana.screen) == 1
    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert record.getMessage().startswith(f"slack refused Ask: {code}; the message: header(")
    assert "strategy" not in caplog.text.casefold()
    assert slack.token not in caplog.text


@pytest.mark.parametrize("code", ["account_inactive", "channel_not_found", "user_disabled", "is_archived"])
def test_whoever_is_gone_is_noted_and_left_alone(slack: FakeSlack, team: OnSlack, code: str) -> None:
    """Nothing more is said to them until they come back."""
    ana = team.person("Ana")
    slack.refuse("chat.postMessage", code)
    team.owe("Ana", Help(), Help())
    team.deliver()
    assert not reachable(team.database, ana.chat)
    assert len(ana.screen) == 0


def test_a_token_that_is_refused_once_loses_nobody(slack: FakeSlack, team: OnSlack) -> None:
    """Slack says afterwards that it is good: the same message is said with it at once."""
    ana = team.person("Ana")
    slack.refuse("chat.postMessage", "invalid_auth")
    team.owe("Ana", Help())
    team.deliver()
    assert len(ana.screen) == 1
    assert reachable(team.database, ana.chat)


def test_a_token_that_is_set_and_refused_for_a_while_loses_nobody(
    slack: FakeSlack, team: OnSlack, clock: Clock
) -> None:
    """Whoever set it mends it: until then everything waits, and nobody is given up."""
    ana, ben = team.person("Ana"), team.person("Ben")
    token = slack.account.tokens.known[slack.token]
    token.error = "invalid_auth"
    for name in ("Ana", "Ben"):
        team.owe(name, Help())
    team.deliver()
    team.deliver()
    assert reachable(team.database, ana.chat)
    assert reachable(team.database, ben.chat)
    assert len(ana.screen) == len(ben.screen) == 0
    token.error = ""
    clock.pass_(minutes=2)
    team.deliver()
    assert len(ana.screen) == len(ben.screen) == 1


def test_a_token_of_an_installation_is_refreshed_once_and_the_message_said(
    slack: FakeSlack, database: Database, clock: Clock, unhurried: None
) -> None:
    """Refused in the middle of a run, with two people owed: one exchange, nobody lost."""
    tokens = slack.account.tokens
    tokens.rotation = True
    old = tokens.issue("T0TEAM")
    made = Installation("T0TEAM", old.text, "U0BOT", "A0APP", "chat:write", tokens.refreshing("T0TEAM"))
    write(database, lambda tx: installations.keep(tx, "slack", made, clock()))
    told = {"slack_client_id": tokens.client_id, "slack_client_secret": SecretStr(tokens.client_secret)}
    team = OnSlack(slack, database, clock, slack_bot_token=None, public_url="https://bot.example.org", **told)
    ana, ben = team.person("Ana"), team.person("Ben")
    old.error = "token_expired"
    for name in ("Ana", "Ben"):
        team.owe(name, Help())
    team.deliver()
    clock.pass_(seconds=5)
    team.deliver()
    assert len(ana.screen) == len(ben.screen) == 1
    assert said(slack, "oauth.v2.access") == 1
    del unhurried


def test_what_cannot_be_said_in_a_channel_comes_home(slack: FakeSlack, team: OnSlack) -> None:
    """For her eyes only, for all to see, in a thread, where it is archived: Ana gets it in her direct message."""
    ana = team.person("Ana")
    slack.channel("C0SHUT", "shut", bot=False)
    slack.channel("C0OLD", "old").archived = True
    slack.channel("C0HERE", "here")
    places = ["C0SHUT:U0ANA", "C0SHUT", "C0OLD", "C0NONE:U0ANA", "C0HERE:U0ANA", "C0HERE#1700000000.000100"]
    for number, place in enumerate(places, 1):
        team.owe("Ana", Help(), place=f"T0TEAM:{place}")
        team.deliver()
        assert len(ana.screen) == number, place
    assert reachable(team.database, ana.chat)
    assert not team.owed()


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("member", [False, True])
def test_an_address_for_answers_is_good_five_times_and_for_half_an_hour(
    slack: FakeSlack, team: OnSlack, *, share: bool, member: bool
) -> None:
    """After that the channel itself is tried, and then the direct message; `share` in a private channel, too."""
    ana, ben = team.person("Ana"), team.person("Ben")
    town = slack.channel("C0TOWN", "town", bot=member)
    town.private = True
    for one in (ana, ben):
        one.join(town.id)
    with slack.account.changed:
        answer = slack.account.reply(slack.workspace, town, ana.id)
    for _ in range(6):
        team.owe("Ana", Help(), place=f"T0TEAM:C0TOWN{'' if share else ':U0ANA'}|{answer}")
    team.deliver()
    assert len(ana.seen_in(town.id)) == (6 if member else 5)
    assert len(ana.screen) == (0 if member else 1)
    assert len(ben.seen_in(town.id)) == (len(ana.seen_in(town.id)) if share else 0)
    for reply in slack.account.replies.values():
        reply.born -= 3600
        reply.uses = 5
    team.owe("Ana", Help(), place=f"T0TEAM:C0TOWN:U0ANA|{answer}")
    team.deliver()
    assert len(ana.screen) + len(ana.seen_in(town.id)) == 7
    assert not team.owed()
