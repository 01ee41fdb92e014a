"""`hear`: an update is heard once, and what it brought is durable, whatever fails on the way."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

import pytest

from bot import conversation
from bot.conversation import Inbound, hear
from flows.around import Around
from flows.engine import step
from flows.events import Answered, AnyEvent, Consented, Event, Left, Returned, Started, Typed
from flows.path import Way, path
from flows.prompts import Changed, Notice, Prompt
from flows.session import Session
from flows.turn import Turn
from model.instrument import Instrument
from storage import cities, inbox, sessions, waves
from storage.database import Database, UnavailableError, Work, write
from storage.sessions import Standing
from tests.conftest import Clock
from tests.people import claim, instrument, invite, meet, settle


class Town:
    """People who write to a bot; every update has a number of its own."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock, self.updates = database, clock, 0

    def inbound(self, chat: str, event: AnyEvent, session: str = "") -> Inbound:
        self.updates += 1
        return Inbound(f"bot/{self.updates}", "test", chat, event, session)

    def hear(self, *inbounds: Inbound, database: Database | None = None) -> None:
        """Hears updates at the same time."""

        async def all_of_them() -> None:
            await asyncio.gather(*(hear(database or self.database, inbound, self.clock) for inbound in inbounds))

        asyncio.run(all_of_them())

    def say(self, chat: str, *events: AnyEvent) -> None:
        """One after the other."""
        for event in events:
            self.hear(self.inbound(chat, event))

    def told(self) -> dict[str, list[Prompt]]:
        """What each chat is told, in order; afterwards nothing is owed."""
        found: dict[str, list[Prompt]] = {}
        while deliveries := claim(self.database, self.clock()):
            for delivery in deliveries:
                found.setdefault(delivery.chat, []).append(delivery.prompt)
                settle(self.database, delivery, self.clock())
        return found

    def standing(self, chat: str) -> Standing:
        return meet(self.database, self.clock(), chat)

    def come_in(self, chats: Iterable[str]) -> None:
        """Invited people of one city, who have agreed."""
        invited = list(chats)
        for chat, code in zip(invited, invite(self.database, self.clock(), len(invited)), strict=True):
            self.say(chat, Started(code), Consented(agreed=True))


@pytest.fixture
def town(database: Database, clock: Clock) -> Town:
    return Town(database, clock)


def test_an_update_delivered_twice_changes_nothing(town: Town, reopen: Callable[[], Database]) -> None:
    """Its repetition keeps no response and owes no prompt, also at the same time and after a restart."""
    town.come_in(["ana"])
    town.told()
    update = town.inbound("ana", Answered("1.1.1", "3"))
    town.hear(update, update)
    before = town.standing("ana")
    assert before.session.responses["1.1.1"].level == 3
    assert len(town.told()["ana"]) == 2
    town.database = reopen()
    town.hear(update)
    assert town.standing("ana") == before
    assert town.told() == {}


def test_a_poisoned_turn_is_parked_and_blocks_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """After three tries it is put aside and its sender told; others, and the sender's next update, are heard."""
    caplog.set_level(logging.CRITICAL, "bot.conversation")
    town.come_in(["ana", "ben"])
    town.told()
    tried: list[Event] = []

    def poisoned(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn:
        if event == Typed("poison"):
            tried.append(event)
            raise ZeroDivisionError
        return step(instrument, session, event, around)

    monkeypatch.setattr(conversation, "step", poisoned)
    poison = town.inbound("ana", Typed("poison"))
    town.hear(poison, town.inbound("ben", Answered("1.1.1", "4")))
    assert (len(tried), town.database.read(inbox.parked)) == (3, 1)
    told = town.told()
    assert told["ana"] == [Notice("broken")]
    assert town.standing("ben").session.responses["1.1.1"].level == 4
    town.hear(poison)
    town.say("ana", Answered("1.1.1", "2"))
    assert len(tried) == 3
    assert town.standing("ana").session.responses["1.1.1"].level == 2


class Failing:
    """A store that cannot be written to a few times."""

    def __init__(self, database: Database, times: int) -> None:
        self.url, self._database, self.times = database.url, database, times

    def submit(self, work: Work[Any]) -> "Future[Any]":
        if not self.times:
            return self._database.submit(work)
        self.times -= 1
        failed: Future[Any] = Future()
        failed.set_exception(UnavailableError("disk full"))
        return failed

    def read(self, work: Work[Any]) -> Any:
        return self._database.read(work)

    def close(self) -> None:
        self._database.close()


@pytest.mark.parametrize("times", [2, 5])
def test_a_store_that_cannot_be_written_for_a_while_loses_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """The turn is tried until it is kept, more often than a poisoned one, and never parked."""
    town.come_in(["ana"])
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("bot.conversation.asyncio.sleep", sleep)
    town.hear(town.inbound("ana", Answered("1.1.1", "3")), database=Failing(town.database, times))
    assert town.standing("ana").session.responses["1.1.1"].level == 3
    assert town.database.read(inbox.parked) == 0
    assert slept == [0.5, 1, 2, 4, 8][:times]


def test_of_two_chats_that_redeem_an_invitation_one_gets_in(town: Town) -> None:
    """The other is told that the invitation does not hold, and stays where it was."""
    for code in invite(town.database, town.clock(), people=5):
        pair = [f"ana {code}", f"ben {code}"]
        town.hear(*(town.inbound(chat, Started(code)) for chat in pair))
        told = town.told()
        (refused,) = [chat for chat in pair if told[chat] == [Notice("invitation_refused")]]
        assert [town.standing(chat).session.joined for chat in sorted(pair, key=lambda c: c == refused)] == [
            True,
            False,
        ]


def test_a_tap_of_another_session_changes_nothing(town: Town) -> None:
    """A button that was made for somebody else, or for a wave before this one, is an old button."""
    town.come_in(["ana", "ben"])
    town.told()
    before, other = town.standing("ana"), town.standing("ben").session.id
    town.hear(town.inbound("ana", Answered("1.1.1", "3"), other), town.inbound("ana", Answered("1.1.1", "3"), "zzz"))
    assert town.standing("ana") == before
    assert town.told() == {"ana": [Notice("old_button")] * 2}
    town.hear(town.inbound("ana", Answered("1.1.1", "3"), before.session.id))
    assert town.standing("ana").session.responses["1.1.1"].level == 3


def test_thirty_two_people_answer_at_once(town: Town) -> None:
    """Everyone ends with the answers they gave, each response once in the log, and row and log agree."""
    keys = [key for key in path(instrument(), Way("short")) if not key.endswith("+")][:10]
    chats = [str(number) for number in range(32)]
    codes = invite(town.database, town.clock(), len(chats))

    async def answer(number: int) -> None:
        events: list[AnyEvent] = [Started(codes[number]), Consented(agreed=True)]
        events += [Answered(key, str((number + place) % 6)) for place, key in enumerate(keys)]
        for event in events:
            await hear(town.database, town.inbound(chats[number], event), town.clock)

    async def everybody() -> None:
        await asyncio.gather(*(answer(number) for number in range(32)))

    asyncio.run(everybody())
    for number, chat in enumerate(chats):
        said = town.standing(chat).session.responses
        assert {key: said[key].level for key in keys} == {key: (number + n) % 6 for n, key in enumerate(keys)}
    assert town.database.read(sessions.disagreements) == []
    (city,) = {town.standing(chat).city for chat in chats}
    assert len(town.database.read(lambda tx: waves.log(tx, city))) == 320


def test_quick_taps_of_one_person_are_all_heard(town: Town) -> None:
    """Eight changes of mind at once: eight responses in the log, the last one counts, and one change is said aloud."""
    town.come_in(["ana"])
    town.hear(*(town.inbound("ana", Answered("1.1.1", value)) for value in [*"012345", "dont_know", "declined"]))
    assert town.database.read(sessions.disagreements) == []
    log = town.database.read(lambda tx: waves.log(tx, town.standing("ana").city))
    assert (len(log), sum(entry.current for entry in log)) == (8, 1)
    assert [type(prompt) for prompt in town.told()["ana"]].count(Changed) == 1


def test_a_newcomer_founds_a_city(town: Town) -> None:
    """Typing its facts makes the city, its first wave and its coordinator."""
    town.say("ana", Started(), Consented(agreed=True), Typed("Valencia"), Typed("Spain"), Typed("800k"))
    standing = town.standing("ana")
    assert (standing.city, standing.version, standing.session.role) == ("valencia-es", "2026.1", "coordinator")
    assert [city.population for city in town.database.read(cities.every)] == [800_000]


def test_who_leaves_and_returns_is_marked_and_told_nothing(town: Town) -> None:
    """Blocking and unblocking say nothing; the conversation goes on where it stopped."""
    town.come_in(["ana"])
    town.told()
    town.say("ana", Left(), Returned())
    assert town.told() == {}


@pytest.mark.parametrize("text", ["no\0sea", "no \ud83d sea"])
def test_text_that_no_store_can_hold_is_heard_like_any_other(town: Town, text: str) -> None:
    """A zero byte or half a character in a reason does not break the conversation."""
    town.come_in(["ana"])
    town.say("ana", Answered("1.1.1", "not_applicable"), Typed(text))
    assert town.database.read(inbox.parked) == 0
    assert town.standing("ana").session.reason_for == ""


def test_a_closed_wave_keeps_nothing(town: Town) -> None:
    """An answer after the close is told so and not kept."""
    town.come_in(["ana"])
    wave = town.database.read(waves.still_open)[0]
    write(town.database, lambda tx: waves.close_wave(tx, wave.id, town.clock()))
    town.told()
    town.say("ana", Answered("1.1.1", "3"))
    assert town.told() == {"ana": [Notice("closed")]}
    assert town.database.read(lambda tx: waves.log(tx, wave.city_id)) == []
