"""Homes: which addresses have opened theirs, how it looked last, and whose has something new to show."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import and_, bindparam, or_, select

from flows.session import key_of
from model.responses import Aspect, NonResponse
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, HANDING, HOME, RESPONDENT, RESPONSE, SESSION, WAVE

REST = timedelta(seconds=20)
"""A home is looked at again after so long: it follows what happens, not every turn of a busy team."""
OVERLAP = timedelta(seconds=5)
"""What was not committed yet when a home was read is seen the next time."""
MOST = 50
"""Homes at once: those that are left come with the next look, and the oldest first."""


class Home(msgspec.Struct, frozen=True):
    """The home of an address, and how it looks now."""

    address: int
    chat: str
    look: str


_showing = inserting(HOME, leave_out="")
_SHOW = Statement(
    _showing.on_conflict_do_update(
        index_elements=["address_id"],
        set_={"look": _showing.excluded.look, "published_at": _showing.excluded.published_at},
    )
)
_ADDRESS = Statement(
    select(ADDRESS.c.id).where(ADDRESS.c.channel == bindparam("channel"), ADDRESS.c.chat == bindparam("chat"))
)
_other = SESSION.alias()
_of_the_team = (
    select(_other.c.id).where(_other.c.wave_id == SESSION.c.wave_id, _other.c.updated_at > HOME.c.published_at).exists()
)
_offered = (
    select(HANDING.c.id)
    .where(
        HANDING.c.wave_id == SESSION.c.wave_id,
        HANDING.c.taker_id == SESSION.c.respondent_id,
        HANDING.c.at > HOME.c.published_at,
    )
    .exists()
)
_DUE = Statement(
    select(HOME.c.address_id, ADDRESS.c.chat, HOME.c.look)
    .select_from(
        HOME.join(ADDRESS, ADDRESS.c.id == HOME.c.address_id)
        .join(SESSION, SESSION.c.id == ADDRESS.c.session_id)
        .outerjoin(WAVE, WAVE.c.id == SESSION.c.wave_id)
        .outerjoin(RESPONDENT, RESPONDENT.c.id == SESSION.c.respondent_id)
    )
    .where(
        HOME.c.published_at <= bindparam("before"),
        ADDRESS.c.channel == bindparam("channel"),
        ADDRESS.c.reachable,
        or_(
            SESSION.c.updated_at > HOME.c.published_at,
            WAVE.c.closed_at > HOME.c.published_at,
            _offered,
            and_(RESPONDENT.c.role == "coordinator", _of_the_team),
        ),
    )
    .order_by(HOME.c.published_at)
    .limit(MOST)
)
_LOG = Statement(
    select(RESPONSE.c.item, RESPONSE.c.aspect, RESPONSE.c.level, RESPONSE.c.non_response)
    .where(RESPONSE.c.session_id == bindparam("row"))
    .order_by(RESPONSE.c.id)
)


def show(transaction: Transaction, channel: str, chat: str, look: str, now: datetime) -> bool:
    """Notes how a home looks that was read at `now` and published; False for a chat that was never heard of."""
    found = transaction.one(_ADDRESS, channel=channel, chat=chat)
    if found is None:
        return False
    transaction.run(_SHOW, address_id=found.id, look=look, published_at=now - OVERLAP)
    return True


def due(transaction: Transaction, channel: str, now: datetime) -> list[Home]:
    """The homes in which something may have changed since they were read, the one that has waited longest first.

    Their own session did, or the wave was closed, or something was handed on to them; for a coordinator, any session
    of the wave.
    """
    return [Home(*row) for row in transaction.all(_DUE, channel=channel, before=now - REST)]


def changed(transaction: Transaction, row: int) -> Mapping[str, str]:
    """What counted before the present answer in a session, by key, where another one did: as buttons carry it."""
    now: dict[str, str] = {}
    before: dict[str, str] = {}
    for said in transaction.all(_LOG, row=row):
        if said.non_response == NonResponse.HANDED_ON:
            continue
        key, value = key_of(said.item, Aspect(said.aspect)), said.non_response or str(said.level)
        if key in now and now[key] != value:
            before[key] = now[key]
        now[key] = value
    return before
