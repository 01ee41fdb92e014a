"""What one step yields: the session after it, what is to be kept, and what is to be said."""

import msgspec

from flows.prompts import Notice, NoticeKind, Prompt
from flows.session import CityFacts, Session
from model.responses import Response


class Evidence(msgspec.Struct, frozen=True):
    """A file that supports the answer to an item; `reference` is how its platform finds it again."""

    item: str
    kind: str
    reference: str
    caption: str = ""


class Founding(msgspec.Struct, frozen=True):
    """A city that nobody registered before is to be kept, with this respondent as its coordinator."""

    city: CityFacts


class Sharing(msgspec.Struct, frozen=True):
    """The city joins or leaves the benchmark."""

    agreed: bool


Kept = Response | Evidence | Founding | Sharing


class Turn(msgspec.Struct, frozen=True):
    """One step's result, kept whole or not at all."""

    session: Session
    prompts: tuple[Prompt, ...] = ()
    keeps: tuple[Kept, ...] = ()


def notice(session: Session, kind: NoticeKind, *then: Prompt, about: str = "") -> Turn:
    """A turn that changes nothing: something to know, and whatever follows it."""
    return Turn(session, (Notice(kind, about), *then))
