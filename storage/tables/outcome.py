"""What follows from results: what a city was shown, whom it may meet, what it does next, and sheets on their way in."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


class ShownRow(SQLModel, table=True):
    """A peer group that a city was shown: what is told later must not single out one of its members.

    Who they were is told by the snapshot of that date, which is never changed. `codes` are those of which a number was
    told, as a JSON list.
    """

    __tablename__ = "shown"
    __table_args__ = (
        UniqueConstraint("city_id", "instrument", "version", "form", "taken_on", "cut", "peer_group", "codes"),
    )
    id: int | None = Field(default=None, primary_key=True)
    city_id: str = Field(foreign_key="city.id")
    instrument: str
    version: str
    form: str
    taken_on: date
    cut: str
    peer_group: str
    codes: str = Field(sa_type=Text)
    told_on: date


class PartnerRow(SQLModel, table=True):
    """A city that may be found by name in the partner search, and how it wants to be reached.

    `scores` are those of its capabilities (0-100, by code, as JSON) in the closed wave `wave_id`: a search computes
    nobody's anew. Without a closed wave they are empty.
    """

    __tablename__ = "partner"
    city_id: str = Field(primary_key=True, foreign_key="city.id")
    contact: str = Field(sa_type=Text)
    wave_id: int | None = Field(default=None, foreign_key="wave.id")
    scores: str = Field(sa_type=Text)
    since: datetime = Field(sa_type=Instant)


class IntroductionRow(SQLModel, table=True):
    """Two cities that were introduced to each other because of one capability; `respondent_id` asked for it."""

    __tablename__ = "introduction"
    __table_args__ = (UniqueConstraint("city_id", "partner_id", "item"),)
    id: int | None = Field(default=None, primary_key=True)
    city_id: str = Field(foreign_key="city.id", index=True)
    partner_id: str = Field(foreign_key="city.id")
    item: str
    respondent_id: int | None = Field(default=None, foreign_key="respondent.id")
    at: datetime = Field(sa_type=Instant)


class ActionRow(SQLModel, table=True):
    """What a city does about a statement: who leads, by when, what has become of it; appended, the last one counts."""

    __tablename__ = "action"
    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", index=True)
    item: str
    owner: str
    due: date | None = None
    state: str
    note: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)


class SheetRow(SQLModel, table=True):
    """A workbook that somebody sent back; `state` is coming, waiting, taken or left.

    While it is coming `content` is the file as its platform told of it, then what was read in it, both as JSON;
    `reference` is where it lies at its platform, `due` set while it is still to be fetched; `digest` is that of the
    file, "" until then.
    """

    __tablename__ = "sheet"
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="session.id", index=True)
    address_id: int | None = Field(default=None, foreign_key="address.id")
    reference: str
    digest: str
    content: str = Field(sa_type=Text)
    state: str
    at: datetime = Field(sa_type=Instant)
    due: datetime | None = Field(default=None, sa_type=Instant, index=True)
    tries: int
