"""How a message is said in a chat: as a text, in place of one that stands there, or with a file."""

import logging

import msgspec
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram import limits
from bot.channels.telegram.outcomes import outcome_of, shape
from bot.channels.telegram.text import as_caption, as_text
from bot.messages import Button, Document, Message, Outcome, Sent

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = logging.getLogger(__name__)


async def say(bot: Bot, chat: int, message: Message, replaces: str | None) -> Outcome:
    """Says a message, in place of the message `replaces` where that still stands; a file is always a new message."""
    message = fitting(message)
    try:
        if message.picture is not None or message.document is not None:
            return await _filed(bot, chat, message)
        edited = await _edited(bot, chat, message, int(replaces)) if replaces else None
        return edited or await _said(bot, chat, message)
    except TelegramError as error:
        return outcome_of(error, message)


def fitting(message: Message) -> Message:
    """A message that Telegram takes: what is too large for a picture is a document, what is too large for both stays.

    Its words are said all the same.
    """
    picture, document = message.picture, message.document
    if picture is not None and len(picture.png) > limits.PHOTO:
        document, picture = Document(f"{picture.name}.png", picture.png), None
    if document is not None and len(document.content) > limits.DOCUMENT:
        _log.error("A document is too large for Telegram and was left out (%s)", shape(message))
        document = None
    return msgspec.structs.replace(message, picture=picture, document=document)


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons below a message, in rows that Telegram takes; what is past the last one is left out, and logged."""
    rows = [row[at : at + limits.ROW] for row in message.buttons for at in range(0, len(row), limits.ROW)]
    if sum(map(len, rows)) > limits.BUTTONS:
        _log.error("There are too many buttons for Telegram (%s)", shape(message))
        rows = _first(rows, limits.BUTTONS)
    shown = [[InlineKeyboardButton(one.label, callback_data=one.event) for one in row] for row in rows]
    return InlineKeyboardMarkup(shown) if shown else None


def _first(rows: list[tuple[Button, ...]], most: int) -> list[tuple[Button, ...]]:
    kept: list[tuple[Button, ...]] = []
    for row in rows:
        kept.append(row[:most])
        most -= len(kept[-1])
    return [row for row in kept if row]


async def _filed(bot: Bot, chat: int, message: Message) -> Outcome:
    caption, buttons = as_caption(message), keyboard(message)
    if message.picture is not None:
        picture, name = message.picture.png, f"{message.picture.name}.png"
        sent = await bot.send_photo(
            chat, picture, filename=name, caption=caption, parse_mode=ParseMode.HTML, reply_markup=buttons
        )
    else:
        assert message.document is not None
        content, name = message.document.content, message.document.name
        sent = await bot.send_document(
            chat, content, filename=name, caption=caption, parse_mode=ParseMode.HTML, reply_markup=buttons
        )
    return Sent(str(sent.message_id))


async def _said(bot: Bot, chat: int, message: Message) -> Outcome:
    sent = await bot.send_message(
        chat,
        as_text(message),
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message),
        link_preview_options=_NO_PREVIEW,
    )
    return Sent(str(sent.message_id))


async def _edited(bot: Bot, chat: int, message: Message, replaces: int) -> Outcome | None:
    """What became of an edit; None where the message is not there any more, or not ours to edit."""
    try:
        await bot.edit_message_text(
            as_text(message),
            chat,
            replaces,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        said = error.message.lower()
        if "not modified" in said:
            return Sent(str(replaces))  # it looks like this already
        if "message to edit not found" in said or "can't be edited" in said or "no text in the message" in said:
            return None
        return outcome_of(error, message)
    except TelegramError as error:
        return outcome_of(error, message, repeatable=True)
    return Sent(str(replaces))
