"""People for tests: how they answer what they are asked, how they come into a store, and what they are owed there."""

from collections.abc import Sequence
from datetime import datetime
from itertools import cycle

from flows.engine import step
from flows.events import Answered, Consented, Dated, Event, Finished, Shared, Typed
from flows.prompts import Notice, Prompt
from flows.prompts.questions import Ask, AskCity, AskConsent, AskGoal, AskReason, AskYear, Propose, Review
from flows.session import CityFacts, Session
from flows.turn import Turn
from model import library
from model.instrument import Instrument
from model.responses import Response
from storage import addresses, cities, invitations, outbox
from storage.database import Database, write
from storage.invitations import Invitation
from storage.outbox import Delivery
from storage.sessions import Standing

CITY = CityFacts("Valencia", "ES", 800_000)
FACTS = {"name": "Valencia", "country": "Spain", "population": "800000"}
JOINED = Session("1", 2026, city=CITY, joined=True, consented=True)
"""A coordinator before the first statement."""


def instrument(language: str = "en") -> Instrument:
    """The shipped instrument."""
    return library.instrument(*library.DEFAULT, language)


def play(session: Session, *events: Event) -> Turn:
    """The turn after the last of these events."""
    turn = Turn(session)
    for event in events:
        turn = step(instrument(turn.session.language), turn.session, event)
    return turn


def asked(turn: Turn) -> Prompt | None:
    """The question that a turn ends with."""
    return next((prompt for prompt in reversed(turn.prompts) if prompt.is_question), None)


def reply(question: Prompt, value: str = "3") -> Event:  # a closed list
    """An answer to a question; `value` is the level or non-response where one is asked."""
    match question:
        case AskConsent():
            return Consented(agreed=True)
        case AskCity(fact):
            return Typed(FACTS[fact])
        case Ask(key=key) | Propose(key):
            return Answered(key, value)
        case AskGoal(key=key):
            return Answered(key, value if value.isdigit() else "4")
        case AskYear(key=key, years=years):
            return Dated(key, years[0])
        case AskReason():
            return Typed("because")
        case Review():
            return Finished()
    return Shared(agreed=False)


def answered(session: Session, most: int, values: Sequence[str] = ("3",)) -> list[tuple[Prompt, Turn]]:
    """What was asked and what came of it, while somebody gives `values` in turn to whatever is due."""
    given = cycle(values)
    told: list[tuple[Prompt, Turn]] = []
    turn = play(session, Typed("?"))  # is no answer to anything, so that what is due is asked again
    while len(told) < most and not turn.session.finished:
        question = asked(turn)
        assert question is not None, f"nothing is asked after {turn.prompts}"
        turn = play(turn.session, reply(question, next(given)))
        told.append((question, turn))
    return told


def notices(turn: Turn) -> list[Notice]:
    """What a turn lets people know."""
    return [prompt for prompt in turn.prompts if isinstance(prompt, Notice)]


def question_key(turn: Turn) -> str:
    """The key of the question that a turn ends with."""
    question = asked(turn)
    assert isinstance(question, Ask | AskGoal | AskYear)
    return question.key


def last_kept(turn: Turn) -> Response:
    """The response that a turn keeps last."""
    kept = turn.keeps[-1]
    assert isinstance(kept, Response)
    return kept


def meet(database: Database, now: datetime, chat: str = "1", channel: str = "test") -> Standing:
    """Whoever writes from this chat."""
    return write(database, lambda tx: addresses.meet(tx, channel, chat, now))


def owe(database: Database, to: Standing, due: datetime, *prompts: Prompt) -> None:
    """Owes prompts to somebody."""
    write(database, lambda tx: outbox.owe(tx, to.address, to.session, prompts, due))


def claim(database: Database, now: datetime, channel: str = "test") -> list[Delivery]:
    """What is to be sent now."""
    return write(database, lambda tx: outbox.claim(tx, channel, now))


def settle(database: Database, delivery: Delivery, now: datetime) -> None:
    """Notes that it was sent."""
    write(database, lambda tx: outbox.settle(tx, delivery, now))


def invite(database: Database, now: datetime, people: int = 1) -> list[str]:
    """Codes for respondents of a new city."""
    city = write(database, lambda tx: cities.add(tx, CITY, now)).id
    invitation = Invitation(city, "respondent")
    return [write(database, lambda tx: invitations.issue(tx, invitation, now)) for _ in range(people)]
