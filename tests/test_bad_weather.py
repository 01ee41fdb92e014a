"""A platform whose own side fails while people act: what they do is kept all the same, and their buttons stop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.serving_slack import SlackServer
from tests.serving_telegram import TelegramServer, question
from tests.slack_people import joined, levels
from tests.test_telegram import joined as joined_on_telegram


@pytest.mark.parametrize("trouble", ["refused", "late"])
def test_a_tap_is_kept_while_slack_does_not_say_whose_token_ours_is(
    slack: FakeSlack, store: Database, store_url: str, tmp_path: Path, trouble: str
) -> None:
    """Just started, with a Web API that fails or dawdles: Slack signed the tap, and that is enough to keep it."""
    server = SlackServer(slack, store_url, tmp_path, signed=True)
    server.start()
    ana = joined(slack, store)
    slack.settled()
    server.kill()
    if trouble == "late":
        slack.delay("auth.test", 5.0)
    else:
        slack.refuse("auth.test", "service_unavailable", status=503, times=100)
    server.start()
    ana.tap("3 Running")
    ana.wait(lambda _: levels(store) == [3])
    slack.settled()
    assert ana.troubles == []
    slack.delay("auth.test", 0)
    server.stop()


def test_a_button_is_told_again_to_stop(
    telegram: FakeTelegram, store: Database, store_url: str, tmp_path: Path
) -> None:
    """Where Telegram hung up, broke or wants us to wait."""
    server = TelegramServer(telegram, store_url, tmp_path)
    server.start()
    ana = joined_on_telegram(telegram, store)
    ana.wait(lambda one: not one.spinning)
    wishes: tuple[Callable[[], None], ...] = (
        lambda: telegram.drop("answerCallbackQuery", after=False),
        lambda: telegram.refuse("answerCallbackQuery", status=500),
        lambda: telegram.refuse("answerCallbackQuery", status=429, retry_after=1),
    )
    for wish in wishes:
        ana.wait(lambda one: question(one) is not None)
        wish()
        ana.tap("3 Running")
        assert ana.spinning
        ana.wait(lambda one: not one.spinning)
    server.stop()
