"""People of the programme and experts: what they can do instead of the survey, and the requests they decide."""

from flows.around import Around
from flows.events import Asked, Attached, Event, Left, Placed, Reminded, Returned, Sent, Spoke, Started, Typed
from flows.events.arrivals import Decided
from flows.prompts import Notice
from flows.prompts.doorway import Office, Requested
from flows.session import Session
from flows.turn import Deciding, Turn, notice

OPEN_SHOWN = 10
"""Requests shown at once; when these are decided, /requests shows the next."""
_FOR_ALL = {"model", "help", "language", "contact", "meetings"}
"""Reports that concern no city, or many."""
_OF_A_CITY = {"scores", "charts", "benchmark", "privacy", "actions", "report", "slides", "desk"}
"""Reports that an expert of one city may look at; a workbook also one of none, who names the city."""


def is_one(session: Session) -> bool:
    """Whether somebody is an expert, or belongs to the programme and to no city: they are never asked the survey."""
    return session.role == "expert" or (session.role == "programme" and not session.joined)


def take(session: Session, event: Event, around: Around) -> Turn | None:
    """The turn of somebody of the programme; None for what everybody may do."""
    if isinstance(event, Decided) or (isinstance(event, Asked) and event.report == "requests"):
        return _requests(session, event, around)
    if not is_one(session) or isinstance(event, Spoke | Placed | Reminded):
        return None
    if isinstance(event, Asked) and _may_see(session, event):
        return None
    match event:
        case Left() | Returned():
            return Turn(session)
        case Started():
            return Turn(session, (Office(session.role),))
        case Typed(text) if text.strip().startswith("/"):
            return notice(session, "unknown_command", about=text.split()[0])
        case Sent() | Attached():
            return notice(session, "not_an_answer")
    return Turn(session, (Office(session.role),))


def _may_see(session: Session, event: Asked) -> bool:
    """Whether a report concerns no city, or one that an expert may look into."""
    if event.report in _FOR_ALL:
        return True
    return session.role == "expert" and (event.report == "workbook" or (session.joined and event.report in _OF_A_CITY))


def _requests(session: Session, event: Event, around: Around) -> Turn:
    """The turn after looking at the open requests, or deciding one."""
    if session.role != "programme":
        return notice(session, "programme_only")
    if isinstance(event, Decided):
        return Turn(session, keeps=(Deciding(event.request, event.agreed),))
    shown = tuple(Requested(one) for one in around.wanted[:OPEN_SHOWN])
    return Turn(session, shown or (Notice("no_request"),))
