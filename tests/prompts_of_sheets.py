"""What may be said of a workbook that comes back: an example for every branch."""

from collections.abc import Mapping
from typing import get_args

from flows.kept.sheets import Fault, FaultKind
from flows.prompts import Prompt, sheets

LEFT = ("newer", "faults", "not_yours", "not_asked", "goals", "full", "cleared")

SHEETS: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    sheets.SheetNews: tuple(sheets.SheetNews(kind, "2026-12-14") for kind in get_args(sheets.NewsKind)),
    sheets.SheetFaults: (
        sheets.SheetFaults(tuple(Fault(kind, "1 Leadership", "D4", "planned?") for kind in get_args(FaultKind))),
        sheets.SheetFaults((Fault("keys_missing", "2 Citizens", ""),), 14, "2028-2031"),
    ),
    sheets.SheetPreview: (
        sheets.SheetPreview("7"),
        sheets.SheetPreview(
            *("7", (("1.1", 3), ("1.2", 1)), (("1.1.1", "2", "4"), ("1.2.1", "", "dont_know"), ("1.1+", "", "4 2029"))),
            *((("1.1.2", "2", "4"), ("1.1.3", "A word.", "27"), ("1.1.4", "measured", "estimated")), 12),
            *(("1.3.1",) * 11, True),
            new=2,
            changed=1,
            goals=1,
            comments=2,
            sure=1,
            links=1,
            left={"cleared": 1, "not_yours": 2},
        ),
        sheets.SheetPreview("7", (("1.1", 30),), (("1.1.1", "2", "4"),), new=29, changed=1),
        sheets.SheetPreview("7", clashes=(("1.1+", "4 2028", "5 2029"),), clashing=1),
    ),
    sheets.SheetTaken: (
        sheets.SheetTaken(),
        sheets.SheetTaken(new=12, changed=1),
        sheets.SheetTaken(new=1, left=dict.fromkeys(LEFT, 1)),
        sheets.SheetTaken(goals=1, left=dict.fromkeys(LEFT, 2)),
    ),
}
