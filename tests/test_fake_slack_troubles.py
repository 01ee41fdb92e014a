"""What is not acknowledged comes again, or did not work; connections end, fall silent and are taken up again."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.bolting import Bot, Sockets, listening
from tests.fakes.serving import Serving
from tests.fakes.slack import FakeSlack

SOON = 0.15
"""Seconds within which the app must acknowledge in these tests."""


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake in a hurry."""
    with FakeSlack() as fake:
        fake.account.echoes = False
        fake.account.deliveries.retries = (0.0, 0.0, 0.0)
        fake.sockets.acknowledged_within = SOON
        fake.sockets.patience = SOON
        yield fake


@contextmanager
def dialled(slack: FakeSlack) -> Iterator[ClientConnection]:
    """A connection of Socket Mode that has said hello."""
    head = {"Authorization": f"Bearer {slack.app_token}"}
    url = httpx.post(f"{slack.url}apps.connections.open", headers=head).json()["url"]
    with connect(url, proxy=None, ping_interval=None, close_timeout=1) as connection:
        assert heard(connection)["type"] == "hello"
        yield connection


def heard(connection: ClientConnection) -> dict[str, Any]:
    """The next message."""
    message: dict[str, Any] = json.loads(connection.recv(5))
    return message


def acknowledge(connection: ClientConnection, message: dict[str, Any]) -> None:
    connection.send(json.dumps({"envelope_id": message["envelope_id"]}))


class Door:
    """An app behind signed HTTP that answers what it is told to."""

    def __init__(self, *answers: Response) -> None:
        self.answers = list(answers)
        self.headers: list[dict[str, str]] = []

        async def events(request: Request) -> Response:
            self.headers.append(dict(request.headers))
            return self.answers.pop(0) if self.answers else Response()

        self.serving = Serving(Starlette(routes=[Route("/slack/events", events, methods=["POST"])]))
        self.url = f"{self.serving.url}/slack/events"


def test_an_event_that_is_not_acknowledged_comes_again(slack: FakeSlack) -> None:
    """The same event, in a new envelope that tells how often and why, until it is acknowledged."""
    with dialled(slack) as connection:
        slack.person().say("Hello")
        first, second = heard(connection), heard(connection)
        assert first["payload"] == second["payload"]
        assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")
        acknowledge(connection, second)
        slack.settled()


def test_an_event_that_nobody_acknowledges_is_given_up(slack: FakeSlack) -> None:
    """After the third retry an event is lost, as it is at Slack."""
    with dialled(slack) as connection:
        slack.person().say("Hello")
        assert [heard(connection)["retry_attempt"] for _ in range(4)] == [0, 1, 2, 3]
        slack.settled()
    (lost,) = slack.account.deliveries.given_up
    assert lost.payload["event"]["text"] == "Hello"


def test_an_event_waits_for_a_connection_and_moves_to_another(slack: FakeSlack) -> None:
    """What was on a connection that broke off is heard on the next one."""
    slack.person().say("Hello")
    with dialled(slack) as connection:
        first = heard(connection)
        slack.sockets.cut()
        with pytest.raises(ConnectionClosedError):
            connection.recv(5)
    with dialled(slack) as connection:
        again = heard(connection)
        acknowledge(connection, again)
        slack.settled()
    assert again["payload"]["event_id"] == first["payload"]["event_id"]


def test_a_command_that_is_not_acknowledged_did_not_work(slack: FakeSlack) -> None:
    """Slack does not repeat what people do: they are told; a forgiving fake repeats it."""
    ana = slack.person()
    ana.command("/survey")
    slack.settled()
    assert ana.troubles == ["We had some trouble connecting. Try again? (connection_failed)"]
    with dialled(slack) as connection:
        ana.command("/survey")
        heard(connection)
        slack.settled()
        assert len(ana.troubles) == 2
        slack.account.deliveries.forgiving = True
        ana.command("/survey")
        heard(connection)
        acknowledge(connection, heard(connection))
        slack.settled()
    assert (len(ana.troubles), ana.spinning) == (2, 0)


def test_an_event_takes_no_answer(slack: FakeSlack) -> None:
    """An acknowledgement with content, where none is accepted, is a fault."""
    with dialled(slack) as connection:
        slack.person().say("Hello")
        envelope = heard(connection)["envelope_id"]
        connection.send(json.dumps({"envelope_id": envelope, "payload": {"text": "Hi"}}))
        slack.settled()
    assert slack.faults == ["acknowledgement of an event: it takes no payload, not {'text': 'Hi'}"]


def test_a_connection_is_told_that_it_ends(slack: FakeSlack) -> None:
    """A warning leaves it open, a refresh closes it; an eleventh connection is too many."""
    with dialled(slack) as connection:
        slack.sockets.disconnect("warning")
        assert heard(connection)["reason"] == "warning"
        slack.sockets.disconnect("refresh_requested")
        assert heard(connection)["reason"] == "refresh_requested"
        with pytest.raises(ConnectionClosedOK):
            connection.recv(5)
    with ExitStack() as many:
        for _ in range(10):
            many.enter_context(dialled(slack))
        eleventh = many.enter_context(dialled(slack))
        assert heard(eleventh)["reason"] == "too_many_websockets"


def test_a_ticket_is_good_for_one_connection(slack: FakeSlack) -> None:
    """An address of apps.connections.open cannot be used a second time."""
    head = {"Authorization": f"Bearer {slack.app_token}"}
    url = httpx.post(f"{slack.url}apps.connections.open", headers=head).json()["url"]
    with connect(url, proxy=None, ping_interval=None):
        pass
    with pytest.raises(InvalidStatus, match="403"), connect(url, proxy=None):
        pass


def test_a_silent_connection_stays_and_says_nothing(slack: FakeSlack) -> None:
    """Neither events nor pongs come by it, and another connection hears what it missed."""
    with dialled(slack) as silent:
        assert silent.ping().wait(5)
        slack.sockets.go_silent()
        (held,) = slack.sockets.connections
        assert not silent.ping().wait(SOON)
        slack.person().say("Hello")
        with dialled(slack) as connection:
            acknowledge(connection, heard(connection))
            slack.settled()
            with pytest.raises(TimeoutError):
                silent.recv(0)
        held.wake()


@pytest.mark.parametrize("ends", ["refresh_requested", "silence"])
def test_slack_sdk_comes_back(slack: FakeSlack, ends: str) -> None:
    """slack-sdk's own client replaces a connection that is told to end, and one that fell silent."""
    slack.sockets.acknowledged_within = 3
    bot = Bot(slack)
    sockets = Sockets(slack, bot, ping=0.2)
    slack.wait_for_connection()
    (old,) = slack.sockets.connections
    if ends == "silence":
        slack.sockets.go_silent()
    else:
        slack.sockets.disconnect(ends)
    with slack.account.changed:
        others = lambda: [each for each in slack.sockets.connections if each is not old]  # noqa: E731  # asked often
        assert slack.account.changed.wait_for(others, 10)
    ana = slack.person()
    ana.say("Hello")
    ana.wait(lambda person: person.screen)
    old.wake()
    sockets.stop()


def test_a_request_that_is_not_answered_with_200_comes_again(slack: FakeSlack) -> None:
    """Retries carry their number and their reason, unless the app wants none."""
    door = Door(Response(status_code=500), Response(status_code=404))
    door.serving.start()
    slack.listen_at(door.url)
    slack.person().say("Hello")
    slack.settled()
    told = [(each.get("x-slack-retry-num"), each.get("x-slack-retry-reason")) for each in door.headers]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error")]
    door.answers = [Response(status_code=500, headers={"X-Slack-No-Retry": "1"})]
    slack.person().say("Hello again")
    slack.settled()
    assert len(door.headers) == 4
    door.serving.stop()


def test_a_tap_at_a_closed_door_did_not_work(slack: FakeSlack) -> None:
    """Where nobody listens a person is told, and an event is given up after its retries."""
    door = Door()
    door.serving.start()
    door.serving.stop()
    signed = slack.listen_at(door.url)
    signed.patience = 0
    ana = slack.person()
    ana.command("/survey")
    ana.say("Hello")
    slack.settled()
    assert ana.troubles == ["We had some trouble connecting. Try again? (connection_failed)"]
    assert len(slack.account.deliveries.given_up) == 2


def test_forgers_are_told_apart(slack: FakeSlack) -> None:
    """A real app takes the challenge and a replay, and refuses another secret and an old signature."""
    bot = Bot(slack)
    serving = listening(bot)
    serving.start()
    signed = slack.listen_at(f"{serving.url}/slack/events")
    assert signed.verify().json() == {"challenge": "3eZbrw1aB"}
    slack.person().say("Hello")
    slack.settled()
    event = json.loads(signed.posted[-1].body)
    assert signed.replay().status_code == 200
    assert signed.forge(event).status_code == 401
    assert signed.forge(event, secret=slack.signing_secret, age=600).status_code == 401
    assert signed.forge(event, secret=slack.signing_secret).status_code == 200
    assert len(bot.bodies("message")) == 3
    serving.stop()
