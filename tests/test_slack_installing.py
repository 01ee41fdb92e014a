"""Installing through real HTTP: what a browser shows, and what is kept."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.slack.installing import INSTALL, REDIRECT, routes
from bot.channels.slack.pages import page
from bot.channels.slack.tokens import Token, Tokens
from bot.channels.slack_manifest import scopes
from storage import installations
from storage.database import Database
from tests.conftest import Clock
from tests.fakes.serving import Serving
from tests.installing_slack import CLIENT, TokenOffice
from tests.test_slack_tokens import ACME, office, run

__all__ = ["office"]


class Site:
    """Our side of installing, behind a port, and a browser."""

    def __init__(self, database: Database, office: TokenOffice, clock: Clock, **settings: Any) -> None:
        self.database, self.office = database, office
        told = office.settings(**settings)
        self.tokens = Tokens(database, told, clock)
        self._serving = Serving(Starlette(routes=routes(database, told, self.tokens, clock)))
        self._serving.start()
        self.browser = self.another()

    def another(self) -> httpx.Client:
        """A browser that has been nowhere yet."""
        return httpx.Client(base_url=self._serving.url)

    def begin(self) -> dict[str, str]:
        """What Slack's page is asked for."""
        sent = self.browser.get(INSTALL)
        assert sent.status_code == 302
        self.slack = urlsplit(sent.headers["location"])
        return dict(parse_qsl(self.slack.query))

    def come_back(self, browser: httpx.Client | None = None, **said: str) -> httpx.Response:
        return (browser or self.browser).get(REDIRECT, params=said)

    def install(self, workspace: str = ACME, **more: Any) -> httpx.Response:
        """All of it, by somebody who says yes."""
        self.office.allow("code", workspace, **more)
        return self.come_back(state=self.begin()["state"], code="code")

    def close(self) -> None:
        self.browser.close()
        self._serving.stop()


@pytest.fixture
def site(database: Database, office: TokenOffice, clock: Clock) -> Iterator[Site]:
    opened = Site(database, office, clock)
    yield opened
    opened.close()


def test_a_workspace_is_installed(site: Site) -> None:
    """Slack is asked for the manifest's scopes; the page says what to do next; the token serves from then on."""
    asked = site.begin()
    assert (asked["client_id"], asked["scope"].split(",")) == (CLIENT, scopes())
    assert asked["redirect_uri"] == f"http://127.0.0.1{REDIRECT}"
    assert site.slack.path == "/oauth/v2/authorize"
    assert run(lambda: site.tokens.of(ACME)) is None
    shown = site.install()
    assert shown.status_code == 200
    assert "installed in City &lt;of&gt; T0ACME" in shown.text
    assert "Messages, and write survey" in shown.text
    found = site.database.read(lambda tx: installations.find(tx, "slack", ACME))
    assert found is not None
    assert run(lambda: site.tokens.of(ACME)) == Token(ACME, found.token, "U0BOT")
    assert (found.app, found.scopes, found.refresh_token) == ("A0APP", "chat:write,commands", "xoxe-1")


def test_an_organisation_and_a_token_that_does_not_end(site: Site) -> None:
    """An install for all workspaces is kept under the organisation; without rotation nothing is ever exchanged."""
    site.office.rotating = False
    org = {"id": "E0ORG", "name": "The region"}
    assert "The region" in site.install(enterprise=org, is_enterprise_install=True, team=None).text
    found = site.database.read(lambda tx: installations.find(tx, "slack", "E0ORG"))
    assert found is not None
    assert (found.refresh_token, found.expires_at) == (None, None)


def test_no_text_on_a_page_is_markup() -> None:
    """Neither in the title nor below it nor in an address, whoever it comes from."""
    told = b"<script>\"'&"
    shown = bytes(page(200, told.decode(), told.decode(), link=(told.decode(), told.decode())).body)
    assert b"<script" not in shown
    assert b'="&lt;script&gt;&quot;' in shown


def test_no_page_is_kept_or_framed_or_tells_others(site: Site) -> None:
    """The address holds the code; the cookie is for our server only, and is let go of."""
    begun = site.browser.get(INSTALL)
    assert "HttpOnly" in begun.headers["set-cookie"]
    assert "SameSite=lax" in begun.headers["set-cookie"]
    shown = site.install()
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in shown.headers["content-security-policy"]
    assert site.browser.cookies == httpx.Cookies()


def test_a_cookie_is_for_https_where_we_are(database: Database, office: TokenOffice, clock: Clock) -> None:
    """A browser does not send it in the clear."""
    site = Site(database, office, clock)
    assert "Secure" not in site.browser.get(INSTALL).headers["set-cookie"]
    site.close()
    secure = office.settings().model_copy(update={"public_url": "https://bot.example.org/"})
    serving = Serving(Starlette(routes=routes(database, secure, site.tokens, clock)))
    serving.start()
    begun = httpx.get(f"{serving.url}{INSTALL}")
    serving.stop()
    assert "Secure" in begun.headers["set-cookie"]
    assert dict(parse_qsl(urlsplit(begun.headers["location"]).query))["redirect_uri"] == (
        "https://bot.example.org/slack/oauth_redirect"
    )


def test_who_says_no_is_told_that_nothing_happened(site: Site) -> None:
    """With a way to begin again; what Slack adds to the address is not repeated on the page."""
    state = site.begin()["state"]
    shown = site.come_back(state=state, error="access_denied<b>")
    assert shown.status_code == 200
    assert "Nothing was installed" in shown.text
    assert f'href="http://127.0.0.1{INSTALL}"' in shown.text
    assert "<b>" not in shown.text
    assert site.office.asked == []


@pytest.mark.parametrize("how", ["forged", "another browser", "ten minutes later", "twice", "no state", "no code"])
def test_a_link_that_is_not_good_installs_nothing(site: Site, clock: Clock, how: str) -> None:
    """A state that we did not give, gave to another browser, or gave long ago; one used before; one without a code."""
    said = {"state": site.begin()["state"], "code": "code"}
    site.office.allow("code", ACME)
    browser = site.browser
    match how:
        case "forged":
            said["state"] = "forged"
            browser.cookies.set("maturitybot-install", "forged")
        case "another browser":
            browser = site.another()
        case "ten minutes later":
            clock.pass_(minutes=10)
        case "twice":
            cookies = dict(browser.cookies)
            assert site.come_back(browser, **said).status_code == 200
            browser.cookies.update(cookies)
            site.office.asked.clear()
        case "no state" | "no code":
            del said[how.removeprefix("no ")]
    shown = site.come_back(browser, **said)
    assert shown.status_code == 400
    assert "once, within ten minutes" in shown.text
    assert "Begin again" in shown.text
    assert site.office.asked == []
    browser.close()


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        ("invalid_code", 400, "not valid any more"),
        ("bad_client_secret", 500, "tell whoever runs maturitybot"),
        ("503", 502, "Wait a minute"),
        ("internal_error", 502, "Wait a minute"),
    ],
)
def test_a_code_that_slack_refuses_is_explained(site: Site, error: str, status: int, told: str) -> None:
    """To whoever can mend it; and then it works."""
    state = site.begin()["state"]
    site.office.error = error
    shown = site.come_back(state=state, code="code")
    assert (shown.status_code, told in shown.text) == (status, True)
    assert site.database.read(lambda tx: installations.find(tx, "slack", ACME)) is None
    site.office.error = ""
    assert site.install().status_code == 200


def test_without_a_client_id_nobody_installs(database: Database, office: TokenOffice, clock: Clock) -> None:
    """One workspace with its own token has no pages."""
    settings = office.settings().model_copy(update={"slack_client_id": ""})
    assert routes(database, settings, Tokens(database, settings, clock), clock) == []
