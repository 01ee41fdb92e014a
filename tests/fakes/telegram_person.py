"""A person with Telegram in the hand: says, taps, sends, blocks, and looks at what the bot shows."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PIL import Image

from tests.fakes.bot_api_wire import Upload
from tests.fakes.telegram_account import BOT, Account, Chat, Shown

LOOK_AGAIN = 0.005  # seconds between two looks at the screen


class Person:
    """What one person does in the chat with the bot, and sees there."""

    def __init__(self, account: Account, chat: Chat, user: Chat | None = None) -> None:
        self._user = user or chat  # the person's own chat, wherever they write
        self.id = self._user.id
        self.name = self._user.name
        self._account = account
        self._chat = chat

    @property
    def screen(self) -> list[Shown]:
        """The bot's messages as they stand now, oldest first; later changes do not reach the list."""
        with self._account.changed:
            return [replace(shown) for shown in self._chat.shown.values()]

    @property
    def toasts(self) -> list[str]:
        """Every text the bot answered a tap with, in order."""
        with self._account.changed:
            return list(self._user.toasts)

    @property
    def spinning(self) -> int:
        """How many taps the bot has not answered yet."""
        with self._account.changed:
            return len(self._user.spinning)

    def say(self, text: str, replies: int | None = None) -> int:
        """Writes to the bot, a command if it begins with a slash. Returns the message's id, as all sending does."""
        command = len(text.split(maxsplit=1)[0]) if text.startswith("/") else 0
        entities = [{"type": "bot_command", "offset": 0, "length": command}] if command else []
        with self._account.changed:
            return self._send({"text": text} | ({"entities": entities} if entities else {}) | self._reply(replies))

    def send_photo(self, caption: str = "") -> int:
        """Sends a photo, which the bot can fetch with getFile."""
        content = io.BytesIO()
        Image.new("RGB", (90, 60)).save(content, "JPEG")
        with self._account.changed:
            photo = self._account.photo(Upload("photo.jpg", content.getvalue()))
            return self._send(photo | ({"caption": caption} if caption else {}))

    def send_document(self, name: str, content: bytes, caption: str = "", replies: int | None = None) -> int:
        """Sends a document, perhaps in reply to a message of the bot."""
        with self._account.changed:
            document = self._account.document(Upload(name, content))
            return self._send(document | self._reply(replies) | ({"caption": caption} if caption else {}))

    def send_sticker(self) -> int:
        """Sends a sticker."""
        with self._account.changed:
            file = self._account.keep("stickers", Upload("sticker.webp", b"RIFF"))
            look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return self._send({"sticker": file | look | {"emoji": "\N{WAVING HAND SIGN}"}})

    def send_live_place(self) -> int:
        """Shows where they are from now on."""
        return self._send({"location": {"latitude": 39.5, "longitude": -0.25, "live_period": 900}})

    def send_unknown(self) -> int:
        """Sends a kind of message that nobody knows yet."""
        return self._send({"hologram": {"file_id": "h"}})

    def edit(self, message_id: int, text: str) -> None:
        """Changes a text of their own."""
        self._edit(message_id, {"text": text})

    def edit_caption(self, message_id: int, caption: str) -> None:
        """Changes the words below a file of their own."""
        self._edit(message_id, {"caption": caption})

    def move_live_place(self, message_id: int) -> None:
        """Goes on, while they show where they are."""
        with self._account.changed:
            at = self._chat.own[message_id]["location"]
            self._edit(message_id, {"location": at | {"longitude": round(at["longitude"] + 0.01, 2)}})

    def tap(self, label: str) -> str:
        """Presses the newest visible button whose label starts so, in either case. Returns the query's id."""
        with self._account.changed:
            for shown in reversed(self._chat.shown.values()):
                for text, data in shown.data.items():
                    if text.casefold().startswith(label.casefold()):
                        return self._press(self._chat.message(shown), data)
        raise LookupError(f"no button starts with {label!r}; {self.name} sees:\n{self.drawn()}")

    def tap_old(self, message_id: int, label: str) -> str:
        """Presses a button of that message which is there now or was there once."""
        with self._account.changed:
            shown = self._chat.shown.get(message_id, Shown(message_id))
            for text, data in (shown.earlier | shown.data).items():
                if text.casefold().startswith(label.casefold()):
                    return self._press(self._chat.message(shown), data)
        raise LookupError(f"message {message_id} never had {label!r}, only {list(shown.earlier)}")

    def block(self) -> None:
        """Blocks the bot: it hears of that, and every send is refused from now on."""
        self._turn(blocked=True)

    def unblock(self) -> None:
        """Lets the bot write again."""
        self._turn(blocked=False)

    def wait(self, condition: Callable[["Person"], object], seconds: float = 5) -> None:
        """Returns once `condition(person)` is true; fails with the screen after that many seconds.

        A LookupError means "not yet", so a condition may look at the last message before there is one.
        """
        until = time.monotonic() + seconds
        while not self._so(condition):
            if time.monotonic() > until:
                raise AssertionError(f"not so within {seconds} s; {self.name} sees:\n{self.drawn()}")
            time.sleep(LOOK_AGAIN)

    def drawn(self) -> str:
        """The screen as lines of text."""
        return "\n".join(_drawn(shown) for shown in self.screen) or "(nothing)"

    def _so(self, condition: Callable[["Person"], object]) -> bool:
        try:
            return bool(condition(self))
        except LookupError:
            return False

    def _reply(self, message_id: int | None) -> dict[str, Any]:
        return {} if message_id is None else {"reply_to_message": self._chat.message(self._chat.shown[message_id])}

    def _edit(self, message_id: int, content: dict[str, Any]) -> None:
        with self._account.changed:
            message = self._chat.own[message_id] | content | {"edit_date": int(time.time())}
            self._chat.own[message_id] = message
            self._account.updates.push("edited_message", message)

    def _send(self, content: dict[str, Any]) -> int:
        with self._account.changed:
            if self._chat.blocked:
                raise ValueError(f"{self.name} has blocked the bot: unblock() first, as Telegram would ask")
            self._chat.written = self._chat.written or not self._chat.group
            message_id = next(self._account.message_ids)
            head = {"message_id": message_id, "date": int(time.time())}
            message = head | {"chat": self._chat.place, "from": self._user.user} | content
            self._chat.own[message_id] = message
            if self._is_delivered(message):
                self._account.updates.push("message", message)
            return message_id

    def _is_delivered(self, message: dict[str, Any]) -> bool:
        """Whether the bot is told of it: all that is said in private."""
        return True

    def _press(self, message: dict[str, Any], data: str) -> str:
        tap = str(next(self._account.tap_ids))
        self._account.taps[tap] = self._user
        self._user.spinning.add(tap)
        heard = {"id": tap, "from": self._user.user, "message": message, "chat_instance": "1", "data": data}
        self._account.updates.push("callback_query", heard)
        return tap

    def _turn(self, blocked: bool) -> None:
        with self._account.changed:
            self._chat.blocked = blocked
            member = {"user": BOT, "status": "member"}
            kicked = {"user": BOT, "status": "kicked", "until_date": 0}
            old, new = (member, kicked) if blocked else (kicked, member)
            head = {"chat": self._chat.place, "from": self._chat.user, "date": int(time.time())}
            self._account.updates.push("my_chat_member", head | {"old_chat_member": old, "new_chat_member": new})


def _drawn(shown: Shown) -> str:
    media = "(photo) " if shown.photo else f"({shown.document}) " if shown.document else ""
    rows = ["   " + " ".join(f"[{label}]" for label in row) for row in shown.buttons]
    return "\n".join([f"{shown.id}: {media}{shown.text or shown.caption}", *rows])
