"""The deck of the model: what is asked, by whom, and on which scale; how the survey goes is in of_survey."""

from collections import Counter
from gettext import NullTranslations

from bot.reports.decks.charts import Series, bars
from bot.reports.decks.of_survey import answers, chat, received, timetable
from bot.reports.decks.phrases import chart_in_words, language_of, titled
from bot.reports.decks.slides import TABLE, TOP, Deck
from model.instrument import HELPED_LEVELS, Dimension, Instrument


def kick_off(instrument: Instrument, city: str, words: NullTranslations) -> bytes:
    """The model for a city's heads of department, in about an hour (.pptx)."""
    _ = words.gettext
    foot = _("%(title)s %(version)s · inspired by the WeGO-TM Forum model, in our own words")
    title = _("%(city)s: presentation of the smart city model") % {"city": city}
    deck = Deck(title, foot % {"title": instrument.title, "version": instrument.version}, language_of(instrument))
    deck.opening(
        city,
        _("Presentation of the smart city model"),
        [f"{instrument.title} {instrument.version}", _("One hour, with time for questions")],
        _(
            "Welcome, and thank you for your time. In the next hour we look at what the model asks, who answers, how "
            "the survey goes, and what the city gets out of it. Please ask whenever something is not clear."
        ),
    )
    for part in (_why, _model, _scale, _departments, chat, answers, received, timetable):
        part(deck, instrument, words)
    for dimension in instrument.dimensions:
        _dimension(deck, dimension, words)
    _questions(deck, words)
    return deck.content()


def _why(deck: Deck, _i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    deck.slide(
        _("Why we do this"),
        _(
            "Every department knows its own part. What is often missing is one picture that all share. The survey is "
            "not an examination: nobody is marked, and an honest low answer helps the city more than a kind high one."
        ),
        [
            _("One picture of the city that all departments share"),
            _("What already runs well, and what is still a plan"),
            _("Goals that can be checked: a level, and a year two to five years ahead"),
            _("What other cities have done, and the standards that help"),
            _("A comparison with other cities, if the city wants it, without a league table"),
        ],
    )


def _model(deck: Deck, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    counts = {
        "statements": len(i.indicators),
        "capabilities": len(list(i.capabilities())),
        "dimensions": len(i.dimensions),
    }
    contents = _("%(statements)s statements in %(capabilities)s capabilities and %(dimensions)s dimensions") % counts
    slide = deck.slide(
        _("What the model is"),
        contents
        + ". "
        + _(
            "Each statement is a claim about the city that can be checked. The model is inspired by the Smart City "
            "Maturity and Benchmark Model of WeGO and TM Forum; every statement is in our own words. The short form "
            "asks one statement a capability, the full form asks all of them."
        ),
    )
    slide.text([contents, i.about], TOP)
    head = [_("Dimension"), _("What it is about"), _("Capabilities"), _("Statements")]
    rows = [
        [titled(d), d.about, str(len(d.capabilities)), str(sum(len(c.indicators) for c in d.capabilities))]
        for d in i.dimensions
    ]
    slide.table([head, *rows], [4, 6, 1.6, 1.7], TABLE, contents)


def _scale(deck: Deck, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    one = next((x for x in i.indicators.values() if x.key and set(HELPED_LEVELS) <= set(x.levels)), None)
    one = one or next(iter(i.indicators.values()))
    slide = deck.slide(
        _("One scale for every statement"),
        _(
            "All statements are rated from 0 to 5. The example shows what each level looks like. Please answer for the "
            "city as it is, not as it should be. If you do not know, say so: nothing is guessed in its place. If a "
            "statement does not concern this city, say that, with a reason."
        ),
    )
    slide.text([f"{one.code}  {one.statement}", _("What the levels look like here:")], TOP)
    rows = [[f"{level.level} {level.name}", one.levels.get(level.level, level.meaning)] for level in i.scale]
    slide.table([[_("Level"), _("Example")], *rows], [3, 9], TABLE, one.statement)


def _departments(deck: Deck, i: Instrument, words: NullTranslations) -> None:
    _ = words.gettext
    counts = Counter(one.department for one in i.indicators.values()).most_common()
    title = _("Who answers: statements by department")
    slide = deck.slide(
        title,
        _(
            "Each statement names the department that usually knows best. The chart counts the full form; the short "
            "form has one statement a capability. A city may merge departments, and a question that belongs to "
            "somebody else can be handed on. Several people may answer the same statement; where they differ, that is "
            "shown."
        ),
    )
    series = Series(_("Statements"), [count for _code, count in counts])
    labels = [i.departments[code] for code, _count in counts]
    bars(slide, labels, [series], chart_in_words(title, labels, [series], words))


def _dimension(deck: Deck, dimension: Dimension, words: NullTranslations) -> None:
    _ = words.gettext
    slide = deck.slide(
        titled(dimension),
        f"{dimension.about} "
        + _(
            "For each capability the table shows its key statement. Let each department say in one sentence where it "
            "thinks the city stands; the answers themselves come in chat."
        ),
    )
    slide.text([dimension.about], TOP)
    rows = [
        [f"{c.code} {c.title}", next((x for x in c.indicators if x.key), c.indicators[0]).statement]
        for c in dimension.capabilities
    ]
    slide.table([[_("Capability"), _("Key statement")], *rows], [4, 8], TABLE, titled(dimension))


def _questions(deck: Deck, words: NullTranslations) -> None:
    _ = words.gettext
    deck.slide(
        _("Your questions"),
        _(
            "Take the questions first. Then agree on the next steps: who answers for each department, by when, and on "
            "what day the second meeting is."
        ),
        [
            _("What is not clear yet?"),
            _("Who answers for your department?"),
            _("By when can your department have answered?"),
            _("On what day do we look at the results together?"),
        ],
    )
