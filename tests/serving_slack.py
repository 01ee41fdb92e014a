"""Our whole server against the fake of Slack, over a socket or by signed requests, and somebody who taps."""

import socket
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings
from tests.fakes.slack import FakeSlack, Shown, SlackPerson
from tests.serving_telegram import Server


class SlackServer(Server):
    """What `maturitybot serve` runs with Slack's tokens, in a thread of the test; `signed` for requests over HTTP."""

    def __init__(self, slack: FakeSlack, store: str, folder: Path, *, signed: bool = False) -> None:
        port = _free_port() if signed else 0
        self._slack = slack
        self._settings = Settings(
            data_dir=folder,
            database_url=store,
            slack_api_url=slack.url,
            slack_bot_token=SecretStr(slack.token),
            slack_app_token=None if signed else SecretStr(slack.app_token),
            slack_signing_secret=SecretStr(slack.signing_secret) if signed else None,
            http_port=port,
        )
        if signed:
            slack.listen_at(f"http://127.0.0.1:{port}/slack/events")
        self._loop = self._stop = self._running = self._thread = None

    def kill(self) -> None:
        """Ends it wherever it is; its connections end with it, which in one process with the test they would not."""
        super().kill()
        self._slack.sockets.cut()


def labels(shown: Shown) -> list[str]:
    """The labels of a message's buttons, row by row."""
    return [label for row in shown.buttons for label in row]


def question(person: SlackPerson) -> Shown | None:
    """The newest message that asks for a level or a year."""
    return next((shown for shown in reversed(person.screen) if "Skip" in labels(shown)), None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
