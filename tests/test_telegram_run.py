"""While Telegram is served: a token taken back, a webhook taken over, an edit whose answer is lost."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram.error import TelegramError

import bot.channels.telegram as channel
from bot.channels.telegram import Telegram, Webhook, pace, reading
from bot.conversation import Inbound
from bot.messages import Ambiguous, Gone, Message, Outcome, Refused, Renamed, Sent, Throttled, Unreachable
from bot.settings import SettingsError
from storage.database import Database
from tests.fakes.telegram import FakeTelegram, Person
from tests.serving_telegram import PUBLIC, SECRET, TelegramServer

WORDS = Message(title="Title", body="Words of Ana's")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between messages, and none between looks at the webhook."""
    monkeypatch.setattr(pace, "CHAT_AT_ONCE", 100.0)
    monkeypatch.setattr(channel, "LOOK", 0.1)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fake of Telegram."""
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def ana(telegram: FakeTelegram) -> Person:
    """Somebody who has written to the bot."""
    person = telegram.person(1001, "Ana")
    person.say("/start")
    return person


async def _nobody(inbound: Inbound) -> None:
    del inbound


def said(telegram: FakeTelegram, *replaces: str | None, to: str = "1001") -> list[Outcome]:
    """What becomes of a message that is said, and then said in place of others; shown differently each time."""

    async def say() -> list[Outcome]:
        one = Telegram(telegram.token, telegram.url)
        try:
            found = [await one.send(to, WORDS, None)] if not replaces else []
            for at, message in enumerate(replaces):
                found.append(await one.send(to, Message(body=f"{WORDS.body} {at}"), message))
            return found
        finally:
            await one.close()

    return asyncio.run(say())


def test_each_refusal_comes_through_the_library_as_what_it_is(telegram: FakeTelegram, ana: Person) -> None:
    """Over the wire: what Telegram answers, and what becomes of the message."""
    assert isinstance(said(telegram)[0], Sent)
    telegram.refuse("sendMessage", status=429, retry_after=9)
    assert said(telegram) == [Throttled(9.0)]
    telegram.refuse("sendMessage", status=403, description="Forbidden: user is deactivated")
    assert isinstance(said(telegram)[0], Gone)
    telegram.refuse("sendMessage", status=400, description="Bad Request: BUTTON_DATA_INVALID")
    (refused,) = said(telegram)
    assert isinstance(refused, Refused)
    assert "title 5, body 14" in refused.reason
    assert "Ana" not in refused.reason
    telegram.refuse("sendMessage", status=502)
    assert isinstance(said(telegram)[0], Unreachable)
    assert isinstance(said(telegram, to="4711")[0], Gone)
    telegram.refuse("sendMessage", status=401, description="Unauthorized")
    assert isinstance(said(telegram)[0], Unreachable)
    telegram.refuse_moved("sendMessage", to=-1007)
    assert said(telegram) == [Renamed("-1007")]
    assert len(ana.screen) == 1


def test_an_answer_that_is_lost_is_ambiguous_only_where_saying_it_twice_is_seen(
    telegram: FakeTelegram, ana: Person
) -> None:
    """A message may stand there twice; an edit looks the same however often it is made."""
    telegram.drop("sendMessage", after=True)
    assert isinstance(said(telegram)[0], Ambiguous)
    (shown,) = ana.screen
    telegram.drop("editMessageText", after=True)
    assert isinstance(said(telegram, str(shown.id))[0], Unreachable)
    assert said(telegram, str(shown.id)) == [Sent(str(shown.id))]
    assert len(ana.screen) == 1


def test_a_card_that_was_deleted_is_said_anew(telegram: FakeTelegram, ana: Person) -> None:
    """And so is one that is somebody else's message."""
    (lost,) = said(telegram, "4711")
    (anew,) = said(telegram, "1")
    assert {lost, anew} == {Sent(str(shown.id)) for shown in ana.screen}


@pytest.mark.parametrize("webhook", [None, Webhook(PUBLIC, SECRET)])
def test_a_token_that_is_taken_back_ends_the_channel_with_a_sentence(
    telegram: FakeTelegram, database: Database, webhook: Webhook | None
) -> None:
    """While it is served, by either way: an operator learns it, and nothing is given up."""

    async def run() -> None:
        one = Telegram(telegram.token, telegram.url, webhook)
        running = asyncio.create_task(one.run(database, _nobody))
        try:
            while not telegram.account.commands:  # noqa: ASYNC110  # the fake has no event
                await asyncio.sleep(0.01)
            telegram.token = "4242:another"
            await running
        finally:
            await one.close()

    with pytest.raises(SettingsError, match="does not know this token"):
        asyncio.run(asyncio.wait_for(run(), 20))


def test_a_webhook_that_somebody_took_over_is_taken_back(
    telegram: FakeTelegram, sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A second bot with the same token has set its own address: ours is set again, and said in the log."""
    server = TelegramServer(telegram, sqlite_url, tmp_path, webhook=True)
    server.start()
    bo = telegram.person(1, "Bo", "en")
    bo.wait(lambda _: len(telegram.account.commands) == 6, seconds=10)
    with caplog.at_level(logging.WARNING):
        telegram.account.webhook = "https://elsewhere.example.org/x"
        bo.wait(lambda _: telegram.account.webhook == PUBLIC)
    server.stop()
    assert "told to call another address" in caplog.text
    assert "example.org" not in caplog.text


@pytest.mark.parametrize(
    "payload", [b"<html>Ana", b'{"ok": true, "result": "Ana', b"\xff\xfeAna", b'["Ana"]', b'{"ok": true}']
)
@pytest.mark.parametrize("request_", [reading.Request, reading.UpdatesRequest])
def test_an_answer_that_cannot_be_read_is_an_error_without_a_word_of_it(
    payload: bytes, request_: type[reading.Request], caplog: pytest.LogCaptureFixture
) -> None:
    """A gateway's page, half an answer, an odd one: what we said to people may stand in it."""
    with pytest.raises(TelegramError, match="Invalid server response"):
        request_.parse_json_payload(payload)
    assert caplog.text == ""
