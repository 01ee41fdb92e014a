"""Lists of what was said: whole within one message, however much it is."""

import msgspec
import pytest

from bot.channels.telegram.limits import TEXT
from bot.channels.telegram.text import units
from bot.wording import word
from flows.around import Around, Member, Mine
from flows.engine import step
from flows.events import Asked, HandedOn, Looked, Typed
from flows.events.asides import Recalled
from flows.margin.recalling import SHOWN
from flows.margin.weighing import LINES
from flows.prompts import Notice
from flows.prompts.interludes import GoalList, MyData
from flows.prompts.teamwork import MOST, Digest, Team
from flows.together.handing import LONGEST_NOTE
from flows.turn import Handing
from tests.people import JOINED, instrument

LONG = "x" * 4096
MANY = 20


def test_what_is_kept_of_somebody_fits_into_a_message() -> None:
    """Long words are shortened, older things are counted, and every button's thing is named."""
    remarks = tuple(("1.1", "challenge", LONG) for _ in range(MANY))
    files = tuple((number, "1.1.1", "document", LONG, False) for number in range(1, MANY + 1))
    shown, _file = step(instrument(), JOINED, Recalled(), Around(mine=Mine(remarks, files))).prompts
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


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_team_of_many_fits_into_a_message(language: str) -> None:
    """The unfinished first, the others counted; each of the first sixty has a button."""
    told = instrument(language)
    done = tuple(Member(str(n), "Maximiliana " * 8, "social", "respondent", "completed", 9, 9) for n in range(100))
    late = tuple(
        Member(str(n), f"Late {n} " * 9, "social", "respondent", "silenced", 1, 25, 99) for n in range(100, 120)
    )
    held = tuple((d.code, tuple(i.code for c in d.capabilities for i in c.indicators)) for d in told.dimensions)
    session = msgspec.structs.replace(JOINED, language=language)
    for prompt in (Team(done + late, held, "2026-12-14"), Digest(done + late)):
        message = word(prompt, session, told)
        assert units(message.title + message.body + message.note) < TEXT - 10
        assert message.body.index("Late 119") < message.body.index("Maximiliana")
        assert "92" in message.body.partition("\n\n")[0]
    assert sum(isinstance(one, Looked) for row in Team(done + late).rows for one in row) == MOST


def test_a_long_word_to_a_colleague_is_asked_for_in_short() -> None:
    """Nothing is handed on yet, and what is typed next is the word."""
    around = Around(me="1", team=(Member("1", "Ana"), Member("2", "Ben")))
    chosen = step(instrument(), JOINED, HandedOn("1.1.1", "2"), around).session
    turn = step(instrument(), chosen, Typed("x" * (LONGEST_NOTE + 1)), around)
    assert (turn.prompts[0], turn.keeps) == (Notice("text_too_long", str(LONGEST_NOTE)), ())
    (handed,) = [
        one for one in step(instrument(), turn.session, Typed("short"), around).keeps if isinstance(one, Handing)
    ]
    assert handed.note == "short"
