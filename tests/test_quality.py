"""What `check` says of an instrument's writing: each rule finds what breaks it, at its line, and nothing else."""

from pathlib import Path

import pytest

from model import library, quality
from model.quality import Finding
from tests.test_faults import edited

DIMENSION = "dimension-2.yaml"
SOUND = [
    ("A day is fixed (2.1.1).", "A day is fixed, with an owner and a budget."),
    ("A day is fixed (2.1.2).", "A room is chosen, with an owner, a budget and a date."),
]
"""What the small instrument's second dimension says once nothing in it is to mend."""


def findings(folder: Path, *edits: tuple[str, str]) -> list[Finding]:
    """What is found in the second dimension of the small instrument, mended and then edited."""
    copy = edited(folder, *((DIMENSION, old, new) for old, new in (*SOUND, *edits)))
    return [finding for finding in quality.review(library.read(copy)) if finding.file == DIMENSION]


def test_what_is_written_well_brings_no_finding(tmp_path: Path) -> None:
    """The edits below are what makes the difference."""
    assert findings(tmp_path) == []


OPEN = "Every branch is open on one evening a week."
QUIET = "Every branch has a quiet room without telephones."


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "what"),
    [
        (OPEN, f"Every branch {'in town ' * 16}is open.", 10, "length", "the statement has 149 characters."),
        (OPEN, "Every branch opens late and lends games.", 10, "double claim", "“late and lends” may be two claims."),
        (OPEN, "Every branch opens early; games are lent.", 10, "double claim", "“…; …” may be two claims."),
        (OPEN, "Every branch has adequate lamps.", 10, "weak word", "says “adequate”."),
        ("Readers stay away without it (2.1.1).", "Stakeholders miss it.", 11, "jargon", "says “stakeholders”."),
        (
            QUIET,
            "Every branch is open on one evening of the week.",
            21,
            "near-duplicate",
            f"reads like 2.1.1 (93%): “{OPEN}”",
        ),
        (
            "All branches have it (2.1.1).",
            "One branch has it (2.1.1), and one more has it.",
            15,
            "levels",
            "level 4 hardly rises above level 3.",
        ),
        (
            "A day is fixed, with an owner and a budget.",
            "A day is fixed by someone.",
            13,
            "levels",
            "level 2 names no owner and no money.",
        ),
        ("Visits are counted each year (2.1.1).", "It is perfect.", 16, "levels", "level 5 names no measure."),
    ],
)
def test_a_rule_finds_what_breaks_it(tmp_path: Path, old: str, new: str, line: int, rule: str, what: str) -> None:
    """With the line, the indicator, and what to look at."""
    found = [(finding.line, finding.rule, finding.what) for finding in findings(tmp_path, (old, new))]
    assert (line, rule, what) in found


def test_texts_that_are_hard_to_read_are_found(tmp_path: Path) -> None:
    """Long words in long sentences, whichever of the indicator's texts they stand in."""
    hard = "Administrations underestimating acoustical interferences subsequently encounter diminishing attendances."
    found = findings(tmp_path, (QUIET, hard), ("Readers stay away without it (2.1.2).", hard))
    assert [(one.line, one.code, one.rule) for one in found] == [(20, "2.1.2", "reading ease")]


def test_balance_is_looked_at_across_files(tmp_path: Path) -> None:
    """A department that owns nothing and a reference that nobody cites are told where they are listed."""
    copy = edited(
        tmp_path,
        ("instrument.yaml", "departments:\n", "departments:\n  attic: Attic\n"),
        ("dimension-2.yaml", "references: [L3]", "references: [L1]"),
    )
    told = [(finding.file, finding.code, finding.what) for finding in quality.review(library.read(copy))]
    assert ("instrument.yaml", "attic", "this department owns no indicator.") in told
    assert not [code for file, code, _ in told if file == "references.yaml"]


def test_reading_ease_is_lix() -> None:
    """Six words in two sentences, two of them longer than six letters: 3 + 100 * 2 / 6."""
    assert quality.lix("Buses come. Tickets are cheap everywhere.") == pytest.approx(3 + 100 * 2 / 6)
