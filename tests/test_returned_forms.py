"""What comes back with a form, at its limits and past them; and which messages offer forms."""

import pytest
from msgspec import structs

from bot import forms
from bot.forms.fields import LONGEST_COMMENT, LONGEST_OPTION
from bot.forms.showing import MOST_FILES
from bot.messages import Offer
from bot.wording import word
from flows.events import Attached, HandedOn
from flows.events.asides import Filled
from flows.prompts import Prompt, Summary, Thanks
from flows.prompts.interludes import Filed
from flows.prompts.questions import Ask, AskGoal
from flows.together.handing import LONGEST_NOTE
from model import library
from tests.people import JOINED

PLAN = Attached("document", "F07", name="plan.pdf", size=4, group="V1")


@pytest.mark.parametrize(
    ("kind", "values", "faulty"),
    [
        ("capability", {"1.1.1": "3", "comment": "x" * (LONGEST_COMMENT + 1)}, {"comment"}),
        ("comment", {"statement": "1.1.1", "text": "  "}, {"text"}),
        ("comment", {"text": "x" * (LONGEST_COMMENT + 1)}, {"statement", "text"}),
        ("evidence", {"caption": "x" * (LONGEST_COMMENT + 1)}, {"statement", "files", "caption"}),
        ("evidence", {"statement": "1.1.1", "files": (PLAN,) * (MOST_FILES + 1)}, {"files"}),
        ("hand_on", {"note": "x" * (LONGEST_NOTE + 1)}, {"what", "to", "note"}),
    ],
)
def test_what_is_wrong_is_said_field_by_field(kind: str, values: forms.Values, faulty: set[str]) -> None:
    """One past each limit and every empty field that must not be; each in its language."""
    told = [forms.event(kind, "1.1", values, language) for language in ("en", "es")]
    for faults in told:
        assert isinstance(faults, dict)
        assert set(faults) == faulty
        assert all(text.endswith(".") for text in faults.values())
    assert told[0] != told[1]


def test_at_each_limit_a_form_is_taken() -> None:
    """A character less than one too many, and a file more than none."""
    words, note = "x" * LONGEST_COMMENT, "x" * LONGEST_NOTE
    assert forms.event("capability", "1.1", {"comment": words}) == [Filled("1.1", (), words)]
    filed = forms.event("evidence", "1.1", {"statement": "1.1.1", "files": (PLAN,) * MOST_FILES})
    assert filed == [structs.replace(PLAN, caption="1.1.1")] * MOST_FILES
    handed = forms.event("hand_on", "1.1", {"what": "1.1", "to": "7", "note": note})
    assert handed == [HandedOn("1.1", "7", note)]


@pytest.mark.parametrize(
    ("prompt", "offered"),
    [
        (Ask("1.2.1", 1, 25), ["capability 1.2", "comment 1.2.1", "evidence 1.2.1", "hand_on 1.2.1"]),
        (Summary("1.2", (("1.2.1", "3"),)), ["capability 1.2"]),
        (Summary("1.2", (("1.2+", "3"),), 2029), []),
        (Filed("1.2.1", 1, 1), ["capability 1.2"]),
        (AskGoal("1.2+", 1, 5), []),
        (Thanks("Valencia"), []),
    ],
)
def test_a_message_offers_the_forms_that_go_with_it(prompt: Prompt, offered: list[str]) -> None:
    """Below a question all four; with labels that fit on a button in each language."""
    for language in ("en", "es"):
        told = library.instrument(*library.DEFAULT, language)
        message = word(prompt, structs.replace(JOINED, language=language), told)
        assert [f"{one.kind} {one.about}" for one in message.offers] == offered
        assert all(isinstance(one, Offer) and 0 < len(one.label) <= LONGEST_OPTION for one in message.offers)
