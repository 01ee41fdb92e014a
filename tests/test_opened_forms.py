"""Forms without a platform: what stands in them for whom, what comes back, and what they offer."""

import asyncio
from functools import partial

import pytest
from msgspec import structs

from bot import forms
from bot.conversation import Inbound, hear
from bot.forms import Choice, Files, Form, Lines
from bot.forms.fields import LONGEST_COMMENT, LONGEST_OPTION, MOST_OPTIONS
from bot.forms.showing import Sheet, show
from bot.messages import Message
from flows.events import Answered, AnyEvent, Attached, Ended, HandedOn
from flows.events.asides import Filled, Noted
from flows.prompts.interludes import Filed
from flows.prompts.teamwork import Offered, Passed
from model import library
from model.instrument import Form as Length
from storage.database import Database
from storage.sessions import Standing
from tests.acting import CHANNEL, Team
from tests.conftest import Clock
from tests.people import JOINED
from tests.test_independent import LIBRARIES

PLAN = Attached("document", "F07", name="plan.pdf", size=4, group="V1")


@pytest.fixture
def team(database: Database, clock: Clock) -> Team:
    """A city in the full form with its coordinator and a colleague."""
    one = Team(database, clock, "full")
    one.join("Eva", "coordinator")
    one.join("Ana", "respondent", "mobility")
    one.told()
    return one


def opened(team: Team, name: str, kind: str, about: str) -> Form | Message:
    """What somebody sees who opens a form."""
    return asyncio.run(forms.form(team.database, team.clock, CHANNEL, team.chat(name), kind, about))


def of(team: Team, name: str, kind: str, about: str) -> Form:
    """The form that somebody sees."""
    shown = opened(team, name, kind, about)
    assert isinstance(shown, Form), shown
    return shown


def said(team: Team, name: str, kind: str, about: str) -> str:
    """What somebody is told instead of a form."""
    shown = opened(team, name, kind, about)
    assert isinstance(shown, Message), shown
    return shown.title + shown.body


def choices(form: Form) -> dict[str, Choice]:
    return {one.id: one for one in form.fields if isinstance(one, Choice)}


def returned(form: Form, **values: str) -> list[AnyEvent]:
    """The events of a form that is sent back as it stood, but for these values ("s" and _ make a code)."""
    stood: dict[str, str | tuple[Attached, ...]] = {}
    for one in form.fields:
        if not isinstance(one, Files):
            stood[one.id] = one.chosen if isinstance(one, Choice) else one.text
    stood |= {name.removeprefix("s").replace("_", "."): told for name, told in values.items()}
    events = forms.event(form.kind, form.about, stood, form.language)
    assert isinstance(events, list), events
    return events


def test_a_capability_shows_nine_statements_with_what_counts_now(team: Team) -> None:
    """Each with the scale and the two ways to give none; the comment with what was said before."""
    team.act(("Eva", Filled("1.1", (("1.1.1", "4"), ("1.1.2", "dont_know")), "Ours.")))
    form = of(team, "Eva", "capability", "1.1")
    *asked, comment = form.fields
    assert [one.id for one in asked] == [f"1.1.{number}" for number in range(1, 10)]
    assert [one.chosen for one in choices(form).values()] == ["4", "dont_know", *[""] * 7]
    assert comment == Lines("comment", "Comment", comment.hint, "Ours.", longest=LONGEST_COMMENT)
    scale = choices(form)["1.1.1"].options
    assert [value for value, _ in scale] == [*"012345", "dont_know", "not_applicable"]
    assert scale[3][1] == "3 Running in part"
    told, first = library.instrument(*library.DEFAULT).indicators["1.1.1"], choices(form)["1.1.1"]
    assert (first.label, first.hint) == (f"1.1.1 {told.statement}", told.why)


def test_a_form_sent_back_as_it_stood_changes_nothing(team: Team) -> None:
    """And with one value changed it changes that."""
    team.act(("Eva", Filled("1.1", (("1.1.1", "4"),), "Ours.")))
    before = team.session("Eva")
    team.act(*(("Eva", event) for event in returned(of(team, "Eva", "capability", "1.1"))))
    assert team.session("Eva") == before
    team.act(*(("Eva", event) for event in returned(of(team, "Eva", "capability", "1.1"), s1_1_1="5")))
    assert team.session("Eva").responses["1.1.1"].level == 5
    assert team.session("Eva").notes == {"1.1": "Ours."}


def test_opening_a_form_writes_nothing(team: Team) -> None:
    """Nobody is told anything, and the session is as it was."""
    before = team.mates()
    for kind in ("capability", "comment", "evidence", "hand_on"):
        assert isinstance(opened(team, "Eva", kind, "1.1.1"), Form)
    assert (team.mates(), team.told()) == (before, {})


def test_the_short_form_asks_its_one_statement(database: Database, clock: Clock) -> None:
    """A statement's code opens the form of its capability; a declined statement stays among its choices."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    team.act(("Eva", Answered("1.1.1", "declined")))
    form = of(team, "Eva", "capability", "1.1.1")
    assert (form.about, list(choices(form)), choices(form)["1.1.1"].chosen) == ("1.1", ["1.1.1"], "declined")
    assert "declined" in dict(choices(form)["1.1.1"].options)


def test_only_what_is_ones_own_is_shown(team: Team) -> None:
    """A head sees the department's statements; of a capability without any they are told so."""
    mine = team.scope("Ana")
    assert mine
    shown = set(choices(of(team, "Ana", "capability", mine[0])))
    assert shown == {key for key in mine if key.rpartition(".")[0] == mine[0].rpartition(".")[0]}
    assert "yours" in said(team, "Ana", "capability", "3.4")


@pytest.mark.parametrize("about", ["9.9", "x", "1", "+"])
@pytest.mark.parametrize("kind", ["capability", "comment", "evidence", "hand_on", "nonsense"])
def test_a_form_about_nothing_is_a_sentence(team: Team, kind: str, about: str) -> None:
    """An old button's form, or one that somebody made up."""
    assert "no longer" in said(team, "Eva", kind, about)


def test_no_form_for_whoever_cannot_answer(team: Team) -> None:
    """A stranger learns how to begin, whoever has not agreed is asked, and after the close it is closed."""
    assert "invitation" in said(team, "nobody", "capability", "1.1")
    team.act(("Zoe", "/start"))
    assert "invitation" in said(team, "Zoe", "capability", "1.1")
    team.act(("Eva", "/end"), ("Eva", Ended(sure=True)))
    assert "closed" in said(team, "Eva", "capability", "1.1")


def test_a_comment_goes_with_the_statement_chosen(team: Team) -> None:
    """The one it was opened from is chosen; what was said before is shown beside it."""
    team.act(("Eva", Answered("1.1.2", "3")), ("Eva", Noted("1.1.2 Since May.")))
    form = of(team, "Eva", "comment", "1.1.2")
    assert choices(form)["statement"].chosen == "1.1.2"
    assert "Since May." in form.fields[1].hint
    team.act(*(("Eva", event) for event in returned(form, text="Since June.\nIn all districts.")))
    assert team.session("Eva").responses["1.1.2"].comment == "Since June.\nIn all districts."


def test_evidence_is_for_the_statement_chosen_whatever_its_caption_says(team: Team) -> None:
    """Several files of one form are told as one."""
    form = of(team, "Eva", "evidence", "1.1.2")
    both = (PLAN, structs.replace(PLAN, reference="F08"))
    values: forms.Values = {"statement": "1.1.2", "files": both, "caption": "3.4.1 in it"}
    events = forms.event(form.kind, form.about, values)
    assert isinstance(events, list)
    team.act(*(("Eva", event) for event in events))
    assert team.session("Eva").filed == ("1.1.2", "1.1.2")
    filed = [one for one in team.told()["Eva"] if isinstance(one, Filed)]
    assert [(one.item, one.first, one.last) for one in filed][-1] == ("1.1.2", 1, 2)


def test_handing_on_is_one_turn_with_its_note(team: Team) -> None:
    """The colleague hears of it at once; the note is not taken for an answer."""
    form = of(team, "Eva", "hand_on", "1.1.2")
    assert choices(form)["what"].chosen == "1.1.2"
    assert next(iter(choices(form)["what"].options))[0] == "1.1"
    assert choices(form)["to"].options == ((team.id("Ana"), choices(form)["to"].options[0][1]),)
    (event,) = returned(form, to=team.id("Ana"), note="You know the buses.")
    assert event == HandedOn("1.1.2", team.id("Ana"), "You know the buses.")
    team.act(("Eva", event))
    told = team.told()
    assert any(isinstance(one, Passed) and one.items == ("1.1.2",) for one in told["Eva"])
    assert [one.note for one in told["Ana"] if isinstance(one, Offered)] == ["You know the buses."]
    assert team.session("Eva").handing == ""


def test_who_does_not_know_leaves_it_to_the_coordinator(team: Team) -> None:
    """All that is open of a capability, with no word."""
    mine = (team.scope("Ana") or ("",))[0]
    form = of(team, "Ana", "hand_on", mine)
    assert dict(choices(form)["to"].options)["coordinator"] == "I do not know: the coordinator"
    team.act(*(("Ana", event) for event in returned(form, to="coordinator")))
    assert mine not in (team.scope("Ana") or ())
    assert team.told()["Eva"]


def test_nobody_to_hand_on_to_is_said(database: Database, clock: Clock) -> None:
    """And so is that nothing is open any more."""
    team = Team(database, clock)
    team.join("Eva", "coordinator")
    assert "Nobody else" in said(team, "Eva", "hand_on", "1.1.1")
    team.act(("Eva", Answered("1.1.1", "3")))
    assert "nothing open" in said(team, "Eva", "hand_on", "1.1.1")


def test_every_form_fits_everywhere(team: Team) -> None:
    """Options of at most 75 characters with values, labels below 2,000, far fewer than 100 fields, in each language."""
    told = library.instrument(*library.DEFAULT)
    for language in ("en", "es"):
        team.act(("Eva", f"/language {language}"))
        for capability in told.capabilities():
            for kind in ("capability", "comment", "evidence", "hand_on"):
                form = opened(team, "Eva", kind, capability.code)
                if isinstance(form, Message):  # all of it is the colleague's
                    continue
                assert form.language == language
                assert len(form.submit) <= 24
                assert len(form.fields) <= 11
                for one in form.fields:
                    assert 0 < len(one.label) < 2000
                    assert len(one.hint) < 2000
                for choice in choices(form).values():
                    assert 0 < len(choice.options) <= MOST_OPTIONS
                    assert all(value and 0 < len(label) <= LONGEST_OPTION for value, label in choice.options)
                    assert choice.chosen in {"", *dict(choice.options)}


def test_what_waits_for_another_answer_says_so_and_stands_in_the_same_form(database: Database, clock: Clock) -> None:
    """It may be answered in one go with what it waits for; the short form does not ask it."""
    forms_of: dict[Length, list[str]] = {"full": ["1.1.1", "1.1.2", "1.1.3"], "short": ["1.1.1"]}
    for length, shown in forms_of.items():
        standing = Standing(1, 1, structs.replace(JOINED, form=length))
        with_it = partial(Sheet, standing=standing, instrument=LIBRARIES, now=clock())
        made = database.read(lambda tx, sheet=with_it: show("capability", "1.1", sheet(tx)))  # type: ignore[misc]
        assert isinstance(made, Form)
        assert list(choices(made)) == shown
        assert [key for key, one in choices(made).items() if "1.1.2 ≥ 3" in one.hint] == shown[2:]


def test_a_form_of_the_round_before_changes_nothing_in_this_one(team: Team) -> None:
    """It is heard with the session that it was opened in, as an old button is; and kindly."""
    form = of(team, "Eva", "capability", "1.1")
    (event,) = returned(form, s1_1_1="5")
    team.act(("Eva", Ended(sure=True)))
    team.clock.pass_(days=200)
    team.open("full")
    team.told()
    inbound = Inbound("late", CHANNEL, team.chat("Eva"), event, session=form.session)
    asyncio.run(hear(team.database, inbound, team.clock))
    assert team.session("Eva").responses == {}
    assert "old_button" in team.notices("Eva")
