"""Files that people shared: Slack hands them out to whoever shows the workspace's token."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.outcomes import outcome_of
from bot.messages import Fetched, FetchOutcome, Outcome, Sent, Throttled, Unreachable
from flows.margin.filing import LARGEST

OK = 200


async def fetched(client: AsyncWebClient, session: aiohttp.ClientSession, token: str, file: str) -> FetchOutcome:
    """The content of a file, by its id; see `bot.messages.Source`."""
    found: dict[str, object] = {}

    async def looked() -> Outcome:
        found.update((await client.files_info(token=token, file=file)).get("file") or {})
        return Sent("")

    outcome = await outcome_of(looked, harmless=True)
    if isinstance(outcome, Throttled | Unreachable):
        return outcome
    address = found.get("url_private_download") or found.get("url_private")
    if not isinstance(outcome, Sent) or not address or int(str(found.get("size") or 0)) > LARGEST:
        return None
    if found.get("is_external"):  # it is not Slack that would see the token
        return None
    try:
        return await _downloaded(session, token, str(address))
    except (aiohttp.ClientError, TimeoutError, SlackApiError) as error:
        return Unreachable(type(error).__name__)


async def _downloaded(session: aiohttp.ClientSession, token: str, address: str) -> FetchOutcome:
    async with session.get(address, headers={"Authorization": f"Bearer {token}"}) as answer:
        if answer.status >= 500:  # HTTP's own number
            return Unreachable(f"HTTP {answer.status}")
        if answer.status != OK or answer.content_type == "text/html":  # Slack shows a login page for a wrong token
            return None
        content = await answer.content.read(LARGEST + 1)
        while len(content) <= LARGEST and (more := await answer.content.read(LARGEST + 1 - len(content))):
            content += more
        return Fetched(content) if len(content) <= LARGEST else None
