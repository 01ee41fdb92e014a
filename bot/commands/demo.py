"""Synthetic cities, so that a benchmark can be seen at once. They are called synthetic wherever they show."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

import msgspec

from bot.commands.common import now, say, store, working
from bot.reports import benchmarking
from bot.reports.following import partnering
from flows.path import path, way
from flows.session import CityFacts, Session, aspect_of, item_of, with_response
from model import library
from model.comparison import snapshot_date
from model.instrument import Instrument
from model.responses import Aspect, NonResponse, Response
from storage import cities, sessions, snapshots, waves
from storage.cities import City
from storage.database import Transaction, write

SEED = 2026
"""The same cities at every machine: what is shown in a talk can be shown again."""

PARTNERS = 4
"""Every fourth city can be found in the partner search."""

# By region in the sizes that the rules tell apart: 16 peers show quartiles, 9 and 6 a median, 3 nothing;
# all 40 show percentiles. By size, 36 of 40 are alike, so that neither they nor the other four are told apart.
_REGIONS = (
    ("ES", "DE", "FR", "IT", "NL", "SE", "FI", "PL", "PT", "AT", "EE", "IE", "BE", "CZ", "GB", "DK"),
    ("KR", "JP", "SG", "IN", "ID", "VN", "AE", "TH", "MY"),
    ("ZA", "KE", "RW", "GH", "MA", "TZ"),
    ("BR", "CO", "MX", "CA", "US", "CL"),
    ("AU", "NZ", "FJ"),
)
_COUNTRIES = tuple(chain.from_iterable(_REGIONS))
_OTHER_SIZES = (60_000, 800_000, 2_400_000, 9_000_000)


def demo() -> None:
    """Fill the store with synthetic cities, enough for every rule of the benchmark."""
    with store() as database:
        if any(city.synthetic for city in database.read(cities.every)):
            say("The synthetic cities are there already. /benchmark and `maturitybot city list` show them.")
            return
        with working("Making synthetic cities"):
            made, compared = write(database, lambda tx: make(tx, now()))
    where = "in the benchmark" if compared else "in the benchmark from its next fixed date on"
    say(f"{made} synthetic cities are in the store and {where}, each marked as synthetic.")
    say("Try: maturitybot benchmark synthetic-01-es --cut region")


def make(transaction: Transaction, today: datetime) -> tuple[int, bool]:
    """How many cities with a closed wave each were made; False where the latest snapshot was there before them."""
    chance = random.Random(SEED)  # noqa: S311  # nothing here is secret
    instrument = library.instrument(*library.DEFAULT)
    on = snapshot_date(today.date())
    opened = datetime(on.year, on.month, on.day, tzinfo=today.tzinfo) - timedelta(days=40)
    for number, country in enumerate(_COUNTRIES, 1):
        others = number - 1 - (len(_COUNTRIES) - len(_OTHER_SIZES))
        people = _OTHER_SIZES[others] if others >= 0 else chance.randrange(120_000, 480_000, 1_000)
        facts = CityFacts(f"Synthetic {number:02}", country, people)
        city = cities.add(transaction, facts, opened, synthetic=True)
        _answer(transaction, city, instrument, chance, opened)
        cities.share(transaction, city.id, opened + timedelta(days=20))
        if number % PARTNERS == 0:
            partnering.join(transaction, city.id, f"{city.name} is made up: nobody reads this", opened)
    kind: benchmarking.Kind = (instrument.code, instrument.version, "short")
    snapshots.drop_untold(transaction, *kind, on)  # nobody was told anything of it: the cities may come into it
    kept = snapshots.keep(transaction, *kind, benchmarking.take_snapshot(transaction, *kind, on))
    return len(_COUNTRIES), kept


def _answer(
    transaction: Transaction, city: City, instrument: Instrument, chance: random.Random, opened: datetime
) -> None:
    """One coordinator's answers to the short form, in the log and in their session alike."""
    wave = waves.open_wave(transaction, city.id, instrument, "short", opened)
    begun = sessions.begin(transaction, "en", opened)
    respondent = sessions.join(transaction, city.id, "Synthetic coordinator", "coordinator", None, opened)
    standing = sessions.Standing(0, sessions.row_of(begun), begun, respondent, city.id)
    sessions.assign(transaction, standing.row, respondent, wave.id)
    session = msgspec.structs.replace(
        begun, consented=True, joined=True, finished=True, city=CityFacts(city.name, city.country, city.population)
    )
    for minute, response in enumerate(_responses(instrument, session, chance)):
        sessions.append(transaction, standing.row, response, opened + timedelta(minutes=minute))
        session = with_response(session, response)
    sessions.keep(transaction, standing, session, opened)
    waves.close_wave(transaction, wave.id, opened + timedelta(days=21))


def _responses(instrument: Instrument, session: Session, chance: random.Random) -> Iterator[Response]:
    """Levels around what this city is like, now and then a "don't know", and goals one or two levels higher."""
    usual = chance.gauss(2.6, 0.8)
    levels: dict[str, int] = {}
    for key in path(instrument, way(session)):
        item = item_of(key)
        if aspect_of(key) is Aspect.AS_IS:
            if chance.random() < 0.02:
                yield Response(item, Aspect.AS_IS, non_response=NonResponse.DONT_KNOW)
                continue
            level = min(5, max(0, round(chance.gauss(usual, 0.9))))
            levels[instrument.capability_of[item].code] = level
            yield Response(item, Aspect.AS_IS, level=level)
        else:
            goal = min(5, levels.get(item, 2) + chance.choice((1, 1, 2)))
            yield Response(item, Aspect.TARGET, level=goal, year=session.year + chance.randint(2, 5))
