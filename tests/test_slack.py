"""Slack, whole: our server and slack-bolt against a strict fake, over a socket and by signed requests."""

import random
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from bot.channels.slack import sockets
from model.responses import Aspect
from storage import sessions, waves
from storage.database import Database
from tests.fakes.slack import FakeSlack
from tests.serving_slack import SlackServer, question
from tests.slack_people import answer, joined, levels, reachable, sees, sent, tapped


@pytest.mark.usefixtures("brief")
def test_a_whole_survey_survives_being_killed_between_answers(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """All statements and goals, killed again and again, every payload twice: the log holds just what was tapped."""
    chance = random.Random(7)
    slack.deliver_twice = True
    ana = joined(slack, store)
    tapped: list[tuple[str, str]] = []
    while (said := answer(ana, chance)) is not None:
        tapped.append(said)
        if len(tapped) % 12 == 0:
            on_slack.kill()
            on_slack.start()
    ana.wait(lambda person: any("Everybody is done" in shown.text for shown in person.screen), seconds=20)
    ana.tap("Close it now")
    ana.wait(lambda person: any(shown.photo for shown in person.screen), seconds=60)
    log = store.read(lambda tx: waves.log(tx, "valencia-es"))
    as_is = [one.response.level for one in log if one.response.aspect is Aspect.AS_IS]
    assert as_is == [int(label[0]) for title, label in tapped if "of 25" in title]
    assert len(as_is) == 25
    goals = [one.response for one in log if one.response.aspect is Aspect.TARGET and one.current]
    assert [goal.year for goal in goals] == [int(label) for _, label in tapped if label.startswith("20")]
    assert store.read(sessions.disagreements) == []
    picture = next(shown for shown in ana.screen if shown.photo)
    assert picture.text


def test_a_card_is_edited_in_place_and_an_old_button_changes_the_answer(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """One card a capability; a tap on what it once showed is a changed answer, with Undo."""
    ana = joined(slack, store)
    card = question(ana)
    assert card is not None
    ana.tap("2 Planned")
    ana.wait(lambda person: any(s.id == card.id and s.text.startswith("✓") for s in person.screen))
    ana.tap_old(card.id, "4 Running across the city")
    tapped(ana, "Undo")
    sees(ana, "→ 2 Planned")
    assert levels(store) == [2, 4, 2]
    slack.settled()
    assert ana.spinning == 0
    del on_slack


def test_what_is_typed_or_shared_is_never_met_with_silence(
    slack: FakeSlack, store: Database, on_slack: SlackServer, tmp_path: Path
) -> None:
    """A number and a phrase are answers; a file is evidence, for the card in whose thread it is; both are kept."""
    ana = joined(slack, store)
    card = question(ana)
    assert card is not None
    ana.say("4")
    ana.wait(lambda person: (asked := question(person)) is not None and asked.text != card.text)
    ana.share_file("plan.pdf", b"the plan", "our <plan> & more")
    sees(ana, "Kept as evidence")
    ana.wait(lambda _: sent(store)[0].digest is not None, seconds=15)
    (kept,) = sent(store)
    assert (kept.digest, kept.name, kept.caption) == (sha256(b"the plan").hexdigest(), "plan.pdf", "our <plan> & more")
    assert (tmp_path / "evidence" / str(kept.digest)[:2] / str(kept.digest)).read_bytes() == b"the plan"
    ana.say("progress")
    sees(ana, "▰▰▱")
    assert levels(store) == [4]
    del on_slack


def test_floods_drops_and_refusals_lose_nothing(slack: FakeSlack, store: Database, on_slack: SlackServer) -> None:
    """While Slack throttles, drops and fails, the conversation only takes longer."""
    ana = joined(slack, store)
    slack.refuse("chat.postMessage", "ratelimited", retry_after=1, times=2)
    slack.refuse("chat.update", "internal_error", times=1)
    slack.drop("chat.update", times=1, after=True)
    chance = random.Random(3)
    for _ in range(4):
        assert answer(ana, chance)
    assert len(levels(store)) == 4
    del on_slack


def test_a_message_that_slack_took_without_an_answer_is_said_again_only_where_that_does_no_harm(
    slack: FakeSlack, store: Database, on_slack: SlackServer
) -> None:
    """A question may have been lost: without it nobody could go on."""
    ana = joined(slack, store)
    slack.drop("chat.postMessage", times=1, after=True)
    ana.tap("3")
    ana.wait(lambda person: len([s for s in person.screen if s.text.startswith("1.2 ")]) == 2, seconds=20)
    assert levels(store) == [3]
    del on_slack


def test_somebody_who_left_is_noticed(slack: FakeSlack, store: Database, on_slack: SlackServer) -> None:
    """Deactivated: nothing more is sent; back: the survey goes on where it stopped."""
    ana = joined(slack, store)
    slack.refuse("chat.update", "account_inactive", times=1)
    ana.tap("3")
    ana.wait(lambda _: not reachable(store, ana.chat))
    assert [shown for shown in ana.screen if shown.text.startswith("1.2")] == []
    ana.say("survey")
    sees(ana, "1.2 City management")
    assert reachable(store, ana.chat)
    del on_slack


def test_a_silent_socket_is_replaced(
    slack: FakeSlack, store: Database, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection on which nothing comes any more is given up for another one, within a minute."""
    assert sockets.SILENT + sockets.GREETED + sockets.LOOK < 60
    monkeypatch.setattr(sockets, "SILENT", 3.0)
    monkeypatch.setattr(sockets, "LOOK", 0.1)
    serving = SlackServer(slack, store_url, tmp_path)
    serving.start()
    slack.wait_for_connection(seconds=10)
    ana = joined(slack, store)
    silent = list(slack.sockets.connections)
    for connection in silent:
        connection.go_silent()
    slack.wait_for_connection(len(silent) + 1, seconds=15)
    for connection in silent:
        connection.wake()  # their other end is gone
    ana.say("3")
    ana.wait(lambda _: levels(store) == [3], seconds=20)
    serving.stop()


@pytest.mark.parametrize("on_slack", ["signed"], indirect=True)
def test_a_forged_or_replayed_request_changes_nothing(slack: FakeSlack, store: Database, on_slack: SlackServer) -> None:
    """Another secret or an old signature: 401, and nothing is kept; the same bytes again: heard once."""
    ana = joined(slack, store)
    assert slack.signed is not None
    ana.tap("3")
    ana.wait(lambda _: levels(store) == [3])
    slack.settled()
    taken = slack.signed.posted[-1]
    assert slack.signed.replay(taken).status_code == 200
    payload = {"type": "event_callback", "team_id": ana.team, "event": {"type": "message", "text": "5"}}
    assert slack.signed.forge(payload).status_code == 401
    assert slack.signed.forge(payload, secret=slack.signing_secret, age=3600).status_code == 401
    assert slack.signed.verify().json() == {"challenge": "3eZbrw1aB"}
    endless = httpx.post(slack.signed.url, content=iter([b"x" * 100_000] * 30), trust_env=False)
    assert endless.status_code == 413
    assert levels(store) == [3]
    del on_slack


def test_a_changed_text_changes_its_answer(slack: FakeSlack, store: Database, on_slack: SlackServer) -> None:
    """Whoever edits the text that was an answer changes that answer, and is told; as often as they edit it."""
    ana = joined(slack, store)
    said = ana.say("4")
    sees(ana, "1.2 City management")
    ana.edit(said, "2")
    ana.wait(lambda _: levels(store) == [4, 2])
    sees(ana, "→ 2 Planned")
    ana.edit(said, "3")
    sees(ana, "→ 3 Running in part")
    del on_slack
