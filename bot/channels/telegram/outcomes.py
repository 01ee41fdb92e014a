"""What Telegram's refusals and the network's failures mean for a message, one by one."""

import re

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.files import seconds
from bot.messages import Ambiguous, Gone, Message, Outcome, Refused, Renamed, Throttled, Unreachable

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
)
"""What Telegram says with a 400 where nothing can be said in a chat any more, or not by us."""
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""What fails before a request is written."""
_PAYLOAD = ". Parsing the server response"
"""Where the library begins to quote what Telegram, or something between us, has answered."""
_QUOTED = re.compile(r'"[^"]*"')


def outcome_of(error: TelegramError, message: Message, *, repeatable: bool = False) -> Outcome:
    """What became of a message; `repeatable` where saying it twice does no harm, as with an edit."""
    if _PAYLOAD in error.message:  # not Telegram's own answer, but one of something between us
        return Unreachable(in_short(error))
    match error:
        case RetryAfter():
            return Throttled(seconds(error))
        case ChatMigrated():
            return Renamed(str(error.new_chat_id))
        case Forbidden():  # blocked, deactivated, kicked, or never written to us
            return Gone(error.message)
        case BadRequest():  # a NetworkError to the library, but our fault: before that one
            return _bad(error, message)
        case InvalidToken():  # a new token will do: nothing is given up
            return Unreachable("the token is not known any more")
        case NetworkError():
            return _lost(error, repeatable=repeatable)
    # An answer that cannot be read came after the message was written.
    return Unreachable(type(error).__name__) if repeatable else Ambiguous(type(error).__name__)


def in_short(error: TelegramError) -> str:
    """What went wrong, in Telegram's words or the library's, for a log: without what was answered."""
    return error.message.partition(_PAYLOAD)[0]


def shape(message: Message) -> str:
    """What a message is made of, without a word of it: parts and their lengths."""
    texts = {name: len(getattr(message, name)) for name in ("title", "body", "note") if getattr(message, name)}
    files = {
        "picture": len(message.picture.png) if message.picture else 0,
        "document": len(message.document.content) if message.document else 0,
    }
    buttons = [button for row in message.buttons for button in row]
    told = [f"{name} {length}" for name, length in (texts | files).items() if length]
    if buttons:
        longest = max(len(button.event.encode()) for button in buttons)
        widest = max(map(len, message.buttons))
        told.append(f"{len(buttons)} buttons, {widest} in a row, of at most {longest} bytes")
    return ", ".join(told) or "empty"


def _bad(error: BadRequest, message: Message) -> Outcome:
    said = error.message.lower()
    if any(reason in said for reason in _GONE):
        return Gone(error.message)
    # What Telegram quotes may be somebody's words.
    return Refused(f"{_QUOTED.sub('(...)', error.message)}; the message: {shape(message)}")


def _lost(error: NetworkError, *, repeatable: bool) -> Outcome:
    """After a failure on the way: only what was written, and got no answer, may have arrived."""
    reason = type(error.__cause__ or error).__name__
    answered = not isinstance(error, TimedOut) and not isinstance(error.__cause__, httpx.HTTPError)
    if repeatable or answered or isinstance(error.__cause__, _NOT_WRITTEN):
        return Unreachable(reason)
    return Ambiguous(reason)
