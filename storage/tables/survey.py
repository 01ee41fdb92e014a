"""The tables. Rows never leave this floor; times are UTC, texts that hold values are JSON."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, Index, Table, Text, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel
from typing_extensions import override


class Instant(TypeDecorator[datetime]):
    """An aware datetime in UTC, on engines that know time zones and on SQLite, which does not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Any:
        # A turn writes the same instant five times, and telling SQLite one takes longer than looking it up.
        convert = super().bind_processor(dialect)
        return lru_cache(maxsize=16)(convert) if convert else None

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CityRow(SQLModel, table=True):
    """A city; its peer groups are cut by `region` and `income`; `shared_at` is set while it is in the benchmark."""

    __tablename__ = "city"
    id: str = Field(primary_key=True)
    name: str
    country: str
    population: int
    region: str
    income: str
    timezone: str
    synthetic: bool
    shared_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)


class WaveRow(SQLModel, table=True):
    """One round of asking a city with one instrument version, pinned to its digest."""

    __tablename__ = "wave"
    id: int | None = Field(default=None, primary_key=True)
    city_id: str = Field(foreign_key="city.id", index=True)
    instrument: str
    version: str
    digest: str
    form: str
    opened_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class RespondentRow(SQLModel, table=True):
    """A person in one city, whatever chats they use."""

    __tablename__ = "respondent"
    id: int | None = Field(default=None, primary_key=True)
    city_id: str = Field(foreign_key="city.id", index=True)
    name: str
    role: str
    department: str | None = None
    created_at: datetime = Field(sa_type=Instant)


class SessionRow(SQLModel, table=True):
    """One respondent in one wave; `state` is the session as flows knows it, its responses so far included."""

    __tablename__ = "session"
    id: int | None = Field(default=None, primary_key=True)
    respondent_id: int | None = Field(default=None, foreign_key="respondent.id", index=True)
    wave_id: int | None = Field(default=None, foreign_key="wave.id", index=True)
    state: str = Field(sa_type=Text)
    updated_at: datetime = Field(sa_type=Instant)


class AddressRow(SQLModel, table=True):
    """A chat on a channel through which a person is reached, and the session that is held there now."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "chat"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    chat: str
    name: str
    reachable: bool
    session_id: int = Field(foreign_key="session.id", index=True)


class ResponseRow(SQLModel, table=True):
    """One response, appended and never changed; the last of a session, item, aspect and source counts."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_session_item", "session_id", "item", "aspect", "source"),)
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="session.id")
    item: str
    aspect: str
    level: int | None = None
    non_response: str | None = None
    year: int | None = None
    source: str
    certainty: str | None = None
    comment: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)


class EvidenceRow(SQLModel, table=True):
    """A file that supports an answer, left at its platform under `reference`."""

    __tablename__ = "evidence"
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="session.id", index=True)
    item: str
    kind: str
    reference: str
    caption: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)


class InvitationRow(SQLModel, table=True):
    """A single-use invitation; only the digest of its code is kept."""

    __tablename__ = "invitation"
    id: int | None = Field(default=None, primary_key=True)
    code_digest: str = Field(unique=True)
    city_id: str = Field(foreign_key="city.id", index=True)
    name: str
    role: str
    department: str | None = None
    language: str | None = None
    expires_at: datetime = Field(sa_type=Instant)
    used_by: int | None = Field(default=None, foreign_key="address.id")


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

    `replaces` is the message that was tapped, where that tells better than the card where it stands.
    """

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("address_id", "card"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    session_id: int = Field(foreign_key="session.id")
    card: str | None = None
    replaces: str | None = None
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


class SnapshotRow(SQLModel, table=True):
    """The benchmark's peers as they stood on a fixed date."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("instrument", "version", "form", "taken_on"),)
    id: int | None = Field(default=None, primary_key=True)
    instrument: str
    version: str
    form: str
    taken_on: date
    peers: str = Field(sa_type=Text)


class ChannelRow(SQLModel, table=True):
    """What a platform calls our bot, for links to it."""

    __tablename__ = "channel"
    channel: str = Field(primary_key=True)
    bot: str


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


CITY, WAVE, RESPONDENT, SESSION = map(_table, ("city", "wave", "respondent", "session"))
ADDRESS, RESPONSE, EVIDENCE, INVITATION = map(_table, ("address", "response", "evidence", "invitation"))
INBOX, PARKED, OUTBOX, CARD = map(_table, ("inbox", "parked", "outbox", "card"))
SNAPSHOT, CHANNEL = map(_table, ("snapshot", "channel"))
