"""The partner search: a coordinator takes part with a contact of their choice, looks, and asks for an introduction."""

import msgspec

from flows.around import Around
from flows.events.following import Introduced, Partnered
from flows.kept.wishes import Introducing, Parting, Partnering
from flows.prompts.following import AskContact, ConfirmContact, Partners, PartnerTerms
from flows.session import Awaited, Session
from flows.turn import Turn, notice
from model.domains import Misfit, read_yes_no
from model.instrument import Instrument

LONGEST_CONTACT = 200
"""Characters of a contact: a name, an office, a mail address and a telephone number."""
_WORDS = {
    "leave": "leave",
    "salir": "leave",
    "dejar": "leave",
    "contact": "contact",
    "contacto": "contact",
    "join": "join",
    "participar": "join",
}
"""What people type after the command; the buttons carry the meanings."""


def take(instrument: Instrument, session: Session, event: Partnered | Introduced, around: Around, draft: str) -> Turn:
    """The turn of a coordinator about partners; `draft` is the contact that waits for a yes."""
    if isinstance(event, Introduced):
        return _introduce(instrument, session, event, around)
    word, _, rest = event.wish.strip().partition(" ")
    match _WORDS.get(word.casefold(), word):
        case "contact" if rest.strip():
            return _draft(session, rest, around)
        case "join" | "contact":
            return _ask(session) if word != "join" or around.contact is None else _board(session, around)
        case "confirm":
            return _confirm(session, draft)
        case "leave":
            known = around.contact is not None
            return Turn(session, keeps=(Parting(),)) if known else notice(session, "partner_not_in")
        case "drop" | "":
            return notice(session, "partner_dropped") if word else _board(session, around)
    return notice(session, "partners_how")


def reply(session: Session, text: str, around: Around, draft: str) -> Turn:
    """The turn after a text where a contact was asked for, or a yes to the one that was shown back."""
    agreed = read_yes_no(text, session.language) if draft else Misfit("not_understood")
    if isinstance(agreed, Misfit):
        return _draft(session, text, around)
    return _confirm(session, draft) if agreed else notice(session, "partner_dropped")


def _draft(session: Session, text: str, around: Around) -> Turn:
    """The turn that shows a contact back, before anybody else sees it."""
    said = " ".join(text.split())
    if len(said) > LONGEST_CONTACT:
        again = _ask(session)
        return Turn(
            again.session, (*notice(session, "text_too_long", about=str(LONGEST_CONTACT)).prompts, *again.prompts)
        )
    waits = msgspec.structs.replace(session, awaited=Awaited("contact", text=said))
    return Turn(waits, (ConfirmContact(said, new=around.contact is None),))


def _ask(session: Session) -> Turn:
    return Turn(msgspec.structs.replace(session, awaited=Awaited("contact")), (AskContact(),))


def _board(session: Session, around: Around) -> Turn:
    """What there is to see: partners, or before taking part, what others would see."""
    return Turn(session, (PartnerTerms() if around.contact is None else Partners(around.contact),))


def _confirm(session: Session, draft: str) -> Turn:
    if not draft:
        return notice(session, "old_button")
    return Turn(session, (Partners(draft),), (Partnering(draft),))


def _introduce(instrument: Instrument, session: Session, event: Introduced, around: Around) -> Turn:
    if around.contact is None:
        return notice(session, "partner_not_in")
    if all(one.code != event.item for one in instrument.capabilities()):
        return notice(session, "old_button")
    return Turn(session, keeps=(Introducing(event.partner, event.item),))
