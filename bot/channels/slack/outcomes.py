"""What becomes of a request to Slack, one by one."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
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
        "user_not_in_channel",
        "thread_not_found",
        "thread_locked",
        "channel_type_not_supported",
        "method_not_supported_for_channel_type",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
    }
)
"""The person or the chat is no more, or was never ours to write to."""
AWAY = frozenset({"internal_error", "service_unavailable", "request_timeout"})
"""Slack is busy, for everybody."""
LATER = frozenset(
    {
        "team_added_to_org",
        "access_denied",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "app_uninstalled",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "org_login_required",
        "team_access_not_granted",
        "team_not_found",
        "two_factor_setup_required",
    }
)
"""May work again, once an admin has done something in that workspace. Nobody is given up for it."""
MAYBE = frozenset({"fatal_error"})
"""By Slack's own word some of it may have succeeded."""
STANDS_NO_MORE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "update_failed"})
"""What cannot be edited is said anew."""
SECONDS = 30.0
"""How long to wait where Slack says 429 without saying how long."""
BUSY, SERVER = 429, 500

COMPLAINT = 200
"""Characters that are logged of each complaint."""
_QUOTED = re.compile(r"""(?<!\w)(["'`]).*\1|<.*>""", re.DOTALL)

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
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:  # never got as far as being told
        return Unreachable(type(error).__name__)
    except (aiohttp.ClientError, asyncio.TimeoutError, SlackClientError, OSError) as error:  # noqa: UP041  # said in full
        reason = type(error).__name__
        return Unreachable(reason) if harmless else Ambiguous(reason)


def _refusal(error: SlackApiError, *, harmless: bool) -> Outcome:
    status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
    code = error_of(error)
    if status == BUSY or code in {"ratelimited", "rate_limited", "message_limit_exceeded"}:
        return Throttled(wait_of(getattr(error.response, "headers", {})))
    if code in GONE:
        return Gone(code)
    if code in LATER | AWAY or (status >= SERVER and code not in MAYBE):
        return Unreachable(code or f"HTTP {status}")
    if code in MAYBE or not code:  # what is no JSON came from something between us and Slack
        return Unreachable(code or f"HTTP {status}") if harmless else Ambiguous(code or f"HTTP {status}")
    return Refused("; ".join([code, *_complaints(error)]))


def _complaints(error: SlackApiError) -> Iterator[str]:
    """What Slack says is wrong and where; what it quotes of a message is left out."""
    data = _data(error)
    said = (data.get("response_metadata") or {}).get("messages") or data.get("errors") or []
    for one in said if isinstance(said, list) else []:
        yield _QUOTED.sub("(...)", str(one))[:COMPLAINT]


def _data(error: SlackApiError) -> dict[str, Any]:
    found = getattr(error.response, "data", None)
    return found if isinstance(found, dict) else {}


def wait_of(headers: Mapping[str, str]) -> float:
    """The seconds that Slack wants a chat left alone."""
    told = headers.get("Retry-After") or headers.get("retry-after") or ""
    try:
        return max(float(told), 0.05)
    except ValueError:
        return SECONDS
