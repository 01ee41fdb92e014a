"""The workbook as a file: its sheets in their order."""

from bot.reports.workbook.contents import Contents


def name(contents: Contents) -> str:
    """What the file is called: the city's id, the department where it is of one, and the year."""
    about = contents.about
    parts = (about.city, about.department, "blank" if not about.respondent else "", str(about.made_at.year))
    return "-".join(part for part in parts if part) + ".xlsx"


def make(contents: Contents) -> bytes:
    """The workbook (.xlsx) in the language of its `about`."""
    raise NotImplementedError
