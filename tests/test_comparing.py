"""What people type after /benchmark, in two languages and with mistakes; and who sees what, as they ask."""

from datetime import UTC, datetime

import pytest

from bot.channels.slack.text import command
from bot.wording.catalogues import translations
from bot.wording.labels.comparing import typed
from flows.around import Around
from flows.commands import read
from flows.engine import step
from flows.events import Asked, Shared
from flows.groups import step as step_in_group
from flows.groups.around import Company
from flows.prompts import Benchmark, Chart, Notice, Privacy
from flows.results.comparing import Comparison, privacy, share, wish
from flows.session import Session
from flows.turn import Sharing
from model import library
from model.comparison import CUTS
from storage import cities
from storage.database import Database
from tests.acting import Team
from tests.conftest import Clock

INSTRUMENT = library.instrument(*library.DEFAULT)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COORDINATOR = Session("s1", 2026, joined=True, consented=True)
RESPONDENT = Session("s1", 2026, joined=True, consented=True, role="respondent")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", Comparison()),
        ("all", Comparison()),
        ("todas", Comparison()),
        ("region", Comparison("region")),
        ("Región", Comparison("region")),
        ("TAMAÑO", Comparison("size")),
        ("población", Comparison("size")),
        ("ingresos", Comparison("income")),
        ("3", Comparison("all", "3")),
        ("3.", Comparison("all", "3")),
        ("3.4", Comparison("all", "3")),  # its dimension shows it
        ("3 region", Comparison("region", "3")),
        ("region, 3", Comparison("region", "3")),
        ("  size   5 ", Comparison("size", "5")),
        ("all region", Comparison("region")),
        ("region región", Comparison("region")),
        ("regoin", Notice("cut_meant", "region")),
        ("ingreso?", Comparison("income")),
        ("sise", Notice("cut_meant", "size")),
        ("3 regin", Notice("cut_meant", "region")),
        ("friends", Notice("cut_unknown", "friends")),
        ("城市", Notice("cut_unknown", "城市")),
        ("9", Notice("cut_unknown", "9")),
        ("size region", Notice("one_cut")),
        ("3 4", Notice("one_cut")),
        ("!!", Notice("cut_unknown", "!!")),
    ],
)
def test_what_is_typed_is_understood_or_asked_back(said: str, meant: Comparison | Notice) -> None:
    """Words of either language, with or without accents and capitals; a mistake is never taken for an answer."""
    assert wish(INSTRUMENT, said) == meant


@pytest.mark.parametrize("said", ["region", "región", "3", "3.4", "3 region", "ingresos", "tamaño 2", "All"])
def test_slack_takes_the_bare_words_for_the_command(said: str) -> None:
    """Where a line cannot begin with a slash, "benchmark region" is one; a sentence stays a sentence."""
    assert command(f"benchmark {said}") == f"/benchmark {said}"
    assert command("benchmark that against Lisbon, please") is None


def test_a_group_sees_no_capabilities() -> None:
    """What may be a single person's answer is for a chat of one's own; cuts are for everybody."""
    company = Company(NOW, city="c", city_name="Valencia")

    def said(about: str) -> tuple[object, ...]:
        return step_in_group(INSTRUMENT, company, Asked("benchmark", about)).prompts

    assert said("region") == (Benchmark("region"), Chart("peers", "region"))
    assert said("3") == (Notice("group_private"),)
    assert said("regoin") == (Notice("cut_meant", "region"),)


def test_privacy_tells_how_it_stands_and_from_when() -> None:
    """Shared in August counts from October on, shared in November from January on; only the coordinator decides."""
    august, november = (datetime(2026, month, 10, tzinfo=UTC) for month in (8, 11))
    told = Privacy(joined=True, leads=True, next="2027-01-01")
    assert privacy(COORDINATOR, Around(NOW)).prompts == (told,)
    assert told.rows == ((Shared(agreed=True),),)
    assert privacy(COORDINATOR, Around(NOW, shared=august)).prompts == (
        Privacy(joined=True, leads=True, since="2026-10-01", is_in=True, next="2027-01-01"),
    )
    (waiting,) = privacy(COORDINATOR, Around(NOW, shared=november)).prompts
    assert waiting == Privacy(joined=True, leads=True, since="2027-01-01", is_in=False, next="2027-01-01")
    assert waiting.rows == ((Shared(agreed=False),),)
    (other,) = privacy(RESPONDENT, Around(NOW, shared=august)).prompts
    assert (other.rows, other) == ((), Privacy(joined=True, since="2026-10-01", is_in=True, next="2027-01-01"))


def test_only_the_coordinator_shares() -> None:
    """The day from which it counts is said; a respondent changes nothing."""
    turn = share(COORDINATOR, Around(NOW), agreed=True)
    assert (turn.prompts, turn.keeps) == ((Notice("shared", "2027-01-01"),), (Sharing(agreed=True),))
    since_august = Around(NOW, shared=datetime(2026, 8, 10, tzinfo=UTC))
    assert share(COORDINATOR, since_august, agreed=False).prompts == (Notice("private", "2027-01-01"),)
    refused = share(RESPONDENT, Around(NOW), agreed=True)
    assert (refused.prompts, refused.keeps) == ((Notice("coordinator_only"),), ())


def test_what_changes_nothing_is_told_as_it_is() -> None:
    """A second yes names the day of the first, and a city that never shared has nothing to leave."""
    since_august = Around(NOW, shared=datetime(2026, 8, 10, tzinfo=UTC))
    assert share(COORDINATOR, since_august, agreed=True).prompts == (Notice("shared", "2026-10-01"),)
    assert share(COORDINATOR, Around(NOW), agreed=False).prompts == (Notice("private"),)


@pytest.mark.parametrize(
    ("said", "agreed"),
    [("join", True), ("Leave", False), ("participar", True), ("salir.", False), ("", None), ("whatever", None)],
)
def test_joining_and_leaving_may_be_typed(said: str, agreed: bool | None) -> None:
    """`/privacy join` and `/privacy leave` do what the buttons do; anything else shows who sees what."""
    event = read(f"/privacy {said}")
    turn = step(INSTRUMENT, COORDINATOR, event, Around(NOW))
    assert turn.keeps == (() if agreed is None else (Sharing(agreed),))
    assert isinstance(turn.prompts[0], Privacy) is (agreed is None)
    assert step(INSTRUMENT, RESPONDENT, event, Around(NOW)).keeps == ()


def test_joining_and_leaving_are_kept_and_told(database: Database, clock: Clock) -> None:
    """From the chat to the store and back, before and after the round is closed."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.join("Ben")
    team.told()

    def shared_at() -> datetime | None:
        return database.read(lambda tx: cities.find(tx, team.city.id))[0].shared_at

    team.act(("Ben", Shared(agreed=True)), ("Ben", "/privacy"))
    assert shared_at() is None
    assert [type(one) for one in team.told()["Ben"]] == [Notice, Privacy]
    team.act(("Eva", Shared(agreed=True)))
    first = clock()
    clock.pass_(days=1)
    team.act(("Eva", Shared(agreed=True)), ("Eva", "/privacy"))
    assert shared_at() == first  # saying it again moves nothing
    *_, told = team.told()["Eva"]
    assert told == Privacy(joined=True, leads=True, since="2027-01-01", is_in=False, next="2027-01-01")
    clock.pass_(days=30)
    team.look()  # the round is closed
    team.act(("Eva", Shared(agreed=False)), ("Eva", "/privacy"))
    assert shared_at() is None
    assert team.told()["Eva"][-1] == Privacy(joined=True, leads=True, next="2027-01-01")


@pytest.mark.parametrize("language", INSTRUMENT.languages)
def test_what_is_proposed_can_be_typed(language: str) -> None:
    """The words in which a reader is told what may be shown are understood when they are sent."""
    for cut in CUTS:
        about = typed(cut, translations(language).gettext).removeprefix("/benchmark").strip()
        assert wish(INSTRUMENT, about) == Comparison(cut)
