"""Addresses: the chats through which people are reached, and what a platform calls our bot."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from flows.session import Session
from storage import sessions
from storage.database import Transaction
from storage.sessions import Standing
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, CHANNEL, SESSION

_ADD = Statement(inserting(ADDRESS).on_conflict_do_nothing(index_elements=["channel", "chat"]))
_MOVE = Statement(update(ADDRESS).where(ADDRESS.c.id == bindparam("address")).values(session_id=bindparam("session")))
_FOLLOW = Statement(update(ADDRESS).where(ADDRESS.c.session_id == bindparam("row")).values(session_id=bindparam("to")))
_MARK = Statement(
    update(ADDRESS).where(ADDRESS.c.id == bindparam("address")).values(reachable=bindparam("can_be_reached"))
)
_NAME = Statement(select(ADDRESS.c.name).where(ADDRESS.c.id == bindparam("address")))
_PLACE = Statement(select(ADDRESS.c.channel, ADDRESS.c.chat).where(ADDRESS.c.id == bindparam("address")))
_SESSION = Statement(
    select(SESSION.c.state)
    .select_from(ADDRESS.join(SESSION, SESSION.c.id == ADDRESS.c.session_id))
    .where(ADDRESS.c.id == bindparam("address"))
)
_ROW = Statement(select(ADDRESS.c.session_id.label("row")).where(ADDRESS.c.id == bindparam("address")))
_OTHERS = Statement(select(ADDRESS.c.id).where(ADDRESS.c.session_id == bindparam("row"), ADDRESS.c.reachable))
_naming = inserting(CHANNEL)
_NAME_BOT = Statement(_naming.on_conflict_do_update(index_elements=["channel"], set_={"bot": _naming.excluded.bot}))
_BOT = Statement(select(CHANNEL.c.bot).where(CHANNEL.c.channel == bindparam("name")))


def meet(
    transaction: Transaction,
    channel: str,
    chat: str,
    now: datetime,
    *,
    name: str = "",
    language: str = "en",
    timezone: str = "",
    reachable: bool = True,
) -> Standing:
    """Who writes from this chat; a chat never heard of gets a session of its own.

    It is not `reachable` where somebody acts whom a platform lets us write to only once they have written themselves.
    """
    found = sessions.find(transaction, channel, chat)
    if found is None:
        session = sessions.begin(transaction, language, now, timezone)
        row = sessions.row_of(session)
        transaction.run(_ADD, channel=channel, chat=chat, name=name, reachable=reachable, session_id=row)
        found = sessions.find(transaction, channel, chat)
        assert found is not None
    return found


def place(transaction: Transaction, address: int) -> tuple[str, str]:
    """The channel of an address, and its chat there."""
    row = transaction.one(_PLACE, address=address)
    assert row is not None
    return str(row.channel), str(row.chat)


def session(transaction: Transaction, address: int) -> Session:
    """The session that is held at an address now."""
    row = transaction.one(_SESSION, address=address)
    assert row is not None
    return sessions.read_state(row.state)


def row(transaction: Transaction, address: int) -> int:
    """The row of the session that is held at an address now."""
    found = transaction.one(_ROW, address=address)
    assert found is not None
    return int(found.row)


def others(transaction: Transaction, row: int, but: int) -> list[int]:
    """The other addresses at which a session is held and people can be reached."""
    return [found.id for found in transaction.all(_OTHERS, row=row) if found.id != but]


def join(transaction: Transaction, address: int, row: int) -> None:
    """From now on this address speaks in the session of that row."""
    transaction.run(_MOVE, address=address, session=row)


def follow(transaction: Transaction, row: int, to: int) -> None:
    """From now on every address that speaks in one session speaks in another."""
    transaction.run(_FOLLOW, row=row, to=to)


def move(transaction: Transaction, address: int, session: Session) -> None:
    """From now on this address speaks in another session."""
    join(transaction, address, sessions.row_of(session))


def mark(transaction: Transaction, address: int, *, reachable: bool) -> None:
    """Notes that a person blocked the bot, or let it write again."""
    transaction.run(_MARK, address=address, can_be_reached=reachable)


def name(transaction: Transaction, address: int) -> str:
    """What the platform calls the person."""
    row = transaction.one(_NAME, address=address)
    return str(row.name) if row else ""


def name_bot(transaction: Transaction, channel: str, bot: str) -> None:
    """Notes what a platform calls our bot."""
    transaction.run(_NAME_BOT, channel=channel, bot=bot)


def bot_name(transaction: Transaction, channel: str) -> str | None:
    """What a platform calls our bot; None before the bot has been there."""
    row = transaction.one(_BOT, name=channel)
    return str(row.bot) if row else None
