"""All that is kept of somebody in a wave, as a table that they can open, in their language."""

from collections.abc import Iterator
from datetime import datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from bot.messages import Document, Message
from bot.reports.exports.table import as_csv
from bot.wording import word
from bot.wording.catalogues import translations
from bot.wording.labels import value_name
from bot.wording.labels.margins import kind_name
from flows.prompts import Notice
from flows.prompts.figures import MyFile
from flows.together.reminding import zone
from model import library
from model.instrument import Instrument
from model.responses import Aspect, Response, Source
from storage import evidence, logs, remarks, sessions, waves
from storage.database import Transaction
from storage.outbox import Delivery

Row = tuple[str, str, str, str, int | None, str, str, str, str]
"""What it is, code, statement or title, answer, year, how sure, words, when, and whether it counts today."""


def told(transaction: Transaction, prompt: MyFile, delivery: Delivery) -> Message:
    """The message with the table; it never holds anything of somebody else."""
    session, row = delivery.session, sessions.row_of(delivery.session)
    whose = logs.whose(transaction, row)
    wave = waves.find(transaction, whose[1]) if whose else None
    code, version = (wave.instrument, wave.version) if wave else library.DEFAULT
    instrument = library.instrument(code, version, session.language)
    if whose is None or wave is None:
        return word(Notice("no_city"), session, instrument)
    words = translations(session.language)
    rows = _Rows(instrument, words, zone(session))
    table = [
        *(rows.answer(one) for one in logs.of_session(transaction, row)),
        *rows.remarks(transaction, *whose),
        *rows.evidence(transaction, row),
    ]
    content = "".join(as_csv(head(words), table)).encode()
    return word(prompt, session, instrument, document=Document(words.gettext("my-data") + ".csv", content))


def head(words: NullTranslations) -> tuple[str, ...]:
    """The heads of the columns."""
    _ = words.gettext
    return (
        *(_("What"), _("Code"), _("Statement or title"), _("Answer"), _("Year"), _("How sure"), _("Words")),
        *(_("When"), _("Counts today")),
    )


class _Rows:
    """Makes rows in one language."""

    def __init__(self, instrument: Instrument, words: NullTranslations, zone: ZoneInfo) -> None:
        self._i, self._, self._zone = instrument, words.gettext, zone

    def answer(self, one: logs.Entry) -> Row:
        """A response, also one that was changed later."""
        said = one.response
        value = str(said.level) if said.level is not None else said.non_response or ""
        told = value_name(self._i, value) if value else ""
        sure, counts = said.certainty or "", one.current
        return self._row(self._what(said), said.item, told, said.comment, one.at, said.year, sure, counts=counts)

    def remarks(self, transaction: Transaction, respondent: int, wave: int) -> Iterator[Row]:
        """What is hard, what works well, why others see it otherwise, and comments on capabilities."""
        _ = self._
        names = {
            "challenge": _("what is hard"),
            "success": _("what works well"),
            "view": _("why, with your name"),
            "nameless": _("why, without your name"),
        }
        for said in remarks.of_respondent(transaction, wave, respondent):
            yield self._row(names[said.kind], said.item, "", said.text)
        for note in remarks.comments(transaction, wave):
            if note.respondent == respondent:
                yield self._row(_("comment"), note.item, "", note.text, note.at, counts=note.current)

    def evidence(self, transaction: Transaction, row: int) -> Iterator[Row]:
        """What was sent, by its name or its link."""
        for one in evidence.of_session(transaction, row):
            name = one.reference if one.kind == "link" else one.name or kind_name(one.kind, self._)
            yield self._row(self._("evidence"), one.item, name, one.caption, one.at)

    def _what(self, said: Response) -> str:
        if said.source is Source.AGREED:
            return self._("agreed value")
        return self._("goal") if said.aspect is Aspect.TARGET else self._("answer")

    def _row(
        self,
        what: str,
        code: str,
        answer: str,
        text: str,
        at: datetime | None = None,
        year: int | None = None,
        sure: str = "",
        *,
        counts: bool = True,
    ) -> Row:
        _, i = self._, self._i
        named = i.indicators[code].statement if code in i.indicators else ""
        named = named or (i.capability_of[code].title if code in i.capability_of else "")
        named = named or (i.dimension_of[code].title if code in i.dimension_of else "")
        kinds = {"measured": _("Measured"), "documented": _("Documented"), "estimated": _("Estimated")}
        when = f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}" if at else ""
        return (what, code, named, answer, year, kinds.get(sure, ""), text, when, _("yes") if counts else _("no"))
