"""Messages in Telegram's HTML, within its limits; the one place where people's text is escaped for it."""

from html import escape

from bot.channels.telegram.limits import CAPTION, TEXT
from bot.messages import Message

_ELLIPSIS = " …"


def as_text(message: Message) -> str:
    """Title strong, body plain, note apart."""
    return _html(message, TEXT)


def as_caption(message: Message) -> str:
    """The same below a file; Telegram has no alternative text, so the body says in words what a picture shows."""
    return _html(message, CAPTION)


def _html(message: Message, limit: int) -> str:
    """Cut where it must be: the body first, as title and note say what it is and where it comes from."""
    title, note = cut(message.title, limit // 4), cut(message.note, limit // 3)
    breaks = 2 * (bool(title) + bool(note))  # a blank line between each two
    body = cut(message.body, limit - units(title) - units(note) - breaks)
    parts = (f"<b>{escape(title)}</b>" if title else "", escape(body), f"<i>{escape(note)}</i>" if note else "")
    return "\n\n".join(part for part in parts if part)


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """The text, ended at a character with an ellipsis where it is longer than `limit` units."""
    if units(text) <= limit:
        return text
    room = (limit - units(_ELLIPSIS)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore").rstrip() + _ELLIPSIS
