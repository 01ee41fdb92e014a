"""What becomes of a message, refusal by refusal; and that nothing of what people wrote is logged."""

import httpx
import pytest
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

from bot.channels.telegram.outcomes import outcome_of, shape
from bot.channels.telegram.text import as_caption, as_text
from bot.messages import (
    Ambiguous,
    Button,
    Document,
    Gone,
    Message,
    Outcome,
    Picture,
    Refused,
    Renamed,
    Throttled,
    Unreachable,
)
from tests.fakes.bot_api_html import plain

MESSAGE = Message("Title", "What Ana wrote", "note", ((Button("4", "1z:a:1.1.1:4"), Button("5", "1z:a:1.1.1:5")),))


def after(error: TelegramError, cause: Exception) -> TelegramError:
    """The library's error as it comes after one of the network."""
    error.__cause__ = cause
    return error


PAGE = ". Parsing the server response b'<html>What Ana wrote</html>' failed"
"""What the library adds where an answer is no JSON."""

REFUSALS: list[tuple[str, TelegramError, type[Outcome], type[Outcome]]] = [
    ("429", RetryAfter(7), Throttled, Throttled),
    ("a gateway's page", NetworkError(f"Bad Gateway (502){PAGE}"), Unreachable, Unreachable),
    ("a firewall's page", Forbidden(f"Forbidden (403){PAGE}"), Unreachable, Unreachable),
    ("blocked", Forbidden("Forbidden: bot was blocked by the user"), Gone, Gone),
    ("deactivated", Forbidden("Forbidden: user is deactivated"), Gone, Gone),
    ("kicked", Forbidden("Forbidden: bot was kicked from the supergroup chat"), Gone, Gone),
    ("never written", Forbidden("Forbidden: bot can't initiate conversation with a user"), Gone, Gone),
    ("no chat", BadRequest("Bad Request: chat not found"), Gone, Gone),
    ("muted", BadRequest("Bad Request: not enough rights to send text messages to the chat"), Gone, Gone),
    ("migrated", ChatMigrated(-1007), Renamed, Renamed),
    ("markup", BadRequest("Bad Request: can't parse entities: unsupported start tag"), Refused, Refused),
    ("empty", BadRequest("Bad Request: message text is empty"), Refused, Refused),
    ("long", BadRequest("Bad Request: message is too long"), Refused, Refused),
    ("data", BadRequest("Bad Request: BUTTON_DATA_INVALID"), Refused, Refused),
    ("token", InvalidToken("Unauthorized"), Unreachable, Unreachable),
    ("502", NetworkError("Bad Gateway"), Unreachable, Unreachable),
    ("500", NetworkError("Internal Server Error"), Unreachable, Unreachable),
    ("no connection", after(NetworkError("httpx.ConnectError: "), httpx.ConnectError("")), Unreachable, Unreachable),
    ("none in time", after(TimedOut(), httpx.ConnectTimeout("")), Unreachable, Unreachable),
    ("pool", after(TimedOut("Pool timeout"), httpx.PoolTimeout("")), Unreachable, Unreachable),
    ("no answer", after(TimedOut(), httpx.ReadTimeout("")), Ambiguous, Unreachable),
    (
        "hung up",
        after(NetworkError("hung up"), httpx.RemoteProtocolError("")),
        Ambiguous,
        Unreachable,
    ),
    ("cut off", after(NetworkError("httpx.ReadError"), httpx.ReadError("")), Ambiguous, Unreachable),
    ("half written", after(NetworkError("httpx.WriteError"), httpx.WriteError("")), Ambiguous, Unreachable),
    ("unreadable", TelegramError("Invalid server response"), Ambiguous, Unreachable),
]


@pytest.mark.parametrize(("name", "error", "sent", "edited"), REFUSALS, ids=[one[0] for one in REFUSALS])
def test_each_refusal_has_its_outcome(
    name: str, error: TelegramError, sent: type[Outcome], edited: type[Outcome]
) -> None:
    """For a message that is said, and for an edit, which may be repeated without harm."""
    assert isinstance(outcome_of(error, MESSAGE), sent)
    assert isinstance(outcome_of(error, MESSAGE, repeatable=True), edited)
    del name


def test_waits_and_new_ids_are_what_telegram_says() -> None:
    """A 429's own seconds; the supergroup's own id."""
    assert outcome_of(RetryAfter(7), MESSAGE) == Throttled(7.0)
    assert outcome_of(ChatMigrated(-1007), MESSAGE) == Renamed("-1007")


def test_a_refusal_tells_the_shape_and_never_a_word() -> None:
    """Lengths and counts of what was sent; what Telegram quotes of it is left out."""
    quoted = BadRequest('Bad Request: can\'t parse entities: unsupported start tag "ana" at byte offset 3')
    outcome = outcome_of(quoted, MESSAGE)
    assert outcome == Refused(
        "Can't parse entities: unsupported start tag (...) at byte offset 3; the message: "
        "title 5, body 14, note 4, 2 buttons, 2 in a row, of at most 12 bytes"
    )


def test_the_shape_of_files_is_their_size() -> None:
    """And of nothing, that it is nothing."""
    assert shape(Message(picture=Picture("a", b"12", "what it shows"))) == "picture 2"
    assert shape(Message(document=Document("name.pdf", b"123"))) == "document 3"
    assert shape(Message()) == "empty"


HOSTILE = "<b>&amp; </i> & \"quoted\" 'x' &lt;"


@pytest.mark.parametrize("message", [Message(HOSTILE), Message(body=HOSTILE), Message(note=HOSTILE)])
def test_what_people_write_is_escaped_once(message: Message) -> None:
    """Whatever it looks like, it is read as it was written."""
    for html in (as_text(message), as_caption(message)):
        assert plain(html, "HTML") == HOSTILE
