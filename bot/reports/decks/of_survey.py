"""How the survey goes, on slides: the chat, what becomes of the answers, what the city receives, and when."""

from gettext import NullTranslations

from bot.reports.decks.slides import LEFT, RIGHT, Deck
from model.instrument import Instrument


def chat(deck: Deck, _i: Instrument, words: NullTranslations) -> None:
    """How answering goes."""
    _ = words.gettext
    deck.slide(
        _("How it goes: in chat, four minutes at a time"),
        _(
            "Nobody has to fill in a long form. The bot asks one statement at a time, and four minutes between two "
            "meetings are enough to get on. Every answer is kept at once, so you can stop in the middle and go on "
            "later. An answer can be changed, and the change can be undone."
        ),
        [
            _("You get a personal invitation to a chat."),
            _("The bot asks one statement at a time: tap a level, type a number, or say it in your own words."),
            _("Four minutes at a time are enough. Stop whenever you like; every answer is kept at once."),
            _("A document, a photo or a link can be sent as evidence. An answer counts without it too."),
            _("Afterwards the city sets a goal for each capability: a level and a year."),
        ],
    )


def answers(deck: Deck, _i: Instrument, words: NullTranslations) -> None:
    """Who sees the answers, and how cities are compared."""
    _ = words.gettext
    slide = deck.slide(
        _("What happens with the answers"),
        _(
            "Answers go to the city's coordinator and into the city's scores. No other city ever sees them. The city's "
            "result stays private unless the coordinator shares it, and that can be taken back. Even then other cities "
            "only ever see figures of a whole group, never this city's name or numbers."
        ),
    )
    privacy = [
        _("Answers go to the city's coordinator and into the city's scores. No other city ever sees them."),
        _("A result is private until the city's coordinator says otherwise, and can be made private again."),
        _("A result is the city's own assessment. It says so wherever it is shown."),
    ]
    comparison = [
        _("With fewer than 5 peers, only how many are missing is said."),
        _("From 5 peers: their median, and whether the city is above or below it."),
        _("From 11 peers: the quartiles, and the quarter in which the city is."),
        _("From 20 peers: the percentile, to the nearest 5."),
        _("Never shown: the lowest, the highest, a rank, another city's name, another city's answers."),
    ]
    slide.table([[_("Who sees what")], *([one] for one in privacy)], [1], LEFT, _("Who sees what"))
    head = _("How cities are compared")
    slide.table([[head], *([one] for one in comparison)], [1], RIGHT, head)


def received(deck: Deck, _i: Instrument, words: NullTranslations) -> None:
    """What comes of the survey."""
    _ = words.gettext
    deck.slide(
        _("What the city receives"),
        _(
            "The scores are there as soon as enough is answered. After the survey an expert looks at the results with "
            "you in a second meeting, and the expert's conclusions become part of the city's report."
        ),
        [
            _("Scores overall, by dimension and by capability, with how much is answered"),
            _("The gap between today and each goal, and what the next level asks for"),
            _("A comparison with other cities, as far as the rules allow"),
            _("A second meeting with an expert, and slides of the city's own results"),
            _("A report with the expert's conclusions"),
        ],
    )


def timetable(deck: Deck, _i: Instrument, words: NullTranslations) -> None:
    """Six weeks, as a proposal."""
    _ = words.gettext
    title = _("Timetable")
    slide = deck.slide(
        title,
        _(
            "This is a proposal; the city's coordinator sets the dates. What matters is that every department knows "
            "who answers for it, and by when."
        ),
    )
    rows = [
        [_("When (a proposal)"), _("What"), _("Who")],
        [_("Today"), _("Presentation of the model"), _("All departments")],
        [_("Week 1"), _("Each department names who answers, and they are invited"), _("Coordinator")],
        [_("Weeks 2 and 3"), _("The survey in chat, four minutes at a time"), _("Departments")],
        [_("Week 4"), _("Differences are settled, and goals are set"), _("Coordinator and departments")],
        [_("Week 5"), _("The round is closed, and the results are ready"), _("Coordinator")],
        [_("Week 6"), _("Second meeting: results and conclusions"), _("Expert and all departments")],
    ]
    slide.table(rows, [3, 6, 4], alt=title)
