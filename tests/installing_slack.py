"""What Slack says of tokens: a small stand-in for `auth.test` and `oauth.v2.access`, behind a real port."""

import asyncio
import base64
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.settings import Settings
from tests.fakes.serving import Serving

CLIENT, SECRET = "123.456", "the client's secret"


class TokenOffice:
    """Gives tokens for codes, and the next pair for a refresh token, which is good once."""

    def __init__(self) -> None:
        self.alive: dict[str, str] = {}
        """Tokens that are taken, and the workspace of each."""
        self.refreshes: dict[str, str] = {}
        """Refresh tokens that are taken, and the workspace of each."""
        self.codes: dict[str, dict[str, Any]] = {}
        """Codes that are taken, and what stands in the answer beside the tokens."""
        self.asked: list[str] = []
        """The methods that were called."""
        self.error = ""
        """Said to everything while it is set; a number is answered as the status of an empty page."""
        self.forgiving = False
        """Whether a refresh token is taken more than once."""
        self.rotating = True
        self.seconds = 0.0
        """How long an exchange takes."""
        self._numbers = count(1)
        self._serving = Serving(
            Starlette(
                routes=[
                    Route("/api/auth.test", self._auth_test, methods=["POST"]),
                    Route("/api/oauth.v2.access", self._access, methods=["POST"]),
                ]
            )
        )

    @contextmanager
    def open(self) -> Iterator["TokenOffice"]:
        """While it is open."""
        self._serving.start()
        try:
            yield self
        finally:
            self._serving.stop()

    def settings(self, **more: Any) -> Settings:
        """What an operator sets who serves many workspaces."""
        return Settings(
            data_dir=Path("unused"),
            slack_api_url=f"{self._serving.url}/api/",
            slack_client_id=CLIENT,
            slack_client_secret=SecretStr(SECRET),
            public_url="http://127.0.0.1",
            **more,
        )

    def pair(self, workspace: str) -> tuple[str, str]:
        """A new token, and the refresh token that belongs to it."""
        number = next(self._numbers)
        token, refresh = f"xoxe.xoxb-{number}", f"xoxe-{number}"
        self.alive[token], self.refreshes[refresh] = workspace, workspace
        return token, refresh

    def end(self, workspace: str) -> None:
        """Nobody wants us there any more: all its tokens are refused from now on."""
        self.alive = {token: of for token, of in self.alive.items() if of != workspace}
        self.refreshes = {token: of for token, of in self.refreshes.items() if of != workspace}

    def allow(self, code: str, workspace: str, **more: Any) -> None:
        """Somebody said yes on Slack's page."""
        self.codes[code] = {"team": {"id": workspace, "name": f"City <of> {workspace}"}, "enterprise": None, **more}

    async def _auth_test(self, request: Request) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if trouble := self._trouble("auth.test"):
            return trouble
        if token not in self.alive:
            return _no("account_inactive")
        return JSONResponse({"ok": True, "team_id": self.alive[token], "user_id": "U0BOT", "bot_id": "B0BOT"})

    async def _access(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        given = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if trouble := self._trouble("oauth.v2.access"):
            return trouble
        if given != f"{CLIENT}:{SECRET}":
            return _no("bad_client_secret")
        if form.get("grant_type") == "refresh_token":
            return await self._refresh(form["refresh_token"])
        told = self.codes.pop(form.get("code", ""), None)
        if told is None or not form["redirect_uri"].endswith("/slack/oauth_redirect"):
            return _no("invalid_code")
        home = told["enterprise"] if told.get("is_enterprise_install") else told["team"]
        return JSONResponse({**self._pair(home["id"]), "scope": "chat:write,commands", **told})

    async def _refresh(self, token: str) -> Response:
        workspace = self.refreshes.get(token)
        if workspace is None:
            return _no("invalid_refresh_token")
        if not self.forgiving:
            del self.refreshes[token]
        await asyncio.sleep(self.seconds)
        return JSONResponse(self._pair(workspace))

    def _pair(self, workspace: str) -> dict[str, Any]:
        token, refresh = self.pair(workspace)
        told = {"ok": True, "access_token": token, "token_type": "bot", "bot_user_id": "U0BOT", "app_id": "A0APP"}
        return told | ({"refresh_token": refresh, "expires_in": 43_200} if self.rotating else {})

    def _trouble(self, method: str) -> Response | None:
        self.asked.append(method)
        if not self.error:
            return None
        return Response("", int(self.error)) if self.error.isdigit() else _no(self.error)


def _no(error: str) -> Response:
    return JSONResponse({"ok": False, "error": error})
