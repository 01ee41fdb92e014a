"""What a workbook's file is called."""

from bot.reports.workbook.contents import Contents


def name(contents: Contents) -> str:
    """The city's id, the department where it is of one, whether it is blank, and the year: `valencia-es-2026.xlsx`."""
    about = contents.about
    parts = (about.city, about.department, "blank" if contents.blank else "", str(about.made_at.year))
    return "-".join(part for part in parts if part) + ".xlsx"
