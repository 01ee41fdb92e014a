"""An update from a platform, understood: what every channel hands to `hear`."""

import msgspec

from flows.events import AnyEvent, Asked


class Inbound(msgspec.Struct, frozen=True):
    """An update from a platform, understood. `session` and `message` tell of the button tapped, "" for all else.

    `chat` is who it is from, and `group` the chat of several people in which they said it, "" in private. `place` is
    where a report is said instead, if it was asked for elsewhere, or what is said in a group, if not in its own chat;
    `own` is the message they wrote, `replies` the message of ours that it replies to. `name`, `language` and `timezone`
    (IANA) are what the platform tells of a person, "" where it does not.
    """

    update: str
    channel: str
    chat: str
    event: AnyEvent
    session: str = ""
    message: str = ""
    replies: str = ""
    name: str = ""
    language: str = ""
    timezone: str = ""
    place: str = ""
    own: str = ""
    group: str = ""


NOBODY = Inbound("", "", "", Asked("help"))
"""Where an event came from that is no update."""
