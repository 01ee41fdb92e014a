"""Prompts in words, in the respondent's language: one template a kind, gettext for the languages."""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import msgspec
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from bot.messages import Button, Document, Message, Picture
from bot.wording.catalogues import locale_of, translations
from bot.wording.labels import disposition_name, group_name, label, margins, meeting_name, value_name
from bot.wording.labels.comparing import typed
from bot.wording.labels.followings import state_name
from bot.wording.offering import offers
from flows import wire
from flows.events import Event
from flows.prompts import Prompt
from flows.prompts.teamwork import unfinished_first
from flows.session import Session, item_of
from flows.together.reminding import zone
from model.instrument import Instrument
from model.rounding import change, per_cent, tenth, whole
from model.zones import place

_log = logging.getLogger(__name__)

BARS = 10
"""Marks in a progress bar: as many as fit beside a dimension's title on a phone."""


def word(
    prompt: Prompt,
    session: Session,
    instrument: Instrument,
    facts: Mapping[str, Any] | None = None,
    picture: Picture | None = None,
    document: Document | None = None,
) -> Message:
    """The message that says this prompt; `facts` is what a report is filled with, `instrument` in the same language."""
    gettext = translations(session.language).gettext
    said = section(type(prompt).__name__, session, instrument, {"p": prompt, **(facts or {})})
    return msgspec.structs.replace(
        said,
        buttons=_buttons(prompt, session, partial(label, prompt=prompt, instrument=instrument, _=gettext)),
        picture=picture,
        document=document,
        unasked=prompt.unasked,
        offers=offers(prompt, instrument, gettext),
    )


def section(template: str, session: Session, instrument: Instrument, facts: Mapping[str, Any]) -> Message:
    """A template filled in, without buttons: what a prompt says, or a part of somebody's home."""
    gettext = translations(session.language).gettext
    found = _environment(session.language).get_template(f"{template}.jinja")
    context = found.new_context(
        {
            "s": session,
            "i": instrument,
            "value_name": partial(value_name, instrument),
            "kind_name": partial(margins.kind_name, _=gettext),
            "group_name": partial(group_name, _=gettext),
            "typed": partial(typed, _=gettext),
            "disposition_name": partial(disposition_name, _=gettext),
            "meeting_name": partial(meeting_name, _=gettext),
            "state_name": partial(state_name, _=gettext),
            "unfinished_first": unfinished_first,
            "zone": zone(session).key,
            **facts,
        }
    )

    def part(name: str) -> str:
        block = found.blocks.get(name)
        return "" if block is None else "".join(block(context)).strip()

    return Message(part("title"), part("body"), part("note"))


def _buttons(prompt: Prompt, session: Session, name: Callable[[Event], str]) -> tuple[tuple[Button, ...], ...]:
    """The rows of buttons. What is too long for one is left out, as everything can be typed as well."""
    rows: list[tuple[Button, ...]] = []
    for row in prompt.rows:
        shown: list[Button] = []
        for event in row:
            try:
                shown.append(Button(name(event), wire.encode(session.id, event)))
            except wire.TooLongError as error:
                _log.error("A button of %s cannot carry %s", type(prompt).__name__, error)
        if shown:
            rows.append(tuple(shown))
    return tuple(rows)


@cache
def _environment(language: str) -> jinja2.Environment:
    # No autoescape: a message has no markup; each channel escapes for its platform, once.
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.wording"),
        extensions=["jinja2.ext.i18n"],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    locale = locale_of(language)
    environment.filters |= {
        "number": lambda value: format_decimal(whole(value), "#,##0", locale=locale),
        "number_short": lambda value: format_decimal(tenth(value), "#,##0.#", locale=locale),
        "percent": lambda share: format_percent(Decimal(per_cent(share)) / 100, "#,##0 %", locale=locale),
        "change": change,
        "date": partial(format_date, format="long", locale=locale),
        "since": lambda iso: format_date(date.fromisoformat(iso), "long", locale=locale),
        "day": lambda iso: format_date(date.fromisoformat(iso), _day_form(locale), locale=locale),
        "instant": datetime.fromisoformat,
        "hour": lambda at, here: format_datetime(at, "HH:mm", tzinfo=ZoneInfo(here), locale=locale),
        "moment": lambda at, here: _moment(at, here, locale),
        "item": item_of,
        "place": place,
        "country": lambda code: Locale.parse(locale).territories.get(code, code),
        "bar": _bar,
    }
    return environment


def _day_form(locale: str) -> str:
    """How a day is said in full, the day before its month."""
    return "EEEE d 'de' MMMM" if locale.startswith("es") else "EEEE d MMMM"


def _moment(at: datetime, here: str, locale: str) -> str:
    """A day and hour where somebody lives."""
    return format_datetime(at, f"{_day_form(locale)}, HH:mm", tzinfo=ZoneInfo(here), locale=locale)


def _bar(part: int, whole: int) -> str:
    full = round(BARS * part / whole) if whole else 0
    return "▰" * full + "▱" * (BARS - full)
