"""People mend what they wrote: edits, replies to old cards and odd messages, over the wire, polled and called."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram import pace
from storage import evidence, sessions, waves
from storage.database import Database
from storage.opening import open_database
from tests.fakes.telegram import FakeTelegram, Person
from tests.serving_telegram import TelegramServer, question
from tests.test_telegram import joined, sent


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between messages."""
    monkeypatch.setattr(pace, "CHAT_A_SECOND", 1000.0)
    monkeypatch.setattr(pace, "ALL_A_SECOND", 1000.0)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fake that delivers everything twice, and has seen nothing wrong when the test ends."""
    with FakeTelegram() as fake:
        fake.deliver_twice = True
        yield fake
        assert fake.faults == []


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    """The test's own view of the store."""
    database = open_database(store_url)
    yield database
    assert database.read(sessions.disagreements) == []
    database.close()


@pytest.fixture
def ana(telegram: FakeTelegram, store: Database, store_url: str, tmp_path: Path) -> Iterator[Person]:
    """Ana at the first question, of a server that polls, or on PostgreSQL is called."""
    server = TelegramServer(telegram, store_url, tmp_path, webhook=store_url.startswith("postgresql"))
    server.start()
    yield joined(telegram, store)
    server.stop()


def said(person: Person, text: str) -> None:
    """Waits until the bot has said this."""
    person.wait(lambda who: any(text in shown.text + shown.caption for shown in who.screen), seconds=10)


def levels(store: Database) -> list[int | None]:
    """All levels that were kept, in order."""
    return [one.response.level for one in store.read(lambda tx: waves.log(tx, "valencia-es"))]


def test_an_edited_answer_changes_and_can_be_undone(telegram: FakeTelegram, store: Database, ana: Person) -> None:
    """The number in a message is changed after the next question has come."""
    message = ana.say("2")
    ana.wait(lambda who: (new := question(who)) is not None and "2 of 25" in new.text)
    ana.edit(message, "4")
    said(ana, "Changed 1.1.1: 2 Planned → 4 Running across the city")
    assert levels(store) == [2, 4]
    ana.tap("Undo")
    said(ana, "→ 2 Planned")
    ana.edit(message, "blue")
    said(ana, "could not tell what your changed message means for 1.1.1")
    ana.edit(message, "/skip")
    said(ana, "I do not carry out /skip from a changed message")
    assert levels(store) == [2, 4, 2]
    del telegram


def test_a_caption_changes_with_its_message(store: Database, ana: Person) -> None:
    """The evidence stays, its words are new."""
    message = ana.send_document("plan.pdf", b"the plan", caption="the plann")
    said(ana, "Kept as evidence")
    ana.edit_caption(message, "the plan")
    said(ana, "The words with your evidence for 1.1.1 are changed")
    (kept,) = sent(store)
    assert isinstance(kept, evidence.Kept)
    assert (kept.caption, kept.name) == ("the plan", "plan.pdf")


def test_a_live_place_is_evidence_once_however_far_it_moves(store: Database, ana: Person) -> None:
    """Telegram tells every few seconds where somebody is: that is no flood of words."""
    message = ana.send_live_place()
    said(ana, "Kept as evidence")
    shown = len(ana.screen)
    for _ in range(20):
        ana.move_live_place(message)
    ana.say("/help")
    said(ana, "/continue")
    assert len(sent(store)) == 1
    assert len(ana.screen) == shown + 1


def test_a_level_in_reply_to_an_old_card_is_for_that_card(store: Database, ana: Person) -> None:
    """As people expect of a reply."""
    card = question(ana)
    assert card is not None
    ana.tap("3")
    ana.wait(lambda who: (new := question(who)) is not None and "2 of 25" in new.text)
    ana.say("5", replies=card.id)
    said(ana, "Changed 1.1.1: 3 Running in part → 5")
    assert levels(store) == [3, 5]


def test_what_cannot_be_read_is_answered_once(ana: Person) -> None:
    """A sticker, and a kind of message that did not exist when this was written."""
    ana.send_sticker()
    said(ana, "can only read text")
    before = len(ana.screen)
    ana.send_unknown()
    ana.wait(lambda who: len(who.screen) == before + 1)


@pytest.mark.parametrize("hostile", ["<b>&amp;", "</b> & <i>"])
def test_what_people_write_is_shown_as_they_wrote_it(store: Database, ana: Person, hostile: str) -> None:
    """A comment and a colleague's name with markup in them: escaped once, on the way out."""
    ana.say("3")
    ana.wait(lambda who: (new := question(who)) is not None and "2 of 25" in new.text)
    ana.say(f"/note 1.1.1 {hostile}")
    said(ana, "Kept as a comment")
    ana.say(f"/invite {hostile}")
    said(ana, hostile)
    ana.say("/team")
    ana.wait(lambda who: hostile in who.screen[-1].text or hostile in who.screen[-2].text)
    ana.say("/mydata")
    ana.wait(lambda who: any("1.1.1" in shown.text and hostile in shown.text for shown in who.screen))
    assert store.read(lambda tx: waves.log(tx, "valencia-es"))[-1].response.comment == hostile
