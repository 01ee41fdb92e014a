"""Days in people's words: "tomorrow", "after the 14th", "la semana que viene" as a date.

A text is put in the words of one small grammar, the same for every language; the stretches of time that it does not
know ("in a week and two days") are left to `dateparser`.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

from model.domains import Misfit

AHEAD = 366
"""Days from today that a day may lie ahead: a year, also where a leap day is in it."""
LONGEST = 100
"""Characters of a text that is looked at: nobody needs more to name a day."""
DAY = timedelta(days=1)

Span = tuple[date, date]
"""What a form means: its day, and the last that it stands for (the end of a week is its Friday, to its Sunday)."""


def read_day(text: str, today: date, language: str, ahead: int = AHEAD) -> date | Misfit:
    """A day up to `ahead` days after `today`, in the words of `language` ("en", "es") or in English; else a misfit.

    What could be several days is the first to come: "monday" and "next monday" are the next one after today, "the 14th"
    is today or the next one. "3/4" is 3 April. A number alone is not understood ("4", "14"); "14." and "14th" are.
    """
    day = None if len(text) > LONGEST else _meant(text, today, language.split("_")[0])
    if day is None:
        return Misfit("not_understood")
    return day if 0 <= (day - today).days <= ahead else Misfit("past" if day < today else "out_of_range")


def _meant(text: str, today: date, language: str) -> date | None:
    """The day, wherever it lies."""
    said = _canonical(text, language)
    rest = re.sub(r"^(?:(?:on|in|after) )*", "", said)
    after = "after" in said.removesuffix(rest)
    for form, meaning in _FORMS.items():
        if found := form.fullmatch(rest):
            span = meaning(found, today, today - DAY * after)  # on the 15th, "after the 14th" is today
            return span and (span[1] + DAY if after else span[0])
    return _stretch(text, said, today, language)


_VOCABULARY = {
    "en": """
@0: monday, mon; @1: tuesday, tues, tue; @2: wednesday, wed; @3: thursday, thurs, thur, thu; @4: friday, fri;
@5: saturday, sat; @6: sunday, sun; #1: january, jan; #2: february, feb; #3: march, mar; #4: april, apr; #5: may;
#6: june, jun; #7: july, jul; #8: august, aug; #9: september, sept, sep; #10: october, oct; #11: november, nov;
#12: december, dec; day: days; week: weeks; month: months; year: years; a: an; 1: one; 2: two, a couple of, couple of;
3: three; 4: four; 5: five; 6: six; 7: seven; 8: eight; 9: nine; 10: ten; 11: eleven; 12: twelve; 1 of: first of;
2 week: a fortnight, fortnight; end of month: month end; overmorrow: day after tomorrow; start: beginning;
on: by, until, till, til, from, not until, not before; in: for, within; next: coming, following, upcoming;
-: time, from now, from today, please, in the morning, in the afternoon, in the evening, morning, afternoon, evening,
   i am, im, we are, away, out of office, on leave, on holiday, back, remind me, ask me, again, snooze
""",
    "es": """
@0: lunes, lun; @1: martes; @2: miercoles, mie; @3: jueves, jue; @4: viernes, vie; @5: sabado, sab; @6: domingo, dom;
#1: enero, ene; #2: febrero; #3: marzo; #4: abril, abr; #5: mayo; #6: junio; #7: julio; #8: agosto, ago;
#9: septiembre, setiembre; #10: octubre; #11: noviembre; #12: diciembre, dic; day: dia, dias; week: semana, semanas;
month: mes, meses; year: ano, anos; a: un, una; 1: uno; 2: dos, un par de; 3: tres; 4: cuatro; 5: cinco; 6: seis;
7: siete; 8: ocho; 9: nueve; 10: diez; 11: once; 12: doce; 15: quince; 1 of: primero de; 1 of the: primero del;
today: hoy; tomorrow: manana; overmorrow: pasado manana; yesterday: ayer; weekend: fin de semana, finde;
the: el, la, los, las, al; of: de; of the: del; this: este, esta; next: proximo, proxima, que viene, siguiente;
on: hasta, para, desde, a partir de, no antes de; on the: a partir del, no antes del; in: en, dentro de, por, durante;
after: despues de, luego de, tras; after the: despues del, luego del; end: fin, final, finales, fines, a fin, a final,
a finales, a fines; start: principio, principios, comienzo, comienzos, inicio, a principio, a principios, a comienzos;
-: por la manana, por la tarde, por la noche, en la manana, en la tarde, por favor, recuerdame, avisame, estoy fuera,
   estare fuera, fuera, de vacaciones, vuelvo, regreso
""",
}
"""What people say for each of the grammar's words: @0 is Monday, #1 January, - nothing. Without accents."""
_MONTHS = re.findall(r"#\d+: (\w+)", _VOCABULARY["en"])

_HALF = r"(?: ?[ap]\.?m\b\.?| de la (?:manana|tarde|noche)\b)"
_TIME = rf"(?:\b(?:at|a las?) )?\b\d{{1,2}}:\d\d\b{_HALF}?|\b(?:at|a las?) \d{{1,2}}\b{_HALF}?|\b\d{{1,2}}{_HALF}"
_ALONE = r"(?<![\w./-]){}(?![\w/-]|\.\d)"
# Two single digits and a dot are a level with a decimal, or a capability: "4.5" is no day, "4.5." and "4/5" are.
_NUMERIC = (
    _ALONE.format(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    _ALONE.format(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4}|\d\d)"),
    _ALONE.format(r"(?!\d\.\d(?!\.))(?P<d>\d{1,2})[/.](?P<m>\d{1,2})"),
)
_UNIT = r"(?:day|week|month|year)"
_REWRITES = (
    (r"\b(\d{1,2})(?:st|nd|rd|o|ro)\b", r"\1th"),
    (rf"\b(?:the day|the|day) (\d{{1,2}})\b(?! {_UNIT}\b)", r"\1th"),
    (r"\bthe ", ""),
    (r"(?<!\S)(week|month|year|weekend|@\d) next\b(?! week)", r"next \1"),
    (r"\b(start|end) (?!of )", r"\1 of "),
    (rf"^after (?=(?:\d+|a) {_UNIT}$)", "in "),
    (r"^after (?:this )?(week|month|year)$", r"on start of next \1"),
    (r"^after (next (?:week|month|year)|#\d+(?: (?:of )?\d{4})?)$", r"after end of \1"),
    # Without a word before it no month is a day: "may", "march".
    (r"^((?:on |in )*next (?:week|month|year)|(?:on |in )+#\d+(?: (?:of )?\d{4})?)$", r"start of \1"),
    (r"^start of (?:on |in )+", "start of "),
)


def _canonical(text: str, language: str) -> str:
    """The text in the grammar's words, a blank apart: "el lunes 14/12" is "@0 14 #12"."""
    said = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    if re.fullmatch(r"\W*[0-5]\W*", said):
        return ""
    said = re.sub(_TIME, " ", said)
    for numeric in _NUMERIC:
        said = re.sub(numeric, _spelled, said)
    said = re.sub(r"\b(\d{1,2})\.(?=\s|$)", r"\1th", said)
    words, phrase = _words(language)
    said = phrase.sub(lambda found: words[found[0]], " ".join(re.findall(r"\w+", re.sub(r"['’]", "", said))))
    said = " ".join(said.split())
    for pattern, instead in _REWRITES:
        said = re.sub(pattern, instead, said)
    return re.sub(r"\b(?:(today)|(tomorrow)|overmorrow)$", lambda found: f"{(found.lastindex or 3) - 1} day", said)


def _spelled(found: re.Match[str]) -> str:
    """A date in digits with its month's name; as it was where there is no such month."""
    day, month, year = int(found["d"]), int(found["m"]), found.groupdict().get("y") or ""
    if month > len(_MONTHS) >= day and re.match(r"\d\d?/", found[0]):
        day, month = month, day  # 12/14 can only be meant the American way
    if not 1 <= month <= len(_MONTHS):
        return found[0]
    return f" {day} {_MONTHS[month - 1]} {'20' * (len(year) == 2)}{year} "


@cache
def _words(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What each phrase is in the grammar's words, and a pattern that finds them, the longest first."""
    both = _VOCABULARY["en"], _VOCABULARY.get(language, _VOCABULARY["en"])
    entries = (entry.split(": ") for entry in ";".join(both).split(";"))
    phrases = {" ".join(phrase.split()): said.strip(" -\n") for said, every in entries for phrase in every.split(",")}
    return phrases, re.compile(rf"\b(?:{'|'.join(sorted(phrases, key=len, reverse=True))})\b")


def _later(found: re.Match[str], today: date, _: date) -> Span:
    return (_shifted(today, 1 if found["n"] == "a" else min(int(found["n"]), AHEAD + 1), found["unit"]),) * 2


def _dated(found: re.Match[str], _: date, floor: date) -> Span | None:
    """14 December: of the year that is named, else the first to come."""
    # The 29 February after that of 2096 is in 2104.
    years = [int(found["y"])] if found["y"] else range(floor.year, floor.year + 9)
    return _first(((year, int(found["m"])) for year in years), int(found["d"]), date.min if found["y"] else floor)


def _nth(found: re.Match[str], today: date, floor: date) -> Span | None:
    """The 14th: of the month that is named, else of the first that has one to come."""
    counts = [int(found["which"] == "next ")] if found["month"] else range(12)
    months = (_shifted(today.replace(day=1), count, "month") for count in counts)
    return _first(((m.year, m.month) for m in months), int(found["d"]), date.min if found["month"] else floor)


def _first(months: Iterator[tuple[int, int]], day: int, floor: date) -> Span | None:
    """The first of these months' days of that number which is not before `floor`."""
    for year, month in months:
        if year and 1 <= day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= floor:
            return (date(year, month, day),) * 2
    return None


def _weekday(found: re.Match[str], today: date, _: date) -> Span:
    ahead = int(found["w"]) - today.weekday()
    return (today + DAY * (ahead + 7 if "week" in found[0] else ahead % 7 or 7 * ("this" not in found[0])),) * 2


def _weekday_and_date(found: re.Match[str], today: date, floor: date) -> Span | None:
    """Monday 14 December: only where that is a Monday, for otherwise one of the two is a slip."""
    found_in = ((form.fullmatch(found["date"]), meaning) for form, meaning in _DATES.items())
    span = next((meaning(match, today, floor) for match, meaning in found_in if match), None)
    return span if span and span[0].weekday() == int(found["w"]) else None


def _weekend(_: re.Match[str], today: date, floor: date) -> Span:
    saturday = _whole("week", today)[1] - DAY
    saturday += 7 * DAY * (saturday < floor)
    return saturday, saturday + DAY


def _edge(found: re.Match[str], today: date, _: date) -> Span | None:
    """The start or the end of a week (its Friday), month or year; of the next one where this one's is over."""
    unit, starts = found["unit"], found["edge"] == "start"
    wholes = (_whole(unit, _shifted(today, count, unit)) for count in range(found["which"] == "next ", 2))
    days = ((first, first) if starts else (first + 4 * DAY if unit == "week" else last, last) for first, last in wholes)
    return next((span for span in days if span[0] >= today), None)


def _edge_of_month(found: re.Match[str], today: date, _: date) -> Span:
    year = int(found["y"] or 0) or today.year + (int(found["m"]) < today.month)
    whole = _whole("month", date(year, int(found["m"]), 1))
    return (whole[found["edge"] == "end"],) * 2


_OF_YEAR = r"(?: (?:of )?(?P<y>[12]\d{3}))?"
_Meaning = Callable[[re.Match[str], date, date], Span | None]
_DATES: Mapping[re.Pattern[str], _Meaning] = {
    re.compile(rf"(?P<d>\d{{1,2}})(?:th)? (?:of )?#(?P<m>\d+){_OF_YEAR}"): _dated,
    re.compile(rf"#(?P<m>\d+) (?P<d>\d{{1,2}})(?:th)?{_OF_YEAR}"): _dated,
    re.compile(r"(?P<d>\d{1,2})(?:th|(?:th)? (?P<month>of (?P<which>this |next )?month))"): _nth,
}
_FORMS: Mapping[re.Pattern[str], _Meaning] = {
    re.compile(rf"(?:next )?(?P<n>\d+|a) (?P<unit>{_UNIT})"): _later,
    **_DATES,
    re.compile(r"(?:this |next |next week (?:on )?)?@(?P<w>\d)(?: (?:of )?next week)?"): _weekday,
    re.compile(r"@(?P<w>\d) (?P<date>.+)"): _weekday_and_date,
    re.compile(r"(?:this |next )?weekend"): _weekend,
    re.compile(r"(?P<edge>start|end) of (?P<which>this |next )?(?P<unit>week|month|year)"): _edge,
    re.compile(rf"(?P<edge>start|end) of #(?P<m>\d+){_OF_YEAR}"): _edge_of_month,
}


def _shifted(day: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years later; on the last day of a month that is shorter."""
    if unit in {"day", "week"}:
        return day + DAY * count * (7 if unit == "week" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1), 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _whole(unit: str, day: date) -> Span:
    """The week (from Monday), month or year that a day is in."""
    if unit == "week":
        monday = day - DAY * day.weekday()
        return monday, monday + 6 * DAY
    first = day.replace(day=1, month=1 if unit == "year" else day.month)
    return first, _shifted(first, 1, unit) - DAY


_COUNT = r"(?:\d+|a|\w+teen|\w+ty(?: \d)?)"
_STRETCH = rf"(?:in |hace )?{_COUNT} {_UNIT}(?: (?:and |y )?{_COUNT} {_UNIT})*(?: ago| later)?|yesterday"


def _stretch(text: str, said: str, today: date, language: str) -> date | None:
    """A stretch of time from today, or back: "a week and two days", "3 days ago".

    Nothing else is left to `dateparser`: it takes "4 monday" for the 4th, and "this week" and "4 today" for today.
    """
    if not re.fullmatch(_STRETCH, said):
        return None
    import dateparser  # type: ignore[import-untyped]  # it takes a fifth of a second, and few texts come this far

    midnight = datetime.combine(today, time.min)
    settings = {"RELATIVE_BASE": midnight, "PREFER_DATES_FROM": "future", "PARSERS": ["relative-time"]}
    found = dateparser.parse(text, languages=[language, "en"] if language in _VOCABULARY else ["en"], settings=settings)
    return found.date() if found else None
