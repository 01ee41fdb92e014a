"""Sessions: one row read and one written a turn, with the responses appended to the log beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from flows.session import Session, key_of
from model.responses import Aspect, Certainty, NonResponse, Response, Source
from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, RESPONDENT, RESPONSE, SESSION, WAVE


class Standing(msgspec.Struct, frozen=True):
    """Who speaks, and the session as it stands. `instrument` and `version` are empty while there is no wave.

    `elsewhere` is whether they have another chat too.
    """

    address: int
    row: int
    session: Session
    respondent: int | None = None
    city: str = ""
    instrument: str = ""
    version: str = ""
    wave: int | None = None
    closes: datetime | None = None
    reachable: bool = True
    elsewhere: bool = False


RESPONSE_COLUMNS = tuple(
    RESPONSE.c[name] for name in ("item", "aspect", "level", "non_response", "year", "source", "certainty", "comment")
)
"""What `read_response` makes a response of, in this order."""

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_STATE = msgspec.json.Decoder(Session)
_STATES = msgspec.json.Encoder()

_twin = ADDRESS.alias()
_standing = (
    select(
        ADDRESS.c.id.label("address"),
        ADDRESS.c.reachable,
        SESSION.c.id.label("row"),
        SESSION.c.state,
        SESSION.c.respondent_id.label("respondent"),
        WAVE.c.city_id.label("city"),
        WAVE.c.instrument,
        WAVE.c.version,
        WAVE.c.closed_at,
        WAVE.c.id.label("wave"),
        WAVE.c.closes_at.label("closes"),
        select(_twin.c.id)
        .where(_twin.c.session_id == ADDRESS.c.session_id, _twin.c.id != ADDRESS.c.id)
        .exists()
        .label("elsewhere"),
    )
    .select_from(ADDRESS.join(SESSION, SESSION.c.id == ADDRESS.c.session_id).outerjoin(WAVE))
    .where(ADDRESS.c.channel == bindparam("channel"), ADDRESS.c.chat == bindparam("chat"))
)
# PostgreSQL: one turn at a time for one person, whichever channel. SQLite has one writer and leaves this out.
# Not the keys: the relay, which notes where a card of this address stands, need not wait for the turn.
_FIND = Statement(_standing.with_for_update(of=(ADDRESS, SESSION), key_share=True))
_LOOK = Statement(_standing)
_BEGIN = Statement(inserting(SESSION, returning=(SESSION.c.id,)))
_KEEP = Statement(
    update(SESSION)
    .where(SESSION.c.id == bindparam("row"))
    .values(state=bindparam("new_state"), updated_at=bindparam("now"))
)
_ASSIGN = Statement(
    update(SESSION)
    .where(SESSION.c.id == bindparam("row"))
    .values(respondent_id=bindparam("respondent"), wave_id=bindparam("wave"))
)
_APPOINT = Statement(
    update(RESPONDENT).where(RESPONDENT.c.id == bindparam("respondent")).values(role=bindparam("new_role"))
)
_PLACE = Statement(
    update(RESPONDENT).where(RESPONDENT.c.id == bindparam("respondent")).values(timezone=bindparam("new_zone"))
)
_APPEND = Statement(inserting(RESPONSE))
_FORGET = Statement(
    update(RESPONSE)
    .where(RESPONSE.c.session_id == bindparam("row"), RESPONSE.c.item == bindparam("of"))
    .values(comment="")
)
_JOIN = Statement(inserting(RESPONDENT, returning=(RESPONDENT.c.id,)))
_EVERY = Statement(select(SESSION.c.id, SESSION.c.state).order_by(SESSION.c.id))
_LOG = Statement(select(RESPONSE.c.session_id, *RESPONSE_COLUMNS).order_by(RESPONSE.c.id))


def find(transaction: Transaction, channel: str, chat: str) -> Standing | None:
    """Who writes from this chat, with their session; None for a chat never heard of."""
    return _read_standing(transaction.one(_FIND, channel=channel, chat=chat))


def look(transaction: Transaction, channel: str, chat: str) -> Standing | None:
    """The same for whoever only reads: it waits for no turn, and no turn for it."""
    return _read_standing(transaction.one(_LOOK, channel=channel, chat=chat))


def _read_standing(row: Any | None) -> Standing | None:
    if row is None:
        return None
    session = _STATE.decode(row.state)
    if row.wave is not None and session.open != (row.closed_at is None):
        session = msgspec.structs.replace(session, open=row.closed_at is None)
    return Standing(
        row.address,
        row.row,
        session,
        row.respondent,
        row.city or "",
        row.instrument or "",
        row.version or "",
        row.wave,
        row.closes,
        row.reachable,
        bool(row.elsewhere),
    )


def begin(transaction: Transaction, language: str, now: datetime, timezone: str = "") -> Session:
    """A new session that belongs to no city yet; `timezone` (IANA) where the platform tells it."""
    row = transaction.one(_BEGIN, respondent_id=None, wave_id=None, state="{}", updated_at=now)
    assert row is not None
    session = Session(id=_short(row.id), year=now.year, language=language, timezone=timezone, placed=bool(timezone))
    _keep_state(transaction, row.id, session, now)
    return session


def row_of(session: Session) -> int:
    """The row of a session, from the id its buttons carry."""
    return int(session.id, 36)


def keep(transaction: Transaction, standing: Standing, session: Session, now: datetime) -> None:
    """Keeps a session as it is after a turn; what is unchanged is not written."""
    if session != standing.session:
        _keep_state(transaction, standing.row, session, now)


def append(transaction: Transaction, row: int, response: Response, now: datetime) -> None:
    """Appends a response to the log of a session."""
    transaction.run(
        _APPEND,
        session_id=row,
        item=response.item,
        aspect=response.aspect.value,
        level=response.level,
        non_response=response.non_response.value if response.non_response else None,
        year=response.year,
        source=response.source.value,
        certainty=response.certainty.value if response.certainty else None,
        comment=response.comment,
        at=now,
    )


def forget_comment(transaction: Transaction, row: int, item: str) -> None:
    """Takes somebody's comment on an item out of the log: words one wants gone are gone, the answer stays."""
    transaction.run(_FORGET, row=row, of=item)


def join(
    transaction: Transaction, city: str | None, name: str, role: str, department: str | None, now: datetime
) -> int:
    """A new respondent of a city, or of the programme."""
    row = transaction.one(
        _JOIN, city_id=city, name=name, role=role, department=department, timezone=None, created_at=now
    )
    assert row is not None
    return int(row.id)


def assign(transaction: Transaction, row: int, respondent: int, wave: int | None) -> None:
    """From now on this session is that respondent's in that wave; those of the programme are in none."""
    transaction.run(_ASSIGN, row=row, respondent=respondent, wave=wave)


def appoint(transaction: Transaction, respondent: int, role: str) -> None:
    """From now on a respondent has this role in their city."""
    transaction.run(_APPOINT, respondent=respondent, new_role=role)


def place(transaction: Transaction, respondent: int, timezone: str) -> None:
    """Notes where a respondent lives."""
    transaction.run(_PLACE, respondent=respondent, new_zone=timezone)


def disagreements(transaction: Transaction) -> list[int]:
    """The sessions whose row does not hold just the responses that count by the log: none, unless there is a bug."""
    counting: dict[int, dict[str, Response]] = {}
    for session, *columns in transaction.all(_LOG):
        response = read_response(columns)
        if response.source is Source.RESPONDENT:
            counting.setdefault(session, {})[key_of(response.item, response.aspect)] = response
    return [row for row, state in transaction.all(_EVERY) if read_state(state).responses != counting.get(row, {})]


def read_state(state: str) -> Session:
    """A session from its row's text."""
    return _STATE.decode(state)


def read_response(columns: Sequence[Any]) -> Response:
    """A response from `RESPONSE_COLUMNS`."""
    item, aspect, level, non_response, year, source, certainty, comment = columns
    return Response(
        item,
        Aspect(aspect),
        level=level,
        non_response=NonResponse(non_response) if non_response else None,
        year=year,
        source=Source(source),
        certainty=Certainty(certainty) if certainty else None,
        comment=comment,
    )


def _keep_state(transaction: Transaction, row: int, session: Session, now: datetime) -> None:
    transaction.run(_KEEP, row=row, new_state=_STATES.encode(session).decode(), now=now)


def _short(number: int) -> str:
    """A row's number in base 36, as buttons carry it."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
    return digits
