"""What people do on Slack becomes turns: one person's in the order they came, people side by side."""

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Iterable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.order import Order
from bot.channels.slack import parsing, places
from bot.channels.slack.homes import Homes
from bot.channels.slack.leaving import left
from bot.channels.slack.modals import as_view, as_word, form_of, values
from bot.channels.slack.outcomes import error_of
from bot.channels.slack.parsing import NAME, Act, Payload
from bot.channels.slack.people import NEVER_WORKS, PATIENCE, People, Profile
from bot.channels.slack.places import Place
from bot.channels.slack.posting import Post
from bot.channels.slack.text import escaped
from bot.channels.slack.tokens import Tokens
from bot.conversation import Clock, Inbound
from bot.forms import Form, event, form
from bot.serving import Heard
from bot.wording.catalogues import translations
from flows.events import Asked, Sent
from flows.events.reports import ALONE
from storage import sessions
from storage.database import Database

Ack = dict[str, object]
"""What Slack is told beside "received"."""
DEEP = 4
"""Steps that are logged of the way to what could not be read: where, and never what."""
FILES = frozenset({"model", "slides"})
"""Reports that are nothing but a file."""

_log = logging.getLogger(__name__)


class Ears:
    """Plays what people did; each part returns once that is durable."""

    def __init__(
        self,
        database: Database,
        heard: Heard,
        clock: Clock,
        client: AsyncWebClient,
        post: Post,
        tokens: Tokens,
        people: People,
        homes: Homes,
    ) -> None:
        self._database, self._heard, self._clock = database, heard, clock
        self._client, self._post, self._tokens, self._people, self._homes = client, post, tokens, people, homes
        self._order = Order()

    async def message(self, body: Payload) -> Ack:
        """A text or files in the direct message."""
        return await self._play(parsing.message(body))

    async def mention(self, body: Payload) -> Ack:
        """The bot is addressed in a channel."""
        return await self._play(parsing.mention(body))

    async def opened(self, body: Payload) -> Ack:
        """Somebody looks at the app: at their home, or at its messages, where newcomers are welcomed."""
        act = parsing.opened(body)
        if body["event"].get("tab") == "home":
            await self._homes.publish(act.person)
        elif await self._is_new(act.person):
            await self._play([act])
        return {}

    async def command(self, body: Payload) -> Ack:
        """A slash command; what is not a report in words is answered in the direct message, and that is said."""
        act = parsing.slash(body, await self._home(body))
        _ = translations((await self._profile(act)).language).gettext
        if act.group:  # where we are no member Slack hands us the command, and takes no answer
            asked = Place(act.workspace, act.user, act.channel, answer=body.get("response_url", ""))
            left_out = _("I am not in this channel yet. Write @maturitybot, let Slack add me, and send the same again.")
            self._post.expect(act.group, asked, left_out)
        told = await self._hear(act)
        if not told and act.place and not _is_said_there(act):
            told = _("I have answered in our direct messages.")
        return {"text": escaped(told)} if told else {}

    async def tap(self, body: Payload) -> Ack:
        """Buttons pressed in a message or at home."""
        home = await self._home(body)
        acts = [parsing.tap(body, action, home) for action in body["actions"]]
        await self._play(acts)
        if (body.get("view") or {}).get("type") == "home" and acts:
            await self._homes.publish(acts[0].person)
        return {}

    async def shortcut(self, body: Payload) -> Ack:
        """The shortcut to go on."""
        return await self._play([parsing.shortcut(body)])

    async def form(self, body: Payload) -> Ack:
        """A form is wanted: it opens within the three seconds that Slack allows, or not at all."""
        workspace, user = parsing.workspace(body), body["user"]["id"]
        kind, _, about = str(body["actions"][0]["value"]).partition(":")
        found = await form(self._database, self._clock, NAME, f"{workspace}:{user}", kind, about)
        close = translations(found.language if isinstance(found, Form) else "en").gettext("Close")
        view = as_view(found, close) if isinstance(found, Form) else as_word(found, "maturitybot", close)
        token = await self._tokens.soon(workspace)
        try:
            await self._client.views_open(token=token.token if token else "", trigger_id=body["trigger_id"], view=view)
        except NEVER_WORKS as error:  # too late, or Slack is away
            why = error_of(error) if isinstance(error, SlackApiError) else ""
            _log.warning("A form could not be opened (%s)", why or type(error).__name__)
            await self._again(body, found.language if isinstance(found, Form) else "en")
        return {}

    async def _again(self, body: Payload, language: str) -> None:
        """Tells whoever waits for a form to press once more, where they pressed or in the direct message."""
        workspace, user = parsing.workspace(body), parsing.user_of(body)
        where = parsing.channel_of(body) or await self._home(body)
        token = await self._tokens.soon(workspace)
        if token is not None and where:
            told = translations(language).gettext("That took too long. Please press it once more.")
            await self._post.whisper(token.token, Place(workspace, user, where), told)

    async def submitted(self, body: Payload) -> Ack:
        """A form is sent: what it stands for is kept, or each fault is said beside its field."""
        view = body["view"]
        session, kind, about, language = form_of(view)
        told = event(kind, about, values(view, parsing.workspace(body)), language)
        if isinstance(told, dict):
            return {"response_action": "errors", "errors": told}
        return await self._play(parsing.submitted(body, told, session))

    async def left(self, body: Payload) -> Ack:
        """A workspace does not want the bot any more."""
        await left(self._tokens, body)
        return {}

    async def unread(self, body: Payload, error: Exception) -> Ack:
        """What cannot be read is told to us without what it says, and answered kindly."""
        steps = traceback.extract_tb(error.__traceback__)[-DEEP:]
        _log.error("%s at %s", type(error).__name__, " > ".join(f"{one.name}:{one.lineno}" for one in steps))
        return await self.strange(body)

    async def strange(self, body: Payload) -> Ack:
        """What is none of ours, or cannot be read: nothing is kept, and whoever it is from is told."""
        user = parsing.anybody(body)
        _log.error("A payload of type %s cannot be read; it has %s", body.get("type"), ", ".join(sorted(body)))
        workspace, key = parsing.workspace(body), body.get("event_id") or body.get("trigger_id")
        if workspace and user and key:
            return await self._play([Act(f"{NAME}:{workspace}:{key}", workspace, user, Sent("unknown"))])
        return {}

    async def _play(self, acts: Iterable[Act]) -> Ack:
        """Plays acts one after the other; what is only for who acted is whispered to them where all others are."""
        for act in acts:
            told = await self._hear(act)
            token = await self._tokens.soon(act.workspace) if told else None
            if told and token is not None:
                await self._post.whisper(token.token, Place(act.workspace, act.user, act.channel), told)
        return {}

    async def _hear(self, act: Act) -> str:
        """Plays an act after those of the same person that came before; what comes back is only for them."""
        if act.direct:
            self._post.meet(act.person, act.direct)
        async with self._order.of(act.person):
            profile = await self._profile(act)
            inbound = Inbound(
                act.key,
                NAME,
                act.person,
                act.event,
                session=act.session,
                message=act.message,
                replies=act.replies,
                own=act.own,
                name=profile.name,
                language=profile.language,
                timezone=profile.timezone,
                place=act.place,
                group=act.group,
            )
            return await self._heard(inbound) or ""

    async def _profile(self, act: Act) -> Profile:
        token = await self._tokens.soon(act.workspace)
        return await self._people.profile(token.token, act.person) if token else Profile()

    async def _home(self, body: Payload) -> str:
        """Somebody's direct message with us; "" where it is not known. Slack is asked where this may be it."""
        workspace, user = parsing.workspace(body), parsing.user_of(body)
        person = Place(workspace, user)
        if parsing.channel_of(body).startswith("D") and not self._post.direct(person.person):
            token = await self._tokens.soon(workspace)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._post.find(token.token if token else "", person)
        return self._post.direct(person.person)

    async def _is_new(self, chat: str) -> bool:
        return await asyncio.to_thread(self._database.read, lambda tx: sessions.look(tx, NAME, chat)) is None


def _is_said_there(act: Act) -> bool:
    """Whether what a command asks for is said where it was asked; a file cannot be for one person's eyes there."""
    if not isinstance(act.event, Asked) or act.event.report in ALONE:
        return False
    shared = not places.read(act.place).user
    return shared or act.event.report not in FILES
