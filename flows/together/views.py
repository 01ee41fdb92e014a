"""Why somebody sees a statement as they do: asked once, said in a sentence, nameless unless they choose otherwise."""

import re
from datetime import datetime, timedelta
from typing import get_args

from msgspec.structs import replace

from flows.around import Around
from flows.asking import survey
from flows.events import Typed
from flows.events.differing import Viewed
from flows.kept.settling import Viewing, ViewKind
from flows.path import due
from flows.prompts import Notice
from flows.prompts.desks import AskView, ViewKept
from flows.session import Desk, Inquiry, Session
from flows.turn import Turn, notice
from model.domains import Taken, read_level, words_for
from model.instrument import Instrument
from model.likeness import plain
from model.responses import NonResponse

KINDS: tuple[ViewKind, ...] = get_args(ViewKind)
LONGEST = 500
"""Characters of a sentence: a dozen of them still fit into a message."""
APART = timedelta(hours=20)
"""Between two questions about the same: one a day, also where the second comes in the morning."""
_A_SENTENCE = 3
"""Words from which a text that nobody announced by a tap is taken for the sentence that was asked for."""
_OTHER = re.compile(r"note:|.*(?:https?://|\bwww\.)", re.IGNORECASE)
"""How a comment begins, and what makes a text evidence: neither is taken for that sentence."""
_CARD = "view/"


def stand(session: Session, item: str) -> str:
    """What somebody answered that others may see otherwise: a level, or that it does not apply; "" for neither."""
    said = survey.said(session, item)
    return said if said in survey.LEVEL_OF or said == NonResponse.NOT_APPLICABLE.value else ""


def has_spoken(session: Session, item: str) -> bool:
    """Whether somebody said why, would rather not, or has changed their answer since they were asked."""
    asked = session.desk.asked.get(item)
    return item in session.desk.said or (asked is not None and asked.value != stand(session, item))


def may_ask(session: Session, item: str, now: datetime) -> bool:
    """Whether somebody is to be asked: they answered, have said nothing, were not asked today and want messages."""
    if not stand(session, item) or has_spoken(session, item) or session.reminders.stopped:
        return False
    asked = session.desk.asked.get(item)
    return asked is None or now - asked.at >= APART


def ask(session: Session, item: str, now: datetime) -> tuple[Session, AskView]:
    """The session of somebody who is asked now, and the question."""
    known = session.desk.asked.get(item)
    asked = {**session.desk.asked, item: Inquiry(now, known.value if known else stand(session, item))}
    waiting = tuple(one for one in session.desk.waiting if one != item)
    waits = session.remarks.asking or session.awaited.what or session.desk.settling
    busy = waits or session.handing or session.reason_for
    about, how = (session.desk.about, session.desk.how) if busy or session.desk.how else (item, "")
    after = replace(session, desk=replace(session.desk, asked=asked, waiting=waiting, about=about, how=how))
    return after, question(after, item)


def wait(session: Session, item: str) -> Session:
    """The session of somebody who is to be asked by day."""
    return _with(session, waiting=tuple(dict.fromkeys((*session.desk.waiting, item))))


def question(session: Session, item: str) -> AskView:
    """The question why, at the end of the conversation."""
    how = session.desk.how if session.desk.about == item else ""
    return AskView(item, stand(session, item), how, session.open, fresh=True)


def open_items(session: Session) -> tuple[str, ...]:
    """The statements about which somebody was asked and has said nothing."""
    return tuple(one for one in session.desk.asked if stand(session, one) and not has_spoken(session, one))


def choose(session: Session, event: Viewed, around: Around) -> Turn:
    """The turn after a choice of name, a wish to say it differently, or not to say anything."""
    item, how = event.code, event.how
    before = session.desk.said.get(item, "")
    if not stand(session, item) or (item not in session.desk.asked and not before):
        return notice(session, "view_late")
    if how == "again":
        waiting = _with(session, about=item, how=before if before in {"view", "nameless"} else "nameless")
        return Turn(waiting, (question(waiting, item),))
    if how == "silent":
        return _said(session, item, "silent", "")
    if how not in KINDS:
        return notice(session, "old_button")
    text = next((text for of, kind, text in around.mine.remarks if of == item and kind in KINDS), "")
    if before in {"view", "nameless"} and text and session.desk.about != item:
        return _said(session, item, how, text)
    waiting = _with(session, about=item, how=how)
    return Turn(waiting, (replace(question(waiting, item), fresh=False),))


def read(instrument: Instrument, session: Session, event: Typed, around: Around) -> Turn | None:
    """The turn after a text that says why, or what a button of the question says; None for any other text."""
    text = " ".join(event.text.split())
    choice = words_for(KINDS).get(plain(text))
    if choice and (about := _asked(session, event.card)):
        return choose(session, Viewed(about, choice), around)
    item = _meant(instrument, session, text, event.card)
    if not item:
        return None
    how = session.desk.how if session.desk.about == item else ""
    if text in survey.LEVEL_OF or not text:
        waiting = _with(session, about=item, how=how)
        return notice(waiting, "view_no_level", question(waiting, item), about=item)
    if len(text) > LONGEST:
        return notice(session, "text_too_long", question(session, item), about=str(LONGEST))
    return _said(session, item, "view" if how == "view" else "nameless", text)


def reworded(session: Session, item: str, text: str) -> Turn:
    """The turn after the message with somebody's sentence was changed; with whose name it stands, stays."""
    how = session.desk.said.get(item, "")
    if how not in {"view", "nameless"} or not stand(session, item):
        return notice(session, "gone_already")
    told = " ".join(text.split())
    if len(told) > LONGEST:
        return notice(session, "text_too_long", about=str(LONGEST))
    return _said(session, item, "view" if how == "view" else "nameless", told)


def remove(session: Session, item: str) -> Turn:
    """The turn after a wish that it be gone; they count as not having said anything."""
    if session.desk.said.get(item, "") not in {"view", "nameless"}:
        return notice(session, "gone_already")
    said = {of: kind for of, kind in session.desk.said.items() if of != item}
    return Turn(_with(session, said=said), (Notice("removed", item),), (Viewing(item, None),))


def put_down(session: Session) -> Session:
    """The session after something else was done: what is typed next says nothing about it any more."""
    if not session.desk.about and not session.desk.settling:
        return session
    return _with(session, about="", how="", settling="", value="", entered=0)


def _said(session: Session, item: str, how: ViewKind, text: str) -> Turn:
    """The turn with it kept; whatever else was asked about comes next."""
    after = _with(session, said={**session.desk.said, item: how}, about="", how="")
    told = ViewKept(item, stand(session, item), text, how, fresh=True) if text else Notice("view_silent", item)
    rest = open_items(after)
    if not rest:
        return Turn(after, (told,), (Viewing(item, how, text),))
    after = _with(after, about=rest[0])
    return Turn(after, (told, question(after, rest[0])), (Viewing(item, how, text),))


def _meant(instrument: Instrument, session: Session, text: str, card: str) -> str:
    """The statement that a text says why of; "" for none.

    A reply says it, or a tap before it. Without either, a sentence that is no answer is meant for what was just asked.
    """
    item = "" if text.startswith("/") else _asked(session, card)
    if not item or card or session.desk.how:
        return item
    if len(text.split()) < _A_SENTENCE or _OTHER.match(text):
        return ""
    waits = session.open and due(instrument, session) is not None
    return "" if waits and isinstance(read_level(text, instrument), Taken) else item


def _asked(session: Session, card: str) -> str:
    """The statement whose question a text replies to, or that was asked about last; "" for none."""
    replied = card.removeprefix(_CARD) if card.startswith(_CARD) else ""
    item = replied if card else session.desk.about
    return item if item and stand(session, item) and (not card or item in session.desk.asked) else ""


def _with(session: Session, **some: object) -> Session:
    changed: Desk = replace(session.desk, **some)
    return replace(session, desk=changed)
