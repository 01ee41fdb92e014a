"""Telegram's side of the wire in one process: a strict Bot API on a local port, and the people behind it."""

import math
import threading
import time
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.bot_api import faults, types_of
from tests.fakes.bot_api_wire import decode
from tests.fakes.serving import NoAnswer, Serving
from tests.fakes.telegram_account import Account, Chat, Shown
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_methods import perform
from tests.fakes.telegram_person import Person
from tests.fakes.telegram_updates import RefusedError
from tests.fakes.telegram_webhook import Caller

__all__ = ["FakeTelegram", "Person", "Shown"]

TOKEN = "4242:fake-token-of-the-tests"
BURST = 3  # messages and edits a chat takes at once; one more each second
REASONS = {
    400: "Bad Request: refused by the test",
    403: "Forbidden: bot was blocked by the user",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class HangUpError(Exception):
    """The connection closes without an answer."""


@dataclass
class Trouble:
    """What a test wishes upon the next requests of a method."""

    method: str
    times: int
    chat: int | None
    after: bool
    raises: Exception


class FakeTelegram:
    """Serves the Bot API between `with` and its end; one lock, so that tests may use it from any thread."""

    def __init__(self) -> None:
        self.token = TOKEN
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.faults: list[str] = []
        self.flood = False
        self.account = Account()
        self._troubles: list[Trouble] = []
        self._delays: dict[str, float] = {}
        self._calm: dict[int, float] = {}
        self._closing = threading.Event()
        routes = [
            Route("/file/bot{token}/{path:path}", self._file),
            Route("/bot{token}/{method}", self._method, methods=["GET", "POST"]),
        ]
        self.caller = Caller(self.account)
        self._serving = Serving(Starlette(routes=routes))
        self.url = self._serving.url

    def __enter__(self) -> Self:
        self._serving.start()
        self.caller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        with self.account.changed:
            self.account.updates.closed = True
            self.account.changed.notify_all()
        self.caller.stop()
        self._serving.stop()

    def person(self, id: int = 1001, name: str = "Ana", language: str = "es") -> Person:
        """The person of that id; a new one has not written to the bot yet."""
        with self.account.changed:
            return Person(self.account, self.account.chats.setdefault(id, Chat(id, name, language)))

    def group(self, title: str = "City hall", id: int = -1001) -> Group:
        """The group of that id, without the bot at first."""
        return Group(self.account, id, title)

    @property
    def updates_pending(self) -> int:
        """How many updates the bot has not confirmed, or under `deliver_twice` not heard twice and confirmed."""
        with self.account.changed:
            return len(self.account.updates.held)

    @property
    def deliver_twice(self) -> bool:
        """Whether each update goes out in two answers, confirmed or not."""
        return self.account.updates.twice

    @deliver_twice.setter
    def deliver_twice(self, twice: bool) -> None:
        self.account.updates.twice = twice

    def refuse(
        self,
        method: str,
        status: int = 429,
        retry_after: int = 2,
        times: int = 1,
        chat: int | None = None,
        description: str = "",
    ) -> None:
        """Refuses the next `times` requests of that method (to that chat), undone."""
        refused = RefusedError(status, description or REASONS.get(status, "Refused by the test"))
        if status == 429:
            refused = _too_many(retry_after)
        with self.account.changed:
            self._troubles.append(Trouble(method, times, chat, after=False, raises=refused))

    def refuse_moved(self, method: str, to: int) -> None:
        """Refuses the next request of that method, as its group has become the supergroup `to`."""
        moved = RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrated=to)
        with self.account.changed:
            self._troubles.append(Trouble(method, 1, None, after=False, raises=moved))

    def drop(self, method: str, times: int = 1, after: bool = True) -> None:
        """Hangs up on the next `times` requests of that method: after the work is done, or before."""
        with self.account.changed:
            self._troubles.append(Trouble(method, times, None, after, HangUpError()))

    def delay(self, method: str, seconds: float) -> None:
        """Lets every request of that method wait so long from now on; 0 ends it."""
        self._delays[method] = seconds

    async def _method(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        kind, body = request.headers.get("content-type", ""), await request.body()
        return await run_in_threadpool(self._answer, token, method, kind, body)

    async def _file(self, request: Request) -> Response:
        file = self.account.files.get(request.path_params["path"].replace("/", "-"))
        if request.path_params["token"] != self.token or file is None:
            return _failed(RefusedError(404, "Not Found"))
        return Response(file.content, media_type="application/octet-stream")

    def _answer(self, token: str, method: str, kind: str, body: bytes) -> Response:
        if token != self.token:
            return _failed(RefusedError(401, "Unauthorized"))
        try:
            return JSONResponse({"ok": True, "result": self._result(method, kind, body)})
        except RefusedError as refused:
            return _failed(refused)
        except HangUpError:
            return NoAnswer()
        except Exception as broken:
            # A test must not take the fake's own mistake for one of Telegram's 500s.
            self.faults.append(f"{method}: the fake itself broke: {''.join(traceback.format_exception(broken))}")
            return _failed(RefusedError(500, REASONS[500]))

    def _result(self, method: str, kind: str, body: bytes) -> Any:
        params = self._heard(method, kind, body)
        chat = params.get("chat_id")
        self._closing.wait(self._delays.get(method, 0))
        self._meet(method, chat, after=False)
        self._ration(method, chat)
        result = perform(self.account, method, params)
        self._meet(method, chat, after=True)
        return result

    def _heard(self, method: str, kind: str, body: bytes) -> dict[str, Any]:
        """The parameters, noted; a departure from the specification is noted too, and refused."""
        try:
            params = decode(kind, body, types_of(method))
            found = faults(method, params)
        except ValueError as unreadable:
            params, found = {}, [f"{method}: unreadable: {unreadable}"]
        with self.account.changed:
            self.requests.append((method, params))
            self.faults += found
        if found:
            raise RefusedError(400, "Bad Request: " + "; ".join(found))
        return params

    def _meet(self, method: str, chat: object, after: bool) -> None:
        """Lets the first trouble that was wished upon this request happen, once."""
        with self.account.changed:
            for trouble in self._troubles:
                meant = (trouble.method, trouble.after) == (method, after) and trouble.chat in (None, chat)
                if meant and trouble.times > 0:
                    trouble.times -= 1
                    raise trouble.raises

    def _ration(self, method: str, chat: object) -> None:
        """Under `flood`, refuses what comes faster than a message a second after a burst."""
        shows = method.startswith(("send", "edit")) and method != "sendChatAction"
        if not (self.flood and shows and isinstance(chat, int)):
            return
        with self.account.changed:
            now = time.monotonic()
            calm = max(self._calm.get(chat, 0), now) + 1
            if calm > now + BURST:
                raise _too_many(math.ceil(calm - now - BURST))
            self._calm[chat] = calm


def _too_many(seconds: int) -> RefusedError:
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _failed(refused: RefusedError) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
    if refused.migrated is not None:
        body["parameters"] = {"migrate_to_chat_id": refused.migrated}
    return JSONResponse(body, refused.status)
