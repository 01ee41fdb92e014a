"""The disagreement desk: where respondents differ, why they do, and the value that the coordinator enters."""

import re

from msgspec.structs import replace

from flows.around import Around
from flows.events import Asked, Event, Typed
from flows.events.asides import Removed
from flows.events.differing import Agreed, Inquired, Viewed
from flows.kept.settling import Inquiring, Matter, Settling
from flows.prompts import Notice
from flows.prompts.desks import PAGE, VALUES, AskSettled, DeskCard, DeskList
from flows.session import Desk, Session
from flows.together import views
from flows.turn import Turn, notice
from model.domains import Taken, read_level
from model.instrument import Instrument

_ABOUT = re.compile(r"([\w.]*)(?:\+(\d{1,4}))?")
"""What the desk is narrowed to, and how many statements stand on the pages before."""
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?![\w.])")
_BECAUSE = re.compile(r"(?:because|porque)\b\s*", re.IGNORECASE)
_BETWEEN = " \t:;,.-–"
"""What people put between a level and its reason."""


def is_about_matters(session: Session, event: Event) -> bool:
    """Whether a step on this event must know how the city sees its statements."""
    if isinstance(event, Asked):
        return event.report == "desk" and session.role in {"coordinator", "expert"}
    return isinstance(event, Inquired | Agreed) or (isinstance(event, Typed) and bool(session.desk.settling))


def take(instrument: Instrument, session: Session, event: Event, around: Around) -> Turn | None:
    """The turn after something that concerns the desk; None for anything else."""
    match event:
        case Inquired() | Agreed():
            return _lead(instrument, session, event, around)
        case Viewed():
            return views.choose(session, event, around)
        case Removed(what, about) if what in views.KINDS:
            return views.remove(session, about)
        case Typed(text, card) if session.desk.settling and not card and not text.strip().startswith("/"):
            return _reasoned(session, " ".join(text.split()), around)
        case Typed():
            return views.read(instrument, session, event, around)
    return None


def _lead(instrument: Instrument, session: Session, event: Inquired | Agreed, around: Around) -> Turn:
    """The turn after what only a coordinator may do."""
    if session.role != "coordinator":
        return notice(session, "coordinator_only")
    if not session.joined:
        return notice(session, "no_city")
    if isinstance(event, Inquired):
        return _inquire(session, event.code, around)
    return _agree(instrument, session, event, around)


def look(instrument: Instrument, session: Session, about: str, around: Around) -> Turn:
    """The turn after a wish to see the desk, or one statement of it."""
    if not session.joined:
        return notice(session, "no_city")
    if session.role not in {"coordinator", "expert"}:
        return _mine(session)
    code, before = _read_about(about)
    if code in instrument.indicators:
        matter = _found(around, code)
        return _card(session, matter, fresh=True) if matter else _nobody(instrument, session, code)
    if code and code not in instrument.capability_of and code not in {one.code for one in instrument.dimensions}:
        return notice(session, "nothing_of_that_code", about=about)
    return _page(session, code, before, around)


def _read_about(about: str) -> tuple[str, int]:
    found = _ABOUT.fullmatch(about.strip())
    return (found[1], int(found[2] or 0)) if found else (about, 0)


def _mine(session: Session) -> Turn:
    """A respondent sees what they were asked themselves."""
    waiting = views.open_items(session)
    if not waiting:
        return notice(session, "desk_of_coordinator")
    after = replace(session, desk=replace(session.desk, about=waiting[-1], how=""))
    return Turn(after, tuple(views.question(after, item) for item in waiting))


def _page(session: Session, code: str, before: int, around: Around) -> Turn:
    """Ten of those that differ or are settled: the open ones first, the widest first."""
    shown = [
        one
        for one in around.matters
        if (one.disputed or one.agreed) and (not code or f"{one.code}.".startswith(f"{code}."))
    ]
    if not shown:
        return notice(session, "desk_empty", about=code)
    shown.sort(key=lambda one: (not one.is_open, *_width(one)))
    before = before if before < len(shown) else 0
    page = tuple(replace(one, views=(), reason="") for one in shown[before : before + PAGE])
    left = sum(one.is_open for one in shown)
    return Turn(session, (DeskList(page, len(shown), left, before, code),))


def _width(matter: Matter) -> tuple[int, float]:
    """How far apart people are, the widest first."""
    apart = matter.levels[-1] - matter.levels[0] if matter.levels else 0
    return -apart, matter.within_1


def _inquire(session: Session, code: str, around: Around) -> Turn:
    """The turn that asks those concerned; the coordinator is one of them where they answered themselves."""
    matter = _found(around, code)
    if matter is None or not matter.disputed:
        return notice(session, "desk_agrees", about=code)
    after = session
    if around.now is not None and views.may_ask(session, code, around.now):
        after, _ = views.ask(dropped(session), code, around.now)
    return Turn(after, keeps=(Inquiring(code),))


def _agree(instrument: Instrument, session: Session, event: Agreed, around: Around) -> Turn:
    """The turn after a value, with its reason or without, or after dropping it."""
    matter, code = _found(around, event.code), event.code
    if not code:
        return notice(session, "agree_how")
    if matter is None:
        return _nobody(instrument, session, code)
    session = dropped(session)
    if not event.said:
        return _card(session, matter, fresh=True)
    value, reason = _read(instrument, event.said)
    if not value:
        return notice(session, "agree_which", DeskCard(matter, fresh=True), about=event.said[:40])
    if reason:
        return _settle(session, matter, value, reason)
    desk = replace(views.put_down(session).desk, settling=code, value=value, entered=matter.entered)
    return Turn(replace(session, desk=desk), (AskSettled(code, value, matter.agreed),))


def _read(instrument: Instrument, said: str) -> tuple[str, str]:
    """The value that a text begins with, or is, and the rest; "" where it is not clear."""
    number = _NUMBER.match(said)
    if number:
        whole = read_level(number[0], instrument)
        return (str(whole.value), _rest(said[number.end() :])) if isinstance(whole, Taken) else ("", "")
    names = [(str(level.level), level.name) for level in instrument.scale]
    others = [(code, one.name) for code, one in instrument.non_responses.items() if code in VALUES]
    names += others + [(code, code) for code, _ in others]
    for value, name in sorted(names, key=lambda one: -len(one[1])):
        if re.match(rf"{re.escape(name)}\b", said, re.IGNORECASE):
            return value, _rest(said[len(name) :])
    read = read_level(said, instrument)
    value = str(read.value) if isinstance(read, Taken) else ""
    return (value, "") if value in VALUES else ("", "")


def _rest(text: str) -> str:
    return _BECAUSE.sub("", " ".join(text.split()).lstrip(_BETWEEN), count=1)


def _reasoned(session: Session, text: str, around: Around) -> Turn:
    """The turn after the reason for a value; a bare level is another value, whose reason is asked."""
    desk = session.desk
    matter = _found(around, desk.settling)
    if matter is None:
        return notice(dropped(session), "view_late")
    if text in VALUES:
        return Turn(replace(session, desk=replace(desk, value=text)), (AskSettled(matter.code, text, matter.agreed),))
    asked = AskSettled(matter.code, desk.value, matter.agreed)
    if not text or len(text) > views.LONGEST:
        return notice(session, "text_too_long", asked, about=str(views.LONGEST))
    return _settle(dropped(session), replace(matter, entered=desk.entered), desk.value, text)


def _settle(session: Session, matter: Matter, value: str, reason: str) -> Turn:
    if len(reason) > views.LONGEST:
        return notice(session, "text_too_long", about=str(views.LONGEST))
    if (matter.agreed, matter.reason) == (value, reason):
        return notice(session, "agreed_same", about=matter.code)
    return Turn(session, keeps=(Settling(matter.code, value, reason, matter.entered),))


def dropped(session: Session) -> Session:
    """The session without a value that waited for its reason."""
    if not session.desk.settling:
        return session
    kept: Desk = replace(session.desk, settling="", value="", entered=0)
    return replace(session, desk=kept)


def _found(around: Around, code: str) -> Matter | None:
    return next((one for one in around.matters if one.code == code), None)


def _card(session: Session, matter: Matter, *, fresh: bool) -> Turn:
    return Turn(session, (DeskCard(matter, session.role == "coordinator", fresh=fresh),))


def _nobody(instrument: Instrument, session: Session, code: str) -> Turn:
    known = code in instrument.indicators
    return Turn(session, (Notice("desk_nobody" if known else "nothing_of_that_code", code),))
