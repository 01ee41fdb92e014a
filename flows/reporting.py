"""What can be looked at at any time: progress, scores, benchmark, team, meetings, the model, languages, help."""

from flows import meetings, seeing
from flows.around import Around
from flows.arriving import officers
from flows.asking import survey
from flows.events import Asked
from flows.margin import weighing
from flows.pace import left, minutes
from flows.path import is_complete
from flows.prompts import Benchmark, Chart, Help, Model, Notice, Progress, Report
from flows.prompts.doorway import Contact
from flows.prompts.questions import Languages
from flows.session import Session
from flows.together import team
from flows.turn import Turn
from model.instrument import Instrument


def report(instrument: Instrument, session: Session, event: Asked, around: Around) -> Turn:  # noqa: C901  # a closed list
    """The turn after a wish to see something; it changes nothing."""
    match event.report:
        case "team":
            return team.take(instrument, session, event, around)
        case "progress":
            return Turn(session, (_progress(instrument, session),))
        case "scores":
            return Turn(session, seeing.scores(instrument, session, event.about))
        case "benchmark":
            cut = event.about or "all"
            told = (Benchmark(cut), Chart("peers", cut))
            return Turn(session, told if session.joined else (Notice("no_city"),))
        case "goals":
            return weighing.goals(instrument, session, around)
        case "meetings" | "slides":
            return meetings.take(instrument, session, event, around)
        case "model":
            return Turn(session, (Model(),))
        case "report":
            return Turn(session, (Report() if session.joined else Notice("no_city"),))
        case "workbook":
            return Turn(session, (Notice("workbook_later"),))
        case "language":
            return Turn(session, (Languages(instrument.languages),))
        case "help":
            return Turn(session, (Help(),))
        case "contact":
            return Turn(session, (Contact(),))
        case "requests":
            return officers.take(session, event, around) or Turn(session)


def _progress(instrument: Instrument, session: Session) -> Progress:
    rows = tuple(
        (dimension.code, sum(is_complete(session, key) for key in keys), len(keys))
        for dimension in instrument.dimensions
        if (keys := [k for k in survey.statements(instrument, session) if instrument.dimension_of[k] is dimension])
    )
    return Progress(rows, minutes(session, len(left(instrument, session))))
