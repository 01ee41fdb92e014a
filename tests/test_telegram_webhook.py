"""Telegram by webhook, whole: it is called over several connections, killed, forged, and left without a store."""

import json
import random
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from bot.channels.telegram import pace, webhook
from bot.channels.telegram.webhook import HEADER
from model.responses import Aspect
from storage import outbox, waves
from storage.database import Database, Transaction
from storage.statements import Statement
from storage.tables import ADDRESS, SESSION
from tests.fakes.telegram import FakeTelegram
from tests.serving_telegram import PUBLIC, SECRET, TelegramServer, labels, question
from tests.test_telegram import answer, joined


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between messages; what a killed process was sending is another's after a second, not thirty."""
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(pace, "CHAT_A_SECOND", 1000.0)
    monkeypatch.setattr(pace, "ALL_A_SECOND", 1000.0)


@pytest.fixture
def server(telegram: FakeTelegram, store_url: str, tmp_path: Path) -> Iterator[TelegramServer]:
    """A server that is called."""
    serving = TelegramServer(telegram, store_url, tmp_path, webhook=True)
    serving.start()
    yield serving
    serving.stop()


def test_a_conversation_by_webhook_survives_being_killed(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """Killed in the middle, every update twice: the log holds just what was tapped, in that order."""
    chance = random.Random(11)
    telegram.deliver_twice = True
    ana = joined(telegram, store)
    said: list[int] = []
    while len(said) < 8:
        tapped = answer(ana, chance)
        assert tapped is not None
        if "of 25" in tapped[0]:
            said.append(int(tapped[1][0]))
        if len(said) % 3 == 0:
            server.kill()
            server.start()
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    assert [one.response.level for one in log if one.response.aspect is Aspect.AS_IS] == said
    ana.wait(lambda person: not person.spinning)
    assert [name for name, _ in telegram.requests if name == "getUpdates"] == []


def test_killed_while_it_is_called_nothing_is_lost(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """Taps that come while the server is killed and started again are kept once, in their order."""
    ana = joined(telegram, store)
    card = question(ana)
    assert card is not None
    levels = [random.Random(5).choice("012345") for _ in range(12)]
    levels = [level for at, level in enumerate(levels) if at == 0 or level != levels[at - 1]]
    for at, level in enumerate(levels):
        ana.tap_old(card.id, level)
        if at % 4 == 1:
            server.kill()
            server.start()
    ana.wait(lambda _: not telegram.updates_pending, seconds=20)
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    assert [str(one.response.level) for one in log] == levels


def test_telegram_is_told_to_call_only_once_we_listen(telegram: FakeTelegram, server: TelegramServer) -> None:
    """When the webhook is set, `/health` answers already; and Telegram is told what to show and what to send."""
    telegram.person().wait(lambda _: telegram.account.webhook, seconds=10)
    assert httpx.get(f"{server.url}/health").text == "ok\n"
    (asked,) = [params for name, params in telegram.requests if name == "setWebhook"]
    assert (asked["url"], asked["secret_token"]) == (PUBLIC, SECRET)
    assert "edited_message" in asked["allowed_updates"]
    assert asked["max_connections"] == 40


def test_the_port_is_open_before_the_webhook_is_set(
    telegram: FakeTelegram, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the very moment Telegram is told where to call, the health page answers."""
    seen: list[int] = []
    serving = TelegramServer(telegram, store_url, tmp_path, webhook=True)
    perform = telegram._result

    def looked(method: str, kind: str, body: bytes) -> Any:
        if method == "setWebhook":
            seen.append(httpx.get(f"{serving.url}/health").status_code)
        return perform(method, kind, body)

    monkeypatch.setattr(telegram, "_result", looked)
    serving.start()
    telegram.person().wait(lambda _: seen, seconds=10)
    serving.stop()
    assert seen == [200]


def told(update: int, text: str) -> bytes:
    """An update as Telegram posts it."""
    who = {"id": 9, "is_bot": False, "first_name": "Eve", "language_code": "en"}
    message = {"message_id": update, "date": 1, "chat": {"id": 9, "type": "private"}, "from": who, "text": text}
    return json.dumps({"update_id": update, "message": message}).encode()


@pytest.mark.parametrize("shown", [None, "", "wrong", SECRET[:-1], SECRET + "x", "ключ"])
def test_a_call_without_the_secret_changes_nothing(
    telegram: FakeTelegram, store: Database, server: TelegramServer, shown: str | None
) -> None:
    """Forged: 403, and nobody is known afterwards."""
    telegram.person().wait(lambda _: telegram.account.webhook, seconds=10)
    headers = [] if shown is None else [(HEADER.encode(), shown.encode())]
    path = PUBLIC.removeprefix("https://bot.example.org")
    answered = httpx.post(f"{server.url}{path}", content=told(1, "/start"), headers=headers)
    assert answered.status_code == 403
    assert store.read(lambda tx: tx.one(Statement(select(ADDRESS.c.id)))) is None


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'{"ok": true}', b'{"update_id": "7"}', b"\xff\xfe"])
def test_what_is_no_update_is_not_asked_for_again(
    telegram: FakeTelegram, server: TelegramServer, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    """Telegram would repeat it for a day: it is logged without its content, and taken."""
    telegram.person().wait(lambda _: telegram.account.webhook, seconds=10)
    path = PUBLIC.removeprefix("https://bot.example.org")
    answered = httpx.post(f"{server.url}{path}", content=body, headers={HEADER: SECRET})
    assert answered.status_code == 200
    assert "no update" in caplog.text
    assert "no json" not in caplog.text


def test_an_update_that_cannot_be_understood_is_logged_by_its_kind_only(
    telegram: FakeTelegram, server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    """One odd update does not stop all others, whatever Telegram may come up with."""
    telegram.person().wait(lambda _: telegram.account.webhook, seconds=10)
    path = PUBLIC.removeprefix("https://bot.example.org")
    odd = {"update_id": 5, "message": {"message_id": "x", "chat": "a secret place", "date": []}}
    assert httpx.post(f"{server.url}{path}", json=odd, headers={HEADER: SECRET}).status_code == 200
    assert "cannot be understood (message)" in caplog.text
    assert "secret place" not in caplog.text


def test_one_chats_calls_are_heard_in_their_order(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """A text and a tap come over different connections; each chat's are played one after the other."""
    ana = joined(telegram, store)
    for level in ("1", "2", "3"):
        before = question(ana)
        assert before is not None
        was = before.text
        ana.say(level)
        ana.wait(lambda person, was=was: (asked := question(person)) is not None and asked.text != was)  # type: ignore[misc]
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    assert [one.response.level for one in log] == [1, 2, 3]
    del server


def test_without_a_store_telegram_is_asked_to_come_again(
    telegram: FakeTelegram, store: Database, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 while the answer cannot be kept, no connection held for ever; kept once as soon as it can."""
    monkeypatch.setattr(webhook, "LONGEST", 0.3)
    ana = joined(telegram, store)
    card = question(ana)
    assert card is not None
    stuck = threading.Event()
    holding = threading.Thread(target=lambda: _hold_the_store(store, stuck))
    holding.start()
    assert stuck.wait(5)
    ana.tap("3")
    ana.wait(lambda _: 503 in telegram.caller.answers, seconds=10)
    assert ana.spinning
    stuck.clear()
    holding.join()
    ana.wait(lambda person: not person.spinning, seconds=20)
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    assert [one.response.level for one in log] == [3]
    del server


def _hold_the_store(store: Database, stuck: threading.Event) -> None:
    """Nobody else can write until `stuck` is cleared."""

    def hold(transaction: Transaction) -> None:
        transaction.run(Statement(update(SESSION).values(updated_at=SESSION.c.updated_at)))
        stuck.set()
        until = time.monotonic() + 20
        while stuck.is_set() and time.monotonic() < until:
            time.sleep(0.01)

    store.submit(hold).result()


def test_back_to_polling_the_webhook_is_taken_back(
    telegram: FakeTelegram, store: Database, server: TelegramServer, store_url: str, tmp_path: Path
) -> None:
    """The same store, one way after the other: the conversation just goes on."""
    ana = joined(telegram, store)
    server.stop()
    telegram.caller.proxy = ""
    ana.tap("4")
    polling = TelegramServer(telegram, store_url, tmp_path)
    polling.start()
    ana.wait(lambda person: any("of 25" in s.text and s.text.startswith("1.2") for s in person.screen))
    assert telegram.account.webhook == ""
    polling.stop()
    server.start()  # the fixture stops it once more
    assert labels(ana.screen[-1])
