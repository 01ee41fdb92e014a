"""What a step is told beside the session: the time, and where it is about others, the team as it stands."""

from datetime import datetime

import msgspec

from bot.conversation.following import around_following
from bot.conversation.matters import matters
from bot.conversation.meetings import around_meetings
from bot.conversation.welcoming import wanted
from flows.around import Around, Member, Mine, Offer
from flows.arriving.officers import is_one
from flows.engine import is_about_others
from flows.events import Asked, Event, Took
from flows.events.asides import Recalled
from flows.events.differing import Viewed
from flows.events.sheeting import Imported, Unfolded
from flows.following import is_about_it
from flows.meetings import is_about_meetings
from flows.meetings.experts import may_publish
from flows.path import is_complete
from flows.session import Session, aspect_of
from flows.together.desk import is_about_matters
from flows.together.team import member
from model.instrument import Instrument
from model.responses import Aspect
from storage import (
    addresses,
    cities,
    evidence,
    handings,
    officers,
    priorities,
    remarks,
    requests,
    sheets,
    teams,
    workshops,
)
from storage.database import Transaction
from storage.sessions import Standing
from storage.teams import Mate

TERMINAL = ("console", "local")
"""Where an operator tries things out: new cities are founded there, whether or not there are programme officers."""


def around(  # noqa: C901  # a closed list
    transaction: Transaction, standing: Standing, instrument: Instrument, event: Event, now: datetime
) -> Around:
    """The surroundings of a turn; the team is only looked up where the event is about it."""
    me = str(standing.respondent or "")
    if is_about_meetings(standing.session, event) and (standing.wave or may_publish(standing.session)):
        return around_meetings(transaction, standing, event, now)
    if event == Asked("privacy") and standing.city:
        found = [one for one in cities.find(transaction, standing.city) if one.id == standing.city]
        return Around(now, standing.closes, me, shared=found[0].shared_at if found else None)
    if standing.wave is None:
        return _outside(transaction, standing, now)
    if isinstance(event, Unfolded | Imported):
        return Around(now, standing.closes, me, sheet=sheets.find(transaction, standing.row, event.sheet))
    if is_about_matters(standing.session, event):
        return Around(now, standing.closes, me, matters=matters(transaction, standing.wave))
    if isinstance(event, Viewed):
        return Around(now, standing.closes, me, mine=_mine(transaction, standing))
    if is_about_it(standing.session, event):
        return around_following(transaction, standing, now)
    if not is_about_others(standing.session, event):
        return Around(now, standing.closes, me)
    mates = teams.mates(transaction, standing.wave)
    passed = handings.of_wave(transaction, standing.wave)
    return Around(
        now,
        standing.closes,
        me,
        team=members(transaction, standing.city, instrument, mates, now),
        passed=frozenset((item, str(one.giver)) for one in passed if one.state != "refused" for item in one.items),
        answered=answered(transaction, mates, standing.wave),
        weights=priorities.of_wave(transaction, standing.wave),
        mine=_mine(transaction, standing) if isinstance(event, Recalled) else Mine(),
        offer=_offer(transaction, standing.wave, event, me, mates),
    )


def _mine(transaction: Transaction, standing: Standing) -> Mine:
    """What somebody said and sent in this wave."""
    said = remarks.of_respondent(transaction, standing.wave or 0, standing.respondent or 0)
    sent = evidence.of_session(transaction, standing.row)
    return Mine(
        tuple((one.item, one.kind, one.text) for one in said),
        tuple((one.number, one.item, one.kind, one.name or one.caption, one.digest is not None) for one in sent),
    )


def _outside(transaction: Transaction, standing: Standing, now: datetime) -> Around:
    """The surroundings of whoever is in no city: whom the programme decides about, and what is to be decided."""
    waiting = requests.still_open(transaction)
    if standing.session.role != "programme":
        waiting = [one for one in waiting if one.address == standing.address]
    return Around(
        now,
        me=str(standing.respondent or ""),
        programme=addresses.place(transaction, standing.address) != TERMINAL and officers.are_there(transaction),
        wanted=tuple(wanted(transaction, one) for one in waiting),
    )


def members(
    transaction: Transaction, city: str, instrument: Instrument, mates: list[Mate], now: datetime
) -> tuple[Member, ...]:
    """The team as a coordinator sees it: who has come, then who is invited."""
    here = [_member(transaction, instrument, one, now) for one in mates if not is_one(one.session)]
    invited = [
        Member("", one.name, one.department, one.role, "invited")
        for one in teams.invited(transaction, city, now)
        if one.role != "expert"
    ]
    return (*here, *invited)


def _member(transaction: Transaction, instrument: Instrument, mate: Mate, now: datetime) -> Member:
    found = member(instrument, mate.session, str(mate.respondent), mate.name, mate.department, now)
    gone = found.disposition != "completed" and teams.home(transaction, mate.row) is None
    return msgspec.structs.replace(found, disposition="unreachable") if gone else found


def answered(transaction: Transaction, mates: list[Mate], wave: int) -> frozenset[str]:
    """The statements of a wave that somebody has answered, or a group has agreed on."""
    return workshops.agreed(transaction, wave).union(*(_answered(mate.session) for mate in mates))


def _answered(session: Session) -> list[str]:
    return [key for key in session.responses if aspect_of(key) is Aspect.AS_IS and is_complete(session, key)]


def _offer(transaction: Transaction, wave: int, event: Event, me: str, mates: list[Mate]) -> Offer | None:
    """The offer that an answer is about, where it was made to whoever answers, in this wave."""
    if not isinstance(event, Took) or not event.handing.isdigit():
        return None
    handed = handings.find(transaction, int(event.handing))
    if handed is None or str(handed.taker) != me or handed.wave != wave:
        return None
    giver = next((mate.name for mate in mates if mate.respondent == handed.giver), "")
    return Offer(event.handing, handed.items, giver, handed.note, open=handed.state == "offered")
