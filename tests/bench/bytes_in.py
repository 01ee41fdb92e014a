"""Telegram's side of an answer: the body of a getUpdates answer, and how python-telegram-bot reads it."""

import json
from collections.abc import Sequence
from typing import Any

from telegram import Bot, Update
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.messages import Message
from bot.wording import word
from flows import wire
from model.instrument import Instrument
from tests.bench.walk import Answer

TOKEN = "4242:a-token-that-no-server-will-ever-see"
BOT = {"id": 4242, "is_bot": True, "first_name": "Maturity", "username": "maturity_bench_bot"}
ANYONE = 5_550_000_000
"""The chat in bodies that are not yet anyone's."""
NO_SESSION = "@"
"""The session in them; a real one has the same length, or a character more."""

_HEAD = b'{"ok":true,"result":[{"update_id":'


class Offline(BaseRequest):
    """Answers getMe, and knows nothing else: no benchmark goes to the network."""

    @property
    @override
    def read_timeout(self) -> float | None:
        return None

    @override
    async def initialize(self) -> None: ...

    @override
    async def shutdown(self) -> None: ...

    @override
    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        assert url.endswith("/getMe"), f"{url} is not to be asked for"
        return 200, json.dumps({"ok": True, "result": BOT}).encode()


def body(number: int, rest: bytes) -> bytes:
    """The body that carries update `number`; `rest` comes from `rests`."""
    return _HEAD + b"%d" % number + rest


def parse(received: bytes, reading: BaseRequest, bot: Bot) -> Sequence[Update]:
    """The updates of a body, by just what `Bot.get_updates` does with it where `reading` is its request."""
    return Update.de_list(reading.parse_json_payload(received)["result"], bot)


def rests(instrument: Instrument, answers: Sequence[Answer]) -> list[bytes]:
    """For each answer the bytes after the update's id: a tap on the message in which the bot asked."""
    return [_rest(number, instrument, answer) for number, answer in enumerate(answers, 1)]


def of_person(rest: bytes, chat: int, session: str) -> bytes:
    """The bytes as this person's tap has them."""
    return rest.replace(b"%d" % ANYONE, b"%d" % chat).replace(f'"{NO_SESSION}:'.encode(), f'"{session}:'.encode())


def _rest(number: int, instrument: Instrument, answer: Answer) -> bytes:
    person = {"id": ANYONE, "first_name": "Noor", "last_name": "Haddad", "username": "noor_haddad"}
    message = word(answer.prompt, answer.before, instrument)
    query = {
        "id": str(ANYONE * 1_000_000_000 + number),
        "from": {**person, "is_bot": False, "language_code": "en"},
        "message": {
            "message_id": number,
            "from": BOT,
            "chat": {**person, "type": "private"},
            "date": 1_795_424_400,
            **_shown(message),
        },
        "chat_instance": str(-ANYONE * 1_000_000_000),
        "data": wire.encode(NO_SESSION, answer.event),
    }
    offered = [button.event for row in message.buttons for button in row]
    assert query["data"] in offered, f"{query['data']} is not on the message: {offered}"
    return b"," + json.dumps({"callback_query": query}, ensure_ascii=False).encode()[1:] + b"]}"


def _shown(message: Message) -> dict[str, Any]:
    """A message as Telegram gives it back: plain text, its markup as entities, its keyboard."""
    parts = [part for part in (message.title, message.body, message.note) if part]
    text = "\n\n".join(parts)
    entities = [{"offset": 0, "length": len(message.title), "type": "bold"}]
    if message.note:
        entities.append({"offset": len(text) - len(message.note), "length": len(message.note), "type": "italic"})
    keyboard = [[{"text": b.label, "callback_data": b.event} for b in row] for row in message.buttons]
    return {"text": text, "entities": entities, "reply_markup": {"inline_keyboard": keyboard}}
