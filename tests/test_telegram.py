"""Telegram, whole: our server and python-telegram-bot against a strict fake of the Bot API, killed and flooded."""

import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.channels.telegram import pace
from bot.commands.common import now
from bot.reports import results
from flows.session import CityFacts, Role
from model.responses import Aspect
from storage import cities, evidence, invitations, sessions, waves
from storage.database import Database, write
from storage.invitations import Invitation
from tests.fakes.telegram import FakeTelegram, Person
from tests.serving_telegram import TelegramServer, labels, question


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between messages, but where a test is about it."""
    monkeypatch.setattr(pace, "CHAT_A_SECOND", 1000.0)
    monkeypatch.setattr(pace, "ALL_A_SECOND", 1000.0)


@pytest.fixture
def server(telegram: FakeTelegram, store_url: str, tmp_path: Path) -> Iterator[TelegramServer]:
    """A server that runs."""
    serving = TelegramServer(telegram, store_url, tmp_path)
    serving.start()
    yield serving
    serving.stop()


def invited(store: Database, role: Role = "coordinator") -> str:
    """The code of an invitation to Valencia."""
    city = write(store, lambda tx: cities.add(tx, CityFacts("Valencia", "ES", 800_000), now()))
    return write(store, lambda tx: invitations.issue(tx, Invitation(city.id, role, "Ana"), now()))


def joined(telegram: FakeTelegram, store: Database) -> Person:
    """Ana, at the first question."""
    ana = telegram.person(1001, "Ana", "en")
    ana.say(f"/start {invited(store)}")
    ana.wait(lambda person: person.tap("Yes, keep my answers") and True, seconds=10)
    ana.wait(lambda person: question(person) is not None)
    return ana


def answer(person: Person, chance: random.Random) -> tuple[str, str] | None:
    """Taps an answer to what is asked; the question's title and the label tapped, None at the end."""
    asked = question(person)
    if ended(person) or asked is None:
        return None
    title = asked.text.splitlines()[0]
    choices = [label for label in labels(asked) if label[0].isdigit()]
    label = chance.choice(choices)
    person.tap_old(asked.id, label)
    person.wait(lambda who: ended(who) or ((new := question(who)) is not None and new.text != asked.text), seconds=20)
    return title, label


def ended(person: Person) -> bool:
    """Whether the bot has said thanks."""
    return any(shown.text.startswith("Thank you") for shown in person.screen)


def test_a_whole_survey_survives_being_killed_between_answers(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """All statements and goals, killed again and again, every update twice: the log holds just what was tapped."""
    chance = random.Random(7)
    telegram.deliver_twice = True
    ana = joined(telegram, store)
    tapped: list[tuple[str, str]] = []
    while (said := answer(ana, chance)) is not None:
        tapped.append(said)
        if len(tapped) % 10 == 0:
            server.kill()
            server.start()
    ana.wait(lambda person: person.tap("Close it now") and True, seconds=10)
    ana.wait(lambda person: any(shown.photo for shown in person.screen), seconds=60)
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    as_is = [one.response for one in log if one.response.aspect is Aspect.AS_IS]
    said_levels = [int(label[0]) for title, label in tapped if "of 25" in title]
    assert [response.level for response in as_is] == said_levels
    assert len(said_levels) == 25
    goals = [one.response for one in log if one.response.aspect is Aspect.TARGET and one.current]
    years = [int(label) for _, label in tapped if label.startswith("20")]
    assert [goal.year for goal in goals] == years
    assert len(goals) == 25
    assert store.read(sessions.disagreements) == []
    city = store.read(lambda tx: cities.find(tx, "valencia-es"))[0]
    result = store.read(lambda tx: results.of_city(tx, city, now().date()))
    assert result is not None
    assert result.scorecard.overall.score == pytest.approx(sum(said_levels) / 25 * 20)
    picture = next(shown for shown in ana.screen if shown.photo)
    assert f"Governance: {sum(said_levels[:5]) / 5 * 20:.0f} / " in picture.caption


def test_a_finished_card_stays_as_a_summary_and_can_be_changed(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """One card a capability is edited in place; a tap on an old button changes the answer, with Undo."""
    ana = joined(telegram, store)
    card = question(ana)
    assert card is not None
    ana.tap("2 Planned")
    ana.wait(lambda person: any(s.id == card.id and s.text.startswith("✓") and s.edits == 1 for s in person.screen))
    ana.tap_old(card.id, "4 Running across the city")
    ana.wait(lambda person: person.tap("Undo") and True)
    ana.wait(lambda person: any("→ 2 Planned" in shown.text for shown in person.screen))
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    assert [one.response.level for one in log] == [2, 4, 2]
    assert [one.current for one in log] == [False, False, True]
    ana.wait(lambda person: not person.spinning)
    del server


def test_typed_answers_photos_and_stickers_are_never_met_with_silence(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """A number, a phrase and a word are answers; a photo is evidence; a sticker is asked again."""
    ana = joined(telegram, store)
    for text, kept in (("4", 4), ("we are piloting it", 3), ("pilot", 3)):
        before = question(ana)
        assert before is not None
        ana.say(text)
        was = before.text
        ana.wait(lambda person: (asked := question(person)) is not None and asked.text != was)  # noqa: B023  # waited for
        assert store.read(lambda tx: waves.log(tx, "valencia-es"))[-1].response.level == kept
    ana.send_photo(caption="the plan")
    ana.wait(lambda person: any("Kept as evidence" in shown.text for shown in person.screen))
    ana.send_sticker()
    ana.wait(lambda person: any("can only read text" in shown.text for shown in person.screen))
    del server


def test_floods_drops_and_refusals_lose_nothing(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """While Telegram throttles, drops and fails, the conversation only takes longer."""
    ana = joined(telegram, store)
    telegram.refuse("sendMessage", status=429, retry_after=1, times=2)
    telegram.refuse("editMessageText", status=500, times=1)
    telegram.drop("getUpdates", times=2, after=True)
    telegram.drop("editMessageText", times=1, after=True)
    chance = random.Random(3)
    for _ in range(4):
        assert answer(ana, chance)
    assert len(store.read(lambda tx: waves.log(tx, "valencia-es"))) == 4
    del server


def test_somebody_who_blocks_the_bot_is_not_written_to(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """Blocked: nothing is sent any more. Back: the survey goes on where it stopped."""
    ana = joined(telegram, store)
    ana.block()
    ana.unblock()
    ana.say("/continue")
    ana.wait(lambda person: any("This is where you stopped" in shown.text for shown in person.screen))
    del server


def test_the_complete_model_comes_as_a_document(telegram: FakeTelegram, server: TelegramServer) -> None:
    """Anybody who writes gets it, in the language of their client, before agreeing to anything."""
    del server
    bo = telegram.person(7, "Bo", "es")
    bo.say("/model")
    bo.wait(lambda person: any(shown.document for shown in person.screen), seconds=20)
    (paper,) = (shown for shown in bo.screen if shown.document)
    assert paper.document == "smart-city-2026.1-es.pdf"
    assert paper.content.startswith(b"%PDF-1.7")
    assert "225" in paper.caption


def test_files_are_fetched_for_the_statement_they_are_about(
    telegram: FakeTelegram, store: Database, server: TelegramServer, tmp_path: Path
) -> None:
    """Fetched although Telegram fails at first; a reply to a card is for that card's statement."""
    telegram.refuse("getFile", status=502)
    ana = joined(telegram, store)
    card = question(ana)
    assert card is not None
    ana.tap("3")
    ana.wait(lambda person: any(shown.text.startswith("1.2") for shown in person.screen))
    ana.send_document("plan.pdf", b"the plan", replies=card.id)
    ana.wait(lambda person: any("Kept as evidence for 1.1.1" in shown.text for shown in person.screen))
    ana.wait(lambda _: sent(store)[0].digest is not None, seconds=15)
    (kept,) = sent(store)
    assert kept.digest == sha256(b"the plan").hexdigest()
    assert (kept.item, kept.name, kept.size) == ("1.1.1", "plan.pdf", 8)
    assert (tmp_path / "evidence" / kept.digest[:2] / kept.digest).read_bytes() == b"the plan"
    del server


def test_a_file_that_telegram_does_not_hand_out_is_left_there_and_said(
    telegram: FakeTelegram, store: Database, server: TelegramServer
) -> None:
    """It counts all the same, and Ana knows not to delete it."""
    telegram.refuse("getFile", status=400, description="Bad Request: file is too big")
    ana = joined(telegram, store)
    ana.send_document("film.mp4", b"long")
    ana.wait(lambda person: any("I could not copy your file" in shown.text for shown in person.screen))
    assert [(one.digest, one.due) for one in sent(store)] == [(None, None)]
    del server


def sent(store: Database) -> list[evidence.Kept]:
    """All evidence of Valencia."""
    wave = store.read(lambda tx: waves.current(tx, "valencia-es"))
    assert wave is not None
    return [one for found in store.read(lambda tx: evidence.of_wave(tx, wave.id)).values() for one in found]
