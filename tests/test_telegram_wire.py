"""Telegram's wire: real payloads in, as bytes, through the library and our reader of taps; texts out, within limits."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram import pace
from bot.channels.telegram.limits import CAPTION, TEXT
from bot.channels.telegram.parsing import understand
from bot.channels.telegram.reading import UpdatesRequest
from bot.channels.telegram.text import as_caption, as_text, cut, units
from bot.conversation import Inbound
from bot.messages import Message
from tests.fakes.bot_api import faults

PAYLOADS: dict[str, Any] = json.loads((Path(__file__).parent / "wire" / "telegram_in.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAYLOADS)
def test_an_update_is_understood(name: str) -> None:
    """What Telegram delivers becomes this event, or concerns nobody."""
    body = json.dumps({"ok": True, "result": [PAYLOADS[name]["update"]]}).encode()
    (update,) = Update.de_list(UpdatesRequest.parse_json_payload(body)["result"], None)
    heard = understand(update, 77, "maturity_bot")
    assert heard == msgspec.convert(PAYLOADS[name]["heard"], Inbound | None)


def test_an_answer_that_is_no_json_is_the_librarys_to_complain_about() -> None:
    """A proxy's error page instead of JSON becomes python-telegram-bot's own error."""
    with pytest.raises(Exception, match="Invalid server response"):
        UpdatesRequest.parse_json_payload(b"<html>Bad gateway</html>")


@given(title=st.text(max_size=300), body=st.text(max_size=6000), note=st.text(max_size=2500))
@settings(max_examples=60, deadline=None)
def test_any_text_is_within_the_limits_and_well_formed(title: str, body: str, note: str) -> None:
    """Whatever people are called and write: Telegram's limits hold, and its markup cannot be broken."""
    message = Message(f"t{title}", body, note)
    for text, method, field in (
        (as_text(message), "sendMessage", "text"),
        (as_caption(message), "sendPhoto", "caption"),
    ):
        params: dict[str, Any] = {"chat_id": 5, field: text, "parse_mode": "HTML"}
        assert faults(method, params | ({"photo": "file"} if field == "caption" else {})) == []


def test_a_text_at_the_limit_stays_whole_and_one_past_it_is_cut() -> None:
    """4,096 and 1,024 units; a character outside the basic plane counts as two."""
    assert cut("x" * TEXT, TEXT) == "x" * TEXT
    assert units(cut("x" * (TEXT + 1), TEXT)) <= TEXT
    assert cut("😀" * (CAPTION // 2), CAPTION) == "😀" * (CAPTION // 2)
    assert cut("😀" * (CAPTION // 2 + 1), CAPTION).endswith("…")


def test_a_chat_is_written_to_at_its_pace_and_others_do_not_wait() -> None:
    """Some messages at once, then one a second; another chat is free all the while."""
    at = [0.0]
    bucket = pace.fresh(lambda: at[0])
    waits = [bucket.wait("a") for _ in range(int(pace.CHAT_AT_ONCE) + 1)]
    assert waits[:-1] == [0.0] * int(pace.CHAT_AT_ONCE)
    assert 0 < waits[-1] <= 1
    assert bucket.wait("b") == 0
    at[0] += 1
    assert bucket.wait("a") == 0
    assert bucket.wait("a") > 0


def test_all_chats_together_keep_the_bots_pace() -> None:
    """About thirty a second in all, however many chats there are."""
    bucket = pace.fresh(lambda: 0.0)
    assert [bucket.wait(str(chat)) for chat in range(int(pace.ALL_A_SECOND))] == [0.0] * int(pace.ALL_A_SECOND)
    assert bucket.wait("one more") > 0
