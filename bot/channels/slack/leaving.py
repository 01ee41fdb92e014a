"""What Slack tells of a workspace that does not want the bot any more."""

from datetime import UTC, datetime

from bot.channels.slack.parsing import Payload, workspace
from bot.channels.slack.tokens import Tokens


async def left(tokens: Tokens, body: Payload) -> None:
    """Plays `app_uninstalled`, and `tokens_revoked` where the bot's is among them.

    Raises TokenError or UnavailableError where it is to be told again.
    """
    event, told = body["event"], body.get("event_time")
    since = datetime.fromtimestamp(int(told), UTC) if told else None
    if event["type"] == "app_uninstalled":
        await tokens.gone(workspace(body), since)
    elif event["tokens"].get("bot"):
        await tokens.revoked(workspace(body), since)
