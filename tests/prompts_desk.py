"""Examples of what the disagreement desk says: open and settled, few people and many; and what of it is one's own."""

from collections.abc import Mapping

from flows.kept.settling import Matter, Opinion
from flows.prompts import Prompt, desks, interludes

OPEN = Matter("1.1.1", (1, 2, 4), 0, 2, 3.0, 2 / 3, disputed=True, concerned=3)
MANY = Matter("1.2.1", (1, 1, 2, 2, 3, 4, 5, 5, 5), 1, 3, 3.0, 3 / 9, disputed=True, concerned=10)
ASKED = Matter(
    *("1.1.1", (1, 2, 4), 1, 2, 3.0, 2 / 3, True),
    views=(Opinion("1", "It is only talk."), Opinion("4", "Every district has it.", "Ana")),
    concerned=9,
    asked=6,
    waiting=1,
    said=2,
    silent=1,
    changed=1,
)
SETTLED = Matter("1.3.1", (1, 4), 0, 1, 3.0, 0.5, True, "3", "We looked at the plan.", 1, concerned=2)
VOTED = Matter("1.4.1", (1, 4), 0, 1, 3.0, 0.5, True, "3", "", 1, (0, 1, 0, 4, 0, 0), concerned=2)
ALIKE = Matter("1.5.1", (3, 3), 0, 3, 0.0, 1.0, concerned=2)
SINGLE = Matter("1.5.1", (3,), 0, 3, 0.0, 1.0, concerned=1)
EXCLUDED = Matter("1.5.1", (), 2, None, agreed="not_applicable", reason="There is no port.", entered=2, concerned=2)
CROWD = Matter(
    *("1.2.1", (0, 5) * 12, 0, 0, 5.0, 0.5, True),
    views=tuple(Opinion("0", f"Reason {number}") for number in range(12)),
    concerned=24,
    asked=24,
    said=24,
)

DESKS: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    desks.DeskList: (
        desks.DeskList((MANY, OPEN, SETTLED), 3, 2),
        desks.DeskList((SETTLED, EXCLUDED), 2, 0, about="1"),
        desks.DeskList((OPEN,) * 10, 25, 21, before=10),
    ),
    desks.DeskCard: (
        *(desks.DeskCard(one) for one in (OPEN, MANY, ASKED, SETTLED, VOTED, ALIKE, SINGLE, EXCLUDED, CROWD)),
        desks.DeskCard(OPEN, acts=False),
        desks.DeskCard(SETTLED, now=True),
        desks.DeskCard(ASKED, news="view"),
        desks.DeskCard(ASKED, news="heard"),
    ),
    desks.AskView: (
        desks.AskView("1.1.1", "2"),
        desks.AskView("1.1.1", "not_applicable", "view"),
        desks.AskView("1.1.1", "2", "nameless", open=False),
    ),
    desks.ViewKept: (
        desks.ViewKept("1.1.1", "2", "It is only talk.", "nameless"),
        desks.ViewKept("1.1.1", "2", "It is only talk.", "view"),
    ),
    desks.AskSettled: (desks.AskSettled("1.1.1", "4"), desks.AskSettled("1.1.1", "not_applicable", "3")),
    desks.Settled: (
        desks.Settled("1.1.1", "4", "Every district has it."),
        desks.Settled("1.1.1", "not_applicable", "There is no port.", again=True),
        desks.Settled("1.1.1", "4", "Every district has it.", answered=False),
    ),
    interludes.MyData: (
        interludes.MyData(3, (), (), ()),
        interludes.MyData(3, (), (("1.1.1", "view", "New"),), ()),
        interludes.MyData(
            1,
            (("1.1.1", "We began late."),),
            (("1", "challenge", "Money"), ("1", "success", "People"), ("1.2.1", "nameless", "Old")),
            ((1, "1.1.1", "document", "plan.pdf", True), (2, "1.1.1", "photo", "", False)),
            "yes",
        ),
        interludes.MyData(1, (), (("1.1", "success", "People"),), ()),
    ),
}
