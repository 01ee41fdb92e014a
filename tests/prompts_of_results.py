"""What the prompts that tell a result may say: an example for every branch of their templates."""

from collections.abc import Mapping

from flows.prompts import Prompt, figures

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
}
