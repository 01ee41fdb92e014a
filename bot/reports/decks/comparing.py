"""The city beside other cities on a slide, as far as the rules let it be told."""

from collections.abc import Iterator
from gettext import NullTranslations

from babel.dates import format_date

from bot.reports.decks.phrases import number_text, titled
from bot.reports.decks.slides import TABLE, TOP, Deck
from bot.reports.results import Result
from bot.wording.catalogues import locale_of
from bot.wording.labels import group_name
from model.comparison import Benchmark, Standing
from model.instrument import Instrument


def beside(deck: Deck, r: Result, b: Benchmark, i: Instrument, words: NullTranslations) -> None:
    """The city's scores beside the medians and quartiles of its peers."""
    _ = words.gettext
    standings = {one.code: one for one in b.standings}
    about = [*_group(r, b, i, words)]
    title = _("The city beside other cities")
    slide = deck.slide(
        title,
        " ".join(about)
        + " "
        + _(
            "The city itself is left out of its peers. The lowest, the highest, ranks and other cities' names are "
            "never shown. What the number of peers does not allow yet is called “not shown yet”."
        ),
    )
    slide.text(about, TOP)
    head = ["", _("Your city"), _("Median"), _("Middle half"), _("Where the city stands")]
    rows = [
        [name, number_text(one.score, words), *_standing(standings.get(one.code), words)]
        for name, one in [
            (_("Overall"), r.scorecard.overall),
            *((titled(i.dimension_of[d.code]), d) for d in r.scorecard.dimensions),
        ]
    ]
    slide.table([head, *rows], [4.5, 1.9, 1.9, 2, 4], TABLE, title)


def _group(r: Result, b: Benchmark, i: Instrument, words: NullTranslations) -> Iterator[str]:
    """With whom the city is compared, or why it is not."""
    _ = words.gettext
    whole = next((one for one in b.standings if one.code == "overall"), None)
    if b.suppressed or whole is None:
        yield _(
            "No comparison is shown: this group, or what would be left beside it, is so small that a reader could work "
            "out a single city."
        )
    elif whole.needed:
        yield _(
            "A comparison needs 5 other cities that share their result. So far: %(count)s. Still needed: %(needed)s."
        ) % {"count": whole.peers, "needed": whole.needed}
    else:
        yield _("%(city)s beside %(count)s other cities") % {"city": r.city.name, "count": whole.peers} + "."
        if b.cut != "all":
            yield _("Only cities like yours: %(group)s.") % {"group": group_name(b.group, _)}
    yield _("Peers as of %(date)s") % {"date": format_date(b.on, "long", locale=locale_of(i.language))} + "."


def _standing(one: Standing | None, words: NullTranslations) -> list[str]:
    """Median, middle half and place, as far as a standing holds them."""
    _ = words.gettext
    if one is None:
        return [_("not shown yet")] * 3
    sides = {"above": _("above the median"), "at": _("right at the median"), "below": _("below the median")}
    quarters = (_("lowest quarter"), _("second quarter"), _("third quarter"), _("top quarter"))
    place = [sides[one.side]] if one.side else []
    place += [quarters[one.quarter - 1]] if one.quarter else []
    place += [] if one.percentile is None else [_("percentile %(percentile)s") % {"percentile": one.percentile}]
    half = "–".join(number_text(value, words) for value in one.quartiles or ())
    return [number_text(one.median, words), half or _("not shown yet"), ", ".join(place) or _("not shown yet")]
