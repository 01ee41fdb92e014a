"""Handing on: what is not mine goes to a colleague with a note, who accepts or refuses; nothing is asked twice."""

import msgspec

from flows.around import Around, Member
from flows.events import HandedOn, NotMine, Took
from flows.path import due, is_complete, path, position, way
from flows.prompts.teamwork import AskNote, AskWhom, Passed
from flows.session import Session, aspect_of, with_response
from flows.turn import Handing, Taking, Turn, notice
from model.instrument import Instrument
from model.responses import Aspect, NonResponse, Response

LONGEST_NOTE = 500
"""Characters of a word to a colleague: it stands whole above up to nine statements."""
_BETWEEN = ">"
"""Stands in `Session.handing` between what is handed on and the respondent who gets it."""


def open_items(instrument: Instrument, session: Session, code: str) -> tuple[str, ...]:
    """The statements of this respondent that have no answer yet: the one of this code, or a capability's."""
    mine = position(instrument, way(session))
    capability = instrument.capability_of.get(code)
    below = [one.code for one in capability.asked(session.form)] if capability and code == capability.code else [code]
    return tuple(one for one in below if one in mine and not is_complete(session, one))


def ask(instrument: Instrument, session: Session, event: NotMine, around: Around) -> Turn:
    """The turn after "not mine": whose is it? Without a code, the statement that is asked now is meant."""
    key = event.key or due(instrument, session) or ""
    if not key or aspect_of(key) is Aspect.TARGET or not open_items(instrument, session, key):
        return notice(session, "nothing_to_hand_on")
    people = colleagues(instrument, around, key)
    if not people:
        return notice(session, "nobody_yet")
    return Turn(session, (AskWhom(key, people, _whole(instrument, session, key)),))


def choose(instrument: Instrument, session: Session, event: HandedOn, around: Around) -> Turn:
    """The turn after choosing a colleague: a note may go with it. Nobody named means the coordinator."""
    to = next((one for one in around.team if one.id == event.to), None) if event.to else around.coordinator()
    items = open_items(instrument, session, event.key)
    if event.to and event.to == around.me:
        return notice(session, "handed_to_oneself")
    if to is None:
        return notice(session, "nobody_yet")
    if not items:
        return notice(session, "nothing_to_hand_on")
    # Whoever leaves it to the coordinator may: finding somebody is the coordinator's task, also the second time.
    if event.to and any((item, to.id) in around.passed for item in items):
        return notice(session, "handed_in_circle", about=to.name)
    chosen = msgspec.structs.replace(session, handing=f"{event.key}{_BETWEEN}{to.id}")
    if event.note is not None:
        return send(instrument, chosen, event.note.strip(), around)
    return Turn(chosen, (AskNote(event.key, to.name),))


def send(instrument: Instrument, session: Session, note: str, around: Around) -> Turn:
    """The turn that hands on, with its note or without: the statements are the colleague's to accept."""
    key, _, to = session.handing.partition(_BETWEEN)
    after = msgspec.structs.replace(session, handing="")
    items, colleague = open_items(instrument, session, key), around.member(to)
    if not items or colleague is None:
        return notice(after, "nothing_to_hand_on")
    if len(note) > LONGEST_NOTE:
        return notice(session, "text_too_long", AskNote(key, colleague.name), about=str(LONGEST_NOTE))
    responses = tuple(Response(one, Aspect.AS_IS, non_response=NonResponse.HANDED_ON) for one in items)
    for response in responses:
        after = with_response(after, response)
    told = Passed("offered", items, "", colleague.name)
    return Turn(without(instrument, after, items), (told,), (*responses, Handing(items, to, note)))


def take(instrument: Instrument, session: Session, event: Took, around: Around) -> Turn:
    """The turn after an answer to an offer: what is accepted is asked next, what is refused goes back."""
    offer = around.offer
    if offer is None or not offer.open:
        return notice(session, "old_button")
    after = with_items(instrument, session, offer.items) if event.agreed else session
    state = "taken" if event.agreed else "declined"
    return Turn(after, (Passed(state, offer.items, offer.giver, ""),), (Taking(offer, event.agreed),))


def with_items(instrument: Instrument, session: Session, items: tuple[str, ...]) -> Session:
    """The session with more statements to answer, in the instrument's order; all of them stay all of them."""
    finished = session.finished and all(is_complete(session, item) for item in items)
    if session.scope is None:
        return msgspec.structs.replace(session, finished=finished)
    mine = {*session.scope, *items}
    scope = tuple(code for code in instrument.indicators if code in mine)
    return msgspec.structs.replace(session, scope=scope, finished=finished)


def without(instrument: Instrument, session: Session, items: tuple[str, ...]) -> Session:
    """The session without statements that are somebody else's now."""
    if not items:
        return session
    mine = path(instrument, way(session)) if session.scope is None else session.scope
    scope = tuple(code for code in mine if code in instrument.indicators and code not in items)
    cursor = "" if session.cursor in items else session.cursor
    skipped = tuple(key for key in session.skipped if key not in items)
    return msgspec.structs.replace(session, scope=scope, cursor=cursor, skipped=skipped)


def colleagues(instrument: Instrument, around: Around, key: str) -> tuple[Member, ...]:
    """The others of the team who take part; those of the department that usually knows come first."""
    owner = instrument.indicators[key].department if key in instrument.indicators else ""
    others = [
        one
        for one in around.team
        if one.id not in {"", around.me} and one.role in {"coordinator", "respondent"} and one.disposition != "refused"
    ]
    return tuple(sorted(others, key=lambda one: (one.department != owner, one.name)))


def _whole(instrument: Instrument, session: Session, key: str) -> str:
    """The capability of a statement, where more than this one is open in it."""
    capability = instrument.capability_of[key].code
    return capability if key != capability and len(open_items(instrument, session, capability)) > 1 else ""
