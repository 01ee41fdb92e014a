"""Scores, shares and charts in the words of a slide."""

from collections.abc import Iterable, Sequence
from gettext import NullTranslations

from bot.reports.decks.charts import Series
from model.instrument import Capability, Dimension, Instrument
from model.rounding import per_cent, whole
from model.scoring import Score


def chart_in_words(title: str, labels: Sequence[str], series: Sequence[Series], words: NullTranslations) -> str:
    """A chart in words, for those who cannot see it."""
    several = len(series) > 1
    parts = [
        f"{label}: "
        + ", ".join(
            f"{one.name} {number_text(one.values[at], words)}" if several else number_text(one.values[at], words)
            for one in series
        )
        for at, label in enumerate(labels)
    ]
    return f"{title}. {'; '.join(parts)}."


def score_text(one: Score, i: Instrument, words: NullTranslations) -> str:
    """A score with the name of its band."""
    if one.score is None:
        return partly_text(one, words)
    return words.gettext("%(score)s of 100, %(band)s") % {
        "score": number_text(one.score, words),
        "band": i.band(one.score),
    }


def partly_text(one: Score, words: NullTranslations) -> str:
    """That a score is not shown yet, and how much is answered."""
    told = words.gettext("not shown yet, %(answered)s of %(applicable)s answered")
    return told % {"answered": one.answered, "applicable": one.applicable}


def answered_text(one: Score, words: NullTranslations) -> str:
    """How many of the statements that apply are answered."""
    return words.gettext("%(number)s of %(total)s") % {"number": one.answered, "total": one.applicable}


def number_text(value: float | None, words: NullTranslations) -> str:
    """A score in whole numbers."""
    return words.gettext("not shown yet") if value is None else str(whole(value))


def whole_numbers(values: Iterable[float | None]) -> list[float | None]:
    """Rounded as in chat: charts and texts then say the same."""
    return [None if value is None else whole(value) for value in values]


def percent_text(share: float | None) -> str:
    """A share (0-1) in per cent."""
    return f"{per_cent(share or 0)} %"


def titled(one: Dimension | Capability) -> str:
    """The code and title of a dimension or capability."""
    return f"{one.code} {one.title}"


def capability_text(i: Instrument, one: Score) -> str:
    """A capability's code and title."""
    return f"{one.code} {i.capability_of[one.code].title}"


def language_of(i: Instrument) -> str:
    """The two letters of an instrument's language."""
    return i.language.partition("_")[0]
