"""What the prompts that tell a result may say: an example for every branch of their templates."""

from collections.abc import Mapping
from typing import get_args

from flows import prompts
from flows.prompts import Prompt, figures, workbooks

FIGURES: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    figures.InShort: (
        figures.InShort(),
        figures.InShort(public=True),
        figures.InShort(complete=True, closes="2026-12-14"),
        figures.InShort(complete=True),
    ),
    figures.DimensionScores: (figures.DimensionScores("3", ("3.1", "3.2", "3.3", "3.4", "3.5")),),
    figures.CapabilityScores: (figures.CapabilityScores("3.2", ("3.2.1",), above="3"),),
    figures.StatementScore: (figures.StatementScore("3.2.1", above="3.2"),),
    figures.OwnScores: (figures.OwnScores(),),
    figures.MyFile: (figures.MyFile(),),
    prompts.Chart: (
        *(prompts.Chart(kind, asked=True) for kind in get_args(prompts.ChartKind)),
        prompts.Chart("radar"),
        prompts.Chart("peers", "region"),
        prompts.Chart("heat", table=True, asked=True),
    ),
    prompts.Charts: (prompts.Charts(), prompts.Charts("heatmap")),
    prompts.Benchmark: (prompts.Benchmark(), prompts.Benchmark("region"), prompts.Benchmark("region", "3")),
    prompts.Privacy: (
        prompts.Privacy(joined=False),
        prompts.Privacy(joined=True, next="2027-01-01"),
        prompts.Privacy(joined=True, leads=True, next="2027-01-01"),
        prompts.Privacy(joined=True, leads=True, since="2027-01-01", next="2027-01-01"),
        prompts.Privacy(joined=True, leads=True, since="2026-10-01", is_in=True, next="2027-01-01"),
    ),
    workbooks.Workbook: (
        workbooks.Workbook(),
        workbooks.Workbook("mobility", blank=True),
        workbooks.Workbook(city="oakridge"),
    ),
    prompts.Report: (prompts.Report(),),
}
