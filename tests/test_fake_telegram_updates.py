"""The fake's getUpdates is held to Telegram's: nothing is lost before it is confirmed, and only one may wait."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.fakes import telegram_updates
from tests.fakes.telegram import FakeTelegram, Person

PATIENT = 10


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fake that serves."""
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def ana(telegram: FakeTelegram) -> Person:
    """Somebody who has written to the bot once."""
    person = telegram.person(1001)
    person.say("/start")
    return person


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polls wait so long that a slow machine does not look like a poll that ended by itself."""
    monkeypatch.setattr(telegram_updates, "LONGEST_POLL", PATIENT)


def poll(telegram: FakeTelegram, **params: Any) -> Any:
    """The raw answer to a getUpdates."""
    return httpx.post(f"{telegram.url}/bot{telegram.token}/getUpdates", json=params, timeout=5).json()


def ids(telegram: FakeTelegram, **params: Any) -> list[int]:
    """The updates' numbers in an answer."""
    return [update["update_id"] for update in poll(telegram, **params)["result"]]


def test_unconfirmed_updates_come_again(telegram: FakeTelegram, ana: Person) -> None:
    """An update is handed out until a higher offset confirms it, in order and at most `limit` at a time."""
    ana.say("two")
    (first,) = ids(telegram, limit=1)
    assert ids(telegram) == ids(telegram, offset=first) == [first, first + 1]
    assert telegram.updates_pending == 2
    assert ids(telegram, offset=first + 1) == ids(telegram) == [first + 1]
    assert ids(telegram, offset=first + 2) == []
    assert telegram.updates_pending == 0


def test_a_negative_offset_counts_from_the_end(telegram: FakeTelegram, ana: Person) -> None:
    """Offset -1 hands out the last update and forgets those before it."""
    ana.say("two")
    assert len(ids(telegram, offset=-1)) == telegram.updates_pending == 1


def test_only_allowed_kinds_of_updates_are_kept(telegram: FakeTelegram, ana: Person) -> None:
    """What happens after a poll that does not allow its kind is never delivered, and the setting stays."""
    (start,) = ids(telegram, allowed_updates=["callback_query", "my_chat_member"])
    ana.say("unheard")
    ana.block()
    (update,) = poll(telegram, offset=start + 1)["result"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_each_update_can_be_delivered_twice(telegram: FakeTelegram, ana: Person) -> None:
    """Under `deliver_twice` a confirmed update comes once more and is pending until the poll after that."""
    telegram.deliver_twice = True
    (start,) = ids(telegram)
    assert ids(telegram, offset=start + 1) == [start]
    assert telegram.updates_pending == 1
    assert ids(telegram, offset=start + 1) == []
    assert telegram.updates_pending == 0


@pytest.mark.usefixtures("patient")
def test_a_second_poller_ends_the_one_that_waits(telegram: FakeTelegram, ana: Person) -> None:
    """Of two pollers at once the waiting one gets 409, as at Telegram, and the later one what happens next."""
    (start,) = ids(telegram)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(poll, telegram, offset=start + 1, timeout=10)
        ana.wait(lambda person: len(telegram.requests) == 2)
        later = pool.submit(poll, telegram, offset=start + 1, timeout=10)
        answer = waiting.result()
        ana.say("hello")
        assert len(later.result()["result"]) == 1
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


@pytest.mark.usefixtures("patient")
def test_a_waiting_poll_wakes_at_once(telegram: FakeTelegram, ana: Person) -> None:
    """A long poll returns as soon as something arrives, and empty when nothing does."""
    (start,) = ids(telegram)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(ids, telegram, offset=start + 1, timeout=30)
        ana.wait(lambda person: len(telegram.requests) == 2)
        said = time.monotonic()
        ana.say("wake up")
        assert waiting.result() == [start + 1]
        assert time.monotonic() - said < PATIENT / 2


def test_a_poll_in_vain_ends_soon(telegram: FakeTelegram, ana: Person) -> None:
    """However long it asks to wait, a poll that nothing happens to returns empty in a fraction of a second."""
    (start,) = ids(telegram)
    assert ids(telegram, offset=start + 1, timeout=50) == []
