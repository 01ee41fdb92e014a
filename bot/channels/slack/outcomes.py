"""What becomes of a request to Slack, one by one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.messages import Ambiguous, Gone, Outcome, Refused, Throttled, Unreachable

GONE = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "user_not_found",
        "user_disabled",
        "users_not_found",
        "user_not_visible",
        "cannot_dm_bot",
        "is_archived",
        "not_in_channel",
    }
)
"""The person or the chat is no more, or was never ours."""
LATER = frozenset(
    {
        "internal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "access_denied",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "app_uninstalled",
    }
)
"""May work again: Slack is busy, or an admin has yet to install the app anew. Nobody is given up for it."""
MAYBE = frozenset({"fatal_error"})
"""By Slack's own word some of it may have succeeded."""
STANDS_NO_MORE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "update_failed"})
"""What cannot be edited is said anew."""
SECONDS = 30.0
"""How long to wait where Slack says 429 without saying how long."""
SERVER = 500

Told = Callable[[], Awaitable[Outcome]]


def error_of(error: SlackApiError) -> str:
    """Slack's word for what is wrong; "" where there is none."""
    return str(_data(error).get("error", ""))


async def outcome_of(told: Told, *, harmless: bool) -> Outcome:
    """What becomes of saying something; `harmless` where it may be repeated although it may have arrived."""
    try:
        return await told()
    except SlackApiError as error:
        return _refusal(error, harmless=harmless)
    except aiohttp.ClientConnectorError as error:  # never got as far as being told
        return Unreachable(type(error).__name__)
    except (aiohttp.ClientError, asyncio.TimeoutError, SlackClientError, OSError) as error:  # noqa: UP041  # said in full
        reason = type(error).__name__
        return Unreachable(reason) if harmless else Ambiguous(reason)


def _refusal(error: SlackApiError, *, harmless: bool) -> Outcome:
    status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
    code = error_of(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:  # HTTP's own number
        return Throttled(_wait(error))
    if code in GONE:
        return Gone(code)
    if code in LATER or (status >= SERVER and code not in MAYBE):
        return Unreachable(code or f"HTTP {status}")
    if code in MAYBE or not code:  # what is no JSON came from something between us and Slack
        return Unreachable(code or f"HTTP {status}") if harmless else Ambiguous(code or f"HTTP {status}")
    said = _data(error).get("response_metadata", {}).get("messages", [])
    return Refused("; ".join([code, *map(str, said)]))


def _data(error: SlackApiError) -> dict[str, Any]:
    found = getattr(error.response, "data", None)
    return found if isinstance(found, dict) else {}


def _wait(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", {})
    told = headers.get("Retry-After") or headers.get("retry-after") or ""
    try:
        return max(float(told), 0.05)
    except ValueError:
        return SECONDS
