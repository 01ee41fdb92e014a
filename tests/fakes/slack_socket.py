"""Socket Mode: connections of an app, the envelopes on them and their acknowledgements."""

import asyncio
import itertools
import json
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.fakes.serving import CONNECTION
from tests.fakes.slack_account import APP, Account
from tests.fakes.slack_delivery import Answer, Delivery

CONNECTIONS = 10
PATIENCE = 3.0


@dataclass(eq=False)
class Connection:
    """One websocket, and what goes out on it; `transport` is the TCP connection beneath."""

    loop: asyncio.AbstractEventLoop
    transport: Any
    going: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    leaving: bool = False
    silent: bool = False
    closed: bool = False
    heard: int = 0  # acknowledgements

    def send(self, message: dict[str, Any] | None) -> None:
        """Sends a message, or with None hangs up; nothing goes out on a silent one."""
        text = None if message is None else json.dumps(message)
        if not self.silent:
            self.loop.call_soon_threadsafe(self.going.put_nowait, text)

    def go_silent(self) -> None:
        """Keeps the connection, and neither reads nor writes on it any more: no pongs either."""
        self.silent = True
        self.loop.call_soon_threadsafe(self.transport.pause_reading)
        self.loop.call_soon_threadsafe(self.transport.get_protocol().stop_keepalive)

    def wake(self) -> None:
        """Ends the silence."""
        if self.silent:
            self.silent = False
            self.loop.call_soon_threadsafe(self.transport.resume_reading)


class Sockets:
    """All connections of an app."""

    def __init__(self, account: Account) -> None:
        self.connections: list[Connection] = []
        self.acknowledged_within = 3.0
        self.patience = PATIENCE  # seconds until a tap without a connection did not work
        self._account = account
        self._waiting: dict[str, Delivery] = {}
        self._answers: dict[str, Any] = {}
        self._turn = itertools.count()

    @property
    def changed(self) -> threading.Condition:
        """The one lock."""
        return self._account.changed

    async def endpoint(self, websocket: WebSocket) -> None:
        """Serves one connection; a ticket of apps.connections.open is good for one."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._account.tickets:
            await websocket.close()
            return
        self._account.tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(asyncio.get_running_loop(), websocket.scope[CONNECTION])
        connection.send(self._hello())
        writing = asyncio.create_task(self._write(websocket, connection))
        with self.changed:
            if len(self.connections) >= CONNECTIONS:
                connection.leaving = True
                connection.send(_farewell("too_many_websockets"))
                connection.send(None)
            self.connections.append(connection)
            self.changed.notify_all()
        try:
            while True:
                self._acknowledge(connection, await websocket.receive_text())
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            writing.cancel()
            with self.changed:
                connection.closed = True
                self.connections.remove(connection)
                self.changed.notify_all()

    def deliver(self, delivery: Delivery, reason: str) -> Answer:
        """Sends an envelope on any connection and waits for its acknowledgement."""
        while True:
            connection = self._any(None if delivery.is_event else self.patience)
            if connection is None:
                return Answer(failed="connection_failed")
            answer = self._on(connection, delivery, reason)
            if not (answer.failed == "connection_closed" and delivery.is_event):
                return answer

    def disconnect(self, reason: str) -> None:
        """Tells every connection that it will end: warning, refresh_requested or link_disabled; all but a warning end."""
        with self.changed:
            for connection in self.connections:
                connection.send(_farewell(reason))
                if reason != "warning":
                    connection.leaving = True
                    connection.send(None)

    def go_silent(self) -> None:
        """Every connection stays open, and nothing comes by it any more; new ones are as they should be."""
        with self.changed:
            for connection in self.connections:
                connection.go_silent()

    def cut(self) -> None:
        """Every connection breaks off, as the system breaks off those of a process that was killed."""
        with self.changed:
            for connection in self.connections:
                connection.leaving = True
                connection.loop.call_soon_threadsafe(connection.transport.abort)

    def close(self) -> None:
        """Hangs up, and ends every silence so that clients hear of it."""
        with self.changed:
            for connection in self.connections:
                connection.wake()
                connection.send(None)

    def _hello(self) -> dict[str, Any]:
        about = {"host": "applink-of-the-tests", "build_number": 1, "approximate_connection_time": 18060}
        count = len(self.connections) + 1
        return {"type": "hello", "num_connections": count, "debug_info": about, "connection_info": {"app_id": APP}}

    def _any(self, seconds: float | None) -> Connection | None:
        """One of the connections, in turn, as soon as there is one."""

        def able() -> list[Connection]:
            return [each for each in self.connections if not each.leaving]

        with self.changed:
            self.changed.wait_for(lambda: able() or self._account.deliveries.closed, seconds)
            connections = [] if self._account.deliveries.closed else able()
            return connections[next(self._turn) % len(connections)] if connections else None

    def _on(self, connection: Connection, delivery: Delivery, reason: str) -> Answer:
        envelope = str(uuid.uuid4())
        head: dict[str, Any] = {"envelope_id": envelope, "type": delivery.kind, "payload": delivery.payload}
        head["accepts_response_payload"] = not delivery.is_event
        if delivery.is_event:
            head |= {"retry_attempt": delivery.attempts - 1 if reason else 0, "retry_reason": reason}

        def over() -> bool:
            return envelope not in self._waiting or connection.closed or self._account.deliveries.closed

        with self.changed:
            self._waiting[envelope] = delivery
            connection.send(head)
            acknowledged = self.changed.wait_for(over, self.acknowledged_within)
            if self._waiting.pop(envelope, None) is None:
                return Answer(self._answers.pop(envelope))
            return Answer(failed="connection_closed" if acknowledged else "timeout")

    def _acknowledge(self, connection: Connection, text: str) -> None:
        with self.changed:
            message = json.loads(text)
            envelope = message.get("envelope_id")
            delivery = self._waiting.pop(envelope, None)
            content = message.get("payload")
            if delivery is None:
                return  # too late, or twice
            if content and delivery.is_event:
                self._account.faults.append(f"acknowledgement of an event: it takes no payload, not {content!r}")
            connection.heard += 1
            self._answers[envelope] = content
            self.changed.notify_all()

    async def _write(self, websocket: WebSocket, connection: Connection) -> None:
        while (text := await connection.going.get()) is not None:
            await websocket.send_text(text)
        await websocket.close()


def _farewell(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-of-the-tests"}}
