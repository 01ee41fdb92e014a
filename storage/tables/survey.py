"""Who is asked what, and what they said. Times are UTC, texts that hold values are JSON."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


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
    closes_at: datetime | None = Field(default=None, sa_type=Instant)


class RespondentRow(SQLModel, table=True):
    """A person in one city, whatever chats they use; programme officers and experts belong to none."""

    __tablename__ = "respondent"
    id: int | None = Field(default=None, primary_key=True)
    city_id: str | None = Field(default=None, foreign_key="city.id", index=True)
    name: str
    role: str
    department: str | None = None
    timezone: str | None = None
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
    """What supports an answer: its platform finds it under `reference`, we under the `digest` of its content.

    `number` counts within the session; `due` is set while the content is still to be fetched; `dated` is when it was
    first written, where it was forwarded.
    """

    __tablename__ = "evidence"
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="session.id", index=True)
    item: str
    kind: str
    reference: str
    caption: str = Field(sa_type=Text)
    number: int
    address_id: int | None = Field(default=None, foreign_key="address.id")
    name: str
    media: str
    digest: str | None = None
    size: int | None = None
    at: datetime = Field(sa_type=Instant)
    dated: datetime | None = Field(default=None, sa_type=Instant)
    due: datetime | None = Field(default=None, sa_type=Instant, index=True)
    tries: int


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
