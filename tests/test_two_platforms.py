"""Telegram and Slack at once: one person on both, and either of them absent or down without touching the other."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, SettingsError
from storage import revisions
from storage.database import Database
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.serving import Server
from tests.serving_slack import of_slack
from tests.serving_slack import question as asked_on_slack
from tests.serving_telegram import of_telegram
from tests.serving_telegram import question as asked_on_telegram
from tests.slack_people import invited, joined, levels, sees


@pytest.fixture
def both(slack: FakeSlack, telegram: FakeTelegram, store_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server that serves both."""
    serving = Server(Settings(data_dir=tmp_path, database_url=store_url, **of_slack(slack), **of_telegram(telegram)))
    serving.start()
    yield serving
    serving.stop()


def test_a_person_begins_on_one_and_goes_on_on_the_other(
    slack: FakeSlack, telegram: FakeTelegram, store: Database, both: Server
) -> None:
    """After /link it is one conversation, and the card on the other side shows what was answered here."""
    ana = joined(slack, store)
    first = asked_on_slack(ana)
    assert first is not None
    ana.command("/survey", "link")
    sees(ana, "send this code")
    code = next(shown.text.splitlines()[1] for shown in ana.screen if "send this code" in shown.text)
    phone = telegram.person(1001, "Ana", "en")
    phone.say(code)
    phone.wait(lambda one: asked_on_telegram(one) is not None, seconds=15)
    phone.tap("4 Running")
    phone.wait(lambda one: (now := asked_on_telegram(one)) is not None and "1.2 " in now.text, seconds=15)
    ana.wait(lambda one: any(s.id == first.id and s.text.startswith("✓") for s in one.screen), seconds=15)
    ana.tap_old(first.id, "2 Planned")
    ana.wait(lambda _: levels(store) == [4, 2])
    phone.wait(lambda one: any(shown.text.startswith("✓") and "2 Planned" in shown.text for shown in one.screen))
    del both


def test_one_that_is_down_does_not_touch_the_other(
    slack: FakeSlack, telegram: FakeTelegram, store: Database, both: Server
) -> None:
    """While Slack answers nothing, a phone goes on; when it is back, what was owed there arrives."""
    ana = joined(slack, store)
    slack.refuse("chat.postMessage", "service_unavailable", status=503, times=2)
    slack.refuse("chat.update", "service_unavailable", status=503, times=2)
    ana.tap("3 Running")
    ben = telegram.person(1002, "Ben", "en")
    ben.say(f"/start {invited(store, 'respondent', 'Ben')}")
    ben.wait(lambda one: one.tap("Yes, keep my answers") and True, seconds=15)
    ben.wait(lambda one: asked_on_telegram(one) is not None, seconds=15)
    ben.tap("5 Measured")
    ben.wait(lambda _: 5 in levels(store), seconds=15)
    ana.wait(lambda one: (now := asked_on_slack(one)) is not None and "1.2 " in now.text, seconds=40)
    del both


def test_a_token_that_one_platform_does_not_know_leaves_the_other(
    slack: FakeSlack,
    telegram: FakeTelegram,
    store: Database,
    store_url: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is said in the log, and the other is served."""
    caplog.set_level(logging.ERROR)
    wrong = of_telegram(telegram) | {"telegram_token": SecretStr("1:wrong")}
    serving = Server(Settings(data_dir=tmp_path, database_url=store_url, **of_slack(slack), **wrong))
    serving.start()
    ana = joined(slack, store)
    ana.tap("3 Running")
    ana.wait(lambda _: levels(store) == [3])
    assert "Telegram does not know this token" in caplog.text
    serving.stop()


def test_where_no_platform_knows_its_token_the_program_ends(slack: FakeSlack, sqlite_url: str, tmp_path: Path) -> None:
    """With a sentence that names the setting."""
    import asyncio

    from bot.commands.common import now
    from bot.commands.running import platforms
    from bot.serving import hold
    from storage.opening import open_database

    settings = Settings(
        data_dir=tmp_path, database_url=sqlite_url, **(of_slack(slack) | {"slack_bot_token": SecretStr("xoxb-wrong")})
    )
    database = open_database(sqlite_url)
    revisions.ready(database)

    async def serve() -> None:
        await hold(database, settings, platforms(database, settings), now, asyncio.Event())

    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        asyncio.run(serve())
    database.close()
