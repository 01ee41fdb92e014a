"""Installing the bot in a workspace: to Slack's page and back, with a state that is used once."""

import hmac
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.slack.pages import page
from bot.channels.slack.rotation import lifetime_end, reason
from bot.channels.slack.tokens import Tokens
from bot.channels.slack.workspaces import installed
from bot.channels.slack_manifest import scopes
from bot.conversation import Clock
from bot.durable import kept
from bot.settings import PREFIX, Settings
from storage import installations
from storage.database import Database, UnavailableError
from storage.installations import STATE_LIFETIME, Installation

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
COOKIE = "maturitybot-install"
"""Holds the state in the browser that began: a link that somebody else sends installs nothing."""
OURS = {
    "bad_client_secret": "SLACK_CLIENT_SECRET",
    "bad_redirect_uri": "PUBLIC_URL",
    "invalid_client_id": "SLACK_CLIENT_ID",
}
"""What Slack refuses because of how we are set up, and the setting to look at."""
OUTDATED = frozenset({"code_already_used", "code_expired", "invalid_code"})
"""What Slack answers to a code that it gave, but does not take any more."""

_log = logging.getLogger(__name__)


def routes(database: Database, settings: Settings, tokens: Tokens, clock: Clock) -> list[BaseRoute]:
    """Where a browser begins to install, and where Slack sends it afterwards; nothing without a client id."""
    if not settings.slack_client_id:
        return []
    installing = Installing(database, settings, tokens, clock)
    return [Route(INSTALL, installing.begin), Route(REDIRECT, installing.come_back)]


class Installing:
    """The two steps of installing."""

    def __init__(self, database: Database, settings: Settings, tokens: Tokens, clock: Clock) -> None:
        self._database, self._settings, self._tokens, self._clock = database, settings, tokens, clock
        base = settings.public_url.rstrip("/")
        self._redirect = f"{base}{REDIRECT}"
        self._again = partial(page, link=("Begin again", f"{base}{INSTALL}"))

    async def begin(self, _: Request) -> Response:
        """To Slack's page, on which somebody chooses a workspace and says yes."""
        try:
            state = await kept(self._database, lambda tx: installations.issue_state(tx, self._clock()))
        except UnavailableError:
            return self._not_kept()
        asked = {
            "client_id": self._settings.slack_client_id,
            "scope": ",".join(scopes()),
            "redirect_uri": self._redirect,
            "state": state,
        }
        slack = self._settings.slack_api_url.rstrip("/").removesuffix("/api")
        answer = RedirectResponse(f"{slack}/oauth/v2/authorize?{urlencode(asked)}", 302, {"Cache-Control": "no-store"})
        answer.set_cookie(
            COOKIE,
            state,
            max_age=int(STATE_LIFETIME.total_seconds()),
            secure=self._redirect.startswith("https://"),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def come_back(self, request: Request) -> Response:
        """From Slack's page: the workspace is installed, or the page says why not and what to do."""
        try:
            answer = await self._come_back(request)
        except UnavailableError:
            answer = self._not_kept()
        answer.delete_cookie(COOKIE)
        return answer

    async def _come_back(self, request: Request) -> Response:
        state, begun = request.query_params.get("state", ""), request.cookies.get(COOKIE, "")
        if not state or not hmac.compare_digest(state.encode(), begun.encode()):
            return self._out_of_date()
        if not await kept(self._database, lambda tx: installations.use_state(tx, state, self._clock())):
            return self._out_of_date()
        if request.query_params.get("error"):
            return self._again(
                200,
                "Nothing was installed",
                "You, or your workspace, did not allow it. Nothing has changed.",
                "If apps need an admin's yes in your workspace, Slack has asked them, or lets you ask them.",
            )
        code = request.query_params.get("code", "")
        return await self._exchange(code) if code else self._out_of_date()

    async def _exchange(self, code: str) -> Response:
        """A code for the workspace's token."""
        secret = self._settings.slack_client_secret or SecretStr("")
        try:
            got = await AsyncWebClient(base_url=self._settings.slack_api_url).oauth_v2_access(
                client_id=self._settings.slack_client_id,
                client_secret=secret.get_secret_value(),
                code=code,
                redirect_uri=self._redirect,
            )
        except SlackApiError as error:
            return self._refused(reason(error))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return self._refused(type(error).__name__)
        told: Mapping[str, Any] = got.data if isinstance(got.data, dict) else {}
        installation = self._read(told)
        if installation is None:
            return self._refused("no bot token")
        await installed(self._database, installation, self._clock)
        self._tokens.forget()
        name = ((told.get("enterprise") if told.get("is_enterprise_install") else told.get("team")) or {}).get("name")
        where = {"app": installation.app, "team": installation.workspace}
        return page(
            200,
            f"maturitybot is installed in {name or 'your workspace'}",
            "Next: open maturitybot in Slack, choose the tab Messages, and write survey.",
            "It answers there and asks for your invitation. Whoever has none can ask for one there too. "
            "You can close this page.",
            link=("Open maturitybot in Slack", f"https://slack.com/app_redirect?{urlencode(where)}"),
        )

    def _read(self, told: Mapping[str, Any]) -> Installation | None:
        """What Slack gave; None where it is no bot's token."""
        home = told.get("enterprise") if told.get("is_enterprise_install") else told.get("team")
        if told.get("token_type") != "bot" or not told.get("access_token") or not (home or {}).get("id"):
            return None
        return Installation(
            str((home or {})["id"]),
            str(told["access_token"]),
            str(told.get("bot_user_id", "")),
            str(told.get("app_id", "")),
            str(told.get("scope", "")),
            told.get("refresh_token"),
            lifetime_end(told.get("expires_in"), self._clock()),
        )

    def _refused(self, why: str) -> Response:
        """Slack did not give a token; whose turn it is to mend that."""
        if why in OUTDATED:
            return self._out_of_date()
        if why in OURS:
            _log.error("Slack refuses to install (%s): look at %s%s", why, PREFIX, OURS[why])
            return page(
                500,
                "Not installed yet: we have to mend something",
                f"Slack does not accept how this server is set up ({why}). Nothing has changed in your workspace.",
                "Please tell whoever runs maturitybot for you, with the words in parentheses.",
            )
        _log.warning("Slack did not install (%s)", why)
        return self._again(
            502,
            "Not installed yet: Slack did not answer",
            "Nothing has changed in your workspace. Wait a minute, then begin again.",
        )

    def _out_of_date(self) -> Response:
        return self._again(
            400,
            "This link is not valid any more",
            "It can be used once, within ten minutes, in the browser in which you began.",
            "If you saw before that maturitybot is installed, all is well. Otherwise begin again.",
        )

    def _not_kept(self) -> Response:
        return self._again(
            503,
            "Not installed yet: we could not keep it",
            "Something is out of order on our side. Wait a few minutes, then begin again.",
        )
