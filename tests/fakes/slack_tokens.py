"""The tokens of an app: what each is good for, and how OAuth gives, renews and takes them."""

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes.slack_workspace import RefusedError, Workspace

ROTATED_SECONDS = 43_200
SCOPES = {
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
}
APP_METHODS = {"apps.connections.open"}
ANY_TOKEN = {"auth.test"}
NO_TOKEN = {"oauth.v2.access"}


@dataclass
class Token:
    """One token; `team` is empty for the app's own. `error` is what Slack says to it, if it is good no more."""

    text: str
    team: str
    error: str = ""
    expires: float | None = None  # a Unix time

    def check(self, method: str) -> None:
        """Slack's refusal, if it is not good for that method now."""
        if self.error:
            raise RefusedError(self.error)
        if self.expires is not None and time.time() >= self.expires:
            raise RefusedError("token_expired")
        if method not in ANY_TOKEN and (method in APP_METHODS) == bool(self.team):
            raise RefusedError("not_allowed_token_type")


class Tokens:
    """All tokens, codes and refresh tokens of our app."""

    def __init__(self) -> None:
        self.client_id = "4242.2424"
        self.client_secret = "client-secret-of-the-tests"
        self.app_token = "xapp-1-A0APP-4242-of-the-tests"
        self.rotation = False
        self.scopes = set(SCOPES)
        self.seconds = ROTATED_SECONDS
        self.known = {self.app_token: Token(self.app_token, "")}
        self._codes: dict[str, tuple[str, str]] = {}
        self._used: set[str] = set()
        self._refreshing: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def issue(self, team: str) -> Token:
        """A bot token for a workspace, one that ends where rotation is on."""
        number = next(self._numbers)
        text = f"xoxe.xoxb-1-{team}-{number}" if self.rotation else f"xoxb-{team}-{number}-of-the-tests"
        token = Token(text, team, expires=time.time() + self.seconds if self.rotation else None)
        self.known[text] = token
        return token

    def refreshing(self, team: str) -> str:
        """A new refresh token for a workspace."""
        text = f"xoxe-1-{team}-{next(self._numbers)}"
        self._refreshing[text] = team
        return text

    def found(self, text: str | None, method: str) -> Token:
        """The token that a request came with; Slack's refusal if it is good for nothing."""
        if not text:
            raise RefusedError("not_authed")
        if text not in self.known:
            raise RefusedError("invalid_auth")
        self.known[text].check(method)
        return self.known[text]

    def spoil(self, team: str, error: str) -> None:
        """Every bot token of a workspace gets this error from now on."""
        for token in self.known.values():
            if token.team == team:
                token.error = error

    def code(self, team: str, redirect_uri: str = "") -> str:
        """The code that a person who presses Allow is sent back with."""
        code = f"code-{next(self._numbers)}"
        self._codes[code] = (team, redirect_uri)
        return code

    def authorized(self, link: str, team: str, *, denied: bool = False) -> str:
        """Where a person's browser goes who follows the link to Slack's /oauth/v2/authorize, and allows the app or not."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        if asked.get("client_id") != self.client_id:
            raise LookupError(f"no app has the client id {asked.get('client_id')!r}")
        wide = set(asked.get("scope", "").split(",")) - self.scopes
        if wide:
            raise LookupError(f"the app's manifest has no scope {sorted(wide)}")
        target = asked["redirect_uri"]
        told = {"error": "access_denied"} if denied else {"code": self.code(team, target)}
        return f"{target}?{urlencode(told | {'state': asked.get('state', '')})}"

    def access(self, params: Mapping[str, Any], workspaces: Mapping[str, Workspace], installer: str) -> dict[str, Any]:
        """What oauth.v2.access answers to a code, or to a refresh token."""
        if params.get("client_id") != self.client_id:
            raise RefusedError("invalid_client_id")
        if params.get("client_secret") != self.client_secret:
            raise RefusedError("bad_client_secret")
        if params.get("grant_type") == "refresh_token":
            team = self._refreshed(params.get("refresh_token", ""))
        else:
            team = self._redeemed(params)
        workspace = workspaces[team]
        workspace.installed = True
        token = self.issue(team)
        turned = {"refresh_token": self.refreshing(team), "expires_in": self.seconds} if self.rotation else {}
        return {
            "app_id": "A0APP",
            "authed_user": {"id": installer},
            "scope": ",".join(sorted(self.scopes)),
            "token_type": "bot",
            "access_token": token.text,
            "bot_user_id": workspace.bot_user,
            "team": {"id": team, "name": workspace.name},
            "enterprise": None,
            "is_enterprise_install": False,
        } | turned

    def _refreshed(self, text: str) -> str:
        team = self._refreshing.pop(text, None)
        if team is None or not self.rotation:
            raise RefusedError("invalid_refresh_token")
        return team

    def _redeemed(self, params: Mapping[str, Any]) -> str:
        code = params.get("code", "")
        if code in self._used:
            raise RefusedError("code_already_used")
        team, redirect_uri = self._codes.get(code, ("", ""))
        if not team:
            raise RefusedError("invalid_code")
        if redirect_uri and params.get("redirect_uri") != redirect_uri:
            raise RefusedError("bad_redirect_uri")
        self._used.add(code)
        return team
