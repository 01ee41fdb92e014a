"""What each kind of prompt may say: an example for every branch of its template, with keys of the shipped model."""

from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import structs

from flows import prompts
from flows.around import Meeting, Member, Wanted
from flows.prompts import (
    Prompt,
    appointments,
    doorway,
    interludes,
    questions,
    teamwork,
)
from flows.session import CityFacts, Request
from model import library
from tests.prompts_desk import DESKS
from tests.prompts_following import FOLLOWING
from tests.prompts_gatherings import GATHERINGS
from tests.prompts_of_notices import NOTICES
from tests.prompts_of_results import FIGURES
from tests.prompts_of_sheets import SHEETS

LANGUAGES = library.instrument(*library.DEFAULT).languages

ANA = Member("1", "Ana", "mobility", "respondent", "partial", 3, 12, 4)
BEN = Member("2", "Ben", "", "respondent", "completed", 12, 12)
CAI = Member("", "", "it", "respondent", "invited")
WISH = Request(CityFacts("Oakridge", "GB", 250_000), "Marta", "Head of planning", "marta@oakridge.example")
CODE = "0123456789abcdefghijkl"

KICK_OFF = Meeting(
    *("7", "kick_off", "Oakridge", datetime(2026, 12, 1, 9, tzinfo=UTC), 60),
    *("https://meet.example/room", "Iris", "7@maturitybot", 1, datetime(2026, 11, 23, 9, tzinfo=UTC)),
)
WRAP_UP = structs.replace(KICK_OFF, id="8", kind="wrap_up", uid="8@maturitybot")
FREE = structs.replace(KICK_OFF, id="9", city="", starts=datetime(2026, 12, 2, 9, tzinfo=UTC))

SAID = (("3", "Open it."), ("", "Go on."))

PROMPTS: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    prompts.Welcome: (prompts.Welcome(25), prompts.Welcome(25, "Oakridge", 11, leads=True)),
    prompts.Summary: (
        prompts.Summary("1.1", (("1.1.1", "3"),)),
        prompts.Summary("1.1", (("1.1.1", ""),)),
        prompts.Summary("1.5", (("1.5.1", "3"),), about="1"),
        prompts.Summary("1.1", (("1.1+", "4"),), 2029),
        prompts.Summary("1.1", (("1.1.1", "3"), ("1.1.2", "dont_know"), ("1.1.3", ""))),
    ),
    prompts.Changed: (prompts.Changed("1.1.1", "4", "not_applicable"), prompts.Changed("1.1+", "4", "5")),
    prompts.Thanks: (
        prompts.Thanks("Oakridge"),
        prompts.Thanks("Oakridge", part=True),
        prompts.Thanks("Oakridge", False, 25, (("1", 3.5, 5), ("2", 2.0, 1)), ("1.1.1", "1.2.1"), 2, leads=True),
        prompts.Thanks("Oakridge", True, 1, (("1.1", 3.0, 1),), (), 1),
    ),
    prompts.AskSharing: (prompts.AskSharing(),),
    prompts.Progress: (
        prompts.Progress((("1", 2, 5), ("2", 0, 5)), 7),
        prompts.Progress((("1", 5, 5), ("2", 4, 5)), 1),
        prompts.Progress((("1", 5, 5), ("2", 5, 5)), 0),
    ),
    prompts.Scores: (prompts.Scores(), prompts.Scores(public=True)),
    **FIGURES,
    prompts.Model: (prompts.Model(),),
    prompts.Help: (prompts.Help(),),
    prompts.Notice: NOTICES,
    teamwork.AskWhom: (
        teamwork.AskWhom("1.1.1", (ANA, BEN)),
        teamwork.AskWhom("1.1.1", (ANA,), "1.1"),
        teamwork.AskWhom("1.1", (BEN,)),
    ),
    teamwork.AskNote: (teamwork.AskNote("1.1.1", "Ana"),),
    teamwork.Offered: (
        teamwork.Offered("7", ("1.1.1",), "Ana"),
        teamwork.Offered("7", ("1.1.1", "1.2.1"), "Ana", "All yours."),
    ),
    teamwork.Passed: tuple(
        teamwork.Passed(state, ("1.1.1",), giver, "Ben", "All yours.")
        for state in ("offered", "accepted", "refused", "taken", "declined", "given", "assigned")
        for giver in ("Ana", "")
    ),
    teamwork.Team: (
        teamwork.Team((ANA, BEN, CAI)),
        teamwork.Team((ANA,), (("1", ("1.1.1", "1.2.1")),), "2026-12-14"),
        teamwork.Team((ANA,), closes="2026-12-14", open=False),
    ),
    teamwork.Person: (teamwork.Person(ANA, ("mobility", "it")), teamwork.Person(BEN, ())),
    teamwork.AskEnd: (teamwork.AskEnd((("1", 2, 5), ("2", 0, 5))),),
    teamwork.Reminder: (
        teamwork.Reminder(1, 1, "day_2"),
        teamwork.Reminder(7, 40, "closing_day", "2026-12-14"),
        teamwork.Reminder(7, 40, "nudge", "2026-12-14"),
        teamwork.Reminder(1, 1, "day_2", timezone="America/New_York"),
    ),
    teamwork.AskAway: (teamwork.AskAway(("2026-12-04", "2026-12-09")),),
    teamwork.Digest: (teamwork.Digest((ANA, BEN)),),
    interludes.Hurry: (interludes.Hurry(1, 1), interludes.Hurry(12, 4)),
    interludes.Breather: (interludes.Breather(0, 3, 25, 7), interludes.Breather(1, 4, 25, 1)),
    interludes.AskSame: (interludes.AskSame("3", 12), interludes.AskSame("dont_know", 12)),
    interludes.LastOnes: (interludes.LastOnes("3", ("1.1.1", "1.2.1", "1.3.1", "1.4.1")),),
    interludes.AskRemark: (interludes.AskRemark("1.1", "challenge"), interludes.AskRemark("1", "success")),
    interludes.AskAllowed: (interludes.AskAllowed(),),
    interludes.AskComment: (interludes.AskComment("1.1.1", "1.2.1"),),
    interludes.Filed: (
        interludes.Filed("1.1.1", 1, 1, "1.2.1"),
        interludes.Filed("1.1.1", 2, 4, unsure=True),
    ),
    interludes.FormKept: (
        interludes.FormKept("1.1"),
        interludes.FormKept("1.1", 1),
        interludes.FormKept("1.1", 0, (("1.1.1", "2", "dont_know"),), comment="kept"),
        interludes.FormKept("1.1", 7, (("1.1.1", "2", "3"), ("1.1.2", "5", "4")), 1, "gone"),
    ),
    interludes.AskWeight: (interludes.AskWeight("1.1", "importance"), interludes.AskWeight("1.1.1", "effort")),
    interludes.AskSure: (interludes.AskSure("1.1.1"),),
    interludes.AskKeep: (
        interludes.AskKeep((("3.2.1", "3"),), "2026-10-05"),
        interludes.AskKeep((("3.2.1", "3"), ("4.3.1", "4")), "2026-10-05"),
    ),
    interludes.GoalList: (
        interludes.GoalList((("1.1", 4, 2029, 3, 1), ("1.2", 0, 0, 0, 0), ("1.2.1", 3, 2028, 0, 2))),
    ),
    appointments.Meetings: (
        appointments.Meetings((), ()),
        appointments.Meetings((KICK_OFF, WRAP_UP), (FREE,), "Europe/Madrid", over=("7",), conclusions=SAID),
        appointments.Meetings((KICK_OFF,), (FREE,), may_book=False),
    ),
    appointments.Agenda: (appointments.Agenda(()), appointments.Agenda((KICK_OFF, FREE), "Europe/Madrid")),
    appointments.MeetingPaper: (
        appointments.MeetingPaper(KICK_OFF, "REQUEST", "booked"),
        appointments.MeetingPaper(WRAP_UP, "REQUEST", "moved", own=False),
        appointments.MeetingPaper(KICK_OFF, "CANCEL", "cancelled"),
        appointments.MeetingPaper(KICK_OFF, "CANCEL", "withdrawn"),
        appointments.MeetingPaper(WRAP_UP, "CANCEL", "withdrawn", own=False),
    ),
    appointments.MeetingSoon: (
        appointments.MeetingSoon(KICK_OFF, "day"),
        appointments.MeetingSoon(WRAP_UP, "soon"),
        appointments.MeetingSoon(WRAP_UP, "now"),
    ),
    appointments.Concludes: (appointments.Concludes("Iris", "Open it."), appointments.Concludes("Iris", "Do.", "3")),
    appointments.Deck: (appointments.Deck("kick_off"), appointments.Deck("wrap_up", "oakridge")),
    questions.AskConsent: (questions.AskConsent(), questions.AskConsent(kick_off=True)),
    doorway.AskCross: (
        doorway.AskCross("Oakridge", "Lugano", "A" * 22, leads=True),
        doorway.AskCross("", "Oakridge", "A" * 22),
        doorway.AskCross("Oakridge", "", "A" * 22),
    ),
    doorway.Lobby: (doorway.Lobby(),),
    doorway.AskRequest: (
        doorway.AskRequest("city"),
        doorway.AskRequest("country", "Oakridge"),
        doorway.AskRequest("population", "Oakridge"),
        doorway.AskRequest("name", "Oakridge"),
        doorway.AskRequest("position", "Oakridge"),
        doorway.AskRequest("email", "Oakridge"),
    ),
    doorway.AskSend: (doorway.AskSend(WISH),),
    doorway.Requested: (
        doorway.Requested(Wanted("7", WISH, "2026-12-14")),
        doorway.Requested(Wanted("7", WISH, "2026-12-14", known=True)),
    ),
    doorway.Decision: tuple(
        doorway.Decision(WISH, agreed, "Olga", "oakridge-gb", late=late, known=known)
        for agreed in (True, False)
        for late in (True, False)
        for known in (True, False)
    ),
    doorway.Admitted: (doorway.Admitted("Oakridge", CODE, "2026-12-14"),),
    doorway.Office: (doorway.Office("programme"), doorway.Office("expert")),
    doorway.Forward: (
        doorway.Forward(CODE, "2026-12-14", "Ana", city="Oakridge", department="mobility"),
        doorway.Forward(CODE, "2026-12-14", "Ana", city="Oakridge"),
        doorway.Forward(CODE, "2026-12-14", "Ana", "coordinator", "Oakridge"),
        doorway.Forward(CODE, "2026-12-14", "Ana", "expert", "Oakridge"),
        doorway.Forward(CODE, "2026-12-14", "Ana", "expert"),
        doorway.Forward(CODE, "2026-12-14", "", "programme"),
    ),
    doorway.LinkCode: (doorway.LinkCode("K7QM-2XWP", 10),),
    doorway.Contact: (doorway.Contact(),),
    questions.AskCity: (
        questions.AskCity("name"),
        questions.AskCity("country", "Oakridge"),
        questions.AskCity("population", "Oakridge"),
    ),
    questions.Ask: (
        questions.Ask("1.1.1", 1, 25),
        questions.Ask("1.1.1", 1, 25, before="3", before_on="2026-10-05"),
        questions.Ask("1.1.1", 1, 25, explained=True, current="declined"),
    ),
    questions.AskGoal: (
        questions.AskGoal("1.1+", 1, 5),
        questions.AskGoal("1.1+", 1, 5, 2.5),
        questions.AskGoal("1.1.1+", 0, 0),
        questions.AskGoal("1.1+", 1, 5, 2.5, "4", 2029),
    ),
    questions.AskYear: (questions.AskYear("1.1+", 4, (2028, 2029, 2030, 2031)),),
    questions.Propose: (questions.Propose("1.1.1", (2, 3)),),
    questions.AskReason: (
        questions.AskReason("1.1.1", "not_applicable"),
        questions.AskReason("1.1+", "below_today"),
    ),
    questions.Review: (questions.Review(("1.1.1",)), questions.Review(("1.1.1", "1.2+"))),
    questions.Languages: (questions.Languages(LANGUAGES),),
    **DESKS,
    **SHEETS,
    **FOLLOWING,
    **GATHERINGS,
}
