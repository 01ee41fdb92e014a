"""Slack's side of the wire in one process: a strict Web API, Socket Mode and signed HTTP, and the people behind it."""

import math
import threading
import time
import traceback
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from tests.fakes.serving import NoAnswer, Serving
from tests.fakes.slack_account import SIGNING_SECRET, TEAM, Account
from tests.fakes.slack_files import fetched, upload
from tests.fakes.slack_methods import perform
from tests.fakes.slack_person import SlackPerson
from tests.fakes.slack_replies import replied
from tests.fakes.slack_signed import Signed
from tests.fakes.slack_socket import Sockets
from tests.fakes.slack_tokens import NO_TOKEN, Token
from tests.fakes.slack_troubles import HangUpError, Troubles
from tests.fakes.slack_web_api import error_of, faults, types_of
from tests.fakes.slack_wire import arguments, basic
from tests.fakes.slack_workspace import Channel, RefusedError, Shown, User, Workspace

__all__ = ["FakeSlack", "Shown", "SlackPerson"]

BURST = 3  # messages and edits a channel takes at once; one more each second
SHOWING = ("chat.postMessage", "chat.update", "chat.postEphemeral", "files.completeUploadExternal")


class FakeSlack:
    """Serves the Web API between `with` and its end; one lock, so that tests may use it from any thread.

    The bot is told over Socket Mode, until `listen_at` names the address where it takes signed requests.
    """

    def __init__(self) -> None:
        self.account = Account()
        self.troubles = Troubles(self.account.changed)
        self.refuse, self.drop, self.delay = self.troubles.refuse, self.troubles.drop, self.troubles.delay
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.flood = False
        self.signing_secret = SIGNING_SECRET
        self.app_token = self.account.tokens.app_token
        self.workspace = self.account.found(TEAM)
        self.token = self.account.tokens.issue(TEAM).text
        self.sockets = Sockets(self.account)
        self.signed: Signed | None = None
        self.account.deliveries.transport = self.sockets
        self._calm: dict[str, float] = {}
        self._closing = threading.Event()
        routes = [
            Route("/api/{method}", self._method, methods=["GET", "POST"]),
            Route("/upload/v1/{file}", self._upload, methods=["POST", "PUT"]),
            Route("/files-pri/{file}/{name:path}", self._file),
            Route("/actions/{name:path}", self._reply, methods=["POST"]),
            WebSocketRoute("/link/", self.sockets.endpoint),
        ]
        self._serving = Serving(Starlette(routes=routes))
        self.account.root = self._serving.url
        self.url = f"{self._serving.url}/api/"

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        self.account.deliveries.close()
        self.sockets.close()
        if self.signed:
            self.signed.close()
        self._serving.stop()

    def person(
        self, id: str = "U0ANA", name: str = "Ana", locale: str = "es-ES", tz: str = "Europe/Madrid", team: str = TEAM
    ) -> SlackPerson:
        """The person of that id; a new one has not written to the bot yet."""
        with self.account.changed:
            workspace = self.account.found(team)
            user = workspace.users.setdefault(id, User(id, name, team, locale, tz))
            return SlackPerson(self.account, workspace, user)

    def channel(self, id: str = "C0CITY", name: str = "city", team: str = TEAM, *, bot: bool = True) -> Channel:
        """The channel of that id; in a new one is the bot, if it is not left out."""
        with self.account.changed:
            workspace = self.account.found(team)
            members = {workspace.bot_user} if bot else set()
            return workspace.channels.setdefault(id, Channel(id, name, members))

    def another(self, team: str, name: str) -> Workspace:
        """Another workspace, into which the app is yet to be installed."""
        with self.account.changed:
            workspace = self.account.found(team, name)
            workspace.installed = False
            return workspace

    def listen_at(self, url: str) -> Signed:
        """From now on the bot hears of everything by signed requests to that address."""
        self.signed = Signed(self.account, url)
        self.account.deliveries.transport = self.signed
        return self.signed

    def wait_for_connection(self, count: int = 1, seconds: float = 5) -> None:
        """Returns once the bot holds so many connections; fails after so many seconds."""
        with self.account.changed:
            there = self.account.changed.wait_for(lambda: len(self.sockets.connections) >= count, seconds)
        assert there, f"{len(self.sockets.connections)} connections after {seconds} s"

    def settled(self, seconds: float = 5) -> None:
        """Returns once the bot has heard all there is; fails after so many seconds."""
        with self.account.changed:
            done = self.account.changed.wait_for(lambda: not self.account.deliveries.pending, seconds)
        assert done, f"still to be heard: {[each.payload for each in self.account.deliveries.pending]}"

    @property
    def faults(self) -> list[str]:
        """Every departure from the specification, by name."""
        return self.account.faults

    @property
    def updates_pending(self) -> int:
        """How many deliveries the bot has not acknowledged, or under `deliver_twice` not heard twice."""
        with self.account.changed:
            return len(self.account.deliveries.pending)

    @property
    def deliver_twice(self) -> bool:
        """Whether each event and interaction goes out twice, acknowledged or not."""
        return self.account.deliveries.twice

    @deliver_twice.setter
    def deliver_twice(self, twice: bool) -> None:
        self.account.deliveries.twice = twice

    def install(self, team: str = TEAM) -> str:
        """Puts the app into a workspace without OAuth. Returns its bot token."""
        with self.account.changed:
            self.account.workspaces[team].installed = True
            return self.account.tokens.issue(team).text

    def uninstall(self, team: str = TEAM) -> None:
        """Takes the app out of a workspace: its tokens are revoked, and it is told so."""
        with self.account.changed:
            workspace = self.account.workspaces[team]
            revoked = {"oauth": [], "bot": [workspace.bot_user]}
            self.account.tell(workspace, {"type": "tokens_revoked", "tokens": revoked}, team)
            self.account.tell(workspace, {"type": "app_uninstalled"}, team)
            workspace.installed = False
            self.account.tokens.spoil(team, "account_inactive")

    async def _method(self, request: Request) -> Response:
        method, query = request.path_params["method"], request.url.query
        kind, body = request.headers.get("content-type", ""), await request.body()
        return await run_in_threadpool(self._answer, method, kind, body, query, request.headers.get("authorization"))

    async def _upload(self, request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(self._uploaded, request.path_params["file"], body)

    async def _file(self, request: Request) -> Response:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ") or None
        status, content, kind = await run_in_threadpool(fetched, self.account, request.path_params["file"], bearer)
        return Response(content, status, media_type=kind)

    async def _reply(self, request: Request) -> Response:
        body = await request.body()
        status, text = await run_in_threadpool(replied, self.account, request.path_params["name"], body)
        return PlainTextResponse(text, status)

    def _uploaded(self, file: str, body: bytes) -> Response:
        try:
            self.troubles.meet("upload", None, after=False)
            status, text = upload(self.account, file, body)
            self.troubles.meet("upload", None, after=True)
        except RefusedError as refused:
            return _failed(refused)
        except HangUpError:
            return NoAnswer()
        return PlainTextResponse(text, status)

    def _answer(self, method: str, kind: str, body: bytes, query: str, authorization: str | None) -> Response:
        try:
            return JSONResponse({"ok": True} | self._result(method, kind, body, query, authorization))
        except RefusedError as refused:
            return _failed(refused)
        except HangUpError:
            return NoAnswer()
        except Exception as broken:
            # A test must not take the fake's own mistake for one of Slack's 500s.
            self.faults.append(f"{method}: the fake itself broke: {''.join(traceback.format_exception(broken))}")
            return _failed(RefusedError("fatal_error", 500))

    def _result(self, method: str, kind: str, body: bytes, query: str, authorization: str | None) -> dict[str, Any]:
        given = {}
        try:
            given = basic(authorization) | arguments(kind, body, query, types_of(method))
            found = faults(method, given)
        except ValueError as unreadable:
            found = [f"{method}: unreadable: {unreadable}"]
        bearer = (authorization or "").removeprefix("Bearer ") if not given.get("token") else given.pop("token")
        self._note(method, given, found)
        channel = given.get("channel", given.get("channel_id"))
        self._closing.wait(self.troubles.delays.get(method, 0))
        self.troubles.meet(method, channel, after=False)
        token = self._known(method, bearer)
        if found:
            raise RefusedError(error_of(method, found), errors=found, response_metadata={"messages": found})
        self._ration(method, channel)
        result = perform(self.account, token, method, given)
        self.troubles.meet(method, channel, after=True)
        return result

    def _note(self, method: str, given: dict[str, Any], found: list[str]) -> None:
        with self.account.changed:
            self.requests.append((method, given))
            self.faults.extend(found)

    def _known(self, method: str, bearer: str | None) -> Token | None:
        with self.account.changed:
            return None if method in NO_TOKEN else self.account.tokens.found(bearer, method)

    def _ration(self, method: str, channel: object) -> None:
        """Under `flood`, refuses what comes faster than a message a second after a burst."""
        if not (self.flood and method in SHOWING and isinstance(channel, str)):
            return
        with self.account.changed:
            now = time.monotonic()
            calm = max(self._calm.get(channel, 0), now) + 1
            if calm > now + BURST:
                raise RefusedError("ratelimited", 429, math.ceil(calm - now - BURST))
            self._calm[channel] = calm


def _failed(refused: RefusedError) -> Response:
    headers = {} if refused.retry_after is None else {"Retry-After": str(refused.retry_after)}
    if refused.status >= 500:
        return PlainTextResponse("Internal Server Error", refused.status)
    return JSONResponse({"ok": False, "error": refused.error} | refused.more, refused.status, headers)
