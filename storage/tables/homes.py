"""What platforms show of a person beside the conversation."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.instant import Instant


class HomeRow(SQLModel, table=True):
    """The home of an address that has opened it, how it looked last (a digest), and what it knew of by then."""

    __tablename__ = "home"
    address_id: int = Field(primary_key=True, foreign_key="address.id")
    look: str
    published_at: datetime = Field(sa_type=Instant, index=True)
