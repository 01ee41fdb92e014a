"""Telegram's settings: what a webhook needs, said in a sentence where it is wrong."""

from pathlib import Path

import pytest

from bot.channels.telegram.webhook import PATH, Webhook
from bot.commands.running import platforms
from bot.settings import Settings, SettingsError, load
from storage.database import Database
from tests.serving_telegram import SECRET

TOKEN = "4242:fake-token-of-the-tests"


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but the test's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_TOKEN", TOKEN)


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.org",
        "https://bot.example.org/",
        "https://bot.example.org:443/x",
        "https://bot.example.org:80/x",
        "https://bot.example.org:88/x",
        "https://bot.example.org:8443/telegram",
        "https://[2001:db8::1]:8443/telegram",
    ],
)
def test_what_telegram_calls_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """By HTTPS, at one of its four ports."""
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_WEBHOOK_URL", url)
    assert load(serving=True).telegram_webhook_url == url


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("bot.example.org", "begins with https://"),
        ("http://bot.example.org/x", "begin with https:// and use one of the ports 443"),
        ("https://bot.example.org:8080/x", "443, 80, 88, 8443"),
        ("https://bot.example.org:99999/x", "MATURITYBOT_TELEGRAM_WEBHOOK_URL"),
        ("https://", "such as https://bot.example.org"),
        ("https://bot.example.org/health", "not /health"),
        ("https://bot.example.org/x?token=1", "without ?"),
    ],
)
def test_what_telegram_would_not_call_is_said_at_start(monkeypatch: pytest.MonkeyPatch, url: str, told: str) -> None:
    """A sentence with what would do, not a bot that nobody reaches."""
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_WEBHOOK_URL", url)
    with pytest.raises(SettingsError) as refused:
        load(serving=True)
    assert told.casefold() in str(refused.value).casefold()
    assert "MATURITYBOT_TELEGRAM_WEBHOOK_URL" in str(refused.value)


def test_a_server_of_ones_own_calls_wherever_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Bot API server in the same network needs neither HTTPS nor Telegram's ports."""
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_API_URL", "http://api.internal:8081")
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_WEBHOOK_URL", "http://bot.internal:9000/x")
    assert load(serving=True).telegram_webhook_url == "http://bot.internal:9000/x"


@pytest.mark.parametrize(("secret", "good"), [("x", True), ("x" * 256, True), ("x" * 257, False), ("a b", False)])
def test_a_secret_is_what_telegram_takes(monkeypatch: pytest.MonkeyPatch, secret: str, *, good: bool) -> None:
    """1 to 256 of its characters; what is wrong with it is said without it."""
    monkeypatch.setenv("MATURITYBOT_TELEGRAM_WEBHOOK_SECRET", secret)
    if good:
        assert load(serving=True).telegram_webhook_secret is not None
        return
    with pytest.raises(SettingsError) as refused:
        load(serving=True)
    assert "MATURITYBOT_TELEGRAM_WEBHOOK_SECRET: use 1 to 256" in str(refused.value)
    assert secret not in str(refused.value)


@pytest.mark.parametrize(("url", "alone"), [("", True), ("https://bot.example.org/x", False)])
def test_several_processes_can_be_called_and_one_polls(database: Database, url: str, *, alone: bool) -> None:
    """And only who is called opens a port."""
    settings = Settings(telegram_webhook_url=url, telegram_webhook_secret=SECRET)  # type: ignore[arg-type]
    (telegram,) = platforms(database, settings)
    assert telegram.alone is alone
    assert len(telegram.routes(database, _nobody)) == (0 if alone else 1)


async def _nobody(inbound: object) -> None:
    del inbound


def test_an_address_without_a_path_gets_one() -> None:
    """Telegram is told the same path that we answer at; a secret is made where none is set."""
    bare, own = Webhook("https://bot.example.org"), Webhook("https://bot.example.org/x/y", "s")
    assert (bare.path, bare.address) == (PATH, f"https://bot.example.org{PATH}")
    assert (own.path, own.address) == ("/x/y", "https://bot.example.org/x/y")
    assert len(bare.secret) > 40
    assert bare.secret != Webhook("https://bot.example.org").secret
