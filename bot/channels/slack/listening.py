"""The library's app: it checks signatures and tells payloads apart; ours is acknowledged after our part is done."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.blocks import OPEN
from bot.channels.slack.hearing import Ack, Ears
from bot.channels.slack.modals import FORM
from bot.channels.slack.parsing import Payload
from bot.channels.slack.tokens import Tokens, authorizing

ANY = re.compile(".*", re.DOTALL)

Part = Callable[[Payload], Awaitable[Ack]]


def bolt(ears: Ears, tokens: Tokens, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """The app with all its parts; whatever none of them knows is answered as an old button is."""
    app = AsyncApp(
        process_before_response=True,
        signing_secret=signing_secret,
        client=client,
        authorize=authorizing(tokens),  # type: ignore[arg-type]  # None is what the library calls unknown
        logger=logging.getLogger(f"{__name__}.bolt"),
    )

    def hears(part: Part) -> Any:
        async def listener(body: Payload, ack: AsyncAck) -> None:
            try:
                told = await part(body)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                told = await ears.unread(body, error)
            await ack(**told)  # type: ignore[arg-type]  # as the part says

        return listener

    app.event("message")(hears(ears.message))
    app.event("app_mention")(hears(ears.mention))
    app.event("app_home_opened")(hears(ears.opened))
    app.event("app_uninstalled")(hears(ears.left))
    app.event("tokens_revoked")(hears(ears.left))
    app.event(ANY)(hears(_nothing))
    app.action(re.compile(f"{OPEN}-.*"))(hears(ears.form))
    app.action(ANY)(hears(ears.tap))
    app.command(ANY)(hears(ears.command))
    app.shortcut(ANY)(hears(ears.shortcut))
    app.view(FORM)(hears(ears.submitted))
    app.view(ANY)(hears(ears.strange))
    return app


async def _nothing(_: Payload) -> Ack:
    """What concerns nobody."""
    return {}
