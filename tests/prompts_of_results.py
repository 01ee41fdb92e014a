"""What the prompts of results may say: scores, charts, the benchmark, papers."""

from collections.abc import Mapping
from typing import get_args

from flows import prompts
from flows.prompts import Prompt, workbooks

OF_RESULTS: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    prompts.Scores: (prompts.Scores(), prompts.Scores(public=True)),
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
