"""How messages get into Slack: posted, edited in place, shown to one person, or uploaded in three steps."""

import logging
from collections import OrderedDict
from io import BytesIO
from typing import Any

import aiohttp
import msgspec
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.channels.slack.blocks import as_blocks, as_text, shape
from bot.channels.slack.limits import ALT, COMMENT, FILE, HEADER, TEXT
from bot.channels.slack.outcomes import BUSY, STANDS_NO_MORE, error_of, outcome_of, wait_of
from bot.channels.slack.places import Place
from bot.channels.slack.text import cut, cut_to_fit, escaped
from bot.messages import Gone, Message, Outcome, Refused, Sent, Throttled, Unreachable

PNG = ".png"
OK = 200
REMEMBERED = 10_000
"""Direct messages, words said before their file, and who waits for an answer, that are kept in memory."""

_log = logging.getLogger(__name__)


class Post:
    """Says messages; which token to use is the caller's to know."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client, self._session = client, session
        self._direct: OrderedDict[str, str] = OrderedDict()
        self._said: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._expected: OrderedDict[str, tuple[Place, str]] = OrderedDict()

    def meet(self, person: str, direct: str) -> None:
        """Remembers the direct message in which a person (T:U) writes."""
        _remember(self._direct, person, direct)

    def direct(self, person: str) -> str:
        """The direct message of a person (T:U); "" where it is not known."""
        return self._direct.get(person, "")

    async def find(self, token: str, person: Place) -> None:
        """Learns the direct message of a person from Slack, if it tells."""
        await self._channel(token, person)

    def expect(self, chat: str, asked: Place, left_out: str) -> None:
        """Remembers who has just asked for something in a channel (T:C), and what to tell them if we are not in it."""
        _remember(self._expected, chat, (asked, left_out))

    async def send(self, token: str, place: Place, message: Message, replaces: str | None) -> Outcome:
        """Says a message at a place, instead of the earlier one `replaces` ("channel/ts") where that still stands."""
        if place.answer and not place.user:  # shared by one of many: its buttons are that person's, and no one else's
            message = msgspec.structs.replace(message, buttons=(), offers=())
        if message.picture is None and message.document is None:
            outcome = await self._words(token, place, message, replaces)
        else:  # a file cannot be for one person's eyes in a channel
            open_to = Place(place.workspace, place.user) if place.user else place
            outcome = await self._file(token, open_to, message)
        asked = self._expected.pop(place.text, None)
        if isinstance(outcome, Gone) and asked is not None:
            await outcome_of(lambda: self._answer(asked[0], {"text": escaped(asked[1])}), harmless=False)
        if isinstance(outcome, Refused):
            return Refused(f"{outcome.reason}; the message: {_shape(message)}")
        return outcome

    async def whisper(self, token: str, place: Place, text: str) -> None:
        """A word that only one person sees among all others; where it cannot be said it is let go."""
        await outcome_of(lambda: self._show(token, place, {"text": escaped(cut_to_fit(text, TEXT))}), harmless=False)

    async def _words(self, token: str, place: Place, message: Message, replaces: str | None = None) -> Outcome:
        told = _told(message)
        if place.answer:
            outcome = await outcome_of(lambda: self._answer(place, told), harmless=False)
            if not isinstance(outcome, Gone):
                return outcome
        if place.user and place.channel:
            return await outcome_of(lambda: self._show(token, place, told), harmless=False)
        if replaces:
            outcome = await outcome_of(lambda: self._edit(token, replaces, told), harmless=True)
            if outcome != NOT_THERE:
                return outcome
        channel = await self._channel(token, place)
        if not isinstance(channel, str):
            return channel
        return await outcome_of(lambda: self._post(token, channel, place.thread, told), harmless=False)

    async def _post(self, token: str, channel: str, thread: str, told: dict[str, Any]) -> Outcome:
        said = await self._client.chat_postMessage(
            token=token, channel=channel, thread_ts=thread or None, unfurl_links=False, unfurl_media=False, **told
        )
        return Sent(f"{said['channel']}/{said['ts']}")

    async def _edit(self, token: str, replaces: str, told: dict[str, Any]) -> Outcome:
        channel, _, ts = replaces.partition("/")
        try:
            await self._client.chat_update(token=token, channel=channel, ts=ts, **told)
        except SlackApiError as error:
            if error_of(error) in STANDS_NO_MORE:
                return NOT_THERE
            raise
        return Sent(replaces)

    async def _show(self, token: str, place: Place, told: dict[str, Any]) -> Outcome:
        await self._client.chat_postEphemeral(
            token=token, channel=place.channel, user=place.user, thread_ts=place.thread or None, **told
        )
        return Sent("")

    async def _answer(self, place: Place, told: dict[str, Any]) -> Outcome:
        """By the address that came with a command: it works where we are no member, for half an hour."""
        seen_by = "ephemeral" if place.user else "in_channel"
        webhook = AsyncWebhookClient(place.answer, session=self._session, retry_handlers=[])
        said = await webhook.send(**told, response_type=seen_by, replace_original=False)
        if said.status_code == OK:
            return Sent("")
        if said.status_code == BUSY:
            return Throttled(wait_of(said.headers))
        return Unreachable(f"HTTP {said.status_code}") if said.status_code >= 500 else Gone("used_url")

    async def _channel(self, token: str, place: Place) -> str | Outcome:
        """The channel of a place; a person's direct message is opened where they have not written yet."""
        if place.channel:
            return place.channel

        async def opened() -> Outcome:
            direct = await self._client.conversations_open(token=token, users=place.user)
            self.meet(place.person, direct["channel"]["id"])
            return Sent("")

        if place.person not in self._direct:
            outcome = await outcome_of(opened, harmless=True)
            if not isinstance(outcome, Sent):
                return outcome
        return self._direct[place.person]

    async def _file(self, token: str, place: Place, message: Message) -> Outcome:
        """Uploads a file and shares it with its words; those with buttons are a message of their own before it."""
        channel = await self._channel(token, place)
        if not isinstance(channel, str):
            return channel
        uploaded = await outcome_of(lambda: self._upload(token, message), harmless=True)
        if isinstance(uploaded, Refused) and (message.title or message.body):
            _log.error("slack refused a file: %s; its words are said without it", uploaded.reason)
            return await self._words(token, place, msgspec.structs.replace(message, picture=None, document=None))
        if not isinstance(uploaded, Sent):
            return uploaded
        words = (place.text, message.look)
        if message.buttons and words not in self._said:
            outcome = await outcome_of(lambda: self._post(token, channel, place.thread, _told(message)), harmless=False)
            if not isinstance(outcome, Sent):
                return outcome
            _remember(self._said, words, None)  # if sharing has to wait, they are not said again
        outcome = await outcome_of(
            lambda: self._share(token, channel, place, message, uploaded.message), harmless=False
        )
        if isinstance(outcome, Sent):
            self._said.pop(words, None)
        return outcome

    async def _upload(self, token: str, message: Message) -> Outcome:
        """The first two steps; nobody sees anything yet. What is sent is the file's id."""
        name, content = _content(message)
        alt = {"alt_txt": cut(message.picture.alt, ALT)} if message.picture else {}
        found = await self._client.files_getUploadURLExternal(token=token, filename=name, length=len(content), **alt)
        async with self._session.post(found["upload_url"], data=BytesIO(content)) as answer:
            if answer.status != OK:
                return Unreachable(f"HTTP {answer.status} for a file")
        return Sent(found["file_id"])

    async def _share(self, token: str, channel: str, place: Place, message: Message, file: str) -> Outcome:
        told: dict[str, Any] = {"channel_id": channel} | ({"thread_ts": place.thread} if place.thread else {})
        comment = "" if message.buttons else _comment(message)
        title = cut(message.title or _content(message)[0], FILE)
        if comment:
            told["initial_comment"] = comment
        await self._client.files_completeUploadExternal(token=token, files=[{"id": file, "title": title}], **told)
        return Sent("")


NOT_THERE = Sent("")
"""The message that was to be edited is gone."""


def _told(message: Message) -> dict[str, Any]:
    return {"blocks": as_blocks(message), "text": as_text(message)}


def _content(message: Message) -> tuple[str, bytes]:
    """A file's name, of which the ending is never cut, and what is in it."""
    if message.picture is not None:
        return f"{cut(message.picture.name, FILE - len(PNG))}{PNG}", message.picture.png
    assert message.document is not None
    stem, dot, ending = message.document.name.rpartition(".")
    return f"{cut(stem, FILE - len(dot + ending))}{dot}{ending}", message.document.content


def _shape(message: Message) -> str:
    """What a message is made of, without a word of it."""
    told = shape(as_blocks(message))
    return f"{told} {'picture' if message.picture else 'document'}" if message.picture or message.document else told


def _comment(message: Message) -> str:
    told = escaped(cut_to_fit(message.title, HEADER))
    title = f"*{told}*" if told and "*" not in told else told
    room = COMMENT - len(title) - 1
    return "\n".join(part for part in (title, escaped(cut_to_fit(_rest(message), room))) if part)


def _rest(message: Message) -> str:
    return "\n".join(part for part in (message.body, message.note) if part)


def _remember(memory: "OrderedDict[Any, Any]", key: object, value: object) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > REMEMBERED:
        memory.popitem(last=False)
