"""Lists of what was said: whole within one message, however much it is."""

import msgspec

from bot.channels.telegram.text import TEXT, units
from bot.wording import word
from flows.around import Around, Mine
from flows.engine import step
from flows.events import Asked
from flows.events.asides import Recalled
from flows.margin.recalling import SHOWN
from flows.margin.weighing import LINES
from flows.prompts.interludes import GoalList, MyData
from tests.people import JOINED, instrument

LONG = "x" * 4096
MANY = 20


def test_what_is_kept_of_somebody_fits_into_a_message() -> None:
    """Long words are shortened, older things are counted, and every button's thing is named."""
    remarks = tuple(("1.1", "challenge", LONG) for _ in range(MANY))
    files = tuple((number, "1.1.1", "document", LONG, False) for number in range(1, MANY + 1))
    (shown,) = step(instrument(), JOINED, Recalled(), Around(mine=Mine(remarks, files))).prompts
    assert isinstance(shown, MyData)
    assert (len(shown.files), shown.more) == (SHOWN, 2 * (MANY - SHOWN))
    comments = tuple((f"{place}.1.1", LONG) for place in range(1, SHOWN + 1))
    full = MyData(3, comments, shown.remarks, shown.files, "yes", shown.more)
    for language in ("en", "es"):
        message = word(full, msgspec.structs.replace(JOINED, language=language), instrument(language))
        assert units(message.title + message.body + message.note) < TEXT - 10
        assert str(shown.more) in message.body


def test_many_goals_come_in_several_messages() -> None:
    """All of them, in order, none in a message that would be cut."""
    told = instrument()
    weights = dict.fromkeys(told.indicators, (3, 3))
    full = msgspec.structs.replace(JOINED, form="full")
    turn = step(told, full, Asked("goals"), Around(weights=weights))
    lists = [one for one in turn.prompts if isinstance(one, GoalList)]
    codes = [row[0] for one in lists for row in one.goals]
    assert len(codes) == len(set(codes)) == len(told.indicators) + len(list(told.capabilities()))
    assert max(len(one.goals) for one in lists) == LINES
