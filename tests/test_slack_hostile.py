"""Slack at its worst: slow, out of order, at once, elsewhere, archived, hung up; nothing is lost and nobody misled."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.places import Place
from bot.channels.slack.posting import Post
from bot.conversation import Inbound
from bot.messages import Document, Message, Outcome, Sent
from flows.events import Typed
from storage import installations
from storage.database import Database, UnavailableError, write
from storage.installations import Installation
from tests.conftest import Clock
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_workspace import Channel
from tests.hearing_slack import TEAM, acknowledged, ears
from tests.serving_slack import SlackServer, labels, question
from tests.slack_people import at_rest, joined, levels, reachable, sees, sent
from tests.speaking_slack import playing
from tests.test_slack_wire import PAYLOADS


@pytest.fixture
def server(slack: FakeSlack, store_url: str, tmp_path: Path, unhurried: None) -> Iterator[SlackServer]:
    """A server that hears over a socket."""
    del unhurried
    serving = SlackServer(slack, store_url, tmp_path)
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def known(slack: FakeSlack, database: Database, clock: Clock) -> FakeSlack:
    """A Slack in one of whose workspaces the bot is installed."""
    made = Installation(TEAM, slack.token, "U0BOT", "A0MDYCDME", "chat:write")
    write(database, lambda tx: installations.keep(tx, "slack", made, clock()))
    return slack


def texts(count: int, people: int) -> list[dict[str, Any]]:
    """Numbered texts, of so many people in turn."""
    told = []
    for number in range(count):
        payload = PAYLOADS["a text"]["payload"]
        event = payload["event"] | {"text": str(number), "ts": f"1.{number:06}", "user": f"U{number % people}"}
        told.append(payload | {"event": event, "event_id": f"Ev{number}"})
    return told


def test_hundreds_of_events_at_once_are_heard_in_each_persons_order(
    known: FakeSlack, database: Database, clock: Clock
) -> None:
    """While whose workspace it is has yet to be looked up, and Slack is slow to tell who they are."""
    known.delay("users.info", 0.05)
    told: list[Inbound] = []

    async def run() -> None:
        async with ears(known, database, clock, told) as app:
            await asyncio.gather(*(acknowledged(app, payload) for payload in texts(400, 4)))

    asyncio.run(run())
    for person in range(4):
        said = [one.event.text for one in told if one.chat == f"{TEAM}:U{person}" and isinstance(one.event, Typed)]
        assert said == [str(number) for number in range(person, 400, 4)]


def test_a_slow_profile_is_waited_for_once(known: FakeSlack, database: Database, clock: Clock) -> None:
    """Who acts ten times in a hurry is acknowledged in time, all ten times."""
    known.delay("users.info", 5)
    told: list[Inbound] = []

    async def run() -> float:
        async with ears(known, database, clock, told) as app:
            begun = time.monotonic()
            await asyncio.gather(*(acknowledged(app, payload) for payload in texts(10, 1)))
            return time.monotonic() - begun

    assert asyncio.run(run()) < 2.5
    assert len(told) == 10


@pytest.mark.parametrize("name", ["the form of a comment", "a tap", "a text", "/survey with a command", "the shortcut"])
def test_what_is_told_while_the_store_is_away_is_not_acknowledged_and_may_be_told_again(
    known: FakeSlack, database: Database, clock: Clock, name: str
) -> None:
    """Events come again by themselves; a form stays open, with all that was filled in."""
    told: list[Inbound] = []

    async def run() -> list[Any]:
        async with ears(known, database, clock, told, UnavailableError("away")) as app:
            return [await acknowledged(app, PAYLOADS[name]["payload"]) for _ in range(2)]

    first, again = asyncio.run(run())
    assert first == 500
    assert again == PAYLOADS[name]["told"]
    assert len(told) == 1


def test_a_form_that_opens_too_late_is_asked_for_again(slack: FakeSlack, store: Database, server: SlackServer) -> None:
    """Three seconds are over: that is said, for their eyes only, and pressing once more opens it."""
    ana = joined(slack, store)
    views = slack.account.views[ana.team]
    views.seconds = 0
    ana.tap("1.1 as a form")
    ana.wait(lambda one: "press it once more" in one.screen[-1].text)
    assert ana.screen[-1].only_for == ana.id
    assert ana.modal is None
    views.seconds = 3
    ana.tap("1.1 as a form")
    ana.wait(lambda one: one.modal)
    assert ana.troubles == []
    del server


def test_what_is_answered_among_others_does_not_become_somebodys_direct_message(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """Ana asks in her conversation with Ben and taps there, before and after a restart: she is written to in ours."""
    ana = joined(slack, store)
    slack.workspace.channels["D0OTHER"] = Channel("D0OTHER", members={ana.id})
    for number in range(2):
        ana.command("/help", channel="D0OTHER")
        ana.wait(lambda one, at=number: len(one.seen_in("D0OTHER")) > at)  # type: ignore[misc]
        ana.command("/survey", "progress", channel="D0OTHER")
        ana.wait(lambda one: any("▱" in shown.text for shown in one.seen_in("D0OTHER")))
        shown = next(one for one in reversed(ana.seen_in("D0OTHER")) if labels(one))
        ana.tap(labels(shown)[0], "D0OTHER")
        slack.settled()
        at_rest(ana, store)
        assert reachable(store, ana.chat)
        server.kill()
        server.start()
        slack.wait_for_connection()
    ana.open_home()
    ana.wait(lambda one: one.home)
    before = len(ana.screen)
    ana.tap_home("Go on")
    ana.wait(lambda one: len(one.screen) > before)


def test_two_taps_and_an_edit_at_once_are_three_answers(slack: FakeSlack, store: Database, server: SlackServer) -> None:
    """Whatever comes first is kept first, and the card shows what came last."""
    ana = joined(slack, store)
    card = question(ana)
    assert card is not None
    said = ana.say("3")
    ana.wait(lambda _: levels(store) == [3])
    ana.tap_old(card.id, "2 Planned")
    ana.edit(said, "5")
    ana.tap_old(card.id, "4 Running across the city")
    ana.wait(lambda _: len(levels(store)) == 4)
    assert sorted(filter(None, levels(store))) == [2, 3, 4, 5]
    slack.settled()
    at_rest(ana, store)
    level = levels(store)[-1]
    assert any(shown.id == card.id and f"{level} " in shown.text for shown in ana.screen)
    del server


def test_a_socket_that_slack_closes_is_opened_anew(slack: FakeSlack, store: Database, server: SlackServer) -> None:
    """A warning changes nothing; `refresh_requested` is Slack's daily habit; nothing said meanwhile is lost."""
    ana = joined(slack, store)
    for number, reason in enumerate(("warning", "refresh_requested", "link_disabled"), 2):
        slack.sockets.disconnect(reason)
        ana.say(str(number))
        ana.wait(lambda _, at=number: len(levels(store)) == at - 1, seconds=20)  # type: ignore[misc]
    assert levels(store) == [2, 3, 4]
    del server


def test_a_channel_that_is_archived_in_a_workshop_takes_nobody_with_it(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """Nothing can be said there any more; everybody's own conversation goes on."""
    ana, town = joined(slack, store), slack.channel("C0TOWN", "town")
    ana.join(town.id)
    ana.mention(town.id, "here")
    ana.wait(lambda one: any("Valencia" in shown.text for shown in one.seen_in(town.id)))
    ana.mention(town.id, "workshop 1.1.1")
    ana.wait(lambda one: any("4 Running across the city" in labels(shown) for shown in one.seen_in(town.id)))
    town.archived = True
    ana.tap("4 Running", town.id)
    slack.settled()
    assert ana.troubles == []
    ana.say("3")
    ana.wait(lambda _: levels(store) == [3])
    sees(ana, "1.2 City management")
    assert reachable(store, ana.chat)
    del server


def test_a_large_a_deleted_and_an_external_file_are_answered(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """25 MB are not copied, and that is said; one that is gone by then is no trouble; a link is kept as one."""
    ana = joined(slack, store)
    ana.share_file("plan.pdf", b"x" * 25 * 1024 * 1024)
    sees(ana, "too large for me to copy")
    slack.refuse("files.info", "file_deleted")
    ana.share_file("gone.pdf", b"gone")
    ana.wait(lambda _: len(sent(store)) == 2)
    with slack.account.changed:
        file = ana._keep("budget", b"of somebody else's")
        file.about |= {"is_external": True, "mode": "external", "url_private": "https://drive.example/budget"}
        ana._write(None, "the budget", "", {"subtype": "file_share"}, [file])
    ana.wait(lambda _: len(sent(store)) == 3)
    ana.say("3")
    ana.wait(lambda _: levels(store) == [3])
    assert [one.digest for one in sent(store)] == [None] * 3
    assert sent(store)[2].reference == "https://drive.example/budget"
    del server


def test_one_person_in_two_workspaces_is_two_and_two_of_one_name_are_too(
    slack: FakeSlack, store: Database, server: SlackServer
) -> None:
    """Ids are Slack's own: an id of one workspace means nothing in another, and a name nothing at all."""
    ana, other = joined(slack, store), joined(slack, store, "respondent", "Ana", "it")
    assert ana.chat == other.chat
    twin = slack.person("U0TWIN", "Ana", "en-GB")
    twin.say("survey")
    twin.wait(lambda one: len(one.screen) > 0)
    ana.say("3")
    ana.wait(lambda _: levels(store) == [3])
    assert question(twin) is None
    del server


@pytest.mark.parametrize("code", ["file_uploads_disabled", "file_upload_size_restricted", "file_type_not_allowed"])
def test_words_are_said_where_their_file_is_not_taken(slack: FakeSlack, code: str) -> None:
    """A workspace may forbid files; what the report says is not lost with it."""
    ana = slack.person()

    async def play(post: Post, token: str) -> Outcome:
        slack.refuse("files.getUploadURLExternal", code)
        return await post.send(
            token, Place(ana.team, ana.id), Message("Report", "All of it", document=Document("r.pdf", b"x")), None
        )

    assert isinstance(playing(slack, play), Sent)
    assert "All of it" in ana.screen[-1].text
