"""A prompt on its way out: a report is filled with today's numbers, a chart is drawn, and all is put into words."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TypeVar, get_args

import msgspec

from bot.conversation import Clock
from bot.messages import Document, Message, Picture
from bot.reports import benchmarking, printing, readings, results
from bot.reports.codes import deep_link, qr
from bot.reports.exports import mine
from bot.reports.following import acting
from bot.reports.meetings import papers
from bot.reports.readings import captions
from bot.reports.report import handing as report
from bot.reports.results import Result, parts
from bot.reports.workbook import handing as workbook
from bot.wording import word
from bot.wording.catalogues import translations
from bot.wording.labels import commands
from flows import prompts
from flows.prompts import Notice, Prompt
from flows.prompts.appointments import Deck, MeetingPaper
from flows.prompts.doorway import Forward
from flows.prompts.figures import InShort, MyFile, OfResult
from flows.prompts.following import Actions, OneAction, Partners, PartnerTerms
from flows.prompts.interludes import GoalList
from flows.prompts.teamwork import Reminder
from flows.prompts.workbooks import Workbook
from flows.session import Session
from model import library
from model.comparison import CUTS, Benchmark, Cut
from model.instrument import Instrument
from storage import addresses, cities, teams
from storage.database import Database, Transaction
from storage.outbox import Delivery

OF_RESULT = (prompts.Scores, prompts.Benchmark, prompts.Chart, GoalList, *get_args(OfResult))
"""What is filled with a city's result."""
_T = TypeVar("_T")


class Numbers(msgspec.Struct, frozen=True):
    """A city's result, and beside its peers where the prompt tells of them."""

    result: Result
    benchmark: Benchmark | None


class Speaker:
    """Words a delivery, looking up what it reports."""

    def __init__(self, database: Database, clock: Clock, contact: str = "") -> None:
        self._database, self._clock, self._contact = database, clock, contact

    async def word(self, delivery: Delivery) -> Message:  # noqa: C901  # a closed list
        """The message that a delivery becomes, today and in the respondent's language."""
        prompt, session = delivery.prompt, delivery.session
        instrument = library.instrument(*library.DEFAULT, session.language)
        if isinstance(prompt, Reminder) and session.finished:
            return Message()  # it waited, for whoever did not want to be disturbed, and there is nothing left to do
        if isinstance(prompt, OF_RESULT):
            return await self._of_result(prompt, delivery, instrument)
        match prompt:
            case prompts.Model():
                return await _book(prompt, session, instrument)
            case prompts.Report():
                return await report.hand_out(self._database, prompt, delivery, self._clock().date())
            case Workbook():
                return await workbook.hand_out(self._database, prompt, delivery, self._clock())
            case MeetingPaper() | Deck():
                return await self._of_meetings(prompt, delivery, instrument)
            case Actions() | OneAction() | Partners() | PartnerTerms():
                today, city = self._clock().date(), delivery.city or ""
                filled = await self._read(lambda tx: acting.fill(tx, prompt, city, today))
                return acting.say(filled, session, instrument)
            case Forward():
                bot = await self._read(lambda tx: addresses.bot_name(tx, "telegram"))
                return forward(prompt, session, instrument, deep_link(bot, prompt.code) if bot else None)
            case MyFile():
                return await self._read(lambda tx: mine.told(tx, prompt, delivery))
        menu = commands(translations(session.language).gettext)
        return word(prompt, session, instrument, {"contact": self._contact, "commands": menu})

    async def _read(self, look: Callable[[Transaction], _T]) -> _T:
        return await asyncio.to_thread(self._database.read, look)

    async def _of_result(self, prompt: Prompt, delivery: Delivery, instrument: Instrument) -> Message:
        """A prompt that tells of a city's result, or of the city beside its peers."""
        session = delivery.session
        numbers = await asyncio.to_thread(self._numbers, delivery.city or "", prompt)
        if numbers is None:
            return word(Notice("no_city"), session, instrument)
        if isinstance(prompt, InShort) and prompt.complete and numbers.result.wave.closed_at is not None:
            return Message()  # it waited for the morning, and the wave was closed meanwhile
        instrument = results.instrument_of(numbers.result, session.language)
        if isinstance(prompt, prompts.Chart):
            return await self._chart(prompt, session, instrument, numbers)
        beside = parts.facts(prompt, numbers.result)
        return word(prompt, session, instrument, {"result": numbers.result, "bench": numbers.benchmark, **beside})

    async def _of_meetings(self, prompt: MeetingPaper | Deck, delivery: Delivery, instrument: Instrument) -> Message:
        """A meeting's calendar file, or its slides with the numbers of this moment."""
        if isinstance(prompt, MeetingPaper):
            mail = await self._read(lambda tx: teams.mail(tx, delivery.address))
            file = papers.calendar(prompt, delivery.session, self._contact, mail)
            return word(prompt, delivery.session, instrument, document=file)
        told, city = delivery.session.language, prompt.city or delivery.city or ""
        today = self._clock().date()
        found = await asyncio.to_thread(papers.read, self._database, city, prompt.kind, today)
        if found is None:
            return word(Notice("no_city"), delivery.session, instrument)
        document = await papers.deck(found, prompt.kind, told)
        return word(prompt, delivery.session, instrument, document=document)

    async def _chart(
        self, prompt: prompts.Chart, session: Session, instrument: Instrument, numbers: Numbers
    ) -> Message:
        result, words = numbers.result, translations(session.language)
        if prompt.kind == "dimensions":
            result = await self._read(lambda tx: results.certain(tx, numbers.result))
        chart = readings.chart(prompt.kind, result, numbers.benchmark, instrument, words)
        if chart is None:
            nothing = word(prompt, session, instrument, captions.facts(result, None, words))
            return msgspec.structs.replace(nothing, buttons=()) if prompt.asked else Message()
        said = chart, readings.reading(chart, words)
        if prompt.table:
            return word(prompt, session, instrument, captions.facts(result, said, words, table=True))
        picture = readings.picture(f"{result.city.id}-{prompt.kind}", await printing.draw(chart), chart, words)
        told = word(prompt, session, instrument, captions.facts(result, said, words, table=True), picture)
        if len(told.title) + len(told.body) + len(told.note) <= captions.ROOM:
            return msgspec.structs.replace(told, buttons=())  # which would say the numbers that are there already
        return word(prompt, session, instrument, captions.facts(result, said, words), picture)

    def _numbers(self, city_id: str, prompt: Prompt) -> Numbers | None:
        today, cut = self._clock().date(), _cut(prompt)
        result = self._database.read(lambda tx: _result(tx, city_id, today, prompt))
        if result is None or cut is None:
            return None if result is None else Numbers(result, None)
        return Numbers(result, benchmarking.benchmarks(self._database, result, (cut,), today)[0])


def forward(prompt: Forward, session: Session, instrument: Instrument, link: str | None) -> Message:
    """An invitation to hand on, with its link as a picture where there is one."""
    if link is None:
        return word(prompt, session, instrument, {"link": ""})
    alt = translations(session.language).gettext("The link as a picture for a camera")
    return word(prompt, session, instrument, {"link": link}, Picture("invitation", qr(link), alt))


async def _book(prompt: prompts.Model, session: Session, instrument: Instrument) -> Message:
    told = instrument.language
    content = await printing.book(instrument.digest, instrument.code, instrument.version, told)
    document = Document(f"{instrument.code}-{instrument.version}-{told}.pdf", content)
    return word(prompt, session, instrument, document=document)


def _result(transaction: Transaction, city_id: str, today: date, prompt: Prompt) -> Result | None:
    found = cities.find(transaction, city_id)
    result = results.of_city(transaction, found[0], today) if found else None
    return parts.certain(transaction, result, prompt) if result else None


def _cut(prompt: Prompt) -> Cut | None:
    """Beside whom a prompt tells of the city; None for one that tells of nobody else."""
    if isinstance(prompt, InShort):
        return "all"
    if not isinstance(prompt, prompts.Benchmark | prompts.Chart):
        return None
    if isinstance(prompt, prompts.Chart) and prompt.kind not in readings.BESIDE_PEERS:
        return None
    return next((cut for cut in CUTS if cut == prompt.cut), "all")
