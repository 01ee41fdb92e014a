"""A group on Telegram, whole: our server against the fake, killed in a workshop while everybody taps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram import limits
from bot.commands.common import now
from bot.conversation import groups as room
from flows.session import CityFacts
from model.responses import Aspect, Source
from storage import cities, invitations, sessions, waves, workshops
from storage.database import Database, write
from storage.invitations import Invitation
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_account import Shown
from tests.fakes.telegram_group import Group, Member
from tests.serving_telegram import TelegramServer

TEN, FIVE = 10, 5


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fake that has seen nothing wrong when the test ends, and that refuses what comes too fast."""
    with FakeTelegram() as fake:
        fake.deliver_twice = fake.flood = True
        yield fake
        assert fake.faults == []


@pytest.fixture
def server(telegram: FakeTelegram, store_url: str, tmp_path: Path) -> Iterator[TelegramServer]:
    """A server that runs."""
    serving = TelegramServer(telegram, store_url, tmp_path)
    serving.start()
    yield serving
    serving.stop()


def gathered(telegram: FakeTelegram, store: Database) -> tuple[Group, list[Member]]:
    """Ten people in a group that the first of them, the coordinator, has given to Valencia."""
    city = write(store, lambda tx: cities.add(tx, CityFacts("Valencia", "ES", 800_000), now()))
    code = write(store, lambda tx: invitations.issue(tx, Invitation(city.id, "coordinator", "Eva"), now()))
    eva = telegram.person(1001, "Eva", "en")
    eva.say(f"/start {code}")
    eva.wait(lambda person: person.tap("Yes, keep my answers") and True, seconds=20)
    eva.wait(lambda person: any("1 of 25" in shown.text for shown in person.screen), seconds=20)
    group = telegram.group()
    group.bring(eva)
    people = [eva, *(telegram.person(1002 + number, f"P{number}", "en") for number in range(TEN - 1))]
    members = [group.member(person) for person in people]
    members[0].say("/here@under_test_bot")
    members[0].wait(lambda _: any("belongs to Valencia now" in shown.text for shown in group.screen), seconds=20)
    return group, members


def card(group: Group, begins: str) -> Shown:
    """The newest message of the group that has this in its first line."""
    found = [shown for shown in group.screen if begins in shown.text.splitlines()[0]]
    if not found:
        raise LookupError(begins)
    return found[-1]


def test_fifty_taps_are_ten_votes_and_a_handful_of_edits(
    telegram: FakeTelegram, store: Database, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tap is answered to its person; a kill in between loses none; the agreed value is in the log once."""
    monkeypatch.setattr(room, "WINDOW", 1)
    group, members = gathered(telegram, store)
    eva = members[0]
    eva.say("/workshop 2.2")
    eva.wait(lambda _: card(group, "2.2.1").buttons, seconds=20)
    before = len(telegram.requests)
    for level in range(FIVE):
        for member in members:
            member.tap(str(level))
        if level == 2:
            server.kill()
            server.start()
    eva.wait(lambda _: "10 votes" in card(group, "2.2.1").text, seconds=30)
    eva.wait(lambda _: all(member.toasts for member in members), seconds=20)
    edits = [method for method, _ in telegram.requests[before:] if method == "editMessageText"]
    assert len(edits) <= 8
    members[1].tap("Reveal")
    members[1].wait(lambda person: any("coordinator" in toast for toast in person.toasts), seconds=20)
    assert all(len(toast) <= limits.TOAST for member in members for toast in member.toasts)
    eva.tap("Reveal")
    eva.wait(lambda _: "All the same: 4" in card(group, "the votes").text, seconds=20)
    eva.tap("Agree on 4")
    eva.wait(lambda _: card(group, "The workshop is over"), seconds=20)
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    assert [(one.response.item, one.response.aspect, one.response.level, one.response.source) for one in log] == [
        ("2.2.1", Aspect.AS_IS, 4, Source.AGREED)
    ]
    votes = store.read(lambda tx: workshops.votes(tx, 1, "2.2.1", 1))
    assert [vote.level for vote in votes] == [4] * TEN
    assert store.read(sessions.disagreements) == []


@pytest.mark.usefixtures("server")
def test_a_group_that_throws_the_bot_out_is_let_go(telegram: FakeTelegram, store: Database) -> None:
    """What is asked afterwards is not sent; brought back, it asks for /here again."""
    group, members = gathered(telegram, store)
    group.expel(telegram.person(1002))
    group.bring(telegram.person(1002))
    members[3].say("/scores")
    members[3].wait(lambda _: card(group, "belongs to no city yet"), seconds=20)
