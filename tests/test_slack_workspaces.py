"""A workspace that does not want the bot any more, and one that does again: whom it reaches there."""

import asyncio
from datetime import timedelta

import msgspec
from pydantic import SecretStr
from typing_extensions import override

from bot.channels.slack.tokens import Tokens
from bot.conversation import Inbound
from bot.conversation.others import GATHERED
from flows.events import AnyEvent
from flows.prompts.teamwork import Digest
from storage import installations
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock
from tests.installing_slack import TokenOffice
from tests.test_slack_installing import Site, site
from tests.test_slack_tokens import ACME, office, run

__all__ = ["office", "site"]


class OnSlack(Team):
    """A city whose coordinator is elsewhere, and whose respondents are in a workspace."""

    @override
    def chat(self, name: str) -> str:
        return super().chat(name) if name == "Eva" else f"{ACME}:U{name}"

    @override
    def _inbound(self, name: str, said: AnyEvent | str) -> Inbound:
        made = super()._inbound(name, said)
        return made if name == "Eva" else msgspec.structs.replace(made, channel="slack")

    def lost(self) -> list[str]:
        """Who is told to the coordinator as one that cannot be written to."""
        self.clock.pass_(seconds=GATHERED.total_seconds())
        self.look()
        digests = [prompt for prompt in self.told().get("Eva", []) if isinstance(prompt, Digest)]
        return [one.name for digest in digests for one in digest.members if one.disposition == "unreachable"]


def test_people_are_lost_with_their_workspace_and_come_back_with_it(site: Site, clock: Clock) -> None:
    """The coordinator hears of it, once; late, repeated or older news make no difference."""
    site.install()
    team = OnSlack(site.database, clock)
    for name in ("Eva", "Ana", "Bo"):
        team.join(name, "coordinator" if name == "Eva" else "respondent", None if name == "Eva" else "mobility")
    team.told()
    begun = clock()
    site.office.end(ACME)
    clock.pass_(hours=1)
    for _ in range(2):
        asyncio.run(site.tokens.gone(ACME, clock()))
    assert run(lambda: site.tokens.of(ACME)) is None
    assert team.lost() == ["Ana", "Bo"]
    asyncio.run(site.tokens.gone(ACME, begun))
    assert team.lost() == []
    site.install()
    asyncio.run(site.tokens.gone(ACME, begun + timedelta(hours=1)))
    assert run(lambda: site.tokens.of(ACME)) is not None
    assert site.database.read(lambda tx: installations.people(tx, "slack", ACME, reachable=False)) == []
    assert team.lost() == []


def test_a_clock_that_goes_before_slacks_is_seen_through(site: Site, clock: Clock) -> None:
    """Uninstalled a minute after, and by our clocks before: Slack does not take the token, so it is true."""
    site.install()
    asyncio.run(site.tokens.gone(ACME, clock() - timedelta(minutes=1)))
    assert run(lambda: site.tokens.of(ACME)) is not None
    site.office.end(ACME)
    asyncio.run(site.tokens.gone(ACME, clock() - timedelta(minutes=1)))
    assert run(lambda: site.tokens.of(ACME)) is None


def test_old_news_of_a_token_that_is_set_make_no_difference(
    database: Database, office: TokenOffice, clock: Clock
) -> None:
    """It is asked whether it lives; and once it does not, its people are lost."""
    office.alive["xoxb-own"] = ACME
    settings = office.settings(slack_bot_token=SecretStr("xoxb-own"))
    tokens = Tokens(database, settings, clock)
    team = OnSlack(database, clock)
    team.join("Ana")
    asyncio.run(tokens.gone(ACME, clock()))
    assert len(database.read(lambda tx: installations.people(tx, "slack", ACME, reachable=True))) == 1
    office.end(ACME)
    asyncio.run(tokens.gone(ACME, clock()))
    assert database.read(lambda tx: installations.people(tx, "slack", ACME, reachable=True)) == []
