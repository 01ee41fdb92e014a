"""What Slack has beside messages: forms, the home page, and being left alone."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.slack import homes as keeping
from bot.channels.slack.people import People
from bot.channels.slack.places import Place
from storage import homes, waves
from storage.database import Database, write
from tests.fakes.slack import FakeSlack
from tests.serving_slack import SlackServer, question
from tests.slack_people import joined, levels, sees, sent, tapped


@pytest.fixture(autouse=True)
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Homes are looked after all the time."""
    monkeypatch.setattr(keeping, "LOOK", 0.2)
    monkeypatch.setattr(homes, "REST", homes.REST / 100)
    monkeypatch.setattr(homes, "OVERLAP", homes.OVERLAP / 100)


@pytest.fixture
def server(slack: FakeSlack, store_url: str, tmp_path: Path, unhurried: None) -> Iterator[SlackServer]:
    """A server that runs."""
    del unhurried
    serving = SlackServer(slack, store_url, tmp_path, signed=True)
    serving.start()
    yield serving
    serving.stop()


def test_a_capability_is_answered_in_one_form_and_sent_twice_counts_once(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """A select each and a comment; one submit is one turn, and its repetition changes and says nothing."""
    ana = joined(slack, store)
    ana.tap("1.1 as a form")
    ana.wait(lambda one: one.modal)
    ana.choose("1.1.1", "4 Running")
    ana.fill("Comment", "We began <late> & slowly.")
    assert ana.submit() is None
    sees(ana, "1.2 City management")
    seen = len(ana.screen)
    ana.submit_again()
    slack.settled()
    assert levels(store) == [4]
    assert len(ana.screen) == seen
    del server


def test_comment_evidence_and_hand_on_are_forms_and_faults_are_said_beside_their_field(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """A form with nothing in it stays open; filled in, each does what its words in the chat would do."""
    ana = joined(slack, store)
    joined(slack, store, "respondent", "Ben", "it")
    ana.tap("Comment")
    ana.wait(lambda one: one.modal)
    ana.fill("Comment", "Since spring.")
    assert ana.submit() is None
    ana.tap("Evidence")
    ana.wait(lambda one: one.modal)
    wrong = ana.submit()
    assert wrong is not None
    assert "at least one file" in " ".join(wrong.values())
    ana.attach("Files", [("plan.pdf", b"the plan"), ("map.png", b"a map")])
    assert ana.submit() is None
    ana.wait(lambda _: [one.name for one in sent(store)] == ["plan.pdf", "map.png"])
    ana.wait(lambda _: all(one.digest for one in sent(store)), seconds=15)
    ana.tap("Hand on")
    ana.wait(lambda one: one.modal)
    ana.choose("Who can answer it", "Ben")
    ana.fill("A word to them", "All yours.")
    assert ana.submit() is None
    ben = slack.person("U0BEN")
    sees(ben, "All yours.")
    del server


def test_a_form_that_comes_after_the_close_changes_nothing(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """It was opened in time and sent too late: that is said once."""
    ana = joined(slack, store)
    ana.tap("1.1 as a form")
    ana.wait(lambda one: one.modal)
    ana.choose("1.1.1", "4 Running")
    wave = store.read(lambda tx: waves.current(tx, "valencia-es"))
    assert wave is not None
    write(store, lambda tx: waves.close_wave(tx, wave.id, wave.opened_at))
    assert ana.submit() is None
    ana.wait(lambda one: "closed" in one.screen[-1].text)
    assert levels(store) == []
    del server


def test_home_shows_how_it_stands_and_follows_what_happens(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """Opened: what is open and the board; an answer elsewhere changes it; nothing changes: nothing is published."""
    ana = joined(slack, store)
    ana.open_home()
    ana.wait(lambda one: one.home and "Valencia" in one.home.text)
    ana.tap("4 Running")
    ana.wait(lambda one: one.home and "1/5" in one.home.text, seconds=15)
    time.sleep(1.0)
    published = [method for method, _ in slack.requests].count("views.publish")
    time.sleep(1.0)
    assert [method for method, _ in slack.requests].count("views.publish") == published
    ana.tap_home("Go on")
    ana.wait(lambda one: "where you stopped" in " ".join(shown.text for shown in one.screen))
    assert question(ana) is not None
    del server


def test_a_home_that_slack_will_not_take_is_in_nobodys_way(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """Refused once, it is tried again when something changes; while Slack is away, until it is back."""
    ana = joined(slack, store)
    ana.open_home()
    ana.wait(lambda one: one.home and "Valencia" in one.home.text)
    slack.refuse("views.publish", "user_not_found", times=100)
    before = published(slack)
    ana.tap("4 Running")
    ana.wait(lambda _: published(slack) > before, seconds=15)
    time.sleep(2.0)
    refused = published(slack)
    assert refused - before <= 3  # what may have been under way is looked at again; then it rests
    slack.troubles._wished.clear()
    slack.refuse("views.publish", "internal_error", times=2)
    tapped(ana, "3 Running")
    ana.wait(lambda one: one.home and "2/5" in one.home.text, seconds=15)
    assert published(slack) >= refused + 3
    del server


def published(slack: FakeSlack) -> int:
    """How often a home was published, or was to be."""
    return [method for method, _ in slack.requests].count("views.publish")


def test_a_stranger_is_welcomed_before_they_write(slack: FakeSlack, store: Database, server: SlackServer) -> None:
    """At home and among the messages; looking again says nothing more."""
    eva = slack.person("U0EVA", "Eva", "en-GB")
    eva.open_home()
    eva.wait(lambda one: one.home)
    eva.open_home("messages")
    eva.wait(lambda one: len(one.screen) == 2)
    seen = len(eva.screen)
    eva.open_home("messages")
    slack.settled()
    time.sleep(0.3)
    assert len(eva.screen) == seen
    del server, store


def test_do_not_disturb_is_respected(slack: FakeSlack) -> None:
    """Within the hours, and while notifications are paused, so many seconds are to be waited; otherwise none."""
    import asyncio
    from datetime import UTC, datetime

    from slack_sdk.web.async_client import AsyncWebClient

    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    at = int(now.timestamp())
    ana = slack.person()

    async def seconds() -> float:
        people = People(AsyncWebClient(base_url=slack.url))
        return await people.undisturbed(slack.token, Place(ana.team, ana.id).text, now)

    assert asyncio.run(seconds()) == 0
    ana.be_quiet(at - 60, at + 600)
    assert asyncio.run(seconds()) == 600
    ana.be_quiet(at + 60, at + 600)
    assert asyncio.run(seconds()) == 0
