"""Telegram's pace: quick taps are all kept and few messages leave; the last state arrives; a lone tap is not slowed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram import pace
from bot.commands.common import now
from bot.conversation.opening import open_wave
from flows.session import CityFacts
from storage import cities, invitations, waves
from storage.database import Database, write
from storage.invitations import Invitation
from tests.fakes.telegram import FakeTelegram, Person
from tests.serving_telegram import TelegramServer, labels, question

SHOWING = {"sendMessage", "editMessageText"}


@pytest.fixture
def server(telegram: FakeTelegram, store_url: str, tmp_path: Path) -> Iterator[TelegramServer]:
    """A server that runs, at its own pace."""
    serving = TelegramServer(telegram, store_url, tmp_path)
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def ana(telegram: FakeTelegram, store: Database, server: TelegramServer) -> Person:
    """Ana at the first of all 225 statements, after a rest."""
    city = write(store, lambda tx: cities.add(tx, CityFacts("Valencia", "ES", 800_000), now()))
    write(store, lambda tx: open_wave(tx, city, "full", now(), None))
    code = write(store, lambda tx: invitations.issue(tx, Invitation(city.id, "coordinator", "Ana"), now()))
    person = telegram.person(1001, "Ana", "en")
    person.say(f"/start {code}")
    person.wait(lambda who: who.tap("Yes, keep my answers") and True, seconds=10)
    person.wait(lambda who: question(who) is not None, seconds=10)
    time.sleep(pace.CHAT_AT_ONCE / pace.CHAT_A_SECOND)
    del server
    return person


def showing(telegram: FakeTelegram) -> int:
    """How many messages and edits have left so far."""
    return sum(method in SHOWING for method, _ in telegram.requests)


def test_fifty_taps_in_five_seconds_are_fifty_answers_and_a_handful_of_edits(
    telegram: FakeTelegram, store: Database, ana: Person
) -> None:
    """Ten taps a second: every one is kept and stops spinning, and what is last stands there at the end."""
    telegram.flood = True
    before, begun, last = showing(telegram), time.monotonic(), ""
    for number in range(50):
        time.sleep(max(0.0, begun + number / 10 - time.monotonic()))
        card = question(ana)
        assert card is not None
        last = next(label for label in labels(card) if label[0].isdigit() and label != last)
        ana.tap_old(card.id, last)
    time.sleep(max(0.0, begun + 5 - time.monotonic()))
    left = showing(telegram) - before
    ana.wait(lambda _: len(store.read(lambda tx: waves.log(tx, "valencia-es"))) == 50, seconds=10)
    ana.wait(lambda who: not who.spinning, seconds=10)
    assert left <= 10
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    answered = len({one.response.item for one in log})
    ana.wait(lambda who: (new := question(who)) is not None and f"· {answered + 1} of 225" in new.text, seconds=15)


def test_a_lone_tap_is_answered_at_once(telegram: FakeTelegram, ana: Person) -> None:
    """Nobody waits who does not hurry: the next statement is there within a second."""
    telegram.flood = True
    card = question(ana)
    assert card is not None
    begun = time.monotonic()
    ana.tap_old(card.id, "4")
    ana.wait(lambda who: (new := question(who)) is not None and "2 of 225" in new.text)
    assert time.monotonic() - begun < 1


def test_only_the_chat_that_is_throttled_waits(telegram: FakeTelegram, ana: Person) -> None:
    """Telegram wants three seconds from Ana's chat; Bo is answered meanwhile, and Ana afterwards."""
    telegram.refuse("sendMessage", status=429, retry_after=3, chat=1001)
    begun = time.monotonic()
    ana.say("/help")
    bo = telegram.person(1002, "Bo", "en")
    bo.say("/help")
    bo.wait(lambda who: who.screen)
    assert time.monotonic() - begun < 2
    ana.wait(lambda who: any("/continue" in shown.text for shown in who.screen), seconds=10)
    assert time.monotonic() - begun >= 3


def test_a_group_gets_twenty_messages_a_minute_at_the_most() -> None:
    """Whatever is owed to it: in no minute are there more."""
    at = [0.0]
    bucket, sent = pace.fresh(lambda: at[0]), []
    while at[0] < 180:
        if bucket.wait("-100") == 0:
            sent.append(at[0])
        at[0] += 0.25
    assert max(sum(begin <= one < begin + 60 for one in sent) for begin in range(120)) <= 20
    assert len(sent) >= 45


def test_a_chat_is_left_alone_for_as_long_as_telegram_says() -> None:
    """A 429 is about the chat, whatever else is owed there; other chats go on."""
    at = [0.0]
    bucket = pace.fresh(lambda: at[0])
    bucket.rest("a", 7)
    assert bucket.wait("a") == pytest.approx(7)
    assert bucket.wait("b") == 0
    at[0] = 7.01
    assert bucket.wait("a") == 0
