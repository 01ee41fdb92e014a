"""What each kind of prompt about actions and partners may say: an example for every branch of its template."""

from collections.abc import Mapping

from flows.around import Member
from flows.prompts import Prompt, following

ANA = Member("1", "Ana", "mobility")
BEN = Member("2", "Ben")
LUGANO = following.Found("0123456789ab", "Lugano", False, (("3.2", "One format for all."), ("3", "People.")))
MADE_UP = following.Found("0123456789ac", "Synthetic 01", True, (), "2026-11-02", "nobody@example.org")

FOLLOWING: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    following.Actions: (
        following.Actions(),
        following.Actions(6),
        following.Actions(11),
        following.Actions(1, "3"),
    ),
    following.OneAction: (
        *(following.OneAction(code=code, may=may) for code in ("1.1.1", "1.2.1", "2.1.1") for may in (True, False)),
        following.OneAction(code="1.1.1", may=True, brief=True),
    ),
    following.AskOwner: (following.AskOwner("1.1.1", (ANA, BEN)), following.AskOwner("1.1.1", ())),
    following.AskDue: (following.AskDue("1.1.1", ("2027-02-22", "2027-11-23")),),
    following.AskActionNote: (following.AskActionNote("1.1.1"),),
    following.AskBecame: (
        following.AskBecame(code="1.1.1", owner="Ana", due="2027-03-31", left=1),
        following.AskBecame(code="1.1.1", owner="Ana", left=2),
        following.AskBecame(code="1.1.1", owner="Ana"),
    ),
    following.BecameTold: (following.BecameTold(),),
    following.PartnerTerms: (following.PartnerTerms(),),
    following.AskContact: (following.AskContact(),),
    following.ConfirmContact: (
        following.ConfirmContact("marta@oakridge.example"),
        following.ConfirmContact("marta@oakridge.example", new=False),
    ),
    following.Partners: (
        following.Partners("marta@oakridge.example"),
        following.Partners("marta@oakridge.example", (("1.1", ()), ("3.2", (LUGANO, MADE_UP)))),
    ),
    following.Introduction: (
        following.Introduction("Lugano", "eva@lugano.example", "3.2"),
        following.Introduction("Lugano", "eva@lugano.example", "3.2", "asked", told=False, synthetic=True),
        following.Introduction("Lugano", "eva@lugano.example", "3.2", "found"),
    ),
}
