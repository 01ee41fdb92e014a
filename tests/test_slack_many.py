"""Many workspaces, played whole: our server over HTTP against the fake of Slack, from installing to uninstalling."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from pydantic import SecretStr

from bot.channels.slack import EVENTS
from bot.channels.slack.installing import INSTALL, REDIRECT
from bot.commands.common import now
from bot.commands.running import platforms
from bot.serving import hold
from bot.settings import Settings
from storage import installations
from storage.database import Database
from storage.opening import open_database
from tests.fakes.slack import FakeSlack, SlackPerson

ACME = "T0ACME"


def settings(slack: FakeSlack, store_url: str, folder: Path) -> Settings:
    """What an operator sets who serves many workspaces by signed HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tokens = slack.account.tokens
    return Settings(
        data_dir=folder,
        database_url=store_url,
        slack_api_url=slack.url,
        slack_client_id=tokens.client_id,
        slack_client_secret=SecretStr(tokens.client_secret),
        slack_signing_secret=SecretStr(slack.signing_secret),
        public_url=f"http://127.0.0.1:{port}",
        http_port=port,
    )


@contextmanager
def serving(told: Settings) -> Iterator[Database]:
    """What `maturitybot serve` runs; the store, to look into."""
    begun, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()
    database = open_database(told.store)

    async def run() -> None:
        begun.set()
        await hold(database, told, platforms(database, told), now, stop)

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    begun.wait()
    until(lambda: is_there(told))
    try:
        yield database
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
        database.close()


def is_there(told: Settings) -> bool:
    """Whether the server answers."""
    try:
        return httpx.get(f"{told.public_url}/health", trust_env=False).is_success
    except httpx.ConnectError:
        return False


def install(slack: FakeSlack, told: Settings) -> str:
    """Somebody installs the bot in the workspace; what the browser shows in the end."""
    with httpx.Client(base_url=told.public_url, trust_env=False) as browser:
        asked = parse_qs(urlsplit(browser.get(INSTALL).headers["location"]).query)
        code = slack.account.tokens.code(ACME, asked["redirect_uri"][0])
        return browser.get(REDIRECT, params={"state": asked["state"][0], "code": code}).text


def answered(person: SlackPerson, text: str) -> None:
    """Somebody writes, and the bot answers."""
    before = len(person.screen)
    person.say(text)
    person.wait(lambda seen: len(seen.screen) > before)


def until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to that within five seconds")


def test_a_workspace_from_installing_to_uninstalling(store_url: str, tmp_path: Path) -> None:
    """People are answered; a token that has ended is exchanged by whoever sends; what is uninstalled is left alone."""
    with FakeSlack() as slack:
        slack.account.tokens.rotation = True
        slack.another(ACME, "City of Acme")
        told = settings(slack, store_url, tmp_path)
        slack.listen_at(f"{told.public_url}{EVENTS}")
        with serving(told) as database:
            assert "installed in City of Acme" in install(slack, told)
            ana = slack.person("U0ANA", team=ACME)
            answered(ana, "survey")
            for token in slack.account.tokens.known.values():
                token.expires = time.time()
            answered(ana, "help")
            slack.uninstall(ACME)
            until(lambda: not database.read(lambda tx: installations.people(tx, "slack", ACME, reachable=True)))
            assert database.read(lambda tx: installations.find(tx, "slack", ACME)) is None
            assert "installed in City of Acme" in install(slack, told)
            until(lambda: bool(database.read(lambda tx: installations.people(tx, "slack", ACME, reachable=True))))
            answered(ana, "help")
        assert slack.faults == []
        assert [method for method, _ in slack.requests].count("oauth.v2.access") == 3
