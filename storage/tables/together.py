"""Several people in one chat: the groups that cities were given, their workshops, and the votes in them."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


class GroupRow(SQLModel, table=True):
    """A group that a coordinator has given to their city; its chat is the address's.

    `told` names the dimensions of which the group was told in this wave that they are complete.
    """

    __tablename__ = "chat_group"
    address_id: int = Field(primary_key=True, foreign_key="address.id")
    city_id: str = Field(foreign_key="city.id", index=True)
    set_by: int | None = Field(default=None, foreign_key="respondent.id")
    since: datetime = Field(sa_type=Instant)
    told: str


class WorkshopRow(SQLModel, table=True):
    """A workshop of a group (its address) in a wave; `state` is the workshop as flows knows it."""

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("address_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    number: int
    wave_id: int = Field(foreign_key="wave.id", index=True)
    state: str = Field(sa_type=Text)
    begun_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class VoteRow(SQLModel, table=True):
    """What somebody gave a statement in a round of votes, and when they gave it last; `level` is empty for don't know.

    Votes stay beside the value that was agreed on; nobody sees them before they are revealed.
    """

    __tablename__ = "vote"
    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    item: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    address_id: int = Field(primary_key=True, foreign_key="address.id")
    name: str
    level: int | None = None
    at: datetime = Field(sa_type=Instant)
