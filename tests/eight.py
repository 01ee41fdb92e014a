"""A city of eight respondents with two rounds behind it: they disagree, leave things out, set goals and say why."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from bot.conversation.others import end
from flows.session import CityFacts, Role, Session, with_response
from flows.together.coverage import asked
from flows.turn import Evidence, Remark, Weighing
from model import library
from model.instrument import Form, Instrument
from model.responses import Aspect, Certainty, NonResponse, Response, Source
from storage import addresses, cities, evidence, priorities, remarks, sessions, waves
from storage.cities import City
from storage.database import Database, Transaction, write

FIRST, SECOND = datetime(2025, 10, 6, 9, tzinfo=UTC), datetime(2026, 9, 7, 9, tzinfo=UTC)
"""When the two rounds opened; each closed four weeks later."""
PEOPLE: tuple[tuple[str, Role, str | None], ...] = (
    ("Eva", "coordinator", "mayor"),
    ("Ana", "respondent", "mobility"),
    ("Ben", "respondent", "it"),
    ("Carla", "respondent", "finance"),
    ("Dario", "respondent", "planning"),
    ("Elena", "respondent", "environment"),
    ("Farid", "respondent", "services"),
    ("Greta", "respondent", None),
)
CHANNEL = "stage"
_LEFT_OUT = ("2.4", "4.1")
"""Capabilities that nobody answers enough of in the second round, so that a gate holds them back."""


def city_of_eight(
    database: Database, name: str = "Valencia", country: str = "ES", *, form: Form = "full", seed: int = 8
) -> City:
    """The city with all its answers, the second round closed as well; each of its people has a chat named like them."""
    return write(database, lambda tx: _build(tx, name, country, form, random.Random(seed)))


def _build(transaction: Transaction, name: str, country: str, form: Form, chance: random.Random) -> City:
    city = cities.add(transaction, CityFacts(name, country, 800_000), FIRST, timezone="Europe/Madrid")
    people = {who: sessions.join(transaction, city.id, who, role, of, FIRST) for who, role, of in PEOPLE}
    for number, opened in enumerate((FIRST, SECOND)):
        _round(transaction, city, people, form, opened, chance, is_second=number == 1)
    return city


def _round(
    transaction: Transaction,
    city: City,
    people: dict[str, int],
    form: Form,
    opened: datetime,
    chance: random.Random,
    *,
    is_second: bool,
) -> None:
    instrument = library.instrument(*library.DEFAULT)
    wave = waves.open_wave(transaction, city.id, instrument, form, opened, opened + timedelta(days=28))
    true = {code: chance.gauss(2.7 if is_second else 2.2, 1.1) for code in asked(instrument, form)}
    for who, role, department in PEOPLE:
        if who == "Greta" and not is_second:
            continue  # she came for the second round
        standing = addresses.meet(transaction, CHANNEL, f"{city.id}/{who}", opened, name=who, language="en")
        if is_second and who != "Greta":  # a chat has one session a round
            begun = sessions.begin(transaction, "en", opened)
            addresses.move(transaction, standing.address, begun)
            standing = msgspec.structs.replace(standing, row=sessions.row_of(begun), session=begun)
        sessions.assign(transaction, standing.row, people[who], wave.id)
        session = _session(standing.session, role, city, form, opened)
        given = _answers(instrument, true, role, department, chance, is_second=is_second)
        for minute, response in enumerate(given):
            sessions.append(transaction, standing.row, response, opened + timedelta(minutes=minute))
            if response.source is Source.RESPONDENT:
                session = with_response(session, response)
        sessions.keep(transaction, standing, msgspec.structs.replace(session, finished=True), opened)
        _beside(transaction, wave.id, standing.row, standing.address, people[who], given, opened)
    for item, importance, effort in (("1.1", 3, 1), ("3.4", 3, 2), ("5.2", 1, 3), ("3.1.1", 2, 1)):
        priorities.keep(transaction, wave.id, Weighing(item, importance, effort), opened)
    end(transaction, wave.id, opened + timedelta(days=28))


def _session(begun: Session, role: Role, city: City, form: Form, opened: datetime) -> Session:
    return msgspec.structs.replace(
        begun,
        role=role,
        form=form,
        year=opened.year,
        city=CityFacts(city.name, city.country, city.population),
        joined=True,
        consented=True,
        timezone="Europe/Madrid",
    )


def _answers(
    instrument: Instrument,
    true: Mapping[str, float],
    role: Role,
    department: str | None,
    chance: random.Random,
    *,
    is_second: bool,
) -> list[Response]:
    """One person's responses: the coordinator has nearly all, a head their department's, Greta a third at random."""
    given = []
    for code, level in true.items():
        of = instrument.indicators[code].department
        theirs = role == "coordinator" or of == department or (department is None and chance.random() < 0.35)
        theirs = theirs or (department in {"mobility", "it", "finance"} and chance.random() < 0.4)
        left_out = is_second and instrument.capability_of[code].code in _LEFT_OUT
        if theirs and not (left_out and (len(true) < 30 or code[-1] > "4")):
            given.append(_answer(code, level, chance))
    if role == "coordinator":
        for capability in instrument.capabilities():
            if chance.random() < 0.9:
                year = 2028 + chance.randint(0, 3)
                given.append(Response(capability.code, Aspect.TARGET, level=chance.choice((3, 4, 4, 5)), year=year))
        given.append(Response("3.1.1", Aspect.TARGET, level=5, year=2029))
        given.append(Response("1.1.1", Aspect.AS_IS, level=3, source=Source.AGREED, comment="We looked at the plan."))
    return given


def _answer(code: str, true: float, chance: random.Random) -> Response:
    luck = chance.random()
    if luck < 0.04:
        return Response(code, Aspect.AS_IS, non_response=NonResponse.DONT_KNOW)
    if luck < 0.06:
        return Response(code, Aspect.AS_IS, non_response=NonResponse.NOT_APPLICABLE, comment="There is no port here.")
    if luck < 0.07:
        return Response(code, Aspect.AS_IS, non_response=NonResponse.DECLINED)
    level = min(5, max(0, round(chance.gauss(true, 0.7))))
    sure = chance.choice((None, None, *Certainty))
    comment = chance.choice(("", "", "", "See the yearly report.", "=1+1", "Ask María, she knows; «it» is new"))
    return Response(code, Aspect.AS_IS, level=level, certainty=sure, comment=comment)


def _beside(
    transaction: Transaction, wave: int, row: int, address: int, who: int, given: list[Response], at: datetime
) -> None:
    """Evidence behind every tenth answer, and what is hard and works well, which every other person lets be quoted."""
    told = [one.item for one in given if one.aspect is Aspect.AS_IS and one.level is not None]
    for number, item in enumerate(told[::10], 1):
        evidence.keep(
            transaction, row, address, Evidence(item, "link", f"https://city.example/{item}", number=number), at
        )
    for item, kind, text in (
        ("1.1", "challenge", "Nobody has time for the strategy."),
        ("3", "success", "The open data portal saves us calls."),
    ):
        remarks.keep(transaction, wave, who, Remark(item, kind, text), at)
    remarks.keep(transaction, wave, who, Remark("", "consent", "yes" if who % 2 else "no"), at)
