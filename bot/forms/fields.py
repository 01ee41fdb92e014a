"""What a form is made of, in words and without any platform's blocks."""

from typing import Literal

import msgspec

Kind = Literal["capability", "comment", "evidence", "hand_on"]

LONGEST_OPTION = 75
"""Characters of an option: what Slack allows, and more than a phone shows."""
MOST_OPTIONS = 100
"""Options of one choice: what Slack allows; more are never read."""
LONGEST_COMMENT = 2000
"""Characters of a comment: it is read in lists, beside others."""


class Choice(msgspec.Struct, frozen=True):
    """One of several (value, label); `chosen` is the value that counts now, "" for none. None need be chosen."""

    id: str
    label: str
    hint: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


class Lines(msgspec.Struct, frozen=True):
    """A text of at most `longest` characters; `text` is what stands there now."""

    id: str
    label: str
    hint: str
    text: str = ""
    optional: bool = True
    longest: int = LONGEST_COMMENT


class Files(msgspec.Struct, frozen=True):
    """Files, at most so many."""

    id: str
    label: str
    hint: str
    most: int


Field = Choice | Lines | Files


class Form(msgspec.Struct, frozen=True):
    """A form in the respondent's `language`; `kind` and `about` lead back to it (see `bot.forms.event`).

    `session` is whose it is: what comes back is heard with it, as a button's event is, so that a form of the round
    before changes nothing in this one. A title may be longer than a platform's: the channel cuts it.
    """

    kind: Kind
    about: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    language: str = "en"
    session: str = ""


def short(text: str, most: int = LONGEST_OPTION) -> str:
    """A text as an option's label, or of another length at most."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
