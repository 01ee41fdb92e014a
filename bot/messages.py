"""What goes between wording, relay and channels: a message in words, and what became of sending it."""

import hashlib
from typing import Protocol

import msgspec


class Button(msgspec.Struct, frozen=True):
    """A label, and the text of the event it carries (see `flows.wire`)."""

    label: str
    event: str


class Offer(msgspec.Struct, frozen=True):
    """A form that can be opened where a platform has forms (see `bot.forms`); all others pass it by."""

    label: str
    kind: str
    about: str


class Picture(msgspec.Struct, frozen=True):
    """A PNG, the name of its file, and what it shows, in words."""

    name: str
    png: bytes
    alt: str


class Document(msgspec.Struct, frozen=True):
    """A file to keep or to print, and its name with the ending that tells its kind."""

    name: str
    content: bytes


class Message(msgspec.Struct, frozen=True):
    """A prompt in words, without any platform's markup: a channel sets the title strong and the note apart.

    `unasked` where it comes of our own accord, and waits for a person who does not want to be disturbed; `offers` are
    forms for the same, and nobody needs them.
    """

    title: str = ""
    body: str = ""
    note: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    document: Document | None = None
    unasked: bool = False
    offers: tuple[Offer, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be seen: a report that has nothing to tell today."""
        return not (self.title or self.body or self.picture or self.document)

    @property
    def look(self) -> str:
        """A digest of all that is seen of it."""
        return hashlib.blake2b(msgspec.json.encode(self), digest_size=12).hexdigest()


class Sent(msgspec.Struct, frozen=True):
    """It arrived; `message` is the platform's id for it."""

    message: str


class Throttled(msgspec.Struct, frozen=True):
    """Not now: this chat may be written to again in so many seconds."""

    seconds: float


class Postponed(msgspec.Struct, frozen=True):
    """The person does not want to be disturbed for so many seconds; whatever else they are told need not wait."""

    seconds: float


class Unreachable(msgspec.Struct, frozen=True):
    """The platform did not answer, or not sensibly; nothing arrived, and the same may work later."""

    reason: str


class Ambiguous(msgspec.Struct, frozen=True):
    """The platform was told and did not answer: it may have arrived."""

    reason: str


class Gone(msgspec.Struct, frozen=True):
    """The person blocked the bot, or the chat is no more."""

    reason: str


class Renamed(msgspec.Struct, frozen=True):
    """The chat has another id from now on; it may be written to there."""

    chat: str


class Refused(msgspec.Struct, frozen=True):
    """The platform will never take this message: our bug."""

    reason: str


Outcome = Sent | Throttled | Postponed | Unreachable | Ambiguous | Gone | Renamed | Refused


class Fetched(msgspec.Struct, frozen=True):
    """The content of a file."""

    content: bytes


FetchOutcome = Fetched | Throttled | Unreachable | None
"""What became of fetching a file; None where the platform will never hand it out."""


class Source(Protocol):
    """A platform, as whoever fetches files from it sees it."""

    name: str

    async def fetch(self, reference: str) -> FetchOutcome:
        """The content behind a reference, at most `flows.margin.filing.LARGEST` bytes."""


class Channel(Protocol):
    """A platform, as the relay sees it."""

    name: str

    async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
        """Says a message in a chat, in place of the message `replaces` where that is given and still there."""
