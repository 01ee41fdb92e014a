"""Many equal answers in little time: one kind question a session, and nothing is ever taken away."""

from datetime import timedelta

import msgspec

from flows.around import Around
from flows.asking.survey import said
from flows.prompts.interludes import AskSame, LastOnes
from flows.session import Monotony, Session, aspect_of, item_of
from flows.turn import Turn
from model.responses import Aspect, Response

MANY = 12
"""Equal answers, one after the other, that are worth a question if they come fast."""
FAST = timedelta(seconds=40)
"""Nobody reads twelve statements in less."""


def after(turn: Turn, around: Around) -> Turn:
    """The turn with the run of equal answers counted, and asked about where it is long and fast."""
    given = [one for one in turn.keeps if isinstance(one, Response) and one.aspect is Aspect.AS_IS]
    run, now = turn.session.monotony, around.now
    if len(given) != 1 or now is None or run.asked or given[0].item == run.last:
        return turn
    value = str(given[0].non_response or given[0].level)
    before = run.times if value == run.value else ()
    times = (*(at for at in before if now - at <= FAST), now)
    busy = any(prompt.is_question for prompt in turn.prompts)
    asks = len(times) >= MANY and not busy
    run = Monotony(value, given[0].item, () if asks else times, asked=asks)
    session = msgspec.structs.replace(turn.session, monotony=run)
    told = (AskSame(value, MANY),) if asks else ()
    return Turn(session, (*turn.prompts, *told), turn.keeps)


def last_ones(session: Session) -> Turn:
    """The turn that shows the last answers of the run."""
    value = session.monotony.value
    keys = [key for key in session.responses if aspect_of(key) is Aspect.AS_IS and said(session, key) == value]
    return Turn(session, (LastOnes(value, tuple(item_of(key) for key in keys[-MANY:])),))
