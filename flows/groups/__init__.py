"""What is said and done in a group: a chat of several people that a coordinator has given to their city. Pure too."""

from collections.abc import Mapping

from flows.events import Asked, Event, Started
from flows.events.gathering import Added, AtBallot, Convened, Expelled, Here
from flows.groups import workshop
from flows.groups.around import Company, Gathered, Hosting, notice, whisper
from flows.prompts import Chart, Notice, Prompt, Scores
from flows.prompts.figures import InShort
from flows.prompts.gatherings import CityProgress, GroupHelp, Milestone
from flows.results import comparing
from model.instrument import Form, Instrument

__all__ = ["Company", "Gathered", "Hosting", "closed", "milestones", "step"]


def step(instrument: Instrument, company: Company, event: Event, *, tapped: bool = False) -> Gathered:
    """What follows from something said in a group. Never raises; a tap that means nothing is told to its person only.

    Nothing is said about what is none of ours: plain talk, stickers, files.
    """
    match event:
        case Here(about):
            return _give(company, about.casefold().strip())
        case Started(code=""):  # a link brought the bot in
            return step(instrument, company, Asked("help"), tapped=tapped)
        case Added():
            return notice("group_hello")
        case Expelled():
            return Gathered(keeps=(Hosting(on=False),))
        case Asked() | AtBallot() | Convened() if not company.city:
            return whisper("group_how") if tapped else notice("group_how")
        case Asked():
            return _told(instrument, company, event)
        case Convened() | AtBallot():
            return workshop.take(instrument, company, event)
    return whisper("group_button") if tapped else notice("group_private")


def _give(company: Company, about: str) -> Gathered:
    """The group becomes the city's of whoever says so and leads one, or nobody's."""
    if not company.leads or company.city not in {"", company.leads}:
        return notice("group_coordinators" if not company.leads else "group_of_another")
    if about in {"off", "no"}:
        return Gathered((Notice("group_unlinked"),), (Hosting(on=False),))
    return Gathered((Notice("group_linked", company.leads_name),), (Hosting(on=True),))


def _told(instrument: Instrument, company: Company, event: Asked) -> Gathered:
    """A report that concerns the city, and nobody in it."""
    match event.report:
        case "benchmark":
            return _compared(instrument, event.about)
        case "scores":
            return notice("group_scores") if event.about else Gathered(result())
        case "progress":
            return Gathered((_progress(instrument, company),))
        case "help":
            return Gathered((GroupHelp(company.city_name),))
    return notice("group_private")


def _compared(instrument: Instrument, about: str) -> Gathered:
    """The city beside others; what it says of capabilities is not for several to see."""
    wanted = comparing.wish(instrument, about)
    if isinstance(wanted, Notice):
        return Gathered((wanted,))
    return notice("group_private") if wanted.dimension else Gathered(comparing.told(wanted))


def result() -> tuple[Prompt, ...]:
    """A city's result as it stands, for several to see."""
    return Scores(public=True), Chart("radar")


def closed() -> tuple[Prompt, ...]:
    """What a group hears once its city's round is closed."""
    return Notice("wave_closed"), InShort(public=True), Chart("radar"), Chart("peers")


def _progress(instrument: Instrument, company: Company) -> CityProgress:
    people = [one for one in company.team if one.role != "expert" and one.disposition != "refused"]
    done = sum(one.disposition == "completed" for one in people)
    return CityProgress(tuple(_rows(instrument, company.form, company.answered)), done, len(people))


def milestones(
    instrument: Instrument, form: Form, answered: frozenset[str], told: frozenset[str]
) -> tuple[tuple[Milestone, ...], frozenset[str]]:
    """What a group is told of a city's way, and the dimensions it has been told of then; each only once."""
    rows = _rows(instrument, form, answered)
    done = frozenset(code for code, given, asked in rows if given == asked)
    new = [row for row in rows if row[0] in done - told]
    said = [Milestone(code, asked, len(done), len(rows)) for code, _, asked in new]
    if new and len(done) == len(rows):
        said = [Milestone("", sum(asked for *_, asked in rows), len(done), len(rows))]
    return tuple(said), told | done


def _rows(instrument: Instrument, form: Form, answered: frozenset[str]) -> list[tuple[str, int, int]]:
    """Answered and asked statements by dimension."""
    asked: Mapping[str, list[str]] = {
        one.code: [item.code for capability in one.capabilities for item in capability.asked(form)]
        for one in instrument.dimensions
    }
    return [(code, sum(item in answered for item in items), len(items)) for code, items in asked.items() if items]
