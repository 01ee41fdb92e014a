"""Charts on demand: what is typed after /charts, what is answered, and what fits below a picture."""

import asyncio
from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest

from bot.delivery import Speaker
from bot.messages import Message
from bot.reports import printing, readings
from bot.wording.catalogues import translations
from flows import wire
from flows.commands import read
from flows.engine import step
from flows.events import Asked
from flows.prompts import Chart, ChartKind, Charts, Notice, Prompt, Scores
from flows.prompts.figures import DimensionScores, InShort
from flows.results import charting
from flows.session import Session
from model import library
from storage.database import Database
from storage.outbox import Delivery
from tests.acting import Team
from tests.conftest import Clock
from tests.eight import city_of_eight
from tests.pictures import NAMES, made_up, named
from tests.test_wording import benchmark_of, result_of

INSTRUMENT = library.instrument(*library.DEFAULT)
CAPTION = 1024
"""Characters that Telegram allows below a picture."""
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
JOINED = Session("s1", 2026, consented=True, joined=True)


@pytest.mark.parametrize(
    ("typed", "prompt"),
    [
        ("/charts", Charts()),
        ("/charts heat", Chart("heat", asked=True)),
        ("/CHARTS Heat Table", Chart("heat", asked=True, table=True)),
        ("/charts peers region", Chart("peers", "region", asked=True)),
        ("/charts region peers", Chart("peers", "region", asked=True)),
        ("/charts moved", Chart("moves", asked=True)),
        ("/charts What moved?", Chart("moves", asked=True)),
        ("/charts how certain", Chart("dimensions", asked=True)),
        ("/charts All capabilities as text", Chart("heat", asked=True, table=True)),
        ("/charts Qué cambió", Chart("moves", asked=True)),
        ("/charts brechas tabla", Chart("gaps", asked=True, table=True)),
        ("/charts peers tamaño", Chart("peers", "size", asked=True)),
        ("/charts pie", Charts("pie")),
        ("/charts \U0001f967 $x$ {{", Charts("\U0001f967 $x$ {{")),
    ],
)
def test_what_is_typed_is_what_is_drawn(typed: str, prompt: Prompt) -> None:
    """A kind, a cut and "table" in any order; anything else leads to the list of charts."""
    turn = step(INSTRUMENT, JOINED, read(typed))
    assert turn.prompts[0] == prompt
    assert turn.session == JOINED


def test_who_is_of_no_city_is_told_so() -> None:
    """Before anybody has joined a city there is nothing to draw."""
    assert charting.take(Session("s1", 2026, consented=True), "heat").prompts == (Notice("no_city"),)


def test_every_button_leads_to_its_chart() -> None:
    """Buttons of the list and below the charts come back as they were sent, and lead to a chart of that kind."""
    buttons = [button for row in Charts().rows for button in row]
    assert [event.about for event in buttons if isinstance(event, Asked)] == list(get_args(ChartKind))
    below = [button for kind in get_args(ChartKind) for row in Chart(kind).rows for button in row]
    for event in (*buttons, *below):
        assert wire.decode(wire.encode("s1", event)) == ("s1", event)
        assert isinstance(event, Asked)
        said = charting.take(JOINED, event.about).prompts[0]
        assert isinstance(said, Chart)
        assert said.table == (event in below)


def said(database: Database, city: str | None, prompt: Prompt, language: str = "en") -> Message:
    """What a delivery of this prompt becomes."""
    session = msgspec.structs.replace(JOINED, language=language)
    delivery = Delivery(1, 1, "chat", False, None, prompt, 0, 1, session, city, None, None)
    return asyncio.run(Speaker(database, lambda: NOW).word(delivery))


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_each_chart_of_a_city_comes_with_words_that_fit(database: Database) -> None:
    """A picture with its reading within Telegram's limit, its table on demand; what cannot be drawn says why."""
    city = city_of_eight(database).id
    for kind, language in zip(readings.KINDS, ("en", "es") * len(readings.KINDS), strict=False):
        told = said(database, city, Chart(kind, asked=True), language)
        assert len(f"{told.title}\n{told.body}\n{told.note}") <= CAPTION
        if kind == "peers":  # nobody else is there
            assert told.picture is None
            assert "/benchmark" in told.body
            continue
        assert told.picture is not None
        assert told.picture.png.startswith(b"\x89PNG")
        table = said(database, city, Chart(kind, asked=True, table=True), language)
        assert table.picture is None
        assert len(table.body.splitlines()) > 6
        assert told.body.splitlines()[0] in table.body
    printing.close()


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_what_nobody_asked_for_and_cannot_be_drawn_is_not_said(database: Database) -> None:
    """Beside the scores a chart without content is left out."""
    city = city_of_eight(database).id
    assert said(database, city, Chart("peers")).is_empty


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_before_anybody_has_answered_little_is_said(database: Database, clock: Clock) -> None:
    """No bounds are explained where none stand, no button promises numbers, and no goal is measured by."""
    city = Team(database, clock).city.id
    assert said(database, city, Chart("gaps", asked=True)).buttons == ()
    scores = said(database, city, Scores())
    assert "brackets" not in scores.note
    assert "Statements at level" not in scores.body
    assert "brackets" not in said(database, city, DimensionScores("3", ())).note
    assert "No goal is set yet." in said(database, city, InShort()).body


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("kind", readings.KINDS)
def test_a_reading_fits_with_the_longest_names(kind: ChartKind, script: str) -> None:
    """Title and reading leave 350 characters for what every output says, in English and Spanish."""
    result = made_up(result_of(range(25)))
    for language in ("en", "es"):
        words, told = translations(language), library.instrument(*library.DEFAULT, language)
        chart = readings.chart(kind, result, benchmark_of(result, 40, "all"), told, words)
        assert chart is not None
        long = named(chart, script)
        assert len(long.title) + len(readings.reading(long, words)) <= CAPTION - 350
