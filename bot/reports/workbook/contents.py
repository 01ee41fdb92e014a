"""What a workbook is made of, read at one moment: whose it is, what it asks, what they said, the city's numbers."""

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from bot.reports.results import Result, instrument_of
from bot.reports.results.dossiers import Dossier
from bot.reports.workbook.layout import About
from flows.together.coverage import asked
from model.instrument import Instrument
from model.responses import Aspect, Response, Source
from storage import evidence, waves
from storage.database import Transaction
from storage.teams import Mate
from storage.waves import Logged


class Wish(msgspec.Struct, frozen=True):
    """Which workbook is wanted: of one department ("" for all), with the asker's answers or `blank`."""

    department: str = ""
    blank: bool = False
    language: str = "en"


class Row(msgspec.Struct, frozen=True):
    """A response that counts. `number` stands for a respondent, 1 and up; 0 for what was agreed on.

    `overruled` where a later value was agreed on after this one; `evidence` is how many files support it.
    """

    number: int
    department: str
    response: Response
    evidence: int
    at: datetime
    overruled: bool = False


class Contents(msgspec.Struct, frozen=True):
    """All that a workbook holds. `statements` are the codes to fill in; `own` the asker's responses by question key.

    `sent` is the asker's evidence by item: links as they are, files by name. `rows` are everybody's responses, oldest
    first; None where only what the city's scores tell may be seen.
    """

    about: About
    dossier: Dossier
    statements: tuple[str, ...]
    own: Mapping[str, Response] = {}
    sent: Mapping[str, tuple[str, ...]] = {}
    rows: tuple[Row, ...] | None = None
    blank: bool = False

    @property
    def result(self) -> Result:
        """The city's result."""
        return self.dossier.result


def read(
    transaction: Transaction, dossier: Dossier, wish: Wish, asker: Mate | None, now: datetime, *, sees_all: bool
) -> Contents:
    """The contents of the workbook that somebody wants; `asker` is None for who answers nothing in this wave.

    `sees_all` for who leads the city's round or looks after it: their whole workbook has everybody's responses. What
    is blank or of one department is there to be passed on, and has none.
    """
    result = dossier.result
    instrument = instrument_of(result, wish.language)
    fills = asker if asker is not None and not wish.blank else None
    return Contents(
        about=_about(instrument, result, wish, fills, now),
        dossier=dossier,
        statements=_statements(instrument, result, wish, None if sees_all else asker),
        own=dict(fills.session.responses) if fills else {},
        sent=_sent(transaction, fills.row) if fills else {},
        rows=_rows(transaction, instrument, result) if sees_all and not (wish.blank or wish.department) else None,
        blank=wish.blank,
    )


def _about(instrument: Instrument, result: Result, wish: Wish, fills: Mate | None, now: datetime) -> About:
    return About(
        instrument=instrument.code,
        version=instrument.version,
        digest=instrument.digest,
        form=result.wave.form,
        city=result.city.id,
        wave=result.wave.id,
        respondent=fills.respondent if fills else 0,
        department=wish.department,
        language=wish.language,
        made_at=now,
    )


def _statements(instrument: Instrument, result: Result, wish: Wish, asker: Mate | None) -> tuple[str, ...]:
    """A department's, else those that are the asker's to answer or answered already, else all that the form asks."""
    codes = asked(instrument, result.wave.form)
    if wish.department:
        return tuple(code for code in codes if instrument.indicators[code].department == wish.department)
    if asker is None or asker.session.scope is None:
        return codes
    theirs = {*asker.session.scope, *asker.session.responses}
    return tuple(code for code in codes if code in theirs)


def _sent(transaction: Transaction, row: int) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in evidence.of_session(transaction, row):
        told = one.reference if one.kind == "link" else one.name or one.caption or one.kind
        found[one.item] = (*found.get(one.item, ()), told)
    return found


def _rows(transaction: Transaction, instrument: Instrument, result: Result) -> tuple[Row, ...]:
    """The responses that count towards the scores of this form."""
    codes = {*asked(instrument, result.wave.form), *(one.code for one in instrument.capabilities())}
    counting = [
        one
        for one in waves.log(transaction, result.city.id)
        if one.wave == result.wave.id and one.current and one.response.item in codes
    ]
    numbers = {who: number for number, who in enumerate(sorted({one.respondent for one in counting}), 1)}
    backed = {key: len(sent) for key, sent in evidence.of_wave(transaction, result.wave.id).items()}
    last = {(one.response.item, one.response.aspect): one for one in counting if _is_agreed(one)}
    return tuple(_row(one, numbers, backed, last.values()) for one in counting)


def _row(
    one: Logged, numbers: Mapping[int, int], backed: Mapping[tuple[int, str], int], last: Collection[Logged]
) -> Row:
    said = one.response
    if _is_agreed(one):
        return Row(0, "", said, 0, one.at, overruled=not any(one is agreed for agreed in last))
    sent = backed.get((one.respondent, said.item), 0) if said.aspect is Aspect.AS_IS else 0
    return Row(numbers[one.respondent], one.department or "", said, sent, one.at)


def _is_agreed(one: Logged) -> bool:
    return one.response.source is Source.AGREED
