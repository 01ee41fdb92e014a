"""The bot's account at Telegram: the chats it is in, what stands in each of them, and the files it may fetch."""

import io
import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from tests.fakes.bot_api_html import plain
from tests.fakes.bot_api_wire import Upload
from tests.fakes.telegram_updates import RefusedError, Updates

BOT = {"id": 4242, "is_bot": True, "first_name": "The bot under test", "username": "under_test_bot"}
PHOTO_SIDES = 10_000  # width and height together
PHOTO_RATIO = 20


@dataclass
class Shown:
    """A message of the bot as the person sees it now; `text` and `caption` are plain, `html` is what was sent."""

    id: int
    text: str = ""
    html: str = ""
    buttons: list[list[str]] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    photo: bool = False
    caption: str = ""
    edits: int = 0
    document: str = ""  # its file name
    content: bytes = field(default=b"", repr=False)  # of the photo or the document
    media: dict[str, Any] = field(default_factory=dict, repr=False)
    markup: dict[str, Any] = field(default_factory=dict, repr=False)
    earlier: dict[str, str] = field(default_factory=dict, repr=False)  # every button that was ever on it
    date: int = field(default_factory=lambda: int(time.time()), repr=False)

    def say(self, text: str, parse_mode: str | None) -> None:
        """Takes a text, or under a photo or document a caption."""
        said = plain(text, parse_mode)
        self.html, self.text, self.caption = text, "" if self.media else said, said if self.media else ""

    def show(self, upload: Upload, media: dict[str, Any]) -> None:
        """Takes a photo or a document in the place of what was there."""
        self.media, self.content, self.photo = media, upload.content, "photo" in media
        self.document = "" if self.photo else upload.name

    def press(self, markup: dict[str, Any] | None) -> None:
        """Takes an inline keyboard, or none."""
        rows = (markup or {}).get("inline_keyboard", [])
        self.markup = {"inline_keyboard": rows} if rows else {}
        self.buttons = [[button["text"] for button in row] for row in rows]
        self.data = {b["text"]: b["callback_data"] for row in rows for b in row if "callback_data" in b}
        self.earlier = self.earlier | self.data

    @property
    def content_and_markup(self) -> tuple[object, ...]:
        """What must change for an edit to be one."""
        return self.html, self.text, self.caption, self.media, self.markup


@dataclass
class Chat:
    """One person's chat with the bot, or a group that it was brought into; a group's name is its title."""

    id: int
    name: str
    language: str
    written: bool = False
    blocked: bool = False
    shown: dict[int, Shown] = field(default_factory=dict)
    own: dict[int, dict[str, Any]] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    spinning: set[str] = field(default_factory=set)
    group: bool = False

    @property
    def user(self) -> dict[str, Any]:
        """The person, as the Bot API describes one."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    @property
    def place(self) -> dict[str, Any]:
        """The chat, as the Bot API describes one."""
        if self.group:
            return {"id": self.id, "type": "supergroup", "title": self.name}
        return {"id": self.id, "type": "private", "first_name": self.name}

    def message(self, shown: Shown) -> dict[str, Any]:
        """A message of the bot, as the Bot API describes one."""
        spoken = {"caption" if shown.media else "text": shown.caption or shown.text, "reply_markup": shown.markup}
        edited = {"edit_date": int(time.time())} if shown.edits else {}
        said = {name: value for name, value in spoken.items() if value}
        head = {"message_id": shown.id, "date": shown.date, "chat": self.place, "from": BOT}
        return {**head, **edited, **shown.media, **said}


class Account:
    """All that Telegram keeps about one bot, behind one lock."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.updates = Updates(self.changed)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.taps: dict[str, Chat] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.webhook = ""
        self.secret = ""
        self.message_ids = itertools.count(1)
        self.tap_ids = itertools.count(9_000_000_001)

    def chat(self, chat_id: object) -> Chat:
        """The chat of that id; Telegram's refusal if there is none."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise RefusedError(400, "Bad Request: chat not found")
        return chat

    def reachable(self, chat_id: object) -> Chat:
        """The same, if the bot may write there now."""
        chat = self.chat(chat_id)
        if chat.group and (chat.blocked or not chat.written):
            raise RefusedError(403, "Forbidden: bot was kicked from the supergroup chat")
        if chat.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if not chat.written:
            raise RefusedError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def keep(self, folder: str, upload: Upload) -> dict[str, Any]:
        """Keeps a file, once, and describes it as the Bot API does."""
        new = f"{folder}-{len(self.files) + 1}"
        file_id = next((known for known, file in self.files.items() if file is upload), new)
        self.files[file_id] = upload
        return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(upload.content)}

    def photo(self, upload: Upload) -> dict[str, Any]:
        """Keeps a photo; refuses what Telegram could not show as one."""
        try:
            width, height = Image.open(io.BytesIO(upload.content)).size
        except OSError:
            raise RefusedError(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
        if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
            raise RefusedError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        return {"photo": [self.keep("photos", upload) | {"width": width, "height": height}]}

    def document(self, upload: Upload) -> dict[str, Any]:
        """Keeps a document."""
        return {"document": self.keep("documents", upload) | {"file_name": upload.name}}
