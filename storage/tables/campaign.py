"""What goes on around the conversation: invitations, requests, what is handed on, meetings, remarks."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


class InvitationRow(SQLModel, table=True):
    """A single-use invitation, to a city or to the programme; only the digest of its code is kept."""

    __tablename__ = "invitation"
    id: int | None = Field(default=None, primary_key=True)
    code_digest: str = Field(unique=True)
    city_id: str | None = Field(default=None, foreign_key="city.id", index=True)
    name: str
    role: str
    department: str | None = None
    language: str | None = None
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    used_by: int | None = Field(default=None, foreign_key="address.id")


class GuessRow(SQLModel, table=True):
    """A code that led nowhere, so that guessing is slowed down."""

    __tablename__ = "guess"
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", index=True)
    at: datetime = Field(sa_type=Instant)


class LinkRow(SQLModel, table=True):
    """A short-lived code that joins another chat to a session; only its digest is kept."""

    __tablename__ = "link"
    code_digest: str = Field(primary_key=True)
    session_id: int = Field(foreign_key="session.id")
    expires_at: datetime = Field(sa_type=Instant)
    used_by: int | None = Field(default=None, foreign_key="address.id")


class RequestRow(SQLModel, table=True):
    """Somebody's wish that their city may take part; `accepted` is empty until the programme has decided."""

    __tablename__ = "request"
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", index=True)
    city: str
    country: str
    population: int
    name: str
    position: str
    email: str
    at: datetime = Field(sa_type=Instant)
    accepted: bool | None = None
    decided_by: str | None = None


class HandingRow(SQLModel, table=True):
    """Statements that one respondent hands on to another; `state` is offered, accepted or refused."""

    __tablename__ = "handing"
    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", index=True)
    items: str = Field(sa_type=Text)
    giver_id: int = Field(foreign_key="respondent.id")
    taker_id: int = Field(foreign_key="respondent.id")
    note: str = Field(sa_type=Text)
    state: str
    at: datetime = Field(sa_type=Instant)


class SlotRow(SQLModel, table=True):
    """A time at which an expert holds a meeting, and the city that booked it. `sequence` counts what changed.

    `offered_to` is the only city that may book it, where it is not for any.
    One that was withdrawn stays, so that an old button never means another time.
    """

    __tablename__ = "slot"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    starts_at: datetime = Field(sa_type=Instant, index=True)
    minutes: int
    link: str
    expert: str
    city_id: str | None = Field(default=None, foreign_key="city.id", index=True)
    booked_by: int | None = Field(default=None, foreign_key="respondent.id")
    uid: str
    sequence: int
    changed_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    offered_to: str | None = Field(default=None, foreign_key="city.id")


class RemarkRow(SQLModel, table=True):
    """A challenge, a success or an expert's conclusion, in the person's words; appended, the last one counts."""

    __tablename__ = "remark"
    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", index=True)
    respondent_id: int = Field(foreign_key="respondent.id")
    item: str
    kind: str
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)


class PriorityRow(SQLModel, table=True):
    """How much a capability or indicator matters (1-3) and costs (1-3) to its city; appended, the last one counts."""

    __tablename__ = "priority"
    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", index=True)
    item: str
    importance: int | None = None
    effort: int | None = None
    at: datetime = Field(sa_type=Instant)
