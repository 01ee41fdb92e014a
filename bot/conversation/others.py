"""What a turn does to others: statements change hands, somebody is nudged, the wave moves or ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.conversation.planning import plan
from bot.reports.following import partnering
from flows.around import Around
from flows.asking import review
from flows.engine import step
from flows.events import Continued, Reminded
from flows.groups import closed
from flows.path import is_complete
from flows.prompts import Notice, Prompt
from flows.prompts.teamwork import Offered, Passed
from flows.session import Session
from flows.together import handing, team
from flows.together.reminding import is_reminded, local, open_from
from flows.turn import Ending, Gathering, Giving, Handing, Kept, Moving, Nudging, Placing, Taking
from model import library
from model.instrument import Instrument
from storage import cities, diary, groups, handings, outbox, sessions, teams, waves
from storage.database import Transaction
from storage.sessions import Standing

GATHERED = timedelta(hours=2)
"""How long a digest waits for more to tell: the coordinator gets one for all, not one a person."""


def affect(  # noqa: C901  # a closed list
    transaction: Transaction, standing: Standing, kept: Kept, now: datetime
) -> tuple[Prompt, ...]:
    """Does to others what a turn wants; what comes back is said to the one who acted."""
    if standing.wave is None:
        return ()
    match kept:
        case Handing():
            return _hand(transaction, standing, kept, now)
        case Taking():
            return _take(transaction, standing, kept, now)
        case Giving():
            return _give(transaction, standing, kept, now)
        case Nudging(to):
            return _nudge(transaction, standing, to, now)
        case Moving(closes):
            return _move(transaction, standing, closes, now)
        case Ending():
            return end(transaction, standing.wave, now, standing.respondent)
        case Placing(timezone):
            return _place(transaction, standing, timezone, now)
    if isinstance(kept, Gathering):
        diary.plan_once(transaction, "digest", standing.wave, now + GATHERED)
    return ()


def say(transaction: Transaction, other: Standing, prompts: Sequence[Prompt], now: datetime) -> None:
    """Owes prompts to somebody else, where they are reached."""
    if other.address:
        outbox.owe(transaction, other.address, other.session, prompts, now)


def reassign(
    transaction: Transaction, wave: int, department: str, items: tuple[str, ...], now: datetime, taker: int
) -> None:
    """A department's statements leave the coordinators who have not answered them: somebody of it has come."""
    for mate in teams.mates(transaction, wave):
        if mate.role == "coordinator" and mate.respondent != taker and mate.department != department:
            other = _locked(transaction, mate.row)
            free = tuple(code for code in items if not is_complete(other.session, code))
            _change(transaction, other, handing.without(instrument_of(other), other.session, free), now)


def _hand(transaction: Transaction, standing: Standing, kept: Handing, now: datetime) -> tuple[Prompt, ...]:
    assert standing.wave is not None
    assert standing.respondent is not None
    made = handings.offer(transaction, standing.wave, kept.items, standing.respondent, int(kept.to), kept.note, now)
    names = _names(transaction, standing.wave)
    giver = names.get(standing.respondent, "")
    for mate in teams.mates(transaction, standing.wave):
        if str(mate.respondent) == kept.to:
            offer = Offered(str(made), kept.items, giver, kept.note)
            say(transaction, _locked(transaction, mate.row), [offer], now)
    told = Passed("offered", kept.items, giver, names.get(int(kept.to), ""), kept.note)
    _tell_coordinators(transaction, standing, told, now, but=int(kept.to))
    return ()


def _take(transaction: Transaction, standing: Standing, kept: Taking, now: datetime) -> tuple[Prompt, ...]:
    assert standing.wave is not None
    handed = handings.find(transaction, int(kept.offer.id))
    if handed is None or not handings.settle(transaction, handed.id, accepted=kept.agreed):
        return ()
    names = _names(transaction, standing.wave)
    state = "accepted" if kept.agreed else "refused"
    told = Passed(state, handed.items, names.get(handed.giver, ""), names.get(handed.taker, ""))
    for mate in teams.mates(transaction, standing.wave):
        if mate.respondent == handed.giver:
            giver = _locked(transaction, mate.row)
            if not kept.agreed:
                back = handing.with_items(instrument_of(giver), giver.session, handed.items)
                giver = _change(transaction, giver, back, now)
            say(transaction, giver, [msgspec.structs.replace(told, giver="")], now)
    _tell_coordinators(transaction, standing, told, now, but=handed.giver)
    return ()


def _give(transaction: Transaction, standing: Standing, kept: Giving, now: datetime) -> tuple[Prompt, ...]:
    """Statements become somebody's; a coordinator who has not answered them is not asked for them any more."""
    assert standing.wave is not None
    name = ""
    for mate in teams.mates(transaction, standing.wave):
        if str(mate.respondent) == kept.to:
            other = _locked(transaction, mate.row)
            before = other.session.scope
            other = _change(
                transaction, other, handing.with_items(instrument_of(other), other.session, kept.items), now
            )
            if other.session.scope != before:
                say(transaction, other, [Passed("given", kept.items, _name(transaction, standing), "")], now)
            name = mate.name
    return (Passed("assigned", kept.items, "", name),)


def _nudge(transaction: Transaction, standing: Standing, to: str, now: datetime) -> tuple[Prompt, ...]:
    assert standing.wave is not None
    for mate in teams.mates(transaction, standing.wave):
        if str(mate.respondent) == to:
            other = _locked(transaction, mate.row)
            at = open_from(other.session, now)
            if other.address == 0 or is_reminded(other.session, now) or at is None:
                return (Notice("not_nudged", mate.name),)
            if at > now:
                late = other.closes is not None and at >= other.closes
                if not late:
                    diary.plan(transaction, "nudge", mate.row, at)
                return (Notice("not_nudged" if late else "nudged_later", mate.name),)
            play(transaction, other, Reminded("nudge"), now)
            return (Notice("nudged", mate.name),)
    return ()


def _move(transaction: Transaction, standing: Standing, closes: datetime, now: datetime) -> tuple[Prompt, ...]:
    assert standing.wave is not None
    if closes <= now:
        return (Notice("day_in_past"),)
    if not waves.move(transaction, standing.wave, closes):
        return (Notice("closed"),)
    diary.plan(transaction, "close", standing.wave, closes)
    for mate in teams.mates(transaction, standing.wave):
        other = _locked(transaction, mate.row)
        plan(transaction, other, now)
    return (Notice("moved", local(standing.session, closes).isoformat()),)


def _place(transaction: Transaction, standing: Standing, timezone: str, now: datetime) -> tuple[Prompt, ...]:
    """A respondent's time zone; a coordinator's is the city's, and of all who did not tell theirs."""
    assert standing.wave is not None
    if standing.respondent is not None:
        sessions.place(transaction, standing.respondent, timezone)
    if standing.session.role == "coordinator":
        cities.place(transaction, standing.city, timezone)
        rows = [one.row for one in teams.mates(transaction, standing.wave)]
        rows += [one.row for one in groups.of_city(transaction, standing.city)]
        for row in rows:
            if row != standing.row:
                other = _locked(transaction, row)
                if not other.session.placed:
                    _change(transaction, other, msgspec.structs.replace(other.session, timezone=timezone), now)
    return ()


def end(transaction: Transaction, wave: int, now: datetime, by: int | None = None) -> tuple[Prompt, ...]:
    """Closes a wave: nothing can be answered any more, nobody is reminded, and everybody is told once, by day."""
    if not waves.close_wave(transaction, wave, now):
        return (Notice("closed"),)
    acts: tuple[Prompt, ...] = ()
    for mate in teams.mates(transaction, wave):
        diary.plan(transaction, "reminder", mate.row, None)
        if mate.respondent == by:
            acts = review.closed(mate.session)
        elif not team.refused(mate.session):
            tell_closed(transaction, mate.row, now)
    for group in groups.in_wave(transaction, wave):
        tell_closed(transaction, group.row, now)
    partnering.refresh(transaction, waves.city_of(transaction, wave), now)
    for kind in ("digest", "close"):
        diary.plan(transaction, kind, wave, None)
    return acts


def tell_closed(transaction: Transaction, row: int, now: datetime) -> None:
    """Tells somebody that their wave is closed, or plans to at the first hour when one may."""
    other = _locked(transaction, row)
    at = open_from(other.session, now) or now
    if at > now:
        diary.plan(transaction, "closed", row, at)
    else:
        said = review.closed(other.session) if other.respondent else closed()
        say(transaction, other, said, now)


def play(transaction: Transaction, other: Standing, event: Reminded | Continued, now: datetime) -> None:
    """A turn of somebody who did nothing: time did."""
    around = Around(now, other.closes, str(other.respondent or ""))
    turn = step(instrument_of(other), other.session, event, around)
    changed = _change(transaction, other, turn.session, now)
    for kept in turn.keeps:
        affect(transaction, changed, kept, now)
    say(transaction, changed, turn.prompts, now)


def instrument_of(standing: Standing) -> Instrument:
    """What somebody is asked, in their language."""
    code, version = (standing.instrument, standing.version) if standing.instrument else library.DEFAULT
    return library.instrument(code, version, standing.session.language)


def _change(transaction: Transaction, other: Standing, session: Session, now: datetime) -> Standing:
    sessions.keep(transaction, other, session, now)
    changed = msgspec.structs.replace(other, session=session)
    plan(transaction, changed, now)
    return changed


def _locked(transaction: Transaction, row: int) -> Standing:
    found = teams.standing(transaction, row)
    assert found is not None
    return found


def _names(transaction: Transaction, wave: int) -> dict[int, str]:
    return {mate.respondent: mate.name for mate in teams.mates(transaction, wave)}


def _name(transaction: Transaction, standing: Standing) -> str:
    return _names(transaction, standing.wave or 0).get(standing.respondent or 0, "")


def _tell_coordinators(
    transaction: Transaction, standing: Standing, prompt: Prompt, now: datetime, but: int | None = None
) -> None:
    """Says something to the coordinators, but not to the one who acted, nor to `but`."""
    for mate in teams.mates(transaction, standing.wave or 0):
        if mate.role == "coordinator" and mate.respondent not in {standing.respondent, but}:
            say(transaction, _locked(transaction, mate.row), [prompt], now)
