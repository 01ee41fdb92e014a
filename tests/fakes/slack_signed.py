"""Signed HTTP: what Slack posts to an app's address, what it expects for an answer, and what a forger would post."""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.fakes.slack_account import SIGNING_SECRET, Account
from tests.fakes.slack_delivery import Answer, Delivery

FORM = "application/x-www-form-urlencoded"
LOOK_AGAIN = 0.02  # seconds between two tries at a port that is closed


@dataclass(frozen=True)
class Posted:
    """A request as it went out, so that it can be sent again byte for byte."""

    headers: dict[str, str]
    body: bytes


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature over a time and a body."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def signed(kind: str, body: bytes, *, secret: str = SIGNING_SECRET, age: float = 0) -> Posted:
    """A request with Slack's headers, signed `age` seconds ago."""
    timestamp = str(int(time.time() - age))
    head = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature(secret, timestamp, body)}
    return Posted({"Content-Type": kind, "User-Agent": "Slackbot 1.0"} | head, body)


def request(delivery: Delivery, number: int = 0, reason: str = "") -> Posted:
    """The request that brings a delivery, for the so manieth time."""
    if delivery.is_event:
        posted = signed("application/json", json.dumps(delivery.payload).encode())
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if reason else {}
        return Posted(posted.headers | again, posted.body)
    fields = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
    return signed(FORM, urlencode(fields).encode())


class Signed:
    """The way to an app that listens at `url`."""

    def __init__(self, account: Account, url: str) -> None:
        self.url = url
        self.acknowledged_within = 3.0
        self.patience = 3.0  # seconds that a closed port is tried before a tap did not work
        self.posted: list[Posted] = []
        self._account = account
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(trust_env=False, verify=False, limits=limits)  # nothing is encrypted

    @property
    def changed(self) -> threading.Condition:
        """The one lock."""
        return self._account.changed

    def deliver(self, delivery: Delivery, reason: str) -> Answer:
        """Posts it, and returns what the app answered in time."""
        posted = request(delivery, delivery.attempts - 1, reason)
        with self.changed:
            self.posted.append(posted)
        until = time.monotonic() + self.patience
        while True:
            try:
                response = self.post(posted)
            except httpx.ConnectError:
                if time.monotonic() > until or self._waited():
                    return Answer(failed="connection_failed")
            except httpx.TimeoutException:
                return Answer(failed="http_timeout")
            except httpx.HTTPError:
                return Answer(failed="connection_failed")
            else:
                return _answer(response)

    def post(self, posted: Posted) -> httpx.Response:
        """Sends a request as it is: also one that went out before."""
        timeout = httpx.Timeout(self.acknowledged_within)
        return self._client.post(self.url, content=posted.body, headers=posted.headers, timeout=timeout)

    def verify(self) -> httpx.Response:
        """Asks for the challenge back, as Slack does when the address is entered."""
        challenge = {"token": "verification-token", "challenge": "3eZbrw1aB", "type": "url_verification"}
        return self.post(signed("application/json", json.dumps(challenge).encode()))

    def forge(self, payload: dict[str, Any], *, secret: str = "a guess", age: float = 0) -> httpx.Response:
        """Posts an event with another secret, or with a signature that was made `age` seconds ago."""
        return self.post(signed("application/json", json.dumps(payload).encode(), secret=secret, age=age))

    def replay(self, posted: Posted | None = None) -> httpx.Response:
        """Posts a request again, byte for byte: the last one, if no other is given."""
        return self.post(posted or self.posted[-1])

    def close(self) -> None:
        """Lets the connections go."""
        self._client.close()

    def _waited(self) -> bool:
        """Waits a moment; true if everything ends meanwhile."""
        with self.changed:
            return self.changed.wait_for(lambda: self._account.deliveries.closed, LOOK_AGAIN)


def _answer(response: httpx.Response) -> Answer:
    if response.status_code != httpx.codes.OK:
        return Answer(failed="http_error", final=response.headers.get("x-slack-no-retry") == "1")
    if not response.content:
        return Answer()
    is_json = response.headers.get("content-type", "").startswith("application/json")
    return Answer(response.json() if is_json else response.text)
