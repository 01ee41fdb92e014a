"""Telegram's fake holds to what is told of groups: privacy mode, members, and a bot that was taken out."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_group import Group


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


def call(telegram: FakeTelegram, method: str, **params: Any) -> Any:
    """What the Bot API answers; its refusal is an answer too."""
    request = urllib.request.Request(
        f"{telegram.url}/bot{telegram.token}/{method}",
        json.dumps(params).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except HTTPError as refused:
        return json.load(refused)


def heard(telegram: FakeTelegram) -> list[dict[str, Any]]:
    """Everything the bot is told now."""
    updates: list[dict[str, Any]] = call(telegram, "getUpdates")["result"]
    return updates


def peopled(telegram: FakeTelegram) -> Group:
    """A group of Ana and Ben, into which Ana has brought the bot."""
    group = telegram.group()
    group.bring(telegram.person(1001, "Ana"))
    return group


def test_the_bot_hears_who_brings_it_in_and_takes_it_out(telegram: FakeTelegram) -> None:
    """Both are my_chat_member, in a supergroup with a negative id; then every send is refused."""
    ana = telegram.person(1001, "Ana")
    group = peopled(telegram)
    assert call(telegram, "sendMessage", chat_id=group.id, text="Hello")["ok"]
    group.expel(ana)
    changes = [update["my_chat_member"] for update in heard(telegram)]
    assert [one["new_chat_member"]["status"] for one in changes] == ["member", "left"]
    assert {(one["chat"]["type"], one["chat"]["id"] < 0, one["from"]["id"]) for one in changes} == {
        ("supergroup", True, 1001)
    }
    refused = call(telegram, "sendMessage", chat_id=group.id, text="Hello?")
    assert (refused["error_code"], "kicked" in refused["description"]) == (403, True)


def test_privacy_mode_lets_only_commands_through(telegram: FakeTelegram) -> None:
    """Plain talk and another bot's commands are not delivered."""
    group = peopled(telegram)
    ana = group.member(telegram.person(1001, "Ana"))
    for text in ("Good morning", "/help", "/help@under_test_bot", "/help@other_bot", "3"):
        ana.say(text)
    said = [update["message"] for update in heard(telegram) if "message" in update]
    assert [one["text"] for one in said] == ["/help", "/help@under_test_bot"]
    assert {(one["chat"]["id"], one["from"]["id"]) for one in said} == {(group.id, 1001)}


def test_a_tap_in_a_group_is_answered_to_who_tapped(telegram: FakeTelegram) -> None:
    """All see the message; only Ben sees what the bot answers his tap with."""
    group = peopled(telegram)
    ana, ben = (group.member(telegram.person(*one)) for one in ((1001, "Ana"), (1002, "Ben")))
    keyboard = {"inline_keyboard": [[{"text": "3 Running", "callback_data": "x"}]]}
    call(telegram, "sendMessage", chat_id=group.id, text="How far?", reply_markup=keyboard)
    tap = ben.tap("3")
    (query,) = [update["callback_query"] for update in heard(telegram) if "callback_query" in update]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (1002, group.id)
    call(telegram, "answerCallbackQuery", callback_query_id=tap, text="Kept")
    assert (ben.toasts, ana.toasts) == (["Kept"], [])
    assert ana.screen == ben.screen == group.screen
    assert telegram.faults == []
