"""Prompts as text, for as long as they are owed."""

import msgspec

from flows import prompts
from flows.prompts import (
    Prompt,
    appointments,
    desks,
    doorway,
    figures,
    following,
    gatherings,
    interludes,
    questions,
    sheets,
    teamwork,
    workbooks,
)

AnyPrompt = (
    prompts.Welcome
    | prompts.Summary
    | prompts.Changed
    | prompts.Thanks
    | prompts.AskSharing
    | prompts.Progress
    | prompts.Scores
    | prompts.Chart
    | prompts.Charts
    | prompts.Benchmark
    | prompts.Privacy
    | prompts.Model
    | prompts.Report
    | prompts.Help
    | prompts.Notice
    | questions.AskConsent
    | questions.AskCity
    | questions.Ask
    | questions.AskGoal
    | questions.AskYear
    | questions.Propose
    | questions.AskReason
    | questions.Review
    | questions.Languages
    | teamwork.AskWhom
    | teamwork.AskNote
    | teamwork.Offered
    | teamwork.Passed
    | teamwork.Team
    | teamwork.Person
    | teamwork.AskEnd
    | teamwork.Reminder
    | teamwork.AskAway
    | teamwork.Digest
    | doorway.AnyOfThese
    | interludes.AnyInterlude
    | appointments.AnyAppointment
    | following.AnyFollowing
    | gatherings.AnyOfGroups
    | desks.AnyOfDesk
    | figures.AnyFigure
    | sheets.AnySheet
    | workbooks.Workbook
)
"""Every kind of prompt."""

_PROMPT: msgspec.json.Decoder[Prompt] = msgspec.json.Decoder(AnyPrompt)
_PROMPTS = msgspec.json.Encoder()


def pack(prompt: Prompt) -> str:
    """A prompt as text, for as long as it is owed."""
    return _PROMPTS.encode(prompt).decode()


def unpack(text: str) -> Prompt:
    """The prompt that `pack` made a text of."""
    return _PROMPT.decode(text)
