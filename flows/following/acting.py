"""The action list, and what the coordinator says of an action: who leads it, by when, what became of it."""

from datetime import date, timedelta

import msgspec

from flows.around import Around, Doing
from flows.asking import promising
from flows.events.following import Acted, Became
from flows.prompts import Notice, NoticeKind, Prompt
from flows.prompts.following import A_MESSAGE, Actions, AskActionNote, AskDue, AskOwner, BecameTold, OneAction
from flows.session import Awaited, Session
from flows.together.reminding import local
from flows.turn import Turn, notice
from model.actions import STATES, TOP, State
from model.domains import Misfit
from model.instrument import Instrument
from model.planning import Plan, read_due, read_plan

LONGEST_OWNER = 60
"""Characters of who leads: a name with a department."""
LONGEST_NOTE = 300
"""Characters of a note: what fits beside the rest in a message."""
SOON = (timedelta(days=91), timedelta(days=182), timedelta(days=365))
"""How far ahead the days on the buttons lie; any other is typed."""
_MISREAD: dict[str, NoticeKind] = {
    "past": "day_in_past",
    "out_of_range": "action_too_far",
    "not_understood": "action_day_odd",
}


def show(instrument: Instrument, session: Session, about: str) -> Turn:
    """The turn after a wish to see the list, or what of it is below a code."""
    code = about.strip()
    if _is_statement(instrument, session, code):
        return Turn(session, (OneAction(code=code, may=session.role == "coordinator", fresh=True),))
    above = {*(one.code for one in instrument.dimensions), *(one.code for one in instrument.capabilities())}
    if code and code not in above:
        return notice(session, "nothing_of_that_code", about=code)
    # The last one is for what is under way beside the top of the list; empty ones are not sent.
    pages: tuple[Prompt, ...] = tuple(Actions(first, code) for first in range(1, TOP + 2, A_MESSAGE))
    return Turn(session, (*pages, *promising.asked(session)))


def plan(instrument: Instrument, session: Session, text: str, around: Around) -> Turn:
    """The turn after `/action 3.2.1 Ana by 2027-03-31`."""
    code, _, rest = text.strip().partition(" ")
    if not code:
        return notice(session, "action_how")
    if not _is_statement(instrument, session, code):
        return notice(session, "action_no_statement", about=code)
    if not rest.strip():
        return show(instrument, session, code)
    assert around.now is not None
    read = read_plan(rest, local(session, around.now), session.language)
    if isinstance(read, Misfit):
        return notice(session, _MISREAD[read.reason], about=code)
    return _planned(session, _doing(around, code), read)


def act(instrument: Instrument, session: Session, event: Acted, around: Around) -> Turn:
    """The turn after a tap below an action."""
    assert around.now is not None
    code, deed, doing = event.item, event.deed, _doing(around, event.item)
    if not _is_statement(instrument, session, code):
        return notice(session, "old_button")
    if deed == "drop":
        return Turn(session, (_card(doing),))
    if deed in {"who", "when", "note"}:
        return _ask(session, code, deed, around)
    if deed in STATES:
        turn = _kept(session, msgspec.structs.replace(doing, state=msgspec.convert(deed, State)))
        return msgspec.structs.replace(turn, prompts=(OneAction(code=code, state=doing.state, may=True),))
    if deed.startswith("@"):
        member = around.member(deed[1:])
        return _owned(session, doing, member.name, around) if member else notice(session, "old_button")
    read = read_due(deed, local(session, around.now), "en")
    if isinstance(read, Misfit):  # a button of long ago
        return notice(session, _MISREAD[read.reason], about=code)
    return _kept(session, msgspec.structs.replace(doing, due=read))


def reply(session: Session, awaited: Awaited, text: str, around: Around) -> Turn:
    """The turn after a text where a name, a day or a note was asked for."""
    assert around.now is not None
    said, doing = " ".join(text.split()), _doing(around, awaited.about)
    today = local(session, around.now)
    if awaited.what == "note":
        return _planned(session, doing, Plan(note=said))
    if awaited.what == "due":
        due = read_due(said, today, session.language)
        if isinstance(due, Misfit):
            again = _ask(session, awaited.about, "when", around)
            return msgspec.structs.replace(again, prompts=(Notice(_MISREAD[due.reason], awaited.about), *again.prompts))
        return _kept(session, msgspec.structs.replace(doing, due=due))
    read = read_plan(said, today, session.language)  # "Ana by June" answers both questions
    if isinstance(read, Plan) and (read.due or read.undated or read.owner == "" or read.state):
        return _planned(session, doing, read)
    if len(said) > LONGEST_OWNER:
        return _planned(session, doing, Plan(owner=said))
    return _owned(session, doing, said, around)


def became(instrument: Instrument, session: Session, event: Became, around: Around) -> Turn:
    """The turn after what became of an action of the wave before; the next one is asked."""
    promise = next((one for one in session.promised if one.item == event.item), None)
    if promise is None or event.state not in {*STATES, ""} or event.item not in instrument.indicators:
        return notice(session, "old_button")
    rest = tuple(one for one in session.promised if one is not promise)
    after = msgspec.structs.replace(session, promised=rest)
    then = promising.asked(after) or (BecameTold(),)
    if not event.state:
        return Turn(after, then)
    due = date.fromisoformat(promise.due) if promise.due else None
    before = around.acts.get(event.item, Doing(event.item, promise.owner, due))
    return Turn(after, then, (msgspec.structs.replace(before, state=msgspec.convert(event.state, State)),))


def _ask(session: Session, code: str, what: str, around: Around) -> Turn:
    """The question after who leads, by when, or what to note; the next text is the answer."""
    assert around.now is not None
    if what == "who":
        people = tuple(one for one in around.team if one.id)
        return _waits(session, "owner", code, AskOwner(code, people))
    if what == "when":
        today = local(session, around.now)
        return _waits(session, "due", code, AskDue(code, tuple((today + span).isoformat() for span in SOON)))
    return _waits(session, "note", code, AskActionNote(code))


def _waits(session: Session, what: str, code: str, prompt: Prompt) -> Turn:
    return Turn(msgspec.structs.replace(session, awaited=Awaited(what, code)), (prompt,))


def _owned(session: Session, doing: Doing, owner: str, around: Around) -> Turn:
    """The turn after who leads: by when is asked next, unless that is known."""
    turn = _kept(session, msgspec.structs.replace(doing, owner=owner))
    if doing.due is not None:
        return turn
    asked = _ask(session, doing.item, "when", around)
    return msgspec.structs.replace(asked, keeps=turn.keeps)


def _planned(session: Session, doing: Doing, said: Plan) -> Turn:
    """The turn after what was typed of an action: what was not said stays as it was."""
    for text, most in ((said.owner, LONGEST_OWNER), (said.note, LONGEST_NOTE)):
        if text and len(text) > most:
            return notice(session, "text_too_long", about=str(most))
    changed = Doing(
        doing.item,
        doing.owner if said.owner is None else said.owner,
        None if said.undated else said.due or doing.due,
        said.state or doing.state,
        doing.note if said.note is None else said.note,
    )
    return _kept(session, changed)


def _kept(session: Session, doing: Doing) -> Turn:
    """The turn that keeps it; of an action of the wave before it is not asked any more what became of it."""
    promised = tuple(one for one in session.promised if one.item != doing.item)
    after = msgspec.structs.replace(session, promised=promised)
    return Turn(after, (_card(doing),), (doing,))


def _card(doing: Doing) -> OneAction:
    return OneAction(code=doing.item, state=doing.state, may=True, brief=True, fresh=True)


def _doing(around: Around, code: str) -> Doing:
    """How it stands with an action now."""
    return around.acts.get(code, Doing(code))


def _is_statement(instrument: Instrument, session: Session, code: str) -> bool:
    """Whether it is the code of a statement that this form asks."""
    found = instrument.indicators.get(code)
    return found is not None and found in instrument.capability_of[code].asked(session.form)
