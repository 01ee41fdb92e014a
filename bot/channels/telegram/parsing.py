"""What a Telegram update means: an event from a person, or nothing that concerns us."""

from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram import groups
from bot.channels.telegram.reading import CARD
from bot.conversation import Inbound
from flows import commands, wire
from flows.events import AnyEvent, Attached, Continued, Left, Returned, Sent

NAME = "telegram"
ALLOWED = ["message", "callback_query", "my_chat_member"]
"""The kinds of updates that are asked for."""
_HEARD = (ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP)
"""The kinds of chats in which people talk with us."""
_FILES = ("document", "video", "voice", "audio", "animation", "video_note")
"""A GIF is an animation and a document as well: it is taken as the document it is."""
_NO_SESSION = "?"
"""For a button that is none of ours: no session has this id, so the conversation answers that nothing was changed."""


def understand(update: Update, bot: int, username: str) -> Inbound | None:
    """The event of an update, keyed by bot as `update_id` counts per bot; None for what concerns nobody."""
    user = update.effective_user
    kind, chat, tapped = place(update)
    if user is None or kind not in _HEARD:
        return None
    alone = kind == ChatType.PRIVATE
    read: tuple[str, AnyEvent] | None = None
    replies = ""
    if update.callback_query is not None:
        read = _tap(update.callback_query)
    elif update.my_chat_member is not None:
        change = update.my_chat_member
        turned = _membership(change) if alone else groups.membership(change)
        read = ("", turned) if turned is not None else None
    elif update.message is not None:
        said = update.message
        event = _message(said, username) if alone else groups.command(said, _text(said.text or "", username))
        answered = said.reply_to_message
        replies = str(answered.message_id) if answered is not None else ""
        read = ("", event) if event is not None else None
    if read is None:
        return None
    return Inbound(
        update=f"{NAME}:{bot}:{update.update_id}",
        channel=NAME,
        chat=str(chat if alone else user.id),
        event=read[1],
        session=read[0],
        message=tapped,
        replies=replies,
        name=user.full_name,
        language=(user.language_code or "")[:2].lower(),
        group="" if alone else str(chat),
    )


def _tap(query: CallbackQuery) -> tuple[str, AnyEvent]:
    return wire.decode(query.data or "") or (_NO_SESSION, Continued())


def place(update: Update) -> tuple[str, int, str]:
    """The type and id of the chat that an update is from, and the message whose button was tapped ("" for none)."""
    if update.callback_query is not None:
        card = update.callback_query.api_kwargs.get(CARD, {"type": "", "chat": 0, "message": ""})
        return card["type"], card["chat"], str(card["message"])
    chat = update.effective_chat
    return (chat.type, chat.id, "") if chat is not None else ("", 0, "")


def _membership(change: ChatMemberUpdated) -> AnyEvent:
    return Left() if change.new_chat_member.status == ChatMemberStatus.BANNED else Returned()


def _message(message: Message, username: str) -> AnyEvent | None:
    """A command, a text, evidence, or something we cannot read; None for a service message or another bot's command."""
    if message.text:
        return _text(message.text, username) if message.forward_origin is None else _forwarded(message)
    if message.photo:
        return _file("photo", message.photo[-1], message)  # the largest of its sizes
    for kind in _FILES:
        found = getattr(message, kind)
        if found is not None:
            return _file(kind, found, message)
    if message.location is not None:
        place = f"{message.location.latitude},{message.location.longitude}"
        return Attached("location", place, dated=_dated(message))
    for kind in ("sticker", "contact", "poll", "dice", "venue", "story", "game"):
        if getattr(message, kind) is not None:
            return Sent(kind)
    return None


def _file(kind: str, file: Any, message: Message) -> Attached:
    """A photo, document or recording; Telegram finds it by its `file_id`."""
    return Attached(
        kind,
        file.file_id,
        message.caption or "",
        name=getattr(file, "file_name", None) or "",
        size=file.file_size or 0,
        media=getattr(file, "mime_type", None) or ("image/jpeg" if kind == "photo" else ""),
        group=message.media_group_id or "",
        dated=_dated(message),
    )


def _forwarded(message: Message) -> Attached:
    """A forwarded text: evidence in somebody else's words, whatever it looks like."""
    return Attached("message", str(message.message_id), message.text or "", dated=_dated(message))


def _dated(message: Message) -> datetime | None:
    """When something that was forwarded was first written."""
    return message.forward_origin.date if message.forward_origin is not None else None


def _text(text: str, username: str) -> AnyEvent | None:
    command, _, rest = text.partition(" ")
    name, at, addressee = command.partition("@")
    if command.startswith("/") and at:
        return commands.read(f"{name} {rest}") if addressee.casefold() == username.casefold() else None
    return commands.read(text)
