"""Files that may be workbooks on their way here: fetched, looked into, and shown before anything changes."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from bot.conversation import Clock, act
from bot.conversation.others import say
from bot.durable import kept
from bot.messages import Fetched, FetchOutcome, Source, Throttled, Unreachable
from bot.reports.workbook import opening
from bot.reports.workbook.identifying import Refused, made_for
from bot.reports.workbook.opening import Opened
from bot.reports.workbook.reading import Expected, read
from flows.events.sheeting import Unfolded
from flows.kept.sheets import Sheet
from flows.margin.filing import LARGEST
from flows.margin.noting import as_is
from flows.prompts.sheets import NewsKind, SheetNews
from model import library
from storage import evidence, sheets, teams
from storage.database import Database, Transaction, UnavailableError
from storage.sessions import Standing
from storage.sheets import Errand

TRIES = 6
"""How often a platform that does not answer is asked, for about a minute: then the file is evidence, and fetched on."""
_WHY: dict[str, NewsKind] = {
    "password": "password",
    "bomb": "bomb",
    "numbers": "numbers",
    "xlsb": "xlsb",
    "broken": "broken",
}

_log = logging.getLogger(__name__)


class Incoming:
    """Fetches what may be workbooks for one channel, one at a time; whatever it was at when it died is read again."""

    def __init__(self, database: Database, source: Source, clock: Clock) -> None:
        self._database, self._source, self._clock = database, source, clock

    async def drain(self) -> bool:
        """Looks into all that has come; whether there was anything."""
        found = False
        while (errand := await kept(self._database, self._claim)) is not None:
            found = True
            outcome = await self._looked_into(errand)
            await kept(self._database, self._settling(errand, outcome))
        return found

    def _claim(self, transaction: Transaction) -> Errand | None:
        return sheets.claim(transaction, self._source.name, self._clock())

    async def _looked_into(self, errand: Errand) -> "Looked | FetchOutcome":
        """What the file says, or what became of it instead."""
        try:
            outcome = await self._source.fetch(errand.file.reference)
            if isinstance(outcome, Fetched):
                wanted = await kept(self._database, lambda tx: _expected(tx, errand))
                return await asyncio.to_thread(look, outcome.content, wanted)
        except UnavailableError:
            raise
        except Exception:
            _log.exception("Sheet %d cannot be fetched", errand.id)
            return Unreachable("broken")
        return outcome

    def _settling(self, errand: Errand, outcome: "Looked | FetchOutcome") -> Callable[[Transaction], None]:
        def settle(transaction: Transaction) -> None:
            now = self._clock()
            if isinstance(outcome, Throttled):
                sheets.defer(transaction, errand.id, now + timedelta(seconds=outcome.seconds))
            elif isinstance(outcome, Unreachable) and errand.tries < TRIES:
                sheets.defer(transaction, errand.id, now + timedelta(seconds=2**errand.tries))
            elif isinstance(outcome, Looked):
                _arrive(transaction, errand, outcome, now)
            else:
                _file(transaction, errand, "", None, now)

        return settle


class Looked(msgspec.Struct, frozen=True):
    """A file that was looked into: the digest of its content, and the workbook it is, or why it is none.

    `found` is None for a file that is no workbook of ours; then `why` tells more where there is more to tell.
    `respondent` is whom it says it was made for, 0 for nobody.
    """

    digest: str
    found: Sheet | Refused | None
    why: str = ""
    respondent: int = 0


def look(content: bytes, wanted: Expected | None) -> Looked:
    """What a file says, for whoever is `wanted`. Takes its time: call it in a thread."""
    opened = opening.opened(content) if len(content) <= LARGEST else Opened(why="bomb")
    found = read(opened, wanted) if wanted is not None else None
    return Looked(hashlib.sha256(content).hexdigest(), found, opened.why, made_for(opened))


def _arrive(transaction: Transaction, errand: Errand, looked: Looked, now: datetime) -> None:
    """What comes of a file that was looked into: a preview, a refusal, or evidence as any other file."""
    standing, digest, found = _standing(transaction, errand), looked.digest, looked.found
    if standing is None or found is None:
        _file(transaction, errand, digest, _WHY.get(looked.why, "plain"), now)
    elif isinstance(found, Refused):
        _tell(transaction, standing, errand, digest, SheetNews(found.kind, found.about), now)
    elif (before := sheets.taken(transaction, standing.row, digest)) is not None:
        _tell(transaction, standing, errand, digest, SheetNews("twice", before.date().isoformat()), now)
    elif sheets.settle(transaction, errand, digest, found, now):
        act(transaction, standing, Unfolded(str(errand.id)), now)


def _expected(transaction: Transaction, errand: Errand) -> Expected | None:
    standing = _standing(transaction, errand)
    return expected(transaction, standing) if standing is not None else None


def expected(transaction: Transaction, standing: Standing) -> Expected:
    """What a workbook of whoever sends one has to be about."""
    told = library.instrument(standing.instrument, standing.version)
    languages = (library.instrument(standing.instrument, standing.version, one) for one in told.languages)
    session = standing.session
    known: dict[str, tuple[str, ...]] = {}
    for one in evidence.of_session(transaction, standing.row):
        names = (one.reference, one.name, one.caption, one.kind) if one.kind != "link" else (one.caption,)
        known[one.item] = (*known.get(one.item, ()), *filter(None, names))
    return Expected(
        tuple(languages),
        session.form,
        standing.city,
        standing.wave or 0,
        standing.respondent or 0,
        session.year,
        frozenset(as_is(told, session)),
        known,
    )


def _file(transaction: Transaction, errand: Errand, digest: str, why: NewsKind | None, now: datetime) -> None:
    """It is evidence, as if nobody had looked into it; why it is no workbook is said before."""
    standing = _standing(transaction, errand)
    if sheets.settle(transaction, errand, digest, None, now) and standing is not None:
        say(transaction, standing, [SheetNews(why)] if why else [], now)
        act(transaction, standing, msgspec.structs.replace(errand.file, seen=True), now)


def _tell(
    transaction: Transaction, standing: Standing, errand: Errand, digest: str, news: SheetNews, now: datetime
) -> None:
    """Nothing of it is taken."""
    if sheets.settle(transaction, errand, digest, None, now):
        say(transaction, standing, [news], now)


def _standing(transaction: Transaction, errand: Errand) -> Standing | None:
    """Who sent it, in the chat from which it came."""
    found = teams.standing(transaction, errand.row)
    return msgspec.structs.replace(found, address=errand.address) if found is not None else None
