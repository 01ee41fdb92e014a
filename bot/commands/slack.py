"""What an operator does for Slack: slack manifest."""

import re
import sys
from typing import Annotated

import typer

from bot.channels import slack_manifest
from bot.commands.common import UserError
from bot.settings import load

slack = typer.Typer(no_args_is_help=True, help="Slack, for those who set it up.")

_ADDRESS = re.compile(r"https://(?P<host>[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)(:\d+)?(/[A-Za-z0-9._~-]+)*/?")
_AT_HOME = re.compile(r"https?://(localhost|127\.|10\.|192\.168\.|\[)", re.IGNORECASE)


@slack.callback()
def _() -> None:
    """A group, though it has one command yet."""


@slack.command("manifest")
def manifest(
    *,
    public_url: Annotated[
        str, typer.Option(metavar="URL", help="Where Slack reaches this server; MATURITYBOT_PUBLIC_URL if left out.")
    ] = "",
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: Slack does not call this server.")] = False,
    one_workspace: Annotated[
        bool,
        typer.Option("--one-workspace", help="For one workspace whose bot token you copy by hand: it does not rotate."),
    ] = False,
) -> None:
    """Print the app's manifest, to be pasted at api.slack.com/apps > Create New App > From a manifest."""
    url = public_url.strip() or load().public_url
    if url or not socket:
        _check(url)
    sys.stdout.write(slack_manifest.filled(url, socket=socket, rotating=not one_workspace))


def _check(url: str) -> None:
    """Raises UserError for what Slack would not call."""
    if not url:
        raise UserError(
            "Where does Slack reach this server? Give --public-url https://bot.example.org. If it has no public "
            "address, give --socket."
        )
    if _AT_HOME.match(url):
        raise UserError(f"Slack cannot reach {url} from outside. Give the public address, or --socket.")
    if not _ADDRESS.fullmatch(url):
        raise UserError(
            f"“{url}” is no address that Slack calls. It looks like https://bot.example.org, with https:// and without "
            "? or #; a path is fine where a proxy takes it away."
        )
