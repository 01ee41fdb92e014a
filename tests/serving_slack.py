"""Our whole server against the fake of Slack, over a socket or by signed requests, and somebody who taps."""

from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from tests.fakes.slack import FakeSlack, Shown, SlackPerson
from tests.serving import Server, free_port


class SlackServer(Server):
    """What `maturitybot serve` runs with Slack's tokens; `signed` for requests over HTTP."""

    def __init__(self, slack: FakeSlack, store: str, folder: Path, *, signed: bool = False) -> None:
        port = free_port() if signed else 0
        super().__init__(Settings(data_dir=folder, database_url=store, http_port=port, **of_slack(slack, port)))


def of_slack(slack: FakeSlack, port: int = 0) -> dict[str, Any]:
    """The settings of a server that hears this Slack; with a `port` by signed requests there, else over a socket."""
    told: dict[str, Any] = {"slack_api_url": slack.url, "slack_bot_token": SecretStr(slack.token)}
    if not port:
        return told | {"slack_app_token": SecretStr(slack.app_token)}
    slack.listen_at(f"http://127.0.0.1:{port}/slack/events")
    return told | {"slack_signing_secret": SecretStr(slack.signing_secret)}


def labels(shown: Shown) -> list[str]:
    """The labels of a message's buttons, row by row."""
    return [label for row in shown.buttons for label in row]


def question(person: SlackPerson) -> Shown | None:
    """The newest message that asks for a level or a year."""
    return next((shown for shown in reversed(person.screen) if "Skip" in labels(shown)), None)
