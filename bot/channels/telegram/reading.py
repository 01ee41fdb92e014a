"""How updates are read from Telegram's bytes: a tap brings its whole card along, of which two numbers are needed.

Measured: four fifths of what reading an answer costs, and a third of the whole answer.
"""

from typing import Any

import msgspec
from telegram.request import HTTPXRequest
from typing_extensions import override

CARD = "card"
"""Where a tap has what is needed of its card: in the library's `api_kwargs`, as all that it does not know."""


class UpdatesRequest(HTTPXRequest):
    """python-telegram-bot's request for getUpdates, with a quicker reader of what comes back."""

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as plain values; a tap with its card's number and chat (`CARD`) instead of the whole card."""
        try:
            answer: dict[str, Any] = msgspec.json.decode(payload, type=dict[str, Any])
        except msgspec.DecodeError:
            return HTTPXRequest.parse_json_payload(payload)  # says what is wrong with it
        result = answer.get("result")
        for update in result if isinstance(result, list) else ():
            tap = update.get("callback_query")
            if tap and "message" in tap:
                card = tap.pop("message")
                tap[CARD] = {"message": card["message_id"], "chat": card["chat"]["id"], "type": card["chat"]["type"]}
        return answer
