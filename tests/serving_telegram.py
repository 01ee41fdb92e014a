"""Our whole server against the fake of Telegram, polling or called by webhook, and a respondent who taps."""

from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from tests.fakes.telegram import FakeTelegram, Person, Shown
from tests.serving import Server, free_port

PUBLIC = "https://bot.example.org/telegram/called"
SECRET = "the-secret_of-the-tests"


class TelegramServer(Server):
    """What `maturitybot serve` runs with Telegram's token; polling, or called by way of a proxy."""

    def __init__(self, telegram: FakeTelegram, store: str, folder: Path, *, webhook: bool = False) -> None:
        port = free_port() if webhook else 0
        self.url = f"http://127.0.0.1:{port}"
        super().__init__(
            Settings(
                data_dir=folder, database_url=store, http_port=port, **of_telegram(telegram, port if webhook else 0)
            )
        )


def of_telegram(telegram: FakeTelegram, port: int = 0) -> dict[str, Any]:
    """The settings of a server that hears this Telegram; with a `port` it is called there."""
    told = {"telegram_token": SecretStr(telegram.token), "telegram_api_url": telegram.url}
    if not port:
        return told
    telegram.caller.proxy = f"http://127.0.0.1:{port}"
    return told | {"telegram_webhook_url": PUBLIC, "telegram_webhook_secret": SecretStr(SECRET)}


def labels(shown: Shown) -> list[str]:
    """The labels of a message's buttons, row by row."""
    return [label for row in shown.buttons for label in row]


def question(person: Person) -> Shown | None:
    """The newest message that asks for a level or a year."""
    for shown in reversed(person.screen):
        if "Skip" in labels(shown):
            return shown
    return None
