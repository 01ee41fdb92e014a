"""Everything at once: a real process that is killed, platforms that fail, and people who tap as they like."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.conversation.others import instrument_of
from flows.path import due
from model.responses import Aspect
from storage import inbox, outbox, sessions, waves
from storage.database import Database
from storage.opening import open_database
from storage.sessions import Standing
from tests.deeds import deeds, missing
from tests.fakes.weather import StormySlack, StormyTelegram, Weather
from tests.serving import free_port
from tests.slack_people import invited
from tests.wandering import SECRET, Wanderer, asks_for

SEED = 20261123
STORM = 4.0
"""Seconds of bad weather before the process is killed, and after."""
PATIENCE = 60.0
"""Seconds until what should come has not come; a busy machine starts slowly."""


@pytest.fixture
def storm() -> Iterator[tuple[StormyTelegram, StormySlack]]:
    """Both platforms on a bad day, each telling everything twice."""
    weather = Weather(SEED, share=0.2, longest=1.5)
    weather.fair = True
    with StormyTelegram(weather) as telegram, StormySlack(weather) as slack:
        telegram.deliver_twice = slack.deliver_twice = True
        yield telegram, slack
        assert telegram.faults == slack.faults == []


def test_whatever_happens_everything_is_kept_once_and_everybody_goes_on(
    storm: tuple[StormyTelegram, StormySlack], sqlite_url: str, tmp_path: Path
) -> None:
    """Killed in the worst of it, the log holds what was tapped, in order; then each has the question that is due."""
    telegram, slack = storm
    store = open_database(sqlite_url)
    people = [_comes(store, one, at) for at, one in enumerate(_people(telegram, slack))]
    environment, log = _environment(telegram, slack, sqlite_url, tmp_path), tmp_path / "log"
    with _serving(environment, log):
        _until(lambda: [one.one.name for one in people if not one.begun])
        telegram.weather.fair = False
        time.sleep(STORM)
    with _serving(environment, log):
        time.sleep(STORM)
        telegram.weather.clear_up()
        for one in people:
            one.over.set()
            one.join()
        _until(lambda: _still_open(store, people, telegram, slack))
    for one in people:
        given = deeds(one, telegram, slack)
        assert not (wrong := missing(given, _log_of(store, one))), f"{one.one.name}: {wrong}"
        assert one.failed == []
    assert sum(len(deeds(one, telegram, slack)) for one in people) > len(people)
    assert store.read(sessions.disagreements) == []
    assert store.read(inbox.parked) == 0
    said = log.read_text()
    for secret in (SECRET, "Zenobia", telegram.token, slack.token, slack.app_token):
        assert secret not in said
    store.close()


@contextlib.contextmanager
def _serving(environment: dict[str, str], log: Path) -> Iterator[None]:
    """A process that serves, and is killed."""
    with log.open("ab") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], env=environment, stdout=written, stderr=written
        )
        try:
            yield
        finally:
            server.kill()
            server.wait()


def _people(telegram: StormyTelegram, slack: StormySlack) -> list[object]:
    return [
        *(telegram.person(1001 + at, f"Zenobia{at}", "en") for at in range(2)),
        *(slack.person(f"U0ZEN{at}", f"Zenobia{at}", "en-GB") for at in range(2)),
    ]


def _comes(store: Database, one: object, at: int) -> Wanderer:
    wanderer = Wanderer(one, invited(store, "respondent", f"Zenobia{at}"), SEED + at)  # type: ignore[arg-type]
    wanderer.start()
    return wanderer


def _environment(telegram: StormyTelegram, slack: StormySlack, store: str, folder: Path) -> dict[str, str]:
    """The settings of a process that Telegram calls and that hears Slack over a socket."""
    port = free_port()
    telegram.caller.proxy = f"http://127.0.0.1:{port}"
    told = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": store,
        "HTTP_PORT": str(port),
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_WEBHOOK_URL": "https://bot.example.org",
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_APP_TOKEN": slack.app_token,
    }
    return {**os.environ, **{f"MATURITYBOT_{name}": value for name, value in told.items()}}


def _until(open_: Callable[[], object]) -> None:
    """Returns once nothing is open; fails after `PATIENCE`."""
    until = time.monotonic() + PATIENCE
    while left := open_():
        assert time.monotonic() < until, left
        time.sleep(0.05)


def _still_open(store: Database, people: list[Wanderer], telegram: StormyTelegram, slack: StormySlack) -> str:
    """What is not as it should be yet; "" for nothing."""
    if telegram.updates_pending or slack.updates_pending:
        return "not all is heard"
    if any(store.read(lambda tx, at=channel: outbox.next_due(tx, at)) for channel in ("telegram", "slack")):  # type: ignore[misc]
        return "not all is said"
    return "".join(_misses(store, one) for one in people)


def _misses(store: Database, one: Wanderer) -> str:
    standing = _standing(store, one)
    if standing is None or not standing.session.consented:
        return ""
    session = standing.session
    key = session.reason_for or due(instrument_of(standing), session)
    return (
        "" if key is None or one.done or asks_for(one, key) else f"{one.one.name} is not asked {key}: {one.one.drawn()}"
    )


def _standing(store: Database, one: Wanderer) -> Standing | None:
    channel, chat = ("slack", one.one.chat) if one.on_slack else ("telegram", str(one.one.id))  # type: ignore[union-attr]
    return store.read(lambda tx: sessions.look(tx, channel, chat))


def _log_of(store: Database, one: Wanderer) -> list[tuple[str, str]]:
    standing = _standing(store, one)
    whose = standing.respondent if standing else None
    return [
        (said.response.item, str(said.response.non_response or said.response.level))
        for said in store.read(lambda tx: waves.log(tx, "valencia-es"))
        if said.respondent == whose and said.response.aspect is Aspect.AS_IS
    ]
