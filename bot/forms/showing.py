"""What stands in each kind of form, as the store has it now."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec
from babel.dates import format_date

from bot.conversation.surroundings import around
from bot.forms.fields import LONGEST_COMMENT, MOST_OPTIONS, Choice, Files, Form, Lines, short
from bot.wording.catalogues import locale_of, translations
from bot.wording.labels import value_name
from bot.wording.labels.margins import Translate
from flows.around import Around
from flows.asking.survey import said
from flows.events import NotMine
from flows.margin.filing import MOST
from flows.margin.filling import statements
from flows.margin.noting import last_answered
from flows.path import due, is_asked
from flows.prompts import Notice, Prompt
from flows.session import Session, item_of
from flows.together import handing
from model.instrument import LEVELS, Indicator, Instrument
from model.responses import NonResponse
from model.routing import condition
from storage.database import Transaction
from storage.sessions import Standing

MOST_FILES = 10
"""Files of one form: what Slack lets people choose at once."""
SEEN = 150
"""Characters that are shown of each comment before: those of nine statements stand in one hint."""
COORDINATOR = "coordinator"
"""Stands for "I do not know": options have a value on every platform."""
_SIGNS = {">=": "≥", "<=": "≤", "==": "="}


class Sheet(msgspec.Struct, frozen=True):
    """All that a form is made from."""

    transaction: Transaction
    standing: Standing
    instrument: Instrument
    now: datetime

    @property
    def session(self) -> Session:
        """The session of whoever opens it."""
        return self.standing.session

    @property
    def gettext(self) -> Translate:
        """The words of their language."""
        return translations(self.session.language).gettext


def show(kind: str, about: str, sheet: Sheet) -> Form | Prompt:
    """The form of this kind, or what is said instead of one that makes no sense."""
    code = item_of(about or due(sheet.instrument, sheet.session) or last_answered(sheet.session) or "")
    capability = sheet.instrument.capability_of.get(code)
    if capability is None:
        return Notice("nothing_due" if not about else "old_button")
    shown = _shown(sheet, capability.code)
    match kind:
        case "capability" if shown:
            return _capability(sheet, capability.code, shown)
        case "comment" if shown:
            return _comment(sheet, code, shown)
        case "evidence" if shown:
            return _evidence(sheet, code, shown)
        case "hand_on":
            return _hand_on(sheet, code)
        case "capability" | "comment" | "evidence":
            return Notice("form_not_yours")
    return Notice("old_button")


def _shown(sheet: Sheet, capability: str) -> tuple[str, ...]:
    """The statements that are this person's and are asked, or may be after another answer in the same form."""
    mine = statements(sheet.instrument, sheet.session, capability)
    told, session = sheet.instrument, sheet.session
    return tuple(key for key in mine if is_asked(told, session, key) or _waits_for(sheet, key) in mine)


def _waits_for(sheet: Sheet, key: str) -> str:
    """The statement whose answer decides whether this one is asked; "" for none."""
    parsed = condition(sheet.instrument.indicators[key].ask_if or "")
    return parsed[0] if parsed else ""


def _capability(sheet: Sheet, code: str, shown: tuple[str, ...]) -> Form:
    _, session = sheet.gettext, sheet.session
    choices = tuple(_statement(sheet, sheet.instrument.indicators[key]) for key in shown)
    hint = _("It is about all of these. Where something does not apply, it is the reason.")
    comment = Lines("comment", _("Comment"), hint, session.notes.get(code, ""), longest=LONGEST_COMMENT)
    title = f"{code} {sheet.instrument.capability_of[code].title}"
    return Form("capability", code, title, _("Keep"), (*choices, comment), session.language, session.id)


def _statement(sheet: Sheet, one: Indicator) -> Choice:
    """A statement with the scale below it, and what counts now."""
    now = said(sheet.session, one.code)
    usual = (*map(str, LEVELS), NonResponse.DONT_KNOW.value, NonResponse.NOT_APPLICABLE.value)
    values = usual if now in {*usual, ""} else (*usual, now)
    options = tuple((value, short(value_name(sheet.instrument, value))) for value in values)
    return Choice(one.code, f"{one.code} {one.statement}", " ".join(_hints(sheet, one, now)), options, now)


def _hints(sheet: Sheet, one: Indicator, now: str) -> list[str]:
    _, last = sheet.gettext, sheet.session.last_time
    hints = [one.why]
    if one.ask_if and _waits_for(sheet, one.code) in statements(sheet.instrument, sheet.session, _above(sheet, one)):
        told = one.ask_if
        for sign, plain in _SIGNS.items():
            told = told.replace(sign, plain)
        hints.append(_("It counts only where %(condition)s.") % {"condition": told})
    if not now and one.code in last.values:
        day = format_date(date.fromisoformat(last.on), "long", locale=locale_of(sheet.session.language))
        answer = value_name(sheet.instrument, last.values[one.code])
        hints.append(_("Last time (%(day)s): %(answer)s.") % {"day": day, "answer": answer})
    return hints


def _above(sheet: Sheet, one: Indicator) -> str:
    return sheet.instrument.capability_of[one.code].code


def _which(sheet: Sheet, code: str, shown: tuple[str, ...]) -> Choice:
    """Which of a capability's statements is meant."""
    told = sheet.instrument.indicators
    options = tuple((key, short(f"{key} {told[key].statement}")) for key in shown)
    chosen = code if code in shown else shown[0] if len(shown) == 1 else ""
    return Choice("statement", sheet.gettext("Statement"), "", options, chosen)


def _comment(sheet: Sheet, code: str, shown: tuple[str, ...]) -> Form:
    _, session = sheet.gettext, sheet.session
    before = " ".join(f"{key}: “{short(text, SEEN)}”" for key in shown if (text := _words_on(session, key)))
    hint = _("It takes the place of what you wrote before: %(text)s") % {"text": before} if before else ""
    fields = (_which(sheet, code, shown), Lines("text", _("Comment"), hint, optional=False))
    return Form("comment", code, _("Comment"), _("Keep"), fields, session.language, session.id)


def _words_on(session: Session, key: str) -> str:
    response = session.responses.get(key)
    return session.notes.get(key, "") or (response.comment if response else "")


def _evidence(sheet: Sheet, code: str, shown: tuple[str, ...]) -> Form | Prompt:
    _, session = sheet.gettext, sheet.session
    meant = (code,) if code in shown else shown
    left = max(MOST - session.filed.count(key) for key in meant)
    if left <= 0:
        return Notice("enough_files", code)
    fields = (
        _which(sheet, code, shown),
        Files("files", _("Files"), _("Whatever shows it: a plan, a photo, a report."), min(left, MOST_FILES)),
        Lines("caption", _("What it shows"), ""),
    )
    return Form("evidence", code, _("Evidence"), _("Keep"), fields, session.language, session.id)


def _hand_on(sheet: Sheet, code: str) -> Form | Prompt:
    _, session = sheet.gettext, sheet.session
    whats = _open(sheet, code)
    if not whats:
        return Notice("nothing_to_hand_on")
    team = around(sheet.transaction, sheet.standing, sheet.instrument, NotMine(code), sheet.now)
    people = _people(sheet, code, team)
    if not people:
        return Notice("nobody_yet")
    what = code if code in whats else next(iter(whats))
    accepted = _("They can accept or refuse; until then nobody is asked for it.")
    fields = (
        Choice("what", _("What"), "", tuple(whats.items()), what),
        Choice("to", _("Who can answer it?"), accepted, people),
        Lines("note", _("A word to them"), "", longest=handing.LONGEST_NOTE),
    )
    return Form("hand_on", code, _("Hand on"), _("Hand on"), fields, session.language, session.id)


def _open(sheet: Sheet, code: str) -> Mapping[str, str]:
    """What may be handed on: all that is open in the capability, where it is several, and each open statement."""
    capability = sheet.instrument.capability_of[code].code
    still = handing.open_items(sheet.instrument, sheet.session, capability)
    whole = sheet.gettext("All that is open in %(code)s") % {"code": capability}
    told = sheet.instrument.indicators
    several = {capability: short(whole)} if len(still) > 1 else {}
    return several | {key: short(f"{key} {told[key].statement}") for key in still}


def _people(sheet: Sheet, code: str, team: Around) -> tuple[tuple[str, str], ...]:
    """The colleagues, and the coordinator where one does not know."""
    named = handing.colleagues(sheet.instrument, team, code)[: MOST_OPTIONS - 1]
    departments = sheet.instrument.departments
    people = tuple(
        (one.id, short(f"{one.name} · {departments[one.department]}" if one.department in departments else one.name))
        for one in named
    )
    unknown = ((COORDINATOR, sheet.gettext("I do not know: the coordinator")),) if team.coordinator() else ()
    return people + unknown
