"""What can be looked at at any time: progress, scores, benchmark, team, meetings, the model, languages, help."""

from flows import following, meetings
from flows.around import Around
from flows.arriving import officers
from flows.asking import survey
from flows.events import Asked
from flows.margin import weighing
from flows.pace import left, minutes
from flows.path import is_complete
from flows.prompts import Help, Model, Notice, Progress, Prompt, Report
from flows.prompts.doorway import Contact
from flows.prompts.questions import Languages
from flows.prompts.workbooks import Workbook
from flows.results import charting, comparing, seeing
from flows.session import Session
from flows.together import desk, team
from flows.together.coverage import share
from flows.turn import Turn
from model.domains import read_blank
from model.instrument import Instrument


def report(instrument: Instrument, session: Session, event: Asked, around: Around) -> Turn:  # noqa: C901  # a closed list
    """The turn after a wish to see something; it changes nothing."""
    match event.report:
        case "desk":
            return desk.look(instrument, session, event.about, around)
        case "team":
            return team.take(instrument, session, event, around)
        case "progress":
            return Turn(session, (_progress(instrument, session),))
        case "scores":
            return Turn(session, seeing.scores(instrument, session, event.about))
        case "charts":
            return charting.take(session, event.about)
        case "benchmark":
            return comparing.benchmark(instrument, session, event.about)
        case "privacy":
            return comparing.privacy(session, around, event.about)
        case "goals":
            return weighing.goals(instrument, session, around)
        case "actions":
            return following.report(instrument, session, event)
        case "meetings" | "slides":
            return meetings.take(instrument, session, event, around)
        case "model":
            return Turn(session, (Model(),))
        case "report":
            return Turn(session, (Report() if session.joined else Notice("no_city"),))
        case "workbook":
            return Turn(session, (_workbook(instrument, session, event.about),))
        case "language":
            return Turn(session, (Languages(instrument.languages),))
        case "help":
            return Turn(session, (Help(),))
        case "contact":
            return Turn(session, (Contact(),))
        case "requests":
            return officers.take(session, event, around) or Turn(session)


def _workbook(instrument: Instrument, session: Session, about: str) -> Prompt:
    """What follows from `/workbook`, `/workbook blank`, `/workbook mobility`; for an expert from `/workbook CITY`."""
    if session.role == "expert":
        return Workbook(city=about.strip()) if about.strip() else Notice("workbook_city")
    if not session.joined:
        return Notice("no_city")
    blank, wanted = read_blank(about, session.language)
    names = {name.casefold(): code for code, name in instrument.departments.items()}
    department = names.get(wanted.casefold(), wanted.casefold())
    if department and department not in instrument.departments:
        return Notice("workbook_how", ", ".join(instrument.departments))
    if department and not share(instrument, session.form, department):
        return Notice("workbook_empty", instrument.departments[department])
    return Workbook(department, blank)


def _progress(instrument: Instrument, session: Session) -> Progress:
    rows = tuple(
        (dimension.code, sum(is_complete(session, key) for key in keys), len(keys))
        for dimension in instrument.dimensions
        if (keys := [k for k in survey.statements(instrument, session) if instrument.dimension_of[k] is dimension])
    )
    return Progress(rows, minutes(session, len(left(instrument, session))))
