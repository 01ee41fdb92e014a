"""How the numbers are made, and what the words mean."""

from bot.reports.method import chapters
from bot.reports.report.blocks import Block, chapter, heading, table, text
from bot.reports.report.material import Material

LEFT_OUT = 1
"""The first chapter of the method is for those who answer, not for those who read."""


def method(m: Material) -> Block:
    """The method's chapters, and what only a result has: pooling, disagreement, certainty."""
    _ = m.words.gettext
    blocks: list[Block] = []
    for one in chapters(m.instrument, m.words)[LEFT_OUT:]:
        blocks += [heading(one["title"]), *(_part(one["title"], block) for block in one["blocks"])]
    blocks += [
        heading(_("How certain it is, and where people differ")),
        {
            "kind": "list",
            "items": [
                _(
                    "Respondents differ where two to four of them are two levels apart or more; where of five and more "
                    "the interquartile range is above 1, fewer than 75 % are within one level of the median, or "
                    "anybody is three levels from it."
                ),
                _(
                    "The city may agree on a value, with a reason. It then counts, and every level that was given "
                    "stays on record."
                ),
                _(
                    "Without any one respondent: each is left out in turn, and the lowest and highest score are told. "
                    "What was agreed stays."
                ),
                _(
                    "With weights shaken by a quarter: all weights are changed at random by up to 25 %, 200 times, "
                    "always in the same way, and the lowest and highest score are told."
                ),
            ],
        },
    ]
    return chapter(_("Method"), *blocks, fresh=True)


def _part(title: str, block: Block) -> Block:
    """A block of the method as one of a report's: all columns of its tables are text."""
    if block["kind"] != "table":
        return block
    return table(title, block["head"], block["rows"], block["widths"], left=len(block["head"]))


def glossary(m: Material) -> Block:
    """The words that a reader may stumble over."""
    _ = m.words.gettext
    terms = [
        (_("Self-assessed"), _("What the city says of itself; nobody outside has checked it.")),
        (
            _("Dimension, capability, statement"),
            _(
                "A statement is a claim that can be checked. Several of them make a capability, and several "
                "capabilities a dimension."
            ),
        ),
        (_("Level"), _("How far the city is with a statement, from 0 to 5.")),
        (_("Score"), _("Levels times 20, averaged: from 0 to 100.")),
        (_("Bounds"), _("What a score would be if all that is missing were level 0 or level 5.")),
        (_("Answered"), _("How many of the statements that apply to the city have a level.")),
        (_("Goal, gap"), _("Where the city wants to be, and how far it is from there.")),
        (_("Single source"), _("One person alone gave a level.")),
        (
            _("Range, interquartile range"),
            _("How far apart levels are: the highest less the lowest; or the same for the middle half."),
        ),
        (_("Median"), _("The middle one of several values: half are below it, half above.")),
        (_("Peers"), _("Other cities that share their result: same version and form, latest closed round.")),
        (
            _("Percentile"),
            _("The share of peers, in per cent, that the city is above; a peer with the same score counts half."),
        ),
        (_("not shown yet"), _("Too few answers, or too few peers, for a number that holds.")),
        (_("not reported"), _("Nobody said anything about it. Nothing is guessed in its place.")),
    ]
    return chapter(
        _("Words and notes"),
        table(_("Words and notes"), [_("Word"), _("Meaning")], terms, [4, 10], left=2),
        text(_("A character that no font of ours has is printed as �.")),
    )
