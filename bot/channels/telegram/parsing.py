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
from flows.events.arrivals import Migrated
from flows.events.asides import Edited

NAME = "telegram"
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that are asked for."""
_HEARD = (ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP)
"""The kinds of chats in which people talk with us."""
_FILES = ("document", "video", "voice", "audio", "animation", "video_note")
"""A GIF is an animation and a document as well: it is taken as the document it is."""
_UNREADABLE = (
    "sticker",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "live_photo",
    "checklist",
    "invoice",
    "giveaway",
    "giveaway_winners",
)
"""What people send that is neither text nor evidence; everything else is a message of Telegram's own."""
_NO_SESSION = "?"
"""For a button that is none of ours: no session has this id, so the conversation answers that nothing was changed."""


def understand(update: Update, bot: int, username: str) -> Inbound | None:
    """The event of an update, keyed by bot as `update_id` counts per bot; None for what concerns nobody."""
    user = update.effective_user
    kind, chat, tapped = place(update)
    if (moved := _moved(update)) is not None:
        old, new = moved
        return Inbound(f"{NAME}:{bot}:{update.update_id}", NAME, old, Migrated(new))
    if user is None or kind not in _HEARD:
        return None
    alone = kind == ChatType.PRIVATE
    read: tuple[str, AnyEvent] | None = None
    replies = own = ""
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
        own = str(update.message.message_id)
        read = ("", event) if event is not None else None
    elif update.edited_message is not None and alone:  # in a group nothing is answered by typing
        own = str(update.edited_message.message_id)
        edit = _edit(update.edited_message)
        read = ("", edit) if edit is not None else None
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
        own=own,
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
        place, venue = f"{message.location.latitude},{message.location.longitude}", message.venue
        return Attached("location", place, f"{venue.title}, {venue.address}" if venue else "", dated=_dated(message))
    for kind in _UNREADABLE:
        if getattr(message, kind) is not None:
            return Sent(kind)
    # What the library does not know yet, Telegram has added since: somebody waits for an answer all the same.
    return Sent("unknown") if message.api_kwargs else None


def _edit(message: Message) -> Edited | None:
    """A text or caption as it is now; None for a place that is shown while somebody moves, every few seconds anew."""
    return None if message.location is not None else Edited(message.text or message.caption or "")


def _moved(update: Update) -> tuple[str, str] | None:
    """The old and the new id of a group that became a supergroup; both of them tell."""
    message = update.message
    if message is not None and message.migrate_to_chat_id is not None:
        return str(message.chat.id), str(message.migrate_to_chat_id)
    if message is not None and message.migrate_from_chat_id is not None:
        return str(message.migrate_from_chat_id), str(message.chat.id)
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
