"""What came in and what is to go out: updates, deliveries, cards, and when to look at what."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


class UpdateRow(SQLModel, table=True):
    """An update that was heard, so that its repetition is not heard again."""

    __tablename__ = "inbox"
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)


class ParkedRow(SQLModel, table=True):
    """An update that could not be heard, with its traceback, for a programmer to look at."""

    __tablename__ = "parked"
    id: int | None = Field(default=None, primary_key=True)
    key: str
    traceback: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)


class DeliveryRow(SQLModel, table=True):
    """A prompt owed to an address. `due` serves lease, back-off and diary; `state` counts the card's newer states.

    `replaces` is the message that was tapped, where that tells better than the card where it stands; `place` is where
    it is said instead of the address's own chat.
    """

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("address_id", "card"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    session_id: int = Field(foreign_key="session.id")
    card: str | None = None
    replaces: str | None = None
    place: str | None = None
    prompt: str = Field(sa_type=Text)
    due: datetime = Field(sa_type=Instant, index=True)
    tries: int
    state: int


class CardRow(SQLModel, table=True):
    """Where a card stands in a chat, and a digest of how it looks there."""

    __tablename__ = "card"
    address_id: int = Field(primary_key=True, foreign_key="address.id")
    card: str = Field(primary_key=True)
    message: str
    look: str


class ChannelRow(SQLModel, table=True):
    """What a platform calls our bot, for links to it."""

    __tablename__ = "channel"
    channel: str = Field(primary_key=True)
    bot: str


class DiaryRow(SQLModel, table=True):
    """When something is to be looked at again, although nobody says anything: a reminder, a close, a meeting."""

    __tablename__ = "diary"
    kind: str = Field(primary_key=True)
    about: int = Field(primary_key=True)
    due: datetime = Field(sa_type=Instant, index=True)
