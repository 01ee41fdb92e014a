"""The programs as processes: started, killed with SIGKILL, started again, stopped with SIGTERM."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from tests.fakes.slack import FakeSlack, SlackPerson
from tests.fakes.telegram import FakeTelegram
from tests.serving import free_port
from tests.serving_slack import of_slack
from tests.serving_slack import question as asked_on_slack
from tests.serving_telegram import of_telegram, question
from tests.slack_people import sees, tapped

COMMAND = (sys.executable, "-m", "bot")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A data folder of its own."""
    return {**os.environ, "MATURITYBOT_DATA_DIR": str(tmp_path), "LANG": "C.UTF-8"}


@pytest.fixture
def telegram(environment: dict[str, str]) -> Iterator[FakeTelegram]:
    """A fake that the environment points to."""
    with FakeTelegram() as fake:
        environment |= {"MATURITYBOT_TELEGRAM_TOKEN": fake.token, "MATURITYBOT_TELEGRAM_API_URL": fake.url}
        yield fake
        assert fake.faults == []


@contextlib.contextmanager
def serving(environment: dict[str, str]) -> Iterator[Callable[[], None]]:
    """`maturitybot serve` until SIGTERM, with which it ends well; what is given kills it and starts it again."""
    running = [subprocess.Popen([*COMMAND, "serve"], env=environment)]

    def again() -> None:
        running[0].kill()
        running[0].wait()
        running[0] = subprocess.Popen([*COMMAND, "serve"], env=environment)

    try:
        yield again
        running[0].send_signal(signal.SIGTERM)
        assert running[0].wait(timeout=20) == 0
    finally:
        running[0].kill()
        running[0].wait()


def of(settings: Mapping[str, object]) -> dict[str, str]:
    """Settings as the environment tells them."""
    told = {name: one.get_secret_value() if isinstance(one, SecretStr) else str(one) for name, one in settings.items()}
    return {f"MATURITYBOT_{name.upper()}": one for name, one in told.items()}


def invited(environment: dict[str, str]) -> str:
    """The code of an invitation to Lugano, which is there from now on."""
    added = run(environment, "city", "add", "Lugano", "--country", "CH", "--population", "63000", "--json")
    return str(json.loads(added.stdout)["invitation"]["code"])


def levels(environment: dict[str, str]) -> list[int]:
    """What Lugano has answered, in the order in which it did."""
    return [json.loads(row)["level"] for row in run(environment, "export", "lugano-ch").stdout.splitlines()]


def answered(person: SlackPerson, number: int) -> None:
    """Waits for a question and taps its answer; returns once Slack is told that it was received."""
    person.wait(lambda one: (asked := asked_on_slack(one)) is not None and f"· {number} of 25" in asked.text, 40)
    asked = asked_on_slack(person)
    assert asked is not None
    person.tap_old(asked.id, f"{number} ")
    person.wait(lambda one: one.spinning == 0, 20)
    assert person.troubles == []


def run(environment: dict[str, str], *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """A command from beginning to end."""
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, input=said, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_server_goes_on_after_sigkill_and_ends_on_sigterm(
    telegram: FakeTelegram, environment: dict[str, str]
) -> None:
    """Killed after every answer: each answer is kept once, and the very next question comes."""
    added = run(environment, "city", "add", "Lugano", "--country", "CH", "--population", "63000", "--json")
    invitation = json.loads(added.stdout)["invitation"]
    assert invitation["telegram_link"] == f"https://t.me/under_test_bot?start={invitation['code']}"
    ana = telegram.person(1001, "Ana", "en")
    with serving(environment) as again:
        ana.say(f"/start {invitation['code']}")
        ana.wait(lambda person: person.tap("Yes, keep my answers") and True, seconds=20)
        for number in range(1, 5):
            ana.wait(
                lambda person, at=number: (asked := question(person)) is not None and f"· {at} of 25" in asked.text,  # type: ignore[misc]
                seconds=20,
            )
            asked = question(ana)
            assert asked is not None
            ana.tap_old(asked.id, f"{number} ")
            if number % 2:
                again()
        ana.wait(lambda person: any("· 5 of 25" in shown.text for shown in person.screen), seconds=20)
    assert levels(environment) == [1, 2, 3, 4]
    titles = [shown.text.splitlines()[0] for shown in ana.screen]
    assert len(titles) == len(set(titles)), "nothing is asked twice"


def test_a_socket_of_slacks_is_opened_again_after_sigkill(slack: FakeSlack, environment: dict[str, str]) -> None:
    """Killed as soon as an answer is acknowledged: it is kept, once, and the next process goes on."""
    environment |= of(of_slack(slack))
    code = invited(environment)
    ana = slack.person("U0ANA", "Ana", "en-GB")
    with serving(environment) as again:
        ana.say(code)
        tapped(ana, "Yes, keep my answers")
        for number in range(1, 5):
            answered(ana, number)
            if number % 2:
                again()
                slack.wait_for_connection(seconds=40)
        ana.wait(lambda one: any("· 5 of 25" in shown.text for shown in one.screen), seconds=40)
    assert levels(environment) == [1, 2, 3, 4]


def test_one_port_serves_both_platforms_and_says_that_it_is_there(
    slack: FakeSlack, telegram: FakeTelegram, environment: dict[str, str]
) -> None:
    """Telegram's calls and Slack's signed requests at MATURITYBOT_HTTP_PORT, killed in between; one person on both."""
    port = free_port()
    environment |= of(of_slack(slack, port)) | of(of_telegram(telegram, port)) | of({"http_port": port})
    assert slack.signed is not None
    slack.signed.patience = 40.0
    code = invited(environment)
    ana, phone = slack.person("U0ANA", "Ana", "en-GB"), telegram.person(1001, "Ana", "en")
    with serving(environment) as again:
        ana.say(code)
        tapped(ana, "Yes, keep my answers")
        answered(ana, 1)
        again()
        answered(ana, 2)
        health = httpx.get(f"http://127.0.0.1:{port}/health", timeout=10)
        assert (health.status_code, health.text) == (200, "ok\n")
        ana.command("/survey", "link")
        sees(ana, "send this code", 20)
        joining = next(shown.text.splitlines()[1] for shown in ana.screen if "send this code" in shown.text)
        again()
        phone.say(joining)
        phone.wait(lambda one: (asked := question(one)) is not None and "· 3 of 25" in asked.text, seconds=40)
        phone.tap("3 ")
        phone.wait(lambda one: (asked := question(one)) is not None and "· 4 of 25" in asked.text, seconds=40)
    assert levels(environment) == [1, 2, 3]


def test_the_console_goes_on_where_it_was_killed(environment: dict[str, str]) -> None:
    """The terminal's conversation ends in the middle of a line, and goes on at the very next question."""
    first = run(environment, "chat", said="yes\nLugano\nCH\n63000\n4\n")
    assert "· 2 of 25" in first.stdout
    again = subprocess.Popen(
        [*COMMAND, "chat"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert again.stdin is not None
    assert again.stdout is not None
    again.stdin.write("pilot\n")
    again.stdin.flush()
    for line in again.stdout:
        if "· 3 of 25" in line:
            break
    again.kill()
    again.wait()
    again.stdin.close()
    again.stdout.close()
    last = run(environment, "chat", said="")
    assert "· 3 of 25" in last.stdout
    assert "· 2 of 25" not in last.stdout


def test_a_token_that_telegram_does_not_know_is_said(telegram: FakeTelegram, environment: dict[str, str]) -> None:
    """Exit code 2 and a sentence, no traceback, and no token in what is printed."""
    environment |= {"MATURITYBOT_TELEGRAM_TOKEN": "1:wrong"}
    ended = run(environment, "serve")
    assert ended.returncode == 2
    assert "does not know this token" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "1:wrong" not in ended.stderr
    del telegram


def test_a_server_that_is_called_goes_on_after_sigkill_and_ends_on_sigterm(
    telegram: FakeTelegram, environment: dict[str, str]
) -> None:
    """By webhook as by polling: killed in the middle nothing is lost; asked to stop it ends by itself."""
    port = str(free_port())
    telegram.caller.proxy = f"http://127.0.0.1:{port}"
    environment |= {"MATURITYBOT_TELEGRAM_WEBHOOK_URL": "https://bot.example.org", "MATURITYBOT_HTTP_PORT": port}
    ana = telegram.person(1001, "Ana", "en")
    for text in ("/start", "yes", "Lugano", "CH", "63000", "4"):
        server = subprocess.Popen([*COMMAND, "serve"], env=environment)
        try:
            ana.say(text)
            ana.wait(lambda _: not telegram.updates_pending, seconds=20)
        finally:
            server.kill()
            server.wait()
    server = subprocess.Popen([*COMMAND, "serve"], env=environment)
    try:
        ana.wait(lambda person: any("· 2 of 25" in shown.text for shown in person.screen), seconds=20)
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()
        server.wait()


def test_a_port_that_is_taken_is_said(telegram: FakeTelegram, environment: dict[str, str]) -> None:
    """Exit code 2 and a sentence, and Telegram was not told to call."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment |= {"MATURITYBOT_TELEGRAM_WEBHOOK_URL": "https://bot.example.org"}
        ended = run(environment | {"MATURITYBOT_HTTP_PORT": str(taken.getsockname()[1])}, "serve")
    assert ended.returncode == 2
    assert "MATURITYBOT_HTTP_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not telegram.account.webhook
