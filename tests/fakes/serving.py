"""An ASGI application behind a real port, in a thread of its own, for fakes of a platform's side of the wire."""

import socket
import threading
from typing import Any

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

CONNECTION = "the connection"


class NoAnswer(Response):
    """Closes the connection in place of an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[CONNECTION].close()
        while (await receive())["type"] != "http.disconnect":
            pass


class Serving:
    """Serves between `start` and `stop`; `url` says where."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._socket = socket.create_server(("127.0.0.1", 0))
        # asyncio does so only for sockets that it made itself; without it each answer waits 40 ms for its second half.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = "http://{}:{}".format(*self._socket.getsockname())
        config = uvicorn.Config(
            self._hear,
            interface="asgi3",
            http="h11",
            ws="websockets-sansio",  # "auto" would take the legacy one, which warns
            lifespan="off",
            log_config=None,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="fake", daemon=True)

    def start(self) -> None:
        """Connections that come before the thread is up wait in the socket's queue."""
        self._thread.start()

    def stop(self) -> None:
        """Returns once the port is closed and the requests under way are over."""
        self._server.should_exit = True
        self._thread.join()

    async def _hear(self, scope: Scope, receive: Receive, send: Any) -> None:
        # ASGI has no way to hang up: uvicorn's `send` is bound to the cycle that owns the connection.
        scope[CONNECTION] = send.__self__.transport
        await self._app(scope, receive, send)
