"""A group becomes a supergroup: its address, what is owed there and its cards move along, once, and nothing is lost."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from bot.commands.common import now
from bot.conversation import Inbound, hear
from bot.messages import Message, Outcome, Renamed, Sent
from bot.relay import Relay
from flows.events.arrivals import Migrated
from flows.prompts import Notice
from flows.prompts.questions import Ask
from storage import addresses, cards, moves, outbox
from storage.database import Database, write
from storage.opening import open_database
from storage.outbox import Delivery
from storage.statements import Statement
from storage.tables import ADDRESS, OUTBOX
from tests.conftest import Clock
from tests.fakes.telegram import FakeTelegram
from tests.people import claim, meet, owe, settle
from tests.serving_telegram import TelegramServer

OLD, NEW = "-7", "-1007"
CARD = Ask("1.1.1", 1, 25)


def chats(database: Database) -> dict[str, int]:
    """Every chat and its address."""
    return {
        row.chat: row.id for row in database.read(lambda tx: tx.all(Statement(select(ADDRESS.c.chat, ADDRESS.c.id))))
    }


def move(database: Database) -> None:
    """What either message of Telegram comes to."""
    write(database, lambda tx: moves.move(tx, "test", OLD, NEW))


def test_an_address_takes_its_new_id_and_keeps_what_is_owed(database: Database, clock: Clock) -> None:
    """The same session, the same line of prompts; said twice it changes nothing."""
    group = meet(database, clock(), OLD)
    owe(database, group, clock(), Notice("broken"), Notice("closed"))
    for _ in range(2):
        move(database)
        assert chats(database) == {NEW: group.address}
    assert meet(database, clock(), NEW).session == group.session
    (first,) = claim(database, clock())
    assert (first.chat, first.prompt) == (NEW, Notice("broken"))


def test_a_card_is_sent_anew_where_messages_are_numbered_anew(database: Database, clock: Clock) -> None:
    """An old number might be somebody else's message there, or another one of ours."""
    group = meet(database, clock(), OLD)
    owe(database, group, clock(), CARD)
    (shown,) = claim(database, clock())
    write(database, lambda tx: cards.show(tx, shown, "55", "look"))
    settle(database, shown, clock())
    owe(database, group, clock(), msgspec.structs.replace(CARD, current="3"))
    move(database)
    (again,) = claim(database, clock())
    assert (again.message, again.look) == (None, None)


def test_what_is_said_there_for_somebody_else_moves_too(database: Database, clock: Clock) -> None:
    """A report that somebody asked for in the group is said where the group is now."""
    ana = meet(database, clock(), "5")
    write(
        database,
        lambda tx: outbox.owe(tx, ana.address, ana.session, [Notice("broken")], clock(), place=OLD),
    )
    move(database)
    (delivery,) = claim(database, clock())
    assert delivery.chat == NEW


def test_what_was_heard_under_the_new_id_first_gives_way(database: Database, clock: Clock) -> None:
    """In whatever order Telegram tells: the group's own address is the one that stays, and nothing is lost."""
    group, early = meet(database, clock(), OLD), meet(database, clock(), NEW)
    owe(database, early, clock(), Notice("closed"))
    for _ in range(2):
        move(database)
        found = chats(database)
        assert found[NEW] == group.address
        assert len(found) == 2
    (delivery,) = claim(database, clock())
    assert (delivery.address, delivery.chat, delivery.prompt) == (group.address, NEW, Notice("closed"))
    assert database.read(lambda tx: addresses.others(tx, early.row, but=0)) == []


@pytest.mark.parametrize("first", [OLD, NEW])
def test_both_messages_in_either_order_move_it_once(database: Database, clock: Clock, first: str) -> None:
    """The old group and the new one tell; each of them twice."""
    group = meet(database, clock(), OLD)
    order = ["1", "2"] if first == OLD else ["2", "1"]
    for update in [*order, *order]:
        asyncio.run(hear(database, Inbound(update, "test", OLD, Migrated(NEW)), clock))
    assert chats(database) == {NEW: group.address}


def test_a_chat_nobody_knows_moves_without_a_trace(database: Database, clock: Clock) -> None:
    """No address is made for a group that never was one."""
    asyncio.run(hear(database, Inbound("1", "test", OLD, Migrated(NEW)), clock))
    assert chats(database) == {}


def test_a_refusal_that_names_the_new_id_moves_the_chat(database: Database, clock: Clock) -> None:
    """Nothing was heard of it before: what was being sent arrives there, a moment later, and once."""
    group = meet(database, clock(), OLD)
    owe(database, group, clock(), Notice("broken"), Notice("closed"))
    said: list[str] = []

    class Channel:
        name = "test"

        async def send(self, chat: str, message: Message, replaces: str | None) -> Outcome:
            del message, replaces
            said.append(chat)
            return Renamed(NEW) if chat == OLD else Sent("1")

    async def word(delivery: Delivery) -> Message:
        return Message(body=type(delivery.prompt).__name__)

    for _ in range(3):
        asyncio.run(Relay(database, Channel(), word, clock).drain())
        clock.at += timedelta(seconds=5)
    assert said == [OLD, NEW, NEW]
    assert database.read(lambda tx: tx.one(Statement(select(OUTBOX.c.id)))) is None


@pytest.mark.parametrize("webhook", [False, True])
def test_telegrams_own_messages_move_a_group(
    telegram: FakeTelegram, store_url: str, tmp_path: Path, *, webhook: bool
) -> None:
    """From the wire to the store, polled or called."""
    database = open_database(store_url)
    group = write(database, lambda tx: addresses.meet(tx, "telegram", OLD, now()))
    server = TelegramServer(telegram, store_url, tmp_path, webhook=webhook)
    server.start()
    sender = {"id": 5, "is_bot": False, "first_name": "Ana"}
    head: dict[str, Any] = {"message_id": 3, "date": 1, "from": sender}
    for chat, moved in ((int(NEW), {"migrate_from_chat_id": int(OLD)}), (int(OLD), {"migrate_to_chat_id": int(NEW)})):
        place = {"id": chat, "type": "supergroup" if chat == int(NEW) else "group", "title": "City hall"}
        telegram.account.updates.push("message", head | {"chat": place} | moved)
    telegram.person().wait(lambda _: not telegram.updates_pending, seconds=10)
    server.stop()
    assert chats(database) == {NEW: group.address}
    database.close()
