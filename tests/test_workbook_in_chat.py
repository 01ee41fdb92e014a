"""/workbook: what is handed out to whom, and what is said where it cannot be."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Speaker
from bot.messages import Message
from bot.reports import printing
from flows.engine import step
from flows.events import Asked
from flows.prompts import Notice, Prompt
from flows.prompts.workbooks import Workbook
from flows.session import Role, Session
from model import library
from storage import sessions, slots, teams, waves
from storage.database import Database, Transaction, write
from storage.outbox import Delivery
from tests.conftest import Clock
from tests.eight import city_of_eight
from tests.workbooks import opened

ENGLISH, SPANISH = (library.instrument(*library.DEFAULT, language) for language in ("en", "es"))


@pytest.fixture(autouse=True)
def _pool() -> Iterator[None]:
    yield
    printing.close()


def asked(about: str = "", role: Role = "respondent", language: str = "en", *, joined: bool = True) -> Prompt:
    """What follows from `/workbook` and some words, in the short form."""
    session = Session(id="1", year=2026, role=role, language=language, joined=joined, consented=joined, finished=True)
    (prompt,) = step(SPANISH if language == "es" else ENGLISH, session, Asked("workbook", about)).prompts
    return prompt


@pytest.mark.parametrize(
    ("about", "language", "expected"),
    [
        ("", "en", Workbook()),
        ("blank", "en", Workbook(blank=True)),
        ("mobility", "en", Workbook("mobility")),
        ("Urban Planning", "en", Workbook("planning")),
        ("blank IT and data", "en", Workbook("it", blank=True)),
        ("mobility blank", "en", Workbook("mobility", blank=True)),
        ("en blanco", "es", Workbook(blank=True)),
        ("  VACÍO  movilidad ", "es", Workbook("mobility", blank=True)),
        ("blank", "es", Workbook(blank=True)),
    ],
)
def test_which_workbook_is_meant(about: str, language: str, expected: Workbook) -> None:
    """All of it or one department's, blank or not, by key or by name in the language of the chat."""
    assert asked(about, language=language) == expected


def test_what_is_no_department_is_said() -> None:
    """An unknown department, and one that the round asks nothing of, each get a sentence of their own."""
    assert asked("harbour") == asked("blank harbour") == Notice("workbook_how", ", ".join(ENGLISH.departments))
    with_port = replace(ENGLISH, departments={**ENGLISH.departments, "port": "Port authority"})
    session = Session(id="1", year=2026, joined=True, consented=True, finished=True)
    turn = step(with_port, session, Asked("workbook", "port"))
    assert turn.prompts == (Notice("workbook_empty", "Port authority"),)


def test_whoever_is_in_no_city_has_none() -> None:
    """A newcomer is told; an expert is asked which city."""
    assert asked(joined=False) == Notice("no_city")
    assert asked(role="expert", joined=False) == Notice("workbook_city")
    assert asked("valencia-es", role="expert", joined=False) == Workbook(city="valencia-es")


def handed(database: Database, clock: Clock, prompt: Workbook, session: Session, city: str | None) -> Message:
    """What somebody is sent."""
    delivery = Delivery(1, 1, "chat", False, None, prompt, 0, 0, session, city, None, None)
    return asyncio.run(Speaker(database, clock).word(delivery))


def test_everybody_gets_their_own(database: Database, clock: Clock) -> None:
    """The coordinator's has all responses, a head of department's only their own answers and the city's scores."""
    city = city_of_eight(database, form="short")
    wave = database.read(lambda tx: waves.of_city(tx, city.id))[0]
    mates = {mate.name: mate for mate in database.read(lambda tx: teams.mates(tx, wave.id))}
    for name, leads in (("Eva", True), ("Ana", False)):
        message = handed(database, clock, Workbook(), mates[name].session, city.id)
        assert message.document is not None
        assert message.document.name == "valencia-es-2026.xlsx"
        assert ("Raw responses" in opened(message.document.content)) is leads
        assert ("all responses, without names" in message.body) is leads
    blank = handed(database, clock, Workbook(blank=True), mates["Eva"].session, city.id)
    assert blank.document is not None
    assert "Raw responses" not in opened(blank.document.content)


def test_an_expert_gets_the_city_that_booked_them(database: Database, clock: Clock) -> None:
    """Without a meeting with that city there is no workbook, and no word of whether the city exists."""
    city = city_of_eight(database, form="short")
    now = datetime(2026, 11, 1, 9, tzinfo=UTC)

    def join(tx: Transaction) -> Session:
        session = sessions.begin(tx, "en", now)
        who = sessions.join(tx, None, "Iris", "expert", None, now)
        sessions.assign(tx, sessions.row_of(session), who, None)
        return session

    began = write(database, join)
    iris = Session(id=began.id, year=2026, role="expert", consented=True)
    for wanted in (city.id, "nowhere"):
        refused = handed(database, clock, Workbook(city=wanted), iris, None)
        assert refused.document is None
        assert "booked a meeting with you" in refused.body
    starts, link = now + timedelta(days=30), "https://meet.example/room"
    slot = write(database, lambda tx: slots.add(tx, "wrap_up", starts, link, "Iris", now))
    assert slot is not None
    write(database, lambda tx: slots.book(tx, slot.id, city.id, 1, now))
    message = handed(database, clock, Workbook(city="Valencia"), iris, None)
    assert message.document is not None
    assert "Raw responses" in opened(message.document.content)
