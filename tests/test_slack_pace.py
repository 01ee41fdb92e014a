"""Slack's pace: quick taps are all kept and few messages leave; the last state arrives; a lone tap is not slowed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.channels.slack as channel
from bot.channels.pace import Pace
from bot.channels.slack.places import Place
from bot.commands.common import now
from bot.conversation.opening import open_wave
from flows.session import CityFacts
from storage import cities, invitations, waves
from storage.database import Database, write
from storage.invitations import Invitation
from tests.fakes.slack import FakeSlack, SlackPerson
from tests.serving_slack import SlackServer, labels, question
from tests.slack_people import at_rest, tapped

SHOWING = {"chat.postMessage", "chat.update"}


@pytest.fixture
def server(slack: FakeSlack, store_url: str, tmp_path: Path) -> Iterator[SlackServer]:
    """A server that runs, at its own pace: over a socket on SQLite, by signed requests on PostgreSQL."""
    serving = SlackServer(slack, store_url, tmp_path, signed=store_url.startswith("postgresql"))
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def ana(slack: FakeSlack, store: Database, server: SlackServer) -> SlackPerson:
    """Ana at the first of all 225 statements, after a rest."""
    city = write(
        store, lambda tx: cities.add(tx, CityFacts("Valencia", "ES", 800_000), now(), timezone="Europe/Madrid")
    )
    write(store, lambda tx: open_wave(tx, city, "full", now(), None))
    code = write(store, lambda tx: invitations.issue(tx, Invitation(city.id, "coordinator", "Ana"), now()))
    person = slack.person("U0ANA", "Ana", "en-GB")
    person.say(f"start {code}")
    tapped(person, "Yes, keep my answers")
    person.wait(lambda who: question(who) is not None, seconds=10)
    at_rest(person, store)
    time.sleep(channel.AT_ONCE / channel.A_SECOND)
    del server
    return person


def showing(slack: FakeSlack) -> int:
    """How many messages and edits have left so far."""
    return sum(method in SHOWING for method, _ in slack.requests)


def test_fifty_taps_in_five_seconds_are_fifty_answers_and_a_handful_of_edits(
    slack: FakeSlack, store: Database, ana: SlackPerson
) -> None:
    """Ten taps a second: every one is kept and acknowledged, and what is last stands there at the end."""
    slack.flood = True
    before, begun, last = showing(slack), time.monotonic(), ""
    for number in range(50):
        time.sleep(max(0.0, begun + number / 10 - time.monotonic()))
        card = question(ana)
        assert card is not None
        last = next(label for label in labels(card) if label[0].isdigit() and "form" not in label and label != last)
        ana.tap_old(card.id, last)
    time.sleep(max(0.0, begun + 5 - time.monotonic()))
    left = showing(slack) - before
    ana.wait(lambda _: len(store.read(lambda tx: waves.log(tx, "valencia-es"))) == 50, seconds=10)
    ana.wait(lambda who: not who.spinning, seconds=10)
    assert ana.troubles == []
    assert left <= 12
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    answered = len({one.response.item for one in log})
    ana.wait(lambda who: (new := question(who)) is not None and f"· {answered + 1} of 225" in new.text, seconds=15)


def test_a_lone_tap_is_answered_at_once(slack: FakeSlack, ana: SlackPerson) -> None:
    """Nobody waits who does not hurry: the next statement is there within a second."""
    slack.flood = True
    card = question(ana)
    assert card is not None
    begun = time.monotonic()
    ana.tap_old(card.id, "4")
    ana.wait(lambda who: (new := question(who)) is not None and "2 of 225" in new.text)
    assert time.monotonic() - begun < 1


def test_a_conversation_is_one_of_its_workspace() -> None:
    """Two workspaces may have a user or a channel of the same id; a person's eyes are those of the channel."""
    assert channel.chat_of(Place("T1", "U1")) != channel.chat_of(Place("T2", "U1"))
    assert channel.chat_of(Place("T1", "U1", "C1")) == channel.chat_of(Place("T1", channel="C1", thread="1.1"))


def test_a_chat_is_left_alone_for_as_long_as_slack_says() -> None:
    """Some messages at once, then one a second; after a 429 none until it is over; others go on."""
    at = [0.0]
    pace = Pace(lambda _: (channel.A_SECOND, channel.AT_ONCE), channel.ALL_A_SECOND, lambda: at[0])
    waits = [pace.wait("a") for _ in range(int(channel.AT_ONCE) + 1)]
    assert waits[:-1] == [0.0] * int(channel.AT_ONCE)
    assert 0 < waits[-1] <= 1
    pace.rest("a", 7)
    assert pace.wait("a") == pytest.approx(7)
    assert pace.wait("b") == 0
    at[0] = 7.01
    assert pace.wait("a") == 0
