"""A workshop: the group sees a statement, everybody votes silently, the coordinator reveals, and they agree."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from flows.events.gathering import AtBallot, Convened, Revealed, Revoted, Settled, Voted, Went
from flows.groups.around import LONGEST, MINUTES, Company, Gathered, Vote, Workshop, notice, whisper
from flows.prompts import Prompt
from flows.prompts.gatherings import LEVELS, UNSURE, Ballot, Minutes, Order, Tally
from model.instrument import Instrument
from model.pooling import pool
from model.responses import Aspect, Response, Source

FAR = 2
"""Levels from the median at which somebody is asked to say why."""
_MINUTES = "(?:minutes|minutos|min)"
_ABOUT = re.compile(rf"([\w.]+)(?: +(?:{_MINUTES} +)?([0-9]{{1,3}})(?: *{_MINUTES})?)?", re.IGNORECASE)
"""What it is about, and perhaps the minutes for each of its statements: "2 minutes 3", "2 3 minutes" or "2 3"."""
_STOP = {"stop", "end", "parar", "fin"}


def take(instrument: Instrument, company: Company, event: Convened | AtBallot) -> Gathered:
    """What follows from a wish for a workshop, or from one of its buttons."""
    if isinstance(event, Convened):
        return _convene(instrument, company, event.about.strip())
    workshop = company.workshop
    if not company.open:
        return whisper("closed")
    if isinstance(event, Voted):
        return _vote(company, workshop, event)
    if company.leads != company.city:
        return whisper("coordinator_only")
    if workshop is None or event.at != workshop.at:
        return whisper("somebody_faster")
    return _lead(company, workshop, event)


def _convene(instrument: Instrument, company: Company, about: str) -> Gathered:
    if company.leads != company.city:
        return notice("coordinator_only")
    workshop = company.workshop
    if about.casefold() in _STOP:
        return _over(workshop) if workshop else notice("workshop_none")
    if not company.open:
        return notice("closed")
    if workshop is not None:
        return notice("workshop_going", workshop.item) if about else _again(company, workshop)
    asked = _ABOUT.fullmatch(about)
    if asked is None:
        return notice("workshop_how")
    items = _items(instrument, company, asked[1])
    minutes = int(asked[2] or MINUTES)
    if not items:
        return notice("nothing_of_that_code", asked[1])
    if not 1 <= minutes <= LONGEST:
        return notice("workshop_minutes", str(LONGEST))
    begun = Workshop(company.held + 1, items, company.now, minutes)
    order = (Order(items, minutes, begun.ends),) if len(items) > 1 else ()
    return Gathered((*order, ballot(begun)), (begun,))


def _items(instrument: Instrument, company: Company, code: str) -> tuple[str, ...]:
    """The statements of this round below a code; those agreed on already only where there are no others."""
    asked = [one.code for capability in instrument.capabilities() for one in capability.asked(company.form)]
    below = [one for one in asked if code in {one, _capability(one), _dimension(one)}]
    return tuple(one for one in below if one not in company.agreed) or tuple(below)


def _capability(item: str) -> str:
    return item.rpartition(".")[0]


def _dimension(item: str) -> str:
    return item.partition(".")[0]


def _vote(company: Company, workshop: Workshop | None, event: Voted) -> Gathered:
    if workshop is None or event.at != workshop.at or workshop.stage != "voting":
        return whisper("vote_late")
    if event.value not in {UNSURE, *map(str, LEVELS)}:
        return whisper("group_button")
    vote = Vote(company.me, company.name, None if event.value == UNSURE else int(event.value))
    voted = {one.voter for one in company.votes} | {vote.voter}
    return replace(whisper("vote_kept"), prompts=(ballot(workshop, len(voted)),), keeps=(vote,), soon=True)


def _lead(company: Company, workshop: Workshop, event: AtBallot) -> Gathered:
    """What the coordinator decides about the ballot that is open."""
    votes, revealed = company.votes, workshop.stage == "revealed"
    match event:
        case Went():
            left = tally(workshop, votes, open=False) if revealed else ballot(workshop, len(votes), open=False)
            return _next(company, workshop, left)
        case Revealed() if not revealed:
            if not votes:
                return whisper("no_votes")
            shut = ballot(workshop, len(votes), open=False)
            return Gathered((shut, tally(workshop, votes)), (replace(workshop, stage="revealed"),))
        case Revoted() if revealed:
            anew = replace(workshop, stage="voting", round=workshop.round + 1, begun=company.now)
            return Gathered((tally(workshop, votes, open=False), ballot(anew)), (anew,))
        case Settled(level=level) if revealed and level in LEVELS:
            agreed = replace(workshop, agreed={**workshop.agreed, workshop.item: level})
            kept = Response(workshop.item, Aspect.AS_IS, level=level, source=Source.AGREED)
            went = _next(company, agreed, tally(agreed, votes, open=False))
            return replace(went, keeps=(kept, *went.keeps))
    return whisper("somebody_faster")


def _next(company: Company, workshop: Workshop, left: Prompt) -> Gathered:
    """The next statement of the agenda, or the end of it; `left` is how the card of this one stays."""
    if workshop.place + 1 == len(workshop.items):
        over = _over(workshop)
        return replace(over, prompts=(left, *over.prompts))
    after = replace(workshop, place=workshop.place + 1, round=1, stage="voting", begun=company.now)
    return Gathered((left, ballot(after)), (after,))


def _again(company: Company, workshop: Workshop) -> Gathered:
    """The card once more, at the end of the chat; minutes that are over begin anew."""
    if workshop.stage == "revealed":
        return Gathered((replace(tally(workshop, company.votes), fresh=True),))
    late = company.now >= workshop.until
    anew = replace(workshop, begun=company.now) if late else workshop
    return Gathered((replace(ballot(anew, len(company.votes)), fresh=True),), (anew,))


def _over(workshop: Workshop) -> Gathered:
    agreed = tuple((item, workshop.agreed[item]) for item in workshop.items if item in workshop.agreed)
    return Gathered((Minutes(agreed, len(workshop.items)),), (replace(workshop, stage="over"),))


def ballot(workshop: Workshop, votes: int = 0, *, open: bool = True) -> Ballot:  # noqa: A002  # as the prompt says it
    """The card of the statement that is voted on."""
    total, place = len(workshop.items), workshop.place + 1
    times = workshop.until, workshop.ends
    return Ballot(workshop.at, workshop.item, place, total, workshop.round, *times, votes, open)


def tally(workshop: Workshop, votes: Sequence[Vote], *, open: bool = True) -> Tally:  # noqa: A002  # likewise
    """The card of what the votes say; the median is the one a city's value is made with."""
    levels = [one.level for one in votes if one.level is not None]
    median = pool(Response(workshop.item, Aspect.AS_IS, level=level) for level in levels).level
    off = [(one.name, one.level) for one in votes if one.level is not None and median is not None]
    return Tally(
        workshop.at,
        workshop.item,
        workshop.round,
        tuple(levels.count(level) for level in LEVELS),
        len(votes) - len(levels),
        median,
        tuple((name, level) for name, level in off if median is not None and abs(level - median) >= FAR),
        workshop.agreed.get(workshop.item),
        open,
    )
